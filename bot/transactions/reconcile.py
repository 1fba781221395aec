"""What is a chat told now? An order is compared with what its followers were told, and the outbox gets the difference.

Nothing else decides that a chat gets a message about the state of an order. It is called in the commit of whatever may
have made a difference: an event, a sent message, a follow, a change of level.
"""

import sqlite3
from collections.abc import Iterable

from bot.store import chats, orders, outbox
from bot.tracking.model import Event, Order, Subscription
from bot.tracking.notifying import Comparison, plan
from bot.transactions.context import DecisionContext


def reconcile_order(
    connection: sqlite3.Connection,
    order: Order,
    context: DecisionContext,
    *,
    events: Iterable[Event] = (),
    fresh: bool = False,
) -> None:
    """Compare an order that has changed with what each follower was told.

    `events`: what its shipments tell besides. `fresh`: the API has just answered, or has just failed to.
    """
    assert order.id is not None  # noqa: S101 - only stored orders have followers
    for subscription in chats.followers(connection, order.id):
        _reconcile(connection, subscription, order, context, events=events, fresh=fresh)


def reconcile_chat(connection: sqlite3.Connection, chat_id: int, row: int, context: DecisionContext) -> None:
    """Compare the order in `row` with what one chat was told, where it follows it and can be written to."""
    order = orders.load_by_id(connection, row)
    chat = chats.load(connection, chat_id)
    subscription = chats.subscription_of(connection, chat_id, row)
    if order is not None and chat is not None and chat.paused is None and subscription is not None:
        _reconcile(connection, subscription, order, context)


def _reconcile(
    connection: sqlite3.Connection,
    subscription: Subscription,
    order: Order,
    context: DecisionContext,
    *,
    events: Iterable[Event] = (),
    fresh: bool = False,
) -> None:
    notices = outbox.open_notices(connection, subscription.chat_id, subscription.order)
    comparison = Comparison(subscription, order, notices, context.policy, context.now, fresh)
    outbox.apply(connection, plan(comparison, events), now=context.now)
