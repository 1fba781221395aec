"""The database and the instance that uses it."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from bot.doctor.running_service import lock_state
from bot.people.server_features import ServerFeatures
from bot.simulators.loopback import free_port
from bot.simulators.world import SimulatedWorld
from bot.store.connection import connect, take_lock
from bot.store.database import Database
from bot.store.migrations import migrate, migrations
from tests.doctor.harness import DoctorHarness
from tests.fakes import ManualClock


def create_database(doctor: DoctorHarness) -> Path:
    path = Path(doctor.environ["DATABASE_PATH"])
    path.parent.mkdir()
    connection = connect(path)
    migrate(connection)
    connection.close()
    return path


async def test_checking_the_database_changes_no_file(doctor: DoctorHarness) -> None:
    path = create_database(doctor)
    before = {one.name: one.stat().st_mtime_ns for one in path.parent.iterdir()}
    found = await doctor.look()
    assert found["database"].says.endswith("is of this version and whole")
    assert {one.name: one.stat().st_mtime_ns for one in path.parent.iterdir()} == before


async def test_what_the_bot_api_server_lacks_is_said_in_a_line(doctor: DoctorHarness) -> None:
    path, clock = create_database(doctor), ManualClock()
    database = Database(path)
    database.open()
    await ServerFeatures(database, clock, doctor.telegram.api_url).learn("tg-time")
    database.close_reader()
    await asyncio.to_thread(database.close)
    found = await doctor.look(clock=clock)
    assert found["bot api server"].result == "warn"
    assert "tg-time" in found["bot api server"].says
    clock.advance(25 * 3600)
    assert "bot api server" not in await doctor.look(clock=clock)


async def test_a_database_of_a_newer_version_is_reported_and_left_alone(doctor: DoctorHarness) -> None:
    path = create_database(doctor)
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('onroute', 'step_of_9', '')"
    )
    connection.commit()
    connection.close()
    content = path.read_bytes()
    found = (await doctor.look())["database"]
    assert (found.result, "step_of_9" in found.says, "newer" in found.says) == ("fail", True, True)
    assert "install that version" in found.remedy
    assert path.read_bytes() == content


async def test_a_database_of_an_older_version_asks_for_a_backup_first(
    doctor: DoctorHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_database(doctor)
    later = Migrations("onroute")
    for step in migrations.pending(Tables(memory=True)):
        later(name=step.name)(lambda _: None)
    later(name="a_later_step")(lambda _: None)
    monkeypatch.setattr("bot.doctor.database.migrations", later)
    found = (await doctor.look())["database"]
    assert (found.result, "a_later_step" in found.says) == ("warn", True)
    assert "python -m bot backup" in found.remedy


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xff" * 100, "damaged"), (b"a list of things\n" * 100, "text file"), (b"", "made at the first start")],
)
async def test_a_file_that_is_no_database_is_reported(doctor: DoctorHarness, content: bytes, says: str) -> None:
    path = create_database(doctor)
    path.write_bytes(content)
    found = (await doctor.look())["database"]
    assert found.result == ("fail" if content else "ok")
    assert says in found.says
    assert ("restore the last backup" in found.remedy) is (says == "damaged")
    assert path.read_bytes() == content


async def test_a_damaged_database_is_reported(doctor: DoctorHarness) -> None:
    path = create_database(doctor)
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xaa" * (len(content) - 8192)
    path.write_bytes(content)
    found = (await doctor.look())["database"]
    assert (found.result, "damaged" in found.says) == ("fail", True)


async def test_a_database_of_another_program_is_reported(doctor: DoctorHarness) -> None:
    path = Path(doctor.environ["DATABASE_PATH"])
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE orders (id)")
    connection.close()
    found = (await doctor.look())["database"]
    assert (found.result, "another program" in found.says) == ("fail", True)


async def test_another_instance_that_does_not_respond_is_reported(doctor: DoctorHarness) -> None:
    path = Path(doctor.environ["DATABASE_PATH"])
    with take_lock(path):
        found = (await doctor.look())["instance"]
        assert lock_state(path) == "held"
    assert lock_state(path) == "free"
    assert found.result == "fail"
    assert "another instance holds" in found.says
    assert f"fuser -v {path}.lock" in found.remedy


async def test_a_running_service_whose_neighbour_is_away_is_reported_as_it_says_itself(doctor: DoctorHarness) -> None:
    world = SimulatedWorld()
    try:
        await world.start(TELEGRAM_API_URL=f"http://127.0.0.1:{free_port()}")  # nobody is there
        async with asyncio.timeout(40):
            while "telegram down" not in (found := (await doctor.look(**world.settings))["instance"]).says:
                continue  # each look takes its time
        assert found.result == "warn"
        assert found.says.startswith("the service is running, ready, but not all is well (database ok as of ")
        assert "(connection refused)" in found.says
        assert "log" in found.remedy
    finally:
        await world.stop()
