"""Chats, and the orders that they follow (subscriptions). Each function takes the connection."""

import json
import sqlite3

from bot.store import leads
from bot.store.json_columns import fields, from_fields
from bot.tracking.model import Chat, Kind, Level, OrderPk, Receipt, Subscription, SubscriptionId
from bot.tracking.statuses import FINAL_STATUSES


def touch(
    connection: sqlite3.Connection, chat_id: int, *, kind: str = "private", language_code: str | None = None, now: float
) -> None:
    """Make the chat known, or renew what Telegram says of it. A chat of a person keeps its last language_code."""
    connection.execute(
        "INSERT INTO chats (chat_id, kind, language_code, level, made_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (chat_id) "
        "DO UPDATE SET kind = excluded.kind, language_code = coalesce(excluded.language_code, language_code)",
        (chat_id, kind, language_code, Level.MAIN, now),
    )


def meet(connection: sqlite3.Connection, chat_id: int) -> None:
    """Note that somebody in the chat has just done something: calls under way to it know less of it than that."""
    connection.execute("UPDATE chats SET met = random() WHERE chat_id = ?", (chat_id,))


def load(connection: sqlite3.Connection, chat_id: int) -> Chat | None:
    """Return the chat, or None if it is not known."""
    row = connection.execute("SELECT * FROM chats WHERE chat_id = ?", (chat_id,)).fetchone()
    if row is None:
        return None
    return Chat(
        chat_id=row["chat_id"],
        kind=row["kind"],
        language=row["language"],
        language_code=row["language_code"],
        paused=row["paused"],
        quiet_nights=bool(row["quiet_nights"]),
        levels_changed=bool(row["levels_changed"]),
        met=row["met"],
    )


def level_of(connection: sqlite3.Connection, chat_id: int) -> Level:
    """Return the level for orders that this chat follows from now on."""
    row = connection.execute("SELECT level FROM chats WHERE chat_id = ?", (chat_id,)).fetchone()
    return Level(row["level"]) if row else Level.MAIN


def set_language(connection: sqlite3.Connection, chat_id: int, language: str | None) -> None:
    """Set the language chosen with /language; None to go by Telegram's again."""
    connection.execute("UPDATE chats SET language = ? WHERE chat_id = ?", (language, chat_id))


def set_level(connection: sqlite3.Connection, chat_id: int, level: Level) -> None:
    """Set the level of all that the chat follows, and of what it will follow. Who chooses it knows the levels."""
    connection.execute("UPDATE chats SET level = ?, levels_changed = 0 WHERE chat_id = ?", (level, chat_id))
    connection.execute("UPDATE subscriptions SET level = ? WHERE chat_id = ?", (level, chat_id))
    connection.execute("UPDATE awaited SET level = ? WHERE chat_id = ?", (level, chat_id))


def note_levels_said(connection: sqlite3.Connection, chat_id: int) -> None:
    """Note that the chat was told that it gets fewer messages since the levels have changed."""
    connection.execute("UPDATE chats SET levels_changed = 0 WHERE chat_id = ?", (chat_id,))


def set_quiet_nights(connection: sqlite3.Connection, chat_id: int, is_quiet: bool) -> None:
    """Set whether nothing rings at night."""
    connection.execute("UPDATE chats SET quiet_nights = ? WHERE chat_id = ?", (int(is_quiet), chat_id))


def pause(connection: sqlite3.Connection, chat_id: int, reason: str) -> None:
    """Mark the chat as one that can't be written to. The caller closes its notices in the same commit."""
    connection.execute("UPDATE chats SET paused = ? WHERE chat_id = ?", (reason, chat_id))


def resume(connection: sqlite3.Connection, chat_id: int) -> bool:
    """Mark the chat as one that can be written to; return whether it was paused."""
    changed = connection.execute("UPDATE chats SET paused = NULL WHERE chat_id = ? AND paused IS NOT NULL", (chat_id,))
    return changed.rowcount == 1


def save_rate_limit(connection: sqlite3.Connection, chat_id: int, until: float | None) -> None:
    """Store until when Telegram's 429 keeps us from writing to the chat: it must outlive a restart."""
    connection.execute("UPDATE chats SET hold_until = ? WHERE chat_id = ?", (until, chat_id))


def rate_limits(connection: sqlite3.Connection, now: float) -> list[tuple[int, float]]:
    """List the chats whose 429 is not over, with its end."""
    rows = connection.execute("SELECT chat_id, hold_until FROM chats WHERE hold_until > ?", (now,))
    return [(row["chat_id"], row["hold_until"]) for row in rows]


def move(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Move everything of a group to the supergroup that it became; subscriptions are merged.

    Message ids mean nothing there: what is sent replies to none of them, and nothing of before is edited.
    """
    if old == new or load(connection, old) is None:
        return
    connection.execute(
        "UPDATE subscriptions SET told_message_id = NULL, card_hash = NULL WHERE chat_id = ?",
        (old,),
    )
    connection.execute(
        "UPDATE outbox SET payload = json_remove(payload, '$.reply_to', '$.message_id') WHERE chat_id = ?", (old,)
    )
    connection.execute("UPDATE outbox SET message_id = NULL WHERE chat_id = ? AND alert IS NOT NULL", (old,))
    connection.execute(
        "UPDATE outbox SET state = 'closed', reason = 'moved' WHERE chat_id = ? AND kind IN (?, ?) AND state = 'open'",
        (old, Kind.EDIT, Kind.FOLD),
    )
    if load(connection, new) is None:
        connection.execute("UPDATE chats SET chat_id = ?, kind = 'supergroup' WHERE chat_id = ?", (new, old))
        return
    connection.execute(
        "DELETE FROM subscriptions WHERE chat_id = ? "
        'AND "order" IN (SELECT "order" FROM subscriptions WHERE chat_id = ?)',
        (old, new),
    )
    for table in ("subscriptions", "awaited", "outbox"):
        statement = f"UPDATE OR IGNORE {table} SET chat_id = ? WHERE chat_id = ?"  # noqa: S608 - the loop's own names
        connection.execute(statement, (new, old))
    connection.execute("DELETE FROM chats WHERE chat_id = ?", (old,))


def forget_topic(connection: sqlite3.Connection, chat_id: int, thread_id: int) -> None:
    """Forget a topic that was deleted: what belonged there goes to the group as a whole."""
    for table in ("subscriptions", "awaited", "outbox"):
        statement = f"UPDATE {table} SET thread_id = NULL WHERE chat_id = ? AND thread_id = ?"  # noqa: S608 - as above
        connection.execute(statement, (chat_id, thread_id))


def forget(connection: sqlite3.Connection, chat_id: int, *, until: int | None) -> None:
    """Delete everything about the chat, what waits to be sent included, and its updates up to the number `until`.

    What was said after that is still to be answered. None: no update is known by whose number that could be told.
    """
    connection.execute("DELETE FROM chats WHERE chat_id = ?", (chat_id,))
    connection.execute("DELETE FROM inbox WHERE chat_id = ? AND update_id <= ?", (chat_id, until))
    connection.execute("DELETE FROM audit WHERE who = ?", (chat_id,))
    connection.execute("UPDATE alerts SET done_by = NULL, done_name = NULL WHERE done_by = ?", (chat_id,))
    connection.execute("UPDATE drafts SET sent_by = NULL WHERE sent_by = ?", (chat_id,))


# ── subscriptions ────────────────────────────────────────────────────────────


def follow(
    connection: sqlite3.Connection,
    chat_id: int,
    order_pk: OrderPk,
    *,
    level: Level,
    thread_id: int | None,
    verified: bool,
    follower: int | None,
    label: str | None = None,
    now: float,
) -> Subscription:
    """Follow the order; following it again renews thread, proof and label."""
    connection.execute(
        'INSERT INTO subscriptions (chat_id, "order", level, thread_id, verified, follower, label, made_at) '
        'VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (chat_id, "order") DO UPDATE SET thread_id = excluded.thread_id, '
        "verified = max(verified, excluded.verified), label = coalesce(excluded.label, label)",
        (chat_id, order_pk, level, thread_id, int(verified), follower, label, now),
    )
    subscription = subscription_of(connection, chat_id, order_pk)
    assert subscription is not None  # noqa: S101 - written in the line above
    return subscription


def subscription_of(connection: sqlite3.Connection, chat_id: int, order_pk: OrderPk) -> Subscription | None:
    """Return the chat's subscription to the order, or None."""
    row = connection.execute(
        'SELECT * FROM subscriptions WHERE chat_id = ? AND "order" = ?', (chat_id, order_pk)
    ).fetchone()
    return None if row is None else subscription_of_row(row)


def subscription(connection: sqlite3.Connection, subscription_id: SubscriptionId) -> Subscription | None:
    """Return the subscription, or None."""
    row = connection.execute("SELECT * FROM subscriptions WHERE id = ?", (subscription_id,)).fetchone()
    return None if row is None else subscription_of_row(row)


def subscriptions(connection: sqlite3.Connection, chat_id: int) -> list[Subscription]:
    """List the subscriptions of a chat, the oldest first."""
    rows = connection.execute("SELECT * FROM subscriptions WHERE chat_id = ? ORDER BY id", (chat_id,))
    return [subscription_of_row(row) for row in rows]


def subscriptions_to(connection: sqlite3.Connection, order_pk: OrderPk) -> list[Subscription]:
    """List all subscriptions to the order, the oldest first."""
    rows = connection.execute('SELECT * FROM subscriptions WHERE "order" = ? ORDER BY id', (order_pk,))
    return [subscription_of_row(row) for row in rows]


def followers(connection: sqlite3.Connection, order_pk: OrderPk) -> list[Subscription]:
    """List the subscriptions to the order of chats that can be written to."""
    rows = connection.execute(
        'SELECT subscriptions.* FROM subscriptions JOIN chats USING (chat_id) WHERE "order" = ? AND paused IS NULL '
        "ORDER BY subscriptions.id",
        (order_pk,),
    )
    return [subscription_of_row(row) for row in rows]


def follower_of(connection: sqlite3.Connection, subscription_id: SubscriptionId) -> int | None:
    """Return the person who, in a group, made this subscription."""
    row = connection.execute("SELECT follower FROM subscriptions WHERE id = ?", (subscription_id,)).fetchone()
    return row["follower"] if row else None


def set_label(connection: sqlite3.Connection, subscription_id: SubscriptionId, label: str) -> None:
    """Set what the chat calls the order."""
    connection.execute("UPDATE subscriptions SET label = ? WHERE id = ?", (label, subscription_id))


def stop(connection: sqlite3.Connection, subscription_id: SubscriptionId) -> None:
    """Delete a subscription. The caller closes its notices in the same commit."""
    connection.execute("DELETE FROM subscriptions WHERE id = ?", (subscription_id,))


def stop_all(connection: sqlite3.Connection, order_pk: OrderPk) -> None:
    """Delete all subscriptions to the order."""
    connection.execute('DELETE FROM subscriptions WHERE "order" = ?', (order_pk,))


def save_notified(connection: sqlite3.Connection, subscription: Subscription) -> None:
    """Store what the chat was told last, and what its card shows."""
    connection.execute(
        "UPDATE subscriptions SET told_status = ?, told_message_id = ?, told_sent_at = ?, told_links = ?, "
        "told_troubles = ?, told_parcels = ?, told_aged = ?, card_hash = ?, card_status = ?, card_shown_at = ?, "
        "card_facts = ?, card_lead = ?, receipt = ? WHERE id = ?",
        (
            subscription.notified_status,
            subscription.notified_message_id,
            subscription.notified_at,
            from_fields(subscription.notified_links),
            from_fields(subscription.notified_troubles),
            from_fields(subscription.notified_parcels),
            int(subscription.sent_stale),
            subscription.card_hash,
            subscription.card_status,
            subscription.card_shown_at,
            subscription.card_facts,
            leads.to_json(subscription.card_lead),
            subscription.receipt,
            subscription.id,
        ),
    )


def set_receipt(connection: sqlite3.Connection, subscription_id: SubscriptionId, receipt: Receipt | None) -> None:
    """Store what somebody there answers to "delivered"."""
    connection.execute("UPDATE subscriptions SET receipt = ? WHERE id = ?", (receipt, subscription_id))


def count_followed(connection: sqlite3.Connection, chat_id: int) -> tuple[int, int]:
    """Count the orders that a chat follows and that are not finished, and the numbers that it awaits."""
    followed = connection.execute(
        'SELECT count(*) FROM subscriptions JOIN orders ON orders.id = "order" WHERE chat_id = ? '
        "AND coalesce(state, '') NOT IN (SELECT value FROM json_each(?))",
        (chat_id, json.dumps(FINAL_STATUSES)),
    ).fetchone()[0]
    awaited = connection.execute("SELECT count(DISTINCT number) FROM awaited WHERE chat_id = ?", (chat_id,)).fetchone()[
        0
    ]
    return followed, awaited


def subscription_of_row(row: sqlite3.Row) -> Subscription:
    """Return the subscription that a row of the table is."""
    return Subscription(
        id=row["id"],
        chat_id=row["chat_id"],
        order=row["order"],
        level=Level(row["level"]),
        label=row["label"],
        thread_id=row["thread_id"],
        verified=bool(row["verified"]),
        notified_status=row["told_status"],
        notified_message_id=row["told_message_id"],
        notified_at=row["told_sent_at"],
        notified_links=fields(row["told_links"]),
        notified_troubles=fields(row["told_troubles"]),
        notified_parcels=fields(row["told_parcels"]),
        card_hash=row["card_hash"],
        card_status=row["card_status"],
        card_shown_at=row["card_shown_at"],
        card_facts=row["card_facts"],
        card_lead=leads.from_json(row["card_lead"]),
        sent_stale=bool(row["told_aged"]),
        receipt=Receipt(row["receipt"]) if row["receipt"] else None,
        created_at=row["made_at"],
    )
