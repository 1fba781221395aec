"""Orders that go their whole way in a database by the service's own transactions, each told to one chat at once."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count, pairwise

from bot.process.clock import SystemClock
from bot.store import chats, orders, outbox
from bot.tracking.events import OrderSnapshot, ShipmentSnapshot, StatusChanged
from bot.tracking.model import Item, Level, NoticeId, Priority, Ticks, Wall
from bot.tracking.notifying import Policy
from bot.tracking.order_facts import order_facts
from bot.tracking.statuses import DELIVERED, ON_ROUTE, TABLE
from bot.transactions import delivery_results, record
from bot.transactions.cards import put_card
from bot.transactions.claiming import claim
from bot.transactions.context import DecisionContext
from bot.words.texts import Text

HOST = "store"
WAY = [name for name, status in TABLE.items() if status.rank is not None and status.rank <= 12] + [DELIVERED]
STEP_SECONDS = 600.0
CONFIRMED_SECONDS = 61.0  # after a webhook of which the API is asked
ITEMS = (Item("Whole milk 1 l", 6), Item("Sourdough bread", 1), Item("Bananas, by the kilo", 2))


@dataclass
class ToldOrders:
    """A store whose orders go their way one after the other."""

    connection: sqlite3.Connection

    def __post_init__(self) -> None:
        self._now = SystemClock().now()
        self._messages = count(1)

    def walk(self, number: int) -> None:
        """Take an order from its first webhook to its end, each step in a commit of its own."""
        order_id, chat = f"{10**12 + number}-01", 10**9 + number
        self._commit(lambda: self._follow(order_id, chat))
        self._send(chat)
        for step in pairwise(WAY):
            self._now += STEP_SECONDS
            self._commit(self._webhook_of(order_id, *step))
            self._send(chat)
            if step[1] in (ON_ROUTE, DELIVERED):
                self._now += CONFIRMED_SECONDS
                self._commit(self._answer_of(order_id, step[1]))
                self._send(chat)

    def _follow(self, order_id: str, chat: int) -> None:
        record.apply_webhook(self.connection, StatusChanged(HOST, order_id, None, WAY[0]), self._context())
        self._answer_of(order_id, WAY[0])()
        order = orders.load(self.connection, HOST, order_id)
        assert order is not None and order.id is not None
        chats.touch(self.connection, chat, language_code="es", now=self._now)
        subscription = chats.follow(
            self.connection,
            chat,
            order.id,
            level=Level.MAIN,
            thread_id=None,
            verified=True,
            follower=None,
            now=self._now,
        )
        put_card(self.connection, subscription, order, self._context())

    def _webhook_of(self, order_id: str, old: str, new: str) -> Callable[[], object]:
        event = StatusChanged(HOST, order_id, old, new)
        return lambda: record.apply_webhook(self.connection, event, self._context())

    def _answer_of(self, order_id: str, status: str) -> Callable[[], object]:
        link = f"https://courier.example/track/{order_id}?key=8c1f2e7a94"
        services = (ShipmentSnapshot("6f2c81d0", status, "Ana", tracking_url=link),) if status != WAY[0] else ()
        snapshot = OrderSnapshot(HOST, order_id, status, services, ITEMS)
        return lambda: record.apply_snapshot(
            self.connection, snapshot, sent_at=Ticks(self._now), context=self._context()
        )

    def _context(self) -> DecisionContext:
        return DecisionContext(Ticks(self._now), Wall(self._now), Policy(debounce=0.0))

    def _commit(self, work: Callable[[], object]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        work()
        self.connection.execute("COMMIT")

    def _send(self, chat: int) -> None:
        """Send all that waits for a chat: cards, edits and folds, the wait of each over."""
        self._now += 30.0
        while due := [
            one
            for priority in Priority
            for one in outbox.due(self.connection, self._now, priority=priority, without=(), limit=1)
        ]:
            for notice, chat_id in due:
                assert chat_id == chat
                self._commit(partial(self._deliver, notice, chat))

    def _deliver(self, notice: NoticeId, chat: int) -> None:
        claimed = claim(self.connection, notice, chat, self._context())
        if claimed is None:
            return
        number = next(self._messages) if claimed.target is None else claimed.target
        shown = None if claimed.order is None else order_facts(claimed.order)
        delivery_results.mark_sent(self.connection, claimed, Text("", fingerprint=shown), number, self._context())
