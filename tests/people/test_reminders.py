"""What shoppers hear without any news: a number that never appeared, an order that waits or stands still."""

import sqlite3
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.store import awaited_numbers, chats, orders, outbox
from bot.tracking.hours import StoreHours, every_day
from bot.tracking.model import Keep, Kind, Level, Notice
from bot.tracking.timing import AWAITED_FOR, DAY, HOUR
from bot.transactions.claiming import claim
from tests.builders import CHAT, NOW, decision_context, following, row_of
from tests.people.maintenance_harness import MaintenanceHarness

PICKUP = "WAITING_FOR_PICKUP"


def said(notices: list[Notice]) -> list[tuple[int, Keep, str | None]]:
    """Say for each card that is put: to whom, why it is wanted, of which state."""
    assert all(one.kind is Kind.CARD for one in notices)
    return [(one.chat_id, keep, one.status) for one in notices for keep in one.keep]


# ── numbers that never appeared ──────────────────────────────────────────────


async def test_a_number_that_never_appears_is_given_up_and_told_once(maintenance: MaintenanceHarness) -> None:
    await maintenance.awaits("1001", "1001", "1001-01", "SLR-1001-01", thread_id=7)
    assert await maintenance.run_once(after=AWAITED_FOR - 1) == []
    (told,) = await maintenance.run_once(after=1)
    assert (told.kind, told.payload, told.thread_id, told.due_at) == (
        Kind.NEVER_SEEN,
        {"number": "1001"},
        7,
        maintenance.clock.now(),
    )
    assert (maintenance.wake_ups, maintenance.count("awaited")) == (1, 0)
    assert await maintenance.run_once(after=60) == []


async def test_each_number_and_each_chat_is_told_for_itself(maintenance: MaintenanceHarness) -> None:
    await maintenance.awaits("1001", "1001-01")
    await maintenance.awaits("2002", "2002-01")
    await maintenance.awaits("1001", "1001-01", chat_id=502)
    told = await maintenance.run_once(after=AWAITED_FOR)
    assert {(one.chat_id, one.payload["number"]) for one in told} == {(CHAT, "1001"), (CHAT, "2002"), (502, "1001")}


async def test_who_cannot_be_written_to_is_not_told_and_the_number_is_not_asked_for_any_more(
    maintenance: MaintenanceHarness,
) -> None:
    await maintenance.awaits("1001", "1001-01")
    await maintenance.database.write(partial(chats.pause, chat_id=CHAT, reason="blocked"))
    assert await maintenance.run_once(after=AWAITED_FOR) == []
    await maintenance.database.write(partial(chats.resume, chat_id=CHAT))
    assert awaited_numbers.due(maintenance.database.reader, maintenance.clock.now() + DAY, 10) == []


# ── waiting for pickup ───────────────────────────────────────────────────────


@pytest.mark.parametrize("hours", [24, 0.5])
async def test_who_was_told_that_it_is_ready_is_reminded_after_the_hours_once(
    maintenance: MaintenanceHarness, hours: float
) -> None:
    maintenance.set(pickup_hours=hours)
    await maintenance.has(PICKUP, CHAT, 502)
    assert await maintenance.run_once(after=hours * HOUR - 1) == []
    told = await maintenance.run_once(after=1)
    assert said(told) == [(CHAT, Keep.REMINDER, PICKUP), (502, Keep.REMINDER, PICKUP)]
    assert all(one.due_at == maintenance.clock.now() for one in told)
    assert maintenance.wake_ups == 1
    assert await maintenance.run_once(after=60) == []
    assert await maintenance.run_once(after=2 * DAY) == []


async def test_the_hours_begin_when_this_chat_was_told(maintenance: MaintenanceHarness) -> None:
    known = await maintenance.has(PICKUP, CHAT)
    maintenance.clock.advance(10 * HOUR)

    def follow(connection: sqlite3.Connection) -> None:
        late = following(connection, known, 502, told=PICKUP)
        chats.save_notified(connection, replace(late, notified_status=PICKUP, notified_at=maintenance.clock.now()))

    await maintenance.database.write(follow)
    assert said(await maintenance.run_once(after=14 * HOUR)) == [(CHAT, Keep.REMINDER, PICKUP)]
    assert said(await maintenance.run_once(after=10 * HOUR)) == [(502, Keep.REMINDER, PICKUP)]


async def test_with_0_hours_nobody_is_reminded(maintenance: MaintenanceHarness) -> None:
    maintenance.set(pickup_hours=0)
    await maintenance.has(PICKUP, CHAT)
    assert await maintenance.run_once(after=5 * DAY) == []


async def test_who_has_stopped_was_told_that_it_is_collected_or_was_never_told_is_not_reminded(
    maintenance: MaintenanceHarness,
) -> None:
    stopped, collected = await maintenance.has(PICKUP, CHAT), await maintenance.has(PICKUP, CHAT, number="2002-01")
    untold = await maintenance.has(PICKUP, number="3003-01")
    await maintenance.database.write(lambda connection: following(connection, untold))
    subscription = chats.subscription_of(maintenance.database.reader, CHAT, row_of(stopped))
    assert subscription is not None
    await maintenance.database.write(partial(chats.stop, subscription_id=subscription.id))
    await maintenance.moves(collected, "DELIVERED")
    assert await maintenance.run_once(after=2 * DAY) == []


async def test_a_reminder_of_what_has_been_collected_meanwhile_is_not_sent(maintenance: MaintenanceHarness) -> None:
    known = await maintenance.has(PICKUP, CHAT)
    (reminder,) = await maintenance.run_once(after=DAY)
    await maintenance.moves(known, "DELIVERED")
    context = decision_context(maintenance.clock.now())
    assert reminder.id is not None
    taken = partial(claim, notice_id=reminder.id, chat_id=CHAT, context=context)
    assert await maintenance.database.write(taken) is None


async def test_who_has_not_heard_yet_that_it_is_collected_is_not_reminded_either(
    maintenance: MaintenanceHarness,
) -> None:
    known = await maintenance.has(PICKUP, CHAT)
    moved = replace(known, status="DELIVERED")
    await maintenance.database.write(partial(orders.save, order=moved, before=known, now=NOW + 1))
    assert await maintenance.run_once(after=DAY) == []


async def test_a_chat_that_cannot_be_written_to_is_reminded_when_it_is_back(maintenance: MaintenanceHarness) -> None:
    await maintenance.has(PICKUP, CHAT)
    await maintenance.database.write(partial(chats.pause, chat_id=CHAT, reason="blocked"))
    assert await maintenance.run_once(after=2 * DAY) == []
    await maintenance.database.write(partial(chats.resume, chat_id=CHAT))
    assert said(await maintenance.run_once(after=60)) == [(CHAT, Keep.REMINDER, PICKUP)]


async def test_an_order_that_was_taken_back_in_and_is_ready_again_brings_no_second_reminder(
    maintenance: MaintenanceHarness,
) -> None:
    maintenance.set(tell_late=True)
    known = await maintenance.has(PICKUP, CHAT)
    assert said(await maintenance.run_once(after=DAY)) == [(CHAT, Keep.REMINDER, PICKUP)]
    await maintenance.all_is_sent()
    known = await maintenance.moves(known, "PACKING")
    assert said(await maintenance.run_once(after=5 * HOUR)) == [(CHAT, Keep.LATE, "PACKING")]
    await maintenance.moves(known, PICKUP)
    assert await maintenance.run_once(after=2 * DAY) == []


async def test_a_row_that_another_chat_has_got_meanwhile_leaves_that_chat_its_reminder(
    maintenance: MaintenanceHarness,
) -> None:
    known = await maintenance.has(PICKUP, CHAT)

    def meanwhile(connection: sqlite3.Connection) -> None:
        (mine,) = chats.followers(connection, row_of(known))
        chats.stop(connection, mine.id)
        assert following(connection, known, 502, told=PICKUP).id == mine.id
        maintenance.database.meanwhile = None

    maintenance.database.meanwhile = meanwhile
    assert await maintenance.run_once(after=DAY) == []
    assert said(await maintenance.run_once(after=60)) == [(502, Keep.REMINDER, PICKUP)]


@pytest.mark.parametrize(
    ("opens", "closes", "asleep", "awake"),
    [
        pytest.param(9, 20, "22:30", "09:00", id="at night"),
        pytest.param(9, 20, "03:00", "09:00", id="before it opens"),
        pytest.param(20, 4, "04:00", "20:00", id="over midnight"),
    ],
)
async def test_nobody_is_reminded_outside_of_the_stores_hours_in_its_zone(
    maintenance: MaintenanceHarness, opens: int, closes: int, asleep: str, awake: str
) -> None:
    zone = ZoneInfo("America/Argentina/Buenos_Aires")
    maintenance.set(hours=StoreHours(every_day(opens * 60, closes * 60), zone))
    await maintenance.has(PICKUP, CHAT)
    assert await maintenance.run_once(after=_until(asleep, zone, NOW + 2 * DAY) - maintenance.clock.now()) == []
    due = _until(awake, zone, maintenance.clock.wall())
    due += DAY if due < maintenance.clock.wall() else 0
    assert await maintenance.run_once(after=due - 1 - maintenance.clock.now()) == []
    assert said(await maintenance.run_once(after=1)) == [(CHAT, Keep.REMINDER, PICKUP)]


def _until(time: str, zone: ZoneInfo, day: float) -> float:
    hour, minute = map(int, time.split(":"))
    return datetime.fromtimestamp(day, zone).replace(hour=hour, minute=minute, second=0, microsecond=0).timestamp()


async def test_hours_go_by_the_machines_clock_and_waits_by_the_services(maintenance: MaintenanceHarness) -> None:
    """The wall clock was set on by five hours while the service ran: it is 19:13 there, then 20:13."""
    maintenance.set(hours=StoreHours(every_day(20 * 60, 21 * 60)))
    await maintenance.has(PICKUP, CHAT)
    maintenance.clock.jump(5 * HOUR)
    assert await maintenance.run_once(after=DAY) == []
    assert said(await maintenance.run_once(after=HOUR)) == [(CHAT, Keep.REMINDER, PICKUP)]


# ── late ─────────────────────────────────────────────────────────────────────

USUAL = {
    "READY_FOR_HANDLING": 24,
    "READY_FOR_PICKING": 24,
    "PICKING": 4,
    "READY_FOR_PACKING": 4,
    "PACKING": 4,
    "PREPARING_SHIPPING": 24,
    "READY_FOR_SHIPPING": 24,
    "WAITING_FOR_DELIVERY_COMPANY": 24,
    "ON_ROUTE": 72,
}


@pytest.mark.parametrize(("state", "hours"), USUAL.items())
async def test_a_state_that_lasts_unusually_long_is_told_once(
    maintenance: MaintenanceHarness, state: str, hours: int
) -> None:
    maintenance.set(tell_late=True)
    await maintenance.has(state, CHAT)
    assert await maintenance.run_once(after=hours * HOUR - 1) == []
    (told,) = await maintenance.run_once(after=1)
    assert said([told]) == [(CHAT, Keep.LATE, state)]
    assert await maintenance.run_once(after=DAY) == []


@pytest.mark.parametrize("state", ["PENDING", "INVOICED", "DELIVERED", "FROZEN_SOLID"])
async def test_of_other_states_nothing_is_usual(maintenance: MaintenanceHarness, state: str) -> None:
    maintenance.set(tell_late=True)
    await maintenance.has(state, CHAT)
    assert await maintenance.run_once(after=10 * DAY) == []


async def test_nobody_is_told_unless_the_store_wants_it(maintenance: MaintenanceHarness) -> None:
    await maintenance.has("PICKING", CHAT)
    assert await maintenance.run_once(after=10 * DAY) == []


async def test_each_state_is_late_once_though_the_order_comes_back_to_it(maintenance: MaintenanceHarness) -> None:
    maintenance.set(tell_late=True)
    known = await maintenance.has("READY_FOR_PICKING", CHAT)
    told = []
    for following_state in ("PICKING", "READY_FOR_PICKING", "PICKING", "PACKING"):
        told += said(await maintenance.run_once(after=25 * HOUR))
        await maintenance.all_is_sent()
        known = await maintenance.moves(known, following_state)
    assert told == [(CHAT, Keep.LATE, "READY_FOR_PICKING"), (CHAT, Keep.LATE, "PICKING")]


async def test_who_was_not_told_of_the_state_is_not_told_that_it_lasts(maintenance: MaintenanceHarness) -> None:
    maintenance.set(tell_late=True)
    known = await maintenance.has("PICKING")
    await maintenance.database.write(lambda connection: following(connection, known, level=Level.KEY))
    assert await maintenance.run_once(after=2 * DAY) == []


async def test_a_late_message_waits_for_the_hours_and_is_dropped_if_the_order_moves(
    maintenance: MaintenanceHarness,
) -> None:
    maintenance.set(tell_late=True, hours=StoreHours(every_day(9 * 60, 20 * 60)))
    known = await maintenance.has("PICKING", CHAT)
    assert await maintenance.run_once(after=8 * HOUR) == []  # 22:13
    (late,) = await maintenance.run_once(after=11 * HOUR)
    await maintenance.moves(known, "PACKING")
    assert late.id is not None
    context = decision_context(maintenance.clock.now())
    taken = partial(claim, notice_id=late.id, chat_id=CHAT, context=context)
    assert await maintenance.database.write(taken) is None


async def test_a_step_that_only_an_edit_has_shown_is_late_too(maintenance: MaintenanceHarness) -> None:
    maintenance.set(tell_late=True)
    await maintenance.has("PACKING", CHAT)
    await maintenance.database.write(
        lambda one: one.execute("UPDATE subscriptions SET told_status = 'PICKING'") and None
    )
    assert said(await maintenance.run_once(after=4 * HOUR)) == [(CHAT, Keep.LATE, "PACKING")]


async def test_a_reminder_becomes_part_of_the_card_that_waits_already(maintenance: MaintenanceHarness) -> None:
    known = await maintenance.has(PICKUP, CHAT)
    waiting = Notice(CHAT, Kind.CARD, NOW + 2 * DAY, order=known.id, keep=frozenset({Keep.AGAIN}))
    await maintenance.database.write(partial(outbox.put, notices=[waiting]))
    assert await maintenance.run_once(after=DAY) == []
    (card,) = outbox.open_notices(maintenance.database.reader, CHAT, row_of(known))
    assert (card.keep, card.status) == (frozenset({Keep.AGAIN, Keep.REMINDER}), PICKUP)
