"""Records events about orders: each method is one transaction, followed by a call to `on_due`."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Literal

from bot.store import orders
from bot.store.database import Database
from bot.tracking.deciding import Decision, Verdict
from bot.tracking.events import NotFound, OrderSnapshot, StatusChanged
from bot.tracking.model import Order, OrderPk, Ticks
from bot.transactions import record
from bot.transactions.context import ContextSource

log = logging.getLogger(__name__)


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
        return _log_webhook(event, decision)

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
        _log_answer(decision)
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


def _log_webhook(event: StatusChanged, decision: Decision) -> Literal["stored", "repeat"]:
    """Log a webhook that was taken, in one line that its order and its event find, and return what it is answered."""
    is_repeat = decision.verdict is Verdict.REPEAT
    result: Literal["stored", "repeat"] = "repeat" if is_repeat else "stored"
    log.log(
        logging.DEBUG if is_repeat else logging.INFO,
        "Webhook: order %s, %s → %s, %s (%s), event %s",
        event.order_id, event.old or "?", event.new, result, decision.verdict, decision.event,
        extra={
            "fields": {
                "order": event.order_id, "old": event.old, "new": event.new,
                "result": result, "verdict": decision.verdict, "event": decision.event,
            }
        },
    )  # fmt: skip
    return result


def _log_answer(decision: Decision) -> None:
    """Log an answer of the API that brought news, as webhooks are."""
    if decision.verdict not in {Verdict.TAKEN, Verdict.SAME} or decision.event is None:
        return
    order = decision.order
    log.info(
        "Answer: order %s is %s, event %s",
        order.order_id, order.status, decision.event,
        extra={"fields": {"order": order.order_id, "new": order.status, "event": decision.event}},
    )  # fmt: skip
