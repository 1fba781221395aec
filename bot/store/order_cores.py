"""The core of each order's number: by it, orders are found whose numbers differ in a prefix or a part.

Each function takes the connection.
"""

import sqlite3

from bot.tracking.model import Order, OrderPk
from bot.tracking.order_numbers import core

_MOST = 20  # more orders with one core are no spellings of one number


def keep(connection: sqlite3.Connection, order: Order) -> None:
    """Keep the core of a stored order's number."""
    connection.execute(
        'INSERT INTO order_cores ("order", core) VALUES (?, ?) '
        'ON CONFLICT ("order") DO UPDATE SET core = excluded.core WHERE core != excluded.core',
        (order.id, core(order.order_id)),
    )


def with_core_of(connection: sqlite3.Connection, order: Order) -> list[OrderPk]:
    """List the other orders with the core of this one's number, the newest first."""
    its_core = core(order.order_id)
    if not its_core:
        return []
    rows = connection.execute(
        'SELECT "order" FROM order_cores WHERE core = ? AND "order" != ? ORDER BY "order" DESC LIMIT ?',
        (its_core, order.id, _MOST),
    )
    return [row["order"] for row in rows]
