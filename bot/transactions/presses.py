"""What a press on an order's card writes: nobody but the sender edits a card, so each puts an edit into the outbox."""

import sqlite3

from bot.store import chats, orders
from bot.tracking.card_content import Page
from bot.tracking.model import Subscription
from bot.transactions.cards import is_card_under_way, put_card, put_edit
from bot.transactions.context import DecisionContext


def show_page(
    connection: sqlite3.Connection,
    subscription: Subscription,
    context: DecisionContext,
    *,
    pressed: int,
    page: Page = Page.CARD,
    checked: bool = False,
) -> bool:
    """Show the card as it is now; return False if the chat follows the order no longer.

    `checked`: the API was asked because of the press.
    """
    current = chats.subscription_of(connection, subscription.chat_id, subscription.order)
    if current is None:
        return False
    put_edit(connection, current, context, page=page, pressed=pressed, checked=checked)
    return True


def answer_old_keyboard(
    connection: sqlite3.Connection, subscription: Subscription, context: DecisionContext, *, pressed: int
) -> bool:
    """Answer a press on a message that was not the order's living card; return whether its keyboard is to go.

    It stays while a card of the chat is on the wire: it may be that one's. Where the message is newer than the card
    (it was sent, and nobody learnt so), the person gets a card instead.
    """
    if is_card_under_way(connection, subscription.chat_id):
        return False
    current = chats.subscription_of(connection, subscription.chat_id, subscription.order)
    order = orders.load_by_id(connection, subscription.order)
    if current is None or order is None:
        return True
    living = current.notified_message_id
    if living == pressed:
        return False  # marked since the press was looked at
    if living is None or pressed > living:
        put_card(connection, current, order, context)
    return True
