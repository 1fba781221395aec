"""How long orders stay in each stage, by their history. It reads much: call it through `Database.scan`."""

import json
import sqlite3
from collections.abc import Iterable

from bot.tracking.model import OrderPk, Wall
from bot.tracking.overview import StageTimes, Stay, stays_of, times_by_stage
from bot.tracking.statuses import Stage

SAMPLE = 2000  # orders, from which it is told how long a stage usually lasts: more change little, and take long
_STEPS = """
SELECT "order", at, old IS NULL AND kind = 'seen', new FROM history
WHERE kind IN ('heard', 'seen', 'chain') AND new IS NOT NULL
"""
_IN_ORDER = ' ORDER BY "order", id'
# the statements are this file's own, nothing from outside
_SAMPLED = _STEPS + 'AND "order" IN (SELECT id FROM orders WHERE id % ? = 0)' + _IN_ORDER  # noqa: S608 - see above
_OF_ORDERS = _STEPS + 'AND "order" IN (SELECT value FROM json_each(?))' + _IN_ORDER  # noqa: S608 - see above


def all_stays(connection: sqlite3.Connection) -> list[Stay]:
    """Return all stays of all orders, also those that have not ended."""
    return _stays(connection, _STEPS + _IN_ORDER)


def usual_times(connection: sqlite3.Connection) -> dict[Stage, StageTimes]:
    """Return how long orders were in each stage, by a sample of them, taken evenly from old and new."""
    number: int = connection.execute("SELECT count(*) FROM orders").fetchone()[0]
    return times_by_stage(_stays(connection, _SAMPLED, max(1, number // SAMPLE)))


def entered_at(connection: sqlite3.Connection, orders: Iterable[OrderPk]) -> dict[OrderPk, Wall]:
    """Return since when each of these orders is in its stage."""
    stays = _stays(connection, _OF_ORDERS, json.dumps(list(orders)))
    return {OrderPk(one.order): Wall(one.since) for one in stays if one.until is None}


def _stays(connection: sqlite3.Connection, steps: str, *values: object) -> list[Stay]:
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there are hundreds of thousands
    return list(stays_of(cursor.execute(steps, values)))
