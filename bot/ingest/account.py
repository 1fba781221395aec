"""Our Pick and Pack accounts: from the settings, as the API's token names it, and those that its answers have named."""

import logging
from functools import partial

from bot.store import key_value
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.transactions import accounts
from bot.transactions.accounts import HOSTNAME_KEY

log = logging.getLogger(__name__)


class Account:
    """The accounts' host names. `configured`: PICKPACK_HOSTNAME, or None."""

    def __init__(self, database: Database, configured: str | None) -> None:
        self._database = database
        self._configured = configured
        self._named = key_value.get(database.reader, HOSTNAME_KEY)  # by the last token; each webhook asks for it

    def hostname(self) -> str | None:
        """Return the account of our key, or None while it is not known."""
        return self._configured or self._named

    def is_ours(self, hostname: str) -> bool:
        """Return whether an answer to our token has named this account."""
        return hostname.strip().casefold() in accounts.ours(self._database.reader)

    async def learn(self, hostname: str) -> None:
        """Store the account that a token names."""
        if hostname == self._named:
            return
        try:
            await self._database.write(partial(key_value.put, name=HOSTNAME_KEY, value=hostname))
            self._named = hostname
            log.info("The account is %s", hostname, extra={"fields": {"account": hostname}})
        except StoreError as error:
            log.debug("Could not keep the account's name: %s", error)
