"""Warnings that strangers can provoke without end: of each kind one a minute, with how many there were besides."""

import logging
import time
from collections.abc import Callable

SECONDS = 60.0
MOST_KINDS = 100


class SeldomLog:
    """Logs to `log`; what is held back is logged at DEBUG. `now` returns seconds that never jump."""

    def __init__(self, log: logging.Logger, now: Callable[[], float] = time.monotonic) -> None:
        self._log = log
        self._now = now
        self._kinds: dict[str, tuple[float, int]] = {}  # when one was logged, and how many were not since

    def warning(self, kind: str, text: str, *args: object) -> None:
        """Log a warning of this kind, or only count it."""
        at, held_back = self._kinds.get(kind, (None, 0))
        if at is not None and self._now() < at + SECONDS:
            self._kinds[kind] = (at, held_back + 1)
            self._log.debug(text, *args)
            return
        if len(self._kinds) >= MOST_KINDS:
            self._kinds.clear()
        self._kinds[kind] = (self._now(), 0)
        more = f" (and {held_back} more like it since the last such line)" if held_back else ""
        self._log.warning(text + "%s", *args, more)
