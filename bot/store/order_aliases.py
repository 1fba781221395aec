"""Other numbers of orders: what the API was asked for when it answered with an order of another number.

Webhooks may name either. Each function takes the connection.
"""

import sqlite3

from bot.tracking.model import OrderPk


def add(connection: sqlite3.Connection, alias: str, order_pk: OrderPk) -> None:
    """Keep that this number, too, means the order; the latest answer counts."""
    connection.execute('INSERT OR REPLACE INTO order_aliases (alias, "order") VALUES (?, ?)', (alias, order_pk))


def find(connection: sqlite3.Connection, alias: str) -> OrderPk | None:
    """Return the key of the order that this number also means, its letters in any case; None if there is none."""
    row = connection.execute('SELECT "order" FROM order_aliases WHERE alias = ?', (alias,)).fetchone()
    return None if row is None else row["order"]
