"""The name of our Pick and Pack account: from the settings, or as the API's token names it, stored over restarts."""

import logging
from functools import partial

from bot.store import key_value
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.transactions.record import HOSTNAME_KEY

log = logging.getLogger(__name__)


class Account:
    """The account's host name. `configured`: PICKPACK_HOSTNAME, or None."""

    def __init__(self, database: Database, configured: str | None) -> None:
        self._database = database
        self._configured = configured

    def hostname(self) -> str | None:
        """Return the account, or None while it is not known."""
        return self._configured or key_value.get(self._database.reader, HOSTNAME_KEY)

    async def learn(self, hostname: str) -> None:
        """Store the account that a token names."""
        if hostname == key_value.get(self._database.reader, HOSTNAME_KEY):
            return
        try:
            await self._database.write(partial(key_value.put, name=HOSTNAME_KEY, value=hostname))
        except StoreError as error:
            log.warning("Could not keep the account's name: %s", error)
