"""What happens by time alone: awaited numbers expire, chats are reminded, inactive orders are archived.

No clock is believed alone: the API is asked first, and the time in which the service was not there doesn't count.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from bot.store import awaited_numbers, chats, housekeeping, key_value, orders, outbox
from bot.store.housekeeping import MOST_TOLD, DueReminder
from bot.tracking.card_content import FoldReason
from bot.tracking.model import Keep, Kind, Notice, OrderPk
from bot.tracking.timing import DAY, Absence
from bot.transactions.cards import put_fold, put_kept
from bot.transactions.context import DecisionContext
from bot.transactions.schedule import schedule_poll

ABSENCES_KEY = "absences"
_MOST_ABSENCES = 20


def note_absence(connection: sqlite3.Connection, *, latest: float, now: float) -> None:
    """Remember at start that nothing was heard for more than a day: it was not there, or the clock jumped ahead."""
    if latest and now - latest > DAY:
        kept = [*absences(connection), Absence(now, now - latest)][-_MOST_ABSENCES:]
        key_value.put(connection, ABSENCES_KEY, json.dumps([(one.ended_at, one.seconds) for one in kept]))


def absences(connection: sqlite3.Connection) -> list[Absence]:
    """Return the long absences of the service."""
    return [Absence(*one) for one in json.loads(key_value.get(connection, ABSENCES_KEY) or "[]")]


def ask_first(connection: sqlite3.Connection, context: DecisionContext, unchecked: Sequence[OrderPk]) -> None:
    """Have the API asked about orders before anybody is told by the clock that nothing has happened to them."""
    for order_pk in unchecked:
        order = orders.load_by_id(connection, order_pk)
        if order is not None and "time" not in order.extra_polls:
            asking = replace(order, extra_polls={**order.extra_polls, "time": context.now})
            schedule_poll(connection, orders.save(connection, asking, before=order, now=context.now), context)


def give_up_numbers(connection: sqlite3.Connection, context: DecisionContext, *, answered_since: float) -> None:
    """Stop waiting for numbers that the API has not shown in time, and tell each chat so, once."""
    for awaited in awaited_numbers.expired(connection, context.now, MOST_TOLD, answered_since=answered_since):
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


def remind(
    connection: sqlite3.Connection, context: DecisionContext, found: Sequence[DueReminder], *, keep: Keep
) -> None:
    """Remind each chat whose order is still at the state that it was found at, once for each state."""
    for reminder in found:
        if not housekeeping.mark_reminded(connection, reminder):
            continue
        subscription = chats.subscription(connection, reminder.subscription)
        if subscription is not None:
            put_kept(connection, subscription, context, keep, status=reminder.state)


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
            put_fold(connection, subscription, context, FoldReason.ARCHIVED)
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
