"""Numbers that chats wait for: a person typed them, and Pick and Pack does not know such an order yet.

Each function takes the connection.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from bot.tracking.model import Level


@dataclass(frozen=True, slots=True)
class AwaitedNumber:
    """A number that a chat waits for. `candidates`: the order ids it may mean; `asked`: how often they were polled.

    `counted_for`: the pseudonym of the person whose new orders of a day it counts among; None if it does for nobody.
    """

    chat_id: int
    number: str
    candidates: tuple[str, ...]
    level: Level = Level.EVERY
    thread_id: int | None = None
    verified: bool = False
    follower: int | None = None
    label: str | None = None
    asked: int = 1
    counted_for: str | None = None


def add(
    connection: sqlite3.Connection, awaited: AwaitedNumber, *, next_ask_at: float, ends_at: float, now: float
) -> None:
    """Store all that the number may mean; it is polled from `next_ask_at` on and expires at `ends_at`."""
    connection.executemany(
        "INSERT OR IGNORE INTO awaited (chat_id, number, candidate, level, thread_id, verified, follower, label, "
        "counted_for, next_ask_at, ends_at, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                awaited.chat_id,
                awaited.number,
                candidate,
                awaited.level,
                awaited.thread_id,
                int(awaited.verified),
                awaited.follower,
                awaited.label,
                awaited.counted_for,
                next_ask_at,
                ends_at,
                now,
            )
            for candidate in awaited.candidates
        ],
    )


def set_label(connection: sqlite3.Connection, chat_id: int, number: str, label: str) -> None:
    """Set what the chat will call the order that it awaits."""
    connection.execute("UPDATE awaited SET label = ? WHERE chat_id = ? AND number = ?", (label, chat_id, number))


def awaiting_order(connection: sqlite3.Connection, *order_ids: str) -> list[AwaitedNumber]:
    """List the numbers that chats await and that may mean the order with one of these ids."""
    rows = (connection.execute("SELECT * FROM awaited WHERE candidate = ?", (one,)) for one in sorted(order_ids))
    return _group(row for found in rows for row in found)


def of_chat(connection: sqlite3.Connection, chat_id: int) -> list[AwaitedNumber]:
    """List the numbers that a chat awaits."""
    return _group(connection.execute("SELECT * FROM awaited WHERE chat_id = ? ORDER BY made_at", (chat_id,)))


def remove(connection: sqlite3.Connection, chat_id: int, number: str) -> bool:
    """Stop awaiting a number; return whether the chat awaited it."""
    gone = connection.execute("DELETE FROM awaited WHERE chat_id = ? AND number = ?", (chat_id, number))
    return gone.rowcount > 0


def due(connection: sqlite3.Connection, now: float, limit: int) -> list[tuple[str, int, int]]:
    """List the candidates that are due for a poll, how often each was polled, and a person who wants to know."""
    rows = connection.execute(
        "SELECT candidate, max(asked) AS asked, min(coalesce(follower, chat_id)) AS person "
        "FROM awaited INDEXED BY awaited_due JOIN chats USING (chat_id) "
        "WHERE next_ask_at <= ? AND paused IS NULL GROUP BY candidate LIMIT ?",
        (now, limit),
    )
    return [(row["candidate"], row["asked"], row["person"]) for row in rows]


def mark_polled(connection: sqlite3.Connection, candidate: str, *, next_ask_at: float | None) -> None:
    """Count a poll of the candidate, and schedule the next one."""
    connection.execute(
        "UPDATE awaited SET asked = asked + 1, next_ask_at = ? WHERE candidate = ?", (next_ask_at, candidate)
    )


def extend(connection: sqlite3.Connection, chat_id: int, number: str, *, ends_at: float) -> None:
    """Await a number until that time at least."""
    connection.execute(
        "UPDATE awaited SET ends_at = max(ends_at, ?) WHERE chat_id = ? AND number = ?", (ends_at, chat_id, number)
    )


def expired(connection: sqlite3.Connection, now: float, limit: int) -> list[AwaitedNumber]:
    """List the numbers that did not appear in time."""
    return _group(connection.execute("SELECT * FROM awaited WHERE ends_at <= ? LIMIT ?", (now, limit)))


def _group(rows: Iterable[sqlite3.Row]) -> list[AwaitedNumber]:
    grouped: dict[tuple[int, str], list[sqlite3.Row]] = {}
    for row in rows:
        grouped.setdefault((row["chat_id"], row["number"]), []).append(row)
    return [
        AwaitedNumber(
            chat_id=chat_id,
            number=number,
            candidates=tuple(one["candidate"] for one in some),
            level=Level(some[0]["level"]),
            thread_id=some[0]["thread_id"],
            verified=bool(some[0]["verified"]),
            follower=some[0]["follower"],
            label=some[0]["label"],
            asked=max(one["asked"] for one in some),
            counted_for=some[0]["counted_for"],
        )
        for (chat_id, number), some in grouped.items()
    ]
