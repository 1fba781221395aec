"""A webhook or an answer is recorded: what is stored, who is notified, what is polled, in one commit."""

import asyncio
import itertools
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ingest.recorder import EventRecorder
from bot.store import awaited_numbers, chats, history, key_value, orders, outbox, stuck
from bot.store.awaited_numbers import AwaitedNumber
from bot.tracking.deciding import Verdict
from bot.tracking.events import NotFound
from bot.tracking.model import Kind, Level, Notice, Order, OrderPk
from bot.tracking.overview import Why
from bot.tracking.statuses import ON_ROUTE, TABLE, is_further
from bot.tracking.timing import DAY, HOUR
from bot.transactions import accounts, record
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.claiming import claim
from tests.builders import (
    CHAT,
    HOST,
    LINK,
    NOW,
    ORDER_ID,
    contexts,
    count_commits,
    decision_context,
    following,
    memory_store,
    next_poll,
    nothing_due,
    open_database,
    order,
    row_of,
    service,
    snapshot_of,
    status_changed,
    stored,
)
from tests.fakes import ManualClock

STAFF = 4242


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as opened:
        yield opened


def loaded(connection: sqlite3.Connection) -> Order:
    found = orders.load(connection, HOST, ORDER_ID)
    assert found is not None
    return found


def open_for(connection: sqlite3.Connection, chat_id: int = CHAT) -> list[Notice]:
    return outbox.open_notices(connection, chat_id, row_of(loaded(connection)))


def cards(connection: sqlite3.Connection, chat_id: int = CHAT, row: OrderPk | None = None) -> list[ClaimedNotice]:
    """What the cards that wait would show if they were sent now; they go on waiting."""
    rows = outbox.open_notices(connection, chat_id, row or row_of(loaded(connection)))
    connection.execute("SAVEPOINT looking")
    found = [claim(connection, one.id, chat_id, decision_context()) for one in rows if one.kind is Kind.CARD and one.id]
    connection.execute("ROLLBACK TO looking")
    connection.execute("RELEASE looking")
    return [one for one in found if one is not None]


def states(connection: sqlite3.Connection, chat_id: int = CHAT, row: OrderPk | None = None) -> list[str | None]:
    return [one.notice.status for one in cards(connection, chat_id, row)]


def lines(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """List the history, oldest first: kind and count."""
    found = history.newest(connection, row_of(loaded(connection)), limit=1000)
    return [(line["kind"], line["count"]) for line in reversed(found)]


def awaits(
    connection: sqlite3.Connection, number: str, *candidates: str, chat_id: int = CHAT, **fields: object
) -> None:
    chats.touch(connection, chat_id, now=NOW)
    wanted = AwaitedNumber(chat_id, number, candidates or (number,), **fields)  # type: ignore[arg-type]
    awaited_numbers.add(connection, wanted, next_ask_at=NOW + 60, ends_at=NOW + 2 * DAY, now=NOW)


# ── one commit ───────────────────────────────────────────────────────────────


def test_the_order_its_history_and_what_is_to_be_told_are_stored_together(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING"))
    following(connection, known, told="PICKING")
    decision = record.apply_webhook(connection, status_changed("PICKING", "PACKING"), decision_context())
    assert decision.verdict is Verdict.TAKEN
    assert loaded(connection).status == "PACKING"
    assert lines(connection) == [("heard", 1)]
    assert states(connection) == ["PACKING"]
    assert [one.due_at for one in open_for(connection)] == [NOW + 3]


async def test_events_of_one_order_in_one_batch_see_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(tmp_path)
    recorder = EventRecorder(database, contexts(ManualClock()), on_due=nothing_due)
    way = [
        status.name for status in TABLE.values() if not is_further(status.name, ON_ROUTE) and status.rank is not None
    ]
    commits = count_commits(monkeypatch)
    answers = await asyncio.gather(
        *(recorder.apply_webhook(status_changed(old, new)) for old, new in itertools.pairwise(way))
    )
    assert answers == ["stored"] * 12
    assert len(commits) < 12
    order_now = orders.load(database.reader, HOST, ORDER_ID)
    assert order_now is not None
    assert (order_now.status, order_now.unconfirmed_at) == ("ON_ROUTE", None)
    database.close()


async def test_a_thousand_copies_at_once_are_told_once(tmp_path: Path) -> None:
    database = open_database(tmp_path)

    def follow(connection: sqlite3.Connection) -> None:
        following(connection, stored(connection, order("PICKING")), told="PICKING")

    await database.write(follow)
    recorder = EventRecorder(database, contexts(ManualClock()), on_due=nothing_due)
    answers = await asyncio.gather(*(recorder.apply_webhook(status_changed("PICKING", "PACKING")) for _ in range(1000)))
    assert (answers.count("stored"), answers.count("repeat")) == (1, 999)
    assert [one.kind for one in open_for(database.reader)] == [Kind.CARD]
    assert loaded(database.reader).status == "PACKING"
    assert lines(database.reader) == [("heard", 1), ("repeat", 999)]
    database.close()


async def test_the_sender_and_the_poller_are_woken_after_each_commit(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    seen_at_waking: list[object] = []

    def on_due() -> None:
        known = orders.load(database.reader, HOST, ORDER_ID)
        seen_at_waking.append(known.status if known else None)

    recorder = EventRecorder(database, contexts(ManualClock()), on_due=on_due)
    await recorder.apply_webhook(status_changed("PICKING", "PACKING"))
    await recorder.apply_snapshot(snapshot_of("INVOICED"), sent_at=NOW + 100)
    assert seen_at_waking == ["PACKING", "INVOICED"]
    database.close()


# ── numbers that are awaited ─────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["webhook", "answer"])
def test_a_new_order_is_followed_by_those_who_await_a_number_that_may_mean_it(
    connection: sqlite3.Connection, by: str
) -> None:
    awaits(connection, "1001", "1001", ORDER_ID, level=Level.MAIN, thread_id=3, verified=True, follower=9)
    awaits(connection, "2002", "2002", "2002-01", chat_id=502)
    if by == "webhook":
        record.apply_webhook(connection, status_changed("PENDING", "PICKING"), decision_context())
    else:
        record.apply_snapshot(connection, snapshot_of("PICKING"), sent_at=NOW, context=decision_context())
    known = loaded(connection)
    mine = chats.subscription_of(connection, CHAT, row_of(known))
    assert mine is not None
    assert (mine.level, mine.thread_id, mine.verified) == (Level.MAIN, 3, True)
    assert chats.follower_of(connection, mine.id) == 9
    assert [(one.notice.status, one.notice.is_reply) for one in cards(connection)] == [("PICKING", True)]
    assert awaited_numbers.of_chat(connection, CHAT) == []
    assert [one.number for one in awaited_numbers.of_chat(connection, 502)] == ["2002"]


def test_an_order_that_appeared_for_somebody_is_asked_for_from_then_on(connection: sqlite3.Connection) -> None:
    awaits(connection, ORDER_ID)
    record.apply_webhook(connection, status_changed("PENDING", "PICKING"), decision_context())
    assert loaded(connection).next_poll_at == NOW + 600


def test_one_who_awaits_the_same_order_under_two_numbers_gets_one_answer(connection: sqlite3.Connection) -> None:
    awaits(connection, "1001", "1001", ORDER_ID)
    awaits(connection, ORDER_ID)
    record.apply_webhook(connection, status_changed("PENDING", "PICKING"), decision_context())
    assert states(connection) == ["PICKING"]
    assert awaited_numbers.of_chat(connection, CHAT) == []


def test_a_number_awaited_after_its_order_came_in_is_matched_by_the_next_news(connection: sqlite3.Connection) -> None:
    record.apply_webhook(connection, status_changed("PENDING", "PICKING"), decision_context())
    awaits(connection, ORDER_ID)
    record.apply_snapshot(connection, snapshot_of("PICKING"), sent_at=NOW + 60, context=decision_context(NOW + 60))
    assert states(connection) == ["PICKING"]
    assert awaited_numbers.of_chat(connection, CHAT) == []


def test_an_answer_about_an_order_on_its_way_waits_for_its_link(connection: sqlite3.Connection) -> None:
    awaits(connection, ORDER_ID)
    record.apply_webhook(connection, status_changed("INVOICED", "ON_ROUTE"), decision_context())
    assert [one.due_at for one in open_for(connection)] == [NOW + 5]
    record.apply_snapshot(
        connection,
        snapshot_of("ON_ROUTE", service("ON_ROUTE", link=LINK)),
        sent_at=NOW + 1,
        context=decision_context(NOW + 1),
    )
    assert [one.due_at for one in open_for(connection)] == [NOW + 1]


def test_a_paused_chat_follows_what_it_awaited_but_is_told_nothing(connection: sqlite3.Connection) -> None:
    awaits(connection, ORDER_ID)
    chats.pause(connection, CHAT, "blocked")
    record.apply_webhook(connection, status_changed("PENDING", "PICKING"), decision_context())
    assert chats.subscription_of(connection, CHAT, row_of(loaded(connection))) is not None
    assert open_for(connection) == []


# ── who is told, who is asked ────────────────────────────────────────────────


def test_a_paused_chat_is_told_nothing_and_its_order_not_asked_for(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING"))
    following(connection, known, told="PICKING")
    chats.pause(connection, CHAT, "blocked")
    record.apply_webhook(connection, status_changed("PICKING", "PACKING"), decision_context())
    assert open_for(connection) == []
    assert loaded(connection).next_poll_at is None


def test_an_order_that_nobody_follows_is_never_asked_for_whatever_is_heard_of_it(
    connection: sqlite3.Connection,
) -> None:
    for old, new in [("PENDING", "PICKING"), ("INVOICED", "ON_ROUTE"), ("PENDING", "PICKING"), ("X", "PENDING")]:
        record.apply_webhook(connection, status_changed(old, new), decision_context())
    assert next_poll(connection) is None
    assert loaded(connection).unconfirmed_at == NOW


def test_the_next_followers_get_confirms_what_was_unsure(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING"))
    record.apply_webhook(connection, status_changed("INVOICED", "DELIVERED"), decision_context())
    following(connection, known, told="PICKING")
    record.apply_snapshot(
        connection, snapshot_of("DELIVERED"), sent_at=NOW + 500, context=decision_context(NOW + 500), known=known.id
    )
    assert loaded(connection).unconfirmed_at is None
    assert states(connection) == ["DELIVERED"]


@pytest.mark.parametrize(("shown", "told"), [("DELIVERED", ["DELIVERED"]), ("PICKING", [])])
def test_a_held_status_is_told_only_if_the_api_shows_it(
    connection: sqlite3.Connection, shown: str, told: list[str]
) -> None:
    known = stored(connection, order("PICKING"))
    following(connection, known, told="PICKING")
    record.apply_webhook(connection, status_changed("INVOICED", "DELIVERED"), decision_context())
    assert open_for(connection) == []
    now = loaded(connection)
    assert (now.status, now.next_poll_at, now.urgent) == ("PICKING", NOW, True)
    for wait in (0.5, 61.0):
        at = NOW + wait
        record.apply_snapshot(connection, snapshot_of(shown), sent_at=at, context=decision_context(at), known=known.id)
    assert states(connection) == told
    assert loaded(connection).unconfirmed_at is None


def test_a_flood_of_doubtful_webhooks_takes_one_line_and_one_call_in_thirty_seconds(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("INVOICED", polled_at=NOW - 900, changed_at=NOW))
    following(connection, known, told="INVOICED")
    asked: list[float] = []
    for second in range(300):
        at = NOW + second
        record.apply_webhook(connection, status_changed("PICKING", "PACKING"), decision_context(at))
        due = loaded(connection).next_poll_at
        if due is not None and due <= at:
            asked.append(at)
            record.apply_snapshot(
                connection, snapshot_of("INVOICED"), sent_at=at, context=decision_context(at), known=known.id
            )
    assert lines(connection) == [("doubtful", 300)]
    assert len(asked) <= 11
    assert all(later - earlier >= 30 for earlier, later in itertools.pairwise(asked))
    assert open_for(connection) == []


def test_orders_are_known_by_account_and_number_without_regard_to_the_accounts_case(
    connection: sqlite3.Connection,
) -> None:
    record.apply_webhook(
        connection, replace(status_changed("PENDING", "PICKING"), hostname="STORE"), decision_context()
    )
    record.apply_webhook(connection, status_changed("PICKING", "PACKING"), decision_context())
    record.apply_webhook(
        connection, replace(status_changed("PENDING", "PICKING"), hostname="another"), decision_context()
    )
    assert loaded(connection).status == "PACKING"
    assert connection.execute("SELECT count(*) FROM orders").fetchone()[0] == 2


def test_an_answer_without_an_account_belongs_to_the_known_one(connection: sqlite3.Connection) -> None:
    key_value.put(connection, accounts.HOSTNAME_KEY, HOST)
    record.apply_snapshot(
        connection, replace(snapshot_of("PICKING"), hostname=""), sent_at=NOW, context=decision_context()
    )
    assert loaded(connection).status == "PICKING"


FRANCHISE = "franchise"


def rows(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute("SELECT hostname, order_id, status FROM orders ORDER BY id")]


def test_an_answer_that_names_another_account_is_about_the_order_that_was_asked_for(
    connection: sqlite3.Connection,
) -> None:
    """A marketplace's token opens its franchises' orders; webhooks name either of them."""
    key_value.put(connection, accounts.HOSTNAME_KEY, HOST)
    record.apply_webhook(connection, status_changed("PENDING", "PICKING"), decision_context())
    answer = replace(snapshot_of("PICKING"), hostname=FRANCHISE)
    known = row_of(loaded(connection))
    record.apply_snapshot(connection, answer, sent_at=NOW, context=decision_context(), known=known)
    record.apply_webhook(
        connection, replace(status_changed("PICKING", "PACKING"), hostname=FRANCHISE.upper()), decision_context(NOW + 1)
    )
    record.apply_webhook(connection, status_changed("PACKING", "INVOICED"), decision_context(NOW + 2))
    assert rows(connection) == [(HOST, ORDER_ID, "INVOICED")]


def test_a_number_that_a_person_asked_for_and_its_webhooks_are_one_order_whatever_account_each_names(
    connection: sqlite3.Connection,
) -> None:
    key_value.put(connection, accounts.HOSTNAME_KEY, HOST)
    record.apply_snapshot(
        connection, replace(snapshot_of("PICKING"), hostname=FRANCHISE), sent_at=NOW, context=decision_context()
    )
    record.apply_webhook(connection, status_changed("PICKING", "PACKING"), decision_context(NOW + 100))
    assert rows(connection) == [(FRANCHISE, ORDER_ID, "PACKING")]


def test_the_account_of_the_settings_is_ours_though_no_token_names_it(connection: sqlite3.Connection) -> None:
    context = replace(decision_context(), account="Store")
    record.apply_snapshot(
        connection, replace(snapshot_of("PICKING"), hostname=FRANCHISE), sent_at=NOW - 100, context=context
    )
    record.apply_webhook(connection, status_changed("PICKING", "PACKING"), context)
    assert rows(connection) == [(FRANCHISE, ORDER_ID, "PACKING")]


def test_two_rows_that_turn_out_to_be_one_order_are_merged_with_all_their_followers(
    connection: sqlite3.Connection,
) -> None:
    both, first_only, second_only = CHAT, CHAT + 1, CHAT + 2
    mine = stored(connection, order("PICKING", order_id=ORDER_ID.lower()))
    other = stored(connection, Order(FRANCHISE, ORDER_ID, status="PACKING", webhook_at=NOW, changed_at=NOW))
    for chat_id in (both, first_only):
        following(connection, mine, chat_id, told="PICKING")
    for chat_id in (both, second_only):
        following(connection, other, chat_id, told="PACKING")
    answer = replace(snapshot_of("INVOICED", service("PENDING")), hostname=FRANCHISE)
    decision = record.apply_snapshot(
        connection, answer, sent_at=NOW + 200, context=decision_context(NOW + 200), known=row_of(mine)
    )
    assert rows(connection) == [(FRANCHISE, ORDER_ID, "INVOICED")]
    assert decision.order.id == mine.id
    assert {one.chat_id for one in chats.followers(connection, row_of(mine))} == {both, first_only, second_only}
    for chat_id in (both, first_only, second_only):
        assert states(connection, chat_id, row_of(mine)) == ["INVOICED"]


PICK_AND_PACKS = f"SLR-{ORDER_ID}"


@pytest.mark.parametrize("first", ["webhook", "person"])
def test_webhooks_that_write_an_orders_number_otherwise_than_the_api_are_about_it(
    connection: sqlite3.Connection, first: str
) -> None:
    """Once the API has answered to the one under the other, whether a webhook or a person has named it first."""
    if first == "webhook":
        known = record.apply_webhook(connection, status_changed("PENDING", "PICKING"), decision_context()).order.id
    else:
        known = None
    answer = snapshot_of("PICKING", order_id=PICK_AND_PACKS)
    record.apply_snapshot(connection, answer, sent_at=NOW, context=decision_context(), known=known, asked=ORDER_ID)
    found = orders.load(connection, HOST, PICK_AND_PACKS)
    assert found is not None
    following(connection, found, told="PICKING")
    record.apply_webhook(connection, status_changed("PICKING", "PACKING"), decision_context(NOW + 100))
    assert rows(connection) == [(HOST, PICK_AND_PACKS, "PACKING")]
    assert states(connection, row=row_of(found)) == ["PACKING"]


def test_an_order_of_which_the_api_comes_to_write_the_number_otherwise_keeps_both(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PICKING"))
    answer = snapshot_of("PICKING", order_id=PICK_AND_PACKS)
    record.apply_snapshot(connection, answer, sent_at=NOW, context=decision_context(), known=row_of(known))
    record.apply_webhook(connection, status_changed("PICKING", "PACKING"), decision_context(NOW + 100))
    record.apply_webhook(connection, status_changed("PACKING", "INVOICED", PICK_AND_PACKS), decision_context(NOW + 200))
    assert rows(connection) == [(HOST, PICK_AND_PACKS, "INVOICED")]


LONG = "1509750516095-01"


@pytest.mark.parametrize(
    ("followed", "named"),
    [
        (f"SLR-{LONG}", LONG),
        (LONG, f"SLR-{LONG}"),
        (LONG, "1509750516095"),
        ("a-70001", "70001"),
        ("12345-67890", "67890"),
        ("70001", "SELLER20260001-70001-01"),
        ("1234-56", "SLR-1234-56-01"),
        ("20261128-001", "SLR-20261128-001-01"),
    ],
)
@pytest.mark.parametrize("first", ["followed", "named"])
def test_a_webhook_that_may_name_a_followed_order_otherwise_has_the_api_asked_about_it(
    connection: sqlite3.Connection, followed: str, named: str, first: str
) -> None:
    events = {one: status_changed("PENDING", "PICKING", one) for one in (followed, named)}
    for number in (followed, named) if first == "followed" else (named, followed):
        record.apply_webhook(connection, events[number], decision_context())
    known = orders.load(connection, HOST, followed)
    assert known is not None
    following(connection, known, told="PICKING")
    later = decision_context(NOW + 100)
    record.apply_webhook(connection, status_changed("PICKING", "PACKING", named), later)
    assert outbox.open_notices(connection, CHAT, row_of(known)) == []  # the number may be another order's
    woken = orders.load_by_id(connection, row_of(known))
    assert woken is not None
    assert (woken.status, woken.next_poll_at, woken.urgent) == ("PICKING", NOW + 100, True)
    answer = snapshot_of("PACKING", order_id=named)
    record.apply_snapshot(connection, answer, sent_at=NOW + 170, context=decision_context(NOW + 170), known=woken.id)
    assert rows(connection) == [(HOST, named, "PACKING")]
    assert states(connection, row=row_of(known)) == ["PACKING"]


def test_a_followed_order_is_found_by_its_other_number_among_all_of_its_day(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING", order_id="SLR-20261128-001", changed_at=NOW))
    following(connection, known, told="PICKING")
    for number in range(2, 40):
        stored(connection, order("PICKING", order_id=f"20261128-{number:03}"))
    record.apply_webhook(connection, status_changed("PICKING", "PACKING", "20261128-001"), decision_context(NOW + 100))
    woken = orders.load_by_id(connection, row_of(known))
    assert woken is not None
    assert woken.urgent


def test_where_the_api_answers_under_both_numbers_each_order_keeps_its_own_state(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PICKING", order_id=f"SLR-{LONG}"))
    following(connection, known, told="PICKING")
    record.apply_webhook(connection, status_changed("PENDING", "PACKING", LONG), decision_context())
    answer = snapshot_of("PICKING", order_id=f"SLR-{LONG}")
    record.apply_snapshot(connection, answer, sent_at=NOW + 61, context=decision_context(NOW + 61), known=known.id)
    assert rows(connection) == [(HOST, f"SLR-{LONG}", "PICKING"), (HOST, LONG, "PACKING")]
    assert outbox.open_notices(connection, CHAT, row_of(known)) == []


def test_webhooks_of_another_number_make_no_storm(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING", order_id=f"SLR-{LONG}", polled_at=NOW))
    following(connection, known, told="PICKING")
    for number, status in enumerate(["PICKING", "PACKING"] * 10):
        record.apply_webhook(connection, status_changed("PENDING", status, LONG), decision_context(NOW + number))
        due = connection.execute("SELECT next_poll_at FROM orders WHERE id = ?", (known.id,)).fetchone()[0]
        assert due == NOW + 30


@pytest.mark.parametrize(
    ("number", "hostname"),
    [("91509750516095-01", HOST), ("1509750516095-02", HOST), ("0516095-01", HOST), (LONG, "another"), ("01", HOST)],
)
def test_a_webhook_of_another_order_wakes_nothing(connection: sqlite3.Connection, number: str, hostname: str) -> None:
    known = stored(connection, order("PICKING", order_id=f"SLR-{LONG}", changed_at=NOW))
    following(connection, known, told="PICKING")
    event = replace(status_changed("PENDING", "PACKING", number), hostname=hostname)
    record.apply_webhook(connection, event, decision_context(NOW + 1))
    found = orders.load_by_id(connection, row_of(known))
    assert found is not None
    assert dict(found.extra_polls) == {}


def test_a_number_under_which_the_api_answered_to_another_may_be_an_orders_own(connection: sqlite3.Connection) -> None:
    record.apply_snapshot(
        connection, snapshot_of("PICKING", order_id="1001-02"), sent_at=NOW, context=decision_context(), asked=ORDER_ID
    )
    record.apply_snapshot(connection, snapshot_of("PACKING"), sent_at=NOW, context=decision_context(), asked=ORDER_ID)
    record.apply_webhook(connection, status_changed("PACKING", "INVOICED"), decision_context(NOW + 100))
    assert rows(connection) == [(HOST, "1001-02", "PICKING"), (HOST, ORDER_ID, "INVOICED")]


def test_another_accounts_webhook_is_not_about_an_order_that_answered_to_its_number(
    connection: sqlite3.Connection,
) -> None:
    answer = snapshot_of("PICKING", order_id=PICK_AND_PACKS)
    record.apply_snapshot(connection, answer, sent_at=NOW, context=decision_context(), asked=ORDER_ID)
    record.apply_webhook(
        connection, replace(status_changed("PICKING", "PACKING"), hostname="another"), decision_context(NOW + 100)
    )
    assert rows(connection) == [(HOST, PICK_AND_PACKS, "PICKING"), ("another", ORDER_ID, "PACKING")]


def test_the_numbers_of_two_rows_that_are_merged_all_lead_to_the_one(connection: sqlite3.Connection) -> None:
    key_value.put(connection, accounts.HOSTNAME_KEY, HOST)
    answer = snapshot_of("PICKING", order_id=PICK_AND_PACKS)
    record.apply_snapshot(connection, answer, sent_at=NOW, context=decision_context(), asked=ORDER_ID)
    mine = stored(connection, Order(FRANCHISE, "00-1001-01", status="PICKING", changed_at=NOW))
    record.apply_snapshot(
        connection, answer, sent_at=NOW + 100, context=decision_context(NOW + 100), known=row_of(mine)
    )
    record.apply_webhook(connection, status_changed("PICKING", "PACKING"), decision_context(NOW + 200))
    record.apply_webhook(
        connection, status_changed("PACKING", "READY_FOR_INVOICING", "00-1001-01"), decision_context(NOW + 201)
    )
    record.apply_webhook(
        connection, status_changed("READY_FOR_INVOICING", "INVOICED", PICK_AND_PACKS), decision_context(NOW + 202)
    )
    assert rows(connection) == [(HOST, PICK_AND_PACKS, "INVOICED")]


def test_who_awaits_a_number_follows_its_order_however_a_webhook_writes_the_letters(
    connection: sqlite3.Connection,
) -> None:
    awaits(connection, "V123456ABC-01")
    decision = record.apply_webhook(
        connection, status_changed("PENDING", "PICKING", "v123456abc-01"), decision_context()
    )
    assert [one.chat_id for one in chats.followers(connection, row_of(decision.order))] == [CHAT]
    assert awaited_numbers.of_chat(connection, CHAT) == []


def test_accounts_that_answers_name_are_kept_and_not_without_end(connection: sqlite3.Connection) -> None:
    for number in range(accounts.MOST_ACCOUNTS + 5):
        accounts.remember(connection, f"Shop-{number}")
    assert len(accounts.ours(connection)) == accounts.MOST_ACCOUNTS
    assert "shop-0" in accounts.ours(connection)


def test_who_awaits_a_number_follows_the_order_that_answers_to_it_under_another_spelling(
    connection: sqlite3.Connection,
) -> None:
    chats.touch(connection, CHAT, now=NOW)
    awaited = AwaitedNumber(CHAT, "516095-01", ("516095-01",))
    awaited_numbers.add(connection, awaited, next_ask_at=NOW, ends_at=NOW + DAY, now=NOW)
    answer = snapshot_of("PICKING", order_id="SLR-516095-01")
    decision = record.apply_snapshot(connection, answer, sent_at=NOW, context=decision_context(), asked="516095-01")
    assert [one.chat_id for one in chats.followers(connection, row_of(decision.order))] == [CHAT]
    assert awaited_numbers.of_chat(connection, CHAT) == []


def test_staff_hear_of_a_status_that_nobody_knows(connection: sqlite3.Connection) -> None:
    context = replace(decision_context(), staff=(STAFF,))
    record.apply_webhook(connection, status_changed("PENDING", "PICKING"), context)
    record.apply_webhook(connection, status_changed("PICKING", "X_RAY"), context)
    alerts = connection.execute("SELECT chat_id, payload FROM outbox WHERE kind = 'alert'").fetchall()
    args = {"raw": "X_RAY", "number": ORDER_ID, "order": 1}
    assert [(row["chat_id"], json.loads(row["payload"])) for row in alerts] == [
        (STAFF, {"alert": "unknown-status", "args": args})
    ]


# ── what webhooks say together, and ends that the API does not show ──────────

LOST_ONE = [("PICKING", "READY_FOR_PACKING"), ("READY_FOR_PACKING", "PACKING")]  # READY_FOR_PICKING → PICKING is lost


def hear_chain(connection: sqlite3.Connection, at: float = NOW) -> Order:
    known = stored(connection, order("READY_FOR_PICKING", changed_at=at))
    following(connection, known, told="READY_FOR_PICKING")
    for second, (old, new) in enumerate(LOST_ONE):
        record.apply_webhook(connection, status_changed(old, new), decision_context(at + second))
    return known


def test_while_the_api_is_silent_what_webhooks_say_together_is_told_once_a_minute_after_the_last(
    connection: sqlite3.Connection,
) -> None:
    known = hear_chain(connection)
    record.apply_failure(connection, decision_context(NOW + 30), known=row_of(known))
    record.take_chains(connection, decision_context(NOW + 60))
    assert open_for(connection) == []
    record.take_chains(connection, decision_context(NOW + 61))
    assert states(connection) == ["PACKING"]
    now = loaded(connection)
    assert (now.status, now.by_chain, now.chain) == ("PACKING", True, ())
    assert lines(connection)[-1] == ("chain", 1)
    record.take_chains(connection, decision_context(NOW + 62))
    assert lines(connection)[-1] == ("chain", 1)
    record.apply_webhook(connection, status_changed("PACKING", "READY_FOR_INVOICING"), decision_context(NOW + 63))
    assert states(connection) == ["READY_FOR_INVOICING"]


def test_an_answer_of_the_api_decides_instead(connection: sqlite3.Connection) -> None:
    known = hear_chain(connection)
    record.apply_snapshot(
        connection, snapshot_of("READY_FOR_PICKING"), sent_at=NOW + 5, context=decision_context(NOW + 5), known=known.id
    )
    record.take_chains(connection, decision_context(NOW + 500))
    assert (loaded(connection).status, open_for(connection)) == ("READY_FOR_PICKING", [])


def test_a_chain_of_an_order_that_nobody_follows_is_taken_too(connection: sqlite3.Connection) -> None:
    stored(connection, order("READY_FOR_PICKING", changed_at=NOW))
    for old, new in LOST_ONE:
        record.apply_webhook(connection, status_changed(old, new), decision_context())
    record.take_chains(connection, decision_context(NOW + 60))
    assert (loaded(connection).status, next_poll(connection)) == ("PACKING", None)


@pytest.mark.parametrize(("old", "end"), [("ON_ROUTE", "DELIVERED"), ("PICKING", "CANCELED"), ("PACKING", "IDLE")])
def test_an_end_that_the_api_does_not_show_is_not_taken_back_for_a_day_and_staff_see_it(
    connection: sqlite3.Connection, old: str, end: str
) -> None:
    known = stored(connection, order(old, changed_at=NOW, confirmed_at=NOW - 500))
    following(connection, known, told=end)
    record.apply_webhook(connection, status_changed(old, end), decision_context())
    asked: list[float] = []
    while (due := loaded(connection).next_poll_at) is not None and due < NOW + DAY:
        asked.append(due - NOW)
        record.apply_snapshot(connection, snapshot_of(old), sent_at=due, context=decision_context(due), known=known.id)
        assert cards(connection) == []
        assert [one.why for one in stuck.stuck_orders(connection, due)] == [Why.UNCONFIRMED]
    assert asked == [60, 6 * HOUR]
    assert due is not None
    assert due == NOW + DAY
    record.apply_snapshot(connection, snapshot_of(old), sent_at=due, context=decision_context(due), known=known.id)
    [told] = cards(connection)
    assert (told.notice.status, told.content.lead.reverted_from) == (old, end)
    assert stuck.stuck_orders(connection, due) == []


def test_an_end_that_the_api_comes_to_show_is_settled(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("ON_ROUTE", changed_at=NOW))
    following(connection, known, told="DELIVERED")
    record.apply_webhook(connection, status_changed("ON_ROUTE", "DELIVERED"), decision_context())
    for at, shown in ((NOW + 60, "ON_ROUTE"), (NOW + 6 * HOUR, "DELIVERED")):
        record.apply_snapshot(connection, snapshot_of(shown), sent_at=at, context=decision_context(at), known=known.id)
    assert (loaded(connection).diverged_at, loaded(connection).ended, cards(connection)) == (None, None, [])
    assert stuck.stuck_orders(connection, NOW + 6 * HOUR) == []


# ── answers that are none ────────────────────────────────────────────────────


def test_a_known_order_that_is_not_found_keeps_its_state_and_nothing_waits_for_details(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("INVOICED", changed_at=NOW))
    following(connection, known, told="INVOICED")
    record.apply_webhook(connection, status_changed("INVOICED", "ON_ROUTE"), decision_context())
    assert [one.due_at for one in open_for(connection)] == [NOW + 15]
    record.apply_not_found(
        connection, NotFound(ORDER_ID), decision_context(NOW + 9), sent_at=NOW + 9, known=row_of(known)
    )
    assert (states(connection), [one.due_at for one in open_for(connection)]) == (["ON_ROUTE"], [NOW + 9])
    assert (loaded(connection).status, lines(connection)[-1][0]) == ("ON_ROUTE", "missed")


def test_an_order_that_stays_lost_is_asked_for_after_1_6_and_24_hours_and_then_no_more(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PICKING", changed_at=NOW))
    following(connection, known, told="PICKING")
    dues, at = [], NOW
    for _ in range(4):
        record.apply_not_found(connection, NotFound(ORDER_ID), decision_context(at), sent_at=at, known=row_of(known))
        due = loaded(connection).next_poll_at
        dues.append(due)
        at = due if due is not None else at
    assert dues == [NOW + HOUR, NOW + 6 * HOUR, NOW + DAY, None]
    assert open_for(connection) == []


def test_a_found_order_is_asked_for_as_ever_after_it_was_lost(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING", changed_at=NOW))
    following(connection, known, told="PICKING")
    record.apply_not_found(connection, NotFound(ORDER_ID), decision_context(), sent_at=NOW, known=row_of(known))
    record.apply_snapshot(
        connection, snapshot_of("PICKING"), sent_at=NOW + HOUR, context=decision_context(NOW + HOUR), known=known.id
    )
    now = loaded(connection)
    assert (now.not_found_count, now.not_found_since) == (0, None)
    assert now.next_poll_at == NOW + HOUR + 1200


def test_failed_calls_back_off_one_after_the_other(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING", changed_at=NOW))
    following(connection, known, told="PICKING")
    record.apply_webhook(connection, status_changed("INVOICED", "DELIVERED"), decision_context())
    waits, at = [], NOW
    for _ in range(9):
        record.apply_failure(connection, decision_context(at), known=row_of(known))
        due = loaded(connection).next_poll_at
        assert due is not None
        waits.append(due - at)
        at = due
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert (loaded(connection).status, open_for(connection)) == ("PICKING", [])


def test_after_a_failed_call_it_is_not_asked_for_before_the_time_that_the_api_named(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PICKING", changed_at=NOW))
    following(connection, known, told="PICKING")
    record.apply_failure(connection, decision_context(), known=row_of(known), wait=900.0)
    assert loaded(connection).next_poll_at == NOW + 900
    record.apply_webhook(connection, status_changed("INVOICED", "DELIVERED"), decision_context(NOW + 1))
    assert loaded(connection).next_poll_at == NOW + 900


def test_a_message_does_not_wait_for_details_that_a_failed_call_cannot_bring(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("INVOICED", changed_at=NOW))
    following(connection, known, told="INVOICED")
    record.apply_webhook(connection, status_changed("INVOICED", "ON_ROUTE"), decision_context())
    record.apply_failure(connection, decision_context(NOW + 9), known=row_of(known))
    assert [one.due_at for one in open_for(connection)] == [NOW + 9]


def test_a_stale_answer_leaves_the_wait_for_details_as_it_is(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("INVOICED", changed_at=NOW))
    following(connection, known, told="INVOICED")
    record.apply_webhook(connection, status_changed("INVOICED", "ON_ROUTE"), decision_context())
    record.apply_snapshot(
        connection, snapshot_of("INVOICED"), sent_at=NOW + 1, context=decision_context(NOW + 1), known=known.id
    )
    assert [one.due_at for one in open_for(connection)] == [NOW + 15]
    assert loaded(connection).next_poll_at == NOW + 31


def test_a_webhook_that_does_not_say_what_was_before_is_taken_and_kept(connection: sqlite3.Connection) -> None:
    assert (
        record.apply_webhook(connection, status_changed(None, "PICKING"), decision_context()).verdict is Verdict.TAKEN
    )
    assert (
        record.apply_webhook(connection, status_changed(None, "PICKING"), decision_context()).verdict is Verdict.REPEAT
    )
    assert (
        record.apply_webhook(connection, status_changed(None, "PACKING"), decision_context()).verdict
        is Verdict.DEFERRED
    )
    known = loaded(connection)
    assert (known.status, [(one.old, one.new) for one in known.recent]) == (
        "PICKING",
        [(None, "PICKING"), (None, "PACKING")],
    )
    lines = [(row["kind"], row["old"], row["new"]) for row in history.newest(connection, row_of(known))]
    assert lines == [("held", None, "PACKING"), ("repeat", None, "PICKING"), ("heard", None, "PICKING")]
