"""Change a chat as a whole: make it known, pause it, set its level, delete all that is stored about it."""

import sqlite3
from dataclasses import replace

from bot.store import chats, orders, outbox
from bot.tracking.deciding import effective_status
from bot.tracking.model import Chat, Keep, Level, Subscription
from bot.tracking.statuses import Stage, look_up
from bot.transactions.cards import is_card_waiting, put_card, put_edit, put_kept
from bot.transactions.context import DecisionContext
from bot.transactions.follow import Requester, touch
from bot.transactions.reconcile import reconcile_chat
from bot.transactions.schedule import schedule_poll, schedule_poll_of


def meet(connection: sqlite3.Connection, requester: Requester, context: DecisionContext) -> Chat:
    """Make the chat known; if it was paused, write to it again and show each order that it follows."""
    touch(connection, requester, context)
    if chats.resume(connection, requester.chat_id):
        _show_all(connection, requester.chat_id, context)
    chat = chats.load(connection, requester.chat_id)
    assert chat is not None  # noqa: S101 - made known above
    return chat


def pause(
    connection: sqlite3.Connection, context: DecisionContext, *, chat_id: int, reason: str, met: int | None = None
) -> None:
    """Stop writing to the chat: it has blocked the bot, removed it, or is gone.

    `met`: what a call that says so knew of the chat; nothing happens if somebody has written there since it was begun.
    """
    chat = chats.load(connection, chat_id)
    if chat is None or (met is not None and chat.met != met):
        return
    chats.pause(connection, chat_id, reason)
    outbox.close_for_chat(connection, chat_id, reason="gone", now=context.now)
    for subscription in chats.subscriptions(connection, chat_id):
        if not orders.is_followed(connection, subscription.order):
            orders.schedule(connection, subscription.order, None, urgent=False)


def move(connection: sqlite3.Connection, context: DecisionContext, *, old: int, new: int) -> None:
    """Move everything of a group to the supergroup that it became; where the old one couldn't be written to, show it.

    That a group has moved is newer than that its old id was gone.
    """
    known = chats.load(connection, old)
    chats.move(connection, old, new)
    if known is not None and known.paused is not None and chats.resume(connection, new):
        _show_all(connection, new, context)
    else:
        _tell_again(connection, new, context)


def _tell_again(connection: sqlite3.Connection, chat_id: int, context: DecisionContext) -> None:
    """Put a card for each order of a group that has moved; where some wait to be sent, one is left."""
    for subscription in chats.subscriptions(connection, chat_id):
        if is_card_waiting(connection, chat_id, subscription.order):
            reconcile_chat(connection, chat_id, subscription.order, context)
        else:
            put_card_again(connection, subscription, context)


def put_card_again(connection: sqlite3.Connection, subscription: Subscription, context: DecisionContext) -> None:
    """Put a silent card for an active order whose card was left in the group of before: it can't be edited there."""
    order = orders.load_by_id(connection, subscription.order)
    state = effective_status(order) if order is not None else None
    is_active = state is not None and not look_up(state).final
    if is_active and subscription.notified_message_id is None:
        put_kept(connection, subscription, context, Keep.AGAIN)


def set_language(
    connection: sqlite3.Connection, context: DecisionContext, *, chat_id: int, language: str | None
) -> None:
    """Set the language of a chat, in which its cards are from now on; None to go by Telegram's."""
    chats.set_language(connection, chat_id, language)
    for subscription in chats.subscriptions(connection, chat_id):
        put_edit(connection, subscription, context)


def set_level(connection: sqlite3.Connection, context: DecisionContext, *, chat_id: int, level: Level) -> None:
    """Set the level of all that the chat follows and will follow: that tells nothing by itself.

    A status that nobody knows takes back nothing that was told, so that stays what was told.
    """
    chats.set_level(connection, chat_id, level)
    for subscription in chats.subscriptions(connection, chat_id):
        order = orders.load_by_id(connection, subscription.order)
        state = effective_status(order) if order is not None else None
        is_known = state is not None and look_up(state).stage is not Stage.UNKNOWN
        is_told = subscription.notified_status is not None and is_known
        if is_told and not is_card_waiting(connection, chat_id, subscription.order):
            chats.save_notified(connection, replace(subscription, notified_status=state))
        reconcile_chat(connection, chat_id, subscription.order, context)


def forget(connection: sqlite3.Connection, context: DecisionContext, *, chat_id: int, until: int | None = None) -> None:
    """Delete everything about the chat, what waits to be sent included; of its updates those up to `until`."""
    followed = chats.subscriptions(connection, chat_id)
    chats.forget(connection, chat_id, until=until)
    for subscription in followed:
        schedule_poll_of(connection, subscription.order, context)


def _show_all(connection: sqlite3.Connection, chat_id: int, context: DecisionContext) -> None:
    """Put one card for each order that the chat follows: what it saw last may be long out of date."""
    outbox.open_folds_again(connection, chat_id, now=context.now)
    for subscription in chats.subscriptions(connection, chat_id):
        order = orders.load_by_id(connection, subscription.order)
        if order is not None and order.status is not None:
            put_card(connection, subscription, order, context)
            schedule_poll(connection, order, context)
