"""What happens by time alone: awaited numbers expire, chats are reminded, inactive orders are archived."""

import sqlite3
from collections.abc import Sequence

from bot.store import awaited_numbers, chats, housekeeping, orders, outbox
from bot.store.housekeeping import DueReminder
from bot.tracking.model import Kind, Notice, OrderPk, Ticks
from bot.transactions.context import DecisionContext

BATCH = 200


def give_up_numbers(connection: sqlite3.Connection, context: DecisionContext) -> None:
    """Stop waiting for numbers that did not appear in time, and tell each chat so, once."""
    for awaited in awaited_numbers.expired(connection, context.now, BATCH):
        awaited_numbers.remove(connection, awaited.chat_id, awaited.number)
        chat = chats.load(connection, awaited.chat_id)
        if chat is None or chat.paused is not None:
            continue
        notice = Notice(
            chat_id=awaited.chat_id,
            kind=Kind.NEVER_SEEN,
            due_at=context.now,
            thread_id=awaited.thread_id,
            payload={"number": awaited.number},
            made_at=context.now,
        )
        outbox.put(connection, [notice])


def remind(connection: sqlite3.Connection, found: Sequence[DueReminder], *, kind: Kind, due_at: Ticks) -> None:
    """Remind each chat whose order is still at the state that it was found at, once for each state."""
    for reminder in found:
        if housekeeping.mark_reminded(connection, reminder):
            notice = Notice(
                chat_id=reminder.chat_id,
                kind=kind,
                due_at=due_at,
                order=reminder.order,
                status=reminder.state,
                audible=kind is Kind.REMINDER,
                thread_id=reminder.thread_id,
                made_at=due_at,
            )
            outbox.put(connection, [notice])


def archive(
    connection: sqlite3.Connection,
    context: DecisionContext,
    *,
    silent: Sequence[OrderPk],
    silent_since: float,
    days: int,
) -> None:
    """Archive inactive orders: notify their followers once, then end the subscriptions."""
    for order_pk in housekeeping.still_inactive(connection, silent, silent_since):
        for subscription in chats.followers(connection, order_pk):
            outbox.close_for_order(connection, subscription.chat_id, order_pk, reason="archived", now=context.now)
            notice = Notice(
                chat_id=subscription.chat_id,
                kind=Kind.ARCHIVED,
                due_at=context.now,
                order=order_pk,
                thread_id=subscription.thread_id,
                payload={"days": days},
                made_at=context.now,
            )
            outbox.put(connection, [notice])
        chats.stop_all(connection, order_pk)
        orders.schedule(connection, order_pk, None, urgent=False)
