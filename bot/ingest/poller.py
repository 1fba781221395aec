"""Asks Pick and Pack's API about orders: those that are due, and those that a person wants to see now.

Nothing else calls the API. Callers that want the same order share one GET. Answers are recorded like webhooks.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from bot.ingest.api_judgement import NOBODYS_ORDER, ApiJudgement
from bot.ingest.call_queue import Caller, CallQueue, CallReason
from bot.ingest.found_numbers import FoundNumbers
from bot.ingest.recorder import EventRecorder
from bot.pickpack.errors import PickPackError, RateLimitError, UnreachableError
from bot.pickpack.health import ApiHealth, Breaker
from bot.process.chance import jitter
from bot.process.clock import Clock
from bot.process.condition import Condition
from bot.store import awaited_numbers, orders
from bot.store.database import Database
from bot.store.errors import InvalidValueError, StoreError
from bot.tracking import timing
from bot.tracking.events import NotFound, OrderSnapshot
from bot.tracking.model import Order, OrderPk, Ticks

log = logging.getLogger(__name__)

SWEEP_LIMIT = 200
FIRST_ANSWERS = 10.0  # seconds after the start in which the API's answers go before what webhooks say without it
FAILED_POLLS = 3  # of an awaited number: after as many bad answers, the next polls are ten minutes apart
STORE_ERROR_PAUSE = 10.0  # seconds without sweeps after an answer could not be stored: its order stays due


class OrderClient(Protocol):
    """What the poller needs of the Pick and Pack client."""

    async def fetch_order(self, order_id: str) -> OrderSnapshot | NotFound:
        """Make one GET. Raises PickPackError."""


async def tell_nobody(_health: ApiHealth) -> None:
    """Do nothing about the API's health."""


class Poller:
    """Asks for due orders whenever `due` is set. `condition`: how Pick and Pack is, which is noted there.

    `on_health_change` gets the API's health after the first call and when it changes; `on_call` gets each call's result
    (one of API_RESULTS) and seconds; `numbers` remembers whether any order was found.
    """

    def __init__(
        self,
        client: OrderClient,
        database: Database,
        recorder: EventRecorder,
        clock: Clock,
        breaker: Breaker,
        *,
        condition: Condition,
        rate: float,
        due: asyncio.Event,
        on_health_change: Callable[[ApiHealth], Awaitable[None]] = tell_nobody,
        on_call: Callable[[str, float], None] = lambda _result, _seconds: None,
        numbers: FoundNumbers | None = None,
        chance: Callable[[], float] = jitter,
    ) -> None:
        self._client = client
        self._database = database
        self._recorder = recorder
        self._clock = clock
        self._judgement = ApiJudgement(database, clock, breaker, condition, on_health_change)
        self._on_call = on_call
        self._numbers = numbers or FoundNumbers()
        self._chance = chance
        self._queue = CallQueue(clock, rate=rate)
        self._breaker = breaker
        self._under_way: dict[str, asyncio.Task[Order | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._polled: set[str] = set()
        self._paused_until = 0.0
        self._chains_from = 0.0
        self._due = due

    @property
    def is_available(self) -> bool:
        """False while it is pointless to wait for an answer: the breaker is open, or the key is refused."""
        return self._breaker.is_closed

    async def look_up(
        self, order_id: str, *, person: int, known: OrderPk | None = None, first: bool = False
    ) -> Order | None:
        """Ask for an order when it is this person's turn; None if there is none. Raises PickPackError.

        `first`: before the person's other numbers, as is what is `known`.
        """
        caller = Caller(CallReason.PERSON, person, first=first or known is not None)
        return await self._share_call(order_id, caller, known, blame=person)

    async def _share_call(
        self, order_id: str, caller: Caller, known: OrderPk | None = None, *, blame: int | None = None
    ) -> Order | None:
        """Start a GET, or share one that is under way or waits for its turn. `blame`: the person who wants it made."""
        task = self._under_way.get(order_id)
        if task is not None:
            self._queue.expedite(order_id, caller)
        else:
            if not self._may_ask(order_id, known):
                raise UnreachableError("Pick and Pack does not answer at the moment")
            trial = self._breaker.trial_under_way = not self.is_available
            task = asyncio.create_task(self._get(order_id, known, caller, trial=trial, blame=blame), name="get")
            self._under_way[order_id] = task
            task.add_done_callback(partial(self._call_ended, order_id, trial))
        # shielded: a caller that is cancelled does not end it for the others
        return await asyncio.shield(task)

    def _may_ask(self, order_id: str, known: OrderPk | None) -> bool:
        """Return whether the breaker lets a call through; as its trial, for an order that was answered before.

        Of any other, a bad answer says nothing of the API. But a single one may have troubles of its own: then every
        second trial is open to any, and so is each where no order was ever answered.
        """
        if not self._breaker.allows(self._clock.now()):
            return False
        judgement = self._judgement
        return self.is_available or not judgement.needs_known_order() or judgement.was_answered(order_id, known)

    async def run(self) -> None:
        """Start the GETs that are due each time `due` is set, until cancelled; then cancel those under way."""
        self._chains_from = self._clock.now() + FIRST_ANSWERS
        try:
            while True:
                await self._due.wait()
                self._due.clear()
                try:
                    await self._sweep()
                except StoreError as error:
                    log.debug("Could not look for due orders: %s", error)
        finally:
            for task in [*self._tasks, *self._under_way.values()]:
                task.cancel()

    async def _sweep(self) -> None:
        now = self._clock.now()
        if now < self._paused_until:
            return
        if now >= self._chains_from:
            await self._recorder.take_chains()
        if not self._breaker.allows(now):
            return
        needs_known = not self.is_available and self._judgement.needs_known_order()
        trial = self._judgement.trial_order() if needs_known else None
        if trial is not None:
            row, order_id = trial
            self._start(order_id, partial(self._poll, order_id, row, CallReason.URGENT))
            return
        if self.is_available and self._breaker.is_doubted(now):
            self._settle_doubt()
        room = SWEEP_LIMIT if self.is_available else 1
        reader = self._database.reader
        for urgent in (True, False):
            for row, _hostname, order_id in orders.due(reader, now, urgent=urgent, limit=room):
                reason = CallReason.URGENT if urgent else CallReason.ROUTINE
                self._start(order_id, partial(self._poll, order_id, row, reason))
        # with the breaker open, the single trial call may be for an awaited number
        if self.is_available or not self._polled:
            for candidate, asked, person in awaited_numbers.due(reader, now, room):
                self._start(candidate, partial(self._poll_awaited, candidate, asked, person))
        if not self.is_available and not self._polled:  # nothing is due: the trial is made all the same
            self._start(NOBODYS_ORDER, self._ask_whether_it_is_there)

    def _settle_doubt(self) -> None:
        order = self._judgement.order_in_doubt()
        if order is None:
            self._start(NOBODYS_ORDER, self._ask_whether_it_is_there)
        else:
            row, order_id = order
            self._start(order_id, partial(self._poll, order_id, row, CallReason.URGENT))

    async def _ask_whether_it_is_there(self) -> None:
        try:
            await self._share_call(NOBODYS_ORDER, Caller(CallReason.URGENT))
        except PickPackError as error:
            log.debug("Whether Pick and Pack is there is not known: %s", error)

    def _start(self, order_id: str, work: Callable[[], Awaitable[None]]) -> None:
        if order_id in self._polled:
            return
        self._polled.add(order_id)
        task = asyncio.create_task(self._run_poll(order_id, work), name="poll")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_poll(self, order_id: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except StoreError as error:
            self._paused_until = self._clock.now() + STORE_ERROR_PAUSE
            log.debug("Could not record what Pick and Pack says of order %s: %s", order_id, error)
        finally:
            self._polled.discard(order_id)

    async def _poll(self, order_id: str, row: OrderPk, reason: CallReason) -> None:
        try:
            await self._share_call(order_id, Caller(reason), row)
        except PickPackError as error:
            log.debug("Order %s could not be asked for: %s", order_id, error)
        except InvalidValueError as error:  # only this order's problem: it backs off, the others go on
            log.warning("What Pick and Pack says of order %s is not taken: %s", order_id, error)
            await self._recorder.apply_failure(row)

    async def _poll_awaited(self, candidate: str, asked: int, person: int) -> None:
        # a call that failed says nothing of the number: it is asked for again as soon as the API may answer
        wait, answered, counts = timing.AWAITED_WAITS[0], False, False
        try:
            answered = await self._share_call(candidate, Caller(CallReason.ROUTINE), blame=person) is None
            wait = timing.next_awaited(asked + 1, self._chance())
        except InvalidValueError as error:
            log.debug("Awaited number %s could not be asked for: %s", candidate, error)
        except PickPackError as error:
            log.debug("Awaited number %s could not be asked for: %s", candidate, error)
            # perhaps the number's own trouble: more slowly, but not for hours, as it may be the API's
            counts = error.answered and asked < FAILED_POLLS
            wait = timing.next_awaited(min(asked + 1, FAILED_POLLS), self._chance()) if error.answered else wait
        now = self._clock.now()
        if answered:
            work = partial(awaited_numbers.mark_not_found, candidate=candidate, now=now, wait=wait)
        else:
            work = partial(awaited_numbers.put_off, candidate=candidate, next_ask_at=now + wait, counts=counts)
        await self._database.write(work)

    def _call_ended(self, order_id: str, trial: bool, task: asyncio.Task[Order | None]) -> None:
        self._under_way.pop(order_id, None)
        if trial:
            self._breaker.trial_under_way = False  # whatever it ended with, or the API would never be called again
        if not task.cancelled():
            task.exception()  # marks it as retrieved: its callers have seen it, or were cancelled

    async def _get(
        self, order_id: str, known: OrderPk | None, caller: Caller, *, trial: bool, blame: int | None
    ) -> Order | None:
        if known is None:
            found = orders.find(self._database.reader, [order_id])
            known = found[0].id if found else None
        async with self._queue.turn(order_id, caller):
            if not trial and not self.is_available:
                raise UnreachableError("Pick and Pack stopped answering while this waited for its turn")
            sent_at = Ticks(self._clock.now())
            try:
                answer = await self._client.fetch_order(order_id)
            except PickPackError as error:
                self._on_call(error.result, self._clock.now() - sent_at)
                was_answered = self._judgement.was_answered(order_id, known)
                if isinstance(error, RateLimitError):
                    self._queue.slow_down(blame=None if was_answered else blame)
                await self._judgement.note_failure(error, order_id, was_answered=was_answered, trial=trial, blame=blame)
                if known is not None:
                    wait = error.retry_after if isinstance(error, RateLimitError) else None
                    await self._recorder.apply_failure(known, wait=wait)
                raise
        self._on_call("ok" if isinstance(answer, OrderSnapshot) else "not-found", self._clock.now() - sent_at)
        self._numbers.note(order_id, found=isinstance(answer, OrderSnapshot))
        await self._judgement.note_answer(order_id, sent_at)
        if isinstance(answer, OrderSnapshot):
            return await self._recorder.apply_snapshot(answer, sent_at=sent_at, known=known, asked=order_id)
        if known is not None:
            await self._recorder.apply_not_found(answer, sent_at=sent_at, known=known)
        return None
