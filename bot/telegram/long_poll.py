"""Ask Telegram for updates, again and again (getUpdates).

Our own loop and not aiogram's: one update that can't be decoded must not take the others with it, and only what the
processor has taken may be confirmed.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import cast

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError
from aiogram.methods import GetUpdates

from bot.process.clock import Clock
from bot.telegram.reasons import reason_of
from bot.telegram.received import STORABLE, SaidIn, nothing_said, read_all
from bot.telegram.startup_calls import wait_before_retry
from bot.telegram.update_processor import UpdateProcessor

log = logging.getLogger(__name__)

POLL_SECONDS = 25
CONFLICT_SECONDS = 60.0  # without a 409, until the other program counts as gone
FAILURES_IN_A_ROW = 3
RETRY_SECONDS = 1.0  # until updates that could not be kept are asked for again


class GetRawUpdates(GetUpdates):
    """getUpdates, whose answer is left as it comes: each update is read, and kept, by itself."""

    __returning__ = list[object]


class LongPoll:
    """Hands on what Telegram brings. The next call confirms what this one brought: all that was taken by then."""

    def __init__(
        self,
        bot: Bot,
        processor: UpdateProcessor,
        *,
        kinds: Sequence[str],
        clock: Clock,
        back: asyncio.Event,
        said_in: SaidIn = nothing_said,
        on_limitation: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        self._back = back  # set when Telegram answers again
        self._said_in = said_in
        self._clock = clock
        self._on_limitation = on_limitation
        self._bot = bot
        self._processor = processor
        self._kinds = list(kinds)
        self._offset: int | None = None
        self._failures = 0
        self._conflict_at: float | None = None  # the last one of those that were logged as one

    async def run(self) -> None:
        """Ask until cancelled, or until nothing more is taken. Only what has been taken is ever confirmed."""
        while not self._processor.closed:
            try:
                brought = await self._ask()
            except TelegramConflictError as error:
                await self._conflict(error)
            except (AiogramError, OSError) as error:
                await self._failed(error)
            else:
                self._answered()
                if await self._processor.take(await read_all(brought, self._bot, self._said_in)):
                    self._offset = max((number + 1 for number in _numbers(brought)), default=self._offset)
                else:
                    await asyncio.sleep(RETRY_SECONDS)

    async def _ask(self) -> list[object]:
        seconds = 0 if self._processor.is_holding else POLL_SECONDS  # then the store is to be tried again soon
        method = GetRawUpdates(offset=self._offset, timeout=seconds, allowed_updates=self._kinds)
        return cast("list[object]", await self._bot(method, request_timeout=POLL_SECONDS + 10))

    async def _conflict(self, error: TelegramConflictError) -> None:
        if "webhook" in error.message.lower():
            log.warning("A webhook is still set for this bot: it is removed, what waits is kept")
            with suppress(AiogramError, OSError):
                await self._bot.delete_webhook(drop_pending_updates=False)
            await asyncio.sleep(0.5)
            return
        if self._conflict_at is None:
            log.error("Another program reads this bot's updates: stop it, or give this one a bot of its own")
        self._conflict_at = self._clock.now()
        self._on_limitation("another program reads the bot's updates")
        await self._wait()

    def _answered(self) -> None:
        """Note that updates come. Two programs take them in turn: they are one trouble until a while goes well."""
        self._failures = 0
        if self._conflict_at is None:
            self._on_limitation("")
        elif self._clock.now() >= self._conflict_at + CONFLICT_SECONDS:
            self._conflict_at = None
            self._on_limitation("")
            log.info("No other program reads this bot's updates any more")

    async def _failed(self, error: Exception) -> None:
        """Ask on; that Telegram doesn't answer is said by its watch, once."""
        log.debug("Telegram's updates could not be asked for: %s", reason_of(error))
        if self._failures + 1 >= FAILURES_IN_A_ROW:
            self._on_limitation(f"updates can't be asked for: {reason_of(error)}")
        await self._wait()

    async def _wait(self) -> None:
        self._failures += 1
        await wait_before_retry(self._failures, first=1.0, back=self._back)


def _numbers(brought: Sequence[object]) -> list[int]:
    """Return the numbers of updates, of those too that can't be read: they are to come no more."""
    numbers = (one.get("update_id") for one in brought if isinstance(one, dict))
    return [number for number in numbers if isinstance(number, int) and number in STORABLE]
