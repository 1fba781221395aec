"""Alerts to staff that no order's transaction writes: the API went down, the backup failed, a webhook is unreadable."""

import logging
from collections.abc import Callable
from functools import partial

from bot.pickpack.health import ApiHealth
from bot.store import key_value
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.transactions import alerts
from bot.transactions.context import ContextSource

log = logging.getLogger(__name__)


class AlertService:
    """Writes alerts, each in its own transaction, followed by a call to `on_due`."""

    def __init__(self, database: Database, contexts: ContextSource, *, on_due: Callable[[], None]) -> None:
        self._database = database
        self._contexts = contexts
        self._on_due = on_due

    async def api_health(self, health: ApiHealth) -> None:
        """Report the API's health to staff: once for each change, over restarts too."""
        try:
            await self._database.write(partial(alerts.api_health, health=health, context=self._contexts.current()))
        except StoreError as error:
            log.debug("Could not tell staff that the API is %s: %s", health, error)
        self._on_due()

    async def other_account(self, hostname: str) -> None:
        """Report that webhooks of another account are refused: once for each, over restarts too."""
        try:
            if not alerts.is_known_account(self._database.reader, hostname):
                work = partial(alerts.other_account, hostname=hostname, context=self._contexts.current())
                await self._database.write(work)
        except StoreError as error:
            log.debug("Could not tell staff of another account: %s", error)
        self._on_due()

    async def backup_result(self, failure: str | None) -> None:
        """Report that the daily backup failed, or was made (None). A failure is reported once, until one was made."""
        try:
            if failure is not None or key_value.get(self._database.reader, alerts.BACKUP_KEY) is not None:
                work = partial(alerts.backup_result, error=failure, context=self._contexts.current())
                await self._database.write(work)
        except StoreError as error:
            log.debug("Could not keep how the backup went: %s", error)
        self._on_due()

    async def webhook_mismapped(self, fields: str) -> None:
        """Report a webhook that seems to be about an order and can't be read, by its fields' names: once for each."""
        try:
            if key_value.get(self._database.reader, f"{alerts.MISMAPPED_PREFIX}{fields}") is None:
                work = partial(alerts.webhook_mismapped, fields=fields, context=self._contexts.current())
                await self._database.write(work)
        except StoreError as error:
            log.debug("Could not tell staff that a webhook is unreadable: %s", error)
        self._on_due()
