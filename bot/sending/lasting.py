"""Pauses that must hold after a restart: what a 429 asks for is kept in the database, whoever made the call."""

import logging
import sqlite3
from collections.abc import Iterable
from functools import partial

from bot.process.clock import Clock
from bot.sending.pacing import Pacer
from bot.store import chats, facts
from bot.store.database import Database
from bot.store.errors import StoreTrouble

BOT_HOLD_FACT = "bot-hold-until"
Pause = tuple[int | None, float]  # the chat (None: the whole bot), and until when on the service's clock

log = logging.getLogger(__name__)


def keep(connection: sqlite3.Connection, pauses: Iterable[Pause]) -> None:
    """Store pauses; a later one of the same chat takes the place of an earlier one."""
    for chat_id, until in pauses:
        if chat_id is None:
            facts.put(connection, BOT_HOLD_FACT, str(until))
        else:
            chats.hold(connection, chat_id, until)


def kept(connection: sqlite3.Connection, now: float) -> list[Pause]:
    """The pauses that were stored and are not over."""
    whole = facts.get(connection, BOT_HOLD_FACT)
    return [*chats.held(connection, now), *([(None, float(whole))] if whole is not None else [])]


class LastingPauses:
    """The pacer's pauses, over restarts."""

    def __init__(self, database: Database, clock: Clock, pacer: Pacer) -> None:
        self._database, self._clock, self._pacer = database, clock, pacer

    def restore(self) -> None:
        """Hold to what was asked for before the last process ended."""
        now = self._clock.now()
        self._pacer.restore_pauses(kept(self._database.reader, now), now)

    async def keep(self) -> None:
        """A call met a 429: store what lasts."""
        lasting = self._pacer.lasting_pauses(self._clock.now())
        if not lasting:
            return
        try:
            await self._database.write(partial(keep, pauses=lasting))
        except StoreTrouble as trouble:
            log.warning("Could not keep what Telegram's 429 asks for: %s", trouble)
