"""The log of what staff did with the bot. Each function takes the connection."""

import sqlite3

from bot.store.housekeeping import STEP

NEWEST = 1000  # there is no index by order


def note(
    connection: sqlite3.Connection, *, who: int, action: str, order: str | None, detail: str | None, wall: float
) -> None:
    """Store an action; `who` is a person, or the group that somebody wrote for anonymously."""
    connection.execute(
        'INSERT INTO audit (at, who, action, "order", detail) VALUES (?, ?, ?, ?, ?)',
        (wall, who, action, order, detail),
    )


def newest_of_order(
    connection: sqlite3.Connection, action: str, order: str, *, since: float
) -> list[tuple[float, int | None, str]]:
    """Return when (wall time), by whom and with what words this was done to an order, newest first: of the newest."""
    rows = connection.execute(
        "SELECT at, who, coalesce(detail, '') AS detail FROM audit WHERE id > (SELECT max(id) FROM audit) - ? "
        'AND action = ? AND "order" = ? AND at >= ? ORDER BY id DESC',
        (NEWEST, action, order, since),
    )
    return [(row["at"], row["who"], row["detail"]) for row in rows]


def drop_old(connection: sqlite3.Connection, before: float) -> None:
    """Delete actions before a time (wall time), the oldest first and few at once: no index, and no scan."""
    connection.execute(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit ORDER BY id LIMIT ?) AND at <= ?", (STEP, before)
    )
