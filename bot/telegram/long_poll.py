"""Ask Telegram for updates, again and again (getUpdates).

Our own loop and not aiogram's: one update that can't be decoded must not take the others with it, only what has been
begun may be confirmed, and stopping must wait for the handlers that are under way.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError

from bot.telegram.startup_calls import wait_before_retry
from bot.telegram.update_processor import UpdateProcessor

log = logging.getLogger(__name__)

POLL_SECONDS = 25


class LongPoll:
    """Hands on what Telegram brings. The next call confirms what this one brought: all of it is handled by then."""

    def __init__(self, bot: Bot, processor: UpdateProcessor, *, kinds: Sequence[str]) -> None:
        self._bot = bot
        self._processor = processor
        self._kinds = list(kinds)
        self._offset: int | None = None
        self._failures = 0
        self._conflict_is_logged = False

    async def run(self) -> None:
        """Ask until cancelled, or until nothing more is begun. Only what has been begun is ever confirmed."""
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=self._offset,
                    timeout=POLL_SECONDS,
                    allowed_updates=self._kinds,
                    request_timeout=POLL_SECONDS + 10,
                )
            except TelegramConflictError as error:
                await self._conflict(error)
            except (AiogramError, OSError) as error:
                await self._failed(error)
            else:
                self._failures, self._conflict_is_logged = 0, False
                for update in updates:
                    if not await self._processor.begin(update):
                        return
                    self._offset = update.update_id + 1

    async def confirm(self) -> None:
        """Tell Telegram what has been handled, so that the next start does not get it again."""
        if self._offset is not None:
            with suppress(AiogramError, OSError):
                await self._bot.get_updates(offset=self._offset, timeout=0, limit=1, request_timeout=2)

    async def _conflict(self, error: TelegramConflictError) -> None:
        if "webhook" in error.message.lower():
            log.warning("A webhook is still set for this bot: it is removed, what waits is kept")
            with suppress(AiogramError, OSError):
                await self._bot.delete_webhook(drop_pending_updates=False)
            await asyncio.sleep(0.5)
            return
        if not self._conflict_is_logged:
            self._conflict_is_logged = True
            log.error("Another program reads this bot's updates: stop it, or give this one a bot of its own")
        await self._wait()

    async def _failed(self, error: Exception) -> None:
        if self._failures == 0:
            log.warning("Telegram's updates could not be asked for (%s); asking on", type(error).__name__)
        await self._wait()

    async def _wait(self) -> None:
        self._failures += 1
        await wait_before_retry(self._failures, first=1.0)
