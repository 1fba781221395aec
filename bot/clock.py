"""The clock that is handed in: everything that decides by time asks one of these, never the time module."""

import time
from typing import Protocol


class Clock(Protocol):
    """Two readings in seconds: `now` never jumps and is what due times use; `wall` is what people are shown."""

    def now(self) -> float:
        """Wall time at start plus monotonic time since."""

    def wall(self) -> float:
        """Unix time, as the machine's clock has it at this moment."""


class SystemClock:
    """The service's clock: a jump of the wall clock moves nothing that is due."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def now(self) -> float:
        """Wall time at construction plus monotonic time since."""
        return self._offset + time.monotonic()

    def wall(self) -> float:
        """Unix time now."""
        return time.time()
