"""Pauses that must hold after a restart: what a 429 asks for is kept in the database, whoever made the call."""

import logging
from functools import partial

from bot.process.clock import Clock
from bot.sending.pacing import Pacer
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.transactions import pauses

log = logging.getLogger(__name__)


class PersistedPauses:
    """The pacer's pauses, over restarts."""

    def __init__(self, database: Database, clock: Clock, pacer: Pacer) -> None:
        self._database, self._clock, self._pacer = database, clock, pacer

    def restore(self) -> None:
        """Hold to what was asked for before the last process ended."""
        now = self._clock.now()
        self._pacer.restore_pauses(pauses.kept(self._database.reader, now), now)

    async def keep(self) -> None:
        """A call met a 429: store what lasts."""
        lasting = self._pacer.lasting_pauses(self._clock.now())
        if not lasting:
            return
        try:
            await self._database.write(partial(pauses.keep, pauses=lasting))
        except StoreError as trouble:
            log.warning("Could not keep what Telegram's 429 asks for: %s", trouble)
