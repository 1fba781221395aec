"""Remembers when the last webhook was taken and why the last one was not, for `doctor` and the metrics.

It is kept in memory and stored beside the hot path: what is new at once, what comes soon after it together. So the
doctor reads it from the file, whether the service runs or not.
"""

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

from bot.store import key_value
from bot.store.database import Database
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

LAST_WEBHOOKS_KEY = "last-webhooks"
SAVE_EVERY = 5.0  # seconds
REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class LastWebhooks:
    """Wall times: when the last event was taken, when a webhook was last not taken, its counted result, and why."""

    taken_at: float | None = None
    refused_at: float | None = None
    result: str = ""
    reason: str = ""


class WebhookLog:
    """The last webhooks. `last` may be read at any time; `wall` is the clock."""

    def __init__(self, last: LastWebhooks | None = None, wall: Callable[[], float] = time.time) -> None:
        self.last = last or LastWebhooks()
        self._wall = wall
        self._changed = asyncio.Event()

    def taken(self) -> None:
        """Note that an event was taken."""
        self.last = LastWebhooks(self._wall(), self.last.refused_at, self.last.result, self.last.reason)
        self._changed.set()

    def refused(self, result: str, reason: str) -> None:
        """Note that a webhook was not taken, or taken for nothing. `reason` is in words, without any secret."""
        self.last = LastWebhooks(self.last.taken_at, self._wall(), result, reason[:REASON_LENGTH])
        self._changed.set()

    async def keep(self, database: Database) -> None:
        """Store what is new, at most every few seconds. Never returns."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await database.write(
                    partial(key_value.put, name=LAST_WEBHOOKS_KEY, value=json.dumps(asdict(self.last)))
                )
            except StoreError as error:
                log.debug("The last webhooks could not be noted: %s", error)
                self._changed.set()
            await asyncio.sleep(SAVE_EVERY)


def read_log(connection: sqlite3.Connection) -> LastWebhooks:
    """Return what was stored; nothing if that can't be read."""
    try:
        return LastWebhooks(**json.loads(key_value.get(connection, LAST_WEBHOOKS_KEY) or "{}"))
    except (ValueError, TypeError):
        return LastWebhooks()
