"""The bench of reminders and copies, and the staffroom of alerts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import open_database
from tests.people.bench import Bench, RacedDatabase
from tests.people.staffroom import Staffroom


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    database = RacedDatabase(tmp_path / "bot.db")
    database.open()
    yield Bench(database)
    database.close()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Staffroom]:
    database = open_database(tmp_path)
    yield Staffroom(database)
    database.close()
