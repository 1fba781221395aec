"""What became of a notice, in the outbox and on the subscription: functions on the writer's connection.

`told_status` is what the chat saw last; it is set here, in the commit that marks a state sent, and made unknown
wherever nobody knows what the chat saw.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.sending import lasting
from bot.store import chats, orders, outbox
from bot.tracking import timing
from bot.tracking.deciding import effective
from bot.tracking.model import TROUBLE_KINDS, Chat, Kind, Notice, NoticeState, Order, Subscription
from bot.words.texts import Text

RELEASED_WAIT = 2.0
FOR_ANYBODY = {Kind.NOTE, Kind.ARCHIVED}  # what is sent though nobody in the chat follows the order
Compare = Callable[[sqlite3.Connection, int, Order], None]
Aside = Callable[[sqlite3.Connection, Notice, Order | None, str], None]  # tells staff why it was set aside


@dataclass(frozen=True, slots=True)
class Load:
    """A claimed notice with all that its words are made of."""

    notice: Notice
    chat: Chat
    order: Order | None
    subscription: Subscription | None


def claim(connection: sqlite3.Connection, number: int, *, now: float) -> Load | None:
    """Take a notice for sending; None if nothing is to be sent any more."""
    notice = outbox.claim(connection, number, now=now)
    if notice is None:
        return None
    load = _load(connection, notice)
    if load is None or _is_outdated(load):
        outbox.finish(connection, number, NoticeState.CLOSED, now=now, reason="outdated")
        return None
    return load


def _load(connection: sqlite3.Connection, notice: Notice) -> Load | None:
    chat = chats.load(connection, notice.chat_id)
    if chat is None or chat.paused is not None:
        return None
    if notice.order is None:
        return Load(notice, chat, None, None)
    order = orders.load_by_id(connection, notice.order)
    subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
    return Load(_as_told(connection, notice), chat, order, subscription)


def _as_told(connection: sqlite3.Connection, notice: Notice) -> Notice:
    """An edit says what its message said, with the links of now: a follow's answer, a move back stay what they were."""
    message_id = notice.payload.get("message_id")
    if notice.kind is not Kind.EDIT or not isinstance(message_id, int):
        return notice
    first = outbox.original(connection, notice.chat_id, message_id)
    return notice if first is None else replace(notice, answer=first.answer, back_from=first.back_from)


def _is_outdated(load: Load) -> bool:
    """The one who followed has stopped; or a state's text has named the trouble meanwhile."""
    notice = load.notice
    if notice.order is None or notice.kind in FOR_ANYBODY:
        return False
    if load.order is None or load.subscription is None:
        return True
    if notice.kind in {Kind.REMINDER, Kind.LATE}:
        return effective(load.order) != notice.status
    if notice.kind in TROUBLE_KINDS and notice.shipment is not None:
        told = load.subscription.told_troubles.get(notice.shipment)
        return told == notice.kind.value
    return False


def mark_sent(
    connection: sqlite3.Connection, load: Load, text: Text, message_id: int | None, *, now: float, compare: Compare
) -> None:
    """The chat has seen it."""
    notice = load.notice
    _finish(connection, notice, NoticeState.SENT, now=now, message_id=message_id)
    if notice.order is None:
        return
    subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
    if subscription is None:
        return  # stopped while it was on the wire
    chats.save_told(connection, _told(subscription, load, text, message_id, now))
    _compare(connection, notice, compare)


def _told(subscription: Subscription, load: Load, text: Text, message_id: int | None, now: float) -> Subscription:
    notice = load.notice
    links = _links_told(load, text)
    troubles = {**subscription.told_troubles, **dict(text.troubles)}
    if notice.kind is Kind.STATE:
        aged = "stale_age" in notice.payload
        return replace(
            subscription,
            told_status=notice.status,
            perhaps_status=None,
            told_message_id=message_id,
            # a GET that was under way while an aged card was sent is the fresh answer that the card lacks
            told_sent_at=float(notice.payload.get("asked_at", now)) if aged else now,
            told_links=links,
            told_aged=aged,
            told_troubles=troubles,
        )
    if notice.kind is Kind.EDIT:
        return replace(subscription, told_links=links, told_aged=False, told_troubles=troubles)
    if notice.kind in TROUBLE_KINDS and notice.shipment is not None:
        troubles[notice.shipment] = notice.kind.value
    return replace(subscription, told_links={**subscription.told_links, **links}, told_troubles=troubles)


def _links_told(load: Load, text: Text) -> dict[str, str]:
    """The links of the text, and those it was to show but left out (too many, not fit): else they are owed for ever."""
    shipments = load.order.shipments if load.order is not None else ()
    meant = {one.key: one.link for one in shipments if one.link and _is_meant(load.notice, one.key)}
    return {**meant, **dict(text.links)}


def _is_meant(notice: Notice, shipment: str) -> bool:
    return notice.kind in {Kind.STATE, Kind.EDIT} or (notice.kind is Kind.LINK and notice.shipment == shipment)


def mark_unknown(
    connection: sqlite3.Connection, load: Load, text: Text, reason: str, *, now: float, compare: Compare
) -> None:
    """Nobody knows whether the chat has seen it: once more, then it is set aside as perhaps told."""
    notice = load.notice
    again = notice.unknowns == 0
    if again:
        # its place among the chat's notices is kept: the pacer leaves the chat alone for RELEASED_WAIT
        _release(connection, replace(notice, unknowns=1), now=now)
    else:
        _finish(connection, notice, NoticeState.ASIDE, now=now, reason=f"perhaps told: {reason}")
    if notice.order is None:
        return
    subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
    if subscription is None:
        return
    if notice.kind is Kind.STATE:
        perhaps = None if again else notice.status
        links = subscription.told_links if again else _links_told(load, text)
        doubtful = replace(
            subscription, told_status=None, perhaps_status=perhaps, told_message_id=None, told_links=links
        )
        chats.save_told(connection, doubtful)
    elif not again:
        chats.save_told(connection, replace(_told(subscription, load, text, None, now), told_aged=False))
    _compare(connection, notice, compare)


def mark_not_sent(connection: sqlite3.Connection, load: Load, *, now: float, compare: Compare) -> None:
    """It certainly did not arrive: again later (the pacer holds the chat until then, so that the order is kept)."""
    notice = load.notice
    _release(connection, replace(notice, attempts=notice.attempts + 1), now=now)
    _compare(connection, notice, compare)


def retry_wait(notice: Notice) -> float:
    """Seconds to leave a chat alone after a call that certainly failed."""
    return timing.backoff(notice.attempts + 1, first=1.0, most=60.0)


def mark_held_up(
    connection: sqlite3.Connection, load: Load, *, until: float | None, whole_bot: bool, now: float, compare: Compare
) -> None:
    """429: not an attempt. `until`: where the pause is long, kept so that it outlives a restart."""
    notice = load.notice
    _release(connection, notice, now=now)
    if until is not None:
        lasting.keep(connection, [(None if whole_bot else notice.chat_id, until)])
    _compare(connection, notice, compare)


def mark_gone(connection: sqlite3.Connection, load: Load, reason: str, *, now: float) -> None:
    """The chat can't be written to: it is paused, and all that waits for it is closed."""
    chat_id = load.notice.chat_id
    _finish(connection, load.notice, NoticeState.CLOSED, now=now, reason=f"gone: {reason}")
    chats.pause(connection, chat_id, reason)
    outbox.close_for_chat(connection, chat_id, reason="gone", now=now)
    for subscription in chats.subscriptions(connection, chat_id):
        if not orders.is_followed(connection, subscription.order):
            orders.schedule(connection, subscription.order, None, urgent=False)


def mark_moved(connection: sqlite3.Connection, load: Load, chat_id: int, *, now: float) -> None:
    """The group has another id now: everything of it moves there, and the message is sent again."""
    notice = load.notice
    chats.move(connection, notice.chat_id, chat_id)
    outbox.release(
        connection, _id(notice), due_at=min(notice.due_at, now), attempts=notice.attempts, unknowns=notice.unknowns
    )


def mark_aside(
    connection: sqlite3.Connection,
    load: Load,
    text: Text | None,
    reason: str,
    *,
    now: float,
    compare: Compare,
    aside: Aside,
) -> None:
    """Telegram refuses the message as it is, or it can't be worded (no text): out of the way, visible to staff."""
    notice = load.notice
    _finish(connection, notice, NoticeState.ASIDE, now=now, reason=reason)
    aside(connection, notice, load.order, reason)
    if notice.order is None:
        return
    subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
    if subscription is None:
        return
    if notice.kind is Kind.STATE:
        # what was told before still stands; this one is not tried again by itself
        chats.save_told(connection, replace(subscription, perhaps_status=notice.status))
    else:
        # as told, or it would be owed for ever
        chats.save_told(connection, _told(subscription, load, text or Text(""), None, now))
    _compare(connection, notice, compare)


def mark_edit_gone(connection: sqlite3.Connection, load: Load, *, now: float, compare: Compare) -> None:
    """The message to edit is gone: what it was to show comes as a message of its own, if it is a link."""
    notice = load.notice
    _finish(connection, notice, NoticeState.CLOSED, now=now, reason="the message to edit is gone")
    if notice.order is None:
        return
    subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
    if subscription is not None:
        chats.save_told(connection, replace(subscription, told_message_id=None, told_aged=False))
        _compare(connection, notice, compare)


def mark_closed(connection: sqlite3.Connection, load: Load, reason: str, *, now: float) -> None:
    """There is nothing left to do about it."""
    _finish(connection, load.notice, NoticeState.CLOSED, now=now, reason=reason)


def release_at_start(connection: sqlite3.Connection, *, now: float, compare: Compare) -> int:
    """What was under way when the last process ended is sent again; what those chats saw is unknown.

    News that came while it was on the wire made no notice of its own, so each is compared with its order again.
    """
    released = outbox.claimed(connection)
    for notice in released:
        _release(connection, replace(notice, due_at=min(notice.due_at, now)), now=now)
        if notice.kind is Kind.STATE and notice.order is not None:
            subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
            if subscription is not None:
                chats.save_told(connection, replace(subscription, told_status=None, perhaps_status=None))
        _compare(connection, notice, compare)
    return len(released)


def _release(connection: sqlite3.Connection, notice: Notice, *, now: float) -> None:
    """Open again, with what the notice says now; closed where who followed has stopped while it was on the wire."""
    order = None if notice.kind in FOR_ANYBODY else notice.order
    if order is not None and chats.subscription_of(connection, notice.chat_id, order) is None:
        _finish(connection, notice, NoticeState.CLOSED, now=now, reason="stopped")
    else:
        outbox.release(
            connection, _id(notice), due_at=notice.due_at, attempts=notice.attempts, unknowns=notice.unknowns
        )


def _finish(
    connection: sqlite3.Connection,
    notice: Notice,
    state: NoticeState,
    *,
    now: float,
    message_id: int | None = None,
    reason: str | None = None,
) -> None:
    outbox.finish(connection, _id(notice), state, now=now, message_id=message_id, reason=reason)


def _compare(connection: sqlite3.Connection, notice: Notice, compare: Compare) -> None:
    if notice.order is None:
        return
    order = orders.load_by_id(connection, notice.order)
    if order is not None:
        compare(connection, notice.chat_id, order)


def _id(notice: Notice) -> int:
    assert notice.id is not None  # noqa: S101 - it comes out of the outbox
    return notice.id
