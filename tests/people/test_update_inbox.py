"""The inbox of updates: what is kept for the next start, in which order, and for how long."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.people.update_inbox import UpdateInbox
from bot.store.database import Database
from bot.transactions.inbox import KeptUpdate, handling, settling
from tests.builders import count_commits, open_database
from tests.fakes import ManualClock

ANA, BEN = 1001, 1002
DAY = 86400.0


def update(number: int, chat_id: int | None = ANA) -> KeptUpdate:
    return KeptUpdate(number, chat_id, "{}")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    await asyncio.to_thread(opened.close)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def inbox(database: Database, clock: ManualClock) -> UpdateInbox:
    return UpdateInbox(database, clock)


async def kept(inbox: UpdateInbox) -> list[int]:
    return [one.update_id for one in await inbox.resume()]


async def test_a_batch_is_kept_by_one_commit_each_update_once_in_telegrams_order(
    inbox: UpdateInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = count_commits(monkeypatch)
    assert await inbox.keep([update(3), update(1), update(2, None)]) == {1, 2, 3}
    assert await inbox.keep([update(3), update(4)]) == {4}
    assert len(commits) == 2
    await inbox.remove(2)
    assert await inbox.keep([update(2)]) == set()
    assert await kept(inbox) == [1, 3, 4]


async def test_what_has_waited_for_more_than_a_day_is_skipped(inbox: UpdateInbox, clock: ManualClock) -> None:
    await inbox.keep([update(1)])
    clock.advance(DAY / 2)
    await inbox.keep([update(2)])
    clock.advance(DAY / 2 + 1)
    assert await kept(inbox) == [2]


async def test_what_ends_the_process_again_and_again_is_given_up_and_what_waits_behind_it_is_not(
    inbox: UpdateInbox,
) -> None:
    await inbox.keep([update(1), update(2), update(3)])
    for _ in range(3):
        assert await kept(inbox) == [1, 2, 3]
    await inbox.keep([update(4, BEN)])
    assert await kept(inbox) == [2, 3, 4]


async def test_what_a_handler_does_once_takes_its_update_out_or_neither_is_stored(
    inbox: UpdateInbox, database: Database
) -> None:
    await inbox.keep([update(1), update(2)])
    with handling(1):
        with pytest.raises(RuntimeError):
            await database.write(settling(_fails))
        assert await kept(inbox) == [1, 2]
        await database.write(settling(lambda connection: connection.execute("INSERT INTO facts VALUES ('a', 'b')")))
    assert await kept(inbox) == [2]


async def test_outside_of_a_handler_nothing_is_taken_out(inbox: UpdateInbox, database: Database) -> None:
    await inbox.keep([update(1)])
    with handling(1), handling(None):
        await database.write(settling(lambda connection: connection.execute("SELECT 1").fetchone()))
    await database.write(settling(lambda connection: connection.execute("SELECT 1").fetchone()))
    assert await kept(inbox) == [1]


def _fails(_connection: object) -> None:
    raise RuntimeError("nobody may read this")
