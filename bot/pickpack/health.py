"""Whether Pick and Pack's API can be asked: a circuit breaker, and what it says of the API's health."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.tracking.timing import backoff

OPENS_AFTER = 5  # failures in a row
FIRST_PAUSE = 10.0  # seconds


class ApiHealth(StrEnum):
    """How the API was at the last call, for /readyz and for staff."""

    OK = "ok"
    DOWN = "down"
    REFUSED = "refused"  # it refuses the key


@dataclass
class Breaker:
    """Opens after failures in a row; then lets one trial call through each time its pause is over."""

    chance: Callable[[], float]
    failures: int = 0
    rounds: int = 0
    open_until: float | None = None
    health: ApiHealth = ApiHealth.OK
    trial_under_way: bool = False

    @property
    def is_closed(self) -> bool:
        """False while waiting for an answer makes no sense: the API is down, or refuses the key."""
        return self.open_until is None

    def allows(self, now: float) -> bool:
        """Return whether a call may be made now."""
        if self.open_until is None:
            return True
        return now >= self.open_until and not self.trial_under_way

    def record_success(self) -> None:
        """Close: the API has answered."""
        self.failures, self.rounds, self.open_until, self.health = 0, 0, None, ApiHealth.OK

    def record_failure(self, now: float, *, refused: bool, trial: bool) -> None:
        """Count a call that got no answer. A refused key opens at once: more calls don't help."""
        if self.open_until is not None and not trial:
            return  # it was under way when the breaker opened: the same outage, not a longer one
        self.failures += 1
        if refused or self.failures >= OPENS_AFTER:
            self.rounds += 1
            self.open_until = now + backoff(self.rounds, first=FIRST_PAUSE, jitter=self.chance())
            self.health = ApiHealth.REFUSED if refused else ApiHealth.DOWN
