"""Limits on how much a person may look up, follow and refresh. Those on guessing are in the database."""

import asyncio
import hmac
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.people.follow_result import FollowOutcome, FollowResult
from bot.pickpack.errors import PickPackError
from bot.store import lookups
from bot.store.database import Database
from bot.store.lookups import LookupKind
from bot.tracking.timing import DAY
from bot.transactions.context import ContextSource, DecisionContext
from bot.transactions.follow import FollowRequest
from bot.transactions.lookups import NOT_FOUND_WINDOW, message_mark, order_mark

MAX_NOT_FOUND = 5  # of one person, in NOT_FOUND_WINDOW seconds
MAX_LOOKUPS = 10  # of one person, at the same time
MAX_FOLLOWED = 20
REFRESH_INTERVAL = 30.0
_MAX_REMEMBERED = 10_000


def pseudonym(key: bytes, person: int) -> str:
    """Return what stands for a person in the database; without the key it tells nobody who that is."""
    return hmac.digest(key, str(person).encode(), "sha256").hex()[:32]


@dataclass
class RefreshLimit:
    """At most one call to the API per order in REFRESH_INTERVAL seconds, however many people press "refresh"."""

    _asked: dict[int, float] = field(default_factory=dict)

    def take(self, order: int, now: float, *, polled_at: float | None) -> bool:
        """Return whether the API may be asked now, and note that it is. `polled_at`: when it last was, by anybody."""
        last = max(self._asked.get(order, -REFRESH_INTERVAL), polled_at or -REFRESH_INTERVAL)
        if now - last < REFRESH_INTERVAL:
            return False
        if len(self._asked) >= _MAX_REMEMBERED:
            self._asked = {one: at for one, at in self._asked.items() if now - at < REFRESH_INTERVAL}
        self._asked[order] = now
        return True


class LookupsUnderWay:
    """Counts how many numbers are looked up for each person; signed links count for nobody."""

    def __init__(self) -> None:
        self._by_person: Counter[int] = Counter()

    def of(self, request: FollowRequest) -> int:
        """Return how many are looked up for the person who asks."""
        return self._by_person[request.requester.person]

    def begin(self, request: FollowRequest, look_up: "asyncio.Task[Any]") -> None:
        """Count one more until it has ended."""
        if not request.verified:
            self._by_person[request.requester.person] += 1
            look_up.add_done_callback(lambda _ended: self._end(request.requester.person))

    def _end(self, person: int) -> None:
        self._by_person[person] -= 1
        if not self._by_person[person]:
            del self._by_person[person]


class TooManyMissesError(Exception):
    """By the time it was a number's turn, too many others of its person were not found: `result` says so."""

    def __init__(self, result: FollowResult) -> None:
        super().__init__(result.outcome)
        self.result = result


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A number that is asked about; all numbers of one message are at most one miss."""

    message: str
    ended: "asyncio.Future[None]"


class GuessLimits:
    """How many numbers that are not found, and how many new orders, a person may still look up.

    `key` makes people's pseudonyms. What is counted is in the database, so that a restart is no new beginning; what is
    asked about at the moment counts as not found until it has ended otherwise.
    """

    def __init__(self, database: Database, contexts: ContextSource, *, key: bytes) -> None:
        self._database = database
        self._contexts = contexts
        self._key = key
        self._asked: dict[str, list[_Asked]] = {}  # by the pseudonym

    def pseudonym(self, person: int) -> str:
        """Return what stands for a person in the database."""
        return pseudonym(self._key, person)

    def refusal(self, request: FollowRequest, *, under_way: int) -> FollowResult | None:
        """Return why this person may not look up another number now; None if they may."""
        context = self._contexts.current()
        wait = self._wait_after_misses(request, context)
        if wait > 0:
            return FollowResult(FollowOutcome.TOO_MANY_NOT_FOUND, request.number, wait)
        left = self._left_today(request, context)
        if left is not None and left <= 0:
            return self.too_many_today(request)
        if left is not None and under_way >= left:  # each of them may turn out to be an order
            return FollowResult(FollowOutcome.TOO_MANY_LOOKUPS, request.number, limit=under_way)
        return None

    @asynccontextmanager
    async def turn(self, request: FollowRequest) -> AsyncIterator[None]:
        """Wait until this number would be no miss too many, if all of the person's others were missed, then hold that.

        Whoever sends right numbers only waits. Raises TooManyMissesError where the others were missed.
        """
        if request.counted_for is None:
            yield
            return
        while self.must_wait(request):
            others = [one.ended for one in self._others(request)]
            await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)
        wait = self._wait_after_misses(request, self._contexts.current())
        if wait > 0:
            raise TooManyMissesError(FollowResult(FollowOutcome.TOO_MANY_NOT_FOUND, request.number, wait))
        asked = _Asked(_message_of(request), asyncio.get_running_loop().create_future())
        self._asked.setdefault(request.counted_for, []).append(asked)
        try:
            yield
        finally:
            self._end(request.counted_for, asked)

    def must_wait(self, request: FollowRequest) -> bool:
        """Return whether this number might be a miss too many, depending on others that are asked about now."""
        possible = len({one.message for one in self._others(request)})
        missed = len(self._misses(request, self._contexts.current())) if possible else 0
        return bool(possible) and missed < MAX_NOT_FOUND <= missed + possible

    def too_many_today(self, request: FollowRequest) -> FollowResult:
        """Return that the person has learnt of as many new orders as they may in a day."""
        context = self._contexts.current()
        times = self._orders_today(request, context)
        limit = context.follows_per_day
        wait = times[-limit] + DAY - context.now if 0 < limit <= len(times) else 0.0
        return FollowResult(FollowOutcome.TOO_MANY_TODAY, request.number, wait, limit)

    def _left_today(self, request: FollowRequest, context: DecisionContext) -> int | None:
        """Return how many new orders the person may still learn of; None for any number, and for one learnt already."""
        person = request.counted_for
        if person is None or not context.follows_per_day:
            return None
        marks = [order_mark(person, order_id) for order_id in request.candidates]
        if lookups.is_counted(self._database.reader, person, LookupKind.ORDER, marks, context.now - DAY):
            return None
        return context.follows_per_day - len(self._orders_today(request, context))

    def _orders_today(self, request: FollowRequest, context: DecisionContext) -> list[float]:
        person = request.counted_for or ""
        return lookups.times(self._database.reader, person, LookupKind.ORDER, context.now - DAY)

    def _others(self, request: FollowRequest) -> list[_Asked]:
        """List what is asked about for the person, without what the same message names."""
        this = _message_of(request)
        return [one for one in self._asked.get(request.counted_for or "", ()) if one.message != this]

    def _end(self, person: str, asked: _Asked) -> None:
        left = [one for one in self._asked[person] if one is not asked]
        if left:
            self._asked[person] = left
        else:
            del self._asked[person]
        asked.ended.set_result(None)

    def _wait_after_misses(self, request: FollowRequest, context: DecisionContext) -> float:
        """Return the seconds until the person may try again."""
        misses = self._misses(request, context)
        return misses[-MAX_NOT_FOUND] + NOT_FOUND_WINDOW - context.now if len(misses) >= MAX_NOT_FOUND else 0.0

    def _misses(self, request: FollowRequest, context: DecisionContext) -> list[float]:
        """List when the person has missed lately, the oldest first; what the same message missed does not count.

        The first failure of the API is nobody's fault; more of them on unknown numbers are misses.
        """
        person, requester = request.counted_for or "", request.requester
        this = message_mark(person, requester.chat_id, requester.message_id)
        not_found, failed = (
            lookups.times(self._database.reader, person, kind, context.now - NOT_FOUND_WINDOW, but=this)
            for kind in (LookupKind.NOT_FOUND, LookupKind.FAILURE)
        )
        return sorted([*not_found, *failed[1:]])


def _message_of(request: FollowRequest) -> str:
    """Return what tells the messages of a person apart; a number that came in none stands for itself."""
    requester = request.requester
    mark = message_mark(request.counted_for or "", requester.chat_id, requester.message_id)
    return mark or f"{requester.chat_id} {request.number}"


def kind_of_failure(error: PickPackError) -> LookupKind | None:
    """Return how a failed look-up counts against the person who guesses; None if it doesn't."""
    return LookupKind.FAILURE if error.answered else None
