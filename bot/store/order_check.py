"""What staff see of one order: what its followers' cards show, and what was told. It scans: use `Database.scan`."""

import json
import sqlite3
from collections.abc import Sequence

from bot.store import leads
from bot.store.json_columns import fields
from bot.tracking.model import OrderPk, Receipt, Subscription, SubscriptionId
from bot.tracking.timing import DAY

MOST_GROUPS = 1000  # of the newest messages; an order has a few of each kind


def cards_shown(connection: sqlite3.Connection, order_pk: OrderPk, staff: Sequence[int]) -> list[sqlite3.Row]:
    """Count the followers' chats by what their cards show. `staff`: the chats of staff.

    Columns: is_private, has_card, card_status, receipt, card_lead, card_facts, told_troubles, told_parcels, told_links,
    paused (why the chat can't be written to), staff (how many of the chats are staff's), chats.
    """
    return connection.execute(
        "SELECT chats.kind = 'private' AS is_private, told_message_id IS NOT NULL AS has_card, card_status, receipt, "
        "card_lead, card_facts, told_troubles, told_parcels, told_links, paused, "
        "count(*) FILTER (WHERE chat_id IN (SELECT value FROM json_each(?))) AS staff, count(*) AS chats "
        'FROM subscriptions JOIN chats USING (chat_id) WHERE "order" = ? '
        "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY chats DESC, 1 DESC, min(subscriptions.id)",
        (json.dumps(staff), order_pk),
    ).fetchall()


def card_shown(row: sqlite3.Row) -> Subscription:
    """Return a follower of whom only the columns about the card are known."""
    return Subscription(
        SubscriptionId(0),
        0,
        OrderPk(0),
        notified_links=fields(row["told_links"]),
        notified_troubles=fields(row["told_troubles"]),
        notified_parcels=fields(row["told_parcels"]),
        card_status=row["card_status"],
        card_facts=row["card_facts"],
        card_lead=leads.from_json(row["card_lead"]),
        receipt=Receipt(row["receipt"]) if row["receipt"] else None,
    )


def unreachable_followers(connection: sqlite3.Connection, order_pk: OrderPk) -> list[tuple[str, int]]:
    """Count the followers of an order that can't be written to, by what Telegram says of them."""
    rows = connection.execute(
        'SELECT paused, count(*) FROM subscriptions JOIN chats USING (chat_id) WHERE "order" = ? '
        "AND paused IS NOT NULL GROUP BY paused ORDER BY 2 DESC, 1",
        (order_pk,),
    )
    return [(reason, count) for reason, count in rows]


def told(connection: sqlite3.Connection, order_pk: OrderPk) -> list[sqlite3.Row]:
    """Count the newest messages about an order, alike ones together; what newer ones have replaced is left out.

    Columns: first (the oldest of them), at, last_at (service clock: when the first and the last of them came to this),
    kind, status, keep, lane, sound, events (the lines of the history that they tell), state, reason, paused (why the
    chat can't be written to now), was_tried, held_until and due_at (of those that wait), text (of a note), messages,
    chats (their ids, as JSON).
    """
    return connection.execute(
        "SELECT max(outbox.id) AS newest, min(outbox.id) AS first, "
        "min(coalesce(done_at, claimed_at, outbox.made_at)) AS at, "
        "max(coalesce(done_at, claimed_at, outbox.made_at)) AS last_at, "
        "outbox.kind, status, keep, lane, sound, events, state, "
        "reason, paused, state = 'open' AND attempts + unknowns > 0 AS was_tried, "
        "CASE state WHEN 'open' THEN hold_until END AS held_until, min(due_at) AS due_at, "
        "CASE outbox.kind WHEN 'note' THEN json_extract(payload, '$.text') END AS text, "
        "count(*) AS messages, json_group_array(DISTINCT chat_id) AS chats "
        "FROM outbox JOIN chats USING (chat_id) "
        "WHERE \"order\" = ? AND outbox.kind NOT IN ('edit', 'fold', 'name', 'alert') "
        "AND (state <> 'closed' OR reason LIKE 'gone%') "
        "GROUP BY outbox.kind, status, keep, lane, sound, events, state, reason, paused, was_tried, held_until, text, "
        "CAST(coalesce(done_at, claimed_at, outbox.made_at) / 60 AS INTEGER) "
        "ORDER BY newest DESC LIMIT ?",
        (order_pk, MOST_GROUPS),
    ).fetchall()


def missed_since(connection: sqlite3.Connection, order_pk: OrderPk) -> float | None:
    """Return when somebody said last that they don't have the order (wall time); who says it again is not counted."""
    row = connection.execute(
        "SELECT at FROM history WHERE \"order\" = ? AND kind = 'receipt' AND new = ? ORDER BY id DESC LIMIT 1",
        (order_pk, Receipt.MISSING),
    ).fetchone()
    return None if row is None else row["at"]


def stopped(connection: sqlite3.Connection, order_pk: OrderPk) -> tuple[int, float | None]:
    """Count the chats that have stopped following the order, and follow it no more; when the last did (service clock).

    It is known as long as the message is kept that took their card away.
    """
    row = connection.execute(
        "SELECT count(DISTINCT chat_id), max(made_at) FROM outbox WHERE \"order\" = ? AND kind = 'fold' "
        "AND json_extract(payload, '$.why') = 'stopped' "
        'AND chat_id NOT IN (SELECT chat_id FROM subscriptions WHERE "order" = ?)',
        (order_pk, order_pk),
    ).fetchone()
    return row[0], row[1]


def services_news(connection: sqlite3.Connection, lines: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Return what those lines of the history that are about a package say: which, what it was, and has come to."""
    rows = connection.execute(
        "SELECT id, detail, old, new FROM history WHERE id IN (SELECT value FROM json_each(?)) AND kind = 'service'",
        (json.dumps(lines),),
    )
    return {row["id"]: (row["detail"] or "", row["old"] or "", row["new"] or "") for row in rows}


def notes_written(connection: sqlite3.Connection, order_id: str) -> list[sqlite3.Row]:
    """List the notes that staff have sent to an order's followers: at (wall time), text, author (a name, or an id)."""
    return connection.execute(
        "SELECT at, detail AS text, coalesce((SELECT done_name FROM alerts WHERE done_by = who AND done_name <> '' "
        "ORDER BY id DESC LIMIT 1), CAST(who AS TEXT)) AS author "
        "FROM audit WHERE action = 'tell' AND \"order\" = ? ORDER BY id",
        (order_id,),
    ).fetchall()


def only_found(connection: sqlite3.Connection, order_pk: OrderPk) -> dict[int, sqlite3.Row]:
    """Return the lines of an order's history that only asking has shown, by their ids; columns: at (wall), new."""
    rows = connection.execute(
        "SELECT id, at, new FROM history AS shown WHERE \"order\" = :order AND kind = 'seen' AND old IS NOT NULL "
        'AND NOT EXISTS (SELECT 1 FROM history AS told WHERE told."order" = :order AND told.new = shown.new '
        "AND told.kind IN ('heard', 'repeat', 'held', 'doubtful') AND abs(told.at - shown.at) < :day) "
        "ORDER BY id",
        {"order": order_pk, "day": DAY},
    )
    return {row["id"]: row for row in rows}


def waiting_for(connection: sqlite3.Connection, numbers: Sequence[str]) -> sqlite3.Row:
    """Count the chats that wait for one of these numbers: chats, since, next_ask_at, ends_at (service clock)."""
    row: sqlite3.Row = connection.execute(
        "SELECT count(DISTINCT chat_id) AS chats, min(made_at) AS since, min(next_ask_at) AS next_ask_at, "
        "max(ends_at) AS ends_at FROM awaited WHERE number COLLATE NOCASE IN (SELECT value FROM json_each(?1)) "
        "OR candidate COLLATE NOCASE IN (SELECT value FROM json_each(?1))",
        (json.dumps(numbers),),
    ).fetchone()
    return row
