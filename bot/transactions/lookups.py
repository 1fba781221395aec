"""Count what a person looks up, in the commit that it belongs to, and bound how many orders they learn of in a day."""

import hashlib
import sqlite3

from bot.store import lookups
from bot.store.lookups import LookupKind
from bot.tracking.timing import DAY
from bot.transactions.context import DecisionContext

NOT_FOUND_WINDOW = 600.0


def order_mark(person: str, order_id: str) -> str:
    """Return what stands for an order beside a person's pseudonym."""
    return _mark(person, order_id.casefold())


def message_mark(person: str, chat_id: int, message_id: int | None) -> str | None:
    """Return what stands for a message beside a person's pseudonym; None where there was none."""
    return None if message_id is None else _mark(person, f"{chat_id} {message_id}")


def learn(connection: sqlite3.Connection, person: str | None, order_id: str, context: DecisionContext) -> bool:
    """Count an order that a person learns of; return False, and count nothing, if that is too many in a day.

    The same one counts once. `person` None: whoever has a signed link, or is staff.
    """
    if person is None or not context.follows_per_day:
        return True
    since, mark = context.now - DAY, order_mark(person, order_id)
    if lookups.is_counted(connection, person, LookupKind.ORDER, (mark,), since):
        return True
    if len(lookups.times(connection, person, LookupKind.ORDER, since)) >= context.follows_per_day:
        return False
    lookups.count(connection, person, LookupKind.ORDER, mark, now=context.now, since=since)
    return True


def miss(
    connection: sqlite3.Connection, person: str, kind: LookupKind, mark: str | None, context: DecisionContext
) -> None:
    """Count a number that was not found, or that the API gave no usable answer about: the same mark counts once."""
    lookups.count(connection, person, kind, mark, now=context.now, since=context.now - NOT_FOUND_WINDOW)


def _mark(person: str, what: str) -> str:
    return hashlib.sha256(f"{person} {what}".encode()).hexdigest()[:32]
