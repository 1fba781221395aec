"""What a day brought, for the digest of staff. It scans: use `Database.scan`."""

import sqlite3
from dataclasses import dataclass

from bot.store import numbers, stuck
from bot.tracking.model import Receipt, Ticks, Wall


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
    with_news = connection.execute(
        "SELECT count(DISTINCT \"order\") FROM history WHERE at >= ? AND kind IN ('heard', 'seen', 'chain')", (since,)
    )
    looked_at = stuck.stuck_list(connection, now, clock_offset=clock_offset)
    return DayReport(
        orders=with_news.fetchone()[0],
        delivered=numbers.delivered(connection, since),
        missing=numbers.answers(connection, since).get(Receipt.MISSING, 0),
        undelivered=numbers.messages(connection, since - clock_offset)["not_delivered"],
        lost=numbers.lost(connection, since=since, wall=now + clock_offset),
        stuck=len({one.id for one in looked_at.orders} | {one.id for one in looked_at.troubled}),
    )
