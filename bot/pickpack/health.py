"""Whether Pick and Pack's API can be asked: a circuit breaker, and what it says of the API's health.

Nobody closes the API to all others: one order's bad answer is that order's, and one person's silence that person's.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.tracking.timing import backoff

OPENS_AFTER = 5  # failures in a row
FIRST_PAUSE, MOST_PAUSE = 10.0, 40.0  # seconds, a quarter more or less: with its own time a trial a minute
DOUBT_SECONDS = 5.0  # after a call that got no answer, until the API is asked whether it is there


class ApiHealth(StrEnum):
    """How the API was at the last call, for /readyz and for staff."""

    OK = "ok"
    DOWN = "down"
    REFUSED = "refused"  # it refuses the key


@dataclass
class Breaker:
    """Opens after failures in a row; then lets one trial call through each time its pause is over.

    `blamed` has the people and orders whose failure is among those in a row: another one of theirs does not count.
    """

    chance: Callable[[], float]
    failures: int = 0
    blamed: set[Hashable] = field(default_factory=set)
    rounds: int = 0
    open_until: float | None = None
    health: ApiHealth = ApiHealth.OK
    trial_under_way: bool = False
    doubted_at: float | None = None

    @property
    def is_closed(self) -> bool:
        """False while waiting for an answer makes no sense: the API is down, or refuses the key."""
        return self.open_until is None

    def allows(self, now: float) -> bool:
        """Return whether a call may be made now."""
        if self.open_until is None:
            return True
        return now >= self.open_until and not self.trial_under_way

    def is_doubted(self, now: float) -> bool:
        """Return whether a call got no answer a while ago, and none has shown since whether the API is there."""
        return self.doubted_at is not None and now >= self.doubted_at + DOUBT_SECONDS

    def doubt(self, now: float) -> None:
        """Doubt that the API is there: it is asked in a moment."""
        self.doubted_at = now

    def postpone(self, now: float, seconds: float) -> None:
        """Leave the API alone for a while before it is asked whether it is there."""
        if self.doubted_at is not None:
            self.doubted_at = now + seconds - DOUBT_SECONDS
        if self.open_until is not None:
            self.open_until = max(self.open_until, now + seconds)
            self.rounds += 1  # the next trial is another one

    def record_success(self) -> None:
        """Close: the API has answered."""
        self.failures, self.rounds, self.open_until, self.health = 0, 0, None, ApiHealth.OK
        self.doubted_at = None
        self.blamed.clear()

    def record_failure(self, now: float, *, refused: bool, trial: bool, blame: Hashable | None = None) -> None:
        """Count a call that got no answer. A refused key opens at once: more calls don't help.

        `blame`: the person or the order that may be the reason, whose failures in a row count once; None for nobody.
        """
        if self.open_until is not None and not trial:
            return  # it was under way when the breaker opened: the same outage, not a longer one
        self.doubted_at = now
        if blame is None or blame not in self.blamed or trial:
            self.failures += 1
        if blame is not None:
            self.blamed.add(blame)
        if refused or self.failures >= OPENS_AFTER:
            self.rounds += 1
            self.open_until = now + backoff(self.rounds, first=FIRST_PAUSE, most=MOST_PAUSE, jitter=self.chance())
            self.health = ApiHealth.REFUSED if refused else ApiHealth.DOWN
