"""The history of orders: what was heard and seen of each, and when. Each function takes the connection."""

import sqlite3
from collections.abc import Iterable

from bot.tracking.card_content import PastStep
from bot.tracking.model import HistoryEntry, Order, OrderPk, Wall


def remember(connection: sqlite3.Connection, order: Order, lines: Iterable[HistoryEntry], *, wall: float) -> int | None:
    """Add to the history, and return the key of the last line.

    A line that repeats the last one is only counted, so that a flood takes no room.
    """
    key: int | None = None
    for line in lines:
        last = connection.execute(
            'SELECT id, kind, old, new, detail FROM history WHERE "order" = ? ORDER BY id DESC LIMIT 1', (order.id,)
        ).fetchone()
        if last is not None and (last["kind"], last["old"], last["new"], last["detail"]) == (
            line.kind, line.old, line.new, line.detail,
        ):  # fmt: skip
            key = last["id"]
            connection.execute("UPDATE history SET count = count + 1 WHERE id = ?", (key,))
            continue
        key = connection.execute(
            'INSERT INTO history ("order", at, kind, old, new, detail) VALUES (?, ?, ?, ?, ?, ?)',
            (order.id, wall, line.kind, line.old, line.new, line.detail),
        ).lastrowid
    return key


def unconfirmed(connection: sqlite3.Connection, order_pk: OrderPk, status: str | None) -> int | None:
    """Return the key of the last webhook of an order that said this status and was not taken by itself."""
    row = connection.execute(
        "SELECT id FROM history WHERE \"order\" = ? AND kind IN ('held', 'doubtful') AND new = ? "
        "ORDER BY id DESC LIMIT 1",
        (order_pk, status),
    ).fetchone()
    return None if row is None else int(row["id"])


def newest(connection: sqlite3.Connection, order_pk: OrderPk, limit: int = 20) -> list[sqlite3.Row]:
    """Return the newest lines of an order's history, newest first: at (wall time), kind, old, new, detail, count."""
    return connection.execute(
        'SELECT at, kind, old, new, detail, count FROM history WHERE "order" = ? ORDER BY id DESC LIMIT ?',
        (order_pk, limit),
    ).fetchall()


def shown(
    connection: sqlite3.Connection, order_pk: OrderPk, *, until: Wall | None = None, limit: int = 100
) -> tuple[PastStep, ...]:
    """Return the newest lines that shoppers may be shown, newest first; `until`: none of later."""
    rows = connection.execute(
        'SELECT at, kind, old, new, detail FROM history WHERE "order" = ? AND kind IN '
        "('heard', 'chain', 'seen', 'service') AND at <= coalesce(?, at) ORDER BY id DESC LIMIT ?",
        (order_pk, until, limit),
    )
    return tuple(PastStep(*row) for row in rows)
