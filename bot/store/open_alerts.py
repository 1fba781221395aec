"""The alerts that staff were given, the messages that show them, and what a chat has muted.

An alert is open while what it says lasts; what has no end of its own was open for no time. Each function takes the
connection.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.store import outbox
from bot.tracking.model import Kind, Notice, NoticeId, OrderPk, Ticks

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert. `subject` tells alerts of a kind apart; `done_name`: who said to be done with it."""

    id: int
    kind: str
    subject: str
    order: OrderPk | None
    started_at: Ticks
    ended_at: Ticks | None
    is_done: bool
    done_by: int | None
    done_name: str | None


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """A message that shows an alert, and what its text is made of."""

    chat_id: int
    message_id: int
    notice: Notice


def add(
    connection: sqlite3.Connection, kind: str, subject: str, *, order: OrderPk | None, lasts: bool, now: Ticks
) -> int:
    """Add an alert, which stays open if it lasts; return its key."""
    added = connection.execute(
        'INSERT INTO alerts (kind, subject, "order", started_at, ended_at) VALUES (?, ?, ?, ?, ?)',
        (kind, subject, order, now, None if lasts else now),
    )
    assert added.lastrowid is not None  # noqa: S101 - a row was inserted
    return added.lastrowid


def find_open(connection: sqlite3.Connection, kind: str, subject: str) -> AlertRow | None:
    """Return the open alert of this kind about this, or None."""
    row = connection.execute(
        "SELECT * FROM alerts WHERE kind = ? AND subject = ? AND ended_at IS NULL", (kind, subject)
    ).fetchone()
    return None if row is None else _row(row)


def newest_of_order(connection: sqlite3.Connection, kind: str, order_pk: OrderPk) -> AlertRow | None:
    """Return the newest alert of this kind about an order, or None."""
    row = connection.execute(
        'SELECT * FROM alerts WHERE "order" = ? AND kind = ? ORDER BY id DESC LIMIT 1', (order_pk, kind)
    ).fetchone()
    return None if row is None else _row(row)


def all_open(connection: sqlite3.Connection, kind: str) -> list[AlertRow]:
    """List the open alerts of a kind."""
    return [
        _row(row)
        for row in connection.execute("SELECT * FROM alerts WHERE kind = ? AND ended_at IS NULL ORDER BY id", (kind,))
    ]


def waiting_for_staff(connection: sqlite3.Connection, *, but: Sequence[str], limit: int) -> list[tuple[AlertRow, Json]]:
    """List the open alerts that nobody is done with, but for some kinds, each with the payload of its notice."""
    rows = connection.execute(
        "SELECT alerts.*, (SELECT payload FROM outbox WHERE alert = alerts.id AND outbox.kind = ? LIMIT 1) AS payload "
        "FROM alerts WHERE ended_at IS NULL AND done_at IS NULL AND kind NOT IN (SELECT value FROM json_each(?)) "
        "ORDER BY id DESC LIMIT ?",
        (Kind.ALERT, json.dumps(list(but)), limit),
    )
    return [(_row(row), json.loads(row["payload"])) for row in rows if row["payload"] is not None]


def load(connection: sqlite3.Connection, alert_id: int) -> AlertRow | None:
    """Return an alert, or None."""
    row = connection.execute("SELECT * FROM alerts WHERE id = ?", (alert_id,)).fetchone()
    return None if row is None else _row(row)


def started_since(connection: sqlite3.Connection, kind: str, since: Ticks) -> int:
    """Count the alerts of a kind that started since then."""
    found = connection.execute("SELECT count(*) FROM alerts WHERE kind = ? AND started_at >= ?", (kind, since))
    number: int = found.fetchone()[0]
    return number


def times(connection: sqlite3.Connection, kind: str, subject: str) -> int:
    """Count the alerts of a kind about this, those that are over included."""
    found = connection.execute("SELECT count(*) FROM alerts WHERE kind = ? AND subject = ?", (kind, subject))
    number: int = found.fetchone()[0]
    return number


def end(connection: sqlite3.Connection, alert_id: int, *, now: Ticks) -> None:
    """Note that what an alert says is over."""
    connection.execute("UPDATE alerts SET ended_at = ? WHERE id = ?", (now, alert_id))


def mark_done(connection: sqlite3.Connection, alert_id: int, *, who: int, name: str, now: Ticks) -> None:
    """Note that somebody of staff is done with an alert."""
    connection.execute(
        "UPDATE alerts SET done_at = ?, done_by = ?, done_name = ? WHERE id = ?", (now, who, name, alert_id)
    )


def unsent(connection: sqlite3.Connection, alert_id: int, *, due_after: float) -> list[tuple[NoticeId, int]]:
    """List the notices of an alert that wait, and are due after that time: notice and chat."""
    rows = connection.execute(
        "SELECT id, chat_id FROM outbox WHERE alert = ? AND kind = ? AND state = 'open' AND due_at > ?",
        (alert_id, Kind.ALERT, due_after),
    )
    return [(NoticeId(row["id"]), row["chat_id"]) for row in rows]


def shown(connection: sqlite3.Connection, alert_id: int) -> list[ShownAlert]:
    """List the messages that show an alert."""
    rows = connection.execute(
        "SELECT id, chat_id, message_id FROM outbox "
        "WHERE alert = ? AND kind = ? AND state = 'sent' AND message_id IS NOT NULL ORDER BY id",
        (alert_id, Kind.ALERT),
    )
    return _shown(connection, rows.fetchall())


def edited(connection: sqlite3.Connection, chat_id: int, kind: str, *, since: float) -> list[ShownAlert]:
    """List the messages of a chat that show alerts of a kind, and since then say more than the alert."""
    rows = connection.execute(
        "SELECT id, chat_id, message_id FROM outbox AS shown "
        "WHERE chat_id = ? AND kind = ? AND state = 'sent' AND message_id IS NOT NULL "
        "AND alert IN (SELECT id FROM alerts WHERE kind = ?) AND EXISTS (SELECT 1 FROM outbox "
        "WHERE alert = shown.alert AND chat_id = shown.chat_id AND kind = ? AND made_at >= ?) ORDER BY id",
        (chat_id, Kind.ALERT, kind, Kind.ALERT_EDIT, since),
    )
    return _shown(connection, rows.fetchall())


def is_edit_waiting(connection: sqlite3.Connection, alert_id: int, chat_id: int) -> bool:
    """Return whether the edit of a chat's message about an alert waits to be sent."""
    row = connection.execute(
        "SELECT 1 FROM outbox WHERE alert = ? AND chat_id = ? AND kind = ? AND state = 'open' LIMIT 1",
        (alert_id, chat_id, Kind.ALERT_EDIT),
    ).fetchone()
    return row is not None


def find_shown(connection: sqlite3.Connection, alert_id: int, chat_id: int, message_id: int) -> AlertRow | None:
    """Return the alert if this message shows it, else None; one may be pressed before it is marked as sent."""
    row = connection.execute(
        "SELECT 1 FROM outbox WHERE alert = ? AND chat_id = ? AND kind = ? "
        "AND (state = 'claimed' OR message_id = ?) LIMIT 1",
        (alert_id, chat_id, Kind.ALERT, message_id),
    ).fetchone()
    return None if row is None else load(connection, alert_id)


def mute(connection: sqlite3.Connection, chat_id: int, kind: str, *, until: float) -> None:
    """Let a chat hear nothing of a kind until then; what waits for it waits at least as long."""
    connection.execute(
        "INSERT INTO alert_mutes VALUES (?, ?, ?) ON CONFLICT (chat_id, kind) DO UPDATE SET until = excluded.until",
        (chat_id, kind, until),
    )
    connection.execute(
        "UPDATE outbox SET due_at = max(due_at, ?) WHERE chat_id = ? AND kind = ? AND state = 'open' "
        "AND alert IN (SELECT id FROM alerts WHERE alerts.kind = ?)",
        (until, chat_id, Kind.ALERT, kind),
    )


def unmute(connection: sqlite3.Connection, chat_id: int, kind: str, *, due_at: float) -> None:
    """Let a chat hear of a kind again; what waited for that is due at this time."""
    connection.execute(
        "UPDATE outbox SET due_at = ? WHERE chat_id = ? AND kind = ? AND state = 'open' "
        "AND due_at = (SELECT until FROM alert_mutes WHERE chat_id = ? AND kind = ?) "
        "AND alert IN (SELECT id FROM alerts WHERE alerts.kind = ?)",
        (due_at, chat_id, Kind.ALERT, chat_id, kind, kind),
    )
    connection.execute("DELETE FROM alert_mutes WHERE chat_id = ? AND kind = ?", (chat_id, kind))


def muted_kinds(connection: sqlite3.Connection, chat_id: int, *, now: float) -> list[tuple[str, float]]:
    """List what a chat has muted, and until when."""
    rows = connection.execute("SELECT kind, until FROM alert_mutes WHERE chat_id = ? AND until > ?", (chat_id, now))
    return [(row["kind"], row["until"]) for row in rows]


def muted_until(connection: sqlite3.Connection, chat_id: int, kind: str) -> float:
    """Return until when a chat hears nothing of a kind; 0 if it hears it."""
    row = connection.execute("SELECT until FROM alert_mutes WHERE chat_id = ? AND kind = ?", (chat_id, kind)).fetchone()
    return 0.0 if row is None else row["until"]


def _shown(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> list[ShownAlert]:
    found = ((row["chat_id"], row["message_id"], outbox.load(connection, NoticeId(row["id"]))) for row in rows)
    return [ShownAlert(chat_id, message_id, notice) for chat_id, message_id, notice in found if notice is not None]


def _row(row: sqlite3.Row) -> AlertRow:
    return AlertRow(
        id=row["id"],
        kind=row["kind"],
        subject=row["subject"],
        order=row["order"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        is_done=row["done_at"] is not None,
        done_by=row["done_by"],
        done_name=row["done_name"],
    )
