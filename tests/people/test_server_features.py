"""What the Bot API server lacks is remembered: over a restart, for a day, of this server."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.people.server_features import ServerFeatures, fingerprint
from bot.store.database import Database
from tests.builders import NOW, open_database
from tests.fakes import ManualClock

URL = "http://bot-api:8081"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    opened.close()


async def test_what_the_server_lacks_is_kept_over_a_restart_and_tried_again_after_a_day(database: Database) -> None:
    clock = ManualClock(NOW)
    features = ServerFeatures(database, clock, URL)
    assert features.lacking() == frozenset()
    await features.learn("tg-time")
    clock.advance(3600)
    await features.learn("copy_text")
    again = ServerFeatures(database, clock, f"{URL}/")
    assert features.lacking() == again.lacking() == {"tg-time", "copy_text"}
    clock.advance(23.5 * 3600)
    assert features.lacking() == again.lacking() == {"copy_text"}
    clock.advance(3600)
    assert features.lacking() == frozenset()


async def test_of_another_server_nothing_is_known(database: Database) -> None:
    clock = ManualClock(NOW)
    await ServerFeatures(database, clock, URL).learn("tg-time")
    assert ServerFeatures(database, clock, "https://api.telegram.org").lacking() == frozenset()


async def test_of_a_server_that_was_restarted_everything_is_tried_again(database: Database) -> None:
    clock = ManualClock(NOW)
    features = ServerFeatures(database, clock, URL)
    await features.learn("tg-time")
    await features.forget()
    assert features.lacking() == ServerFeatures(database, clock, URL).lacking() == frozenset()


def test_an_address_with_a_password_is_not_stored() -> None:
    assert "password" not in fingerprint("http://me:password@bot-api:8081")


async def test_what_cannot_be_stored_is_known_until_the_end(database: Database) -> None:
    features = ServerFeatures(database, ManualClock(NOW), URL)
    await asyncio.to_thread(database.close)
    await features.learn("tg-time")
    assert features.lacking() == {"tg-time"}
