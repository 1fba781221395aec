"""Limits on how much a person may look up, follow and refresh, in memory: they begin anew after a restart."""

from collections import deque
from dataclasses import dataclass, field

MAX_NOT_FOUND = 5
NOT_FOUND_WINDOW = 600.0
MAX_LOOKUPS = 10  # of one person, at the same time
MAX_FOLLOWED = 20
REFRESH_INTERVAL = 30.0
_MAX_REMEMBERED = 10_000


@dataclass
class RefreshLimit:
    """At most one call to the API per order in REFRESH_INTERVAL seconds, however many people press "refresh"."""

    _asked: dict[int, float] = field(default_factory=dict)

    def take(self, order: int, now: float, *, polled_at: float | None) -> bool:
        """Return whether the API may be asked now, and note that it is. `polled_at`: when it last was, by anybody."""
        last = max(self._asked.get(order, -REFRESH_INTERVAL), polled_at or -REFRESH_INTERVAL)
        if now - last < REFRESH_INTERVAL:
            return False
        if len(self._asked) >= _MAX_REMEMBERED:
            self._asked = {one: at for one, at in self._asked.items() if now - at < REFRESH_INTERVAL}
        self._asked[order] = now
        return True


@dataclass
class LookupLimit:
    """At most MAX_NOT_FOUND wrong numbers per person in NOT_FOUND_WINDOW seconds. Times are on the service's clock."""

    _not_found: dict[int, deque[float]] = field(default_factory=dict)

    def wait(self, person: int, now: float) -> float:
        """Return the seconds until this person may try a number again; 0.0 = now."""
        misses = self._recent(person, now)
        return misses[0] + NOT_FOUND_WINDOW - now if len(misses) >= MAX_NOT_FOUND else 0.0

    def record_not_found(self, person: int, now: float) -> None:
        """Note that this person's number was not found."""
        self._recent(person, now).append(now)
        if len(self._not_found) > _MAX_REMEMBERED:
            for other in [one for one in self._not_found if not self._recent(one, now)]:
                del self._not_found[other]

    def _recent(self, person: int, now: float) -> deque[float]:
        misses = self._not_found.setdefault(person, deque(maxlen=MAX_NOT_FOUND))
        while misses and misses[0] <= now - NOT_FOUND_WINDOW:
            misses.popleft()
        return misses
