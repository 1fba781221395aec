"""Use cases of a shopper: follow an order or await its number, refresh it, stop, each within limits.

The answer to a follow is itself a notice in the outbox, so it survives a crash and is merged with what happens to the
order meanwhile; every other result is returned for the handler to answer.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from bot.people.chat_service import ChatService
from bot.people.follow_result import FollowOutcome, FollowResult
from bot.people.limits import (
    MAX_FOLLOWED,
    MAX_LOOKUPS,
    GuessLimits,
    LookupsUnderWay,
    TooManyMissesError,
    kind_of_failure,
)
from bot.people.refresher import OrderLookup
from bot.pickpack.errors import PickPackError
from bot.process.clock import Clock
from bot.store import awaited_numbers, chats, orders
from bot.store.awaited_numbers import AwaitedNumber
from bot.store.database import Database
from bot.store.lookups import LookupKind
from bot.tracking import timing
from bot.tracking.model import Order, Subscription, SubscriptionId
from bot.tracking.notifying import ANSWER_WAIT
from bot.transactions import follow as transactions
from bot.transactions.context import ContextSource
from bot.transactions.follow import MOST_AWAITED, AwaitResult, FollowRequest, Requester
from bot.transactions.inbox import settling
from bot.understanding.numbers import candidates

log = logging.getLogger(__name__)
T = TypeVar("T")

MORE_WAIT = 1.0  # seconds for the answer about another number while one is looked up still
RETRY_AFTER_API_ERROR = 15.0  # seconds until the API is asked again about a number that it gave no answer for


class FollowService(ChatService):
    """The use cases of a shopper."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        contexts: ContextSource,
        order_lookup: OrderLookup,
        *,
        on_due: Callable[[], None],
        prefixes: Sequence[str] = (),
        needs_link: bool = False,
        trusted: frozenset[int] = frozenset(),
        pseudonym_key: bytes = b"",
    ) -> None:
        super().__init__(database, contexts, on_due=on_due)
        self._clock = clock
        self._order_lookup = order_lookup
        self._prefixes = prefixes
        self._needs_link = needs_link
        self._trusted = trusted  # staff, whom the limits on guessing don't concern
        self._limits = GuessLimits(database, contexts, key=pseudonym_key)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._lookups = LookupsUnderWay()

    async def follow(
        self, requester: Requester, number: str, *, verified: bool = False, label: str | None = None
    ) -> FollowResult:
        """Follow the order that a number means (with `verified` it is the id of a signed link).

        `label` is what the chat calls it from now on.
        """
        possible = (number,) if verified else candidates(number, self._prefixes)
        if not possible:
            return FollowResult(FollowOutcome.NO_ORDER, "")
        counted_for = None if verified or self._is_trusted(requester) else self._limits.pseudonym(requester.person)
        request = FollowRequest(requester, number, possible, verified, label, counted_for)
        known = orders.find(self._database.reader, possible)
        followed = [
            one for one in known if one.id and chats.subscription_of(self._database.reader, requester.chat_id, one.id)
        ]
        if followed:
            return await self._follow_known(request, followed[0])
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal
        if known and not self._limits.must_wait(request):  # at once would reveal that others follow it
            return await self._follow_known(request, known[0])
        return await self._follow_unknown(request)

    async def _follow_unknown(self, request: FollowRequest) -> FollowResult:
        """Ask the API first, so that a wrong number creates no order."""
        # who waits already is told at once of more: each wait here holds up what else the chat says, a link too
        patience = min(ANSWER_WAIT, MORE_WAIT) if self._lookups.of(request) else ANSWER_WAIT
        look_up = self._start_task(self._look_up(request), "look-up")
        self._lookups.begin(request, look_up)
        await asyncio.wait([look_up], timeout=patience)
        if look_up.done():
            return await self._conclude(request, look_up)
        # awaited meanwhile, so that a restart does not lose it and a stop ends it
        was_awaited = self._is_awaited(request)
        result = await self._await(request, FollowOutcome.LOOKING_UP, most=MOST_AWAITED + MAX_LOOKUPS)
        if result.outcome is not FollowOutcome.LOOKING_UP:
            look_up.cancel()
            return result
        later = self._conclude_later(request, look_up, was_awaited=was_awaited)
        return replace(result, later=self._start_task(later, "late look-up"))

    async def _conclude(self, request: FollowRequest, look_up: "asyncio.Task[Order | None]") -> FollowResult:
        try:
            found = await look_up
        except PickPackError as error:
            log.debug("A number could not be looked up: %s", error)
            return await self._await(request, FollowOutcome.API_ERROR)
        except TooManyMissesError as error:
            return error.result
        if found is not None:
            return await self._record_follow(request, found, waits_for_api=False, fresh=True)
        return await self._await(request, FollowOutcome.AWAITING)

    async def _conclude_later(
        self, request: FollowRequest, look_up: "asyncio.Task[Order | None]", *, was_awaited: bool
    ) -> FollowResult:
        """Return the result after the person was told to wait; what the chat awaited before, it awaits on."""
        await asyncio.wait([look_up])
        chat_id = request.requester.chat_id
        awaited = [one.number for one in self.awaited(chat_id)]  # the oldest first
        if request.number not in awaited:
            # stopped, or forgotten; or it has appeared, and then the card is in the outbox already
            return FollowResult(FollowOutcome.STOPPED, request.number)
        result = await self._conclude(request, look_up)
        if result.outcome is FollowOutcome.FOLLOWING:
            return result
        if result.outcome in {FollowOutcome.TOO_MANY_TODAY, FollowOutcome.TOO_MANY_NOT_FOUND}:
            if not was_awaited:
                await self._drop_awaited(chat_id, request.number)
            return result
        if awaited.index(request.number) >= MOST_AWAITED:
            await self._drop_awaited(chat_id, request.number)
            return replace(result, outcome=FollowOutcome.TOO_MANY_AWAITED)
        if result.outcome is FollowOutcome.AWAITING_ALREADY:
            return replace(result, outcome=FollowOutcome.AWAITING)
        return result

    async def close(self) -> None:
        """End what is still being looked up: it is awaited, and asked for again after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def show_card(self, requester: Requester, subscription_id: SubscriptionId) -> bool:
        """Send the card of a followed order again; return False if the subscription isn't this chat's."""
        mine = self.subscription(requester.chat_id, subscription_id)
        order = orders.load_by_id(self._database.reader, mine.order) if mine is not None else None
        if order is None:
            return False
        await self._follow_known(FollowRequest(requester, order.order_id, (order.order_id,)), order)
        return True

    def find_in_chat(self, chat_id: int, number: str) -> tuple[Subscription | None, AwaitedNumber | None]:
        """Find what a number means in this chat: an order that it follows, or a number that it awaits."""
        possible = candidates(number, self._prefixes)
        reader = self._database.reader
        found = [chats.subscription_of(reader, chat_id, one.id) for one in orders.find(reader, possible) if one.id]
        waiting = (one for one in awaited_numbers.of_chat(reader, chat_id) if set(one.candidates) & set(possible))
        return next((one for one in found if one is not None), None), next(waiting, None)

    def _is_trusted(self, requester: Requester) -> bool:
        """Tell staff: a listed person, and in a listed group whoever speaks there, but no channel that posts there."""
        is_staff_group = requester.chat_id in self._trusted and not requester.hidden
        return requester.person in self._trusted or is_staff_group

    def _refusal(self, request: FollowRequest) -> FollowResult | None:
        """Check the limits before any call to the API, and before the answer can reveal whether an order is known."""
        requester, number = request.requester, request.number
        under_way = 0 if request.verified else self._lookups.of(request)
        if under_way >= MAX_LOOKUPS:
            return FollowResult(FollowOutcome.TOO_MANY_LOOKUPS, number, limit=under_way)
        if self._is_trusted(requester):
            return None
        refusal = None if request.verified else self._refusal_without_link(request, under_way)
        if refusal is not None:
            return refusal
        followed, _awaited = chats.count_followed(self._database.reader, requester.chat_id)
        return FollowResult(FollowOutcome.TOO_MANY_FOLLOWED, number) if followed >= MAX_FOLLOWED else None

    def _refusal_without_link(self, request: FollowRequest, under_way: int) -> FollowResult | None:
        if self._needs_link:
            return FollowResult(FollowOutcome.LINK_NEEDED, request.number)
        if request.requester.hidden:
            return FollowResult(FollowOutcome.PERSON_HIDDEN, request.number)
        return self._limits.refusal(request, under_way=under_way)

    async def _look_up(self, request: FollowRequest) -> Order | None:
        """Ask the API when one more miss is not too many, and count what becomes of it before the next may be asked."""
        async with self._limits.turn(request):
            try:
                found = await self._ask_for(request)
            except PickPackError as error:
                await self._count_miss(request, kind_of_failure(error))
                raise
            await self._count_miss(request, LookupKind.NOT_FOUND if found is None else None)
            return found

    async def _ask_for(self, request: FollowRequest) -> Order | None:
        for order_id in request.candidates:
            person, first = request.requester.person, request.verified
            found = await self._order_lookup.look_up(order_id, person=person, first=first)
            if found is not None:
                return found
        return None

    def _start_task(self, work: Coroutine[Any, Any, T], name: str) -> "asyncio.Task[T]":
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._task_ended)
        return task

    def _task_ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # marks it as retrieved: a caller has seen it, or was cancelled

    async def _follow_known(self, request: FollowRequest, order: Order) -> FollowResult:
        """Write the answer, which waits a little for what the API says now."""
        waits = self._order_lookup.is_available
        result = await self._record_follow(request, order, waits_for_api=waits, fresh=False)
        if waits and result.outcome is FollowOutcome.FOLLOWING:
            self._start_task(self._ask_api(request.requester.person, order), "question")
        return result

    async def _ask_api(self, person: int, order: Order) -> None:
        try:
            await self._order_lookup.look_up(order.order_id, person=person, known=order.id)
        except PickPackError as error:
            log.debug("Order %s could not be asked for: %s", order.order_id, error)
        except Exception:  # the outer edge of a task: the answer is sent without the API's
            log.exception("Asking the API about a followed order failed")

    async def _record_follow(
        self, request: FollowRequest, order: Order, *, waits_for_api: bool, fresh: bool
    ) -> FollowResult:
        work = partial(
            transactions.follow,
            request=request,
            order=order,
            context=self._contexts.current(),
            waits_for_api=waits_for_api,
            fresh=fresh,
        )
        if not await self._database.write(settling(work)):
            return self._limits.too_many_today(request)
        self._on_due()
        return FollowResult(FollowOutcome.FOLLOWING, request.number)

    def _is_awaited(self, request: FollowRequest) -> bool:
        return request.number in {one.number for one in self.awaited(request.requester.chat_id)}

    async def _drop_awaited(self, chat_id: int, number: str) -> None:
        await self._database.write(partial(awaited_numbers.remove, chat_id=chat_id, number=number))

    async def _await(self, request: FollowRequest, outcome: FollowOutcome, *, most: int = MOST_AWAITED) -> FollowResult:
        """Await the number; return `outcome`, unless the chat awaited it already or awaits too many."""
        first_wait = RETRY_AFTER_API_ERROR if outcome is FollowOutcome.API_ERROR else timing.next_awaited(1)
        context = self._contexts.current()
        work = partial(transactions.await_number, request=request, context=context, first_wait=first_wait, most=most)
        match await self._database.write(work):
            case AwaitResult.ALREADY if outcome is FollowOutcome.AWAITING:
                outcome = FollowOutcome.AWAITING_ALREADY
            case AwaitResult.TOO_MANY:
                outcome = FollowOutcome.TOO_MANY_AWAITED
        return FollowResult(outcome, request.number)

    async def _count_miss(self, request: FollowRequest, miss: LookupKind | None) -> None:
        if miss is not None:
            work = partial(transactions.count_miss, request=request, kind=miss, context=self._contexts.current())
            await self._database.write(work)
