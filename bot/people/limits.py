"""How much a person may guess, follow and refresh: limits are each person's own. In memory: a restart forgives."""

from collections import deque
from dataclasses import dataclass, field

MISSES = 5
MISSES_WITHIN = 600.0
MOST_LOOKED_UP = 10  # numbers of one person that are being looked up
MOST_FOLLOWED = 20
REFRESH_WITHIN = 30.0
_MOST_REMEMBERED = 10_000


@dataclass
class Refreshes:
    """At most one question an order in REFRESH_WITHIN seconds, however many press."""

    _asked: dict[int, float] = field(default_factory=dict)

    def take(self, order: int, now: float, *, polled_at: float | None) -> bool:
        """May the API be asked about the order now? `polled_at`: when it was asked last, for whatever reason."""
        last = max(self._asked.get(order, -REFRESH_WITHIN), polled_at or -REFRESH_WITHIN)
        if now - last < REFRESH_WITHIN:
            return False
        if len(self._asked) >= _MOST_REMEMBERED:
            self._asked = {one: at for one, at in self._asked.items() if now - at < REFRESH_WITHIN}
        self._asked[order] = now
        return True


@dataclass
class LookupLimit:
    """Misses by person. Times on the service's clock."""

    _misses: dict[int, deque[float]] = field(default_factory=dict)

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

    def _recent(self, person: int, now: float) -> deque[float]:
        misses = self._misses.setdefault(person, deque(maxlen=MISSES))
        while misses and misses[0] <= now - MISSES_WITHIN:
            misses.popleft()
        return misses
