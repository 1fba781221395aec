"""Keep what people answer to "delivered", and alert staff where somebody doesn't have the order.

Staff are alerted once, whoever presses, and once more if somebody misses an order that they heard had turned up; for at
most MOST_ALERTS orders a person a day.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from bot.store import chats, history, lookups, orders, receipts
from bot.store.lookups import LookupKind
from bot.tracking.card_content import StaffTold
from bot.tracking.deciding import effective_status
from bot.tracking.model import HistoryEntry, Order, OrderPk, Receipt, Subscription, SubscriptionId, Ticks
from bot.tracking.statuses import DELIVERED
from bot.tracking.timing import DAY
from bot.transactions import alerts
from bot.transactions.cards import put_edit
from bot.transactions.context import DecisionContext
from bot.transactions.lookups import order_mark

MOST_ALERTS = 3


def answer(
    connection: sqlite3.Connection,
    subscription: Subscription,
    receipt: Receipt,
    context: DecisionContext,
    *,
    pressed: int,
    counted_for: str,
) -> bool:
    """Keep an answer and show it on the card; return False where it isn't asked on the pressed message any more.

    `counted_for`: the pseudonym of who presses. The same answer again changes nothing.
    """
    current = chats.subscription_of(connection, subscription.chat_id, subscription.order)
    order = orders.load_by_id(connection, subscription.order)
    if current is None or order is None or current.notified_message_id != pressed:
        return False
    after = _after(current.receipt, receipt) if effective_status(order) == DELIVERED else None
    if after is None or after is current.receipt:
        return after is not None
    chats.set_receipt(connection, current.id, after)
    history.remember(connection, order, [HistoryEntry("receipt", None, after.value)], wall=context.wall)
    if after is Receipt.MISSING:
        _alert_staff(connection, current, order, counted_for, context)
    elif after is Receipt.FOUND:
        alerts.received(connection, order, context)
    put_edit(connection, replace(current, receipt=after), context, pressed=pressed)
    return True


def staff_told(connection: sqlite3.Connection, order_pk: OrderPk, now: Ticks) -> StaffTold:
    """Return whether staff know that somebody doesn't have the order."""
    due_at = receipts.alert_due_at(connection, order_pk)
    if due_at is None:
        return StaffTold.NOBODY
    return StaffTold.TOLD if due_at <= now else StaffTold.LATER


def close(
    connection: sqlite3.Connection, context: DecisionContext, *, found: Sequence[SubscriptionId], ended_before: float
) -> None:
    """Ask those found no longer: their orders were delivered before that time, unless they have changed since."""
    for subscription_id in found:
        subscription = chats.subscription(connection, subscription_id)
        order = orders.load_by_id(connection, subscription.order) if subscription is not None else None
        if subscription is None or order is None or subscription.receipt not in {None, Receipt.MISSING}:
            continue
        if effective_status(order) == DELIVERED and order.changed_at is not None and order.changed_at <= ended_before:
            chats.set_receipt(connection, subscription.id, Receipt.CLOSED)
            put_edit(connection, replace(subscription, receipt=Receipt.CLOSED), context)


def _after(before: Receipt | None, receipt: Receipt) -> Receipt | None:
    """Return what is known after an answer: the last one counts. None: it can't be given any more, or not yet."""
    if before is Receipt.CLOSED:
        return None
    if receipt is Receipt.MISSING:
        return receipt
    if before in {Receipt.MISSING, Receipt.FOUND}:
        return Receipt.FOUND  # also by "all good", where the keyboard of before is still on the screen
    return receipt if receipt is Receipt.GOOD else None


def _alert_staff(
    connection: sqlite3.Connection, subscription: Subscription, order: Order, person: str, context: DecisionContext
) -> None:
    mark, day_ago = order_mark(person, order.order_id), context.now - DAY
    others = lookups.times(connection, person, LookupKind.RECEIPT_MISSING, day_ago, but=mark)
    lookups.count(connection, person, LookupKind.RECEIPT_MISSING, mark, now=context.now, since=day_ago)
    if receipts.alert_due_at(connection, subscription.order) is not None:
        alerts.not_received_again(connection, order, subscription, context)
        return
    if len(others) < MOST_ALERTS and alerts.can_reach_staff(connection, context):
        due_at = alerts.not_received(connection, order, subscription, context)
        receipts.note_alert(connection, subscription.order, due_at)
