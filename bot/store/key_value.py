"""Single values that outlive a restart (the account's hostname, the bot's name), and the updates handled lately."""

import sqlite3


def get(connection: sqlite3.Connection, name: str) -> str | None:
    """Return a value, or None."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row["value"] if row else None


def put(connection: sqlite3.Connection, name: str, value: str | None) -> None:
    """Store a value; None deletes it."""
    if value is None:
        connection.execute("DELETE FROM facts WHERE name = ?", (name,))
        return
    connection.execute(
        "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def first_time(connection: sqlite3.Connection, update_id: int, *, now: float) -> bool:
    """Mark an update as handled; return whether it was not yet."""
    added = connection.execute("INSERT OR IGNORE INTO updates VALUES (?, ?)", (update_id, now))
    return added.rowcount == 1


def drop_old_updates(connection: sqlite3.Connection, before: float) -> None:
    """Delete old updates: Telegram delivers each for 24 hours at most."""
    connection.execute("DELETE FROM updates WHERE at < ?", (before,))


def names(connection: sqlite3.Connection, prefix: str) -> list[str]:
    """List what stands behind this prefix in the names that have it."""
    rows = connection.execute("SELECT name FROM facts WHERE name >= ? AND name < ?", (prefix, f"{prefix}\U0010ffff"))
    return [row["name"].removeprefix(prefix) for row in rows]


def count(connection: sqlite3.Connection, prefix: str) -> int:
    """Count the values whose name has this prefix."""
    found = connection.execute(
        "SELECT count(*) FROM facts WHERE name >= ? AND name < ?", (prefix, f"{prefix}\U0010ffff")
    )
    number: int = found.fetchone()[0]
    return number
