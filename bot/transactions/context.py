"""What a decision depends on besides the database: both clocks, the settings, whether the API can be asked, chance."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.pickpack.health import Breaker
from bot.process.chance import jitter
from bot.process.clock import Clock
from bot.tracking.hours import StoreHours
from bot.tracking.notifying import Policy
from bot.tracking.timing import PollIntervals


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """One reading of it, the same for everything in one commit.

    `now` is the service's clock, `wall` Unix time. `jitter` (-1 to 1) spreads polls. `staff`: the ids of the people and
    groups that alerts go to; those that can wait do so for `store_hours`.
    """

    now: float
    wall: float
    policy: Policy = field(default_factory=Policy)
    poll_intervals: PollIntervals = field(default_factory=PollIntervals)
    jitter: float = 0.0
    staff: tuple[int, ...] = ()
    store_hours: StoreHours = field(default_factory=StoreHours)

    def wall_at(self, at: float) -> float:
        """Return the wall time to show for a time on the service's clock: they differ once the wall clock jumps."""
        return at - self.now + self.wall


class ContextSource:
    """Reads the clocks, the breaker and chance. `settle`: seconds that a routine step waits for the next one."""

    def __init__(
        self,
        clock: Clock,
        breaker: Breaker,
        *,
        debounce: float,
        poll_intervals: PollIntervals,
        staff: Iterable[int] = (),
        store_hours: StoreHours | None = None,
        chance: Callable[[], float] = jitter,
    ) -> None:
        self._clock = clock
        self._breaker = breaker
        self._settle = debounce
        self._poll_intervals = poll_intervals
        self._staff = tuple(sorted(staff))
        self._store_hours = store_hours or StoreHours()
        self._chance = chance

    def current(self) -> DecisionContext:
        """Return the context of this moment."""
        return DecisionContext(
            now=self._clock.now(),
            wall=self._clock.wall(),
            policy=Policy(debounce=self._settle, details_possible=self._breaker.is_closed),
            poll_intervals=self._poll_intervals,
            jitter=self._chance(),
            staff=self._staff,
            store_hours=self._store_hours,
        )
