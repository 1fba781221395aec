"""A database of before living cards: old levels, bubbles and waiting rows become what this version knows."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import awaited_numbers, chats, outbox
from bot.store.connection import connect
from bot.store.migrations import migrate
from bot.tracking.model import Keep, Kind, Level, Notice, NoticeId, NoticeState, OrderPk, Priority
from tests.builders import CHAT, NOW
from tests.store.before_cards import BUBBLE, NEWS, OF_THEIR_OWN, TOLD_AT, BeforeCards

OTHER_CHAT = 502


@pytest.fixture
def before(tmp_path: Path) -> Iterator[BeforeCards]:
    made = BeforeCards(tmp_path)
    yield made
    made.connection.close()


@pytest.fixture
def followed(before: BeforeCards) -> int:
    """An order whose bubble told that it was being picked."""
    before.chat()
    order = before.order("PICKING")
    before.follows(order, "PICKING")
    return order


def upgraded(before: BeforeCards) -> sqlite3.Connection:
    """The same file after this version has started, twice."""
    path = Path(before.connection.execute("PRAGMA database_list").fetchone()[2])
    before.close()
    connection = connect(path)
    migrate(connection)
    migrate(connection)
    return connection


def waiting(connection: sqlite3.Connection, order: int, chat_id: int = CHAT) -> list[Notice]:
    return outbox.open_notices(connection, chat_id, OrderPk(order))


def loaded(connection: sqlite3.Connection, number: int) -> Notice:
    found = outbox.load(connection, NoticeId(number))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("old", "new", "is_said"), [("every", Level.MAIN, True), ("main", Level.MAIN, False), ("key", Level.KEY, False)]
)
def test_every_step_was_nobodys_choice_so_it_becomes_each_stage_and_that_is_to_be_said(
    before: BeforeCards, old: str, new: Level, is_said: bool
) -> None:
    before.chat(level=old)
    before.follows(before.order("PICKING"), "PICKING", level=old)
    before.awaits("A-1", level=old)
    connection = upgraded(before)
    [subscription] = chats.subscriptions(connection, CHAT)
    [awaited] = awaited_numbers.of_chat(connection, CHAT)
    chat = chats.load(connection, CHAT)
    assert (chats.level_of(connection, CHAT), subscription.level) == (new, new)
    assert connection.execute("SELECT level FROM awaited").fetchone()["level"] == new
    assert awaited.number == "A-1"
    assert chat is not None
    assert (chat.levels_changed, chat.quiet_nights) == (is_said, False)
    connection.close()


@pytest.mark.parametrize(
    ("told", "perhaps", "after"),
    [("PICKING", None, "PICKING"), ("PICKING", "PACKING", "PICKING"), (None, "PACKING", "PACKING"), (None, None, None)],
)
def test_what_was_told_counts_as_told_and_what_was_perhaps_seen_where_nothing_else_was(
    before: BeforeCards, told: str | None, perhaps: str | None, after: str | None
) -> None:
    before.chat()
    before.follows(before.order("PACKING"), told, perhaps=perhaps)
    connection = upgraded(before)
    [one] = chats.subscriptions(connection, CHAT)
    assert (one.notified_status, one.card_status) == (after, after)
    connection.close()


def test_the_old_bubble_is_the_living_card_and_nobody_knows_what_it_shows(before: BeforeCards, followed: int) -> None:
    connection = upgraded(before)
    [one] = chats.subscriptions(connection, CHAT)
    assert (one.notified_message_id, one.notified_at, one.card_shown_at) == (BUBBLE, TOLD_AT, TOLD_AT)
    assert (one.card_hash, one.card_facts, one.receipt, one.order) == (None, None, None, followed)
    connection.close()


@pytest.mark.parametrize("state", ["open", "claimed"])
@pytest.mark.parametrize("kind", NEWS)
def test_news_that_waits_or_was_on_the_wire_is_told_by_one_card_that_may_come_again(
    before: BeforeCards, followed: int, kind: str, state: str
) -> None:
    number = before.row(kind, followed, state=state)
    connection = upgraded(before)
    [one] = waiting(connection, followed)
    assert (one.id, one.kind, one.state) == (number, Kind.CARD, NoticeState.OPEN)
    assert (one.keep, one.status, one.due_at) == (frozenset({Keep.AGAIN}), None, NOW)
    connection.close()


@pytest.mark.parametrize("state", ["open", "claimed"])
def test_an_answer_that_waits_stays_an_answer(before: BeforeCards, followed: int, state: str) -> None:
    before.row("state", followed, state=state, answer=True, reply_to=31, asked_at=NOW)
    connection = upgraded(before)
    [one] = waiting(connection, followed)
    assert one.keep == {Keep.AGAIN, Keep.ANSWER}
    assert (one.priority, one.payload["reply_to"]) == (Priority.ANSWER, 31)
    connection.close()


def test_all_that_waits_of_an_order_in_a_chat_is_one_card_and_the_answer_is_it(
    before: BeforeCards, followed: int
) -> None:
    for kind in NEWS:
        before.row(kind, followed)
        before.row(kind, followed, state="claimed")
    answer = before.row("state", followed, answer=True)
    before.row("edit", followed, message_id=BUBBLE)
    before.row("edit", followed, state="claimed", message_id=BUBBLE)
    connection = upgraded(before)
    assert [(one.id, one.kind) for one in waiting(connection, followed)] == [(answer, Kind.CARD)]
    connection.close()


def test_a_reminder_that_waits_for_the_store_to_open_keeps_no_news_waiting(before: BeforeCards, followed: int) -> None:
    before.row("reminder", followed, due_at=NOW + 36_000)
    before.row("incident", followed)
    connection = upgraded(before)
    assert [one.due_at for one in waiting(connection, followed)] == [NOW]
    connection.close()


def test_each_chat_and_each_order_has_a_card_of_its_own(before: BeforeCards, followed: int) -> None:
    before.chat(OTHER_CHAT)
    second = before.order("PACKING", "2002-01")
    before.follows(followed, "PICKING", chat_id=OTHER_CHAT)
    before.follows(second)
    for order, chat_id in ((followed, CHAT), (followed, OTHER_CHAT), (second, CHAT)):
        for kind in ("state", "link"):
            before.row(kind, order, chat_id=chat_id)
    connection = upgraded(before)
    for order, chat_id in ((followed, CHAT), (followed, OTHER_CHAT), (second, CHAT)):
        assert [one.kind for one in waiting(connection, order, chat_id)] == [Kind.CARD]
    connection.close()


@pytest.mark.parametrize("state", ["open", "claimed"])
def test_a_courier_assigned_is_no_message_any_more(before: BeforeCards, followed: int, state: str) -> None:
    number = before.row("assigned", followed, state=state)
    connection = upgraded(before)
    assert waiting(connection, followed) == []
    assert loaded(connection, number).state is NoticeState.CLOSED
    connection.close()


def test_an_edit_that_waits_stays_unless_a_card_comes(before: BeforeCards, followed: int) -> None:
    second = before.order("PACKING", "2002-01")
    before.follows(second, "PACKING", bubble=78)
    edits = [before.row("edit", order, message_id=BUBBLE) for order in (followed, second)]
    before.row("link", second)
    before.row("assigned", followed)
    connection = upgraded(before)
    [stays] = waiting(connection, followed)
    assert (stays.id, stays.kind, stays.status, dict(stays.payload)) == (edits[0], Kind.EDIT, None, {})
    assert [one.kind for one in waiting(connection, second)] == [Kind.CARD]
    assert loaded(connection, edits[1]).state is NoticeState.CLOSED
    connection.close()


@pytest.mark.parametrize("state", ["open", "claimed"])
@pytest.mark.parametrize("kind", OF_THEIR_OWN)
def test_messages_of_their_own_wait_as_they_were(before: BeforeCards, followed: int, kind: str, state: str) -> None:
    number = before.row(kind, followed, state=state, text="Hello")
    connection = upgraded(before)
    one = loaded(connection, number)
    assert (one.kind, one.state, one.payload, one.audible) == (kind, state, {"text": "Hello"}, True)
    connection.close()


@pytest.mark.parametrize("kind", [*NEWS, "assigned", "edit", *OF_THEIR_OWN])
@pytest.mark.parametrize("state", ["sent", "closed", "aside"])
def test_rows_that_have_ended_stay_as_they_ended_and_can_be_read(
    before: BeforeCards, followed: int, kind: str, state: str
) -> None:
    number = before.row(kind, followed, state=state, message=31)
    connection = upgraded(before)
    assert loaded(connection, number).state == state
    if state == "sent":
        order, _kind = outbox.order_of_message(connection, CHAT, 31) or (None, None)
        assert order == followed
    connection.close()


def test_rows_that_the_upgrade_closes_are_deleted_in_their_time(before: BeforeCards, followed: int) -> None:
    for kind in ("assigned", "link", "edit"):
        before.row(kind, followed)
    card = before.row("state", followed, answer=True)
    connection = upgraded(before)
    ended = connection.execute("SELECT done_at FROM outbox WHERE id <> ?", (card,)).fetchall()
    assert [row["done_at"] for row in ended] == [NOW] * 3
    connection.close()
