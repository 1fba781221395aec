"""Find what is due for a reminder or for archiving, and delete what is old.

These queries scan, so the reads run in a thread of their own. Deleting goes in small steps: the writer is never busy
for long.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.tracking.model import OrderPk, SubscriptionId, Ticks
from bot.tracking.statuses import FINAL_STATUSES, WAITING_FOR_PICKUP

STEP = 200
_FINAL = json.dumps(FINAL_STATUSES)
# `reminded_of` holds the states' names with a blank between them: an order may come back to one
_NOT_REMINDED = "instr(' ' || coalesce(reminded_of, '') || ' ', ' ' || ? || ' ') = 0"
_INACTIVE = (
    "news_at <= ? AND state NOT IN (SELECT value FROM json_each(?)) "
    'AND EXISTS (SELECT 1 FROM subscriptions WHERE "order" = orders.id)'
)
# made of the constants above, nothing from outside
_NOTIFIED_AND_NOT_REMINDED = (
    'SELECT subscriptions.id, chat_id, "order", thread_id, state, {since} '  # noqa: S608 - see above
    'FROM subscriptions JOIN orders ON orders.id = "order" JOIN chats USING (chat_id) '
    f"WHERE state = ? AND told_status = ? AND {{since}} <= ? AND {_NOT_REMINDED} AND paused IS NULL LIMIT ?"
)
_REMIND = (
    "UPDATE subscriptions SET reminded_of = trim(coalesce(reminded_of, '') || ' ' || ?) "  # noqa: S608 - see above
    f'WHERE id = ? AND chat_id = ? AND "order" = ? AND {_NOT_REMINDED}'
)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A subscription whose order has been at `state` for long, since `since`, so that the chat is to be reminded."""

    subscription: SubscriptionId
    chat_id: int
    order: OrderPk
    thread_id: int | None
    state: str
    since: Ticks


def due_pickup_reminders(connection: sqlite3.Connection, notified_before: float) -> list[DueReminder]:
    """List those notified before that time that their order is ready for pickup, and not reminded yet."""
    return _due_reminders(connection, WAITING_FOR_PICKUP, "told_sent_at", notified_before)


def due_late_reminders(connection: sqlite3.Connection, state: str, since_before: float) -> list[DueReminder]:
    """List those whose order has been at this state since before that time, and who were not reminded of it yet."""
    return _due_reminders(connection, state, "news_at", since_before)


def _due_reminders(connection: sqlite3.Connection, state: str, since: str, before: float) -> list[DueReminder]:
    rows = connection.execute(_NOTIFIED_AND_NOT_REMINDED.format(since=since), (state, state, before, state, STEP))
    return [DueReminder(*row) for row in rows]


def mark_reminded(connection: sqlite3.Connection, reminder: DueReminder) -> bool:
    """Mark as reminded of this state; return False if it was already, or if the subscription is gone."""
    # chat and order too: a row's number is given again when the newest subscription ends
    row = (reminder.subscription, reminder.chat_id, reminder.order)
    return connection.execute(_REMIND, (reminder.state, *row, reminder.state)).rowcount == 1


def inactive_orders(connection: sqlite3.Connection, silent_since: float) -> list[OrderPk]:
    """List unfinished orders that are followed and have not changed since that time."""
    rows = connection.execute(
        f"SELECT id FROM orders WHERE {_INACTIVE} LIMIT ?",  # noqa: S608 - this file's own words
        (silent_since, _FINAL, STEP),
    )
    return [row["id"] for row in rows]


def still_inactive(connection: sqlite3.Connection, found: Sequence[OrderPk], silent_since: float) -> list[OrderPk]:
    """List those of the orders found that are still inactive: they may have changed since they were looked for."""
    rows = connection.execute(
        f"SELECT id FROM orders WHERE id IN (SELECT value FROM json_each(?)) AND {_INACTIVE}",  # noqa: S608 - as above
        (json.dumps(found), silent_since, _FINAL),
    )
    return [row["id"] for row in rows]


def drop_old(connection: sqlite3.Connection, before: float) -> int:
    """Delete notices, and orders that are finished or not followed, older than that; return how many orders."""
    connection.execute(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE done_at <= ? LIMIT ?)", (before, STEP)
    )
    gone = connection.execute(
        "DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE news_at <= ? "
        "AND (state IN (SELECT value FROM json_each(?)) "
        'OR NOT EXISTS (SELECT 1 FROM subscriptions WHERE "order" = orders.id)) '
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE \"order\" = orders.id AND outbox.state IN ('open', 'claimed')) "
        "LIMIT ?)",
        (before, _FINAL, STEP),
    )
    return gone.rowcount


def drop_idle_chats(connection: sqlite3.Connection, before: float) -> int:
    """Delete chats known since before that time that follow, await and were sent nothing; return how many.

    What was sent is kept as long as a finished order, so such a chat has been idle for that long.
    """
    gone = connection.execute(
        "DELETE FROM chats WHERE chat_id IN (SELECT chat_id FROM chats WHERE made_at <= ? "
        "AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE subscriptions.chat_id = chats.chat_id) "
        "AND NOT EXISTS (SELECT 1 FROM awaited WHERE awaited.chat_id = chats.chat_id) "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat_id = chats.chat_id) LIMIT ?)",
        (before, STEP),
    )
    return gone.rowcount
