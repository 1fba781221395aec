"""A file of an older version is migrated, and keeps what it holds."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database as Tables

from bot.store import awaited_numbers, chats
from bot.store.migrations import migrate, migrations


def test_a_number_awaited_before_labels_were_kept_is_still_awaited(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="awaited_label")
    chats.touch(connection, 7, now=1.0)
    connection.execute(
        "INSERT INTO awaited (chat_id, number, candidate, ends_at, made_at) VALUES (7, 'A-1', 'A-1', 2, 1)"
    )
    connection.commit()
    migrate(connection)
    migrate(connection)
    [awaited] = awaited_numbers.of_chat(connection, 7)
    assert (awaited.number, awaited.label) == ("A-1", None)
    connection.close()


def test_labels_given_in_groups_are_deleted_and_those_of_people_stay(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="no_labels_in_groups")
    for chat_id in (7, -7):
        chats.touch(connection, chat_id, now=1.0)
        connection.execute(
            "INSERT INTO awaited (chat_id, number, candidate, label, ends_at, made_at) "
            "VALUES (?, 'A', 'A', 'Mom', 2, 1)",
            (chat_id,),
        )
    connection.commit()
    migrate(connection)
    assert [awaited_numbers.of_chat(connection, one)[0].label for one in (7, -7)] == ["Mom", None]
    connection.close()
