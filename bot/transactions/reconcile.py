"""Compare an order with what its followers were notified of, and put the difference into the outbox.

Only here is it decided that a chat gets news of an order (the card that answers somebody is put by `follow`). It is
called in every commit that may make a difference: a webhook, an answer of the API, a sent message, a change of level.
"""

import sqlite3

from bot.store import chats, orders, outbox
from bot.tracking.model import Order, OrderPk, Subscription
from bot.tracking.notifying import Comparison, plan
from bot.transactions.context import DecisionContext


def reconcile_order(
    connection: sqlite3.Connection,
    order: Order,
    context: DecisionContext,
    *,
    fresh: bool = False,
) -> None:
    """Reconcile all followers of an order that has changed. `fresh`: the API has just answered, or just failed to."""
    assert order.id is not None  # noqa: S101 - only stored orders have followers
    for subscription in chats.followers(connection, order.id):
        _reconcile(connection, subscription, order, context, fresh=fresh)


def reconcile_chat(connection: sqlite3.Connection, chat_id: int, order_pk: OrderPk, context: DecisionContext) -> None:
    """Reconcile one chat with an order, if it follows it and can be written to."""
    order = orders.load_by_id(connection, order_pk)
    chat = chats.load(connection, chat_id)
    subscription = chats.subscription_of(connection, chat_id, order_pk)
    if order is not None and chat is not None and chat.paused is None and subscription is not None:
        _reconcile(connection, subscription, order, context)


def _reconcile(
    connection: sqlite3.Connection,
    subscription: Subscription,
    order: Order,
    context: DecisionContext,
    *,
    fresh: bool = False,
) -> None:
    notices = outbox.open_notices(connection, subscription.chat_id, subscription.order)
    comparison = Comparison(subscription, order, notices, context.policy, context.now, fresh)
    outbox.apply(connection, plan(comparison), now=context.now)
