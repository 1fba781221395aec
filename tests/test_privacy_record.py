"""docs/privacy.md names all that the database holds: a record of processing that leaves something out is none."""

import re
from pathlib import Path

import pytest

from tests.builders import memory_store

TEXT = (Path(__file__).parent.parent / "docs" / "privacy.md").read_text()
ABOUT_PEOPLE = (
    "chats",
    "subscriptions",
    "awaited",
    "outbox",
    "inbox",
    "updates",
    "lookups",
    "audit",
    "alerts",
    "alert_mutes",
    "drafts",
)
RECORD = {
    table: row
    for row in re.findall(r"^\| `.*", TEXT, re.MULTILINE)
    for table in re.findall(r"`(\w+)`", row.split("|")[1])
}


def tables() -> set[str]:
    with memory_store() as connection:
        return {row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def columns(table: str) -> set[str]:
    with memory_store() as connection:
        return {row["name"] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}


def test_the_record_has_a_row_for_each_table() -> None:
    assert tables() == RECORD.keys()


@pytest.mark.parametrize("table", ABOUT_PEOPLE)
def test_the_record_names_each_column_of_what_is_about_people(table: str) -> None:
    what_it_holds = RECORD[table].split("|")[2]
    assert columns(table) - set(re.findall(r"`(\w+)`", what_it_holds)) == set()


def test_tables_that_name_a_chat_or_a_person_count_as_about_people() -> None:
    names = {"chat_id", "follower", "person", "who", "done_by", "sent_by"}
    assert {table for table in tables() if columns(table) & names} <= {*ABOUT_PEOPLE}
