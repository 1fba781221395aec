"""The updates that Telegram has brought and that have not been handled yet. Each function takes the connection."""

import sqlite3

Row = tuple[int, int | None, str]  # an update's number, its chat (None: it belongs to none), its JSON
KeptRow = tuple[int, int | None, str, str | None]  # and what it has done already (JSON)


def add(connection: sqlite3.Connection, row: Row, *, now: float) -> None:
    """Keep an update until it has been handled."""
    statement = "INSERT OR IGNORE INTO inbox (update_id, chat_id, body, at) VALUES (?, ?, ?, ?)"
    connection.execute(statement, (*row, now))


def holds(connection: sqlite3.Connection, update_id: int) -> bool:
    """Tell whether the update is still to be handled."""
    return connection.execute("SELECT 1 FROM inbox WHERE update_id = ?", (update_id,)).fetchone() is not None


def remove(connection: sqlite3.Connection, update_id: int) -> None:
    """Delete an update that has been handled."""
    connection.execute("DELETE FROM inbox WHERE update_id = ?", (update_id,))


def keep_done(connection: sqlite3.Connection, update_id: int, done: str) -> None:
    """Store what an update has done; it stays until its sender has been told."""
    connection.execute("UPDATE inbox SET done = ? WHERE update_id = ?", (done, update_id))


def rows(connection: sqlite3.Connection) -> list[KeptRow]:
    """List all, in the order in which Telegram has brought them."""
    found = connection.execute("SELECT update_id, chat_id, body, done FROM inbox ORDER BY update_id")
    return [(row["update_id"], row["chat_id"], row["body"], row["done"]) for row in found]


def count(connection: sqlite3.Connection) -> int:
    """Count the updates that are not handled yet."""
    number: int = connection.execute("SELECT count(*) FROM inbox").fetchone()[0]
    return number


def drop_old(connection: sqlite3.Connection, before: float) -> int:
    """Delete what came before that time; return how many."""
    return connection.execute("DELETE FROM inbox WHERE at < ?", (before,)).rowcount


def count_starts(connection: sqlite3.Connection) -> None:
    """Count one more start for the first update of each chat: the others have waited behind it."""
    connection.execute(
        "UPDATE inbox SET starts = starts + 1 WHERE chat_id IS NULL "
        "OR update_id IN (SELECT min(update_id) FROM inbox GROUP BY chat_id)"
    )


def started(connection: sqlite3.Connection, more_than: int) -> list[int]:
    """List what has been started more often than that."""
    return [row["update_id"] for row in connection.execute("SELECT * FROM inbox WHERE starts > ?", (more_than,))]
