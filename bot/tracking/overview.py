"""How things stand in the store, as its staff read it: what doesn't get on, the numbers of the days. Pure data.

And how long an order may stay in a stage before somebody has to look: this store's own 90th percentile, once there is
enough history to know it. A stay begins with the step that enters a stage and ends with the one that leaves it; steps
within a stage, such as from picking to packing, are one stay. Only the order's own statuses count, not its courier's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from bot.tracking.model import OrderPk, Wall
from bot.tracking.statuses import Stage, look_up
from bot.tracking.timing import DAY, HOUR

ENOUGH_STAYS = 20  # with fewer of them a 90th percentile says little
LEAST_LIMIT = HOUR / 2  # in a store that is so quick nobody has to look sooner
# how long a stage lasts at most while the store's own history is too short to say
USUAL_AT_MOST = {
    Stage.RECEIVED: DAY,
    Stage.BEING_PREPARED: 4 * HOUR,
    Stage.PACKED: DAY,
    Stage.AWAITING_COURIER: DAY,
    Stage.ON_ITS_WAY: 3 * DAY,
    Stage.READY_FOR_PICKUP: 3 * DAY,
    Stage.UNKNOWN: DAY,
}


Step = tuple[OrderPk, Wall, int, str]  # which order, when, whether nobody knows since when, the status it came to


class Stay(NamedTuple):
    """An order in a stage. `until` is None of the present one; `is_cut`: it had begun before the order was seen."""

    order: OrderPk
    stage: Stage
    since: Wall
    until: Wall | None
    is_cut: bool


@dataclass(frozen=True, slots=True)
class StageTimes:
    """How long the orders that have left a stage were in it, in seconds: half of them, and nine in ten, at most."""

    stays: int
    median: float
    nine_in_ten: float


@dataclass(frozen=True, slots=True)
class StageLimit:
    """How long a stage lasts at most, as a rule. `is_own`: by this store's own orders."""

    seconds: float
    is_own: bool = False


def stays_of(steps: Iterable[Step]) -> Iterator[Stay]:
    """Yield the stays that these steps make, which come order by order, the oldest first."""
    for order, own in groupby(steps, key=lambda step: step[0]):
        entered = [next(group) for _, group in groupby(own, key=lambda step: look_up(step[3]).stage)]
        for (_, since, is_cut, status), after in zip(entered, [*entered[1:], None], strict=True):
            yield Stay(order, look_up(status).stage, since, None if after is None else after[1], bool(is_cut))


def times_by_stage(stays: Iterable[Stay], *, since: float = 0.0) -> dict[Stage, StageTimes]:
    """Return how long orders were in each stage that they have left since that time."""
    lasted = dict[Stage, list[float]]()
    for one in stays:
        if one.until is not None and one.until >= since and not one.is_cut:
            lasted.setdefault(one.stage, []).append(max(one.until - one.since, 0.0))
    return {stage: _times(sorted(seconds)) for stage, seconds in lasted.items()}


def _times(lasted: list[float]) -> StageTimes:
    number = len(lasted)
    return StageTimes(number, lasted[(number + 1) // 2 - 1], lasted[(9 * number + 9) // 10 - 1])


def limits(times: Mapping[Stage, StageTimes]) -> dict[Stage, StageLimit]:
    """Return of each stage how long it lasts at most: its 90th percentile, once there is enough history."""
    return {stage: _limit(times.get(stage), usual) for stage, usual in USUAL_AT_MOST.items()}


def _limit(times: StageTimes | None, usual: float) -> StageLimit:
    if times is None or times.stays < ENOUGH_STAYS:
        return StageLimit(usual)
    return StageLimit(max(times.nine_in_ten, LEAST_LIMIT), is_own=True)


class Why(StrEnum):
    """Why an order is looked at."""

    SLOW = "slow"  # longer in its stage than is usual
    COURIER = "courier"  # its courier reports more than the order itself
    NOT_FOUND = "not-found"  # Pick and Pack shows it no longer
    UNCONFIRMED = "unconfirmed"  # a webhook and Pick and Pack say different things
    IN_TURNS = "in-turns"  # it goes to and fro


@dataclass(frozen=True, slots=True)
class StuckOrder:
    """An order that doesn't get on: since when (wall time) it is in its stage, which usually lasts so long at most.

    `reported`: what its courier reports, where that is further on than the order itself. `in_turns`: the statuses to
    which it, or one of its packages, has come so many `times` within a day.
    """

    id: OrderPk
    order_id: str
    status: str
    since: Wall
    why: Why
    usual: StageLimit | None = None
    reported: str | None = None
    in_turns: tuple[str, ...] = ()
    times: int = 0


@dataclass(frozen=True, slots=True)
class TroubledOrder:
    """An order of which a courier reports `trouble`, a shipment's status: the worst of several, and since when."""

    id: OrderPk
    order_id: str
    trouble: str
    since: Wall
    courier: str | None = None


@dataclass(frozen=True, slots=True)
class FailedNotices:
    """Messages about an order that could not be sent, the last one at `at` (wall time), with Telegram's reason.

    `number` is None of what is about no order; `is_alert`: they were for staff. `is_unknown`: perhaps they did arrive.
    """

    id: OrderPk | None
    number: str | None
    reason: str
    at: Wall
    messages: int = 1
    is_alert: bool = False
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class StuckList:
    """All that is to be looked at, in working order: what exceeds its usual time by most, or lasts longest, first.

    What is among `troubled` is not among `orders`, too, for being slow.
    """

    orders: tuple[StuckOrder, ...] = ()
    failed: tuple[FailedNotices, ...] = ()
    troubled: tuple[TroubledOrder, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.orders or self.failed or self.troubled)


@dataclass(frozen=True, slots=True)
class Period:
    """The numbers of a time.

    `late`: orders that came to be in a step for longer than is usual. `lost`: steps that only a poll has shown.
    `median` and `p99`: the seconds from an event to the message about it; None where there was none.
    """

    orders: int = 0
    delivered: int = 0
    late: int = 0
    told: int = 0
    not_delivered: int = 0
    perhaps: int = 0
    good: int = 0  # orders that somebody has, doesn't have, or has after all
    missing: int = 0
    found: int = 0
    lost: int = 0
    median: float | None = None
    p99: float | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """The numbers of today and of the last days; how long orders were in each stage in these; how things stand now."""

    today: Period = field(default_factory=Period)
    week: Period = field(default_factory=Period)
    stages: Mapping[Stage, StageTimes] = field(default_factory=dict)
    followed: int = 0
    chats: int = 0
    waiting: int = 0
    pauses: int = 0  # those after a 429 are not in the database: these two are the caller's
    longest_pause: float = 0.0
