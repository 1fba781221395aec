"""A press of "refresh": what is known of an order now, after a polite question to the API."""

import asyncio
import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.people.limits import Refreshes
from bot.pickpack.errors import PickPackError
from bot.process.clock import Clock
from bot.store import orders
from bot.store.database import Database
from bot.tracking.model import Order, Subscription
from bot.tracking.notifying import ANSWER_WAIT

log = logging.getLogger(__name__)


class OrderLookup(Protocol):
    """The poller's questions."""

    @property
    def is_available(self) -> bool:
        """False while waiting for an answer makes no sense."""

    async def look_up(self, order_id: str, *, person: int, known: int | None = None) -> Order | None:
        """Ask for an order when it is this person's turn; None if there is none. Raises PickPackError."""


class RefreshOutcome(StrEnum):
    """How a look went."""

    ASKED = "asked"
    TOO_SOON = "too-soon"  # the API was asked just now: what is known is fresh
    TROUBLE = "trouble"  # it does not answer: what is known may be old


@dataclass(frozen=True, slots=True)
class Look:
    """An order as it is known after the look; `age` in seconds where it may be old."""

    looked: RefreshOutcome
    subscription: Subscription
    order: Order
    age: float | None = None


class Refresher:
    """Looks again at orders that are followed."""

    def __init__(self, database: Database, clock: Clock, order_lookup: OrderLookup) -> None:
        self._database = database
        self._clock = clock
        self._order_lookup = order_lookup
        self._refreshes = Refreshes()

    async def again(self, subscription: Subscription, person: int) -> Look | None:
        """Ask, at most ANSWER_WAIT seconds and not too often; None if the order is gone."""
        order = orders.load_by_id(self._database.reader, subscription.order)
        if order is None:
            return None
        looked = await self._ask(order, person)
        order = orders.load_by_id(self._database.reader, subscription.order) or order
        return Look(looked, subscription, order, self._age(order) if looked is RefreshOutcome.TROUBLE else None)

    async def _ask(self, order: Order, person: int) -> RefreshOutcome:
        assert order.id is not None  # noqa: S101 - a stored order
        if not self._refreshes.take(order.id, self._clock.now(), polled_at=order.polled_at):
            return RefreshOutcome.TOO_SOON
        try:
            async with asyncio.timeout(ANSWER_WAIT):
                await self._order_lookup.look_up(order.order_id, person=person, known=order.id)
        except (PickPackError, TimeoutError) as trouble:
            log.info("Order %s could not be asked for: %s", order.order_id, trouble or "no answer in time")
            return RefreshOutcome.TROUBLE
        return RefreshOutcome.ASKED

    def _age(self, order: Order) -> float | None:
        known_at = max(order.confirmed_at or 0.0, order.webhook_at or 0.0)
        return self._clock.now() - known_at if known_at else None
