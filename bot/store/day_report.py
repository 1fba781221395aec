"""What a day brought, and what no webhook told: for the digest and the alerts of staff. They scan: in a thread."""

import sqlite3
from dataclasses import dataclass

from bot.store import receipts, reports
from bot.store.lookups import LookupKind
from bot.tracking.model import Ticks, Wall
from bot.tracking.statuses import DELIVERED

MOST_STUCK = 1000  # orders that are looked at
# news that was found by asking: not the first sight of an order, nor what a webhook had said that was in doubt
_LOST = """kind = 'seen' AND old IS NOT NULL AND old <> new AND NOT EXISTS (
    SELECT 1 FROM history AS before WHERE before."order" = history."order" AND before.id < history.id
    AND before.new = history.new AND before.kind IN ('held', 'doubtful') AND before.at >= history.at - 86400)"""


@dataclass(frozen=True, slots=True)
class DayReport:
    """Counts of one day: orders with news and delivered ones, orders that somebody misses, messages, news, orders."""

    orders: int
    delivered: int
    missing: int
    undelivered: int
    lost: int
    stuck: int

    @property
    def is_quiet(self) -> bool:
        """Nothing has happened; what doesn't move has not moved before either."""
        return not (self.orders or self.missing or self.undelivered or self.lost)


def day_report(connection: sqlite3.Connection, *, since: Wall, clock_offset: float, now: Ticks) -> DayReport:
    """Count what happened since then. `clock_offset`: what to add to the service's clock for wall time."""
    ticks = since - clock_offset
    return DayReport(
        orders=_count(
            connection,
            "SELECT count(DISTINCT \"order\") FROM history WHERE at >= ? AND kind IN ('heard', 'seen', 'chain')",
            since,
        ),
        delivered=_count(
            connection,
            'SELECT count(DISTINCT "order") FROM history WHERE at >= ? AND new = ? '
            "AND kind IN ('heard', 'seen', 'chain')",
            since,
            DELIVERED,
        ),
        missing=receipts.pressed(connection, LookupKind.RECEIPT_MISSING, ticks),
        undelivered=_count(connection, "SELECT count(*) FROM outbox WHERE state = 'aside' AND done_at >= ?", ticks),
        lost=found_by_asking(connection, since),
        stuck=len(reports.stuck_orders(connection, now, MOST_STUCK, clock_offset=clock_offset)),
    )


def found_by_asking(connection: sqlite3.Connection, since: float) -> int:
    """Count the news since then that no webhook brought."""
    return _count(connection, f"SELECT count(*) FROM history WHERE at >= ? AND {_LOST}", since)  # noqa: S608 - see above


def _count(connection: sqlite3.Connection, statement: str, *values: object) -> int:
    found: int = connection.execute(statement, values).fetchone()[0]
    return found
