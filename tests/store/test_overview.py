"""How long orders stay in each stage, which of them are stuck, and what an owner counts, all by their history."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.store import history, numbers, outbox, stages, stuck
from bot.store.day_report import day_report
from bot.store.numbers import Moments
from bot.tracking.hours import midnight
from bot.tracking.model import HistoryEntry, Keep, Kind, Notice, NoticeId, NoticeState, Order, Wall
from bot.tracking.overview import ENOUGH_STAYS, LEAST_LIMIT, USUAL_AT_MOST, Period, Why, limits
from bot.tracking.statuses import FINAL_STATUSES, Stage
from bot.tracking.timing import DAY, HOUR
from tests.builders import CHAT, NOW, following, memory_store, order, shipment, stored

MINUTE = 60.0
WAY = ("READY_FOR_HANDLING", "PICKING", "PACKING", "INVOICED", "ON_ROUTE", "DELIVERED")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as connection:
        yield connection


def moved(
    connection: sqlite3.Connection, number: str, steps: Iterable[tuple[str, float]], kind: str = "heard"
) -> Order:
    """An order that has come to each status at that time."""
    known = stored(connection, order(order_id=number))
    old: str | None = None
    for status, at in steps:
        history.remember(connection, known, [HistoryEntry(kind, old, status)], wall=at)
        old = status
    connection.execute("UPDATE orders SET status = ?, state = ? WHERE id = ?", (old, old, known.id))
    return known


def prepared(connection: sqlite3.Connection, minutes: Iterable[float]) -> None:
    """Orders that were being prepared for so many minutes each."""
    for place, lasted in enumerate(minutes):
        begun = NOW - 3 * HOUR - lasted * MINUTE
        moved(connection, f"P-{place}", [("PICKING", begun), ("INVOICED", begun + lasted * MINUTE)])


def period(connection: sqlite3.Connection, *, since: float = NOW - HOUR, wall: float = NOW) -> Period:
    moments = Moments(since=since, since_ticks=since, wall=wall)
    return numbers.stats(connection, today=moments, week=moments).today


# ── stages ───────────────────────────────────────────────────────────────────


def test_steps_within_a_stage_are_one_stay_and_the_present_one_has_not_ended(connection: sqlite3.Connection) -> None:
    steps = [("PICKING", NOW), ("READY_FOR_PACKING", NOW + 5), ("PACKING", NOW + 9), ("INVOICED", NOW + 60)]
    moved(connection, "A-1", steps)
    times = stages.usual_times(connection)
    assert times.keys() == {Stage.BEING_PREPARED}
    assert (times[Stage.BEING_PREPARED].stays, times[Stage.BEING_PREPARED].median) == (1, 60)


def test_half_and_nine_in_ten_are_those_of_the_orders_themselves(connection: sqlite3.Connection) -> None:
    prepared(connection, range(1, 101))
    found = stages.usual_times(connection)[Stage.BEING_PREPARED]
    assert (found.median, found.nine_in_ten) == (50 * MINUTE, 90 * MINUTE)


def test_a_stay_that_had_begun_before_the_order_was_seen_counts_for_nothing(connection: sqlite3.Connection) -> None:
    moved(connection, "A-1", [("PICKING", NOW), ("INVOICED", NOW + 1)], kind="seen")
    assert stages.usual_times(connection) == {}


def test_a_status_that_has_no_row_in_the_table_is_a_stage_too(connection: sqlite3.Connection) -> None:
    moved(connection, "A-1", [("ROBOT_AT_WORK", NOW), ("PICKING", NOW + 7)])
    assert stages.usual_times(connection)[Stage.UNKNOWN].median == 7


def test_with_little_history_the_usual_limit_holds_and_a_quick_store_has_a_least_one(
    connection: sqlite3.Connection,
) -> None:
    prepared(connection, [1.0] * (ENOUGH_STAYS - 1))
    limit = limits(stages.usual_times(connection))[Stage.BEING_PREPARED]
    assert (limit.seconds, limit.is_own) == (USUAL_AT_MOST[Stage.BEING_PREPARED], False)
    moved(connection, "Q-1", [("PICKING", NOW), ("INVOICED", NOW + 60)])
    limit = limits(stages.usual_times(connection))[Stage.BEING_PREPARED]
    assert (limit.seconds, limit.is_own) == (LEAST_LIMIT, True)


def test_of_very_many_orders_an_even_sample_says_how_long_a_stage_lasts(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(connection, range(1, 101))
    monkeypatch.setattr(stages, "SAMPLE", 25)
    found = stages.usual_times(connection)[Stage.BEING_PREPARED]
    assert found.stays == 25
    assert found.median == pytest.approx(50 * MINUTE, rel=0.1)
    assert found.nine_in_ten == pytest.approx(90 * MINUTE, rel=0.1)


def test_reports_read_no_table_from_end_to_end_but_the_chats_that_they_count(connection: sqlite3.Connection) -> None:
    prepared(connection, range(1, 101))
    following(connection, moved(connection, "A-1", [("PICKING", NOW - DAY)]))
    statements = list[str]()
    connection.set_trace_callback(statements.append)
    assert [one.order_id for one in stuck.stuck_list(connection, NOW).orders] == ["A-1"]
    period(connection)
    connection.set_trace_callback(None)
    plans = [row[3] for one in statements for row in connection.execute(f"EXPLAIN QUERY PLAN {one}")]
    whole = [step for step in plans if re.fullmatch("SCAN (chats|history|orders|outbox|shipments|subscriptions)", step)]
    assert "SCAN orders USING INDEX orders_running" in plans
    # what stuck.py calls orders are the running ones
    assert set(whole) <= {"SCAN chats", "SCAN orders"}, plans


def test_what_runs_is_what_has_no_final_status() -> None:
    assert json.dumps(FINAL_STATUSES).strip("[]").replace('"', "'") in stages.RUNNING


# ── what is stuck ────────────────────────────────────────────────────────────


def test_what_exceeds_the_stores_own_time_by_most_comes_first(connection: sqlite3.Connection) -> None:
    prepared(connection, [60.0] * ENOUGH_STAYS)
    for number, minutes in (("A-1", 50), ("A-2", 70), ("A-3", 200)):
        following(connection, moved(connection, number, [("PICKING", NOW - minutes * MINUTE)]))
    following(connection, moved(connection, "A-4", [("ON_ROUTE", NOW - 2 * DAY)]))
    moved(connection, "A-5", [("PICKING", NOW - DAY)])  # nobody follows it
    found = stuck.stuck_orders(connection, NOW)
    assert [one.order_id for one in found] == ["A-3", "A-2"]
    assert {one.why for one in found} == {Why.SLOW}
    assert found[0].since == NOW - 200 * MINUTE
    assert found[0].usual is not None
    assert (found[0].usual.seconds, found[0].usual.is_own) == (HOUR, True)


def test_a_step_within_the_stage_does_not_begin_it_anew(connection: sqlite3.Connection) -> None:
    following(connection, moved(connection, "A-1", [("PICKING", NOW - 5 * HOUR), ("PACKING", NOW - MINUTE)]))
    assert [one.since for one in stuck.stuck_orders(connection, NOW)] == [NOW - 5 * HOUR]


def test_what_has_ended_is_not_stuck(connection: sqlite3.Connection) -> None:
    following(connection, moved(connection, "A-1", [("DELIVERED", NOW - 9 * DAY)]))
    assert stuck.stuck_orders(connection, NOW) == []


def test_an_order_without_history_counts_since_it_is_known(connection: sqlite3.Connection) -> None:
    following(connection, stored(connection, order("PICKING", order_id="A-1"), now=NOW - 5 * HOUR))
    assert [one.order_id for one in stuck.stuck_orders(connection, NOW)] == ["A-1"]
    assert stuck.stuck_orders(connection, NOW - 4.5 * HOUR) == []


def test_the_worst_of_what_couriers_report_counts_once_in_the_digest_and_longest_first(
    connection: sqlite3.Connection,
) -> None:
    two = (shipment("ON_HOLD", "s1", status_at=NOW - HOUR), shipment("INCIDENT", "s2", 2, status_at=NOW - MINUTE))
    for number, parcels, status in (
        ("A-1", two, "ON_ROUTE"),
        ("A-2", (shipment("ON_HOLD", status_at=NOW - HOUR),), "ON_ROUTE"),
        ("A-3", (shipment("INCIDENT", status_at=NOW - HOUR, closed=True),), "ON_ROUTE"),
        ("A-4", two, "DELIVERED"),
    ):
        following(connection, stored(connection, order(status, *parcels, order_id=number, since=NOW - 5 * DAY)))
    stored(connection, order("ON_ROUTE", *two, order_id="A-5"))  # nobody follows it
    found = stuck.stuck_list(connection, NOW)
    assert [(one.order_id, one.trouble) for one in found.troubled] == [("A-2", "ON_HOLD"), ("A-1", "INCIDENT")]
    assert [one.order_id for one in found.orders] == ["A-3"]
    assert day_report(connection, since=Wall(NOW), clock_offset=0.0, now=NOW).stuck == 3
    plan = connection.execute(f"EXPLAIN QUERY PLAN {stuck._TROUBLED}")
    assert "SCAN orders USING INDEX orders_running" in [row[3] for row in plan]


def test_messages_of_one_order_with_one_reason_are_one_line(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING"))
    following(connection, known)
    outbox.put(connection, [Notice(CHAT, Kind.CARD, NOW, order=known.id) for _ in range(3)])
    for place, reason in ((1, "too long"), (2, "too long"), (3, "perhaps told: reset")):
        outbox.finish(connection, NoticeId(place), NoticeState.FAILED, now=NOW + place, reason=reason)
    found = stuck.failed_notices(connection, NOW, clock_offset=0.0)
    assert [(one.messages, one.is_unknown, one.at) for one in found] == [(1, True, NOW + 3), (2, False, NOW + 2)]


# ── the numbers ──────────────────────────────────────────────────────────────


def test_news_that_only_a_poll_has_brought_counts_as_lost(connection: sqlite3.Connection) -> None:
    told = moved(connection, "A-1", [("PICKING", NOW - 600)])
    for kind, at in (("seen", NOW - 500), ("repeat", NOW - 400)):  # its webhook comes after the poll
        history.remember(connection, told, [HistoryEntry(kind, "PICKING", "PACKING")], wall=at)
    lost = moved(connection, "A-2", [("PICKING", NOW - 600)])
    history.remember(connection, lost, [HistoryEntry("seen", "PICKING", "PACKING")], wall=NOW - 500)
    moved(connection, "A-3", [("PICKING", NOW - 600)], kind="seen")  # the first look at an order is no news
    early = moved(connection, "A-4", [("PICKING", NOW - 600)])  # its webhook may still be on its way
    history.remember(connection, early, [HistoryEntry("seen", "PICKING", "PACKING")], wall=NOW - 5)
    assert period(connection).lost == 1


def test_an_order_is_late_once_in_the_time_in_which_it_became_so(connection: sqlite3.Connection) -> None:
    limit = USUAL_AT_MOST[Stage.BEING_PREPARED]
    following(connection, moved(connection, "A-1", [("PICKING", NOW - limit - 60)]))
    moved(connection, "A-2", [("PICKING", NOW - limit - 60), ("INVOICED", NOW - 30)])
    moved(connection, "A-3", [("PICKING", NOW - limit - 60)])  # nobody follows it: it may have moved unseen
    moved(connection, "A-4", [("PICKING", NOW - limit - 60), ("INVOICED", NOW - 2 * HOUR)])
    moved(connection, "A-5", [("PICKING", NOW - limit - DAY), ("INVOICED", NOW - 30)])
    assert period(connection).late == 2
    assert period(connection, since=NOW - 2 * DAY).late == 3


def test_delivered_orders_count_once_each(connection: sqlite3.Connection) -> None:
    moved(connection, "A-1", [("DELIVERED", NOW - 60), ("ON_ROUTE", NOW - 50), ("DELIVERED", NOW - 40)])
    moved(connection, "A-2", [("DELIVERED", NOW - 60)], kind="seen")
    moved(connection, "A-3", [("DELIVERED", NOW - 2 * HOUR)])
    assert period(connection).delivered == 2


def test_from_event_to_message_half_and_99_of_100_leave_out_what_answers_a_person(
    connection: sqlite3.Connection,
) -> None:
    known = moved(connection, "A-1", [("PICKING", NOW - 60)])
    following(connection, known)
    event = connection.execute("SELECT max(id) FROM history").fetchone()[0]
    cards = [Notice(CHAT, Kind.CARD, NOW, order=known.id, events=(event, 999)) for _ in range(100)]
    asked = Notice(CHAT, Kind.CARD, NOW, order=known.id, events=(event,), keep=frozenset({Keep.ANSWER}))
    outbox.put(connection, [*cards, asked, Notice(CHAT, Kind.CARD, NOW, order=known.id)])
    for place in range(1, 103):
        outbox.finish(connection, NoticeId(place), NoticeState.SENT, now=NOW - 60 + place, message_id=place)
    found = period(connection, wall=NOW + HOUR)
    assert (found.told, found.median, found.p99) == (102, 50, 99)


def test_what_was_not_delivered_counts_also_where_the_chat_is_gone(connection: sqlite3.Connection) -> None:
    known = moved(connection, "A-1", [("PICKING", NOW)])
    following(connection, known)
    kinds = (Kind.CARD, Kind.CARD, Kind.CARD, Kind.EDIT, Kind.ALERT, Kind.CARD)
    outbox.put(connection, [Notice(CHAT, kind, NOW, order=known.id) for kind in kinds])
    results = [
        (NoticeState.FAILED, "too long"), (NoticeState.CLOSED, "gone: blocked"), (NoticeState.CLOSED, "folded"),
        (NoticeState.FAILED, "too long"), (NoticeState.FAILED, "too long"), (NoticeState.FAILED, "perhaps told: reset"),
    ]  # fmt: skip
    for place, (state, reason) in enumerate(results, 1):
        outbox.finish(connection, NoticeId(place), state, now=NOW, reason=reason)
    found = period(connection)
    assert (found.not_delivered, found.perhaps, found.told) == (2, 1, 0)


@pytest.mark.parametrize(
    ("zone", "days_ago", "begins"),
    [
        ("America/Lima", 0, "2026-09-21T05:00"),
        ("America/Lima", 6, "2026-09-15T05:00"),
        ("UTC", 0, "2026-09-21T00:00"),
        ("Asia/Tokyo", 0, "2026-09-20T15:00"),
    ],
)
def test_a_day_begins_at_the_stores_midnight(zone: str, days_ago: int, begins: str) -> None:
    began = midnight(NOW, ZoneInfo(zone), days_ago=days_ago)
    assert datetime.fromtimestamp(began, UTC).strftime("%Y-%m-%dT%H:%M") == begins


def test_a_day_of_23_hours_begins_at_its_midnight_too() -> None:
    zone = ZoneInfo("America/Santiago")  # its summer time begins at midnight: that day has none
    noon = datetime(2026, 9, 7, 12, tzinfo=zone).timestamp()
    hours = (midnight(noon, zone) - midnight(noon, zone, days_ago=1)) / HOUR
    assert hours == pytest.approx(23, abs=0.01)
    assert Wall(noon) - midnight(noon, zone) == pytest.approx(12 * HOUR)
