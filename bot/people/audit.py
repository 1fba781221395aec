"""Keeps who of staff has looked at what."""

import logging
from functools import partial

from bot.store.database import Database
from bot.store.errors import StoreError
from bot.transactions import staff as transactions
from bot.transactions.context import ContextSource

log = logging.getLogger(__name__)


class StaffAudit:
    """Records what staff do that changes nothing; what changes something is recorded with it."""

    def __init__(self, database: Database, contexts: ContextSource) -> None:
        self._database, self._contexts = database, contexts

    async def note(self, who: int, action: str, order: str | None = None, detail: str | None = None) -> None:
        """Record a look; staff must be able to look when the store can't be written."""
        context = self._contexts.current()
        work = partial(transactions.record_action, context=context, who=who, action=action, order=order, detail=detail)
        try:
            await self._database.write(work)
        except StoreError as error:
            log.warning("An action of staff was not kept: %s %s (%s)", action, who, error)
