"""What is looked for now and then, and what is dropped when its time is over. These scan: reads get an own thread.

Deleting goes in small steps, so that the writer is never held for long.
"""

import json
import re
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.store.database import backup
from bot.tracking.statuses import TABLE, WAITING_FOR_PICKUP

STEP = 200
BACKUPS_KEPT = 7
_BACKUP_NAME = re.compile(r"onroute-\d{4}-\d{2}-\d{2}\.db\Z")
_FINAL = json.dumps([status.name for status in TABLE.values() if status.final])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A subscription whose order has stood at a state for a while, and when the chat was told (service clock)."""

    subscription: int
    chat_id: int
    order: int
    thread_id: int | None
    state: str
    since: float


def waiting_for_pickup(connection: sqlite3.Connection, told_before: float) -> list[Waiting]:
    """Who was told before that time that the order is ready for pickup, and has not been reminded since."""
    rows = connection.execute(
        'SELECT subscriptions.id, chat_id, "order", thread_id, state, told_sent_at FROM subscriptions '
        'JOIN orders ON orders.id = "order" JOIN chats USING (chat_id) '
        "WHERE orders.state = ? AND told_status = ? AND told_sent_at <= ? AND reminded_of IS NOT ? AND paused IS NULL "
        "LIMIT ?",
        (WAITING_FOR_PICKUP, WAITING_FOR_PICKUP, told_before, WAITING_FOR_PICKUP, STEP),
    )
    return [Waiting(*row) for row in rows]


def standing_still(connection: sqlite3.Connection, state: str, since_before: float) -> list[Waiting]:
    """Who follows an order that has stood at this state since before that time, and has not been told so."""
    rows = connection.execute(
        'SELECT subscriptions.id, chat_id, "order", thread_id, state, news_at FROM subscriptions '
        'JOIN orders ON orders.id = "order" JOIN chats USING (chat_id) '
        "WHERE state = ? AND told_status = ? AND news_at <= ? AND reminded_of IS NOT ? AND paused IS NULL LIMIT ?",
        (state, state, since_before, state, STEP),
    )
    return [Waiting(*row) for row in rows]


def reminded(connection: sqlite3.Connection, waiting: Waiting) -> bool:
    """Mark as reminded of this state; False if it was already, or the subscription is gone."""
    changed = connection.execute(
        "UPDATE subscriptions SET reminded_of = ? WHERE id = ? AND reminded_of IS NOT ?",
        (waiting.state, waiting.subscription, waiting.state),
    )
    return changed.rowcount == 1


def forgotten_orders(connection: sqlite3.Connection, silent_since: float) -> list[int]:
    """Unfinished orders that are followed, without any news since that time."""
    rows = connection.execute(
        "SELECT id FROM orders WHERE news_at <= ? AND state NOT IN (SELECT value FROM json_each(?)) "
        'AND EXISTS (SELECT 1 FROM subscriptions WHERE "order" = orders.id) LIMIT ?',
        (silent_since, _FINAL, STEP),
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


def daily_backup(source: Path, folder: Path, today: date) -> Path | None:
    """Today's copy, if there is none yet, and no more than the last seven. Raises StoreTrouble."""
    target = folder / f"onroute-{today.isoformat()}.db"
    if target.exists():
        return None
    backup(source, target)
    copies = sorted(path for path in folder.iterdir() if _BACKUP_NAME.match(path.name))
    for old in copies[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)
    return target
