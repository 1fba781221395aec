"""The updates that are still to be handled, over restarts; each is taken in once, however often Telegram brings it."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from bot.process.clock import Clock
from bot.store import inbox
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.transactions import inbox as transactions
from bot.transactions.inbox import KeptUpdate

log = logging.getLogger(__name__)

STORE_RETRY_SECONDS = 1.0


class UpdateInbox:
    """What Telegram has brought and nobody has handled yet."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, updates: Sequence[KeptUpdate]) -> set[int] | None:
        """Store updates in one commit; return the numbers of the new ones, or None if the store can't be written."""
        if not updates:
            return set()
        try:
            return await self._database.write(partial(transactions.keep, updates=updates, now=self._clock.now()))
        except StoreError as error:
            log.debug("%d updates could not be kept, Telegram is to bring them again: %s", len(updates), error)
            return None

    async def resume(self) -> list[KeptUpdate]:
        """Return what the last process has left, as soon as the store says."""
        while True:
            try:
                return await self._database.write(partial(transactions.resume, now=self._clock.now()))
            except StoreError as error:
                log.debug("What is still to be handled can't be looked for: %s", error)
                await asyncio.sleep(STORE_RETRY_SECONDS)

    async def remove(self, update_id: int) -> None:
        """Take out what has been handled, unless a commit of its handler has; until that is stored.

        What comes next in its chat must not be done before: the next start would do this one after it.
        """
        while True:
            try:
                if inbox.holds(self._database.reader, update_id):
                    await self._database.write(partial(inbox.remove, update_id=update_id))
            except StoreError as error:
                log.debug("That update %s is handled could not be stored: %s", update_id, error)
                await asyncio.sleep(STORE_RETRY_SECONDS)
            else:
                return
