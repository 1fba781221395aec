"""That nothing can be stored is told past the database, once, and that it works again."""

from pathlib import Path

import pytest

from bot.process.condition import Condition, Trouble
from bot.sending.database_alert import DOWN_SECONDS, DatabaseAlert
from bot.sending.outcome import Gone, NotSent
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.builders import NOW, open_database
from tests.fakes import ManualClock, ScriptedDelivery
from tests.key_catalog import key_catalog

BOSS, GROUP = 4242, -77
FULL = Trouble("the disk is full", "full", "works")


class Looked:
    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(NOW)
        self.condition = Condition("database", self.clock)
        self.condition.answered()
        self.delivery = ScriptedDelivery()
        self.database = open_database(folder)
        self.start()

    def start(self) -> None:
        """Start the service (anew)."""
        self.alert = DatabaseAlert(
            self.condition,
            self.clock,
            self.database,
            staff=(BOSS, GROUP),
            renderer=Renderer(key_catalog(), StoreInfo()),
            transport=self.delivery,
        )

    async def looks(self, after: float = 0.0) -> list[tuple[int, str]]:
        """Let time pass and look: who was called with what since the last time."""
        self.clock.advance(after)
        before = len(self.delivery.calls)
        await self.alert.look()
        calls = self.delivery.calls[before:]
        return [(chat_id, "up" if "database-up" in str(how["text"]) else "down") for chat_id, _kind, how in calls]


@pytest.fixture
def looked(tmp_path: Path) -> Looked:
    return Looked(tmp_path)


async def test_what_lasts_is_told_once_and_when_it_is_over(looked: Looked) -> None:
    looked.condition.fail(FULL)
    assert await looked.looks(DOWN_SECONDS - 1) == []
    assert await looked.looks(2) == [(BOSS, "down"), (GROUP, "down")]
    assert await looked.looks(600) == []
    looked.condition.answered()
    assert await looked.looks() == [(GROUP, "up"), (BOSS, "up")]
    assert await looked.looks(600) == []
    looked.database.close()


async def test_the_end_is_told_by_the_next_process_where_this_one_ends_first(looked: Looked) -> None:
    looked.condition.fail(FULL)
    await looked.looks(DOWN_SECONDS)
    looked.start()
    assert await looked.looks(600) == []  # it is still down, and they know
    looked.condition.answered()
    looked.start()
    looked.delivery.outcomes += [NotSent("no route")]
    assert await looked.looks() == [(GROUP, "up"), (BOSS, "up")]
    looked.start()
    assert await looked.looks(5) == [(GROUP, "up"), (BOSS, "up")]  # nobody can tell who was reached
    looked.start()
    assert await looked.looks(600) == []
    looked.database.close()


async def test_where_nothing_can_be_kept_the_end_is_told_all_the_same(looked: Looked, tmp_path: Path) -> None:
    (tmp_path / "no-folder").mkdir()
    looked.alert._mark = tmp_path / "no-folder" / "gone" / "mark"
    looked.condition.fail(FULL)
    await looked.looks(DOWN_SECONDS)
    looked.condition.answered()
    assert len(await looked.looks()) == 2
    looked.database.close()


async def test_what_is_over_soon_is_told_to_nobody(looked: Looked) -> None:
    looked.condition.fail(FULL)
    looked.clock.advance(DOWN_SECONDS - 1)
    looked.condition.answered()
    assert await looked.looks(600) == []
    looked.database.close()


async def test_who_could_not_be_reached_is_told_later_and_only_who_was_told_hears_the_end(looked: Looked) -> None:
    looked.condition.fail(FULL)
    looked.delivery.outcomes += [NotSent("no route"), Gone("blocked")]
    assert len(await looked.looks(DOWN_SECONDS)) == 2
    looked.delivery.outcomes += [Gone("blocked")]
    assert await looked.looks(5) == [(BOSS, "down"), (GROUP, "down")]
    looked.condition.answered()
    assert await looked.looks() == [(GROUP, "up")]
    looked.database.close()
