"""Schedule the next GET of an order, in every commit that may change when it is due."""

import sqlite3
from dataclasses import replace

from bot.store import awaited_numbers, lookups, orders, outbox
from bot.tracking import timing
from bot.tracking.model import Order, OrderPk
from bot.transactions.context import DecisionContext

LONGEST_WAIT = 3 * timing.DAY


def schedule_poll(connection: sqlite3.Connection, order: Order, context: DecisionContext) -> Order:
    """Schedule the order's next GET as it is now and as it is followed now; return the order with it."""
    assert order.id is not None  # noqa: S101 - only stored orders are scheduled
    scheduled = with_next_poll(order, context, followed=orders.is_followed(connection, order.id))
    if scheduled is not order:
        orders.schedule(connection, order.id, scheduled.next_poll_at, urgent=scheduled.urgent)
    return scheduled


def with_next_poll(order: Order, context: DecisionContext, *, followed: bool) -> Order:
    """Return the order with its next GET; `followed`: by a chat that can be written to."""
    due = timing.next_poll(order, context.poll_intervals, followed=followed, jitter=context.jitter)
    urgent = timing.is_urgent(order, due)
    if (due, urgent) == (order.next_poll_at, order.urgent):
        return order
    return replace(order, next_poll_at=due, urgent=urgent)


def schedule_poll_of(connection: sqlite3.Connection, order_pk: OrderPk, context: DecisionContext) -> None:
    """Schedule the next GET of an order, if it is still stored."""
    order = orders.load_by_id(connection, order_pk)
    if order is not None:
        schedule_poll(connection, order, context)


def clamp_future_due(connection: sqlite3.Connection, now: float) -> None:
    """Bring times forward that are further ahead than the longest wait: the clock has been set back since."""
    orders.clamp_future_due(connection, now, LONGEST_WAIT)
    outbox.clamp_future_due(connection, now, LONGEST_WAIT)
    awaited_numbers.clamp_future_due(connection, now, LONGEST_WAIT, awaited_for=timing.AWAITED_FOR)
    lookups.clamp_future(connection, now)
