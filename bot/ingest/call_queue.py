"""A fair queue for calls to the API: limits calls a second and calls under way, and lets no caller crowd out others.

Urgent calls, calls for people and the routine round take turns: the round gets a quarter, the others share the rest.
Among people the turns rotate: a person's second number waits behind everybody's first, and however many numbers of one
person hang, they leave places to the others.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.process.clock import Clock

MAX_CALLS = 10
MAX_CALLS_PER_REASON = 7  # leaves room for the other reasons, however slowly the API answers
MAX_CALLS_PER_PERSON = 2  # under way, of unknown numbers; as many again of what a person follows or has a link of
SLOWDOWN_SECONDS = 60.0  # how long a 429 halves the rate
SLOWDOWN_PERSONS = 3  # so many people's unknown numbers are refused before that says more than: they are odd numbers


class CallReason(Enum):
    """Why the API is called."""

    URGENT = auto()  # a message waits for a detail, or a status has to be confirmed
    PERSON = auto()
    ROUTINE = auto()


# the preferred reason at each turn; where no call waits for it, the other reasons are tried
_PREFERRED = (
    CallReason.URGENT,
    CallReason.PERSON,
    CallReason.URGENT,
    CallReason.ROUTINE,
    CallReason.PERSON,
    CallReason.URGENT,
    CallReason.PERSON,
    CallReason.ROUTINE,
)


@dataclass
class CallSpacing:
    """Calls evenly spaced, so that no second ever holds more than `rate` of them."""

    rate: float
    _slow_until: float = 0.0
    _next: float = 0.0
    _refused: dict[int, float] = field(default_factory=dict)  # when, by person

    def wait(self, now: float) -> float:
        """Take the next place, and return how many seconds to wait for it."""
        rate = self.rate / 2 if now < self._slow_until else self.rate
        place = max(now, self._next)
        self._next = place + 1 / rate
        return place - now

    def slow_down(self, now: float, *, blame: int | None = None) -> None:
        """Halve the rate for SLOWDOWN_SECONDS: the API has answered 429.

        `blame`: the person whose number it was about, if that was never answered: what one person can provoke slows
        nobody down until several have met it.
        """
        self._refused = {one: at for one, at in self._refused.items() if now - at < SLOWDOWN_SECONDS}
        if blame is not None:
            self._refused[blame] = now
        if blame is None or len(self._refused) >= SLOWDOWN_PERSONS:
            self._slow_until = now + SLOWDOWN_SECONDS


@dataclass(frozen=True, slots=True)
class Caller:
    """For whom a call is made. `person` tells people apart; it is not used with other reasons.

    `first`: it goes before the person's other numbers, being about what they follow already or have a signed link of.
    """

    reason: CallReason
    person: int = 0
    first: bool = False


@dataclass(eq=False, slots=True)
class _Waiting:
    caller: Caller
    granted: "asyncio.Future[None]"


@dataclass
class _Rotation:
    """The calls that wait for one reason; who had fewer turns goes first. `most`: calls of a person under way."""

    most: int
    _by_person: dict[int, deque[_Waiting]] = field(default_factory=dict)
    _under_way: Counter[tuple[int, bool]] = field(default_factory=Counter)  # by person and `first`
    _turns: Counter[int] = field(default_factory=Counter)  # of a person, since they last had nothing here

    def __bool__(self) -> bool:
        return bool(self._by_person)

    @property
    def is_ready(self) -> bool:
        """Return whether somebody may have a turn: not all who wait have enough under way."""
        return self._next_person() is not None

    def add(self, waiting: _Waiting) -> None:
        line = self._by_person.setdefault(waiting.caller.person, deque())
        place = sum(one.caller.first for one in line) if waiting.caller.first else len(line)
        line.insert(place, waiting)

    def is_sooner(self, waiting: _Waiting, caller: Caller) -> bool:
        """Return whether this caller's turn would come before that of a call which waits in somebody's line."""
        line = self._by_person.get(caller.person, ())
        place = sum(one.caller.first for one in line) if caller.first else len(line)
        return place < self._by_person[waiting.caller.person].index(waiting)

    def discard(self, waiting: _Waiting) -> None:
        person = waiting.caller.person
        left = deque(one for one in self._by_person.get(person, ()) if one is not waiting)
        if left:
            self._by_person[person] = left
        else:
            self._by_person.pop(person, None)

    def take(self) -> _Waiting | None:
        person = self._next_person()
        if person is None:
            return None
        line = self._by_person.pop(person)
        first = line.popleft()
        if line:
            self._by_person[person] = line  # behind everybody else
        return first

    def begin(self, caller: Caller) -> None:
        self._under_way[caller.person, caller.first] += 1
        self._turns[caller.person] += 1

    def end(self, caller: Caller) -> None:
        self._under_way[caller.person, caller.first] -= 1
        self._under_way += Counter()  # forgets whoever has none left
        if caller.person not in self._by_person and not self._has_under_way(caller.person):
            del self._turns[caller.person]

    def _next_person(self) -> int | None:
        """Choose who is next: who had the fewest turns, of these what goes first, of these the longest waiting."""
        ready = {one: line[0].caller for one, line in self._by_person.items() if self._may_begin(line[0].caller)}
        return min(ready, key=lambda one: (self._turns[one], not ready[one].first), default=None)

    def _may_begin(self, caller: Caller) -> bool:
        return self._under_way[caller.person, caller.first] < self.most

    def _has_under_way(self, person: int) -> bool:
        return bool(self._under_way[person, True] or self._under_way[person, False])


class CallQueue:
    """Hands out turns. `rate`: calls a second."""

    def __init__(self, clock: Clock, *, rate: float) -> None:
        self._clock = clock
        self._spacing = CallSpacing(rate)
        most = dict.fromkeys(CallReason, MAX_CALLS) | {CallReason.PERSON: MAX_CALLS_PER_PERSON}
        self._waiting = {reason: _Rotation(most[reason]) for reason in CallReason}
        self._of_order: dict[str, _Waiting] = {}
        self._under_way: Counter[CallReason] = Counter()
        self._turns = 0
        self._changed = asyncio.Event()  # a call has ended or was added: there may be a turn to give
        self._handing_out: asyncio.Task[None] | None = None

    def slow_down(self, *, blame: int | None) -> None:
        """Slow all calls down: the API has answered 429, to this person's unknown number if there is one to blame."""
        self._spacing.slow_down(self._clock.now(), blame=blame)

    @asynccontextmanager
    async def turn(self, order_id: str, caller: Caller) -> AsyncIterator[None]:
        """Wait for a turn to ask for this order, and hold its place until the call has ended."""
        granted = await self._granted(order_id, caller)
        try:
            yield
        finally:
            self._ended(granted)

    def expedite(self, order_id: str, caller: Caller) -> None:
        """Give an order that waits this caller's place instead, where that is earlier."""
        waiting = self._of_order.get(order_id)
        if waiting is None or waiting.granted.done():
            return  # its turn has come already
        both_people = waiting.caller.reason is caller.reason is CallReason.PERSON
        is_sooner = both_people and self._waiting[CallReason.PERSON].is_sooner(waiting, caller)
        if waiting.caller.reason is CallReason.ROUTINE or is_sooner:
            self._waiting[waiting.caller.reason].discard(waiting)
            waiting.caller = caller
            self._waiting[caller.reason].add(waiting)
            self._changed.set()

    async def _granted(self, order_id: str, caller: Caller) -> Caller:
        waiting = _Waiting(caller, asyncio.get_running_loop().create_future())
        self._waiting[caller.reason].add(waiting)
        self._of_order[order_id] = waiting
        self._changed.set()
        if self._handing_out is None or self._handing_out.done():
            self._handing_out = asyncio.create_task(self._hand_out(), name="call queue")
        try:
            await waiting.granted
        except asyncio.CancelledError:
            self._withdraw(waiting)
            raise
        finally:
            del self._of_order[order_id]
        return waiting.caller

    def _begun(self, caller: Caller) -> None:
        self._under_way[caller.reason] += 1
        self._waiting[caller.reason].begin(caller)

    def _ended(self, caller: Caller) -> None:
        self._under_way[caller.reason] -= 1
        self._waiting[caller.reason].end(caller)
        self._changed.set()

    def _withdraw(self, waiting: _Waiting) -> None:
        """Remove a call whose caller was cancelled, or give back the turn that it was just given."""
        if waiting.granted.cancelled():
            self._waiting[waiting.caller.reason].discard(waiting)
            self._changed.set()
        else:
            self._ended(waiting.caller)

    async def _hand_out(self) -> None:
        while any(self._waiting.values()):
            if self._next_reason() is None:
                self._changed.clear()
                await self._changed.wait()
                continue
            await asyncio.sleep(self._spacing.wait(self._clock.now()))
            reason = self._next_reason()  # once more: other calls may have been added meanwhile
            waiting = self._waiting[reason].take() if reason is not None else None
            if waiting is not None and not waiting.granted.done():
                self._turns += 1
                self._begun(waiting.caller)
                waiting.granted.set_result(None)

    def _next_reason(self) -> CallReason | None:
        """Return the reason whose turn it is; None where no call waits, or none of those that wait may start."""
        if self._under_way.total() >= MAX_CALLS:
            return None
        order = (_PREFERRED[self._turns % len(_PREFERRED)], *CallReason)
        ready = (one for one in order if self._under_way[one] < MAX_CALLS_PER_REASON and self._waiting[one].is_ready)
        return next(ready, None)
