"""How fast calls to Telegram may be made: limits for the whole bot and for each chat, and the pauses after a 429.

Only `PauseGate` sleeps; everything else takes `now` (seconds on the service's clock) as an argument. The limits only
make a 429 rare, as those that Telegram publishes are not binding; the pauses obey a 429.
"""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from bot.process.clock import Clock
from bot.sending.pauses import Pauses, Scope, left
from bot.tracking.model import Priority

MAX_CONCURRENT_CALLS = 8  # until they are marked: so many messages may be told twice after a kill
MAX_CLAIMED = 32  # where nothing paces: with those that wait for their claim to be on disk, or for a call's place
RECHECK_SECONDS = 0.02  # the wait behind a call that is under way, whose end can't be foreseen
BURST_SIZE = 10
MARGIN = 0.02  # added to each span, as a call leaves a little after it was decided

CHAT_INTERVAL = 1.0 + MARGIN  # between the messages of one chat
ANSWER_BURST = 3  # answers at once to a person who presses quickly; then one a second
ANSWER_BURST_SPAN = ANSWER_BURST * CHAT_INTERVAL
TOAST_BURST = 10  # toasts in the same span: whoever presses through pages sees at once that each press has come
GROUP_MESSAGES = 20
GROUP_SPAN = 60.0 + MARGIN

STAGGER_SECONDS = 0.04  # between the calls that waited for the same pause


class TokenBucket:
    """At most `rate` messages in any second, sliding, and at most about `burst` of them in one moment; 0 = no limit.

    A plain bucket lets `burst + rate` through in its first second; so the last messages are remembered, and one more
    leaves when the `rate`-th before it is a second old. Only whole messages count, so 2.5 allows two; a rate below 1 is
    one message in `1 / rate` seconds.
    """

    def __init__(self, rate: float, burst: int = BURST_SIZE) -> None:
        if not (math.isfinite(rate) and rate >= 0.0 and burst >= 1):
            raise ValueError("a rate is 0 or more, a burst 1 or more")
        self._rate = rate
        self._burst = float(burst)
        self._most = max(1, math.floor(rate))
        self._span = max(1.0, 1.0 / rate if rate else 0.0) + MARGIN
        self._times: deque[float] = deque(maxlen=self._most)
        self._tokens, self._filled_at = self._burst, -math.inf

    def wait(self, now: float) -> float:
        """Return the seconds until a message may leave; 0.0 = now."""
        if not self._rate:
            return 0.0
        filled = left(now + (1.0 - self._tokens_at(now)) / self._rate, now)
        passed = left(self._times[0] + self._span, now) if len(self._times) == self._most else 0.0
        return max(filled, passed)

    def take(self, now: float) -> None:
        """Count a message that leaves, also one that the bucket would have held back (answers don't wait for it)."""
        if not self._rate:
            return
        self._tokens = max(0.0, self._tokens_at(now) - 1.0)
        self._filled_at = now
        self._times.append(now)

    def leave(self, taken_at: float, now: float) -> None:
        """Count a message from now on that leaves later than it was taken: Telegram counts what arrives."""
        if taken_at in self._times:
            self._times.remove(taken_at)
            self._times.append(now)

    def _tokens_at(self, now: float) -> float:
        return min(self._burst, self._tokens + max(0.0, now - self._filled_at) * self._rate)


class ChatLimits:
    """The limits of single chats: messages a second apart, answers up to three at once, a group 20 in any minute.

    Chats are remembered for as long as their last messages matter, so memory follows the rate, not the number of chats.
    `limits_groups`: whether more than GROUP_MESSAGES in a minute count as too many for a group. `burst`: how many
    answers may leave at once.
    """

    def __init__(self, *, limits_groups: bool = True, burst: int = ANSWER_BURST) -> None:
        self._limits_groups = limits_groups
        self._answer_burst = burst
        self._times: dict[int, deque[float]] = {}  # in the order of their last message

    def __len__(self) -> int:
        return len(self._times)

    def wait(self, chat_id: int, priority: Priority, now: float) -> float:
        """Return the seconds until the chat may get a message of this priority; 0.0 = now."""
        times = self._times.get(chat_id)
        if times is None:
            return 0.0
        pace = _pace(times, priority, now, self._answer_burst)
        return max(pace, _group_pace(times, now) if self._is_limited_group(chat_id) else 0.0)

    def take(self, chat_id: int, now: float) -> None:
        """Count a message to the chat (or an edit: Telegram counts them too)."""
        most = GROUP_MESSAGES if self._is_limited_group(chat_id) else self._answer_burst
        times = self._times.pop(chat_id, None) or deque(maxlen=most)
        times.append(now)
        self._times[chat_id] = times
        self._forget_idle(now)

    def busy(self, priority: Priority, now: float) -> set[int]:
        """Return the chats that may not get a message of this priority now."""
        return {chat_id for chat_id in self._times if self.wait(chat_id, priority, now) > 0.0}

    def _is_limited_group(self, chat_id: int) -> bool:
        return self._limits_groups and chat_id < 0

    def _forget_idle(self, now: float) -> None:
        while self._times:
            chat_id, times = next(iter(self._times.items()))
            if times[-1] + (GROUP_SPAN if self._is_limited_group(chat_id) else ANSWER_BURST_SPAN) > now:
                return
            del self._times[chat_id]


def _pace(times: deque[float], priority: Priority, now: float, burst: int) -> float:
    if priority is not Priority.ANSWER:
        return left(times[-1] + CHAT_INTERVAL, now)
    if len(times) < burst:
        return 0.0
    return left(times[-burst] + ANSWER_BURST_SPAN, now)


def _group_pace(times: deque[float], now: float) -> float:
    return left(times[0] + GROUP_SPAN, now) if len(times) == GROUP_MESSAGES else 0.0


class Pacer:
    """Says before each call how long to wait for it: the bot's and the chat's limits, calls under way, pauses.

    `rate` is messages a second over all chats; 0 switches off the limits on messages, not the pauses. An edit is a
    message like any other: who sends goes by priority.
    All waits are in seconds, 0.0 = now. A wait says when to ask again; the answer may then be another wait.
    """

    def __init__(self, rate: float, *, burst: int = BURST_SIZE, under_way: int | None = None) -> None:
        self._paced = rate > 0.0
        self._bucket = TokenBucket(rate, burst)
        self._chat_limits = ChatLimits()
        self._toast_limits = ChatLimits(limits_groups=False, burst=TOAST_BURST)  # a toast is no message of its chat
        self._pauses = Pauses()
        # at a pace few are enough, and so few can leave late together, in a second that is full already
        self.most_under_way = under_way or (MAX_CONCURRENT_CALLS if self._paced else MAX_CLAIMED)
        self._under_way: dict[int, float] = {}  # chat → when its call was started

    def wait_to_send(self, chat_id: int, priority: Priority, now: float) -> float:
        """Return the seconds until it is worth asking again; 0.0: send now, and call `call_started`."""
        return max(self.wait_for_bot(now, priority), self._chat_wait(chat_id, priority, now))

    def call_started(self, chat_id: int, priority: Priority, now: float) -> None:
        """Count a call that leaves. Raises RuntimeError where another call to the chat is still under way.

        Answers don't wait for the bucket but are counted in it, so that all else leaves room for them.
        """
        if chat_id in self._under_way:
            raise RuntimeError(f"a call of the {priority.name} priority would overtake another call of its chat")
        self._under_way[chat_id] = now
        if self._paced:
            self._bucket.take(now)
            self._chat_limits.take(chat_id, now)

    def call_leaves(self, chat_id: int, now: float) -> None:
        """Note that a call that was started leaves only now: its claim had to wait for the disk."""
        self._bucket.leave(self._under_way[chat_id], now)

    def wait_to_answer(self, chat_id: int, now: float, *, toast: bool = False) -> float:
        """Return the seconds until a person's chat may get a direct answer, or a press its toast; 0.0 = now.

        Without this pace whoever writes or presses quickly would have Telegram refuse us.
        """
        limits = self._toast_limits if toast else self._chat_limits
        return limits.wait(chat_id, Priority.ANSWER, now)

    def answer_started(self, chat_id: int, now: float, *, toast: bool = False) -> None:
        """Count a direct answer, which is no row of the outbox: what the outbox sends leaves room for it."""
        if not self._paced:
            return
        if toast:
            self._toast_limits.take(chat_id, now)
        else:
            self._bucket.take(now)
            self._chat_limits.take(chat_id, now)

    def call_ended(self, chat_id: int) -> None:
        """Note that the chat's call has ended, whatever became of it."""
        self._under_way.pop(chat_id, None)

    def wait_for_bot(self, now: float, priority: Priority = Priority.NOTICE) -> float:
        """Return the seconds until the bot may make a call of this priority to any chat; 0.0 = now."""
        full = RECHECK_SECONDS if len(self._under_way) >= self.most_under_way else 0.0
        return max(self.paused_for(None, now), full, self._bucket_wait(priority, now))

    def blocked_chats(self, now: float, priority: Priority = Priority.NOTICE) -> set[int]:
        """Return the chats that can't get a message of this priority now, whatever `wait_for_bot` says."""
        return self._under_way.keys() | self._chat_limits.busy(priority, now) | self._pauses.chats(now)

    def wait_for_blocked_chat(self, now: float, priority: Priority = Priority.NOTICE) -> float | None:
        """Return the seconds until the first blocked chat may be free; None where none is blocked."""
        waits = [self._chat_wait(chat_id, priority, now) for chat_id in self.blocked_chats(now, priority)]
        return min(waits, default=None)

    def note_retry_after(self, scope: Scope, seconds: float | None, now: float) -> float:
        """Start the pause of a 429, and return its seconds; None: the answer names no time."""
        return self._pauses.note(scope, seconds, now)

    def pause_chat(self, chat_id: int, seconds: float, now: float) -> None:
        """Let the sender leave a chat alone after a failed call, so that its later messages don't overtake that one."""
        self._pauses.pause_chat(chat_id, seconds, now)

    def paused_for(self, scope: Scope, now: float) -> float:
        """Return the seconds in which Telegram forbids calls to the chat or of the method."""
        return left(self._pauses.until(scope), now)

    def until(self, scope: Scope) -> float:
        """Return the end of Telegram's pause on the service's clock; 0.0 where there was none."""
        return self._pauses.until(scope)

    def pauses_in_force(self, now: float) -> tuple[int, float]:
        """Return how many pauses Telegram has asked for that are not over, and the seconds left of the longest."""
        return self._pauses.in_force(now)

    def long_pauses(self, now: float) -> list[tuple[int | None, float]]:
        """Return the pauses of more than LONG_PAUSE seconds, to be stored: (chat or None for the bot, until)."""
        return self._pauses.long(now)

    def restore_pauses(self, pauses: Iterable[tuple[int | None, float]], now: float) -> None:
        """Set at start the pauses that were stored."""
        self._pauses.restore(pauses, now)

    def _chat_wait(self, chat_id: int, priority: Priority, now: float) -> float:
        ordered = RECHECK_SECONDS if chat_id in self._under_way else 0.0
        resting = left(self._pauses.resting_until(chat_id), now)
        return max(ordered, resting, self.paused_for(chat_id, now), self._chat_limits.wait(chat_id, priority, now))

    def _bucket_wait(self, priority: Priority, now: float) -> float:
        return 0.0 if priority is Priority.ANSWER else self._bucket.wait(now)


class CallGate(Protocol):
    """Makes every call to Telegram wait for pauses, also those that the sender does not make."""

    async def wait(self, scope: Scope) -> None:
        """Wait until no pause forbids the call."""

    async def take_turn(self, chat_id: int, *, toast: bool = False) -> None:
        """Wait until the chat's pace allows a direct answer (or a toast), and count it."""

    def note_retry_after(self, scope: Scope, seconds: float | None) -> float:
        """Start the pause of a 429, and return its seconds; None: the answer names no time."""


class PauseGate:
    """A `CallGate` that sleeps until the pacer's pauses are over."""

    def __init__(
        self,
        pacer: Pacer,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        on_rate_limit: Callable[[Scope], None] = lambda _scope: None,
    ) -> None:
        self._pacer, self._clock, self._sleep, self._on_rate_limit = pacer, clock, sleep, on_rate_limit
        self._waiting = 0

    async def wait(self, scope: Scope) -> None:
        """Sleep until no pause forbids the call; calls that waited together leave one after the other."""
        while (pause := self._pacer.paused_for(scope, self._clock.now())) > 0.0:
            turn = self._waiting * STAGGER_SECONDS
            self._waiting += 1
            try:
                await self._sleep(pause + turn)
            finally:
                self._waiting -= 1

    async def take_turn(self, chat_id: int, *, toast: bool = False) -> None:
        """Sleep until the chat's pace allows a direct answer (or a toast), and count it."""
        while (wait := self._pacer.wait_to_answer(chat_id, self._clock.now(), toast=toast)) > 0.0:
            await self._sleep(wait)
        self._pacer.answer_started(chat_id, self._clock.now(), toast=toast)

    def note_retry_after(self, scope: Scope, seconds: float | None) -> float:
        """Start the pause of a 429, report it, and return its seconds."""
        noted = self._pacer.note_retry_after(scope, seconds, self._clock.now())
        self._on_rate_limit(scope)
        return noted
