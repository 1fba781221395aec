"""Follow, await, look again, stop: what a chat wants to hear, and who may want it.

Plain values in, plain values out. The answer to a follow is itself a notice in the outbox, so it survives a crash and
folds with whatever happens meanwhile; the other answers are words for the handler to send.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from bot.people.chat_service import ChatService
from bot.people.limits import MOST_FOLLOWED, MOST_LOOKED_UP, LookupLimit
from bot.people.refresher import Look, OrderLookup, Refresher
from bot.pickpack.errors import PickPackError
from bot.process.clock import Clock
from bot.store import chats, orders
from bot.store.chats import AwaitedNumber
from bot.store.database import Database
from bot.tracking import timing
from bot.tracking.model import Order, Subscription
from bot.tracking.notifying import ANSWER_WAIT
from bot.tracking.numbers import candidates
from bot.transactions import follow as transactions
from bot.transactions.context import ContextSource
from bot.transactions.follow import AwaitResult, FollowRequest, Requester

log = logging.getLogger(__name__)
T = TypeVar("T")

TROUBLE_WAIT = 15.0  # seconds until a number that the API gave no answer about is asked for again


class FollowOutcome(StrEnum):
    """What became of a wish to follow."""

    FOLLOWING = "following"  # the answer is in the outbox
    AWAITING = "awaiting"  # no such order (yet)
    AWAITING_ALREADY = "awaiting-already"
    TROUBLE = "trouble"  # the API can't be asked: awaited too
    TOO_MANY_FOLLOWED = "too-many-followed"
    TOO_MANY_AWAITED = "too-many-awaited"
    TOO_MANY_MISSES = "too-many-misses"
    TOO_MANY_LOOKED_UP = "too-many-looked-up"
    LOOKING_UP = "looking-up"  # it is not its turn yet, or the API is slow: `later` brings the result
    STOPPED = "stopped"  # nobody wants to know any more
    LINK_NEEDED = "link-needed"
    NO_ORDER = "no-order"  # plainly something else: neither asked for nor kept nor repeated


@dataclass(frozen=True, slots=True)
class FollowResult:
    """The result of `follow`: what was said, the number as understood, seconds to wait where there are any.

    `later` is there with LOOKING_UP: it ends with the result that the look-up comes to.
    """

    outcome: FollowOutcome
    number: str
    wait: float = 0.0
    later: "asyncio.Task[FollowResult] | None" = None


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
    ) -> None:
        super().__init__(database, contexts, on_due=on_due)
        self._clock = clock
        self._order_lookup = order_lookup
        self._prefixes = prefixes
        self._needs_link = needs_link
        self._trusted = trusted  # staff do not run into the limits on guessing
        self._guesses = LookupLimit()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._looked_up: Counter[int] = Counter()  # by person, numbers that the API is being asked for
        self._looking = Refresher(database, clock, order_lookup)

    async def follow(
        self, requester: Requester, number: str, *, verified: bool = False, label: str | None = None
    ) -> FollowResult:
        """Follow the order that a number means (with `verified` it is the id of a signed link).

        `label` is what the chat calls it from now on.
        """
        possible = (number,) if verified else candidates(number, self._prefixes)
        if not possible:
            return FollowResult(FollowOutcome.NO_ORDER, "")
        request = FollowRequest(requester, number, possible, verified, label)
        known = orders.find(self._database.reader, possible)
        followed = [
            one for one in known if one.id and chats.subscription_of(self._database.reader, requester.chat_id, one.id)
        ]
        if followed:
            return await self._follow_known(request, followed[0])
        refusal = self._refusal(requester, number, verified=verified)
        if refusal is not None:
            return refusal
        if known:
            return await self._follow_known(request, known[0])
        if self._looked_up[requester.person] >= MOST_LOOKED_UP:
            return FollowResult(FollowOutcome.TOO_MANY_LOOKED_UP, number)
        return await self._follow_unknown(request)

    async def _follow_unknown(self, request: FollowRequest) -> FollowResult:
        """The API is asked first: a number that means nothing makes no order."""
        look_up = self._keep(self._look_up(request), "look-up")
        await asyncio.wait([look_up], timeout=ANSWER_WAIT)
        if look_up.done():
            return await self._conclude(request, look_up)
        kept = await self._await(request, FollowOutcome.LOOKING_UP)
        later = self._keep(
            self._conclude_later(request, look_up, kept=kept.outcome is FollowOutcome.LOOKING_UP), "late look-up"
        )
        return FollowResult(FollowOutcome.LOOKING_UP, request.number, later=later)

    async def _conclude(self, request: FollowRequest, look_up: "asyncio.Task[Order | None]") -> FollowResult:
        try:
            found = await look_up
        except PickPackError as trouble:
            log.info("A number could not be looked up: %s", trouble)
            return await self._await(request, FollowOutcome.TROUBLE)
        if found is not None:
            return await self._follow_found(request, found)
        self._guesses.missed(request.requester.person, self._clock.now())
        return await self._await(request, FollowOutcome.AWAITING)

    async def _conclude_later(
        self, request: FollowRequest, look_up: "asyncio.Task[Order | None]", *, kept: bool
    ) -> FollowResult:
        """The person was told that it takes longer. `kept`: the number is awaited meanwhile, over a restart too."""
        await asyncio.wait([look_up])
        chat_id, reader = request.requester.chat_id, self._database.reader
        if kept and request.number not in {one.number for one in chats.awaited_of(reader, chat_id)}:
            return FollowResult(
                FollowOutcome.STOPPED, request.number
            )  # or it has appeared: then the card is in the outbox already
        if chats.load(reader, chat_id) is None:
            return FollowResult(FollowOutcome.STOPPED, request.number)  # the chat was forgotten
        wish = await self._conclude(request, look_up)
        return replace(wish, outcome=FollowOutcome.AWAITING) if wish.outcome is FollowOutcome.AWAITING_ALREADY else wish

    async def show_card(self, requester: Requester, subscription: int) -> bool:
        """The card of an order that the chat follows, once more; False if that subscription isn't its."""
        mine = self.subscription(requester.chat_id, subscription)
        order = orders.load_by_id(self._database.reader, mine.order) if mine is not None else None
        if order is None:
            return False
        await self._follow_known(FollowRequest(requester, order.order_id, (order.order_id,)), order)
        return True

    async def look_again(self, requester: Requester, subscription: int) -> Look | None:
        """Ask the API about an order that the chat follows, politely; None if that subscription isn't its."""
        mine = self.subscription(requester.chat_id, subscription)
        return await self._looking.again(mine, requester.person) if mine is not None else None

    async def stop(self, chat_id: int, subscription: int) -> Order | None:
        """End a subscription of this chat; return the order it was about, or None if there was none such."""
        context = self._contexts.current()
        work = partial(transactions.stop, context=context, chat_id=chat_id, subscription=subscription)
        return await self._database.write(work)

    async def stop_all(self, chat_id: int) -> int:
        """Follow and await nothing any more; return how many there were."""
        context = self._contexts.current()
        return await self._database.write(partial(transactions.stop_all, context=context, chat_id=chat_id))

    async def stop_awaiting(self, chat_id: int, number: str) -> bool:
        """The chat no longer awaits this number; True if it did."""
        return await self._database.write(partial(chats.stop_awaiting, chat_id=chat_id, number=number))

    def followed(self, chat_id: int) -> list[tuple[Subscription, Order]]:
        """All that a chat follows, the oldest first."""
        reader = self._database.reader
        pairs = ((one, orders.load_by_id(reader, one.order)) for one in chats.subscriptions(reader, chat_id))
        return [(subscription, order) for subscription, order in pairs if order is not None]

    def awaited(self, chat_id: int) -> list[AwaitedNumber]:
        """The numbers that a chat awaits."""
        return chats.awaited_of(self._database.reader, chat_id)

    def meant(self, chat_id: int, number: str) -> tuple[Subscription | None, AwaitedNumber | None]:
        """What of this chat's a number means: an order that it follows, or a number that it awaits."""
        possible = candidates(number, self._prefixes)
        reader = self._database.reader
        found = [chats.subscription_of(reader, chat_id, one.id) for one in orders.find(reader, possible) if one.id]
        waiting = (one for one in chats.awaited_of(reader, chat_id) if set(one.candidates) & set(possible))
        return next((one for one in found if one is not None), None), next(waiting, None)

    def subscription(self, chat_id: int, number: int) -> Subscription | None:
        """A subscription, if it is this chat's."""
        found = chats.subscription(self._database.reader, number)
        return found if found is not None and found.chat_id == chat_id else None

    def follower_of(self, number: int) -> int | None:
        """Who, in a group, asked for this subscription."""
        return chats.follower_of(self._database.reader, number)

    def _refusal(self, requester: Requester, number: str, *, verified: bool) -> FollowResult | None:
        """Checked before any call is made, and before anything says whether an order is known."""
        now = self._clock.now()
        if requester.person in self._trusted:
            return None
        if self._needs_link and not verified:
            return FollowResult(FollowOutcome.LINK_NEEDED, number)
        wait = self._guesses.wait(requester.person, now)
        if wait > 0 and not verified:
            return FollowResult(FollowOutcome.TOO_MANY_MISSES, number, wait)
        followed, _awaited = chats.count_followed(self._database.reader, requester.chat_id)
        if followed >= MOST_FOLLOWED:
            return FollowResult(FollowOutcome.TOO_MANY_FOLLOWED, number)
        return None

    async def _look_up(self, request: FollowRequest) -> Order | None:
        person = request.requester.person
        self._looked_up[person] += 1
        try:
            for order_id in request.candidates:
                found = await self._order_lookup.look_up(order_id, person=person)
                if found is not None:
                    return found
            return None
        finally:
            self._looked_up[person] -= 1
            if not self._looked_up[person]:
                del self._looked_up[person]

    def _keep(self, work: Coroutine[Any, Any, T], name: str) -> "asyncio.Task[T]":
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # who waits for it has seen it; nobody may be left

    async def _follow_known(self, request: FollowRequest, order: Order) -> FollowResult:
        """The answer waits for the API a little; a question that is under way already serves too."""
        waits = self._order_lookup.is_available
        await self._record_follow(request, order, waits_for_api=waits, fresh=False)
        if waits:
            self._keep(self._question(request.requester.person, order), "question")
        return FollowResult(FollowOutcome.FOLLOWING, request.number)

    async def _question(self, person: int, order: Order) -> None:
        try:
            await self._order_lookup.look_up(order.order_id, person=person, known=order.id)
        except PickPackError as trouble:
            log.info("Order %s could not be asked for: %s", order.order_id, trouble)
        except Exception:  # the outer edge of a task: the answer goes without what was asked
            log.exception("A question about an order failed")

    async def _follow_found(self, request: FollowRequest, order: Order) -> FollowResult:
        await self._record_follow(request, order, waits_for_api=False, fresh=True)
        return FollowResult(FollowOutcome.FOLLOWING, request.number)

    async def _record_follow(self, request: FollowRequest, order: Order, *, waits_for_api: bool, fresh: bool) -> None:
        work = partial(
            transactions.follow,
            request=request,
            order=order,
            context=self._contexts.current(),
            waits_for_api=waits_for_api,
            fresh=fresh,
        )
        await self._database.write(work)
        self._on_due()

    async def _await(self, request: FollowRequest, outcome: FollowOutcome) -> FollowResult:
        """Wait for the number; `said` is the result, where the chat did not wait for it before."""
        first_wait = TROUBLE_WAIT if outcome is FollowOutcome.TROUBLE else timing.next_awaited(1)
        context = self._contexts.current()
        work = partial(transactions.await_number, request=request, context=context, first_wait=first_wait)
        match await self._database.write(work):
            case AwaitResult.ALREADY if outcome is FollowOutcome.AWAITING:
                outcome = FollowOutcome.AWAITING_ALREADY
            case AwaitResult.TOO_MANY:
                outcome = FollowOutcome.TOO_MANY_AWAITED
        return FollowResult(outcome, request.number)
