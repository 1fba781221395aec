"""The clock. Code that decides by time is given one instead of calling the time module, so tests can set the time."""

import time
from typing import Protocol


class Clock(Protocol):
    """Two readings in seconds: `now` never jumps, so due times use it; `wall` is the time that people are shown."""

    def now(self) -> float:
        """Return wall time at the start plus monotonic time since; after a restart never less than what was stored."""

    def wall(self) -> float:
        """Return Unix time as the machine's clock shows it."""


class SystemClock:
    """The clock of a running service: if the wall clock jumps, `now` does not."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def now(self) -> float:
        """Return wall time at construction plus monotonic time since, plus what `advance_to` added."""
        return self._offset + time.monotonic()

    def advance_to(self, at: float) -> None:
        """Continue from `at` if `now` is earlier: the machine's clock was set back while the service was down.

        Without this, everything that is due would wait until the clock has caught up.
        """
        self._offset += max(0.0, at - self.now())

    def wall(self) -> float:
        """Return Unix time."""
        return time.time()
