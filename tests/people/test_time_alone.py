"""No clock is believed alone: nobody is told that time has passed before the API has answered, nor all at once."""

import sqlite3
from functools import partial

import pytest

from bot.store import awaited_numbers, chats, orders
from bot.store.awaited_numbers import AwaitedNumber
from bot.store.housekeeping import MOST_TOLD
from bot.tracking.model import Kind, Order
from bot.tracking.timing import AWAITED_FOR, DAY, HOUR
from bot.transactions import expire
from tests.builders import CHAT, NOW, following, order, row_of, stored
from tests.people.maintenance_harness import MaintenanceHarness

LONG = 31 * DAY
WHAT = {"archived": "INVOICED", "pickup": "WAITING_FOR_PICKUP", "late": "PICKING"}


@pytest.fixture
def alone(maintenance: MaintenanceHarness) -> MaintenanceHarness:
    """A service whose API does not answer, and which tells of all that there is."""
    maintenance.set(tell_late=True)
    maintenance.api_answers = False
    return maintenance


def known(maintenance: MaintenanceHarness, one: Order) -> Order:
    found = orders.load_by_id(maintenance.database.reader, row_of(one))
    assert found is not None
    return found


@pytest.mark.parametrize("what", WHAT)
async def test_while_the_api_is_away_nobody_is_told_by_the_clock_and_the_order_is_asked_for(
    alone: MaintenanceHarness, what: str
) -> None:
    one = await alone.has(WHAT[what], CHAT)
    assert await alone.run_once(after=LONG) == []
    now = known(alone, one)
    assert now.next_poll_at is not None
    assert now.next_poll_at <= now.extra_polls["time"] == alone.clock.now()
    assert [subscription.chat_id for subscription in chats.followers(alone.database.reader, row_of(one))] == [CHAT]
    assert await alone.run_once(after=60) == []
    alone.api_answers = True
    [told, *_] = await alone.run_once(after=60)
    assert told.chat_id == CHAT


@pytest.mark.parametrize("what", WHAT)
async def test_an_answer_of_the_last_run_does_not_count_in_this_one(alone: MaintenanceHarness, what: str) -> None:
    await alone.has(WHAT[what], CHAT)
    alone.clock.advance(LONG)
    await alone.answer()
    alone.clock.advance(1)
    alone.set(tell_late=True)  # the service starts anew
    assert await alone.run_once(after=60) == []


@pytest.mark.parametrize("what", WHAT)
async def test_an_answer_of_hours_ago_does_not_count(alone: MaintenanceHarness, what: str) -> None:
    await alone.has(WHAT[what], CHAT)
    await alone.answer()
    assert await alone.run_once(after=LONG) == []


@pytest.mark.parametrize("what", ["pickup", "late"])
async def test_nobody_is_reminded_of_an_order_that_the_api_no_longer_finds(
    alone: MaintenanceHarness, what: str
) -> None:
    one = await alone.has(WHAT[what], CHAT, not_found_count=1, not_found_since=NOW)
    alone.api_answers = True
    assert [told for told in await alone.run_once(after=5 * DAY) if told.kind is not Kind.ARCHIVED] == []
    assert "time" not in known(alone, one).extra_polls


async def test_an_order_that_the_api_no_longer_finds_is_archived_after_it_has_said_so_again(
    alone: MaintenanceHarness,
) -> None:
    one = await alone.has("INVOICED", CHAT, not_found_count=4, not_found_since=NOW)
    assert await alone.run_once(after=LONG) == []
    assert known(alone, one).next_poll_at == alone.clock.now()
    missed = partial(
        lambda connection, at: connection.execute("UPDATE orders SET asked_at = ?", (at,)) and None,
        at=alone.clock.now() + 1,
    )
    await alone.database.write(missed)
    assert [told.kind for told in await alone.run_once(after=60)] == [Kind.FOLD, Kind.ARCHIVED]


async def test_where_nobody_would_be_told_nobody_is_asked(alone: MaintenanceHarness) -> None:
    one = await alone.has("INVOICED", CHAT)
    await alone.database.write(partial(chats.pause, chat_id=CHAT, reason="blocked"))
    await alone.run_once(after=LONG)
    assert orders.load_by_id(alone.database.reader, row_of(one)) is None


@pytest.mark.parametrize("what", [*WHAT, "awaited"])
async def test_never_are_many_told_at_once(alone: MaintenanceHarness, what: str) -> None:
    alone.api_answers = True
    people = range(1, 3 * MOST_TOLD)

    def work(connection: sqlite3.Connection) -> None:
        for one in people:
            if what == "awaited":
                chats.touch(connection, one, now=NOW)
                awaited = AwaitedNumber(one, "1001", ("1001", "1001-01", "SLR-1001-01"))
                awaited_numbers.add(connection, awaited, next_ask_at=NOW, ends_at=NOW + AWAITED_FOR, now=NOW)
            else:
                state = ("PICKING", "PACKING", "READY_FOR_SHIPPING")[one % 3] if what == "late" else WHAT[what]
                following(
                    connection, stored(connection, order(state, order_id=f"{one}-01", changed_at=NOW)), one, told=state
                )

    await alone.database.write(work)
    looks = [await alone.run_once(after=LONG if sweep == 0 else 60) for sweep in range(2)]
    told = [len([one for one in made if one.kind is not Kind.FOLD]) for made in looks]
    if what == "late":  # of those, the orders are archived as well
        assert max(told) <= 2 * MOST_TOLD
    else:
        assert told == [MOST_TOLD if what != "pickup" else 2 * MOST_TOLD] * 2


# ── the time in which the service was not there ──────────────────────────────


@pytest.mark.parametrize("what", WHAT)
async def test_a_month_that_the_service_was_not_there_or_the_clock_jumped_over_does_not_count(
    alone: MaintenanceHarness, what: str
) -> None:
    await alone.has(WHAT[what], CHAT)
    await alone.run_once(after=HOUR)
    alone.clock.advance(LONG)
    alone.set(tell_late=True)
    away = partial(expire.note_absence, latest=NOW + HOUR, now=alone.clock.now())
    await alone.database.write(away)
    alone.api_answers = True
    assert await alone.run_once() == []
    assert [told.chat_id for told in await alone.run_once(after=LONG - 2 * HOUR)][:1] == [CHAT]


async def test_a_night_without_news_is_no_absence(alone: MaintenanceHarness) -> None:
    for latest in (0.0, NOW - 12 * HOUR):
        await alone.database.write(partial(expire.note_absence, latest=latest, now=NOW))
    assert expire.absences(alone.database.reader) == []


# ── awaited numbers ──────────────────────────────────────────────────────────


async def test_a_number_is_not_given_up_while_the_api_is_away(alone: MaintenanceHarness) -> None:
    await alone.awaits("1001", "1001", "1001-01")
    assert await alone.run_once(after=10 * AWAITED_FOR) == []
    assert alone.count("awaited") == 2


async def test_a_number_is_not_given_up_on_an_answer_of_the_last_run(alone: MaintenanceHarness) -> None:
    await alone.awaits("1001", "1001-01")
    alone.clock.advance(AWAITED_FOR)
    await alone.answer()
    alone.clock.advance(1)
    alone.set()
    assert await alone.run_once() == []
    await alone.answer()
    assert [told.kind for told in await alone.run_once()] == [Kind.NEVER_SEEN]


async def test_a_number_is_given_up_once_all_that_it_may_mean_was_not_found(alone: MaintenanceHarness) -> None:
    await alone.awaits("1001", "1001", "1001-01")
    alone.clock.advance(AWAITED_FOR)

    async def not_found(candidate: str) -> None:
        statement = "UPDATE awaited SET answered_at = ? WHERE candidate = ?"
        values = (alone.clock.now(), candidate)
        await alone.database.write(lambda connection: connection.execute(statement, values) and None)

    await not_found("1001")
    assert await alone.run_once() == []
    await not_found("1001-01")
    assert [told.kind for told in await alone.run_once()] == [Kind.NEVER_SEEN]
