"""How fast calls to Telegram may leave: one bucket for the bot, one lane a chat, and the pauses that a 429 imposes.

Everything here is driven by the `now` that is handed in (seconds on the service's clock) and sleeps nowhere, except the
thin `Gate` at the end. Published limits are no contract: the pace only avoids a 429, the pauses obey one.
"""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from bot.process.clock import Clock
from bot.sending.pauses import Pauses, left
from bot.tracking.model import Priority

CALLS_UNDER_WAY = 8
LOOK_AGAIN = 0.02  # seconds; what is asked to wait for a call that is under way, whose end nobody knows
BURST = 10
MARGIN = 0.02  # a call reaches the wire a little after it is decided: a second of ours is a little longer

APART = 1.0 + MARGIN  # between the messages of one chat
ANSWERS_AT_ONCE = 3  # to a person who presses quickly, and then one a second like all others
ANSWERS_SPAN = ANSWERS_AT_ONCE * APART
GROUP_MESSAGES = 20
GROUP_SPAN = 60.0 + MARGIN

APART_AFTER_PAUSE = 0.04  # those who waited for one pause don't all leave in the same moment


class TokenBucket:
    """At most `rate` messages in any second, sliding, and at most about `burst` of them in one moment; 0 = no limit.

    A plain bucket lets `burst + rate` through in its first second; so the last messages are remembered, and one more
    leaves when the `rate`-th before it is a second old. Only whole messages count, so 2.5 allows two; a rate below 1 is
    one message in `1 / rate` seconds.
    """

    def __init__(self, rate: float, burst: int = BURST) -> None:
        if not (math.isfinite(rate) and rate >= 0.0 and burst >= 1):
            raise ValueError("a rate is 0 or more, a burst 1 or more")
        self._rate = rate
        self._burst = float(burst)
        self._most = max(1, math.floor(rate))
        self._span = max(1.0, 1.0 / rate if rate else 0.0) + MARGIN
        self._times: deque[float] = deque(maxlen=self._most)
        self._tokens, self._filled_at = self._burst, -math.inf

    def wait(self, now: float) -> float:
        """Seconds until a message may leave; 0.0 = now."""
        if not self._rate:
            return 0.0
        filled = left(now + (1.0 - self._tokens_at(now)) / self._rate, now)
        return max(filled, self._wait_for_fewer_than(self._most, now))

    def wait_for_room(self, now: float) -> float:
        """Seconds until less than half of the second's messages are used; 0.0 = now."""
        if not self._rate:
            return 0.0
        return max(self.wait(now), self._wait_for_fewer_than(max(1, self._most // 2), now))

    def take(self, now: float) -> None:
        """A message leaves, whether the bucket would have let it or not (answers are not asked)."""
        if not self._rate:
            return
        self._tokens = max(0.0, self._tokens_at(now) - 1.0)
        self._filled_at = now
        self._times.append(now)

    def _tokens_at(self, now: float) -> float:
        return min(self._burst, self._tokens + max(0.0, now - self._filled_at) * self._rate)

    def _wait_for_fewer_than(self, count: int, now: float) -> float:
        if len(self._times) < count:
            return 0.0
        return left(self._times[-count] + self._span, now)


class Lanes:
    """The pace of single chats: messages a second apart, answers up to three at once, a group 20 in any minute.

    Chats are remembered for as long as their last messages matter, so memory follows the rate, not the number of chats.
    """

    def __init__(self) -> None:
        self._times: dict[int, deque[float]] = {}  # in the order of their last message

    def __len__(self) -> int:
        return len(self._times)

    def wait(self, chat_id: int, priority: Priority, now: float) -> float:
        """Seconds until the chat may get a message of this lane; 0.0 = now."""
        times = self._times.get(chat_id)
        if times is None:
            return 0.0
        return max(_pace(times, priority, now), _group_pace(times, now) if chat_id < 0 else 0.0)

    def take(self, chat_id: int, now: float) -> None:
        """A message (or an edit: Telegram counts them too) leaves for the chat."""
        times = self._times.pop(chat_id, None) or deque(maxlen=GROUP_MESSAGES if chat_id < 0 else ANSWERS_AT_ONCE)
        times.append(now)
        self._times[chat_id] = times
        self._forget_idle(now)

    def busy(self, priority: Priority, now: float) -> set[int]:
        """The chats that may not get a message of this lane now."""
        return {chat_id for chat_id in self._times if self.wait(chat_id, priority, now) > 0.0}

    def _forget_idle(self, now: float) -> None:
        while self._times:
            chat_id, times = next(iter(self._times.items()))
            if times[-1] + (GROUP_SPAN if chat_id < 0 else ANSWERS_SPAN) > now:
                return
            del self._times[chat_id]


def _pace(times: deque[float], priority: Priority, now: float) -> float:
    if priority is not Priority.ANSWER:
        return left(times[-1] + APART, now)
    if len(times) < ANSWERS_AT_ONCE:
        return 0.0
    return left(times[-ANSWERS_AT_ONCE] + ANSWERS_SPAN, now)


def _group_pace(times: deque[float], now: float) -> float:
    return left(times[0] + GROUP_SPAN, now) if len(times) == GROUP_MESSAGES else 0.0


class Pacer:
    """What the sender asks before each call: bucket, lanes, calls under way and pauses in one.

    `rate` is messages a second over all chats; 0 switches the bucket and the lanes' pace off, nothing else.
    All waits are in seconds, 0.0 = now. A wait says when to ask again, not when the answer will be yes.
    """

    def __init__(self, rate: float, *, burst: int = BURST, under_way: int = CALLS_UNDER_WAY) -> None:
        self._paced = rate > 0.0
        self._bucket = TokenBucket(rate, burst)
        self._lanes = Lanes()
        self._pauses = Pauses()
        self._most_under_way = under_way
        self._under_way: set[int] = set()

    def may_send(self, chat_id: int, priority: Priority, now: float) -> float:
        """Seconds until it is worth asking again; 0.0: send now, and say so with `started`."""
        return max(self.next_free(now, priority), self._chat_wait(chat_id, priority, now))

    def started(self, chat_id: int, priority: Priority, now: float) -> None:
        """The call leaves. Raises RuntimeError where another call of the chat is still under way.

        Answers aren't held back by the bucket but fill it: notices then leave them the room.
        """
        if chat_id in self._under_way:
            raise RuntimeError(f"a call of the {priority.name} priority would overtake another call of its chat")
        self._under_way.add(chat_id)
        if self._paced:
            self._bucket.take(now)
            self._lanes.take(chat_id, now)

    def finished(self, chat_id: int, now: float) -> None:  # noqa: ARG002 - every step here is told the time
        """The call has ended, whatever became of it."""
        self._under_way.discard(chat_id)

    def next_free(self, now: float, priority: Priority = Priority.NOTICE) -> float:
        """Seconds until the bot as a whole, chats aside, may make a call of this lane; 0.0 = now."""
        full = LOOK_AGAIN if len(self._under_way) >= self._most_under_way else 0.0
        return max(self.paused_for(None, now), full, self._bucket_wait(priority, now))

    def held(self, now: float, priority: Priority = Priority.NOTICE) -> set[int]:
        """The chats that can't take a message of this lane now, the bot's own limits (`next_free`) aside."""
        return self._under_way | self._lanes.busy(priority, now) | self._pauses.chats(now).keys()

    def next_release(self, now: float, priority: Priority = Priority.NOTICE) -> float | None:
        """Seconds until the first of the held chats is worth a look; None where none is held."""
        waits = [self._chat_wait(chat_id, priority, now) for chat_id in self.held(now, priority)]
        return min(waits, default=None)

    def note_retry_after(self, chat_id: int | None, seconds: float, now: float) -> None:
        """Telegram answered 429; `chat_id` None where the call or the limit was no chat's."""
        self._pauses.note(chat_id, seconds, now)

    def note_trouble(self, chat_id: int, seconds: float, now: float) -> None:
        """A call to the chat failed: nothing to this chat for a while, so that what follows does not overtake it."""
        self._pauses.hold(chat_id, seconds, now)

    def paused_for(self, chat_id: int | None, now: float) -> float:
        """Seconds in which no call at all may be made to the chat (None: a call without a chat)."""
        return left(self._pauses.until(chat_id), now)

    def until(self, chat_id: int | None) -> float:
        """The same as a time on the service's clock; 0.0 where nothing was noted."""
        return self._pauses.until(chat_id)

    def lasting_pauses(self, now: float) -> list[tuple[int | None, float]]:
        """Pauses of more than five seconds, to be kept over a restart: (chat or None for the bot, until)."""
        return self._pauses.lasting(now)

    def restore_pauses(self, pauses: Iterable[tuple[int | None, float]], now: float) -> None:
        """Takes back at start what `lasting_pauses` gave."""
        self._pauses.restore(pauses, now)

    def _chat_wait(self, chat_id: int, priority: Priority, now: float) -> float:
        ordered = LOOK_AGAIN if chat_id in self._under_way else 0.0
        return max(ordered, self.paused_for(chat_id, now), self._lanes.wait(chat_id, priority, now))

    def _bucket_wait(self, priority: Priority, now: float) -> float:
        if priority is Priority.ANSWER:
            return 0.0
        return self._bucket.wait_for_room(now) if priority is Priority.EDIT else self._bucket.wait(now)


class CallGate(Protocol):
    """What every call to Telegram passes, whoever makes it."""

    async def wait(self, chat_id: int | None) -> None:
        """Returns when no pause forbids a call to the chat (None: a call without a chat)."""

    def note_retry_after(self, chat_id: int | None, seconds: float) -> None:
        """Telegram answered 429."""


class Gate:
    """The pacer's pauses for callers that wait: a `CallGate`."""

    def __init__(
        self,
        pacer: Pacer,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._pacer, self._clock, self._sleep, self._refused = pacer, clock, sleep, refused
        self._waiting = 0

    async def wait(self, chat_id: int | None) -> None:
        """Sleeps until no pause forbids a call to the chat; those who waited together leave one after the other."""
        while (pause := self._pacer.paused_for(chat_id, self._clock.now())) > 0.0:
            turn = self._waiting * APART_AFTER_PAUSE
            self._waiting += 1
            try:
                await self._sleep(pause + turn)
            finally:
                self._waiting -= 1

    def note_retry_after(self, chat_id: int | None, seconds: float) -> None:
        """Telegram answered 429."""
        self._pacer.note_retry_after(chat_id, seconds, self._clock.now())
        self._refused()
