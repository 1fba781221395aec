"""Single facts that outlive a restart (the account's hostname, the bot's name), and the updates handled lately."""

import sqlite3


def get(connection: sqlite3.Connection, name: str) -> str | None:
    """A fact, or None."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row["value"] if row else None


def put(connection: sqlite3.Connection, name: str, value: str | None) -> None:
    """Keep a fact; None drops it."""
    if value is None:
        connection.execute("DELETE FROM facts WHERE name = ?", (name,))
        return
    connection.execute(
        "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def first_time(connection: sqlite3.Connection, update_id: int, *, now: float) -> bool:
    """True if this update has not been handled yet; from now on it has."""
    added = connection.execute("INSERT OR IGNORE INTO updates VALUES (?, ?)", (update_id, now))
    return added.rowcount == 1


def drop_old_updates(connection: sqlite3.Connection, before: float) -> None:
    """Telegram delivers an update for 24 hours; older numbers need not be remembered."""
    connection.execute("DELETE FROM updates WHERE at < ?", (before,))


def count(connection: sqlite3.Connection, prefix: str) -> int:
    """How many facts have a name that begins so."""
    found = connection.execute(
        "SELECT count(*) FROM facts WHERE name >= ? AND name < ?", (prefix, f"{prefix}\U0010ffff")
    )
    number: int = found.fetchone()[0]
    return number
