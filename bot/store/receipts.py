"""What people answer to "delivered": whether the store's staff know, how many say what, who isn't asked any more.

Each function takes the connection.
"""

import sqlite3
from dataclasses import dataclass

from bot.tracking.model import OrderPk, Receipt, SubscriptionId, Ticks
from bot.tracking.statuses import DELIVERED


@dataclass(frozen=True, slots=True)
class Answers:
    """How many chats follow an order, and how many of them say that they have it, or don't."""

    followers: int
    good: int
    missing: int


def alert_due_at(connection: sqlite3.Connection, order_pk: OrderPk) -> Ticks | None:
    """Return when staff were, or will be, alerted that somebody doesn't have the order; None: they are not."""
    row = connection.execute('SELECT due_at FROM receipt_alerts WHERE "order" = ?', (order_pk,)).fetchone()
    return None if row is None else row["due_at"]


def note_alert(connection: sqlite3.Connection, order_pk: OrderPk, due_at: Ticks) -> None:
    """Note that staff are alerted; it is forgotten with the order."""
    connection.execute("INSERT OR IGNORE INTO receipt_alerts VALUES (?, ?)", (order_pk, due_at))


def answers(connection: sqlite3.Connection, order_pk: OrderPk) -> Answers:
    """Count who follows the order, and what they answer."""
    row = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE receipt IN (?, ?)), count(*) FILTER (WHERE receipt = ?) "
        'FROM subscriptions WHERE "order" = ?',
        (Receipt.GOOD, Receipt.FOUND, Receipt.MISSING, order_pk),
    ).fetchone()
    return Answers(*row)


def unanswered(connection: sqlite3.Connection, *, ended_before: float, limit: int) -> list[SubscriptionId]:
    """List who is still asked about an order that was delivered before that time. It scans."""
    rows = connection.execute(
        'SELECT subscriptions.id FROM subscriptions JOIN orders ON orders.id = "order" JOIN chats USING (chat_id) '
        "WHERE state = ? AND news_at <= ? AND (receipt IS NULL OR receipt = ?) AND paused IS NULL LIMIT ?",
        (DELIVERED, ended_before, Receipt.MISSING, limit),
    )
    return [row["id"] for row in rows]
