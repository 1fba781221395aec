"""What the Bot API server in use has refused because it doesn't know it, so that each message need not find out anew.

It is tried again after a day, after the server could not be reached (it may have been updated), with another server
(TELEGRAM_API_URL), and with another version of this program.
"""

import hashlib
import json
import logging
import sqlite3
from functools import partial

from bot import __version__
from bot.process.clock import Clock
from bot.store import key_value
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.tracking.timing import DAY

log = logging.getLogger(__name__)

LACKING_KEY = "bot-api-lacks"


class ServerFeatures:
    """The tags and kinds of buttons that the server at `api_url` lacks."""

    def __init__(self, database: Database, clock: Clock, api_url: str) -> None:
        self._database, self._clock = database, clock
        self._server = fingerprint(api_url)
        self._until = stored(database.reader, self._server)

    def lacking(self) -> frozenset[str]:
        """Return what is left out of each message."""
        return _lasting(self._until, self._clock.now())

    async def learn(self, feature: str) -> None:
        """Remember what was refused, and what the same message arrived without."""
        log.warning("The Bot API server doesn't know %s: messages are sent without it", feature)
        now = self._clock.now()
        self._until = {name: until for name, until in self._until.items() if until > now} | {feature: now + DAY}
        await self._store(json.dumps({"server": self._server, "until": self._until}))

    async def forget(self) -> None:
        """Try everything again, after the server could not be reached: it may have been updated."""
        if self._until:
            self._until = {}
            await self._store(None)

    async def _store(self, value: str | None) -> None:
        try:
            await self._database.write(partial(key_value.put, name=LACKING_KEY, value=value))
        except StoreError as error:
            log.debug("What the Bot API server lacks could not be stored: %s", error)


def fingerprint(api_url: str) -> str:
    """Return what stands for a server and this version of the program; an address may hold a password."""
    return hashlib.sha256(f"{api_url.rstrip('/')} {__version__}".encode()).hexdigest()[:16]


def stored(connection: sqlite3.Connection, server: str) -> dict[str, float]:
    """Return what is stored of this server: what it lacks, and until when on the service's clock that is believed."""
    kept = key_value.get(connection, LACKING_KEY)
    content = json.loads(kept) if kept else {}
    return dict(content["until"]) if content.get("server") == server else {}


def lacking(connection: sqlite3.Connection, server: str, now: float) -> frozenset[str]:
    """Return what this server is known to lack."""
    return _lasting(stored(connection, server), now)


def _lasting(until: dict[str, float], now: float) -> frozenset[str]:
    return frozenset(name for name, end in until.items() if end > now)
