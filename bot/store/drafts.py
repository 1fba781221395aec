"""Notes that staff have written to followers and not yet confirmed. Each function takes the connection."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """A text for the followers of an order, by a name that fits a button's data."""

    name: str
    number: str
    text: str


def put(connection: sqlite3.Connection, chat_id: int, draft: Draft, *, now: float) -> None:
    """Keep a draft that was written in this chat."""
    connection.execute(
        "INSERT INTO drafts VALUES (?, ?, ?, ?, ?)", (draft.name, chat_id, draft.number, draft.text, now)
    )


def find(connection: sqlite3.Connection, chat_id: int, name: str, *, since: float) -> Draft | None:
    """Return a draft; None if it is older than that, or another chat's."""
    row = connection.execute(
        "SELECT name, number, text FROM drafts WHERE name = ? AND chat_id = ? AND made_at > ?", (name, chat_id, since)
    ).fetchone()
    return None if row is None else Draft(*row)


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Delete a draft."""
    connection.execute("DELETE FROM drafts WHERE name = ?", (name,))


def drop_old(connection: sqlite3.Connection, before: float) -> None:
    """Delete the drafts that nobody confirmed in time."""
    connection.execute("DELETE FROM drafts WHERE made_at <= ?", (before,))
