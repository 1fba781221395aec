"""Which accounts are ours: the one that the API's token names, and those that its answers have named since.

A marketplace's token opens the orders of its franchises, and either may stand in a webhook.
"""

import sqlite3

from bot.store import key_value

HOSTNAME_KEY = "hostname"  # as the token names it
ACCOUNT_PREFIX = "account:"
MOST_ACCOUNTS = 100


def ours(connection: sqlite3.Connection, configured: str | None = None) -> frozenset[str]:
    """Return all accounts that are ours, folded; `configured` is the one that the settings name."""
    own = (configured, key_value.get(connection, HOSTNAME_KEY))
    named = key_value.names(connection, ACCOUNT_PREFIX)
    return frozenset([*named, *(one.strip().casefold() for one in own if one)])


def remember(connection: sqlite3.Connection, hostname: str) -> None:
    """Keep an account that an answer to our token has named; at most MOST_ACCOUNTS of them."""
    folded = hostname.strip().casefold()
    if folded and folded not in ours(connection) and key_value.count(connection, ACCOUNT_PREFIX) < MOST_ACCOUNTS:
        key_value.put(connection, ACCOUNT_PREFIX + folded, "named")
