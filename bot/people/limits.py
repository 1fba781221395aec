"""How often a person may guess, and how often the whole bot may look a number up. In memory: a restart forgives."""

from collections import deque
from dataclasses import dataclass, field

MISSES = 5
MISSES_WITHIN = 600.0
LOOK_UPS = 60
LOOK_UPS_WITHIN = 60.0
MOST_FOLLOWED = 20
MOST_AWAITED = 3
REFRESH_WITHIN = 30.0
_MOST_REMEMBERED = 10_000


@dataclass
class Refreshes:
    """At most one question an order in REFRESH_WITHIN seconds, however many press."""

    _asked: dict[int, float] = field(default_factory=dict)

    def take(self, order: int, now: float, *, asked_at: float | None) -> bool:
        """May the API be asked about the order now? `asked_at`: when it was asked last, for whatever reason."""
        last = max(self._asked.get(order, -REFRESH_WITHIN), asked_at or -REFRESH_WITHIN)
        if now - last < REFRESH_WITHIN:
            return False
        if len(self._asked) >= _MOST_REMEMBERED:
            self._asked = {one: at for one, at in self._asked.items() if now - at < REFRESH_WITHIN}
        self._asked[order] = now
        return True


@dataclass
class Guesses:
    """Misses by person, look-ups of all. Times on the service's clock."""

    _misses: dict[int, deque[float]] = field(default_factory=dict)
    _look_ups: deque[float] = field(default_factory=deque)

    def wait(self, person: int, now: float) -> float:
        """Seconds until this person may try a number again; 0.0 = now."""
        misses = self._recent(person, now)
        return misses[0] + MISSES_WITHIN - now if len(misses) >= MISSES else 0.0

    def missed(self, person: int, now: float) -> None:
        """The person's number was not found."""
        self._recent(person, now).append(now)
        if len(self._misses) > _MOST_REMEMBERED:
            for other in [one for one in self._misses if not self._recent(one, now)]:
                del self._misses[other]

    def take_look_up(self, now: float) -> bool:
        """Count a look-up; False if the whole bot has made its share of this minute."""
        while self._look_ups and self._look_ups[0] <= now - LOOK_UPS_WITHIN:
            self._look_ups.popleft()
        if len(self._look_ups) >= LOOK_UPS:
            return False
        self._look_ups.append(now)
        return True

    def _recent(self, person: int, now: float) -> deque[float]:
        misses = self._misses.setdefault(person, deque(maxlen=MISSES))
        while misses and misses[0] <= now - MISSES_WITHIN:
            misses.popleft()
        return misses
