"""After the machine's clock was set back, nothing waits for a time that may be years ahead."""

import sqlite3
from collections.abc import Iterator

import pytest

from bot.store import awaited_numbers, orders, outbox
from bot.store.awaited_numbers import AwaitedNumber
from bot.tracking.model import Kind, Notice, Ticks
from bot.tracking.timing import AWAITED_FOR, DAY, HOUR
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
    outbox.put(connection, [Notice(CHAT, Kind.CARD, Ticks(NOW + due), order=known.id)])
    clamp_future_due(connection, NOW)
    assert [one.due_at for one in outbox.open_notices(connection, CHAT, row_of(known))] == [NOW + expected]


def awaiting(connection: sqlite3.Connection, since: float, *, ends_at: float) -> None:
    """Somebody has awaited two candidates since then, and the API has answered about one an hour later."""
    following(connection, stored(connection, order("PICKING")))
    one = AwaitedNumber(CHAT, "A-1", ("A-1", "SLR-A-1"))
    awaited_numbers.add(connection, one, next_ask_at=since + HOUR, ends_at=ends_at, now=since)
    awaited_numbers.mark_not_found(connection, "A-1", now=since + HOUR, wait=4 * HOUR)


def ends(connection: sqlite3.Connection) -> set[float]:
    return {row["ends_at"] for row in connection.execute("SELECT ends_at FROM awaited")}


@pytest.mark.parametrize("ahead", [365 * DAY, 3 * DAY, 4 * HOUR])
def test_a_number_is_awaited_for_as_long_as_it_was_to_be(connection: sqlite3.Connection, ahead: float) -> None:
    awaiting(connection, NOW + ahead, ends_at=NOW + ahead + AWAITED_FOR)
    clamp_future_due(connection, NOW)
    assert max(ends(connection)) == NOW + AWAITED_FOR
    assert min(ends(connection)) == NOW + AWAITED_FOR - HOUR
    # an answer of the time that was none proves nothing
    assert awaited_numbers.expired(connection, NOW + AWAITED_FOR, 10) == []
    assert {one for one, _, _ in awaited_numbers.due(connection, NOW, 10)} == {"A-1", "SLR-A-1"}
    hours = int(AWAITED_FOR / HOUR)
    for hour in range(hours + 1):
        assert awaited_numbers.expired(connection, NOW + hour * HOUR, 10) == []
        for candidate in ("A-1", "SLR-A-1"):
            awaited_numbers.mark_not_found(connection, candidate, now=NOW + hour * HOUR, wait=HOUR)
    assert [one.number for one in awaited_numbers.expired(connection, NOW + hours * HOUR, 10)] == ["A-1"]


def test_a_number_is_never_awaited_for_longer_than_from_now_on(connection: sqlite3.Connection) -> None:
    awaiting(connection, NOW - DAY, ends_at=NOW + 365 * DAY)
    clamp_future_due(connection, NOW)
    assert ends(connection) == {NOW + AWAITED_FOR}


def test_a_number_that_is_awaited_by_a_right_clock_ends_when_it_was_to_end(connection: sqlite3.Connection) -> None:
    awaiting(connection, NOW - DAY, ends_at=NOW + DAY)
    clamp_future_due(connection, NOW)
    assert ends(connection) == {NOW + DAY}
