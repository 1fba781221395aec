"""Notes that staff have written to followers. Each function takes the connection.

Of one that was sent only who sent it when is left: of several presses on its button one sends it.
"""

import sqlite3
from dataclasses import dataclass

from bot.tracking.model import Ticks


@dataclass(frozen=True, slots=True)
class Draft:
    """A text for the followers of an order, by a name that fits a button's data. `sent_at`: on the service's clock."""

    name: str
    number: str
    text: str
    sent_at: Ticks | None = None
    sent_by: int | None = None


def put(connection: sqlite3.Connection, chat_id: int, draft: Draft, *, now: float) -> None:
    """Keep a draft that was written in this chat."""
    connection.execute(
        "INSERT INTO drafts (name, chat_id, number, text, made_at) VALUES (?, ?, ?, ?, ?)",
        (draft.name, chat_id, draft.number, draft.text, now),
    )


def find(connection: sqlite3.Connection, chat_id: int, name: str, *, since: float) -> Draft | None:
    """Return a draft; None if it is older than that, or another chat's."""
    row = connection.execute(
        "SELECT name, number, text, sent_at, sent_by FROM drafts WHERE name = ? AND chat_id = ? AND made_at > ?",
        (name, chat_id, since),
    ).fetchone()
    return None if row is None else Draft(*row)


def load(connection: sqlite3.Connection, name: str) -> Draft | None:
    """Return a draft, however old, or None."""
    row = connection.execute(
        "SELECT name, number, text, sent_at, sent_by FROM drafts WHERE name = ?", (name,)
    ).fetchone()
    return None if row is None else Draft(*row)


def mark_sent(connection: sqlite3.Connection, name: str, *, who: int | None, now: float) -> None:
    """Note that a draft was sent, and keep its words no longer."""
    connection.execute("UPDATE drafts SET text = '', sent_at = ?, sent_by = ? WHERE name = ?", (now, who, name))


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Delete a draft."""
    connection.execute("DELETE FROM drafts WHERE name = ?", (name,))


def drop_old(connection: sqlite3.Connection, before: float) -> None:
    """Delete the drafts that nobody confirmed in time."""
    connection.execute("DELETE FROM drafts WHERE made_at <= ?", (before,))
