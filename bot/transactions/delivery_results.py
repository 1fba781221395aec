"""Mark what became of a message: in the outbox, in what its chat was told, and in what its card shows.

Told is set here alone, in the commit that marks a card as sent. The card before it is folded in the same commit: never
before there is a newer one.
"""

import sqlite3
from dataclasses import replace

from bot.store import chats, outbox
from bot.tracking.card_content import FoldReason
from bot.tracking.model import Keep, Kind, Notice, NoticeId, NoticeState, Subscription, Ticks
from bot.transactions import alerting, alerts, chat_state, rate_limits
from bot.transactions.cards import put_edit, put_fold
from bot.transactions.claimed_notice import ClaimedNotice, while_claimed
from bot.transactions.claiming import FOR_ANYBODY
from bot.transactions.context import DecisionContext
from bot.transactions.reconcile import reconcile_chat
from bot.transactions.told import as_if_shown, shown_by_card, shown_by_edit, told_by_card
from bot.words.texts import Text

RELEASED_WAIT = 2.0
MOST_GONE = 3  # attempts after which a chat counts as gone, though somebody writes there all the time


@while_claimed
def mark_sent(
    connection: sqlite3.Connection, claimed: ClaimedNotice, text: Text, message_id: int | None, context: DecisionContext
) -> None:
    """Mark a notice as sent: the chat shows it."""
    notice = claimed.notice
    message_id = None if claimed.moved else message_id
    if notice.kind is Kind.EDIT:
        outbox.drop(connection, _id(notice))
    else:
        _finish(connection, notice, NoticeState.SENT, now=context.now, message_id=message_id)
    alerting.note_sent(connection, notice, message_id, context)
    subscription = _subscription_of(connection, notice)
    if notice.kind is Kind.CARD and claimed.subscription is not None:
        known = subscription or replace(claimed.subscription, chat_id=notice.chat_id)
        card = shown_by_card(known, claimed, message_id, text.fingerprint, context.now)
        _mark_card(connection, subscription, card, context)
        if known.id != claimed.subscription.id:
            put_edit(connection, card, context)  # its buttons are of a subscription that has ended since
        if claimed.content.says_levels:
            chats.note_levels_said(connection, notice.chat_id)
        if claimed.moved and subscription is not None:
            chat_state.put_card_again(connection, card, context)
    elif notice.kind is Kind.EDIT and subscription is not None and subscription.notified_message_id == claimed.target:
        chats.save_notified(connection, shown_by_edit(subscription, claimed, text.fingerprint, context.now))
    _reconcile(connection, notice, context)


def _mark_card(
    connection: sqlite3.Connection, before: Subscription | None, card: Subscription, context: DecisionContext
) -> None:
    """Let the new card be the living one, and fold the one before it; the new one, where nobody follows any more."""
    if before is None:
        put_fold(connection, card, context, FoldReason.STOPPED)
        return
    if before.notified_message_id != card.notified_message_id:
        put_fold(connection, before, context, FoldReason.NEWER)
    chats.save_notified(connection, card)


def _subscription_of(connection: sqlite3.Connection, notice: Notice) -> Subscription | None:
    """Return the subscription as it is now; None for a notice of no order, or if stopped while it was being sent."""
    if notice.order is None:
        return None
    return chats.subscription_of(connection, notice.chat_id, notice.order)


@while_claimed
def mark_unknown(connection: sqlite3.Connection, claimed: ClaimedNotice, reason: str, context: DecisionContext) -> None:
    """Mark a notice whose outcome is unknown: it is sent once more, then it counts as failed and perhaps told.

    Twice is no harm to an edit or a fold: they are made as often as needed. Where a card was perhaps seen, the living
    one stays the one before it.
    """
    notice = claimed.notice
    if claimed.target is not None:
        _release(connection, replace(notice, attempts=notice.attempts + 1), now=context.now)
    elif claimed.moved and notice.kind is Kind.CARD:  # whether it was seen or not: nobody sees it where they are now
        _release(connection, replace(_again_where_moved(connection, claimed), unknown_outcomes=0), now=context.now)
    elif notice.unknown_outcomes == 0:
        # its place among the chat's notices is kept: the pacer leaves the chat alone for RELEASED_WAIT
        _release(connection, replace(_again(notice), unknown_outcomes=1), now=context.now)
    else:
        _finish(connection, notice, NoticeState.FAILED, now=context.now, reason=f"perhaps told: {reason}")
        _save_told(connection, claimed, context)
    _reconcile(connection, notice, context)


def _save_told(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> None:
    """Store that the chat was told what a card says that is not sent again, or it would be pending for ever."""
    subscription = _subscription_of(connection, claimed.notice)
    if claimed.notice.kind is Kind.CARD and subscription is not None:
        chats.save_notified(connection, told_by_card(subscription, claimed, context.now))


def _again(notice: Notice) -> Notice:
    """Return the notice as it is sent again, where it was perhaps seen: a card even if nothing else wants it."""
    return replace(notice, keep=notice.keep | {Keep.AGAIN}) if notice.kind is Kind.CARD else notice


@while_claimed
def mark_not_sent(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> None:
    """Mark a notice that certainly did not arrive: again later (the pacer makes the chat wait till then)."""
    notice = claimed.notice
    _shows_as_before(connection, claimed)
    _release(connection, replace(notice, attempts=notice.attempts + 1), now=context.now)
    _reconcile(connection, notice, context)


def _shows_as_before(connection: sqlite3.Connection, claimed: ClaimedNotice) -> None:
    """Store what the card shows, as it was known before an edit that certainly did not arrive."""
    before, now = claimed.subscription, _subscription_of(connection, claimed.notice)
    if claimed.notice.kind is not Kind.EDIT or before is None or now is None or now.id != before.id:
        return
    if now.notified_message_id == claimed.target:
        chats.save_notified(connection, replace(now, card_hash=before.card_hash))


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
    _shows_as_before(connection, claimed)
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
        _shows_as_before(connection, claimed)
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
    if claimed.target is not None:  # its message is not there
        _finish(connection, notice, NoticeState.CLOSED, now=context.now, reason="moved")
    else:
        again = _again_where_moved(connection, replace(claimed, notice=notice))
        _release(connection, replace(again, due_at=min(notice.due_at, context.now)), now=context.now)
    _reconcile(connection, notice, context)


def _again_where_moved(connection: sqlite3.Connection, claimed: ClaimedNotice) -> Notice:
    """Return the notice as it is sent to what a group has become, where the cards of before can't be edited.

    So a card goes even if nothing else wants it any more, but not where another has been shown since.
    """
    notice = claimed.notice
    if claimed.moved and _is_shown_there(connection, notice):
        return replace(notice, keep=notice.keep - {Keep.AGAIN})
    return _again(notice)


def _is_shown_there(connection: sqlite3.Connection, notice: Notice) -> bool:
    """Return whether the group that has moved has a card of the order by now, or one is on the wire to it."""
    subscription = _subscription_of(connection, notice)
    if subscription is None or subscription.notified_message_id is not None:
        return subscription is not None
    rows = outbox.open_notices(connection, notice.chat_id, subscription.order)
    return any(one.kind is Kind.CARD and one.state is NoticeState.CLAIMED and one.id != notice.id for one in rows)


@while_claimed
def mark_failed(connection: sqlite3.Connection, claimed: ClaimedNotice, reason: str, context: DecisionContext) -> None:
    """Mark a notice that Telegram refuses, or that has no text: it is not sent again, and staff are alerted."""
    notice = claimed.notice
    _finish(connection, notice, NoticeState.FAILED, now=context.now, reason=reason)
    alerts.notice_failed(connection, notice, claimed.order, reason, context)
    _save_told(connection, claimed, context)
    _shows_as_before(connection, claimed)
    subscription = _subscription_of(connection, notice)
    if notice.kind is Kind.EDIT and subscription is not None:
        chats.save_notified(connection, as_if_shown(subscription, claimed))
    _reconcile(connection, notice, context)


@while_claimed
def mark_target_gone(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> None:
    """Mark an edit or a fold whose message is gone: the person has removed the card, so there is none to edit."""
    notice = claimed.notice
    is_edit = notice.kind is Kind.EDIT
    state = NoticeState.CLOSED if is_edit else NoticeState.SENT
    _finish(connection, notice, state, now=context.now, reason="the message is gone")
    subscription = _subscription_of(connection, notice)
    if is_edit and subscription is not None and subscription.notified_message_id == claimed.target:
        chats.save_notified(connection, replace(subscription, notified_message_id=None, sent_stale=False))
    _reconcile(connection, notice, context)


@while_claimed
def mark_closed(connection: sqlite3.Connection, claimed: ClaimedNotice, reason: str, context: DecisionContext) -> None:
    """Close a notice without an outcome."""
    _finish(connection, claimed.notice, NoticeState.CLOSED, now=context.now, reason=reason)


def release_at_start(connection: sqlite3.Connection, context: DecisionContext) -> int:
    """Release what was being sent when the last process ended; what those chats saw is unknown.

    What changed while it was being sent made no row of its own, so each chat is reconciled; return how many.
    """
    released = outbox.claimed(connection)
    for notice in released:
        _release(connection, replace(_again(notice), due_at=min(notice.due_at, context.now)), now=context.now)
        _reconcile(connection, notice, context)
    return len(released)


def _release(connection: sqlite3.Connection, notice: Notice, *, now: Ticks) -> None:
    """Open the notice again; close it where the chat has stopped following, or is gone, since it was claimed."""
    chat = chats.load(connection, notice.chat_id)
    order = None if notice.kind in FOR_ANYBODY else notice.order
    if chat is not None and chat.paused is not None:  # as all is that waits for it; once it is back it is shown anew
        _finish(connection, notice, NoticeState.CLOSED, now=now, reason="gone")
    elif order is not None and chats.subscription_of(connection, notice.chat_id, order) is None:
        _finish(connection, notice, NoticeState.CLOSED, now=now, reason="stopped")
    else:
        outbox.release(connection, notice)


def _finish(
    connection: sqlite3.Connection,
    notice: Notice,
    state: NoticeState,
    *,
    now: Ticks,
    message_id: int | None = None,
    reason: str | None = None,
) -> None:
    outbox.finish(
        connection,
        _id(notice),
        state,
        now=now,
        message_id=message_id,
        reason=reason,
        status=notice.status,
        audible=notice.audible if state is NoticeState.SENT else None,
    )


def _reconcile(connection: sqlite3.Connection, notice: Notice, context: DecisionContext) -> None:
    if notice.order is not None:
        reconcile_chat(connection, notice.chat_id, notice.order, context, events=notice.events)


def _id(notice: Notice) -> NoticeId:
    assert notice.id is not None  # noqa: S101 - it comes out of the outbox
    return notice.id
