"""Claim a notice for sending: read what it is worded from as it is at that moment, or close it."""

import sqlite3
from dataclasses import replace

from bot.store import chats, history, orders, outbox
from bot.tracking.card_content import CardContent, FoldReason, Page
from bot.tracking.card_reasons import card_reasons, with_kept
from bot.tracking.deciding import effective_status
from bot.tracking.hours import is_night
from bot.tracking.lead import Lead
from bot.tracking.model import Kind, Notice, NoticeId, NoticeState, Order, Receipt, Subscription, Wall
from bot.tracking.notifying import kept_reasons
from bot.tracking.statuses import look_up
from bot.transactions import alerting
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.context import DecisionContext
from bot.transactions.receipts import staff_told

FOR_ANYBODY = {Kind.NOTE, Kind.ARCHIVED, Kind.FOLD}  # sent even if the chat no longer follows the order


def claim(
    connection: sqlite3.Connection, notice_id: NoticeId, chat_id: int, context: DecisionContext
) -> ClaimedNotice | None:
    """Take a notice for sending; None if nothing is to be sent any more, or the chat that has its turn has moved."""
    notice = outbox.claim(connection, notice_id, chat_id, now=context.now)
    if notice is None:
        return None
    claimed = _load(connection, notice, context)
    if claimed is None:
        chat = chats.load(connection, notice.chat_id)
        reason = "gone" if chat is not None and chat.paused is not None else "outdated"
        outbox.finish(connection, notice_id, NoticeState.CLOSED, now=context.now, reason=reason)
        return None
    quiet = claimed.chat.quiet_nights and is_night(context.wall, context.store_hours.zone)
    return replace(claimed, notice=replace(claimed.notice, audible=claimed.notice.audible and not quiet))


def _load(connection: sqlite3.Connection, notice: Notice, context: DecisionContext) -> ClaimedNotice | None:
    chat = chats.load(connection, notice.chat_id)
    if chat is None or chat.paused is not None:
        return None
    if notice.kind is Kind.ALERT_EDIT:
        return alerting.load_edit(connection, ClaimedNotice(notice, chat, None, None), context)
    if notice.order is None:
        return ClaimedNotice(notice, chat, None, None)
    order = orders.load_by_id(connection, notice.order)
    subscription = chats.subscription_of(connection, notice.chat_id, notice.order)
    claimed = ClaimedNotice(notice, chat, order, subscription)
    if notice.kind in FOR_ANYBODY:
        return _of_anybody(connection, claimed)
    return None if order is None or subscription is None else _of_follower(connection, claimed, context)


def _of_anybody(connection: sqlite3.Connection, claimed: ClaimedNotice) -> ClaimedNotice | None:
    """Load what a fold or a store's note is made of; a note replies to the card."""
    notice = claimed.notice
    if notice.kind is not Kind.FOLD:
        card = claimed.subscription.notified_message_id if claimed.subscription is not None else None
        payload = {**notice.payload, "reply_to": card} if notice.kind is Kind.NOTE else notice.payload
        return replace(claimed, notice=replace(notice, payload=payload))
    if claimed.order is None or claimed.order.id is None or "message_id" not in notice.payload:
        return None  # without a message id its chat has moved: there the number means another message
    shown_at = Wall(float(notice.payload["shown_at"]))
    steps = history.shown(connection, claimed.order.id, until=shown_at)
    content = CardContent(history=steps, fold=FoldReason(notice.payload["why"]))
    return replace(claimed, content=content, target=int(notice.payload["message_id"]))


def _of_follower(
    connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext
) -> ClaimedNotice | None:
    if claimed.notice.kind is Kind.CARD:
        return _card(connection, claimed, context)
    return _edit(connection, claimed, context) if claimed.notice.kind is Kind.EDIT else claimed


def _card(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> ClaimedNotice | None:
    notice, order, subscription = claimed.notice, *_followed(claimed)
    state = effective_status(order)
    reasons = with_kept(card_reasons(order, subscription, now=context.now), kept_reasons(notice, state))
    if reasons is None:
        return None
    content = replace(
        _content(connection, claimed, context, answers_since=notice.payload.get("asked_at")),
        lead=reasons.lead,
        # a card after which nothing comes doesn't say what will come
        says_levels=claimed.chat.levels_changed and not (state is not None and look_up(state).final),
    )
    return replace(claimed, notice=replace(notice, status=state, audible=reasons.audible), content=content)


def _edit(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> ClaimedNotice | None:
    """Load what an edit shows. From now on nobody knows what the card shows, until it is marked."""
    notice, order, subscription = claimed.notice, *_followed(claimed)
    state, target, payload = effective_status(order), subscription.notified_message_id, notice.payload
    if target is None:
        return None
    on_page = payload.get("pressed") == target and payload.get("page") == Page.MORE.value
    checked_at = context.wall_at(order.confirmed_at) if payload.get("checked") and order.confirmed_at else None
    content = replace(
        _content(
            connection, claimed, context, answers_since=subscription.notified_at if subscription.sent_stale else None
        ),
        lead=subscription.card_lead if subscription.card_status == state else Lead(),
        page=Page.MORE if on_page else Page.CARD,
        checked_at=checked_at,
    )
    chats.save_notified(connection, replace(subscription, card_hash=None))
    return replace(claimed, notice=replace(notice, status=state), content=content, target=target)


def _followed(claimed: ClaimedNotice) -> tuple[Order, Subscription]:
    assert claimed.order is not None and claimed.subscription is not None  # noqa: S101 - see _load
    return claimed.order, claimed.subscription


def _content(
    connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext, *, answers_since: float | None
) -> CardContent:
    """Return what a card shows. `answers_since`: what the API has said before that is old; None: nothing is."""
    order, subscription = _followed(claimed)
    assert order.id is not None  # noqa: S101 - a stored order
    confirmed_at = order.confirmed_at
    is_stale = answers_since is not None and (confirmed_at is None or confirmed_at < answers_since)
    return CardContent(
        history=history.shown(connection, order.id),
        is_stale=is_stale,
        age=context.now - confirmed_at if is_stale and confirmed_at is not None else None,
        promises=context.policy.details_possible,
        staff_told=staff_told(connection, order.id, context.now) if subscription.receipt is Receipt.MISSING else None,
    )
