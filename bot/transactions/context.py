"""What a decision depends on besides the database: both clocks, settings, whether the API can be asked, chance."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.pickpack.health import Breaker
from bot.process.chance import jitter
from bot.process.clock import Clock
from bot.tracking.hours import StoreHours
from bot.tracking.model import Ticks, Wall
from bot.tracking.notifying import EDIT_INTERVAL, Policy
from bot.tracking.timing import PollIntervals


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """The context of all decisions of one commit.

    `now` is the service's clock, `wall` Unix time. `jitter` (-1 to 1) spreads polls. `staff`: the ids of the people and
    groups that alerts go to; those that can wait do so for `store_hours`. `follows_per_day`: new orders that a person
    may learn of in a day without a signed link; 0 for any number. `account`: ours, where the settings name it.
    """

    now: Ticks
    wall: Wall
    policy: Policy = field(default_factory=Policy)
    poll_intervals: PollIntervals = field(default_factory=PollIntervals)
    jitter: float = 0.0
    staff: tuple[int, ...] = ()
    store_hours: StoreHours = field(default_factory=StoreHours)
    follows_per_day: int = 0
    account: str | None = None

    @property
    def clock_offset(self) -> float:
        """Return the seconds to add to the service's clock for wall time: not 0 once the wall clock was corrected."""
        return self.wall - self.now

    def wall_at(self, at: Ticks) -> Wall:
        """Return the wall time to show people for a time on the service's clock."""
        return Wall(at + self.clock_offset)


class ContextSource:
    """Reads the clocks, the breaker and chance. `debounce` and `edit_interval` are a `Policy`'s."""

    def __init__(
        self,
        clock: Clock,
        breaker: Breaker,
        *,
        debounce: float,
        edit_interval: float = EDIT_INTERVAL,
        poll_intervals: PollIntervals,
        staff: Iterable[int] = (),
        store_hours: StoreHours | None = None,
        follows_per_day: int = 0,
        account: str | None = None,
        chance: Callable[[], float] = jitter,
    ) -> None:
        self._clock = clock
        self._breaker = breaker
        self._follows_per_day = follows_per_day
        self._account = account
        self._debounce = debounce
        self._edit_interval = edit_interval
        self._poll_intervals = poll_intervals
        self._staff = tuple(sorted(staff))
        self._store_hours = store_hours or StoreHours()
        self._chance = chance

    def current(self) -> DecisionContext:
        """Return the context of this moment."""
        return DecisionContext(
            now=Ticks(self._clock.now()),
            wall=Wall(self._clock.wall()),
            policy=Policy(
                debounce=self._debounce,
                details_possible=self._breaker.is_closed,
                edit_interval=self._edit_interval,
            ),
            poll_intervals=self._poll_intervals,
            jitter=self._chance(),
            staff=self._staff,
            store_hours=self._store_hours,
            follows_per_day=self._follows_per_day,
            account=self._account,
        )
