"""Ask somebody what an order is to be called, and call it so."""

import sqlite3
import unicodedata
from dataclasses import replace

from bot.store import chats, orders, outbox
from bot.tracking.model import Kind, Notice, Priority, Subscription
from bot.tracking.visible import trim
from bot.transactions.cards import put_card, put_edit
from bot.transactions.context import DecisionContext
from bot.transactions.follow import LONGEST_LABEL


def ask_name(connection: sqlite3.Connection, subscription: Subscription, context: DecisionContext) -> bool:
    """Put the question for a name, once until it is sent; return False if the chat follows the order no longer."""
    current = chats.subscription_of(connection, subscription.chat_id, subscription.order)
    if current is None:
        return False
    waiting = outbox.open_notices(connection, current.chat_id, current.order)
    if all(one.kind is not Kind.NAME for one in waiting):
        outbox.put(connection, [_question(current, context)])
    return True


def _question(subscription: Subscription, context: DecisionContext) -> Notice:
    return Notice(
        chat_id=subscription.chat_id,
        kind=Kind.NAME,
        due_at=context.now,
        order=subscription.order,
        audible=True,
        priority=Priority.ANSWER,
        thread_id=subscription.thread_id,
        payload={"reply_to": subscription.notified_message_id},
        made_at=context.now,
    )


def set_name(connection: sqlite3.Connection, subscription: Subscription, name: str, context: DecisionContext) -> bool:
    """Call the order so and show it on its card; return False if the chat follows the order no longer."""
    current = chats.subscription_of(connection, subscription.chat_id, subscription.order)
    order = orders.load_by_id(connection, subscription.order)
    if current is None or order is None:
        return False
    chats.set_label(connection, current.id, name)
    if current.notified_message_id is None:
        put_card(connection, replace(current, label=name), order, context)
    else:
        put_edit(connection, current, context)
    return True


def fitting_name(text: str) -> str | None:
    """Return what an order can be called of what somebody has answered; None where that is no name."""
    name = trim(" ".join(text.split())[:LONGEST_LABEL])
    return name if any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in name) else None
