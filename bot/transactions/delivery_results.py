"""Claim a notice for sending, and mark the result: in the outbox, and in what its chat was notified of.

`notified_status` is what the chat saw last. It is set here, in the commit that marks a state as sent, and set to None
where nobody knows what the chat saw.
"""

import sqlite3
from dataclasses import replace

from bot.store import chats, orders, outbox
from bot.tracking.deciding import effective_status
from bot.tracking.link_state import held_links
from bot.tracking.model import PARCEL_KINDS, Kind, Notice, NoticeId, NoticeState, Subscription, Ticks
from bot.tracking.parcel_news import is_true
from bot.transactions import alerts, chat_state, rate_limits
from bot.transactions.claimed_notice import ClaimedNotice, while_claimed
from bot.transactions.context import DecisionContext
from bot.transactions.notified import notified, notified_links, shown_ends
from bot.transactions.reconcile import reconcile_chat
from bot.words.texts import Text

RELEASED_WAIT = 2.0
MOST_GONE = 3  # attempts after which a chat counts as gone, though somebody writes there all the time
FOR_ANYBODY = {Kind.NOTE, Kind.ARCHIVED}  # sent even if the chat no longer follows the order


def claim(connection: sqlite3.Connection, notice_id: NoticeId, context: DecisionContext) -> ClaimedNotice | None:
    """Take a notice for sending; None if nothing is to be sent any more."""
    notice = outbox.claim(connection, notice_id, now=context.now)
    if notice is None:
        return None
    claimed = _load(connection, notice)
    if claimed is None or _is_outdated(claimed):
        outbox.finish(connection, notice_id, NoticeState.CLOSED, now=context.now, reason="outdated")
        if claimed is not None:
            _note_perhaps_seen(connection, claimed, context)
        return None
    return claimed if context.policy.details_possible else _without_promises(claimed)


def _load(connection: sqlite3.Connection, notice: Notice) -> ClaimedNotice | None:
    chat = chats.load(connection, notice.chat_id)
    if chat is None or chat.paused is not None:
        return None
    if notice.order is None:
        return ClaimedNotice(notice, chat, None, None)
    order = orders.load_by_id(connection, notice.order)
    subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
    return ClaimedNotice(_as_sent(connection, notice), chat, order, subscription)


def _as_sent(connection: sqlite3.Connection, notice: Notice) -> Notice:
    """Give an edit what its message said: a reply to a follow stays one, and so does a move back."""
    message_id = notice.payload.get("message_id")
    if notice.kind is not Kind.EDIT or not isinstance(message_id, int):
        return notice
    first = outbox.original(connection, notice.chat_id, message_id)
    return notice if first is None else replace(notice, is_reply=first.is_reply, reverted_from=first.reverted_from)


def _is_outdated(claimed: ClaimedNotice) -> bool:
    """Return whether the chat has stopped following, or has been told this since in another message."""
    notice = claimed.notice
    if notice.order is None or notice.kind in FOR_ANYBODY:
        return False
    if claimed.order is None or claimed.subscription is None:
        return True
    if notice.kind in {Kind.REMINDER, Kind.LATE}:
        return effective_status(claimed.order) != notice.status
    if notice.kind is Kind.LINK:
        return notice.shipment not in held_links(claimed.order)
    return notice.kind in PARCEL_KINDS and not is_true(claimed.order, claimed.subscription, notice)


def _note_perhaps_seen(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> None:
    """Note that the chat was told what no longer holds, where nobody knows whether it arrived."""
    notice, subscription = claimed.notice, claimed.subscription
    if notice.kind in PARCEL_KINDS and notice.unknown_outcomes and subscription is not None:
        chats.save_notified(connection, notified(subscription, claimed, Text(""), None, context.now))
        _reconcile(connection, notice, context)


def _without_promises(claimed: ClaimedNotice) -> ClaimedNotice:
    """Promise nothing that only the API can bring, while it can't be asked."""
    payload = {**claimed.notice.payload, "api_unusable": True}
    return replace(claimed, notice=replace(claimed.notice, payload=payload))


@while_claimed
def mark_sent(
    connection: sqlite3.Connection, claimed: ClaimedNotice, text: Text, message_id: int | None, context: DecisionContext
) -> None:
    """Mark a notice as sent: the chat has seen it."""
    notice = claimed.notice
    message_id = None if claimed.moved else message_id
    _finish(connection, notice, NoticeState.SENT, now=context.now, message_id=message_id)
    subscription = _subscription_of(connection, notice)
    if subscription is None:
        return
    chats.save_notified(connection, notified(subscription, claimed, text, message_id, context.now))
    _reconcile(connection, notice, context)


def _subscription_of(connection: sqlite3.Connection, notice: Notice) -> Subscription | None:
    """Return the subscription as it is now; None for a notice of no order, or if stopped while it was being sent."""
    if notice.order is None:
        return None
    return chats.subscription_of(connection, notice.chat_id, notice.order)


@while_claimed
def mark_unknown(
    connection: sqlite3.Connection, claimed: ClaimedNotice, text: Text, reason: str, context: DecisionContext
) -> None:
    """Mark a notice whose outcome is unknown: it is sent once more, then it counts as failed and perhaps told."""
    notice = claimed.notice
    again = notice.unknown_outcomes == 0
    if again:
        # its place among the chat's notices is kept: the pacer leaves the chat alone for RELEASED_WAIT
        _release(connection, replace(notice, unknown_outcomes=1), now=context.now)
    else:
        _finish(connection, notice, NoticeState.FAILED, now=context.now, reason=f"perhaps told: {reason}")
    subscription = _subscription_of(connection, notice)
    if subscription is None:
        return
    if notice.kind is Kind.STATE:
        doubtful = replace(subscription, notified_status=None, maybe_notified_status=None, notified_message_id=None)
        if not again:
            doubtful = replace(
                doubtful,
                maybe_notified_status=notice.status,
                notified_links=notified_links(claimed, text),
                notified_parcels=shown_ends(subscription, claimed),
            )
        chats.save_notified(connection, doubtful)
    elif not again:
        chats.save_notified(
            connection, replace(notified(subscription, claimed, text, None, context.now), sent_stale=False)
        )
    _reconcile(connection, notice, context)


@while_claimed
def mark_not_sent(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> None:
    """Mark a notice that certainly did not arrive: again later (the pacer makes the chat wait till then)."""
    notice = claimed.notice
    _release(connection, replace(notice, attempts=notice.attempts + 1), now=context.now)
    _reconcile(connection, notice, context)


@while_claimed
def mark_rate_limited(
    connection: sqlite3.Connection,
    claimed: ClaimedNotice,
    context: DecisionContext,
    *,
    until: float | None,
) -> None:
    """Release a notice after a 429, which is no attempt. `until`: the end of a long pause, stored for a restart."""
    notice = claimed.notice
    _release(connection, notice, now=context.now)
    if until is not None:
        rate_limits.keep(connection, [(notice.chat_id, until)])
    _reconcile(connection, notice, context)


@while_claimed
def mark_gone(connection: sqlite3.Connection, claimed: ClaimedNotice, reason: str, context: DecisionContext) -> None:
    """Pause a chat that can't be written to, and close all that waits for it.

    Not where it has moved, or somebody has written there since the call was begun: then it is tried again.
    """
    notice = claimed.notice
    if claimed.moved or (_met_since(connection, claimed) and notice.attempts < MOST_GONE):
        again = replace(notice, attempts=notice.attempts + 1, due_at=Ticks(context.now + RELEASED_WAIT))
        _release(connection, again, now=context.now)
        _reconcile(connection, notice, context)
        return
    _finish(connection, notice, NoticeState.CLOSED, now=context.now, reason=f"gone: {reason}")
    chat_state.pause(connection, context, chat_id=notice.chat_id, reason=reason)


def _met_since(connection: sqlite3.Connection, claimed: ClaimedNotice) -> bool:
    chat = chats.load(connection, claimed.notice.chat_id)
    return chat is not None and chat.met != claimed.chat.met


@while_claimed
def mark_moved(connection: sqlite3.Connection, claimed: ClaimedNotice, chat_id: int, context: DecisionContext) -> None:
    """Move everything of a group to its new id, unless it has moved already; release the notice to be sent again."""
    notice = claimed.notice
    if not claimed.moved:
        chat_state.move(connection, context, old=notice.chat_id, new=chat_id)
        notice = replace(notice, chat_id=chat_id)
    if notice.kind is Kind.EDIT:  # its message is not there
        _close_edit(connection, notice, "moved", context)
        return
    outbox.release(
        connection,
        _id(notice),
        due_at=min(notice.due_at, context.now),
        attempts=notice.attempts,
        unknown_outcomes=notice.unknown_outcomes,
    )


@while_claimed
def mark_failed(
    connection: sqlite3.Connection, claimed: ClaimedNotice, text: Text | None, reason: str, context: DecisionContext
) -> None:
    """Mark a notice that Telegram refuses, or that has no text: it is not sent again, and staff are alerted."""
    notice = claimed.notice
    _finish(connection, notice, NoticeState.FAILED, now=context.now, reason=reason)
    alerts.notice_failed(connection, notice, claimed.order, reason, context)
    subscription = _subscription_of(connection, notice)
    if subscription is None:
        return
    if notice.kind is Kind.STATE:
        # notified_status stays; this status is not sent again by itself, nor what the card would have shown
        ends = shown_ends(subscription, claimed)
        refused = replace(subscription, maybe_notified_status=notice.status, notified_parcels=ends)
        chats.save_notified(connection, refused)
    else:
        # as if it were sent, or it would be pending for ever
        chats.save_notified(connection, notified(subscription, claimed, text or Text(""), None, context.now))
    _reconcile(connection, notice, context)


@while_claimed
def mark_edit_gone(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> None:
    """Close an edit whose message is gone: a link that it was to show is sent as a message of its own."""
    _close_edit(connection, claimed.notice, "the message to edit is gone", context)


def _close_edit(connection: sqlite3.Connection, notice: Notice, reason: str, context: DecisionContext) -> None:
    _finish(connection, notice, NoticeState.CLOSED, now=context.now, reason=reason)
    subscription = _subscription_of(connection, notice)
    if subscription is not None:
        chats.save_notified(connection, replace(subscription, notified_message_id=None, sent_stale=False))
        _reconcile(connection, notice, context)


@while_claimed
def mark_closed(connection: sqlite3.Connection, claimed: ClaimedNotice, reason: str, context: DecisionContext) -> None:
    """Close a notice without an outcome."""
    _finish(connection, claimed.notice, NoticeState.CLOSED, now=context.now, reason=reason)


def release_at_start(connection: sqlite3.Connection, context: DecisionContext) -> int:
    """Release what was being sent when the last process ended; what those chats saw is unknown.

    What changed while it was being sent made no notice of its own, so each chat is reconciled; return how many.
    """
    released = outbox.claimed(connection)
    for notice in released:
        # of a package the chat was perhaps told: it is told again if it holds, and told the end of it if it doesn't
        unknown = max(1, notice.unknown_outcomes) if notice.kind in PARCEL_KINDS else notice.unknown_outcomes
        again = replace(notice, due_at=min(notice.due_at, context.now), unknown_outcomes=unknown)
        _release(connection, again, now=context.now)
        if notice.kind is Kind.STATE and notice.order is not None:
            subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
            if subscription is not None:
                chats.save_notified(connection, replace(subscription, notified_status=None, maybe_notified_status=None))
        _reconcile(connection, notice, context)
    return len(released)


def _release(connection: sqlite3.Connection, notice: Notice, *, now: Ticks) -> None:
    """Open the notice again; close it where the chat has stopped following while it was being sent."""
    order = None if notice.kind in FOR_ANYBODY else notice.order
    if order is not None and chats.subscription_of(connection, notice.chat_id, order) is None:
        _finish(connection, notice, NoticeState.CLOSED, now=now, reason="stopped")
    else:
        attempts, unknown = notice.attempts, notice.unknown_outcomes
        outbox.release(connection, _id(notice), due_at=notice.due_at, attempts=attempts, unknown_outcomes=unknown)


def _finish(
    connection: sqlite3.Connection,
    notice: Notice,
    state: NoticeState,
    *,
    now: Ticks,
    message_id: int | None = None,
    reason: str | None = None,
) -> None:
    outbox.finish(connection, _id(notice), state, now=now, message_id=message_id, reason=reason)


def _reconcile(connection: sqlite3.Connection, notice: Notice, context: DecisionContext) -> None:
    if notice.order is not None:
        reconcile_chat(connection, notice.chat_id, notice.order, context)


def _id(notice: Notice) -> NoticeId:
    assert notice.id is not None  # noqa: S101 - it comes out of the outbox
    return notice.id
