"""Timers of the service: they go on though the machine's clock is set back.

APScheduler sleeps by the machine's clock: set back by an hour, it would wait for an hour more. So jumps are watched
for, on the clock that never jumps, and every timer is then set anew.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.process.clock import Clock

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
JUMP_SECONDS = 2.0  # a clock that is only being adjusted moves less between two looks

Timer = tuple[Callable[[], object], float]  # what to call, and how often in seconds


@asynccontextmanager
async def run_timers(clock: Clock, *timers: Timer) -> AsyncIterator[None]:
    """Call each at its interval. A timer only wakes a task, which does the work: a job could be cancelled halfway."""
    scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1})
    loop = asyncio.get_running_loop()
    for call, seconds in timers:
        # the scheduler runs plain functions in a thread, and an asyncio.Event must be set in the loop's own
        scheduler.add_job(loop.call_soon_threadsafe, "interval", args=[call], seconds=seconds)
    scheduler.start()
    watch = asyncio.create_task(_watch(clock, scheduler), name="clock")
    try:
        yield
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        scheduler.shutdown(wait=False)


async def _watch(clock: Clock, scheduler: AsyncIOScheduler) -> None:
    offset = clock.wall() - clock.now()
    while True:
        await asyncio.sleep(LOOK_EVERY)
        jump = clock.wall() - clock.now() - offset
        if abs(jump) < JUMP_SECONDS:
            continue
        log.warning("The machine's clock was set %s by %.0f s: timers go on", "on" if jump > 0 else "back", abs(jump))
        offset += jump
        for job in scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(scheduler.timezone))
