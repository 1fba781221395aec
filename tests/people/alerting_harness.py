"""The alerts over a real database, with keys for words and a sender, and a clock that is moved by hand."""

import asyncio
import sqlite3
from functools import partial

from bot.people.alert_service import AlertService
from bot.sending.outcome import Malformed, Outcome
from bot.sending.pacing import Pacer
from bot.sending.sender import Sender
from bot.store import chats, outbox
from bot.store.database import Database
from bot.tracking.card_content import CardContent
from bot.tracking.hours import StoreHours, every_day
from bot.tracking.model import Chat, Kind, Notice, Order, Subscription
from bot.tracking.timing import HOUR
from bot.transactions import alerts
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import Text
from tests.builders import CHAT, NOW, contexts, nothing_due, order, stored
from tests.fakes import ManualClock, ScriptedDelivery
from tests.key_catalog import key_catalog

BOSS, GROUP = 4242, -77
HOURS = StoreHours(every_day(9 * 60, 20 * 60))
UNTIL_NIGHT = 8 * HOUR  # NOW is 14:13:20 in UTC
UNTIL_MORNING = 10 * HOUR + 46 * 60 + 40  # from then


class Words:
    """Keys for words; those about an order that a test wants to be unsayable raise."""

    def notice(
        self,
        notice: Notice,
        order: Order | None,
        subscription: Subscription | None,
        chat: Chat,
        *,
        now: float,
        content: CardContent,
    ) -> Text:
        if notice.payload.get("unsayable"):
            raise KeyError("no words")
        return Renderer(key_catalog(), StoreInfo()).notice(notice, order, subscription, chat, now=now, content=content)


class AlertingHarness:
    """Two of staff, a boss and a group, over a real database; the clock is moved by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = ManualClock(NOW)
        self.start()

    def start(self, *staff: int, nobody: bool = False) -> None:
        """Start the service (anew)."""
        everybody = () if nobody else staff or (BOSS, GROUP)
        self.contexts = contexts(self.clock, staff=everybody, store_hours=HOURS)
        self.service = AlertService(self.database, self.contexts, on_due=nothing_due)
        self.delivery = ScriptedDelivery()
        self.sender = Sender(
            self.database,
            self.clock,
            self.contexts,
            Pacer(0),
            renderer=Words(),
            transport=self.delivery,
            due=asyncio.Event(),
        )

    def told(self, chat_id: int = BOSS) -> list[str]:
        """Return the alerts that were made for one of staff, in their order."""
        return [str(notice.payload["alert"]) for notice in self.alerts(chat_id)]

    def alerts(self, chat_id: int = BOSS) -> list[Notice]:
        rows = self.database.reader.execute(
            "SELECT id FROM outbox WHERE chat_id = ? AND kind = 'alert' ORDER BY id", (chat_id,)
        )
        return [one for row in rows.fetchall() if (one := outbox.load(self.database.reader, row["id"])) is not None]

    async def hears_of(self, known: Order) -> None:
        await self.database.write(partial(alerts.unknown_status, order=known, context=self.contexts.current()))

    async def is_due(self, chat_id: int = CHAT, kind: Kind = Kind.NOTE, number: str | None = "1001-01") -> None:
        """Make a message due; about an order, unless `number` is None."""

        def work(connection: sqlite3.Connection) -> None:
            chats.touch(connection, chat_id, now=NOW)
            row = None
            if number is not None:
                found = connection.execute("SELECT id FROM orders WHERE order_id = ?", (number,)).fetchone()
                row = found["id"] if found else stored(connection, order("PICKING", order_id=number)).id
            payload = {"text": "Hello", "number": "4004"}
            outbox.put(connection, [Notice(chat_id, kind, self.clock.now(), order=row, payload=payload)])

        await self.database.write(work)

    async def sends(self, *outcomes: Outcome) -> None:
        """Send all that is due: the first calls go as said, the others well."""
        self.delivery.outcomes += outcomes
        for _ in range(50):
            self.sender.start_due()
            if not self.sender.busy:
                return
            while self.sender.busy:  # noqa: ASYNC110 - the sender has no reason to tell anybody
                await asyncio.sleep(0.001)
        raise AssertionError("what is due is still due")

    async def is_refused(self, number: str | None = "1001-01", kind: Kind = Kind.NOTE) -> None:
        """Let Telegram refuse a message, with and without tags."""
        await self.is_due(number=number, kind=kind)
        await self.sends(Malformed("can't parse <b>"), Malformed("can't parse <b>"))
