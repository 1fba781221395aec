"""The database: one lock, one writer, commits that are shared; what happens when the disk or another program fails."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.store import key_value, migrations
from bot.store.backup import backup
from bot.store.connection import LOG_LIMIT, connect
from bot.store.database import Database
from bot.store.errors import AnotherInstanceError, InvalidValueError, NewerVersionError, StoreError
from bot.store.long_reads import Watch
from tests.builders import count_commits


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database(path, busy_seconds=0.2)
    opened.open()
    yield opened
    opened.close()


async def put(database: Database, name: str, value: str = "1") -> None:
    await database.write(partial(key_value.put, name=name, value=value))


def names(database: Database) -> set[str]:
    return {row["name"] for row in database.reader.execute("SELECT name FROM facts")}


async def test_writes_that_wait_together_share_a_commit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = count_commits(monkeypatch)
    await asyncio.gather(*(put(database, f"n{number}") for number in range(500)))
    assert len(names(database)) == 500
    assert len(commits) < 100


async def test_what_was_awaited_is_visible_to_another_connection(database: Database) -> None:
    await put(database, "here")
    with closing(connect(database.path, read_only=True)) as other:
        assert key_value.get(other, "here") == "1"


async def test_one_that_fails_is_undone_and_the_others_of_its_batch_are_stored(database: Database) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        key_value.put(connection, "half", "done")
        raise LookupError("no")

    writes = [put(database, "a"), database.write(fails), put(database, "b")]
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert isinstance(results[1], LookupError)
    assert names(database) == {"a", "b"}


@pytest.mark.parametrize("value", ["\ud800", 2**70])
async def test_a_value_that_cannot_be_stored_is_refused_alone(database: Database, value: object) -> None:
    def insert(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO facts VALUES ('odd', ?)", (value,))

    results = await asyncio.gather(
        put(database, "a"), database.write(insert), put(database, "b"), return_exceptions=True
    )
    assert isinstance(results[1], InvalidValueError)
    assert names(database) == {"a", "b"}


async def test_a_full_disk_fails_the_whole_batch_and_it_serves_again_when_there_is_room(database: Database) -> None:
    pages = await database.write(lambda connection: connection.execute("PRAGMA page_count").fetchone()[0])
    limit = partial(_limit, pages=pages + 2)
    await put(database, "before")
    big = "x" * 50_000

    def fill(connection: sqlite3.Connection) -> None:
        limit(connection)
        key_value.put(connection, "big", big)

    results = await asyncio.gather(put(database, "a"), database.write(fill), put(database, "b"), return_exceptions=True)
    assert isinstance(results[1], StoreError)
    assert "full" in str(results[1])
    stored = {name for name, result in (("a", results[0]), ("b", results[2])) if result is None}
    assert names(database) == {"before", *stored}
    await put(database, "after")
    assert "after" in names(database)
    assert database.last_error is None


def _limit(connection: sqlite3.Connection, pages: int) -> None:
    connection.execute(f"PRAGMA max_page_count = {pages}")


async def test_a_database_that_another_program_holds_is_refused_after_a_while_and_then_works(
    database: Database,
) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(*(put(database, f"n{number}") for number in range(5)), return_exceptions=True)
        assert all(isinstance(result, StoreError) and "locked" in str(result) for result in results)
        other.execute("ROLLBACK")
    await put(database, "later")
    assert names(database) == {"later"}


async def test_after_closing_nothing_is_written(database: Database) -> None:
    database.close()
    database.close()
    with pytest.raises(StoreError):
        await put(database, "late")


def test_a_second_one_on_the_same_file_is_refused(database: Database) -> None:
    with pytest.raises(AnotherInstanceError):
        Database(database.path).open()


def test_a_file_of_a_newer_version_is_refused_untouched(path: Path) -> None:
    first = Database(path)
    first.open()
    first.close()
    with closing(sqlite3.connect(path)) as newer, newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('onroute', 'from_the_future', '')"
        )
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    with pytest.raises(NewerVersionError, match="from_the_future"):
        Database(path).open()
    assert path.read_bytes() == before


def test_killed_in_the_middle_of_a_migration_it_starts_again(path: Path) -> None:
    path.parent.mkdir()
    script = (
        "import os, pathlib, sys\n"
        "from bot.store import migrations\n"
        "from bot.store.connection import connect\n"
        "connection = connect(pathlib.Path(sys.argv[1]))\n"
        "connection.set_trace_callback(lambda sql: os.kill(os.getpid(), 9) if 'CREATE TABLE outbox' in sql else None)\n"
        "migrations.migrate(connection)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert killed.returncode == -9
    with closing(sqlite3.connect(path)) as half:
        assert half.execute("SELECT count(*) FROM sqlite_master WHERE name = 'orders'").fetchone() == (0,)
    database = Database(path)
    database.open()
    assert key_value.get(database.reader, "anything") is None
    database.close()


async def test_a_backup_is_a_whole_database_and_does_not_overwrite(database: Database, tmp_path: Path) -> None:
    await put(database, "kept")
    target = tmp_path / "copy.db"
    backup(database.path, target)
    with closing(connect(target, read_only=True)) as copy:
        assert key_value.get(copy, "kept") == "1"
    with pytest.raises(StoreError, match="is there already"):
        backup(database.path, target)
    with pytest.raises(StoreError, match="check DATABASE_PATH"):
        backup(tmp_path / "nothing.db", tmp_path / "other.db")


HOT = {
    "orders due": "SELECT id FROM orders INDEXED BY orders_due WHERE next_poll_at IS NOT NULL AND urgent = 0 "
    "AND next_poll_at <= 1 ORDER BY next_poll_at LIMIT 5",
    "an order": "SELECT * FROM orders WHERE hostname = 'a' AND order_id = 'b'",
    "its shipments": 'SELECT * FROM shipments WHERE "order" = 1 ORDER BY position',
    "its followers": 'SELECT subscriptions.* FROM subscriptions JOIN chats USING (chat_id) WHERE "order" = 1 '
    "AND paused IS NULL ORDER BY subscriptions.id",
    "its open notices": "SELECT * FROM outbox WHERE \"order\" = 1 AND chat_id = 2 AND state IN ('open', 'claimed')",
    "notices due": "SELECT id FROM outbox INDEXED BY outbox_due WHERE state = 'open' AND lane = 1 AND due_at <= 5 "
    "ORDER BY due_at, id LIMIT 8",
    "who awaits a number": "SELECT * FROM awaited WHERE candidate = 'x'",
}


@pytest.mark.parametrize("statement", HOT.values(), ids=HOT.keys())
def test_what_every_event_and_message_looks_up_is_found_by_an_index(statement: str) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.migrate(connection)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert not [step for step in plan if step.startswith("SCAN")], plan


def read_without_end(connection: sqlite3.Connection) -> None:
    connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT count(*) FROM n").fetchone()


async def test_closing_does_not_wait_for_what_reads_at_length(database: Database) -> None:
    """A backup or a report of minutes must not hold up SIGTERM."""

    def copy(watch: Watch) -> None:
        with closing(connect(database.path, read_only=True)) as connection, watch(connection):
            read_without_end(connection)

    reading = [asyncio.ensure_future(one) for one in (database.scan(read_without_end), database.in_thread(copy))]
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await asyncio.to_thread(database.close)
    ended = await asyncio.gather(*reading, return_exceptions=True)
    assert time.monotonic() - begun < 10.0  # what reads would never end
    assert [type(one) for one in ended] == [sqlite3.OperationalError] * 2
    with pytest.raises(StoreError, match="closed"):
        await database.scan(read_without_end)


def test_a_backup_that_is_interrupted_leaves_no_half_copy(database: Database, tmp_path: Path) -> None:
    @contextmanager
    def interrupted(connection: sqlite3.Connection) -> Iterator[None]:
        connection.set_progress_handler(lambda: 1, 1)
        yield

    with pytest.raises(StoreError, match="interrupted"):
        backup(database.path, tmp_path / "copies" / "copy.db", interrupted)
    assert list((tmp_path / "copies").iterdir()) == []


def copied_alone(path: Path, folder: Path) -> sqlite3.Connection:
    """Open a copy of the file without anything that stands beside it."""
    folder.mkdir()
    return sqlite3.connect(shutil.copy(path, folder))


async def test_after_closing_the_file_alone_is_whole(database: Database, tmp_path: Path) -> None:
    await put(database, "here")
    database.close()
    assert [one.name for one in database.path.parent.iterdir() if one.name.endswith(("-wal", "-shm"))] == []
    with closing(copied_alone(database.path, tmp_path / "copy")) as copy:
        assert copy.execute("SELECT value FROM facts WHERE name = 'here'").fetchone() == ("1",)


async def test_after_a_commit_that_failed_the_file_alone_is_whole_all_the_same(
    database: Database, tmp_path: Path
) -> None:
    """The writer's connection is gone then, and none is left that could write."""
    await put(database, "here")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            await put(database, "refused")
        other.execute("ROLLBACK")
    database.close()
    with closing(copied_alone(database.path, tmp_path / "copy")) as copy:
        assert copy.execute("SELECT value FROM facts WHERE name = 'here'").fetchone() == ("1",)


async def test_where_another_program_reads_the_log_is_said_to_stay(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await put(database, "here")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM facts").fetchall()
        database.close()
    assert "stays beside it" in caplog.text


async def test_the_log_is_emptied_though_much_was_written_while_somebody_read_at_length(database: Database) -> None:
    wal = database.path.with_name("bot.db-wal")
    with closing(connect(database.path, read_only=True)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM facts").fetchall()
        for number in range(12):
            await put(database, "big", str(number) * 2**20)
        assert not await database.empty_log()
        assert wal.stat().st_size > LOG_LIMIT
    assert await database.empty_log()
    assert wal.stat().st_size == 0


async def test_what_is_deleted_is_neither_in_the_file_nor_in_the_log(database: Database) -> None:
    marker = "b8d1-marker"
    for number in range(500):
        await put(database, f"{marker}-{number}", f"{marker} " * 40)
    assert await database.empty_log()
    assert marker.encode() in database.path.read_bytes()
    await database.write(lambda connection: connection.execute("DELETE FROM facts").rowcount)
    assert await database.empty_log()
    assert marker.encode() not in database.path.read_bytes()


def test_what_an_older_version_left_in_free_pages_is_overwritten_once(path: Path) -> None:
    marker = b"b8d1-marker"
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as older:
        older.execute("PRAGMA secure_delete = OFF")
        migrations.migrate(older)
        older.executemany("INSERT INTO facts VALUES (?, ?)", [(f"{n}", f"{marker.decode()} " * 40) for n in range(500)])
        older.execute("DELETE FROM facts")
    assert marker in path.read_bytes()
    database = Database(path)
    database.open()
    database.close()
    assert marker not in path.read_bytes()
    with closing(sqlite3.connect(path)) as upgraded:
        assert upgraded.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert upgraded.execute("PRAGMA user_version").fetchone() == (migrations.OVERWRITTEN,)
