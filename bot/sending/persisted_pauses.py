"""Stores the long pauses that a 429 asks for, so that they hold after a restart."""

import logging
from functools import partial

from bot.process.clock import Clock
from bot.sending.pacing import Pacer
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.transactions import rate_limits

log = logging.getLogger(__name__)


class PersistedPauses:
    """Loads and stores the pacer's pauses."""

    def __init__(self, database: Database, clock: Clock, pacer: Pacer) -> None:
        self._database, self._clock, self._pacer = database, clock, pacer

    def restore(self) -> None:
        """Set the pauses that the last process stored."""
        now = self._clock.now()
        self._pacer.restore_pauses(rate_limits.kept(self._database.reader, now), now)

    async def save(self) -> None:
        """Store the long pauses, after a 429."""
        long_pauses = self._pacer.long_pauses(self._clock.now())
        if not long_pauses:
            return
        try:
            await self._database.write(partial(rate_limits.keep, pauses=long_pauses))
        except StoreError as error:
            log.debug("Could not store the pause that Telegram's 429 asks for: %s", error)
