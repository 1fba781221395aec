"""The outbox: what is to be told, durable. Claim → send → mark; each function takes the connection.

There is one sender in one process (the lock sees to that), so a claim needs no lease: whatever is claimed at start was
under way when the last process ended.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable

from bot.tracking.model import Kind, Notice, NoticeState, Priority
from bot.tracking.notifying import Plan


def put(connection: sqlite3.Connection, notices: Iterable[Notice]) -> None:
    """Add notices."""
    connection.executemany(
        'INSERT INTO outbox (chat_id, thread_id, "order", kind, lane, status, back_from, shipment, payload, sound, '
        "answer, due_at, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.chat_id,
                one.thread_id,
                one.order,
                one.kind,
                int(one.priority),
                one.status,
                one.reverted_from,
                one.shipment,
                json.dumps(dict(one.payload)),
                int(one.audible),
                int(one.is_reply),
                one.due_at,
                one.made_at,
            )
            for one in notices
        ],
    )


def apply(connection: sqlite3.Connection, plan: Plan, *, now: float) -> None:
    """Carry out what was decided for one chat."""
    close(connection, plan.close, reason="folded", now=now)
    for number in plan.expedite:
        connection.execute("UPDATE outbox SET due_at = ? WHERE id = ? AND state = 'open'", (now, number))
    put(connection, plan.make)


def close(connection: sqlite3.Connection, numbers: Iterable[int], *, reason: str, now: float) -> None:
    """Close notices that are still open: they are not sent."""
    connection.executemany(
        "UPDATE outbox SET state = 'closed', reason = ?, done_at = ? WHERE id = ? AND state = 'open'",
        [(reason, now, number) for number in numbers],
    )


def close_for_chat(connection: sqlite3.Connection, chat_id: int, *, reason: str, now: float) -> None:
    """Close all that is open for a chat."""
    connection.execute(
        "UPDATE outbox SET state = 'closed', reason = ?, done_at = ? WHERE chat_id = ? AND state = 'open'",
        (reason, now, chat_id),
    )


def close_for_order(connection: sqlite3.Connection, chat_id: int, order: int, *, reason: str, now: float) -> None:
    """Close all that is open for a chat about one order."""
    connection.execute(
        "UPDATE outbox SET state = 'closed', reason = ?, done_at = ? "
        "WHERE chat_id = ? AND \"order\" = ? AND state = 'open'",
        (reason, now, chat_id, order),
    )


def open_notices(connection: sqlite3.Connection, chat_id: int, order: int) -> list[Notice]:
    """The notices of one chat about one order that are open or claimed, the oldest first."""
    rows = connection.execute(
        "SELECT * FROM outbox WHERE \"order\" = ? AND chat_id = ? AND state IN ('open', 'claimed') ORDER BY id",
        (order, chat_id),
    )
    return [_notice(row) for row in rows]


def due(
    connection: sqlite3.Connection, now: float, *, priority: Priority, without: Collection[int], limit: int
) -> list[tuple[int, int]]:
    """Notices of a lane that are due, the longest first, one a chat: notice, chat. `without`: chats that are held."""
    rows = connection.execute(
        "SELECT id, chat_id FROM outbox INDEXED BY outbox_due WHERE state = 'open' AND lane = ? AND due_at <= ? "
        "AND chat_id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, id LIMIT ?",
        (int(priority), now, json.dumps(sorted(without)), limit * 4),
    )
    first: dict[int, int] = {}
    for row in rows:
        if row["chat_id"] not in first:
            first[row["chat_id"]] = row["id"]
    return [(number, chat_id) for chat_id, number in first.items()][:limit]


def next_due(connection: sqlite3.Connection) -> float | None:
    """When the next notice is due (service clock), or None."""
    times = [
        connection.execute(
            "SELECT min(due_at) FROM outbox INDEXED BY outbox_due WHERE state = 'open' AND lane = ?", (int(priority),)
        ).fetchone()[0]
        for priority in Priority
    ]
    return min((at for at in times if at is not None), default=None)


def claim(connection: sqlite3.Connection, number: int, *, now: float) -> Notice | None:
    """Take an open notice for sending; None if it was folded or stopped since it was found due."""
    changed = connection.execute(
        "UPDATE outbox SET state = 'claimed', claimed_at = ? WHERE id = ? AND state = 'open'", (now, number)
    )
    if changed.rowcount != 1:
        return None  # an intake or a /stop was first
    return load(connection, number)


def load(connection: sqlite3.Connection, number: int) -> Notice | None:
    """The notice in row `number`, or None."""
    row = connection.execute("SELECT * FROM outbox WHERE id = ?", (number,)).fetchone()
    return None if row is None else _notice(row)


def original(connection: sqlite3.Connection, chat_id: int, message_id: int) -> Notice | None:
    """The state notice whose message this is; None if it is not kept any more."""
    row = connection.execute(
        "SELECT * FROM outbox WHERE chat_id = ? AND state = 'sent' AND message_id = ? AND kind = ? "
        "ORDER BY id DESC LIMIT 1",
        (chat_id, message_id, Kind.STATE),
    ).fetchone()
    return None if row is None else _notice(row)


def claimed(connection: sqlite3.Connection) -> list[Notice]:
    """What was under way when the last process ended."""
    return [_notice(row) for row in connection.execute("SELECT * FROM outbox WHERE state = 'claimed' ORDER BY id")]


def release(
    connection: sqlite3.Connection, number: int, *, due_at: float, attempts: int, unknown_outcomes: int
) -> None:
    """Not sent (or nobody knows): it is open again."""
    connection.execute(
        "UPDATE outbox SET state = 'open', claimed_at = NULL, due_at = ?, attempts = ?, unknowns = ? WHERE id = ?",
        (due_at, attempts, unknown_outcomes, number),
    )


def finish(
    connection: sqlite3.Connection,
    number: int,
    state: NoticeState,
    *,
    now: float,
    message_id: int | None = None,
    reason: str | None = None,
) -> None:
    """The end of a notice: sent, closed or set aside."""
    connection.execute(
        "UPDATE outbox SET state = ?, done_at = ?, message_id = ?, reason = ? WHERE id = ?",
        (state, now, message_id, reason, number),
    )


def backlog(connection: sqlite3.Connection, now: float) -> tuple[int, float]:
    """How many notices are due, and the age in seconds of the oldest."""
    count, oldest = connection.execute(
        "SELECT count(*), min(due_at) FROM outbox INDEXED BY outbox_due WHERE state = 'open' AND due_at <= ?", (now,)
    ).fetchone()
    return count, max(0.0, now - oldest) if oldest is not None else 0.0


def clamp_future_due(connection: sqlite3.Connection, now: float, longest: float) -> None:
    """At start: due times further ahead than any wait come from a clock that has jumped since."""
    connection.execute("UPDATE outbox SET due_at = ? WHERE state = 'open' AND due_at > ?", (now, now + longest))


def _notice(row: sqlite3.Row) -> Notice:
    return Notice(
        id=row["id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        order=row["order"],
        kind=Kind(row["kind"]),
        priority=Priority(row["lane"]),
        status=row["status"],
        reverted_from=row["back_from"],
        shipment=row["shipment"],
        payload=json.loads(row["payload"]),
        audible=bool(row["sound"]),
        is_reply=bool(row["answer"]),
        state=NoticeState(row["state"]),
        due_at=row["due_at"],
        made_at=row["made_at"],
        attempts=row["attempts"],
        unknown_outcomes=row["unknowns"],
    )
