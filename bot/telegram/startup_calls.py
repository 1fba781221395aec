"""Calls to Telegram that must succeed before anything goes on: made again until they do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from aiogram.exceptions import AiogramError

from bot.process.chance import jitter
from bot.telegram.reasons import reason_of
from bot.telegram.watching import is_answer, is_token_refused
from bot.tracking.timing import backoff

log = logging.getLogger(__name__)
T = TypeVar("T")

MOST_SECONDS = 30.0


async def until_answered(call: Callable[[], Awaitable[T]], *, back: asyncio.Event) -> T:
    """Return what Telegram answers, whenever that is: it may be down when we start. `back`: see `wait_before_retry`."""
    failures = 0
    while True:
        try:
            return await call()
        except (AiogramError, OSError) as error:
            failures += 1
            refused = is_answer(error) and not is_token_refused(error)  # of all else the watch says once that it is so
            log.log(
                logging.WARNING if refused and failures == 1 else logging.DEBUG,
                "Telegram does not do what the service needs to start: %s. It is asked again",
                reason_of(error),
            )
            await wait_before_retry(failures, first=0.5, back=back)


async def wait_before_retry(failures: int, *, first: float, back: asyncio.Event) -> None:
    """Wait after the n-th failure in a row, a little more or less than others do; `back` ends it when it is set."""
    back.clear()
    with suppress(TimeoutError):
        await asyncio.wait_for(back.wait(), backoff(failures, first=first, most=MOST_SECONDS, jitter=jitter()))
