"""Orders, news, subscriptions and notices as tests want them: only what matters to a test is named there."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.pickpack.health import Breaker
from bot.process.clock import Clock
from bot.store import chats, migrations, orders
from bot.store.database import Database
from bot.tracking.deciding import effective_status
from bot.tracking.events import OrderSnapshot, ShipmentSnapshot, StatusChanged
from bot.tracking.model import (
    Item,
    Kind,
    Level,
    Notice,
    Order,
    OrderPk,
    Shipment,
    Subscription,
    SubscriptionId,
    Ticks,
    Wall,
)
from bot.tracking.notifying import Policy
from bot.tracking.order_facts import order_facts
from bot.tracking.timing import PollIntervals
from bot.transactions.context import ContextSource, DecisionContext
from bot.words.texts import Text

NOW: Any = 1_790_000_000.0  # on either clock: in tests they agree until one is moved
HOST = "store"
ORDER_ID = "1001-01"
LINK = "https://track.courier.com/1"
OTHER_LINK = "https://track.courier.com/2"
CHAT = 501


def status_changed(old: str | None, new: str, order_id: str = ORDER_ID) -> StatusChanged:
    """A webhook; `old` None: it does not say what was before."""
    return StatusChanged(HOST, order_id, old, new)


def service(status: str, key: str | None = "s1", link: str | None = None, **fields: Any) -> ShipmentSnapshot:
    """One service of a GET's answer."""
    return ShipmentSnapshot(key, status, tracking_url=link, **fields)


def snapshot_of(
    status: str, *services: ShipmentSnapshot, order_id: str = ORDER_ID, items: tuple[Item, ...] = ()
) -> OrderSnapshot:
    """A GET's answer."""
    return OrderSnapshot(HOST, order_id, status, services, items)


def shipment(status: str, key: str = "s1", position: int = 1, **fields: Any) -> Shipment:
    """One shipment as it is known."""
    return Shipment(key, position, status, **{"service_id": None if key.startswith("#") else key, **fields})


def order(status: str | None = None, *shipments: Shipment, **fields: Any) -> Order:
    """An order as it is known."""
    return Order(HOST, fields.pop("order_id", ORDER_ID), status=status, shipments=shipments, **fields)


def subscription(told: str | None = None, level: Level = Level.EVERY, **fields: Any) -> Subscription:
    """One chat follows the order in row 1; `told`: message 77 is its card, which told that."""
    shown = {"notified_message_id": 77, "notified_at": NOW, "card_status": told, "card_shown_at": NOW}
    shown = shown if told is not None else {}
    return Subscription(SubscriptionId(1), CHAT, OrderPk(1), level, notified_status=told, **{**shown, **fields})


def notice(status: str | None = None, kind: Kind = Kind.CARD, **fields: Any) -> Notice:
    """A row of the outbox about the order in row 1."""
    return Notice(**{"chat_id": CHAT, "kind": kind, "due_at": NOW, "order": 1, "status": status, "id": 9, **fields})


def decision_context(
    now: float = NOW, *, debounce: float = 3.0, possible: bool = True, poll_intervals: PollIntervals | None = None
) -> DecisionContext:
    """What deciding depends on besides the news, without chance."""
    return DecisionContext(Ticks(now), Wall(now), Policy(debounce, possible), poll_intervals or PollIntervals())


def contexts(clock: Clock, *, debounce: float = 0.0, breaker: Breaker | None = None, **how: Any) -> ContextSource:
    """Where decisions get their context from, without chance; the API can be asked."""
    how.setdefault("poll_intervals", PollIntervals())
    return ContextSource(clock, breaker or Breaker(lambda: 0.0), debounce=debounce, chance=lambda: 0.0, **how)


def count_commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the batches that are committed from now on."""
    batches: list[int] = []
    run = Database._run_batch

    def counted(database: Database, connection: sqlite3.Connection, batch: list[Any]) -> None:
        run(database, connection, batch)
        batches.append(len(batch))

    monkeypatch.setattr(Database, "_run_batch", counted)
    return batches


def next_poll(connection: sqlite3.Connection) -> float | None:
    """When the next order is due for a GET, or None."""
    due: float | None = connection.execute("SELECT min(next_poll_at) FROM orders").fetchone()[0]
    return due


def nothing_due() -> None:
    """Nobody is to be woken."""


@cache
def _schema() -> bytes:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(connection)
    migrations.overwrite_free_pages(connection)
    content = connection.serialize()
    connection.close()
    return content


@contextmanager
def memory_store() -> Iterator[sqlite3.Connection]:
    """The real schema in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(_schema())
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    try:
        yield connection
    finally:
        connection.close()


def open_database(folder: Path, **options: Any) -> Database:
    """A new database in a folder."""
    path = folder / "bot.db"
    migrated(path)
    database = Database(path, **options)
    database.open()
    return database


def migrated(path: Path) -> None:
    """Put a migrated file where there is none: twenty migrations cost more than most tests."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), path.open("xb") as file:
        file.write(_schema())


def stored(connection: sqlite3.Connection, one: Order, now: float = NOW) -> Order:
    """The order, with its row."""
    return orders.save(connection, one, before=None, now=now)


def row_of(known: Order) -> OrderPk:
    """The key of a stored order."""
    assert known.id is not None
    return known.id


def following(
    connection: sqlite3.Connection, known: Order, chat_id: int = CHAT, *, told: str | None = None, **fields: Any
) -> Subscription:
    """The chat follows the order from now on, and was told `told` already."""
    chats.touch(connection, chat_id, now=NOW)
    options = {"level": Level.EVERY, "thread_id": None, "verified": False, "follower": None, "now": NOW} | fields
    made = chats.follow(connection, chat_id, row_of(known), **options)
    if told is not None:
        facts = order_facts(known) if told == effective_status(known) else None
        made = replace(made, notified_status=told, notified_message_id=77, notified_at=NOW)
        made = replace(made, card_status=told, card_shown_at=NOW, card_facts=facts)
        chats.save_notified(connection, made)
    return made


def text_for(known: Order | None) -> Text:
    """Words whose fingerprint says what they show of the order."""
    return Text("words", fingerprint=None if known is None else order_facts(known))
