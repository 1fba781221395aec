"""Use cases of the buttons on an order's card: refresh, turn its pages, answer to "delivered", and old keyboards."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from bot.people.limits import pseudonym
from bot.people.refresher import OrderLookup, Refresher, RefreshOutcome
from bot.process.clock import Clock
from bot.store import outbox
from bot.store.database import Database
from bot.tracking.card_content import Page
from bot.tracking.model import Receipt, Subscription
from bot.transactions import naming, presses, receipts
from bot.transactions.context import ContextSource
from bot.transactions.inbox import settling

T = TypeVar("T")


class CardService:
    """The use cases of a card's buttons. `pressed` is the message that the button is under.

    Each is done once: its commit takes out the update that has brought the press.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        contexts: ContextSource,
        order_lookup: OrderLookup,
        *,
        on_due: Callable[[], None],
        pseudonym_key: bytes = b"",
    ) -> None:
        self._database = database
        self._contexts = contexts
        self._on_due = on_due
        self._pseudonym_key = pseudonym_key
        self._refresher = Refresher(database, clock, order_lookup)

    async def refresh(self, person: int, subscription: Subscription, *, pressed: int) -> RefreshOutcome | None:
        """Ask the API about the order and show what is known; None if the chat follows it no longer."""
        outcome = await self._refresher.refresh(subscription.order, person)
        if outcome is None:
            return None
        checked = outcome is not RefreshOutcome.API_ERROR
        shown = partial(presses.show_page, subscription=subscription, pressed=pressed, checked=checked)
        return outcome if await self._write(partial(shown, context=self._contexts.current())) else None

    async def show_page(self, subscription: Subscription, page: Page, *, pressed: int) -> bool:
        """Show one of the card's pages; return False if the chat follows the order no longer."""
        context = self._contexts.current()
        work = partial(presses.show_page, subscription=subscription, context=context, pressed=pressed, page=page)
        return await self._write(work)

    async def answer_receipt(self, person: int, subscription: Subscription, receipt: Receipt, *, pressed: int) -> bool:
        """Keep what a person answers to "delivered"; return False where that isn't asked any more."""
        work = partial(
            receipts.answer,
            subscription=subscription,
            receipt=receipt,
            context=self._contexts.current(),
            pressed=pressed,
            counted_for=pseudonym(self._pseudonym_key, person),
        )
        return await self._write(work)

    async def ask_name(self, subscription: Subscription) -> bool:
        """Ask what the order is to be called; return False if the chat follows it no longer."""
        return await self._write(partial(naming.ask_name, subscription=subscription, context=self._contexts.current()))

    async def set_name(self, subscription: Subscription, name: str) -> bool:
        """Call the order so, which its card then shows; return False if the chat follows it no longer."""
        context = self._contexts.current()
        return await self._write(partial(naming.set_name, subscription=subscription, name=name, context=context))

    async def answer_old_keyboard(self, subscription: Subscription, *, pressed: int) -> bool:
        """Answer a press on what is not the order's card; return whether the keyboard there is to be taken away."""
        context = self._contexts.current()
        work = partial(presses.answer_old_keyboard, subscription=subscription, context=context, pressed=pressed)
        return await self._write(work)

    def is_about(self, subscription: Subscription, message_id: int) -> bool:
        """Tell whether a message of ours, as far as it is still stored, is about the order of this subscription."""
        named = outbox.order_of_message(self._database.reader, subscription.chat_id, message_id)
        return named is not None and named[0] == subscription.order

    async def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        result = await self._database.write(settling(work))
        self._on_due()
        return result
