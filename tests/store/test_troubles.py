"""What goes wrong around the file (locked, full, newer, in use by another process, killed), and that it recovers."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.process.condition import State
from bot.store import key_value
from bot.store.backup import backup
from bot.store.connection import connect
from bot.store.database import Database
from bot.store.errors import AnotherInstanceError, InvalidValueError, NewerVersionError, StoreError
from tests.builders import open_database

HOLD = """
import pathlib, sys
from bot.store.database import Database
from bot.store.errors import AnotherInstanceError
database = Database(pathlib.Path(sys.argv[1]))
try:
    database.open()
except AnotherInstanceError:
    sys.exit(75)
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path, busy_seconds=0.3)
    yield opened
    opened.close()


async def put(database: Database, name: str, value: str = "1") -> None:
    await database.write(partial(key_value.put, name=name, value=value))


def names(database: Database) -> set[str]:
    return {row["name"] for row in database.reader.execute("SELECT name FROM facts")}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# ── locked, full ─────────────────────────────────────────────────────────────


async def test_all_that_queues_while_the_file_is_locked_is_refused_when_the_wait_is_over(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        first = asyncio.gather(*(put(database, f"a{number}") for number in range(3)), return_exceptions=True)
        await asyncio.sleep(0.2)  # the writer waits for the lock meanwhile
        second = asyncio.gather(*(put(database, f"b{number}") for number in range(3)), return_exceptions=True)
        results = [*await first, *await second]
        took = time.monotonic() - began
        other.execute("ROLLBACK")
    assert all(isinstance(result, StoreError) for result in results)
    assert took < 0.5
    assert names(database) == set()
    await put(database, "later")
    assert (names(database), database.last_error) == ({"later"}, None)


async def test_when_the_disk_fills_up_nothing_of_the_batch_is_stored_and_nobody_of_it_is_told_otherwise(
    database: Database,
) -> None:
    gate = threading.Event()
    plug = asyncio.ensure_future(database.write(lambda _connection: gate.wait(5)))
    await asyncio.sleep(0.05)  # all that follows waits behind the plug, and so is one batch

    def fill(connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        key_value.put(connection, "big", "x" * 100_000)

    writes = [put(database, "before"), database.write(fill), put(database, "after")]
    batch = asyncio.gather(*writes, return_exceptions=True)
    await asyncio.sleep(0.05)
    gate.set()
    await plug
    results = await batch
    assert [type(result) for result in results] == [StoreError] * 3
    assert names(database) == set()
    assert "full" in (database.last_error or "")
    await put(database, "there is room again")
    assert (names(database), database.last_error) == ({"there is room again"}, None)


async def test_while_nothing_can_be_stored_it_is_tried_again_and_the_trouble_is_two_lines_of_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for name in ("one", "two", "three"):
            with pytest.raises(StoreError):
                await put(database, name)
        await database.try_again()
        assert (database.condition.state, database.condition.up) == (State.DOWN, False)
    await database.try_again()
    assert (database.condition.state, database.condition.up) == (State.OK, True)
    assert [one.levelname for one in caplog.records] == ["ERROR", "INFO"]


async def test_what_a_known_trouble_ends_is_told_apart_from_what_is_new(database: Database) -> None:
    trouble, new = StoreError("it can't store"), (InvalidValueError("a value"), LookupError("nobody thought of it"))
    assert not database.is_known_trouble(trouble)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as refused:
            await put(database, "one")
        assert database.is_known_trouble(refused.value)
        assert database.is_known_trouble(sqlite3.OperationalError("disk I/O error"))
        assert not any(map(database.is_known_trouble, new))
    await put(database, "it stores again")
    assert not database.is_known_trouble(trouble)


async def test_a_queue_that_is_full_refuses_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    plug = asyncio.ensure_future(database.write(lambda _connection: gate.wait(5)))
    await asyncio.sleep(0.05)
    waiting = [asyncio.ensure_future(put(database, str(number))) for number in range(9_999)]  # and the plug
    await asyncio.sleep(0)
    with pytest.raises(StoreError, match="waiting already"):
        await put(database, "one too many")
    gate.set()
    await asyncio.gather(plug, *waiting)
    assert len(names(database)) == 9_999


async def test_a_caller_that_stops_waiting_does_not_stop_the_others(database: Database) -> None:
    gate = threading.Event()
    plug = asyncio.ensure_future(database.write(lambda _connection: gate.wait(5)))
    impatient = asyncio.ensure_future(put(database, "a"))
    patient = asyncio.ensure_future(put(database, "b"))
    await asyncio.sleep(0.05)
    impatient.cancel()
    gate.set()
    await asyncio.gather(plug, patient)
    assert names(database) == {"a", "b"}


# ── another process ──────────────────────────────────────────────────────────


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Path]:
    """Open a database in another process."""
    path = tmp_path / "bot.db"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield path
    process.kill()
    process.communicate()


def test_a_second_process_is_refused_before_it_touches_anything(holder: Path) -> None:
    before = contents(holder.parent)
    second = subprocess.run([sys.executable, "-c", HOLD, str(holder)], input="", check=False, text=True)
    assert second.returncode == 75
    assert contents(holder.parent) == before


def test_the_lock_goes_with_its_process_however_that_ends(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    killed = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert killed.stdout is not None
    killed.stdout.readline()
    with pytest.raises(AnotherInstanceError, match="Stop it first"):
        Database(path).open()
    killed.kill()
    killed.communicate()
    open_database(tmp_path).close()


async def test_what_was_awaited_survives_a_kill(tmp_path: Path) -> None:
    script = (
        "import asyncio, os, pathlib, sys\n"
        "from bot.store import key_value\n"
        "from bot.store.database import Database\n"
        "async def main():\n"
        "    database = Database(pathlib.Path(sys.argv[1]))\n"
        "    database.open()\n"
        "    await database.write(lambda connection: key_value.put(connection, 'kept', '1'))\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    killed = await asyncio.to_thread(
        partial(subprocess.run, [sys.executable, "-c", script, str(tmp_path / "bot.db")], check=False)
    )
    assert killed.returncode == -9
    database = open_database(tmp_path)
    assert names(database) == {"kept"}
    database.close()


# ── the file itself ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_a_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path, mode: str) -> None:
    open_database(tmp_path).close()
    path = tmp_path / "bot.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute(f"PRAGMA journal_mode = {mode}")
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('onroute', 'from_the_future', '')"
        )
    before = contents(tmp_path)
    with pytest.raises(NewerVersionError, match="from_the_future"):
        open_database(tmp_path)
    assert contents(tmp_path) == before


def test_a_path_below_a_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="point DATABASE_PATH elsewhere"):
        Database(tmp_path / "file" / "bot.db").open()


def test_a_failed_opening_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(b"this is no database at all, whatever it is called" * 50)
    with pytest.raises(StoreError):
        Database(path).open()
    path.unlink()
    open_database(tmp_path).close()


# ── backups ──────────────────────────────────────────────────────────────────


async def test_a_backup_in_the_middle_of_writing_is_whole(database: Database, tmp_path: Path) -> None:
    def pair(connection: sqlite3.Connection, number: int) -> None:
        key_value.put(connection, f"left {number}", "1")
        key_value.put(connection, f"right {number}", "1")

    async def write_on() -> None:
        for number in range(300):
            await database.write(partial(pair, number=number))

    writing = asyncio.ensure_future(write_on())
    await asyncio.sleep(0.02)
    await database.in_thread(partial(backup, database.path, tmp_path / "copy.db"))
    await writing
    with closing(connect(tmp_path / "copy.db", read_only=True)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        copied = {row["name"] for row in copy.execute("SELECT name FROM facts")}
    assert {name.replace("left", "right") for name in copied if name.startswith("left")} == {
        name for name in copied if name.startswith("right")
    }


async def test_a_backup_can_be_put_in_place_of_the_database(database: Database, tmp_path: Path) -> None:
    await put(database, "kept")
    (tmp_path / "new").mkdir()
    backup(database.path, tmp_path / "new" / "bot.db")
    restored = open_database(tmp_path / "new")
    await put(restored, "added")
    assert names(restored) == {"kept", "added"}
    restored.close()


def test_a_backup_of_what_is_no_database_leaves_no_half_copy(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"this is no database at all, whatever it is called" * 50)
    with pytest.raises(StoreError, match="damaged"):
        backup(tmp_path / "bot.db", tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["bot.db"]
