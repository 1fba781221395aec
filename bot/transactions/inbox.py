"""Keep updates before they are confirmed to Telegram, and take one out in the commit of what it has caused.

`settling` is how a use case's commit knows of the update: whoever handles one says so with `handling`, and that holds
for all that the handler calls. What a handler must do once, it does in a commit that is `settling`, if the commit puts
the answer into the outbox too; else in one that is `noting` what was done: the next start only says so. All else that a
handler does may be done again, and its update is taken out when the handler has ended.
"""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from typing import TypeVar

from bot.store import inbox, key_value
from bot.tracking.timing import DAY

log = logging.getLogger(__name__)
T = TypeVar("T")

MOST_STARTS = 3  # an update that ends the process must not end it for ever
LONGEST_KEPT = DAY  # as long as Telegram itself keeps an update

_under_way: ContextVar[int | None] = ContextVar("update under way", default=None)


class DoneKind(StrEnum):
    """What an update can have done that must not be done again."""

    RESENT = "resent"
    TOLD = "told"
    STOPPED = "stopped"
    STOPPED_AWAITING = "stopped-awaiting"
    STOPPED_ALL = "stopped-all"


@dataclass(frozen=True, slots=True)
class Done:
    """What an update has done: to which order or number (and what the chat called it), or to how many.

    `text`: what staff have sent them.
    """

    kind: DoneKind
    number: str = ""
    label: str | None = None
    count: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """An update as it is kept: Telegram's number, the chat (None: it belongs to none), and its JSON.

    `done`: what it has done already, and nobody was told yet.
    """

    update_id: int
    chat_id: int | None
    body: str
    done: Done | None = None


def keep(connection: sqlite3.Connection, updates: Sequence[KeptUpdate], *, now: float) -> set[int]:
    """Keep updates until they have been handled; return the numbers of those that were never seen before."""
    new = [one for one in updates if key_value.first_time(connection, one.update_id, now=now)]
    for one in new:
        inbox.add(connection, (one.update_id, one.chat_id, one.body), now=now)
    return {one.update_id for one in new}


def resume(connection: sqlite3.Connection, *, now: float) -> list[KeptUpdate]:
    """Return what the last process has left, in Telegram's order, without what is too old to be answered."""
    dropped = inbox.drop_old(connection, before=now - LONGEST_KEPT)
    if dropped:
        log.warning("%d updates of more than a day ago had not been handled: they are skipped", dropped)
    inbox.count_starts(connection)
    for update_id in inbox.started(connection, more_than=MOST_STARTS):
        inbox.remove(connection, update_id)
        log.error("The process ended %d times while update %s was handled: it is skipped", MOST_STARTS, update_id)
    return [KeptUpdate(number, chat, body, _read_done(done)) for number, chat, body, done in inbox.rows(connection)]


@contextmanager
def handling(update_id: int | None) -> Iterator[None]:
    """Until the end of the block, say which update is handled; None: none that is kept."""
    token = _under_way.set(update_id)
    try:
        yield
    finally:
        _under_way.reset(token)


def under_way() -> int | None:
    """Return the number of the update that is handled; None if none is that is kept."""
    return _under_way.get()


def settling(work: Callable[[sqlite3.Connection], T]) -> Callable[[sqlite3.Connection], T]:
    """Return `work`, which in the same commit also takes out the update that is handled, if one is."""
    update_id = _under_way.get()
    return work if update_id is None else partial(_settle, work=work, update_id=update_id)


def noting(
    work: Callable[[sqlite3.Connection], T], what: Callable[[T], Done | None]
) -> Callable[[sqlite3.Connection], T]:
    """Return `work`, which in the same commit also notes `what` the update that is handled has done by its result."""
    update_id = _under_way.get()
    return work if update_id is None else partial(_note, work=work, what=what, update_id=update_id)


def _note(
    connection: sqlite3.Connection,
    work: Callable[[sqlite3.Connection], T],
    what: Callable[[T], Done | None],
    update_id: int,
) -> T:
    result = work(connection)
    done = what(result)
    if done is not None:
        inbox.keep_done(connection, update_id, json.dumps(asdict(done)))
    return result


def _read_done(stored: str | None) -> Done | None:
    if stored is None:
        return None
    values = json.loads(stored)
    return Done(**values | {"kind": DoneKind(values["kind"])})


def _settle(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T], update_id: int) -> T:
    result = work(connection)
    inbox.remove(connection, update_id)
    return result
