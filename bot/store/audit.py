"""What staff have done, for those who ask later. Each function takes the connection."""

import sqlite3


def note(
    connection: sqlite3.Connection, *, who: int, action: str, order: str | None, detail: str | None, wall: float
) -> None:
    """Keep an action; `who` is a person, or the group where somebody spoke in its name."""
    connection.execute(
        'INSERT INTO audit (at, who, action, "order", detail) VALUES (?, ?, ?, ?, ?)',
        (wall, who, action, order, detail),
    )
