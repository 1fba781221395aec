"""The one caller of the API: orders that are due, urgent questions, a person's question; one GET for all who ask.

A scheduler only wakes it. What it learns is recorded like a webhook.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from bot.ingest.call_queue import CallQueue, CallReason, Claimant
from bot.ingest.recorder import EventRecorder
from bot.pickpack.errors import (
    AuthenticationError,
    MalformedResponseError,
    PickPackError,
    RateLimitError,
    UnreachableError,
)
from bot.pickpack.health import ApiHealth, Breaker
from bot.process.chance import jitter
from bot.process.clock import Clock
from bot.store import awaited_numbers, orders
from bot.store.database import Database
from bot.store.errors import InvalidValueError, StoreError
from bot.tracking import timing
from bot.tracking.model import NotFound, Order, OrderPk, OrderSnapshot, Ticks

log = logging.getLogger(__name__)

SWEEP_LIMIT = 200
STORE_REST = 10.0  # how long nothing is asked of itself where an answer could not be stored: it would stay due


class Client(Protocol):
    """What the poller needs of the Pick and Pack client."""

    async def fetch_order(self, order_id: str) -> OrderSnapshot | NotFound:
        """One GET; raises PickPackError."""


class Poller:
    """Asks, woken by `due`. `changed` is told the API's health, at first and when it changes.

    `measured` gets each call's API_RESULTS and seconds.
    """

    def __init__(
        self,
        client: Client,
        database: Database,
        recorder: EventRecorder,
        clock: Clock,
        breaker: Breaker,
        *,
        rate: float,
        due: asyncio.Event,
        changed: Callable[[ApiHealth], Awaitable[None]] | None = None,
        measured: Callable[[str, float], None] = lambda _result, _seconds: None,
        chance: Callable[[], float] = jitter,
    ) -> None:
        self._client = client
        self._database = database
        self._recorder = recorder
        self._clock = clock
        self._changed = changed
        self._measured = measured
        self._chance = chance
        self._queue = CallQueue(clock, rate=rate)
        self._breaker = breaker
        self._health_told: ApiHealth | None = None
        self._under_way: dict[str, asyncio.Task[Order | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._polled: set[str] = set()
        self._rests_until = 0.0
        self._due = due

    @property
    def can_ask(self) -> bool:
        """False while waiting for an answer makes no sense: breaker open, key refused."""
        return self._breaker.is_closed

    async def ask(self, order_id: str, *, person: int, known: OrderPk | None = None) -> Order | None:
        """Ask for an order when it is this person's turn; None if there is none. Raises PickPackError."""
        return await self._ask(order_id, Claimant(CallReason.PERSON, person), known)

    async def _ask(self, order_id: str, claimant: Claimant, known: OrderPk | None = None) -> Order | None:
        """Share a GET that is under way, or is waiting for its turn."""
        task = self._under_way.get(order_id)
        if task is not None:
            self._queue.expedite(order_id, claimant)
        else:
            if not self._breaker.allows(self._clock.now()):
                raise UnreachableError("Pick and Pack does not answer at the moment")
            trial = self._breaker.trial_under_way = not self.can_ask
            task = asyncio.create_task(self._get(order_id, known, claimant, trial=trial), name="get")
            self._under_way[order_id] = task
            task.add_done_callback(partial(self._got, order_id, trial))
        # shielded: one who stops waiting does not end it for the others
        return await asyncio.shield(task)

    async def run(self) -> None:
        """Sweep what is due whenever something wakes it, until cancelled; GETs under way are ended with it."""
        try:
            while True:
                await self._due.wait()
                self._due.clear()
                try:
                    await self._sweep()
                except StoreError as error:
                    log.warning("Could not look for due orders: %s", error)
        finally:
            for task in [*self._tasks, *self._under_way.values()]:
                task.cancel()

    async def _sweep(self) -> None:
        now = self._clock.now()
        if now < self._rests_until or not self._breaker.allows(now):
            return
        room = SWEEP_LIMIT if self.can_ask else 1
        reader = self._database.reader
        for urgent in (True, False):
            for row, _hostname, order_id in orders.due(reader, now, urgent=urgent, limit=room):
                reason = CallReason.URGENT if urgent else CallReason.ROUTINE
                self._start(order_id, partial(self._poll, order_id, row, reason))
        if self.can_ask or not self._polled:  # the one call that is let through may be for an awaited number
            for candidate, asked in awaited_numbers.due(reader, now, room):
                self._start(candidate, partial(self._poll_awaited, candidate, asked))

    def _start(self, order_id: str, work: Callable[[], Awaitable[None]]) -> None:
        if order_id in self._polled:
            return
        self._polled.add(order_id)
        task = asyncio.create_task(self._guarded(order_id, work), name="poll")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, order_id: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except StoreError as error:
            self._rests_until = self._clock.now() + STORE_REST
            log.warning("Could not record what Pick and Pack says of order %s: %s", order_id, error)
        finally:
            self._polled.discard(order_id)

    async def _poll(self, order_id: str, row: OrderPk, reason: CallReason) -> None:
        try:
            await self._ask(order_id, Claimant(reason), row)
        except PickPackError as trouble:
            log.info("Order %s could not be asked for: %s", order_id, trouble)
        except InvalidValueError as error:  # this order's trouble: it backs off, the round goes on
            log.warning("What Pick and Pack says of order %s is not taken: %s", order_id, error)
            await self._recorder.apply_failure(row)

    async def _poll_awaited(self, candidate: str, asked: int) -> None:
        wait = timing.next_awaited(asked + 1, self._chance())
        try:
            await self._ask(candidate, Claimant(CallReason.ROUTINE))
        except PickPackError as trouble:
            log.info("Awaited number %s could not be asked for: %s", candidate, trouble)
            wait = timing.AWAITED_WAITS[0]
        next_at = self._clock.now() + wait
        await self._database.write(partial(awaited_numbers.mark_polled, candidate=candidate, next_ask_at=next_at))

    def _got(self, order_id: str, trial: bool, task: asyncio.Task[Order | None]) -> None:
        self._under_way.pop(order_id, None)
        if trial:
            self._breaker.trial_under_way = False  # here, whatever it ended with, or nobody would ever be asked again
        if not task.cancelled():
            task.exception()  # those who wait have seen it; nobody may be left

    async def _get(self, order_id: str, known: OrderPk | None, claimant: Claimant, *, trial: bool) -> Order | None:
        if known is None:
            found = orders.find(self._database.reader, [order_id])
            known = found[0].id if found else None
        async with self._queue.turn(order_id, claimant):
            if not trial and not self.can_ask:
                raise UnreachableError("Pick and Pack stopped answering while this waited for its turn")
            sent_at = Ticks(self._clock.now())
            try:
                news = await self._client.fetch_order(order_id)
            except PickPackError as trouble:
                await self._failed(trouble, known, sent_at, trial=trial)
                raise
        await self._answered(news, sent_at)
        if isinstance(news, OrderSnapshot):
            return await self._recorder.apply_snapshot(news, sent_at=sent_at, known=known)
        if known is not None:
            await self._recorder.apply_not_found(news, sent_at=sent_at, known=known)
        return None

    async def _answered(self, news: OrderSnapshot | NotFound, sent_at: Ticks) -> None:
        self._measured("ok" if isinstance(news, OrderSnapshot) else "not-found", self._clock.now() - sent_at)
        self._breaker.record_success()
        await self._tell_health()

    async def _failed(self, trouble: PickPackError, known: OrderPk | None, sent_at: Ticks, *, trial: bool) -> None:
        now = self._clock.now()
        self._measured(trouble.result, now - sent_at)
        wait = None
        if isinstance(trouble, RateLimitError):
            self._queue.slow_down()
            wait = trouble.retry_after
        elif not isinstance(trouble, MalformedResponseError):  # that is this order's trouble, not the API's
            self._breaker.record_failure(now, refused=isinstance(trouble, AuthenticationError), trial=trial)
            if self._breaker.health is not ApiHealth.OK:  # one failure is no word about the API yet
                await self._tell_health()
        if known is not None:
            await self._recorder.apply_failure(known, wait=wait)

    async def _tell_health(self) -> None:
        """The first answer is told as well: the process before this one may have ended in trouble."""
        health, before = self._breaker.health, self._health_told
        if health is before:
            return
        self._health_told = health
        if before is not None or health is not ApiHealth.OK:
            log.log(
                logging.INFO if health is ApiHealth.OK else logging.WARNING,
                "Pick and Pack's API is %s",
                {"ok": "answering again", "down": "not answering", "refused": "refusing the key"}[health],
            )
        if self._changed is not None:
            await self._changed(health)
