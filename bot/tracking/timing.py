"""Compute when to poll an order next, and how long to wait after failures. Pure: chance is a parameter, `jitter`."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.tracking.deciding import effective_status
from bot.tracking.model import Order, Ticks
from bot.tracking.statuses import Stage, look_up

HOUR = 3600.0
DAY = 24 * HOUR
NOT_FOUND_WAITS = (HOUR, 6 * HOUR, DAY)  # since the first not-found of a known order; then no more
FINAL_WAITS = (DAY, 3 * DAY)  # since a final status: "delivered" may be early, a return may follow
DISPUTED_WAITS = (6 * HOUR, *FINAL_WAITS)  # of an end that a webhook has brought and the API has not shown
AWAITED_WAITS = (60.0, 180.0, 600.0, 1800.0, HOUR, 2 * HOUR, 4 * HOUR)  # waits between asks for a number not seen yet
AWAITED_FOR = 2 * DAY
_AWAITED_ANSWERS = 18  # as many as come in that time: where the API was away in it, it goes on
_LONG_UNCHANGED, _OFTEN_UNCHANGED = 7 * DAY, 40  # time, and answers: a clock that jumped ahead proves nothing alone
# of the first interval, which doesn't double there: what people wait for most comes next, and what nobody but the API
# tells, incidents and links
_STEADY = {Stage.AWAITING_COURIER: 0.9, Stage.ON_ITS_WAY: 1.0, Stage.READY_FOR_PICKUP: 1.0}


@dataclass(frozen=True, slots=True)
class PollIntervals:
    """Seconds between GETs of an order that does not change: the first interval, and the longest (POLL_SILENCE…)."""

    first: float = 600.0
    most: float = HOUR


@dataclass(frozen=True, slots=True)
class Absence:
    """A long time in which the service heard nothing: it did not run, or the machine's clock jumped ahead."""

    ended_at: float
    seconds: float


def next_poll(order: Order, poll_intervals: PollIntervals, *, followed: bool, jitter: float = 0.0) -> Ticks | None:
    """Return when the order is due for a GET; None for never. `jitter` -1..1 stretches an interval by up to 10 %."""
    if not followed or order.status is None:
        return None
    routine = _routine(order, poll_intervals, jitter)
    due = min((at for at in (*order.extra_polls.values(), routine) if at is not None), default=None)
    if due is None or order.retry_at is None:
        return due
    return max(due, order.retry_at)


def is_urgent(order: Order, due: Ticks | None) -> bool:
    """Return whether this poll cannot wait for the regular ones: a link is missing, or a webhook unconfirmed."""
    return due is not None and any(at <= due for at in order.extra_polls.values())


def backoff(failures: int, *, first: float = 2.0, most: float = 300.0, jitter: float = 0.0) -> float:
    """Return the seconds to wait after the n-th failure in a row: doubling, with `jitter` (-1..1) of a quarter."""
    return float(min(most, first * 2 ** min(failures - 1, 30)) * (1 + 0.25 * jitter))


def resend_wait(attempts: int) -> float:
    """Return the seconds to leave a chat alone after a call that certainly failed, as `attempts` before it did."""
    return backoff(attempts + 1, first=1.0, most=60.0)


def next_awaited(asked: int, jitter: float = 0.0) -> float:
    """Return the seconds until an awaited number is polled again, after it was polled `asked` times."""
    return AWAITED_WAITS[min(asked, len(AWAITED_WAITS)) - 1] * (1 + 0.1 * jitter)


def counted_before(now: float, seconds: float, absences: Sequence[Absence]) -> Ticks:
    """Return the time since when the service has been there for so many seconds: its absences don't count."""
    before = now - seconds
    for absence in sorted(absences, key=lambda one: one.ended_at, reverse=True):
        if absence.ended_at > before:
            before -= absence.seconds
    return Ticks(before)


def _routine(order: Order, poll_intervals: PollIntervals, jitter: float) -> Ticks | None:
    if order.not_found_count and order.confirmed_at is None and order.webhook_at is not None:
        return _not_there_yet(order, jitter)
    if order.not_found_count:
        return _lost(order)
    if look_up(order.status or "").final:
        return _first_after(order.polled_at, order.changed_at or 0.0, DISPUTED_WAITS if order.ended else FINAL_WAITS)
    last = max(order.changed_at or 0.0, order.webhook_at or 0.0, order.polled_at or 0.0)
    return Ticks(last + _interval(order, poll_intervals, last) * (1 + 0.1 * jitter))


def _not_there_yet(order: Order, jitter: float) -> Ticks | None:
    """Return when to ask for an order that only webhooks have named so far: like for a number not seen yet."""
    polled_at = order.polled_at or 0.0
    if polled_at - (order.not_found_since or 0.0) >= AWAITED_FOR and order.not_found_count >= _AWAITED_ANSWERS:
        return None
    return Ticks(polled_at + next_awaited(order.not_found_count, jitter))


def _interval(order: Order, poll_intervals: PollIntervals, last: float) -> float:
    silent = last - order.changed_at if order.changed_at is not None else 0.0
    if silent >= _LONG_UNCHANGED and order.unchanged_polls >= _OFTEN_UNCHANGED:
        return DAY
    steady = _STEADY.get(look_up(effective_status(order) or "").stage)
    if steady is not None:
        return poll_intervals.first * steady
    return float(
        min(poll_intervals.first * 2 ** min(order.unchanged_polls, 20), max(poll_intervals.most, poll_intervals.first))
    )


def _lost(order: Order) -> Ticks | None:
    """Return when to ask for a known order that is not found any more; after an outage the waits between stay."""
    since, polled_at = order.not_found_since or 0.0, order.polled_at or 0.0
    waits = (0.0, *NOT_FOUND_WAITS)[order.not_found_count - 1 :]
    return Ticks(max(since + waits[1], polled_at + waits[1] - waits[0])) if len(waits) > 1 else None


def _first_after(polled_at: float | None, start: float, waits: Sequence[float]) -> Ticks | None:
    """Return the first of the fixed times after `start` that no GET has passed yet."""
    return next((Ticks(start + wait) for wait in waits if polled_at is None or polled_at < start + wait), None)
