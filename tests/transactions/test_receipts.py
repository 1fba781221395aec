"""What staff were alerted to belongs to the order: it goes with it, and comes with it into another row."""

import sqlite3
from collections.abc import Iterator

import pytest

from bot.store import chats, orders, receipts
from bot.tracking.card_content import StaffTold
from bot.tracking.model import Order, Ticks
from bot.transactions.receipts import staff_told
from tests.builders import NOW, following, memory_store, order, row_of, stored


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as opened:
        yield opened


def alerted(connection: sqlite3.Connection, number: str) -> Order:
    known = stored(connection, order("DELIVERED", order_id=number, changed_at=NOW))
    receipts.note_alert(connection, row_of(known), Ticks(NOW))
    return known


def test_staff_know_from_when_the_alert_is_due(connection: sqlite3.Connection) -> None:
    known = alerted(connection, "A-1")
    other = stored(connection, order("DELIVERED", order_id="B-2"))
    assert staff_told(connection, row_of(known), Ticks(NOW - 1)) is StaffTold.LATER
    assert staff_told(connection, row_of(known), Ticks(NOW)) is StaffTold.TOLD
    assert staff_told(connection, row_of(other), Ticks(NOW)) is StaffTold.NOBODY


def test_it_is_forgotten_with_the_order_and_not_with_who_follows_it(connection: sqlite3.Connection) -> None:
    known = alerted(connection, "A-1")
    chats.stop(connection, following(connection, known).id)
    assert receipts.alert_due_at(connection, row_of(known)) == NOW
    connection.execute("DELETE FROM orders")
    assert connection.execute("SELECT count(*) FROM receipt_alerts").fetchone()[0] == 0


@pytest.mark.parametrize("both", [False, True])
def test_of_two_rows_that_are_one_order_it_stays(connection: sqlite3.Connection, both: bool) -> None:
    other = alerted(connection, "A-1")
    kept = alerted(connection, "A-01") if both else stored(connection, order("DELIVERED", order_id="A-01"))
    orders.absorb(connection, kept, other)
    assert receipts.alert_due_at(connection, row_of(kept)) == NOW
