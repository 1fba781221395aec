"""After the machine's clock was set back, nothing waits for a time that may be years ahead."""

import sqlite3
from collections.abc import Iterator

import pytest

from bot.store import orders, outbox
from bot.tracking.model import Kind, Notice, Ticks
from bot.tracking.timing import DAY
from bot.transactions.schedule import LONGEST_WAIT, clamp_future_due
from tests.builders import CHAT, NOW, following, memory_store, next_poll, order, row_of, stored


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as opened:
        yield opened


@pytest.mark.parametrize(
    ("due", "expected"),
    [(365 * DAY, LONGEST_WAIT), (LONGEST_WAIT + 1, LONGEST_WAIT), (LONGEST_WAIT, LONGEST_WAIT), (DAY, DAY), (-9, -9)],
)
def test_no_poll_is_further_ahead_than_the_longest_wait(
    connection: sqlite3.Connection, due: float, expected: float
) -> None:
    known = stored(connection, order("PICKING"))
    orders.schedule(connection, row_of(known), Ticks(NOW + due), urgent=False)
    clamp_future_due(connection, NOW)
    assert next_poll(connection) == NOW + expected


def test_an_order_that_is_not_to_be_polled_stays_so(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING"))
    orders.schedule(connection, row_of(known), None, urgent=False)
    clamp_future_due(connection, NOW)
    assert next_poll(connection) is None


@pytest.mark.parametrize(("due", "expected"), [(365 * DAY, 0), (DAY, DAY)])
def test_a_message_that_is_due_years_ahead_is_due_now(
    connection: sqlite3.Connection, due: float, expected: float
) -> None:
    known = stored(connection, order("PICKING"))
    following(connection, known)
    outbox.put(connection, [Notice(CHAT, Kind.REMINDER, Ticks(NOW + due), order=known.id)])
    clamp_future_due(connection, NOW)
    assert [one.due_at for one in outbox.open_notices(connection, CHAT, row_of(known))] == [NOW + expected]
