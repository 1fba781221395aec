"""Numbers that chats wait for: a person typed them, and Pick and Pack does not know such an order yet.

The time of waiting counts only while the API answers: each answer that came later than it was meant to puts off
`ends_at`. Each function takes the connection.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from bot.tracking.model import Level

_LATE = 60.0  # seconds by which an answer may be late and the time before it still counts


@dataclass(frozen=True, slots=True)
class AwaitedNumber:
    """A number that a chat waits for. `candidates`: the order ids it may mean; `asked`: how often they were polled.

    `counted_for`: the pseudonym of the person whose new orders of a day it counts among; None if it does for nobody.
    `since`: when it was sent, as far as it is stored.
    """

    chat_id: int
    number: str
    candidates: tuple[str, ...]
    level: Level = Level.MAIN
    thread_id: int | None = None
    verified: bool = False
    follower: int | None = None
    label: str | None = None
    asked: int = 1
    counted_for: str | None = None
    since: float = 0.0


def add(
    connection: sqlite3.Connection, awaited: AwaitedNumber, *, next_ask_at: float, ends_at: float, now: float
) -> None:
    """Store all that the number may mean; it is polled from `next_ask_at` on, until `ends_at` if the API answers."""
    connection.executemany(
        "INSERT OR IGNORE INTO awaited (chat_id, number, candidate, level, thread_id, verified, follower, label, "
        "counted_for, next_ask_at, ends_at, made_at, answered_at, wait) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                now,
                next_ask_at - now,
            )
            for candidate in awaited.candidates
        ],
    )


def set_label(connection: sqlite3.Connection, chat_id: int, number: str, label: str) -> None:
    """Set what the chat will call the order that it awaits."""
    connection.execute("UPDATE awaited SET label = ? WHERE chat_id = ? AND number = ?", (label, chat_id, number))


def awaiting_order(connection: sqlite3.Connection, *order_ids: str) -> list[AwaitedNumber]:
    """List the numbers that chats await and that may mean the order with one of these ids, in capitals or not."""
    query = f"SELECT * FROM awaited WHERE candidate COLLATE NOCASE IN ({', '.join('?' * len(order_ids))})"  # noqa: S608 - marks only
    return _group(connection.execute(query, order_ids))


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


def mark_not_found(connection: sqlite3.Connection, candidate: str, *, now: float, wait: float) -> None:
    """Count an answer that there is no such order; the next poll is after `wait` seconds, the last one at the end."""
    connection.execute(
        "UPDATE awaited SET asked = asked + 1, answered_at = :now, wait = :wait, "
        "ends_at = ends_at + max(0, :now - coalesce(answered_at, made_at) - wait - :late) WHERE candidate = :candidate",
        {"candidate": candidate, "now": now, "wait": wait, "late": _LATE},
    )
    connection.execute(
        "UPDATE awaited SET next_ask_at = max(:now + 60, min(:now + wait, ends_at)) WHERE candidate = :candidate",
        {"candidate": candidate, "now": now},
    )


def put_off(connection: sqlite3.Connection, candidate: str, *, next_ask_at: float, counts: bool = False) -> None:
    """Schedule the next poll of a candidate that the API said nothing of; `counts`: the ones after it come later."""
    connection.execute(
        "UPDATE awaited SET next_ask_at = ?, asked = asked + ? WHERE candidate = ?",
        (next_ask_at, int(counts), candidate),
    )


def clamp_future_due(connection: sqlite3.Connection, now: float, longest: float, *, awaited_for: float) -> None:
    """Bring forward what lies too far ahead: the clock has been set back since.

    That is polls further ahead than the longest wait, and ends: what was left of the time of waiting stays the same.
    """
    connection.execute("UPDATE awaited SET next_ask_at = ? WHERE next_ask_at > ?", (now, now + longest))
    connection.execute(
        "UPDATE awaited SET ends_at = ends_at - (max(made_at, coalesce(answered_at, 0)) - :now), "
        "made_at = min(made_at, :now), answered_at = min(answered_at, :now), next_ask_at = min(next_ask_at, :now) "
        "WHERE max(made_at, coalesce(answered_at, 0)) > :now",
        {"now": now},
    )
    connection.execute("UPDATE awaited SET ends_at = :most WHERE ends_at > :most", {"most": now + awaited_for})


def expired(
    connection: sqlite3.Connection, now: float, limit: int, *, answered_since: float = 0.0
) -> list[AwaitedNumber]:
    """List the numbers of which the API said at the end of their time that there is no such order.

    An answer from before `answered_since` is not enough. Of a chat that can't be written to the time alone counts.
    """
    return _group(
        connection.execute(
            "SELECT * FROM awaited WHERE (chat_id, number) IN ("
            "SELECT DISTINCT chat_id, number FROM awaited JOIN chats USING (chat_id) WHERE ends_at <= ? "
            "AND (paused IS NOT NULL OR NOT EXISTS (SELECT 1 FROM awaited AS other "
            "WHERE other.chat_id = awaited.chat_id AND other.number = awaited.number "
            "AND coalesce(other.answered_at, 0) < max(other.ends_at, ?))) LIMIT ?)",
            (now, answered_since, limit),
        )
    )


def extend(connection: sqlite3.Connection, chat_id: int, number: str, *, ends_at: float) -> None:
    """Await a number until that time at least."""
    connection.execute(
        "UPDATE awaited SET ends_at = max(ends_at, ?) WHERE chat_id = ? AND number = ?", (ends_at, chat_id, number)
    )


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
            since=min(one["made_at"] for one in some),
        )
        for (chat_id, number), some in grouped.items()
    ]
