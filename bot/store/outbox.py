"""The outbox: notices that wait to be sent, and what became of them. Each function takes the connection.

A notice is claimed, sent, then marked. There is one sender in one process (the lock sees to that), so a claim needs no
lease: whatever is claimed at start was being sent when the last process ended.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable

from bot.store.json_columns import fields, from_fields
from bot.tracking.model import Keep, Kind, Notice, NoticeId, NoticeState, OrderPk, Priority
from bot.tracking.notifying import Plan

SENT_SILENTLY = 2  # `sound` of what went out without one; 0 of what waits, or was sent before that was kept


def put(connection: sqlite3.Connection, notices: Iterable[Notice]) -> None:
    """Add notices."""
    connection.executemany(
        'INSERT INTO outbox (chat_id, thread_id, "order", kind, lane, status, keep, payload, sound, due_at, made_at, '
        "events, alert) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.chat_id,
                one.thread_id,
                one.order,
                one.kind,
                int(one.priority),
                one.status,
                _keep_value(one),
                from_fields(one.payload),
                int(one.audible),
                one.due_at,
                one.made_at,
                _events_value(one),
                one.alert,
            )
            for one in notices
        ],
    )


def change(connection: sqlite3.Connection, notice: Notice) -> None:
    """Change a row that waits: when it is due, how urgent it is, what keeps it, which events it tells."""
    connection.execute(
        "UPDATE outbox SET due_at = ?, lane = ?, status = ?, keep = ?, payload = ?, thread_id = ?, "
        "events = ? WHERE id = ? AND state = 'open'",
        (
            notice.due_at,
            int(notice.priority),
            notice.status,
            _keep_value(notice),
            from_fields(notice.payload),
            notice.thread_id,
            _events_value(notice),
            notice.id,
        ),
    )


def apply(connection: sqlite3.Connection, plan: Plan, *, now: float) -> None:
    """Carry out what was decided for one chat."""
    if plan.close:
        close(connection, plan.close, reason="folded", now=now)
    for one in plan.change:
        change(connection, one)
    if plan.make:
        put(connection, plan.make)
    for one in plan.note:
        connection.execute("UPDATE outbox SET events = ? WHERE id = ?", (_events_value(one), one.id))


def close(connection: sqlite3.Connection, notice_ids: Iterable[NoticeId], *, reason: str, now: float) -> None:
    """Close notices that are still open: they are not sent."""
    connection.executemany(
        "UPDATE outbox SET state = 'closed', reason = ?, done_at = ? WHERE id = ? AND state = 'open'",
        [(reason, now, notice_id) for notice_id in notice_ids],
    )


def close_for_chat(connection: sqlite3.Connection, chat_id: int, *, reason: str, now: float) -> None:
    """Close all that is open for a chat."""
    connection.execute(
        "UPDATE outbox SET state = 'closed', reason = ?, done_at = ? WHERE chat_id = ? AND state = 'open'",
        (reason, now, chat_id),
    )


def close_for_order(
    connection: sqlite3.Connection, chat_id: int, order_pk: OrderPk, *, reason: str, now: float
) -> None:
    """Close all that is open for a chat about one order, but the folds: their cards still have buttons."""
    connection.execute(
        "UPDATE outbox SET state = 'closed', reason = ?, done_at = ? "
        "WHERE chat_id = ? AND \"order\" = ? AND state = 'open' AND kind <> ?",
        (reason, now, chat_id, order_pk, Kind.FOLD),
    )


def open_notices(connection: sqlite3.Connection, chat_id: int, order_pk: OrderPk) -> list[Notice]:
    """List the notices of one chat about one order that are open or claimed, the oldest first."""
    rows = connection.execute(
        "SELECT * FROM outbox WHERE \"order\" = ? AND chat_id = ? AND state IN ('open', 'claimed') ORDER BY id",
        (order_pk, chat_id),
    )
    return [_notice(row) for row in rows]


def due(
    connection: sqlite3.Connection, now: float, *, priority: Priority, without: Collection[int], limit: int
) -> list[tuple[NoticeId, int]]:
    """List due notices of a priority, one a chat: notice, chat; the longest due first. `without`: chats to skip."""
    rows = connection.execute(
        "SELECT id, chat_id FROM outbox INDEXED BY outbox_due WHERE state = 'open' AND lane = ? AND due_at <= ? "
        "AND chat_id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, id LIMIT ?",
        (int(priority), now, json.dumps(sorted(without)), limit * 4),
    )
    first: dict[int, NoticeId] = {}
    for row in rows:
        if row["chat_id"] not in first:
            first[row["chat_id"]] = row["id"]
    return [(notice_id, chat_id) for chat_id, notice_id in first.items()][:limit]


def next_due(connection: sqlite3.Connection) -> float | None:
    """Return when the next notice is due (service clock), or None."""
    times = [
        connection.execute(
            "SELECT min(due_at) FROM outbox INDEXED BY outbox_due WHERE state = 'open' AND lane = ?", (int(priority),)
        ).fetchone()[0]
        for priority in Priority
    ]
    return min((at for at in times if at is not None), default=None)


def claim(connection: sqlite3.Connection, notice_id: NoticeId, chat_id: int, *, now: float) -> Notice | None:
    """Take a chat's open notice for sending; None if it was closed, or its chat has moved, since it was found due."""
    changed = connection.execute(
        "UPDATE outbox SET state = 'claimed', claimed_at = ?, claim = random() "
        "WHERE id = ? AND chat_id = ? AND state = 'open' RETURNING *",
        (now, notice_id, chat_id),
    ).fetchall()
    return _notice(changed[0]) if changed else None  # closed meanwhile: the order moved on, or the chat stopped


def still_claimed(connection: sqlite3.Connection, notice: Notice) -> Notice | None:
    """Return the row that was claimed with this notice; None if it is gone, though another may have its number."""
    row = connection.execute(
        "SELECT * FROM outbox WHERE id = ? AND state = 'claimed' AND claim = ?", (notice.id, notice.claim)
    ).fetchone()
    return None if row is None else _notice(row)


def load(connection: sqlite3.Connection, notice_id: NoticeId) -> Notice | None:
    """Return the notice, or None."""
    row = connection.execute("SELECT * FROM outbox WHERE id = ?", (notice_id,)).fetchone()
    return None if row is None else _notice(row)


def is_under_way(connection: sqlite3.Connection, chat_id: int, kind: Kind) -> bool:
    """Return whether a row of this kind is on the wire to the chat."""
    row = connection.execute(
        "SELECT 1 FROM outbox WHERE chat_id = ? AND state = 'claimed' AND kind = ? LIMIT 1", (chat_id, kind)
    ).fetchone()
    return row is not None


def open_folds_again(connection: sqlite3.Connection, chat_id: int, *, now: float) -> None:
    """Open the folds again that were closed as the chat could not be written to: their cards still have buttons."""
    connection.execute(
        "UPDATE outbox SET state = 'open', due_at = ?, done_at = NULL, reason = NULL, attempts = 0 "
        "WHERE chat_id = ? AND kind = ? AND state = 'closed' AND reason LIKE 'gone%'",
        (now, chat_id, Kind.FOLD),
    )


def messages_about_orders(connection: sqlite3.Connection, chat_id: int) -> set[int]:
    """Return the messages about orders that were sent to the chat and may have buttons, as far as they are stored."""
    rows = connection.execute(
        "SELECT message_id FROM outbox WHERE chat_id = ? AND state = 'sent' AND message_id IS NOT NULL "
        'AND "order" IS NOT NULL EXCEPT '
        "SELECT message_id FROM outbox WHERE chat_id = ? AND state = 'sent' AND kind = ?",
        (chat_id, chat_id, Kind.FOLD),
    )
    return {row["message_id"] for row in rows}


def order_of_message(connection: sqlite3.Connection, chat_id: int, message_id: int) -> tuple[OrderPk, Kind] | None:
    """Return which order a message of ours is about, and what it says of it, as far as it is still stored."""
    row = connection.execute(
        "SELECT * FROM outbox WHERE chat_id = ? AND state = 'sent' AND message_id = ? AND \"order\" IS NOT NULL "
        "ORDER BY id DESC LIMIT 1",
        (chat_id, message_id),
    ).fetchone()
    return None if row is None else (OrderPk(row["order"]), Kind(row["kind"]))


def claimed(connection: sqlite3.Connection) -> list[Notice]:
    """List the notices that are claimed."""
    return [_notice(row) for row in connection.execute("SELECT * FROM outbox WHERE state = 'claimed' ORDER BY id")]


def release(connection: sqlite3.Connection, notice: Notice) -> None:
    """Open a notice again that was not sent, or whose outcome is unknown."""
    connection.execute(
        "UPDATE outbox SET state = 'open', claimed_at = NULL, due_at = ?, attempts = ?, unknowns = ?, keep = ? "
        "WHERE id = ?",
        (notice.due_at, notice.attempts, notice.unknown_outcomes, _keep_value(notice), notice.id),
    )


def finish(
    connection: sqlite3.Connection,
    notice_id: NoticeId,
    state: NoticeState,
    *,
    now: float,
    message_id: int | None = None,
    reason: str | None = None,
    status: str | None = None,
    audible: bool | None = None,
) -> None:
    """End a notice: sent, closed or failed. `status`: what it has shown; `audible`: whether it has made a sound.

    What its claim was takes no room any more.
    """
    sound = None if audible is None else 1 if audible else SENT_SILENTLY
    connection.execute(
        "UPDATE outbox SET state = ?, done_at = ?, message_id = ?, reason = ?, status = coalesce(?, status), "
        "sound = coalesce(?, sound), claimed_at = NULL, claim = NULL WHERE id = ?",
        (state, now, message_id, reason, status, sound, notice_id),
    )


def drop(connection: sqlite3.Connection, notice_id: NoticeId) -> None:
    """Delete a notice that nobody counts or looks for: a sent edit, whose message another row stands for."""
    connection.execute("DELETE FROM outbox WHERE id = ?", (notice_id,))


def backlog(connection: sqlite3.Connection, now: float) -> tuple[int, float]:
    """Count the notices that are due, and return with it the age in seconds of the oldest."""
    count, oldest = connection.execute(
        "SELECT count(*), min(due_at) FROM outbox INDEXED BY outbox_due WHERE state = 'open' AND due_at <= ?", (now,)
    ).fetchone()
    return count, max(0.0, now - oldest) if oldest is not None else 0.0


def clamp_future_due(connection: sqlite3.Connection, now: float, longest: float) -> None:
    """Bring due times forward that are further ahead than any wait: the clock has been set back since."""
    connection.execute("UPDATE outbox SET due_at = ? WHERE state = 'open' AND due_at > ?", (now, now + longest))


def _keep_value(notice: Notice) -> str:
    return " ".join(sorted(notice.keep))


def _events_value(notice: Notice) -> str:
    return " ".join(map(str, notice.events))


def _notice(row: sqlite3.Row) -> Notice:
    return Notice(
        id=row["id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        order=row["order"],
        kind=Kind(row["kind"]),
        priority=Priority(row["lane"]),
        status=row["status"],
        keep=frozenset(Keep(one) for one in row["keep"].split()),
        payload=fields(row["payload"]),
        audible=row["sound"] == 1,
        state=NoticeState(row["state"]),
        due_at=row["due_at"],
        made_at=row["made_at"],
        claim=row["claim"],
        attempts=row["attempts"],
        unknown_outcomes=row["unknowns"],
        events=tuple(int(one) for one in row["events"].split()),
        alert=row["alert"],
    )
