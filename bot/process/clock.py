"""The clock that is handed in: everything that decides by time asks one of these, never the time module."""

import time
from typing import Protocol


class Clock(Protocol):
    """Two readings in seconds: `now` never jumps and is what due times use; `wall` is what people are shown."""

    def now(self) -> float:
        """Wall time at start plus monotonic time since; after a restart never before what was stored."""

    def wall(self) -> float:
        """Unix time, as the machine's clock has it at this moment."""


class SystemClock:
    """The service's clock: a jump of the wall clock moves nothing that is due."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def now(self) -> float:
        """Wall time at construction plus monotonic time since, moved on by `not_before`."""
        return self._offset + time.monotonic()

    def not_before(self, at: float) -> None:
        """Go on from `at` where the machine's clock was set back while nobody ran, or all that is due would wait."""
        self._offset += max(0.0, at - self.now())

    def wall(self) -> float:
        """Unix time now."""
        return time.time()
