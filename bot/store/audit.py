"""What staff have done, for those who ask later. Each function takes the connection."""

import sqlite3

STEP = 200


def note(
    connection: sqlite3.Connection, *, who: int, action: str, order: str | None, detail: str | None, wall: float
) -> None:
    """Keep an action; `who` is a person, or the group where somebody spoke in its name."""
    connection.execute(
        'INSERT INTO audit (at, who, action, "order", detail) VALUES (?, ?, ?, ?, ?)',
        (wall, who, action, order, detail),
    )


def drop_old(connection: sqlite3.Connection, before: float) -> None:
    """Drop what was done before a time (wall time), the oldest rows first and few at once: no index, and no scan."""
    connection.execute(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit ORDER BY id LIMIT ?) AND at <= ?", (STEP, before)
    )
