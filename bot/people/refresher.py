"""Refreshes a followed order when somebody presses "refresh": asks the API, but not too often and not for long."""

import asyncio
import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.people.limits import RefreshLimit
from bot.pickpack.errors import PickPackError
from bot.process.clock import Clock
from bot.store import chats, orders
from bot.store.database import Database
from bot.tracking.model import Order, OrderPk, Subscription
from bot.tracking.notifying import ANSWER_WAIT

log = logging.getLogger(__name__)


class OrderLookup(Protocol):
    """Looks up orders in the API: what these use cases need of the poller."""

    @property
    def is_available(self) -> bool:
        """False while it is pointless to wait for an answer."""

    async def look_up(
        self, order_id: str, *, person: int, known: OrderPk | None = None, first: bool = False
    ) -> Order | None:
        """Look an order up for this person; None if there is none. Raises PickPackError.

        `known`: its row, if known. `first`: before the person's other numbers, as is what is known.
        """


class RefreshOutcome(StrEnum):
    """How a refresh went."""

    ASKED = "asked"
    TOO_SOON = "too-soon"  # the API was asked just now: what is known is fresh
    API_ERROR = "api-error"  # the API does not answer: what is known may be old


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """An order as it is known after the refresh; `age` in seconds where that may be old."""

    outcome: RefreshOutcome
    subscription: Subscription
    order: Order
    age: float | None = None


class Refresher:
    """Refreshes orders that are followed."""

    def __init__(self, database: Database, clock: Clock, order_lookup: OrderLookup) -> None:
        self._database = database
        self._clock = clock
        self._order_lookup = order_lookup
        self._refresh_limit = RefreshLimit()

    async def refresh(self, subscription: Subscription, person: int) -> RefreshResult | None:
        """Ask the API, for at most ANSWER_WAIT seconds and not too often; None if the order is gone."""
        order = orders.load_by_id(self._database.reader, subscription.order)
        if order is None:
            return None
        outcome = await self._ask(order, person)
        order = orders.load_by_id(self._database.reader, subscription.order) or order
        return self._result(outcome, subscription, order)

    def reread(self, result: RefreshResult) -> RefreshResult | None:
        """Return what is known now, some time after a refresh; None if the chat follows the order no longer."""
        reader, before = self._database.reader, result.subscription
        # by chat and order: another chat's subscription may have got the number of one that has ended
        subscription = chats.subscription_of(reader, before.chat_id, before.order)
        order = orders.load_by_id(reader, before.order)
        if subscription is None or order is None:
            return None
        return self._result(result.outcome, subscription, order)

    def _result(self, outcome: RefreshOutcome, subscription: Subscription, order: Order) -> RefreshResult:
        # an answer that was not taken (out of a cache, "not found") makes nothing fresher
        fresh = outcome is not RefreshOutcome.API_ERROR and order.confirmed_at == order.polled_at
        return RefreshResult(outcome, subscription, order, None if fresh else self._age(order))

    async def _ask(self, order: Order, person: int) -> RefreshOutcome:
        assert order.id is not None  # noqa: S101 - a stored order
        if not self._refresh_limit.take(order.id, self._clock.now(), polled_at=order.polled_at):
            return RefreshOutcome.TOO_SOON
        try:
            async with asyncio.timeout(ANSWER_WAIT):
                await self._order_lookup.look_up(order.order_id, person=person, known=order.id)
        except (PickPackError, TimeoutError) as error:
            log.info("Order %s could not be asked for: %s", order.order_id, error or "no answer in time")
            return RefreshOutcome.API_ERROR
        return RefreshOutcome.ASKED

    def _age(self, order: Order) -> float | None:
        return self._clock.now() - order.confirmed_at if order.confirmed_at is not None else None
