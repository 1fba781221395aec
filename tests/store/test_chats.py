"""Chats: a group's move keeps everything, and forgetting leaves nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.store import awaited_numbers, chats, inbox, migrations, orders, outbox
from bot.store.awaited_numbers import AwaitedNumber
from bot.tracking.model import Kind, Level, Notice, Order, OrderPk, Ticks

NOW = 1_790_000_000.0


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        opened.row_factory = sqlite3.Row
        opened.execute("PRAGMA foreign_keys = ON")
        migrations.migrate(opened)
        yield opened


def follow(connection: sqlite3.Connection, chat_id: int, number: str) -> int:
    order = orders.load(connection, "store", number) or orders.save(
        connection, Order("store", number, status="PICKING"), before=None, now=NOW
    )
    assert order.id is not None
    chats.touch(connection, chat_id, kind="group", now=NOW)
    chats.follow(connection, chat_id, order.id, level=Level.EVERY, thread_id=None, verified=False, follower=9, now=NOW)
    outbox.put(connection, [Notice(chat_id, Kind.CARD, Ticks(NOW), order=order.id)])
    return order.id


def test_a_supergroup_takes_over_what_the_group_had_and_what_both_follow_is_one(connection: sqlite3.Connection) -> None:
    follow(connection, -1, "A-1")
    follow(connection, -1, "B-1")
    follow(connection, -2, "B-1")
    chats.move(connection, -1, -2)
    assert chats.load(connection, -1) is None
    assert len(chats.subscriptions(connection, -2)) == 2


def test_a_group_that_moves_to_a_chat_never_seen_keeps_its_subscriptions(connection: sqlite3.Connection) -> None:
    order = follow(connection, -1, "A-1")
    chats.move(connection, -1, -100)
    assert [one.order for one in chats.subscriptions(connection, -100)] == [order]
    assert [one.chat_id for one in outbox.open_notices(connection, -100, OrderPk(order))] == [-100]


def test_forgetting_leaves_nothing_of_the_chat_in_any_table(connection: sqlite3.Connection) -> None:
    follow(connection, 77, "A-1")
    awaited = AwaitedNumber(77, "B-1", ("B-1", "b-1"))
    awaited_numbers.add(connection, awaited, next_ask_at=NOW, ends_at=NOW, now=NOW)
    inbox.add(connection, (1, 77, "{}"), now=NOW)
    chats.forget(connection, 77, until=1)
    for table in ("chats", "subscriptions", "awaited", "outbox", "inbox"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608 - our own names


@pytest.mark.parametrize(("until", "left"), [(1, [2, 3]), (2, [3]), (None, [1, 2, 3])])
def test_forgetting_leaves_what_was_said_later_and_what_others_said(
    connection: sqlite3.Connection, until: int | None, left: list[int]
) -> None:
    follow(connection, 77, "A-1")
    for update_id, chat_id in ((1, 77), (2, 77), (3, 78)):
        inbox.add(connection, (update_id, chat_id, "{}"), now=NOW)
    chats.forget(connection, 77, until=until)
    assert [update_id for update_id, *_ in inbox.rows(connection)] == left


def test_a_notice_is_claimed_once(connection: sqlite3.Connection) -> None:
    order = follow(connection, 5, "A-1")
    number = outbox.open_notices(connection, 5, OrderPk(order))[0].id
    assert number is not None
    assert outbox.claim(connection, number, 5, now=NOW) is not None
    assert outbox.claim(connection, number, 5, now=NOW) is None


def test_a_notice_whose_chat_has_moved_is_not_claimed_for_the_one_that_it_was(connection: sqlite3.Connection) -> None:
    order = follow(connection, -5, "A-1")
    number = outbox.open_notices(connection, -5, OrderPk(order))[0].id
    assert number is not None
    chats.move(connection, -5, -1005)
    assert outbox.claim(connection, number, -5, now=NOW) is None
    assert outbox.claim(connection, number, -1005, now=NOW) is not None


def test_a_stopped_chats_pending_notices_are_closed_in_the_same_step(connection: sqlite3.Connection) -> None:
    order = follow(connection, 5, "A-1")
    outbox.close_for_order(connection, 5, OrderPk(order), reason="stopped", now=NOW)
    assert outbox.open_notices(connection, 5, OrderPk(order)) == []
