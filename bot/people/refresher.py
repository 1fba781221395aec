"""Asks the API about a followed order when somebody presses "refresh", but not too often and not for long."""

import asyncio
import logging
from enum import StrEnum
from typing import Protocol

from bot.people.limits import RefreshLimit
from bot.pickpack.errors import PickPackError
from bot.process.clock import Clock
from bot.store import orders
from bot.store.database import Database
from bot.tracking.model import Order, OrderPk
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


class Refresher:
    """Refreshes orders that are followed."""

    def __init__(self, database: Database, clock: Clock, order_lookup: OrderLookup) -> None:
        self._database = database
        self._clock = clock
        self._order_lookup = order_lookup
        self._refresh_limit = RefreshLimit()

    async def refresh(self, order_pk: OrderPk, person: int) -> RefreshOutcome | None:
        """Ask the API, for at most ANSWER_WAIT seconds and not too often; None if the order is gone."""
        order = orders.load_by_id(self._database.reader, order_pk)
        if order is None:
            return None
        if not self._refresh_limit.take(order_pk, self._clock.now(), polled_at=order.polled_at):
            return RefreshOutcome.TOO_SOON
        try:
            async with asyncio.timeout(ANSWER_WAIT):
                await self._order_lookup.look_up(order.order_id, person=person, known=order_pk)
        except (PickPackError, TimeoutError) as error:
            log.debug("Order %s could not be asked for: %s", order.order_id, error or "no answer in time")
            return RefreshOutcome.API_ERROR
        return RefreshOutcome.ASKED
