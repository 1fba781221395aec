"""Follow an order, wait for a number that is not known yet, or stop; a follow is answered with the order's card."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.store import awaited_numbers, chats, orders, outbox
from bot.store.awaited_numbers import AwaitedNumber
from bot.store.lookups import LookupKind
from bot.tracking import deciding, timing
from bot.tracking.card_content import FoldReason
from bot.tracking.model import Order, Subscription, SubscriptionId
from bot.tracking.statuses import ON_ROUTE
from bot.tracking.visible import trim
from bot.transactions import lookups
from bot.transactions.cards import put_card, put_fold
from bot.transactions.context import DecisionContext
from bot.transactions.schedule import schedule_poll, schedule_poll_of

MOST_AWAITED = 3
LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks, from where: the chat, the person, what Telegram says of them, the message that an answer replies to.

    `hidden`: Telegram does not say which person it is (an anonymous administrator, a channel).
    """

    chat_id: int
    person: int
    kind: str = "private"
    language_code: str | None = None
    thread_id: int | None = None
    message_id: int | None = None
    hidden: bool = False

    @property
    def private(self) -> bool:
        """Return whether this is a chat with one person."""
        return self.kind == "private"


@dataclass(frozen=True, slots=True)
class FollowRequest:
    """Somebody wants to follow the order that a number means.

    `candidates`: the order ids that the number may mean. `verified`: a signed link named the order. `label`: what the
    chat calls it from now on. `counted_for`: the pseudonym of the person whose limits it counts for, or None.
    """

    requester: Requester
    number: str
    candidates: Sequence[str]
    verified: bool = False
    label: str | None = None
    counted_for: str | None = None


class AwaitResult(Enum):
    """The result of `await_number`."""

    KEPT = auto()
    ALREADY = auto()
    TOO_MANY = auto()


def touch(connection: sqlite3.Connection, requester: Requester, context: DecisionContext) -> None:
    """Make the chat known, or renew what Telegram says of it."""
    code = requester.language_code if requester.private else None
    chats.touch(connection, requester.chat_id, kind=requester.kind, language_code=code, now=context.now)
    chats.meet(connection, requester.chat_id)


def follow(
    connection: sqlite3.Connection,
    request: FollowRequest,
    order: Order,
    context: DecisionContext,
    *,
    waits_for_api: bool,
    fresh: bool,
) -> bool:
    """Follow a stored order and put the card that answers. `fresh`: the API has just answered about it.

    False, and nothing is written, where it is one too many that this person learns of today.
    """
    assert order.id is not None  # noqa: S101 - a stored order
    requester = request.requester
    is_new = chats.subscription_of(connection, requester.chat_id, order.id) is None
    if is_new and not lookups.learn(connection, request.counted_for, order.order_id, context):
        return False
    current = orders.load_by_id(connection, order.id) or order
    touch(connection, requester, context)
    for awaited in awaited_numbers.awaiting_order(connection, current.order_id):
        if awaited.chat_id == requester.chat_id:
            awaited_numbers.remove(connection, requester.chat_id, awaited.number)
    awaited_numbers.remove(connection, requester.chat_id, request.number)  # the order may be written otherwise
    subscription = chats.follow(
        connection,
        requester.chat_id,
        order.id,
        level=chats.level_of(connection, requester.chat_id),
        thread_id=requester.thread_id,
        verified=request.verified,
        follower=None if requester.private else requester.person,
        label=_fitting_label(request),
        now=context.now,
    )
    put_card(
        connection,
        subscription,
        current,
        context,
        waits_for_api=waits_for_api,
        fresh=fresh,
        reply_to=requester.message_id,
    )
    schedule_poll(connection, current, context)
    return True


def await_number(
    connection: sqlite3.Connection,
    request: FollowRequest,
    context: DecisionContext,
    *,
    first_wait: float,
    most: int = MOST_AWAITED,
) -> AwaitResult:
    """Wait for a number that the API does not know, or was not asked about; `first_wait`: seconds until it is asked."""
    requester, label = request.requester, _fitting_label(request)
    touch(connection, requester, context)
    awaited = {one.number for one in awaited_numbers.of_chat(connection, requester.chat_id)}
    if request.number in awaited:
        if label is not None:
            awaited_numbers.set_label(connection, requester.chat_id, request.number, label)
        return AwaitResult.ALREADY
    if len(awaited) >= most:
        return AwaitResult.TOO_MANY
    awaited_numbers.add(
        connection,
        AwaitedNumber(
            chat_id=requester.chat_id,
            number=request.number,
            candidates=tuple(request.candidates),
            level=chats.level_of(connection, requester.chat_id),
            thread_id=requester.thread_id,
            verified=request.verified,
            follower=None if requester.private else requester.person,
            label=label,
            counted_for=request.counted_for,
        ),
        next_ask_at=context.now + first_wait,
        ends_at=context.now + timing.AWAITED_FOR,
        now=context.now,
    )
    return AwaitResult.KEPT


def count_miss(
    connection: sqlite3.Connection, request: FollowRequest, kind: LookupKind, context: DecisionContext
) -> None:
    """Count a number that led to no order; all numbers of one message are one miss."""
    person, requester = request.counted_for, request.requester
    if person is not None:
        mark = lookups.message_mark(person, requester.chat_id, requester.message_id)
        lookups.miss(connection, person, kind, mark, context)


def follow_awaited(
    connection: sqlite3.Connection, order: Order, context: DecisionContext, *, asked: str | None = None
) -> bool:
    """Make all chats follow the order that await a number that may mean it, or under which it was `asked` for.

    Where it is one too many that somebody learns of today, their chat goes on waiting. Return whether any follows now.
    """
    assert order.id is not None  # noqa: S101 - a stored order
    follows = False
    for awaited in awaited_numbers.awaiting_order(connection, *{order.order_id, asked or order.order_id}):
        is_new = chats.subscription_of(connection, awaited.chat_id, order.id) is None
        if is_new and not lookups.learn(connection, awaited.counted_for, order.order_id, context):
            ends_at = context.now + timing.AWAITED_FOR
            awaited_numbers.extend(connection, awaited.chat_id, awaited.number, ends_at=ends_at)
            continue
        awaited_numbers.remove(connection, awaited.chat_id, awaited.number)
        subscription = chats.follow(
            connection,
            awaited.chat_id,
            order.id,
            level=awaited.level,
            thread_id=awaited.thread_id,
            verified=awaited.verified,
            follower=awaited.follower,
            label=awaited.label,
            now=context.now,
        )
        chat = chats.load(connection, awaited.chat_id)
        if chat is not None and chat.paused is None:
            # it may await this order under two numbers, or follow it already: one card stands for all
            waits = deciding.effective_status(order) == ON_ROUTE and context.policy.details_possible
            put_card(connection, subscription, order, context, waits_for_api=waits)
        follows = True
    return follows


def stop(
    connection: sqlite3.Connection, context: DecisionContext, *, chat_id: int, subscription_id: SubscriptionId
) -> Order | None:
    """End a subscription of this chat; return the order it was about, or None if it is not this chat's."""
    mine = chats.subscription(connection, subscription_id)
    if mine is None or mine.chat_id != chat_id:
        return None
    order = orders.load_by_id(connection, mine.order)
    _stop(connection, mine, context)
    return order


def stop_all(connection: sqlite3.Connection, context: DecisionContext, *, chat_id: int) -> int:
    """Follow and await nothing any more; return how many there were."""
    followed = chats.subscriptions(connection, chat_id)
    for subscription in followed:
        _stop(connection, subscription, context)
    awaited = awaited_numbers.of_chat(connection, chat_id)
    for one in awaited:
        awaited_numbers.remove(connection, chat_id, one.number)
    return len(followed) + len(awaited)


def _stop(connection: sqlite3.Connection, subscription: Subscription, context: DecisionContext) -> None:
    outbox.close_for_order(connection, subscription.chat_id, subscription.order, reason="stopped", now=context.now)
    put_fold(connection, subscription, context, FoldReason.STOPPED)
    chats.stop(connection, subscription.id)
    schedule_poll_of(connection, subscription.order, context)


def _fitting_label(request: FollowRequest) -> str | None:
    """Return what the order will be called; nothing in a group, where it would tell the others too much."""
    if request.label is None or not request.requester.private:
        return None
    return trim(request.label[:LONGEST_LABEL]) or None
