"""Paths that can't hold the database: told with what to do, and nothing of somebody else is written to."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.settings.paths import parse_file_path
from bot.store.connection import explain, why_not_writable
from bot.store.database import Database
from bot.store.errors import AnotherInstanceError, StoreError
from tests.file_permissions import owned_by_another, permissions_bind


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as theirs, theirs:
        theirs.execute("PRAGMA journal_mode = WAL")
        theirs.execute("CREATE TABLE orders (id)")


def ours(path: Path) -> None:
    database = Database(path)
    database.open()
    database.close()
    path.with_name(path.name + ".lock").unlink()


def refusal(path: Path) -> str:
    before = {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}
    with pytest.raises(StoreError) as caught:
        Database(path).open()
    assert {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()} == before
    return str(caught.value)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_text("a list of things\n" * 500), "text file"),
        (lambda path: path.write_text("ñandú " * 2000), "text file"),
        (lambda path: path.write_text("x"), "text file"),
        (lambda path: path.write_text("things", encoding="utf-16"), "text file"),
        (other_program, "tables of another program"),
        (os.mkfifo, "no file that can hold a database"),
    ],
)
def test_a_file_of_somebody_else_is_left_alone_and_nobody_is_told_to_overwrite_it(
    tmp_path: Path, make: Callable[[Path], object], says: str
) -> None:
    make(tmp_path / "bot.db")
    said = refusal(tmp_path / "bot.db")
    assert says in said
    assert "point DATABASE_PATH to a file of its own" in said
    assert "backup" not in said


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 100, b"\0" * 5000, b"\xff" * 5000])
def test_what_may_be_either_is_moved_away_before_a_backup_takes_its_place(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bot.db").write_bytes(content)
    said = refusal(tmp_path / "bot.db")
    assert "move it away and restore the last backup, else point DATABASE_PATH" in said


@pytest.mark.parametrize("kept", [50, 5000])
def test_a_file_of_ours_that_was_cut_off_is_restored_from_a_backup(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "bot.db"
    ours(path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(StoreError, match=r"is damaged .*: restore the last backup"):
        Database(path).open()


def test_an_empty_file_and_tables_of_tools_beside_ours_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.touch()
    ours(path)
    with closing(sqlite3.connect(path)) as tool, tool:
        tool.execute("CREATE TABLE _litestream_seq (id)")
    ours(path)


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match=f"{tmp_path}/data is a file"):
        Database(tmp_path / "data" / "bot.db").open()


def test_a_link_is_followed_so_that_one_file_has_one_lock(tmp_path: Path) -> None:
    path, link = tmp_path / "bot.db", tmp_path / "link.db"
    ours(path)
    link.symlink_to(path)
    database = Database(path)
    database.open()
    with pytest.raises(AnotherInstanceError):
        Database(parse_file_path(str(link))).open()
    database.close()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(ValueError, match="leads to itself"):
        parse_file_path(str(tmp_path / "loop"))


@permissions_bind
@pytest.mark.parametrize("ending", ["", "-wal", "-shm", ".lock"])
@pytest.mark.parametrize("text", ["attempt to write a readonly database", "disk I/O error"])  # opened, and open before
def test_a_file_of_another_owner_is_named_with_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, text: str
) -> None:
    path = tmp_path / "bot.db"
    theirs = tmp_path / f"bot.db{ending}"
    theirs.touch()
    with owned_by_another(theirs, mode=0o644):
        monkeypatch.setattr(
            "os.access", lambda place, right: place != theirs or right == os.F_OK
        )  # root may do anything
        said = explain(sqlite3.OperationalError(text), path)
        assert said.endswith("check its owner and rights")
        assert f"{theirs} belongs to nobody, mode 644, and this process runs as" in said
        monkeypatch.undo()
    assert why_not_writable(path) == ""


@pytest.mark.parametrize("reason", ["locking protocol", "locking protocol: no write-ahead log is possible"])
def test_a_drive_without_locks_is_named_and_never_called_damaged(reason: str) -> None:
    said = explain(sqlite3.OperationalError(reason), Path("/mnt/share/bot.db"))
    assert "network drive" in said
    assert said.endswith("point DATABASE_PATH to a disk of this machine")


def test_shared_memory_that_cannot_be_mapped_is_the_drives_fault() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMMAP"
    assert "network drive" in explain(error, Path("bot.db"))
    error.sqlite_errorname = "SQLITE_IOERR_WRITE"
    assert "look at the disk" in explain(error, Path("bot.db"))


def test_a_lock_that_the_file_system_refuses_is_no_other_instance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(StoreError, match="network drive") as caught:
        Database(tmp_path / "bot.db").open()
    assert not isinstance(caught.value, AnotherInstanceError)


def test_a_log_that_cannot_be_switched_on_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect

    class WithoutSharedMemory(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            return super().execute("SELECT 'delete'" if "journal_mode" in sql else sql, *values)

    monkeypatch.setattr(
        "sqlite3.connect", lambda *args, **options: real(*args, **{"factory": WithoutSharedMemory, **options})
    )
    with pytest.raises(StoreError, match="network drive"):
        Database(tmp_path / "bot.db").open()
