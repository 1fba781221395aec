"""Queries for staff's commands and for a chat's own export. They scan: call them through `Database.scan`."""

import json
import sqlite3
from typing import Any

from bot.store import chats
from bot.tracking.model import OrderFollower, OrderPk


def followers_of(connection: sqlite3.Connection, order_pk: OrderPk) -> list[OrderFollower]:
    """List all followers of the order, also those that can't be written to."""
    rows = connection.execute(
        "SELECT subscriptions.*, paused "
        'FROM subscriptions JOIN chats USING (chat_id) WHERE "order" = ? ORDER BY subscriptions.id',
        (order_pk,),
    )
    return [OrderFollower(chats.subscription_of_row(row), row["paused"]) for row in rows]


def count_awaiting(connection: sqlite3.Connection, order_id: str) -> int:
    """Count the chats that await a number that may mean this order."""
    counted = connection.execute("SELECT count(DISTINCT chat_id) FROM awaited WHERE candidate = ?", (order_id,))
    count: int = counted.fetchone()[0]
    return count


def followed_by_status(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the orders that somebody follows, by status; that of an order not heard of yet is empty."""
    rows = connection.execute(
        "SELECT coalesce(state, ''), count(*) FROM orders "
        'WHERE id IN (SELECT "order" FROM subscriptions) GROUP BY state'
    )
    return dict(rows.fetchall())


def everything_about(connection: sqlite3.Connection, chat_id: int) -> dict[str, Any] | None:
    """Return all that is stored about a chat, as JSON values; None if nothing is."""
    chat = connection.execute("SELECT * FROM chats WHERE chat_id = ?", (chat_id,)).fetchone()
    if chat is None:
        return None
    return {
        "chat": _without_meaningless(chat),
        "orders_followed": _dicts(
            connection,
            "SELECT orders.order_id, orders.state AS status, orders.items AS items, subscriptions.* "
            'FROM subscriptions JOIN orders ON orders.id = subscriptions."order" WHERE chat_id = ? '
            "ORDER BY subscriptions.id",
            chat_id,
        ),
        "numbers_awaited": _dicts(connection, "SELECT * FROM awaited WHERE chat_id = ?", chat_id),
        "messages": _dicts(
            connection,
            "SELECT outbox.*, orders.order_id FROM outbox "
            'LEFT JOIN orders ON orders.id = outbox."order" WHERE chat_id = ? ORDER BY outbox.id',
            chat_id,
        ),
        "drafts": _dicts(connection, "SELECT number, text, made_at FROM drafts WHERE chat_id = ?", chat_id),
        "actions": _dicts(connection, "SELECT * FROM audit WHERE who = ? ORDER BY id", chat_id),
    }


_JSON_COLUMNS = frozenset({"payload", "items", "told_links", "told_troubles", "told_parcels", "card_lead"})
_OF_NO_MEANING = frozenset(
    {"card_hash", "card_facts", "id", "order", "attempts", "unknowns", "lane", "met", "claim", "alert"}
)


def _dicts(connection: sqlite3.Connection, statement: str, chat_id: int) -> list[dict[str, Any]]:
    return [_without_meaningless(row) for row in connection.execute(statement, (chat_id,))]


def _without_meaningless(row: sqlite3.Row) -> dict[str, Any]:
    return {name: _value(name, row[name]) for name in row.keys() if name not in _OF_NO_MEANING}  # noqa: SIM118 - a Row


def _value(name: str, value: Any) -> Any:
    return json.loads(value) if name in _JSON_COLUMNS and value else value
