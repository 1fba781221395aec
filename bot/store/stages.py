"""How long orders stayed in each stage, by their history. It scans: call it through `Database.scan`."""

import sqlite3

from bot.tracking.overview import Stay, stays_of

_STEPS = """
SELECT "order", at, old IS NULL AND kind = 'seen', new FROM history
WHERE kind IN ('heard', 'seen', 'chain') AND new IS NOT NULL ORDER BY "order", id
"""


def all_stays(connection: sqlite3.Connection) -> list[Stay]:
    """Return all stays of all orders, also those that have not ended."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there are hundreds of thousands
    return list(stays_of(cursor.execute(_STEPS)))
