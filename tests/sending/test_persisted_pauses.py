"""A 429 that asks for long is obeyed by the next process too."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sending.pacing import Pacer
from bot.sending.persisted_pauses import PersistedPauses
from bot.store import chats
from bot.store.database import Database
from tests.builders import CHAT, NOW, open_database
from tests.fakes import ManualClock

LONG, SHORT = 3600.0, 2.0


class Process:
    """One run of the service: its pacer, and what stores the pauses."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.clock = clock
        self.pacer = Pacer(28)
        self.pauses = PersistedPauses(database, clock, self.pacer)

    async def is_refused(self, chat_id: int | None, seconds: float) -> None:
        self.pacer.note_retry_after(chat_id, seconds, self.clock.now())
        await self.pauses.save()

    def paused_for(self, chat_id: int | None) -> float:
        return self.pacer.paused_for(chat_id, self.clock.now())


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    await asyncio.to_thread(opened.close)


@pytest.fixture
async def process(database: Database) -> Process:
    await database.write(lambda connection: chats.touch(connection, CHAT, now=NOW))
    return Process(database, ManualClock(NOW))


def restarted(database: Database, process: Process, *, after: float) -> Process:
    """The next process, that many seconds later."""
    process.clock.advance(after)
    anew = Process(database, process.clock)
    anew.pauses.restore()
    return anew


@pytest.mark.parametrize("chat_id", [CHAT, None], ids=["a chat", "the whole bot"])
async def test_a_long_pause_goes_on_after_a_restart(database: Database, process: Process, chat_id: int | None) -> None:
    await process.is_refused(chat_id, LONG)
    anew = restarted(database, process, after=600)
    assert anew.paused_for(chat_id) == pytest.approx(LONG - 600, abs=1)
    assert anew.paused_for(CHAT + 1) == (0 if chat_id else pytest.approx(LONG - 600, abs=1))


async def test_a_pause_that_ended_meanwhile_is_over(database: Database, process: Process) -> None:
    await process.is_refused(CHAT, LONG)
    assert restarted(database, process, after=LONG + 1).paused_for(CHAT) == 0


async def test_a_short_pause_is_not_stored(database: Database, process: Process) -> None:
    await process.is_refused(CHAT, SHORT)
    assert restarted(database, process, after=0.0).paused_for(CHAT) == 0
