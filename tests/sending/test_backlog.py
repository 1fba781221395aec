"""A hundred thousand notices are due at once: memory stays bounded, the rate is kept, nobody waits for a loud chat."""

import asyncio
import sqlite3
import tracemalloc
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sending.pacing import MAX_CONCURRENT_CALLS, Pacer
from bot.sending.sender import Sender
from bot.store import chats, outbox
from bot.store.database import Database
from bot.tracking.model import Kind, Notice
from tests.builders import NOW, contexts, open_database
from tests.fakes import ManualClock, ScriptedDelivery
from tests.sending.test_sender import Words

RATE = 28
CHATS = range(1_000, 5_900)
EACH = 20  # as many orders as a chat may follow
LOUD, LOUD_COUNT = 900, 2_000
SECONDS = 30
MEGABYTE = 1024 * 1024


def fill(connection: sqlite3.Connection) -> None:
    """Make the loud chat's notices the oldest; then each chat's first, each chat's second, and so on."""
    for chat_id in (LOUD, *CHATS):
        chats.touch(connection, chat_id, now=NOW)
    notices = (Notice(LOUD, Kind.NOTE, NOW - 1000, payload={"text": "loud"}) for _ in range(LOUD_COUNT))
    outbox.put(connection, notices)
    for turn in range(EACH):
        due_at = NOW - 500 + turn
        outbox.put(connection, (Notice(one, Kind.NOTE, due_at, payload={"text": "news"}) for one in CHATS))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(tmp_path)
    await database.write(fill)
    yield database
    database.close()


async def test_a_backlog_of_a_hundred_thousand_drains_at_the_allowed_rate_in_bounded_memory_fair_between_chats(
    database: Database,
) -> None:
    clock, delivery = ManualClock(NOW), ScriptedDelivery()
    sender = Sender(
        database,
        clock,
        contexts(clock),
        Pacer(RATE),
        renderer=Words(),
        transport=delivery,
        due=asyncio.Event(),
    )
    assert outbox.backlog(database.reader, NOW)[0] == LOUD_COUNT + len(CHATS) * EACH == 100_000

    tracemalloc.start()
    while clock.now() < NOW + SECONDS:
        wait = sender.start_due()
        if not sender.busy:
            clock.advance(max(wait, 0.001))
        while sender.busy:  # noqa: ASYNC110 - the sender has no reason to tell anybody
            await asyncio.sleep(0)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    told = Counter(chat_id for chat_id, _, _ in delivery.calls)
    loud = told.pop(LOUD)
    assert 25 * SECONDS <= len(delivery.calls) <= RATE * (SECONDS + 1)
    assert SECONDS * 0.9 <= loud <= SECONDS + 1
    assert (set(told.values()), len(told)) == ({1}, len(delivery.calls) - loud)
    assert delivery.most_under_way <= MAX_CONCURRENT_CALLS
    assert most < 5 * MEGABYTE
    assert outbox.backlog(database.reader, clock.now())[0] == 100_000 - len(delivery.calls)
