"""Background tasks of the service: restarted when they fail, and cancelled together."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

log = logging.getLogger(__name__)

RESTART_SECONDS = 1.0
KNOWN_TROUBLE_SECONDS = 5.0  # until a task is started again that a trouble ended which is told elsewhere


def _always_new(_error: Exception) -> bool:
    return False


class Tasks:
    """The background tasks. `on_failure` is called with the name of each supervised task that fails.

    `is_known_trouble` returns whether an error comes of a trouble that is told elsewhere: then nothing is said of it.
    """

    def __init__(
        self, on_failure: Callable[[str], None], *, is_known_trouble: Callable[[Exception], bool] = _always_new
    ) -> None:
        self._on_failure = on_failure
        self._is_known_trouble = is_known_trouble
        self._running: set[asyncio.Task[None]] = set()

    def supervise(self, name: str, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Run `work` until it returns; if it fails, log that and start it again."""
        return self.spawn(name, self._restart_on_failure(name, work))

    def spawn(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run `work` once, in a task of its own."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def cancel_all(self) -> None:
        """Cancel all tasks that still run, and wait for them to end."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _restart_on_failure(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception as error:  # the outer edge of a task: the others must go on
                await asyncio.sleep(self._note_failure(name, error))
            else:
                return

    def _note_failure(self, name: str, error: Exception) -> float:
        """Say that a task failed, and return the seconds until it is started again."""
        if self._is_known_trouble(error):
            log.debug("The task %s waits until a known trouble is over: %s", name, error)
            return KNOWN_TROUBLE_SECONDS
        log.error("The task %s failed and is started again", name, exc_info=error)
        self._on_failure(name)
        return RESTART_SECONDS


async def run_on_event(event: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Run `work` each time the event is set; several times before it starts count as one. Never returns."""
    while True:
        await event.wait()
        event.clear()
        await work()


async def done_before(event: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do `work`, but cancel it if the event is set first; return whether it was done. Raises what it raises."""
    task, waiting = asyncio.create_task(work), asyncio.create_task(event.wait())
    await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not task.done():
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return False
    await task
    return True


async def wait_at_most(seconds: float, work: Awaitable[object]) -> None:
    """Wait for `work` for at most this long, then cancel it and log that."""
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        log.warning("Something was still under way after %.0f s", seconds)
