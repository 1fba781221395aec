"""Whose turn it is to call the API: so many calls a second, so many under way, and nobody waits for another's flood.

What the orders themselves need at once, what people ask, and the ordinary round take turns: the round keeps a quarter,
the rest is shared. Among people each has one turn in rotation: one's second number waits behind everybody's first.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.process.clock import Clock

MOST_UNDER_WAY = 10
MOST_OF_A_REASON = 7  # however slowly the API answers, there is room for the other reasons
SLOW_SECONDS = 60.0  # how long a 429 halves the rate


class CallReason(Enum):
    """Why the API is called."""

    URGENT = auto()  # a detail that a message waits for, a doubt about a status
    PERSON = auto()
    ROUTINE = auto()


# who goes first at each turn; where nobody waits for that reason, whoever waits for another does
_FIRST = (
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
class Pace:
    """Calls evenly spaced, so that no second ever holds more than `rate` of them."""

    rate: float
    slow_until: float = 0.0
    _next: float = 0.0

    def wait(self, now: float) -> float:
        """Take the next place; how many seconds to wait for it."""
        rate = self.rate / 2 if now < self.slow_until else self.rate
        place = max(now, self._next)
        self._next = place + 1 / rate
        return place - now


@dataclass(frozen=True, slots=True)
class Claimant:
    """For whom a call is made. `person` tells people apart; it means nothing for other reasons."""

    reason: CallReason
    person: int = 0


@dataclass(eq=False, slots=True)
class _Waiting:
    claimant: Claimant
    granted: "asyncio.Future[None]"


@dataclass
class _Rotation:
    """Those who wait for one reason, a turn a person."""

    _by_person: dict[int, deque[_Waiting]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self._by_person)

    def add(self, waiting: _Waiting) -> None:
        self._by_person.setdefault(waiting.claimant.person, deque()).append(waiting)

    def discard(self, waiting: _Waiting) -> None:
        person = waiting.claimant.person
        left = deque(one for one in self._by_person.get(person, ()) if one is not waiting)
        if left:
            self._by_person[person] = left
        else:
            self._by_person.pop(person, None)

    def take(self) -> _Waiting:
        person = next(iter(self._by_person))
        waiting = self._by_person.pop(person)
        first = waiting.popleft()
        if waiting:
            self._by_person[person] = waiting  # behind everybody else
        return first


class CallQueue:
    """Hands out turns. `rate`: calls a second."""

    def __init__(self, clock: Clock, *, rate: float) -> None:
        self._clock = clock
        self._pace = Pace(rate)
        self._waiting = {reason: _Rotation() for reason in CallReason}
        self._of_order: dict[str, _Waiting] = {}
        self._under_way: Counter[CallReason] = Counter()
        self._turns = 0
        self._changed = asyncio.Event()  # a call has ended, or somebody has come: there may be a turn to give
        self._handing_out: asyncio.Task[None] | None = None

    def slow_down(self) -> None:
        """Take half the rate for SLOW_SECONDS: the API has said that it is too much."""
        self._pace.slow_until = self._clock.now() + SLOW_SECONDS

    @asynccontextmanager
    async def turn(self, order_id: str, claimant: Claimant) -> AsyncIterator[None]:
        """Wait for a turn to ask for this order, and hold its place until the call has ended."""
        reason = await self._granted(order_id, claimant)
        try:
            yield
        finally:
            self._under_way[reason] -= 1
            self._changed.set()

    def expedite(self, order_id: str, claimant: Claimant) -> None:
        """Let an order that waits in the ordinary round be asked for as if this claimant had come first."""
        waiting = self._of_order.get(order_id)
        if waiting is not None and waiting.claimant.reason is CallReason.ROUTINE:
            self._waiting[waiting.claimant.reason].discard(waiting)
            waiting.claimant = claimant
            self._waiting[claimant.reason].add(waiting)
            self._changed.set()

    async def _granted(self, order_id: str, claimant: Claimant) -> CallReason:
        waiting = _Waiting(claimant, asyncio.get_running_loop().create_future())
        self._waiting[claimant.reason].add(waiting)
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
        return waiting.claimant.reason

    def _withdraw(self, waiting: _Waiting) -> None:
        """Its asker is gone: it waits no longer, or gives back the place that it was just given."""
        reason = waiting.claimant.reason
        if waiting.granted.cancelled():
            self._waiting[reason].discard(waiting)
        else:
            self._under_way[reason] -= 1
        self._changed.set()

    async def _hand_out(self) -> None:
        while any(self._waiting.values()):
            if self._next_reason() is None:
                self._changed.clear()
                await self._changed.wait()
                continue
            await asyncio.sleep(self._pace.wait(self._clock.now()))
            reason = self._next_reason()  # whoever came meanwhile counts
            waiting = self._waiting[reason].take() if reason is not None else None
            if reason is not None and waiting is not None and not waiting.granted.done():
                self._turns += 1
                self._under_way[reason] += 1
                waiting.granted.set_result(None)

    def _next_reason(self) -> CallReason | None:
        """Whose turn it is; None where nobody waits, or there is no room for those who do."""
        if self._under_way.total() >= MOST_UNDER_WAY:
            return None
        order = (_FIRST[self._turns % len(_FIRST)], *CallReason)
        return next((one for one in order if self._waiting[one] and self._under_way[one] < MOST_OF_A_REASON), None)
