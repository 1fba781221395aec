"""What a chat is owed after its side of things changed, and when an order is to be asked for next: store and decision.

Each function takes the connection, so that it is part of the commit that made it necessary.
"""

import sqlite3
from dataclasses import dataclass, replace

from bot.store import chats, orders, outbox
from bot.tracking import timing
from bot.tracking.model import Order
from bot.tracking.notifying import Case, Policy, plan
from bot.tracking.timing import Silence


@dataclass(frozen=True, slots=True)
class Moment:
    """What deciding depends on besides the news: the clock's two readings, the settings, chance."""

    now: float
    wall: float
    policy: Policy
    silence: Silence
    jitter: float = 0.0


def compare_again(connection: sqlite3.Connection, chat_id: int, order: Order, moment: Moment) -> None:
    """After a mark, a release or a change of level: is this chat owed something about this order?"""
    if order.id is None:
        return
    chat = chats.load(connection, chat_id)
    subscription = chats.subscription_of(connection, chat_id, order.id)
    if chat is None or chat.paused is not None or subscription is None:
        return
    notices = outbox.open_notices(connection, chat_id, order.id)
    outbox.apply(connection, plan(Case(subscription, order, notices, moment.policy, moment.now)), now=moment.now)


def reschedule(connection: sqlite3.Connection, order: Order, moment: Moment) -> Order:
    """When to ask for the order next, as it is now and as it is followed now."""
    assert order.id is not None  # noqa: S101 - only stored orders are scheduled
    followed = orders.is_followed(connection, order.id)
    due = timing.next_poll(order, moment.silence, followed=followed, jitter=moment.jitter)
    urgent = timing.is_urgent(order, due)
    if (due, urgent) == (order.next_poll_at, order.urgent):
        return order
    orders.schedule(connection, order.id, due, urgent=urgent)
    return replace(order, next_poll_at=due, urgent=urgent)
