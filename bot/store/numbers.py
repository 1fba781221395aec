"""What a store's owner counts: orders, messages and how fast these are, over a time. It scans: use `Database.scan`.

A time of the past is given twice, on the wall clock (`since`), by which the history goes, and on the service's clock.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.stages import RUNNING, stays_since, usual_times
from bot.tracking.model import Kind, OrderPk, Receipt
from bot.tracking.overview import USUAL_AT_MOST, Period, Stats, Stay, limits, times_by_stage
from bot.tracking.statuses import DELIVERED, Stage
from bot.tracking.timing import DAY

RECEIPT = "receipt"  # the kind of the line of the history that says what somebody answered to "delivered"
WEBHOOK_PATIENCE = 60.0  # seconds after which a webhook of what a poll has shown counts as lost
_TO_SHOPPERS = json.dumps([Kind.CARD, Kind.NEVER_SEEN, Kind.ARCHIVED, Kind.NOTE])
_BY_THE_STORE = frozenset(USUAL_AT_MOST) - {Stage.READY_FOR_PICKUP, Stage.UNKNOWN}  # who fetches it late isn't late
_LOST = """
SELECT count(*) FROM history AS shown
WHERE kind = 'seen' AND old IS NOT NULL AND at BETWEEN :since AND :wall - :patience AND NOT EXISTS (
    SELECT 1 FROM history AS told WHERE told."order" = shown."order" AND told.new = shown.new
    AND told.kind IN ('heard', 'repeat', 'held', 'doubtful') AND abs(told.at - shown.at) < :day
)
"""
_FOLLOWED = 'EXISTS (SELECT 1 FROM subscriptions WHERE "order" = orders.id)'
# each by its own index
_WAITING = """
SELECT (SELECT count(*) FROM outbox WHERE state = 'open' AND due_at <= ?1)
    + (SELECT count(*) FROM outbox WHERE state = 'claimed' AND due_at <= ?1)
"""
# from the first event that a card tells, which is the first of its keys; not of cards that answer a person
_DELAYS = """
WITH delays AS (
    SELECT max(done_at + :offset - history.at, 0.0) AS delay,
        row_number() OVER (ORDER BY done_at + :offset - history.at) AS place, count(*) OVER () AS number
    FROM outbox JOIN history ON history.id = CAST(events AS INTEGER)
    WHERE outbox.kind = 'card' AND state = 'sent' AND done_at >= :since AND keep NOT LIKE '%answer%'
)
SELECT max(delay) FILTER (WHERE place = (number + 1) / 2), max(delay) FILTER (WHERE place = (99 * number + 99) / 100)
FROM delays
"""


@dataclass(frozen=True, slots=True)
class Moments:
    """Since when, and now, on both clocks."""

    since: float
    since_ticks: float
    wall: float

    @property
    def clock_offset(self) -> float:
        """Return the seconds to add to the service's clock for wall time."""
        return self.since - self.since_ticks


def stats(connection: sqlite3.Connection, *, today: Moments, week: Moments) -> Stats:
    """Count for `/stats`."""
    late = _late(connection, stays := stays_since(connection, week.since))
    now = today.wall - today.clock_offset
    return Stats(
        today=_period(connection, today, late),
        week=_period(connection, week, late),
        stages=times_by_stage(stays, since=week.since),
        followed=_count(connection, f"SELECT count(*) FROM orders WHERE {RUNNING} AND {_FOLLOWED}"),  # noqa: S608 - this room's own words
        chats=_count(connection, "SELECT count(*) FROM chats"),
        waiting=_count(connection, _WAITING, now),
    )


def _late(connection: sqlite3.Connection, stays: Sequence[Stay]) -> list[tuple[OrderPk, float]]:
    """Return which orders came to be late in a stage, and when.

    After what is usual for orders anywhere, and for this store's. Of orders that nobody follows no present stay counts:
    they may have left it unseen.
    """
    own = limits(usual_times(connection))
    most = {stage: max(own[stage].seconds, USUAL_AT_MOST[stage]) for stage in _BY_THE_STORE}
    present = json.dumps([one.order for one in stays if one.until is None])
    of_them = 'SELECT "order" FROM subscriptions WHERE "order" IN (SELECT value FROM json_each(?))'
    followed = {row[0] for row in connection.execute(of_them, (present,))}
    timed = ((one, one.since + most[one.stage]) for one in stays if one.stage in most)
    return [
        (one.order, late_at)
        for one, late_at in timed
        if (one.order in followed if one.until is None else one.until > late_at)
    ]


def _period(connection: sqlite3.Connection, moments: Moments, late: Sequence[tuple[OrderPk, float]]) -> Period:
    answered = answers(connection, moments.since)
    sent = messages(connection, moments.since_ticks)
    median, p99 = _delays(connection, moments)
    return Period(
        orders=_count(connection, "SELECT count(*) FROM orders WHERE made_at >= ?", moments.since_ticks),
        delivered=delivered(connection, moments.since),
        late=len({order for order, late_at in late if moments.since <= late_at <= moments.wall}),
        told=sent["told"],
        not_delivered=sent["not_delivered"],
        perhaps=sent["perhaps"],
        good=answered.get(Receipt.GOOD, 0),
        missing=answered.get(Receipt.MISSING, 0),
        found=answered.get(Receipt.FOUND, 0),
        lost=lost(connection, since=moments.since, wall=moments.wall),
        median=median,
        p99=p99,
    )


def delivered(connection: sqlite3.Connection, since: float) -> int:
    """Count the orders that came to be delivered since then."""
    return _count(
        connection,
        "SELECT count(DISTINCT \"order\") FROM history WHERE kind IN ('heard', 'seen', 'chain') "
        "AND new = ? AND at >= ?",
        DELIVERED,
        since,
    )


def lost(connection: sqlite3.Connection, *, since: float, wall: float) -> int:
    """Count the steps since then that only a poll has shown; of the last minute a webhook may still come."""
    values = {"since": since, "wall": wall, "patience": WEBHOOK_PATIENCE, "day": DAY}
    number: int = connection.execute(_LOST, values).fetchone()[0]
    return number


def messages(connection: sqlite3.Connection, since_ticks: float) -> sqlite3.Row:
    """Count messages to shoppers since then (service clock): told, perhaps, not_delivered."""
    row: sqlite3.Row = connection.execute(
        "SELECT count(*) FILTER (WHERE state = 'sent') AS told, "
        "count(*) FILTER (WHERE state = 'aside' AND reason LIKE 'perhaps told%') AS perhaps, "
        "count(*) FILTER (WHERE (state = 'aside' AND reason NOT LIKE 'perhaps told%') "
        "OR (state = 'closed' AND reason LIKE 'gone%')) AS not_delivered "
        "FROM outbox WHERE done_at >= ? AND kind IN (SELECT value FROM json_each(?))",
        (since_ticks, _TO_SHOPPERS),
    ).fetchone()
    return row


def answers(connection: sqlite3.Connection, since: float) -> dict[str, int]:
    """Count the orders about which each was answered to "delivered" since then."""
    rows = connection.execute(
        'SELECT new, count(DISTINCT "order") FROM history WHERE kind = ? AND at >= ? GROUP BY new', (RECEIPT, since)
    )
    return dict(rows.fetchall())


def _delays(connection: sqlite3.Connection, moments: Moments) -> tuple[float | None, float | None]:
    row = connection.execute(_DELAYS, {"offset": moments.clock_offset, "since": moments.since_ticks}).fetchone()
    return row[0], row[1]


def _count(connection: sqlite3.Connection, statement: str, *values: object) -> int:
    found: int = connection.execute(statement, values).fetchone()[0]
    return found
