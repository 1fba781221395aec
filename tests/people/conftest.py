"""What the tests of reminders and copies, and those of alerts, begin with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import migrated, open_database
from tests.people.alerting_harness import AlertingHarness
from tests.people.maintenance_harness import MaintenanceHarness, RacedDatabase


@pytest.fixture
async def maintenance(tmp_path: Path) -> AsyncIterator[MaintenanceHarness]:
    migrated(tmp_path / "bot.db")
    database = RacedDatabase(tmp_path / "bot.db")
    database.open()
    yield MaintenanceHarness(database)
    database.close()


@pytest.fixture
async def alerting(tmp_path: Path) -> AsyncIterator[AlertingHarness]:
    database = open_database(tmp_path)
    yield AlertingHarness(database)
    database.close()
