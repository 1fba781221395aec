"""Remembers which of Telegram's updates were handled, over restarts, so that each is handled once."""

import logging
from functools import partial

from bot.process.clock import Clock
from bot.store import key_value
from bot.store.database import Database
from bot.store.errors import StoreError

log = logging.getLogger(__name__)


class ProcessedUpdates:
    """The updates that were handled; while the store can't be written, every update counts as new."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def first_time(self, update_id: int) -> bool:
        """Return whether this update is new, and remember it."""
        try:
            return await self._database.write(partial(key_value.first_time, update_id=update_id, now=self._clock.now()))
        except StoreError as error:
            # its handler will meet the same error and tell the person, which is better than silence
            log.warning("Update %s could not be remembered: %s", update_id, error)
            return True
