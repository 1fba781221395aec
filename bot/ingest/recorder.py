"""Records events about orders: each method is one transaction, followed by a call to `on_due`."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from bot.store import orders
from bot.store.database import Database
from bot.tracking.deciding import Verdict
from bot.tracking.events import NotFound, OrderSnapshot, StatusChanged
from bot.tracking.model import Order, OrderPk, Ticks
from bot.transactions import record
from bot.transactions.context import ContextSource


class EventRecorder:
    """Writes what webhooks and the API say. `on_due` is called after each commit that may have made something due."""

    def __init__(self, database: Database, contexts: ContextSource, *, on_due: Callable[[], None]) -> None:
        self._database = database
        self._contexts = contexts
        self._on_due = on_due

    async def apply_webhook(self, event: StatusChanged) -> Literal["stored", "repeat"]:
        """Record a webhook; return after the commit. Raises StoreError if it could not be stored."""
        work = partial(record.apply_webhook, event=event, context=self._contexts.current())
        decision = await self._database.write(work)
        self._on_due()
        return "repeat" if decision.verdict is Verdict.REPEAT else "stored"

    async def apply_snapshot(
        self, snapshot: OrderSnapshot, *, sent_at: Ticks, known: OrderPk | None = None, asked: str | None = None
    ) -> Order:
        """Record the answer to a GET that was sent at `sent_at`.

        `known`: the row of the order that was asked for; `asked`: its id as it was asked for.
        """
        context = self._contexts.current()
        work = partial(
            record.apply_snapshot, snapshot=snapshot, context=context, sent_at=sent_at, known=known, asked=asked
        )
        decision = await self._database.write(work)
        self._on_due()
        return decision.order

    async def apply_not_found(self, answer: NotFound, *, sent_at: Ticks, known: OrderPk) -> None:
        """Record that a GET of a known order answered that there is none."""
        context = self._contexts.current()
        work = partial(record.apply_not_found, answer=answer, context=context, sent_at=sent_at, known=known)
        await self._database.write(work)
        self._on_due()

    async def take_chains(self) -> None:
        """Take what deferred webhooks say together, where the API has been silent for long enough."""
        context = self._contexts.current()
        if orders.due_chains(self._database.reader, context.now, 1):
            await self._database.write(partial(record.take_chains, context=context))
            self._on_due()

    async def apply_failure(self, known: OrderPk, *, wait: float | None = None) -> None:
        """Record that a GET of a known order failed; `wait`: seconds to leave it alone, if the API named them."""
        context = self._contexts.current()
        await self._database.write(partial(record.apply_failure, context=context, known=known, wait=wait))
        self._on_due()
