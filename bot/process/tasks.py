"""Tasks that run as long as the service does: started again should they fail, ended together."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

log = logging.getLogger(__name__)

RESTART_SECONDS = 1.0


class Tasks:
    """The service's own tasks. `failed` is told the name of one that failed."""

    def __init__(self, failed: Callable[[str], None]) -> None:
        self._failed = failed
        self._running: set[asyncio.Task[None]] = set()

    def keep(self, name: str, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Run work that must not fail; should it, say so and start it again, until it ends by itself."""
        return self.once(name, self._kept(name, work))

    def once(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run work to its end, beside everything else."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def end(self) -> None:
        """Cancel whatever still runs, and wait for it."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _kept(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception:  # the outer edge of a task: nothing else may stop for it
                log.exception("The task %s failed and is started again", name)
                self._failed(name)
                await asyncio.sleep(RESTART_SECONDS)
            else:
                return


async def on_each(event: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Work once for each time the event was set, or for several together. Never ends."""
    while True:
        await event.wait()
        event.clear()
        await work()


async def within(seconds: float, work: Awaitable[object]) -> None:
    """Wait for work that ought to end, and no longer."""
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        log.warning("Something was still under way after %.0f s", seconds)
