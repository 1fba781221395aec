"""How long orders stay in each stage, by their history. It reads much: call it through `Database.scan`."""

import json
import sqlite3
from collections.abc import Iterable

from bot.tracking.model import OrderPk, Wall
from bot.tracking.overview import StageTimes, Stay, stays_of, times_by_stage
from bot.tracking.statuses import Stage

SAMPLE = 1000  # orders, from which it is told how long a stage usually lasts: more change little, and take long
# orders that have not ended, or whose courier has ended before them: word for word what `orders_running` is an index of
RUNNING = "(diverged_at IS NOT NULL OR state NOT IN ('DELIVERED', 'RETURNED', 'CANCELED', 'IDLE'))"
_STEPS = """
SELECT "order", at, old IS NULL AND kind = 'seen', new FROM history
WHERE kind IN ('heard', 'seen', 'chain') AND new IS NOT NULL AND "order" IN (SELECT value FROM json_each(?))
ORDER BY "order", id
"""
# whose stays may have ended since a time, or have not ended yet
_MOVED_OR_RUNNING = f"""
SELECT DISTINCT "order" FROM history WHERE at >= ? UNION SELECT id FROM orders WHERE {RUNNING}
"""  # noqa: S608 - this file's own words


def stays(connection: sqlite3.Connection, orders: Iterable[OrderPk]) -> list[Stay]:
    """Return all stays of these orders, also those that have not ended."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there are thousands
    return list(stays_of(cursor.execute(_STEPS, (json.dumps(list(orders)),))))


def usual_times(connection: sqlite3.Connection) -> dict[Stage, StageTimes]:
    """Return how long orders were in each stage, by a sample of them, taken evenly from old and new."""
    first, last = connection.execute("SELECT (SELECT min(id) FROM orders), (SELECT max(id) FROM orders)").fetchone()
    if first is None:
        return {}
    step = max(1, (last + 1 - first) // SAMPLE)
    return times_by_stage(stays(connection, map(OrderPk, range(first, last + 1, step))))


def present_stays(connection: sqlite3.Connection, orders: Iterable[OrderPk]) -> dict[OrderPk, Wall]:
    """Return since when each of these orders is in its stage."""
    return {one.order: one.since for one in stays(connection, orders) if one.until is None}


def stays_since(connection: sqlite3.Connection, since: float) -> list[Stay]:
    """Return the stays that have not ended or did so since then, and others of the same orders."""
    return stays(connection, [OrderPk(row[0]) for row in connection.execute(_MOVED_OR_RUNNING, (since,))])
