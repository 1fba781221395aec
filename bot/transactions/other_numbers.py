"""Have the API asked about an order when a webhook may have named it by another number.

What the webhook says is not told of it: only the API knows whether both numbers are one order.
"""

import sqlite3
from dataclasses import replace

from bot.store import order_cores, orders
from bot.tracking.deciding import CACHE_SECONDS, POLL_SPACING
from bot.tracking.model import Order, Ticks
from bot.tracking.order_numbers import may_be_one
from bot.transactions import accounts
from bot.transactions.context import DecisionContext
from bot.transactions.schedule import schedule_poll

_NOW, _PAST_CACHE = "other-number", "other-number-again"  # reasons for a GET


def wake(connection: sqlite3.Connection, named: Order, context: DecisionContext) -> None:
    """Poll the followed orders whose number may mean the order that a webhook has named."""
    others = order_cores.with_core_of(connection, named)
    ours = accounts.ours(connection, context.account) if others else frozenset()
    for order_pk in others:
        order = orders.load_by_id(connection, order_pk)
        if order is None or not may_be_one(order.order_id, named.order_id):
            continue
        is_its = order.hostname == named.hostname or {order.hostname, named.hostname} <= ours
        if is_its and orders.is_followed(connection, order_pk):
            woken = orders.save(connection, _woken(order, context.now), before=order, now=context.now)
            schedule_poll(connection, woken, context)


def _woken(order: Order, now: Ticks) -> Order:
    """Ask at once, but once in POLL_SPACING, and once more when the API's cache has expired."""
    earliest = max(now, Ticks((order.polled_at or 0.0) + POLL_SPACING))
    at_once = min(earliest, order.extra_polls.get(_NOW, earliest))
    polls = {_NOW: at_once, _PAST_CACHE: Ticks(now + CACHE_SECONDS)}
    return replace(order, extra_polls={**order.extra_polls, **polls})
