"""What is looked for now and then, and what is dropped when its time is over. These scan: reads get an own thread.

Deleting goes in small steps, so that the writer is never held for long.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.tracking.statuses import FINAL_STATUSES, WAITING_FOR_PICKUP

STEP = 200
_FINAL = json.dumps(FINAL_STATUSES)
# `reminded_of` holds the states' names with a blank between them: an order may come back to one
_NOT_REMINDED = "instr(' ' || coalesce(reminded_of, '') || ' ', ' ' || ? || ' ') = 0"
_INACTIVE = (
    "news_at <= ? AND state NOT IN (SELECT value FROM json_each(?)) "
    'AND EXISTS (SELECT 1 FROM subscriptions WHERE "order" = orders.id)'
)
# put together of the words above, nothing from outside
_TOLD_AND_NOT_REMINDED = (
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
    """A subscription whose order has stood at a state for a while, and when the chat was told (service clock)."""

    subscription: int
    chat_id: int
    order: int
    thread_id: int | None
    state: str
    since: float


def due_pickup_reminders(connection: sqlite3.Connection, told_before: float) -> list[DueReminder]:
    """Who was told before that time that the order is ready for pickup, and has not been reminded since."""
    return _due_reminders(connection, WAITING_FOR_PICKUP, "told_sent_at", told_before)


def due_late_reminders(connection: sqlite3.Connection, state: str, since_before: float) -> list[DueReminder]:
    """Who follows an order that has stood at this state since before that time, and has not been told so."""
    return _due_reminders(connection, state, "news_at", since_before)


def _due_reminders(connection: sqlite3.Connection, state: str, since: str, before: float) -> list[DueReminder]:
    rows = connection.execute(_TOLD_AND_NOT_REMINDED.format(since=since), (state, state, before, state, STEP))
    return [DueReminder(*row) for row in rows]


def mark_reminded(connection: sqlite3.Connection, reminder: DueReminder) -> bool:
    """Mark as reminded of this state; False if it was already, or the subscription is gone."""
    # chat and order too: a row's number is given again when the newest subscription ends
    row = (reminder.subscription, reminder.chat_id, reminder.order)
    return connection.execute(_REMIND, (reminder.state, *row, reminder.state)).rowcount == 1


def inactive_orders(connection: sqlite3.Connection, silent_since: float) -> list[int]:
    """Unfinished orders that are followed, without any news since that time."""
    rows = connection.execute(
        f"SELECT id FROM orders WHERE {_INACTIVE} LIMIT ?",  # noqa: S608 - this file's own words
        (silent_since, _FINAL, STEP),
    )
    return [row["id"] for row in rows]


def still_inactive(connection: sqlite3.Connection, found: Sequence[int], silent_since: float) -> list[int]:
    """Those of the orders found that are as forgotten in this commit: news may have come since they were looked for."""
    rows = connection.execute(
        f"SELECT id FROM orders WHERE id IN (SELECT value FROM json_each(?)) AND {_INACTIVE}",  # noqa: S608 - as above
        (json.dumps(found), silent_since, _FINAL),
    )
    return [row["id"] for row in rows]


def drop_old(connection: sqlite3.Connection, before: float) -> int:
    """Drop what was told, and orders that are finished or that nobody follows, older than that; how many orders."""
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
