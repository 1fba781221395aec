"""Calls to Telegram that must succeed before anything goes on: made again until they do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiogram.exceptions import AiogramError

from bot.process.chance import jitter
from bot.process.command_name import command_name
from bot.tracking.timing import backoff

log = logging.getLogger(__name__)
T = TypeVar("T")

MOST_SECONDS = 30.0


async def until_answered(call: Callable[[], Awaitable[T]]) -> T:
    """Return what Telegram answers, whenever that is: it may be down when we start."""
    failures = 0
    while True:
        try:
            return await call()
        except (AiogramError, OSError) as error:
            failures += 1
            log.log(
                logging.WARNING if failures in {1, 10} else logging.DEBUG,
                "Telegram does not answer as it should (%s); asking on. If it goes on: %s doctor",
                type(error).__name__,
                command_name(),
            )
            await wait_before_retry(failures, first=0.5)


async def wait_before_retry(failures: int, *, first: float) -> None:
    """Wait after the n-th failure in a row, a little more or less than others do."""
    await asyncio.sleep(backoff(failures, first=first, most=MOST_SECONDS, jitter=jitter()))
