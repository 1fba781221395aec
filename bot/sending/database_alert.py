"""Tell staff that nothing can be stored: past the outbox, which is in the database, and so without buttons.

Whom it was told is in memory only, as the database can't keep it. That it was told is kept by an empty file beside the
database, which even a full disk has room for: so the next process tells the end, where this one doesn't live to see it.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bot.process.clock import Clock
from bot.process.condition import Condition, State
from bot.sending.deliver_notice import Transport
from bot.sending.outcome import Sent
from bot.sending.sender import MessageRenderer
from bot.store import chats
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.tracking.card_content import CardContent
from bot.tracking.model import Chat, Kind, Notice, Ticks
from bot.transactions.alerting import Alert

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0  # seconds
MARK = ".down"  # behind the database's own name
DOWN_SECONDS = 60.0  # what is over sooner is nobody's work


class DatabaseAlert:
    """Looks at how the database is, and tells `staff` once when it has been down for long, and when it works again."""

    def __init__(
        self,
        condition: Condition,
        clock: Clock,
        database: Database,
        *,
        staff: Sequence[int],
        renderer: MessageRenderer,
        transport: Transport,
    ) -> None:
        self._condition = condition
        self._clock = clock
        self._database = database
        self._staff = staff
        self._renderer = renderer
        self._transport = transport
        self._mark = Path(f"{database.path}{MARK}")
        self._told = set[int](staff if self._mark.exists() else ())

    async def run(self) -> None:
        """Look again and again. Never returns."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look()

    async def look(self) -> None:
        """Tell those of staff who have not been told yet; once it is over, all who were."""
        down = self._condition.state is State.DOWN
        if down and self._clock.wall() - self._condition.since >= DOWN_SECONDS:
            for chat_id in self._staff:
                if chat_id not in self._told and await self._tell(chat_id, Alert.DATABASE_DOWN):
                    self._told.add(chat_id)
                    self._keep(is_told=True)
        elif self._condition.up and self._told:
            for chat_id in sorted(self._told):
                if await self._tell(chat_id, Alert.DATABASE_UP):
                    self._told.discard(chat_id)
                    self._keep(is_told=bool(self._told))

    def _keep(self, *, is_told: bool) -> None:
        """Let the next process know that the end is to be told, or that it was."""
        try:
            if is_told:
                self._mark.touch(mode=0o600)
            else:
                self._mark.unlink(missing_ok=True)
        except OSError as error:
            log.warning("It can't be kept whether staff know that the database is down: %s", error.strerror)

    async def _tell(self, chat_id: int, alert: Alert) -> bool:
        notice = Notice(chat_id, Kind.ALERT, Ticks(0.0), payload={"alert": alert, "args": {}})
        chat = self._chat(chat_id)
        if chat.paused is not None:
            return False
        text = self._renderer.notice(notice, None, None, chat, now=self._clock.wall(), content=CardContent())
        outcome = await self._transport.send(chat_id, text)
        if not isinstance(outcome, Sent):
            log.warning("Chat %s can't be told how the database is: %s", chat_id, outcome.name)
        return isinstance(outcome, Sent)

    def _chat(self, chat_id: int) -> Chat:
        """Return the chat, whose language is known if the database can still be read."""
        try:
            known = chats.load(self._database.reader, chat_id)
        except (StoreError, sqlite3.Error):
            known = None
        return known or Chat(chat_id)
