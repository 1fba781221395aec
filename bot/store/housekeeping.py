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
MOST_TOLD = 50  # chats in one step: what goes by time alone never comes to everybody at once
_FINAL = json.dumps(FINAL_STATUSES)
# `reminded_of` holds the states' names with a blank between them: an order may come back to one
_NOT_REMINDED = "instr(' ' || coalesce(reminded_of, '') || ' ', ' ' || ? || ' ') = 0"
_REACHED = (
    'EXISTS (SELECT 1 FROM subscriptions JOIN chats USING (chat_id) WHERE "order" = orders.id AND paused IS NULL)'
)
_INACTIVE = (
    "news_at <= ? AND state NOT IN (SELECT value FROM json_each(?)) "
    'AND EXISTS (SELECT 1 FROM subscriptions WHERE "order" = orders.id)'
)
# where nobody is told, the API need not be asked
_ASKED_OR_UNTOLD = f"(coalesce(asked_at, 0) >= ? OR NOT {_REACHED})"
# made of the constants above, nothing from outside; an order that the API does not find is left alone
_NOTIFIED_AND_NOT_REMINDED = (
    'FROM subscriptions JOIN orders ON orders.id = "order" JOIN chats USING (chat_id) '
    f"WHERE state = ? AND {{known}} = ? AND {{since}} <= ? AND {_NOT_REMINDED} AND paused IS NULL AND misses = 0"
)
_REMIND = (
    "UPDATE subscriptions SET reminded_of = trim(coalesce(reminded_of, '') || ' ' || ?) "  # noqa: S608 - see above
    f'WHERE id = ? AND chat_id = ? AND "order" = ? AND {_NOT_REMINDED}'
)


@dataclass(frozen=True, slots=True)
class LongWait:
    """A state in which an order has been since `before` or longer, by what the column `since` says.

    `known`: the column that says whether the chat knows of that state.
    """

    state: str
    known: str
    since: str
    before: float


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A subscription whose order has been at `state` for long, since `since`, so that the chat is to be reminded."""

    subscription: SubscriptionId
    chat_id: int
    order: OrderPk
    thread_id: int | None
    state: str
    since: Ticks


def long_pickup(notified_before: float) -> LongWait:
    """Return the wait of those notified before that time that their order is ready for pickup."""
    return LongWait(WAITING_FOR_PICKUP, "told_status", "told_sent_at", notified_before)


def late_in(state: str, since_before: float) -> LongWait:
    """Return the wait of those whose order has been at this state since before that time."""
    return LongWait(state, "card_status", "news_at", since_before)


def due_reminders(
    connection: sqlite3.Connection, wait: LongWait, *, confirmed_since: float, limit: int
) -> list[DueReminder]:
    """List those who wait for so long, were not reminded of it, and whose order the API has shown like that since."""
    waiting = _NOTIFIED_AND_NOT_REMINDED.format(since=wait.since, known=wait.known)
    rows = connection.execute(
        f'SELECT subscriptions.id, chat_id, "order", thread_id, state, {wait.since} '
        f"{waiting} AND confirmed_at >= ? LIMIT ?",
        (wait.state, wait.state, wait.before, wait.state, confirmed_since, limit),
    )
    return [DueReminder(*row) for row in rows]


def unchecked_reminders(connection: sqlite3.Connection, wait: LongWait, *, asked_before: float) -> list[OrderPk]:
    """List the orders of those who would be reminded, if the API had been asked since `asked_before`."""
    waiting = _NOTIFIED_AND_NOT_REMINDED.format(since=wait.since, known=wait.known)
    rows = connection.execute(
        f'SELECT DISTINCT "order" {waiting} AND coalesce(asked_at, 0) < ? LIMIT ?',
        (wait.state, wait.state, wait.before, wait.state, asked_before, MOST_TOLD),
    )
    return [row["order"] for row in rows]


def mark_reminded(connection: sqlite3.Connection, reminder: DueReminder) -> bool:
    """Mark as reminded of this state; return False if it was already, or if the subscription is gone."""
    # chat and order too: a row's number is given again when the newest subscription ends
    row = (reminder.subscription, reminder.chat_id, reminder.order)
    return connection.execute(_REMIND, (reminder.state, *row, reminder.state)).rowcount == 1


def inactive_orders(connection: sqlite3.Connection, silent_since: float, *, asked_since: float = 0.0) -> list[OrderPk]:
    """List unfinished orders that are followed and have not changed since that time, as the API has said since."""
    rows = connection.execute(
        f"SELECT id FROM orders WHERE {_INACTIVE} AND {_ASKED_OR_UNTOLD} LIMIT ?",  # noqa: S608 - this file's own words
        (silent_since, _FINAL, asked_since, MOST_TOLD),
    )
    return [row["id"] for row in rows]


def unchecked_inactive(connection: sqlite3.Connection, silent_since: float, *, asked_before: float) -> list[OrderPk]:
    """List those of them that somebody would be told of, if the API had been asked since `asked_before`."""
    rows = connection.execute(
        f"SELECT id FROM orders WHERE {_INACTIVE} AND NOT {_ASKED_OR_UNTOLD} LIMIT ?",  # noqa: S608 - as above
        (silent_since, _FINAL, asked_before, MOST_TOLD),
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
    connection.execute(
        "DELETE FROM alerts WHERE id IN (SELECT id FROM alerts WHERE ended_at <= ? LIMIT ?)", (before, STEP)
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
