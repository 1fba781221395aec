"""The daily copy: once a day, told where it fails, tried again."""

import logging
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.people.alert_service import AlertService
from bot.people.maintenance import Maintenance
from bot.store.errors import StoreError
from bot.tracking.hours import StoreHours
from bot.tracking.timing import DAY, HOUR
from bot.transactions import alerts
from tests.builders import CHAT, contexts, nothing_due
from tests.people.maintenance_harness import RETENTION, MaintenanceHarness


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


async def test_a_copy_is_made_once_a_day_of_the_stores_zone(maintenance: MaintenanceHarness, tmp_path: Path) -> None:
    """NOW is 14:13 in UTC: 23:13 in Tokyo."""
    folder = tmp_path / "backups"
    maintenance.set(backups=folder, hours=StoreHours(zone=ZoneInfo("Asia/Tokyo")))
    made = ["onroute-2026-09-21.db", "onroute-2026-09-22.db"]
    for hours, days in ((0, 1), (0.75, 1), (0.25, 2), (23.5, 2)):
        await maintenance.run_once(after=hours * HOUR)
        assert names(folder) == made[:days]
    assert maintenance.backups == [None, None]


async def test_without_a_folder_nothing_is_copied(maintenance: MaintenanceHarness, tmp_path: Path) -> None:
    await maintenance.run_once(after=DAY)
    assert {name.partition(".")[0] for name in names(tmp_path)} == {"bot"}
    assert maintenance.backups == []


async def test_a_copy_that_fails_is_logged_and_tried_again_ever_more_slowly(
    maintenance: MaintenanceHarness, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "backups"
    folder.write_text("a file where a folder should be")
    maintenance.set(backups=folder)
    tries = []
    for minute in range(190):
        before = len(maintenance.backups)
        await maintenance.run_once()
        tries += [minute] if len(maintenance.backups) > before else []
        maintenance.clock.advance(60)
    assert tries == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    logged = [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR]
    assert len(logged) == len(tries)
    assert str(folder) in logged[0]
    folder.unlink()
    await maintenance.run_once(after=HOUR)
    assert maintenance.backups[-1] is None
    assert names(folder) == ["onroute-2026-09-21.db"]


async def test_after_a_success_the_next_failure_is_tried_again_soon(
    maintenance: MaintenanceHarness, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.write_text("in the way")
    maintenance.set(backups=folder)
    await maintenance.run_once()
    folder.unlink()
    await maintenance.run_once(after=60)
    (folder / "onroute-2026-09-21.db").rename(tmp_path / "kept.db")
    folder.rmdir()
    folder.write_text("in the way again")
    await maintenance.run_once(after=60)
    await maintenance.run_once(after=60)
    assert [trouble is None for trouble in maintenance.backups] == [False, True, False, False]


def refused(*_args: object, **_named: object) -> None:
    raise StoreError("the disk is full")


async def test_a_failure_that_cannot_be_told_ends_nothing(
    maintenance: MaintenanceHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.write_text("in the way")
    retention = replace(RETENTION, backups=folder)
    where = contexts(maintenance.clock, staff=[CHAT])
    alerting = AlertService(maintenance.database, where, on_due=nothing_due)
    service = Maintenance(maintenance.database, maintenance.clock, where, retention, alerting, on_due=nothing_due)
    with monkeypatch.context() as broken:
        broken.setattr(alerts, "backup_result", refused)
        await service.run_once()
    folder.unlink()
    maintenance.clock.advance(60)
    await service.run_once()
    assert len(names(folder)) == 1
