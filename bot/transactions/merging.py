"""Make one order of two rows that turned out to be one; a chat that followed both is left with one card."""

import sqlite3
from dataclasses import replace

from bot.store import chats, orders
from bot.tracking.card_content import FoldReason
from bot.tracking.model import Order, Subscription
from bot.transactions.cards import put_edit, put_fold
from bot.transactions.context import DecisionContext


def merge_orders(connection: sqlite3.Connection, kept: Order, other: Order, context: DecisionContext) -> Order:
    """Make one row of two; return what is known of the order, under the key of `kept`."""
    assert kept.id is not None and other.id is not None  # noqa: S101 - both are stored
    for gone in chats.subscriptions_to(connection, other.id):
        stays = chats.subscription_of(connection, gone.chat_id, kept.id)
        if stays is not None:
            _keep_newer_card(connection, stays, gone, context)
    return orders.absorb(connection, kept, other)


def _keep_newer_card(
    connection: sqlite3.Connection, stays: Subscription, gone: Subscription, context: DecisionContext
) -> None:
    """Let the newer of two cards be the living one, with what it has told; fold the other."""
    older, newer = sorted((stays, gone), key=lambda one: (one.notified_message_id or 0, one is stays))
    put_fold(connection, replace(older, order=stays.order), context, FoldReason.NEWER)
    if newer is gone:
        kept = replace(gone, id=stays.id, order=stays.order)
        chats.save_notified(connection, kept)
        put_edit(connection, kept, context)  # its buttons are of the subscription that goes
