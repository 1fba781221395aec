"""Record what webhooks and the API say of an order: load it, decide, store it, its history and its notices.

There is no other way in.
"""

import sqlite3
from dataclasses import replace

from bot.store import chats, history, key_value, order_aliases, orders
from bot.tracking import deciding, timing
from bot.tracking.deciding import Decision, Verdict
from bot.tracking.events import NotFound, OrderSnapshot, StatusChanged
from bot.tracking.link_state import is_unreadable
from bot.tracking.model import Order, OrderPk, Ticks
from bot.tracking.statuses import look_up
from bot.transactions import accounts, alerts, other_numbers
from bot.transactions.accounts import HOSTNAME_KEY
from bot.transactions.context import DecisionContext
from bot.transactions.follow import follow_awaited
from bot.transactions.merging import merge_orders
from bot.transactions.reconcile import reconcile_followers
from bot.transactions.schedule import schedule_poll, with_next_poll

CHAINS_AT_ONCE = 50


def apply_webhook(connection: sqlite3.Connection, event: StatusChanged, context: DecisionContext) -> Decision:
    """Record a webhook; the decision's order has its key."""
    before = _named_order(connection, event, context)
    order = before or Order(event.hostname.casefold(), event.order_id)
    decision = deciding.apply_webhook(order, event, now=context.now, wall=context.wall)
    decision = _save(connection, before, decision, context, asked=event.order_id)
    if decision.verdict is not Verdict.REPEAT:
        other_numbers.wake(connection, decision.order, context)
    return decision


def _named_order(connection: sqlite3.Connection, event: StatusChanged, context: DecisionContext) -> Order | None:
    """Return the order that a webhook names by its number, or by one under which the API has answered with it."""
    order = orders.load(connection, event.hostname, event.order_id)
    if order is not None:
        return order
    ours = accounts.ours(connection, context.account)
    order = orders.load(connection, event.hostname, event.order_id, ours=ours)
    alias = order_aliases.find(connection, event.order_id) if order is None else None
    if alias is None:
        return order
    order, account = orders.load_by_id(connection, alias), event.hostname.casefold()
    is_its = order is not None and (order.hostname == account or {order.hostname, account} <= ours)
    return order if is_its else None


def apply_snapshot(
    connection: sqlite3.Connection,
    snapshot: OrderSnapshot,
    context: DecisionContext,
    *,
    sent_at: Ticks,
    known: OrderPk | None = None,
    asked: str | None = None,
) -> Decision:
    """Record the answer to a GET that was sent at `sent_at`.

    `known`: the key of the order that was polled. `asked`: the id that was asked for, which the answer may write
    otherwise.
    """
    accounts.remember(connection, snapshot.hostname)
    before = _answered_order(connection, snapshot, known, context)
    order = before or Order(_hostname(connection, snapshot).casefold(), snapshot.order_id)
    decision = deciding.apply_snapshot(order, snapshot, sent_at=sent_at, now=context.now, wall=context.wall)
    decision = _save(connection, before, decision, context, asked=asked)
    _remember_alias(connection, asked, decision.order)
    return decision


def _hostname(connection: sqlite3.Connection, snapshot: OrderSnapshot) -> str:
    """Return the account of an answer: the token's where it names none."""
    return snapshot.hostname or key_value.get(connection, HOSTNAME_KEY) or ""


def _remember_alias(connection: sqlite3.Connection, number: str | None, order: Order) -> None:
    """Keep the number that the order was asked for under, or had: its webhooks may name it so."""
    if number is not None and order.id is not None and number.casefold() != order.order_id.casefold():
        order_aliases.add(connection, number, order.id)


def _answered_order(
    connection: sqlite3.Connection, snapshot: OrderSnapshot, known: OrderPk | None, context: DecisionContext
) -> Order | None:
    """Return the one row of the order that was answered about, under the id that Pick and Pack writes; None if new.

    Whatever account the answer names, it is the order that was asked for: another row of ours with its number is the
    same order, and goes up in this one.
    """
    ours = accounts.ours(connection, context.account)
    order = orders.load_by_id(connection, known) if known is not None else None
    order = order or orders.load(connection, _hostname(connection, snapshot), snapshot.order_id, ours=ours)
    if order is None:
        return None
    number = order.order_id
    for other in orders.same_number(connection, snapshot.order_id):
        if other.id != order.id and other.hostname in ours | {order.hostname}:
            order = merge_orders(connection, order, other, context)
    if order.order_id != snapshot.order_id:
        order = replace(order, order_id=snapshot.order_id)
        orders.rename(connection, order)
    _remember_alias(connection, number, order)
    return order


def apply_not_found(
    connection: sqlite3.Connection, answer: NotFound, context: DecisionContext, *, sent_at: Ticks, known: OrderPk
) -> None:
    """Record that the API does not know an order that we know. Nobody is notified; nothing waits for details."""
    before = orders.load_by_id(connection, known)
    if before is not None:
        _save(
            connection, before, replace(deciding.apply_not_found(before, answer, sent_at=sent_at), fresh=True), context
        )


def apply_failure(
    connection: sqlite3.Connection, context: DecisionContext, *, known: OrderPk, wait: float | None = None
) -> None:
    """Record that a GET of a known order failed: it backs off, `wait` seconds where the API named them."""
    before = orders.load_by_id(connection, known)
    if before is None:
        return
    failures = before.failures + 1
    pause = wait if wait is not None else timing.backoff(failures, jitter=context.jitter)
    order = replace(before, failures=failures, retry_at=Ticks(context.now + pause))
    _save(connection, before, Decision(Verdict.SAME, order, fresh=True), context)


def take_chains(connection: sqlite3.Connection, context: DecisionContext) -> None:
    """Take the ends of the chains of deferred webhooks that are due: the API has said nothing of these orders since."""
    for order_pk in orders.due_chains(connection, context.now, CHAINS_AT_ONCE):
        before = orders.load_by_id(connection, order_pk)
        decision = deciding.take_chain(before, now=context.now, wall=context.wall) if before is not None else None
        if decision is not None:
            _save(connection, before, decision, context)


def _save(
    connection: sqlite3.Connection,
    before: Order | None,
    decision: Decision,
    context: DecisionContext,
    *,
    asked: str | None = None,
) -> Decision:
    """Store what was decided. `asked`: another number of the order, under which it may be awaited."""
    followers = chats.followers(connection, before.id) if before is not None and before.id is not None else []
    order = with_next_poll(decision.order, context, followed=bool(followers))
    order = orders.save(connection, order, before=before, now=context.now)
    event = history.remember(connection, order, decision.history, wall=context.wall)
    decision = replace(decision, order=order, event=event)
    events = _told_events(connection, before, decision)
    reconcile_followers(connection, followers, order, context, fresh=decision.fresh, events=events)
    # each time: the order may have appeared while the number was being polled, and the number be awaited only since
    if follow_awaited(connection, order, context, asked=asked):
        decision = replace(decision, order=schedule_poll(connection, order, context))
    if order.status is not None and look_up(order.status).rank is None:
        alerts.unknown_status(connection, order, context)
    for shipment in order.shipments:
        if not shipment.closed and is_unreadable(shipment.raw_url):
            alerts.unreadable_link(connection, order, shipment, context)
    return decision


def _told_events(connection: sqlite3.Connection, before: Order | None, decision: Decision) -> list[int]:
    """Return which lines of the history a message tells that this makes: also the webhook that it confirms."""
    if decision.event is None or decision.verdict not in {Verdict.TAKEN, Verdict.SAME}:
        return []
    order = decision.order
    if before is None or before.unconfirmed_at is None or order.id is None or before.status == order.status:
        return [decision.event]
    confirmed = history.unconfirmed(connection, order.id, order.status)
    return [*([confirmed] if confirmed is not None else []), decision.event]
