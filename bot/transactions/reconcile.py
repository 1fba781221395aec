"""Compare an order with what its followers were notified of, and put the difference into the outbox.

Only here is it decided that a chat gets news of an order (the card that answers somebody is put by `follow`). It is
called in every commit that may make a difference: a webhook, an answer of the API, a sent message, a change of level.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from bot.store import chats, orders, outbox
from bot.tracking.model import Order, OrderPk, Subscription
from bot.tracking.notifying import Comparison, plan, with_events
from bot.transactions.context import DecisionContext


def reconcile_followers(
    connection: sqlite3.Connection,
    followers: Iterable[Subscription],
    order: Order,
    context: DecisionContext,
    *,
    fresh: bool = False,
    events: Sequence[int] = (),
) -> None:
    """Reconcile all followers of an order that has changed, by these events.

    `followers`: of chats that can be written to. `fresh`: the API has just answered, or just failed to.
    """
    for subscription in followers:
        _reconcile(connection, subscription, order, context, fresh=fresh, events=events)


def reconcile_chat(
    connection: sqlite3.Connection,
    chat_id: int,
    order_pk: OrderPk,
    context: DecisionContext,
    *,
    events: Sequence[int] = (),
) -> None:
    """Reconcile one chat with an order, if it follows it and can be written to. `events`: what it was not told of."""
    order = orders.load_by_id(connection, order_pk)
    chat = chats.load(connection, chat_id)
    subscription = chats.subscription_of(connection, chat_id, order_pk)
    if order is not None and chat is not None and chat.paused is None and subscription is not None:
        _reconcile(connection, subscription, order, context, events=events)


def _reconcile(
    connection: sqlite3.Connection,
    subscription: Subscription,
    order: Order,
    context: DecisionContext,
    *,
    fresh: bool = False,
    events: Sequence[int] = (),
) -> None:
    notices = outbox.open_notices(connection, subscription.chat_id, subscription.order)
    comparison = Comparison(subscription, order, notices, context.policy, context.now, fresh)
    outbox.apply(connection, with_events(plan(comparison), notices, events), now=context.now)
