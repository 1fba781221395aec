"""Reminders and archiving that are due, what is deleted, and the files of the daily copy."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.store import awaited_numbers, backup, chats, history, housekeeping, key_value, outbox
from bot.store.awaited_numbers import AwaitedNumber
from bot.store.connection import connect
from bot.store.errors import StoreError
from bot.store.migrations import migrate
from bot.tracking.model import HistoryEntry, Kind, Notice, NoticeId, NoticeState, Order
from bot.tracking.timing import DAY
from tests.builders import CHAT, NOW, following, memory_store, order, row_of, shipment, stored

TODAY = date(2026, 9, 21)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as connection:
        yield connection


def put(
    connection: sqlite3.Connection,
    known: Order | None,
    state: NoticeState = NoticeState.OPEN,
    *,
    done_at: float | None = None,
) -> NoticeId:
    """Put a notice into the outbox; return its id."""
    chats.touch(connection, CHAT, now=NOW)
    outbox.put(connection, [Notice(CHAT, Kind.NOTE, NOW, order=known.id if known else None)])
    number: NoticeId = connection.execute("SELECT max(id) FROM outbox").fetchone()[0]
    connection.execute("UPDATE outbox SET state = ?, done_at = ? WHERE id = ?", (state, done_at, number))
    return number


def count(connection: sqlite3.Connection, *tables: str) -> list[int]:
    return [connection.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in tables]  # noqa: S608 - ours


# ── old orders ───────────────────────────────────────────────────────────────


def test_a_finished_order_is_dropped_with_its_history_and_all_that_was_told_of_it(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("DELIVERED", shipment("DELIVERED"), changed_at=NOW))
    following(connection, known, told="DELIVERED")
    history.remember(connection, known, [HistoryEntry("heard", "ON_ROUTE", "DELIVERED")], wall=NOW)
    put(connection, known, NoticeState.SENT, done_at=NOW + 1)
    put(connection, known, NoticeState.FAILED, done_at=NOW + 1)
    assert housekeeping.drop_old(connection, NOW - 1) == 0
    assert count(connection, "orders", "history", "outbox", "subscriptions", "shipments") == [1, 1, 2, 1, 1]
    assert housekeeping.drop_old(connection, NOW) == 1
    assert count(connection, "orders", "history", "outbox", "subscriptions", "shipments") == [0, 0, 0, 0, 0]
    assert count(connection, "chats") == [1]


@pytest.mark.parametrize("state", [NoticeState.OPEN, NoticeState.CLAIMED])
def test_an_order_is_kept_while_a_message_about_it_is_still_to_be_sent(
    connection: sqlite3.Connection, state: NoticeState
) -> None:
    known = stored(connection, order("DELIVERED", changed_at=NOW))
    waiting = put(connection, known, state)
    assert housekeeping.drop_old(connection, NOW + 90 * DAY) == 0
    outbox.finish(connection, waiting, NoticeState.SENT, now=NOW + 90 * DAY)
    assert housekeeping.drop_old(connection, NOW + 60 * DAY) == 1


@pytest.mark.parametrize(
    ("status", "followed", "dropped"),
    [
        ("DELIVERED", True, True),
        ("RETURNED", True, True),
        ("CANCELED", True, True),
        ("IDLE", True, True),
        ("DELIVERED", False, True),
        ("PICKING", False, True),
        ("FROZEN_SOLID", False, True),
        ("PICKING", True, False),
        ("WAITING_FOR_PICKUP", True, False),
        ("FROZEN_SOLID", True, False),
    ],
)
def test_old_orders_are_dropped_once_they_are_finished_or_nobody_follows_them(
    connection: sqlite3.Connection, status: str, followed: bool, dropped: bool
) -> None:
    known = stored(connection, order(status, changed_at=NOW))
    if followed:
        following(connection, known)
    assert housekeeping.drop_old(connection, NOW) == int(dropped)


def test_what_was_told_goes_in_time_and_what_waits_is_kept(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING", changed_at=NOW + DAY))
    following(connection, known)
    done = (NoticeState.SENT, NoticeState.CLOSED, NoticeState.FAILED)
    old = [put(connection, known, state, done_at=NOW) for state in done]
    old.append(put(connection, None, NoticeState.SENT, done_at=NOW))
    kept = [put(connection, known), put(connection, None), put(connection, known, NoticeState.SENT, done_at=NOW + 1)]
    housekeeping.drop_old(connection, NOW)
    left = [row["id"] for row in connection.execute("SELECT id FROM outbox ORDER BY id")]
    assert (left, set(left) & set(old)) == (kept, set())


def test_what_was_told_goes_in_steps(connection: sqlite3.Connection) -> None:
    for _ in range(housekeeping.STEP + 50):
        put(connection, None, NoticeState.SENT, done_at=NOW)
    left = []
    for _ in range(3):
        housekeeping.drop_old(connection, NOW)
        left += count(connection, "outbox")
    assert left == [50, 0, 0]


def test_those_that_must_be_kept_do_not_stand_in_the_way_of_those_that_go(connection: sqlite3.Connection) -> None:
    for one in range(housekeeping.STEP):
        following(connection, stored(connection, order("PICKING", order_id=f"kept-{one}", changed_at=NOW)))
    for one in range(housekeeping.STEP):
        put(connection, stored(connection, order("DELIVERED", order_id=f"waiting-{one}", changed_at=NOW)))
    stored(connection, order("DELIVERED", order_id="old-1", changed_at=NOW))
    assert housekeeping.drop_old(connection, NOW) == 1


@pytest.mark.parametrize("has", ["a subscription", "a number that is awaited", "a message", "nothing"])
def test_a_chat_without_anything_is_dropped(connection: sqlite3.Connection, has: str) -> None:
    chats.touch(connection, CHAT, now=NOW)
    if has == "a subscription":
        following(connection, stored(connection, order("PICKING", changed_at=NOW)))
    elif has == "a number that is awaited":
        awaited_numbers.add(connection, AwaitedNumber(CHAT, "B-1", ("B-1",)), next_ask_at=NOW, ends_at=NOW, now=NOW)
    elif has == "a message":
        put(connection, None, NoticeState.SENT, done_at=NOW)
    assert housekeeping.drop_idle_chats(connection, NOW - 1) == 0
    assert housekeeping.drop_idle_chats(connection, NOW) == int(has == "nothing")


# ── forgotten ────────────────────────────────────────────────────────────────


def test_forgotten_is_what_is_followed_unfinished_and_silent(connection: sqlite3.Connection) -> None:
    silent = stored(connection, order("PICKING", order_id="silent-1", changed_at=NOW))
    odd = stored(connection, order("FROZEN_SOLID", order_id="odd-1", changed_at=NOW))
    young = stored(connection, order("PICKING", order_id="young-1", changed_at=NOW + 1))
    done = stored(connection, order("DELIVERED", order_id="done-1", changed_at=NOW))
    stored(connection, order("PICKING", order_id="nobodys-1", changed_at=NOW))
    for one in (silent, odd, young, done):
        following(connection, one)
    assert housekeeping.inactive_orders(connection, NOW) == [silent.id, odd.id]


def test_what_has_moved_since_it_was_found_is_not_forgotten_any_more(connection: sqlite3.Connection) -> None:
    found = [stored(connection, order("PICKING", order_id=f"{one}-1", changed_at=NOW)) for one in "abc"]
    for one in found:
        following(connection, one)
    rows = housekeeping.inactive_orders(connection, NOW)
    connection.execute("UPDATE orders SET news_at = ? WHERE id = ?", (NOW + 1, found[0].id))
    connection.execute("UPDATE orders SET state = 'DELIVERED' WHERE id = ?", (found[1].id,))
    assert housekeeping.still_inactive(connection, rows, NOW) == [row_of(found[2])]


# ── the daily copy ───────────────────────────────────────────────────────────


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "bot.db"
    with closing(connect(path)) as connection:
        migrate(connection)
        key_value.put(connection, "kept", "1")
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_the_copy_is_a_whole_database_and_one_is_enough_for_a_day(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet" / "there"
    copy = backup.daily_backup(source, folder, TODAY)
    assert copy == folder / "onroute-2026-09-21.db"
    with closing(connect(copy, read_only=True)) as connection:
        assert key_value.get(connection, "kept") == "1"
    written = copy.stat().st_mtime_ns
    assert backup.daily_backup(source, folder, TODAY) is None
    assert (copy.stat().st_mtime_ns, names(folder)) == (written, [copy.name])


def test_the_last_seven_are_kept_and_what_is_not_ours_is_left_alone(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    foreign = {
        "before-upgrade.db",
        "onroute-2020-01-01.db.age",
        "my-onroute-2020-01-01.db",
        "onroute-2020-1-1.db",
        "onroute-2020-01-01.db\n",
        "other.db.partial",
    }
    for name in foreign:
        (folder / name).touch()
    (folder / "onroute-2020-01-01.db").mkdir()  # somebody's folder is no copy
    for day in range(10):
        backup.daily_backup(source, folder, TODAY + timedelta(days=day))
    copies = {f"onroute-2026-09-{day}.db" for day in range(24, 31)}
    assert set(names(folder)) == foreign | copies | {"onroute-2020-01-01.db"}


def test_the_half_copy_of_a_killed_process_is_removed(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "onroute-2026-09-19.db.partial").write_bytes(b"half")
    (folder / "onroute-2026-09-21.db.partial").write_bytes(b"half")
    backup.daily_backup(source, folder, TODAY)
    assert names(folder) == ["onroute-2026-09-21.db"]


class FullDisk(sqlite3.Connection):
    """A connection whose copies don't find room: half of one is written, and no more."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """As SQLite does it, until it is to copy."""
        if sql.startswith("VACUUM INTO"):
            Path(str(parameters[0])).write_bytes(b"half")
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, parameters)


def test_a_copy_that_finds_no_room_leaves_nothing_and_names_the_disk_that_is_full(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=FullDisk))
    folder = tmp_path / "backups"
    with pytest.raises(StoreError, match=f"the disk that holds {folder / 'onroute-2026-09-21.db'} is full"):
        backup.daily_backup(source, folder, TODAY)
    assert names(folder) == []


def test_a_copy_that_the_disk_does_not_take_leaves_nothing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    folder = tmp_path / "backups"
    with pytest.raises(StoreError, match=r"can't write .*Input/output error"):
        backup.daily_backup(source, folder, TODAY)
    assert names(folder) == []


@pytest.mark.parametrize("name", ["n" * 300, "file/below"], ids=["too long a name", "below a file"])
def test_a_folder_that_cannot_be_made_is_trouble_that_says_where(source: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / name
    with pytest.raises(StoreError, match=name):
        backup.daily_backup(source, folder, TODAY)
