"""What becomes of a request to follow: the limits, the link policy, and what is asked of the API meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.ingest.recorder import EventRecorder
from bot.people import follow_service
from bot.people.follow_result import FollowOutcome
from bot.people.follow_service import FollowService
from bot.people.limits import MAX_FOLLOWED, MAX_LOOKUPS, MAX_NOT_FOUND
from bot.pickpack.errors import UnreachableError
from bot.store import outbox
from bot.store.database import Database
from bot.tracking.model import NoticeState, OrderPk, Priority
from bot.tracking.timing import AWAITED_FOR, DAY
from bot.transactions import delivery_results
from bot.transactions.claiming import claim
from bot.transactions.follow import MOST_AWAITED, Requester
from bot.transactions.lookups import NOT_FOUND_WINDOW
from bot.transactions.schedule import clamp_future_due
from tests.builders import NOW, contexts, decision_context, nothing_due, open_database
from tests.fakes import ManualClock
from tests.telegram.bot_harness import FakeOrderLookup

ANA, STAFF = Requester(1001, 1001), Requester(4242, 4242)
STAFF_GROUP = -4242
PER_DAY = 3


class FollowHarness:
    """Following on a real database; the API is a dict."""

    def __init__(
        self,
        database: Database,
        *,
        needs_link: bool = False,
        prefixes: tuple[str, ...] = (),
        follows_per_day: int = 0,
        start: float = NOW,
    ) -> None:
        self.database, self.clock = database, ManualClock(start)
        where = contexts(self.clock, follows_per_day=follows_per_day)
        self.order_lookup = FakeOrderLookup(EventRecorder(database, where, on_due=nothing_due), self.clock)
        self.follow_service = FollowService(
            database,
            self.clock,
            where,
            self.order_lookup,
            on_due=nothing_due,
            prefixes=prefixes,
            needs_link=needs_link,
            trusted=frozenset({STAFF.person, STAFF_GROUP}),
        )

    async def says(self, number: str, requester: Requester = ANA, *, verified: bool = False) -> FollowOutcome:
        return (await self.follow_service.follow(requester, number, verified=verified)).outcome

    async def miss(self, times: int, requester: Requester = ANA, start: int = 0) -> None:
        """Send wrong numbers, each from another chat, so that only the person is the same."""
        for number in range(start, start + times):
            elsewhere = Requester(-5000 - number, requester.person, "group")
            assert await self.says(f"WRONG-{number}", elsewhere) is FollowOutcome.AWAITING


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    await asyncio.to_thread(opened.close)


@pytest.fixture
def harness(database: Database) -> FollowHarness:
    return FollowHarness(database)


@pytest.fixture
def slow_harness(harness: FollowHarness, monkeypatch: pytest.MonkeyPatch) -> FollowHarness:
    """Return a harness whose API answers nobody until `order_lookup.open` is set."""
    monkeypatch.setattr(follow_service, "ANSWER_WAIT", 0.01)
    harness.order_lookup.open.clear()
    return harness


# ── guessing ─────────────────────────────────────────────────────────────────


async def test_after_five_misses_nothing_is_asked_until_the_first_is_ten_minutes_old(harness: FollowHarness) -> None:
    harness.order_lookup.orders["RIGHT-1"] = "PACKING"
    await harness.miss(MAX_NOT_FOUND)
    asked = len(harness.order_lookup.asked)
    harness.clock.advance(100)
    result = await harness.follow_service.follow(ANA, "RIGHT-1")
    assert (result.outcome, result.wait) == (FollowOutcome.TOO_MANY_NOT_FOUND, NOT_FOUND_WINDOW - 100)
    assert len(harness.order_lookup.asked) == asked
    harness.clock.advance(NOT_FOUND_WINDOW - 100)
    assert await harness.says("RIGHT-1") is FollowOutcome.FOLLOWING


async def test_who_guesses_too_often_does_not_learn_which_orders_others_follow(harness: FollowHarness) -> None:
    harness.order_lookup.orders["RIGHT-1"] = "PACKING"
    await harness.says("RIGHT-1", Requester(1002, 1002))
    await harness.miss(MAX_NOT_FOUND)
    assert await harness.says("RIGHT-1") is await harness.says("WRONG-99") is FollowOutcome.TOO_MANY_NOT_FOUND


async def test_who_guesses_too_often_still_sees_what_they_follow_and_what_a_link_opens(harness: FollowHarness) -> None:
    harness.order_lookup.orders |= {"MINE-1": "PACKING", "LINK-1": "PACKING"}
    await harness.says("MINE-1")
    await harness.miss(MAX_NOT_FOUND)
    assert await harness.says("MINE-1") is FollowOutcome.FOLLOWING
    assert await harness.says("LINK-1", verified=True) is FollowOutcome.FOLLOWING


async def test_one_persons_misses_are_not_anothers(harness: FollowHarness) -> None:
    await harness.miss(MAX_NOT_FOUND)
    assert await harness.says("WRONG-99", Requester(1002, 1002)) is FollowOutcome.AWAITING


async def test_one_message_is_one_miss_however_many_ids_it_may_mean(database: Database) -> None:
    harness = FollowHarness(database, prefixes=("shop-",))
    await harness.miss(MAX_NOT_FOUND - 1)
    assert len(harness.order_lookup.asked) > MAX_NOT_FOUND
    assert await harness.says("RIGHT-1") is FollowOutcome.AWAITING
    assert await harness.says("RIGHT-2") is FollowOutcome.TOO_MANY_NOT_FOUND


async def test_a_silent_api_is_no_miss(harness: FollowHarness) -> None:
    harness.order_lookup.failing = UnreachableError("no answer")
    for number in range(MAX_NOT_FOUND + 1):
        assert (
            await harness.says(f"WRONG-{number}", Requester(-5000 - number, 1001, "group")) is FollowOutcome.API_ERROR
        )
    harness.order_lookup.failing = None
    assert await harness.says("WRONG-99") is FollowOutcome.AWAITING


async def test_staff_may_guess(harness: FollowHarness) -> None:
    await harness.miss(MAX_NOT_FOUND + 2, STAFF)


def asking(number: int, *, chat_id: int = 1001) -> Requester:
    """Ana says something; which message it is."""
    return Requester(chat_id, 1001, "private" if chat_id > 0 else "group", message_id=number)


async def test_all_numbers_of_one_message_are_one_miss(harness: FollowHarness) -> None:
    for number in range(MOST_AWAITED):
        assert await harness.says(f"WRONG-{number}", asking(1)) is FollowOutcome.AWAITING
    for message in range(2, MAX_NOT_FOUND):
        assert await harness.says(f"WRONG-{message}", asking(message, chat_id=-message)) is FollowOutcome.AWAITING
    for number in range(MOST_AWAITED):  # the fifth miss is this message's own: the rest of it is looked up as well
        assert await harness.says(f"WRONG-9{number}", asking(77, chat_id=-77)) is FollowOutcome.AWAITING
    assert await harness.says("WRONG-100", asking(78, chat_id=-77)) is FollowOutcome.TOO_MANY_NOT_FOUND


async def test_misses_outlive_a_restart_and_forget(harness: FollowHarness, database: Database) -> None:
    await harness.miss(MAX_NOT_FOUND)
    await harness.follow_service.forget(ANA.chat_id)
    again = FollowHarness(database, start=NOW + 1)
    assert await again.says("WRONG-99") is FollowOutcome.TOO_MANY_NOT_FOUND
    rows = [tuple(row) for row in database.reader.execute("SELECT * FROM lookups")]
    assert len(rows) == MAX_NOT_FOUND
    assert not any(part in str(rows) for part in (str(ANA.person), "WRONG"))


async def test_numbers_that_the_api_chokes_on_again_and_again_are_misses_of_who_sends_them(
    harness: FollowHarness,
) -> None:
    harness.order_lookup.failing = UnreachableError("HTTP 400", answered=True)
    for number in range(MAX_NOT_FOUND + 1):  # the first may be anybody's trouble
        assert await harness.says(f"ODD-{number}", asking(number, chat_id=-number - 1)) is FollowOutcome.API_ERROR
    assert await harness.says("ODD-99") is FollowOutcome.TOO_MANY_NOT_FOUND
    assert await harness.says("ODD-99", Requester(1002, 1002)) is FollowOutcome.API_ERROR


async def test_who_stops_while_a_wrong_number_is_looked_up_has_missed_all_the_same(slow_harness: FollowHarness) -> None:
    for number in range(MAX_NOT_FOUND):
        result = await slow_harness.follow_service.follow(ANA, f"WRONG-{number}")
        await slow_harness.follow_service.stop_all(ANA.chat_id)
        slow_harness.order_lookup.open.set()
        assert result.later is not None
        assert (await result.later).outcome is FollowOutcome.STOPPED
        slow_harness.order_lookup.open.clear()
    assert await slow_harness.says("WRONG-99") is FollowOutcome.TOO_MANY_NOT_FOUND


async def test_ten_wrong_numbers_that_are_under_way_at_once_are_no_more_than_five_misses(
    slow_harness: FollowHarness,
) -> None:
    results = [await slow_harness.follow_service.follow(ANA, f"WRONG-{n}") for n in range(MAX_LOOKUPS)]
    assert {one.outcome for one in results} == {FollowOutcome.LOOKING_UP}
    assert len(slow_harness.order_lookup.asked) == MAX_NOT_FOUND
    slow_harness.order_lookup.open.set()
    later = [(await one.later).outcome for one in results if one.later is not None]
    assert later.count(FollowOutcome.TOO_MANY_NOT_FOUND) == MAX_LOOKUPS - MAX_NOT_FOUND
    asked = {f"WRONG-{n}" for n in range(MAX_LOOKUPS)} & set(slow_harness.order_lookup.asked)
    assert asked == {f"WRONG-{n}" for n in range(MAX_NOT_FOUND)}
    assert len(slow_harness.follow_service.awaited(ANA.chat_id)) == MOST_AWAITED


async def test_right_numbers_that_are_under_way_at_once_wait_for_their_turn_and_are_all_followed(
    slow_harness: FollowHarness,
) -> None:
    slow_harness.order_lookup.orders = {f"ORDER-{number}": "PACKING" for number in range(MAX_LOOKUPS)}
    results = [await slow_harness.follow_service.follow(ANA, number) for number in slow_harness.order_lookup.orders]
    assert len(slow_harness.order_lookup.asked) == MAX_NOT_FOUND
    slow_harness.order_lookup.open.set()
    for one in results:
        assert one.later is not None
        await one.later
    assert len(slow_harness.follow_service.followed(ANA.chat_id)) == MAX_LOOKUPS


async def test_numbers_of_one_message_wait_for_none_of_each_other(slow_harness: FollowHarness) -> None:
    for number in range(MAX_LOOKUPS):
        assert await slow_harness.says(f"WRONG-{number}", asking(1)) is FollowOutcome.LOOKING_UP
    assert len(slow_harness.order_lookup.asked) == MAX_LOOKUPS


async def test_whoever_has_as_many_under_way_as_may_be_missed_does_not_learn_at_once_which_orders_others_follow(
    slow_harness: FollowHarness,
) -> None:
    slow_harness.order_lookup.open.set()
    slow_harness.order_lookup.orders["RIGHT-1"] = "PACKING"
    await slow_harness.says("RIGHT-1", Requester(1002, 1002))
    slow_harness.order_lookup.open.clear()
    for number in range(MAX_NOT_FOUND):
        await slow_harness.says(f"WRONG-{number}")
    right, wrong = [await slow_harness.follow_service.follow(ANA, number) for number in ("RIGHT-1", "WRONG-99")]
    assert right.outcome is wrong.outcome is FollowOutcome.LOOKING_UP
    slow_harness.order_lookup.open.set()
    assert right.later is not None and wrong.later is not None
    assert (await right.later).outcome is (await wrong.later).outcome is FollowOutcome.TOO_MANY_NOT_FOUND


async def test_a_number_that_was_awaited_already_is_awaited_on_though_it_is_asked_for_once_too_often(
    slow_harness: FollowHarness,
) -> None:
    slow_harness.order_lookup.open.set()
    await slow_harness.says("LATER-1")
    await slow_harness.miss(MAX_NOT_FOUND - 2)
    slow_harness.order_lookup.open.clear()
    await slow_harness.says("WRONG-98")
    again = await slow_harness.follow_service.follow(ANA, "LATER-1")
    slow_harness.order_lookup.open.set()
    assert again.later is not None
    assert (await again.later).outcome is FollowOutcome.TOO_MANY_NOT_FOUND
    assert "LATER-1" in [one.number for one in slow_harness.follow_service.awaited(ANA.chat_id)]


async def test_staff_and_signed_links_wait_for_no_turn(slow_harness: FollowHarness) -> None:
    for number in range(MAX_NOT_FOUND):
        await slow_harness.says(f"WRONG-{number}")
    await slow_harness.says("LINK-1", verified=True)
    for number in range(MAX_LOOKUPS):
        await slow_harness.says(f"ANY-{number}", Requester(-9 - number, STAFF.person, "group"))
    assert len(slow_harness.order_lookup.asked) == MAX_NOT_FOUND + 1 + MAX_LOOKUPS


# ── what can be learnt in a day ──────────────────────────────────────────────


@pytest.fixture
def bounded(database: Database) -> FollowHarness:
    """Return a harness in which a person may learn of PER_DAY new orders a day, and all of them have happened."""
    harness = FollowHarness(database, follows_per_day=PER_DAY)
    harness.order_lookup.orders = {f"ORDER-{number}": "PACKING" for number in range(20)}
    return harness


async def learn(harness: FollowHarness, times: int = PER_DAY) -> None:
    """Ana follows orders, each in another chat, so that only the person is the same."""
    for number in range(times):
        assert await harness.says(f"ORDER-{number}", asking(number, chat_id=-number - 1)) is FollowOutcome.FOLLOWING
        harness.clock.advance(60)


async def test_a_person_learns_of_so_many_new_orders_a_day(bounded: FollowHarness) -> None:
    await learn(bounded)
    asked = len(bounded.order_lookup.asked)
    result = await bounded.follow_service.follow(ANA, "ORDER-9")
    assert (result.outcome, result.limit, result.wait) == (FollowOutcome.TOO_MANY_TODAY, PER_DAY, DAY - PER_DAY * 60)
    assert await bounded.says("WRONG-1") is FollowOutcome.TOO_MANY_TODAY
    assert len(bounded.order_lookup.asked) == asked
    assert await bounded.says("ORDER-9", Requester(1002, 1002)) is FollowOutcome.FOLLOWING
    assert await bounded.says("ORDER-9") is FollowOutcome.TOO_MANY_TODAY  # known by now: reads the same
    bounded.clock.advance(result.wait)
    assert await bounded.says("ORDER-9") is FollowOutcome.FOLLOWING


async def test_signed_links_and_staff_and_the_same_order_count_for_nothing(bounded: FollowHarness) -> None:
    await learn(bounded)
    assert await bounded.says("ORDER-5", verified=True) is FollowOutcome.FOLLOWING
    assert await bounded.says("ORDER-0") is FollowOutcome.FOLLOWING  # in another chat than before
    for number in range(PER_DAY + 1):
        assert await bounded.says(f"ORDER-{number}", STAFF) is FollowOutcome.FOLLOWING
        assert await bounded.says(f"ORDER-{number}", Requester(STAFF_GROUP, 7, "group")) is FollowOutcome.FOLLOWING


async def test_one_that_was_stopped_counts_over_forget_and_a_restart(
    bounded: FollowHarness, database: Database
) -> None:
    await learn(bounded)
    for number in range(PER_DAY):
        await bounded.follow_service.stop_all(-number - 1)
        await bounded.follow_service.forget(-number - 1)
    again = FollowHarness(database, follows_per_day=PER_DAY, start=bounded.clock.now())
    assert await again.says("ORDER-9") is FollowOutcome.TOO_MANY_TODAY
    rows = [tuple(row) for row in database.reader.execute("SELECT * FROM lookups")]
    assert not any(part in str(rows) for part in (str(ANA.person), "ORDER-"))


async def test_an_awaited_order_counts_when_it_appears_and_waits_where_it_is_one_too_many(
    bounded: FollowHarness,
) -> None:
    for number in range(3):
        assert await bounded.says(f"LATER-{number}") is FollowOutcome.AWAITING
    await learn(bounded, PER_DAY - 1)
    bounded.order_lookup.orders |= {f"LATER-{number}": "PACKING" for number in range(3)}
    for number in range(2):
        await bounded.order_lookup.look_up(f"LATER-{number}")
    assert [order.order_id for _, order in bounded.follow_service.followed(ANA.chat_id)] == ["LATER-0"]
    assert [one.number for one in bounded.follow_service.awaited(ANA.chat_id)] == ["LATER-1", "LATER-2"]
    assert await bounded.says("ORDER-9", asking(9, chat_id=-9)) is FollowOutcome.TOO_MANY_TODAY
    bounded.clock.advance(DAY)
    until = dict(bounded.database.reader.execute("SELECT number, ends_at FROM awaited").fetchall())
    assert until["LATER-2"] == NOW + AWAITED_FOR  # never asked
    assert until["LATER-1"] > NOW + AWAITED_FOR  # it is there, and waits for another day of its person
    await bounded.order_lookup.look_up("LATER-1")
    assert len(bounded.follow_service.followed(ANA.chat_id)) == 2


async def test_a_clock_that_was_ahead_makes_nobody_wait(bounded: FollowHarness, database: Database) -> None:
    bounded.clock.advance(365 * DAY)
    await learn(bounded)
    await bounded.miss(MAX_NOT_FOUND, Requester(1002, 1002), start=50)
    again = FollowHarness(database, follows_per_day=PER_DAY)
    again.order_lookup.orders = bounded.order_lookup.orders
    await database.write(partial(clamp_future_due, now=again.clock.now()))
    again.clock.advance(DAY)
    assert await again.says("ORDER-9") is FollowOutcome.FOLLOWING
    assert await again.says("ORDER-9", Requester(1002, 1002)) is FollowOutcome.FOLLOWING


async def test_many_numbers_at_once_are_no_more_than_are_left(
    bounded: FollowHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_service, "ANSWER_WAIT", 0.01)
    bounded.order_lookup.open.clear()
    results = [await bounded.follow_service.follow(ANA, f"ORDER-{number}") for number in range(PER_DAY + 1)]
    assert [one.outcome for one in results] == [FollowOutcome.LOOKING_UP] * PER_DAY + [FollowOutcome.TOO_MANY_LOOKUPS]
    bounded.order_lookup.open.set()
    for one in results[:PER_DAY]:
        assert one.later is not None
        await one.later
    assert len(bounded.follow_service.followed(ANA.chat_id)) == PER_DAY


async def test_without_a_limit_nothing_is_counted(harness: FollowHarness, database: Database) -> None:
    harness.order_lookup.orders = {f"ORDER-{number}": "PACKING" for number in range(MAX_FOLLOWED)}
    for number in range(MAX_FOLLOWED):
        assert await harness.says(f"ORDER-{number}") is FollowOutcome.FOLLOWING
    assert database.reader.execute("SELECT count(*) FROM lookups").fetchone()[0] == 0


# ── where nobody knows who asks ──────────────────────────────────────────────


async def test_whoever_is_hidden_looks_up_only_what_the_chat_follows(bounded: FollowHarness) -> None:
    hidden = Requester(-5, -5, "supergroup", hidden=True)
    assert await bounded.says("ORDER-1", hidden) is await bounded.says("WRONG-1", hidden) is FollowOutcome.PERSON_HIDDEN
    assert bounded.order_lookup.asked == []
    assert await bounded.says("ORDER-1", asking(1, chat_id=-5)) is FollowOutcome.FOLLOWING
    assert await bounded.says("ORDER-1", hidden) is FollowOutcome.FOLLOWING
    assert await bounded.says("ORDER-2", hidden, verified=True) is FollowOutcome.FOLLOWING


async def test_a_channel_that_posts_in_a_staff_group_is_not_staff(bounded: FollowHarness) -> None:
    in_its_name = Requester(STAFF_GROUP, STAFF_GROUP, "supergroup", hidden=True)
    assert await bounded.says("ORDER-1", in_its_name) is FollowOutcome.FOLLOWING
    channel = Requester(STAFF_GROUP, -1009, "supergroup", hidden=True)
    assert await bounded.says("ORDER-2", channel) is FollowOutcome.PERSON_HIDDEN


# ── nobody is shut out for what others do ────────────────────────────────────


async def test_three_hundred_people_who_follow_in_one_minute_all_get_their_order(harness: FollowHarness) -> None:
    harness.order_lookup.orders = {f"ORDER-{number}": "PACKING" for number in range(300)}
    for number in range(300):
        assert await harness.says(f"ORDER-{number}", Requester(2000 + number, 2000 + number)) is FollowOutcome.FOLLOWING


async def test_who_stops_and_follows_again_without_end_shuts_nobody_out(harness: FollowHarness) -> None:
    harness.order_lookup.orders = {"ORDER-1": "PACKING", "ORDER-2": "PACKING"}
    stranger = Requester(1666, 1666)
    for _ in range(100):
        assert await harness.says("ORDER-1", stranger) is FollowOutcome.FOLLOWING
        await harness.follow_service.stop_all(stranger.chat_id)
    assert await harness.says("ORDER-1") is await harness.says("ORDER-2") is FollowOutcome.FOLLOWING


async def test_a_number_whose_turn_has_not_come_is_answered_when_it_has(slow_harness: FollowHarness) -> None:
    slow_harness.order_lookup.orders["ORDER-1"] = "PACKING"
    found, missing = [await slow_harness.follow_service.follow(ANA, number) for number in ("ORDER-1", "WRONG-1")]
    assert found.outcome is missing.outcome is FollowOutcome.LOOKING_UP
    assert found.later is not None and missing.later is not None
    slow_harness.order_lookup.open.set()
    assert (await missing.later).outcome is FollowOutcome.AWAITING
    await found.later
    assert [order.order_id for _, order in slow_harness.follow_service.followed(ANA.chat_id)] == ["ORDER-1"]
    assert [one.number for one in slow_harness.follow_service.awaited(ANA.chat_id)] == ["WRONG-1"]


async def test_who_waits_for_a_number_is_not_held_up_as_long_by_the_next(
    harness: FollowHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_service, "ANSWER_WAIT", 60.0)
    monkeypatch.setattr(follow_service, "MORE_WAIT", 0.01)
    harness.order_lookup.open.clear()
    first = asyncio.create_task(harness.says("WRONG-0"))
    try:
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            assert await harness.says("WRONG-1") is FollowOutcome.LOOKING_UP
    finally:
        harness.order_lookup.open.set()
    assert await first is FollowOutcome.AWAITING


async def test_an_order_that_is_found_late_is_shown_once(slow_harness: FollowHarness) -> None:
    slow_harness.order_lookup.orders["ORDER-1"] = "PACKING"
    result = await slow_harness.follow_service.follow(ANA, "ORDER-1")
    slow_harness.order_lookup.open.set()
    assert result.later is not None
    await result.later
    rows = slow_harness.database.reader.execute("SELECT kind FROM outbox WHERE state = 'open'").fetchall()
    assert [row["kind"] for row in rows] == ["card"]


async def test_a_number_beyond_those_that_may_be_awaited_is_looked_up_to_the_end(slow_harness: FollowHarness) -> None:
    slow_harness.order_lookup.open.set()
    for number in range(MOST_AWAITED):
        await slow_harness.says(f"LATER-{number}")
    slow_harness.order_lookup.open.clear()
    slow_harness.order_lookup.orders["ORDER-1"] = "PACKING"
    result = await slow_harness.follow_service.follow(ANA, "ORDER-1")
    assert result.outcome is FollowOutcome.LOOKING_UP and result.later is not None
    slow_harness.order_lookup.open.set()
    await result.later
    assert [order.order_id for _, order in slow_harness.follow_service.followed(ANA.chat_id)] == ["ORDER-1"]


async def test_a_number_beyond_those_that_may_be_awaited_is_not_kept_when_it_is_not_found(
    slow_harness: FollowHarness,
) -> None:
    results = [await slow_harness.follow_service.follow(ANA, f"WRONG-{number}") for number in range(MOST_AWAITED + 1)]
    assert len(slow_harness.follow_service.awaited(ANA.chat_id)) == MOST_AWAITED + 1  # a restart loses none of them
    slow_harness.order_lookup.open.set()
    outcomes = [(await result.later).outcome for result in results if result.later is not None]
    assert sorted(outcomes) == ["awaiting"] * MOST_AWAITED + ["too-many-awaited"]
    assert len(slow_harness.follow_service.awaited(ANA.chat_id)) == MOST_AWAITED


@pytest.mark.parametrize("ending", ["stop all", "forget"])
async def test_who_stops_everything_while_many_numbers_are_looked_up_follows_none_of_them(
    slow_harness: FollowHarness, ending: str
) -> None:
    slow_harness.order_lookup.orders = {f"ORDER-{number}": "PACKING" for number in range(MOST_AWAITED + 2)}
    results = [await slow_harness.follow_service.follow(ANA, number) for number in slow_harness.order_lookup.orders]
    if ending == "forget":
        await slow_harness.follow_service.forget(ANA.chat_id)
        await slow_harness.follow_service.touch(ANA)  # writes again: the chat is known once more
    else:
        await slow_harness.follow_service.stop_all(ANA.chat_id)
    slow_harness.order_lookup.open.set()
    for result in results:
        assert result.later is not None
        assert (await result.later).outcome is FollowOutcome.STOPPED
    assert slow_harness.follow_service.followed(ANA.chat_id) == []


async def test_what_is_looked_up_when_the_service_ends_is_awaited(slow_harness: FollowHarness) -> None:
    result = await slow_harness.follow_service.follow(ANA, "ORDER-1")
    await slow_harness.follow_service.close()
    assert result.later is not None and result.later.cancelled()
    assert [one.number for one in slow_harness.follow_service.awaited(ANA.chat_id)] == ["ORDER-1"]


async def test_trouble_that_comes_late_is_said_late(slow_harness: FollowHarness) -> None:
    result = await slow_harness.follow_service.follow(ANA, "ORDER-1")
    slow_harness.order_lookup.failing = UnreachableError("no answer")
    slow_harness.order_lookup.open.set()
    assert result.later is not None
    assert (await result.later).outcome is FollowOutcome.API_ERROR
    assert [one.number for one in slow_harness.follow_service.awaited(ANA.chat_id)] == ["ORDER-1"]


@pytest.mark.parametrize("found", [True, False])
async def test_who_stops_or_forgets_while_a_number_is_looked_up_hears_nothing_of_it(
    slow_harness: FollowHarness, found: bool
) -> None:
    slow_harness.order_lookup.orders = {"ORDER-1": "PACKING", "ORDER-2": "PACKING"} if found else {}
    other = Requester(1002, 1002)
    results = [
        await slow_harness.follow_service.follow(ANA, "ORDER-1"),
        await slow_harness.follow_service.follow(other, "ORDER-2"),
    ]
    await slow_harness.follow_service.stop_awaiting(ANA.chat_id, "ORDER-1")
    await slow_harness.follow_service.forget(other.chat_id)
    slow_harness.order_lookup.open.set()
    for result in results:
        assert result.later is not None
        assert (await result.later).outcome is FollowOutcome.STOPPED
    assert slow_harness.follow_service.followed(ANA.chat_id) == []
    assert slow_harness.follow_service.awaited(ANA.chat_id) == []
    assert slow_harness.follow_service.chat(other.chat_id) is None


async def test_a_person_has_ten_numbers_looked_up_at_once_and_no_other_person_is_kept(
    slow_harness: FollowHarness,
) -> None:
    for number in range(MAX_LOOKUPS):
        assert (
            await slow_harness.says(f"WRONG-{number}", Requester(-5000 - number, ANA.person, "group"))
            is FollowOutcome.LOOKING_UP
        )
    assert await slow_harness.says("WRONG-99") is FollowOutcome.TOO_MANY_LOOKUPS
    assert await slow_harness.says("WRONG-99", Requester(1002, 1002)) is FollowOutcome.LOOKING_UP
    slow_harness.order_lookup.open.set()
    await asyncio.sleep(0.1)
    slow_harness.clock.advance(NOT_FOUND_WINDOW)
    result = await slow_harness.follow_service.follow(ANA, "WRONG-99")
    assert (await result.later if result.later is not None else result).outcome is FollowOutcome.AWAITING


# ── what is no order ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("other", ["4111111111111111", "4111 1111 1111 1111", "3" * 44, "123.456.789-09"])
async def test_what_is_plainly_no_order_is_neither_asked_for_nor_kept_whoever_calls(
    harness: FollowHarness, other: str
) -> None:
    for requester in (ANA, STAFF):
        result = await harness.follow_service.follow(requester, other)
        assert (result.outcome, result.number) == (FollowOutcome.NO_ORDER, "")
        assert harness.follow_service.find_in_chat(requester.chat_id, other) == (None, None)
        assert harness.follow_service.awaited(requester.chat_id) == []
    assert harness.order_lookup.asked == []


# ── how much a chat may follow ───────────────────────────────────────────────


async def test_finished_orders_do_not_count_among_the_twenty(harness: FollowHarness) -> None:
    numbers = [f"ORDER-{number}" for number in range(MAX_FOLLOWED + 5)]
    ends = ("DELIVERED", "RETURNED", "CANCELED", "IDLE", "DELIVERED")
    states = [*ends, *["PACKING"] * MAX_FOLLOWED]
    harness.order_lookup.orders = dict(zip(numbers, states, strict=True))
    for number in numbers:
        assert await harness.says(number) is FollowOutcome.FOLLOWING, number


async def test_a_chat_follows_twenty_orders_at_most(harness: FollowHarness) -> None:
    numbers = [f"ORDER-{number}" for number in range(MAX_FOLLOWED + 1)]
    harness.order_lookup.orders = dict.fromkeys(numbers, "PACKING")
    for number in numbers[:-1]:
        assert await harness.says(number) is FollowOutcome.FOLLOWING
    asked = len(harness.order_lookup.asked)
    assert await harness.says(numbers[-1]) is FollowOutcome.TOO_MANY_FOLLOWED
    assert len(harness.order_lookup.asked) == asked
    assert await harness.says(numbers[0]) is FollowOutcome.FOLLOWING
    assert await harness.says(numbers[-1], Requester(1002, 1002)) is FollowOutcome.FOLLOWING
    first, _order = harness.follow_service.followed(ANA.chat_id)[0]
    await harness.follow_service.stop(ANA.chat_id, first.id)
    assert await harness.says(numbers[-1]) is FollowOutcome.FOLLOWING


async def test_orders_that_have_ended_take_no_place(harness: FollowHarness) -> None:
    numbers = [f"ORDER-{number}" for number in range(MAX_FOLLOWED + 1)]
    harness.order_lookup.orders = dict.fromkeys(numbers, "DELIVERED")
    for number in numbers:
        assert await harness.says(number) is FollowOutcome.FOLLOWING


async def test_a_chat_awaits_three_numbers_at_most(harness: FollowHarness) -> None:
    for number in range(MOST_AWAITED):
        assert await harness.says(f"LATER-{number}") is FollowOutcome.AWAITING
    assert await harness.says("LATER-9") is FollowOutcome.TOO_MANY_AWAITED
    assert await harness.says("LATER-0") is FollowOutcome.AWAITING_ALREADY
    assert await harness.follow_service.stop_awaiting(ANA.chat_id, "LATER-0")
    harness.clock.advance(NOT_FOUND_WINDOW)
    assert await harness.says("LATER-9") is FollowOutcome.AWAITING


async def test_a_number_that_is_found_is_awaited_no_more(harness: FollowHarness) -> None:
    await harness.says("LATER-0")
    harness.order_lookup.orders["LATER-0"] = "PACKING"
    assert await harness.says("LATER-0") is FollowOutcome.FOLLOWING
    assert harness.follow_service.awaited(ANA.chat_id) == []
    assert [order.order_id for _, order in harness.follow_service.followed(ANA.chat_id)] == ["LATER-0"]


# ── the link policy ──────────────────────────────────────────────────────────


async def test_where_a_link_is_needed_a_number_follows_nothing_known_or_not(database: Database) -> None:
    harness = FollowHarness(database, needs_link=True)
    harness.order_lookup.orders["ORDER-1"] = "PACKING"
    assert await harness.says("ORDER-1", Requester(1002, 1002), verified=True) is FollowOutcome.FOLLOWING
    asked = len(harness.order_lookup.asked)
    for number in ("ORDER-1", "WRONG-1"):
        assert await harness.says(number) is FollowOutcome.LINK_NEEDED
    assert len(harness.order_lookup.asked) == asked
    assert harness.follow_service.followed(ANA.chat_id) == []


async def test_who_came_by_a_link_may_send_the_number_from_then_on(database: Database) -> None:
    harness = FollowHarness(database, needs_link=True)
    harness.order_lookup.orders["ORDER-1"] = "PACKING"
    await harness.says("ORDER-1", verified=True)
    assert await harness.says("ORDER-1") is FollowOutcome.FOLLOWING
    assert [one.verified for one, _ in harness.follow_service.followed(ANA.chat_id)] == [True]


async def test_staff_need_no_link(database: Database) -> None:
    harness = FollowHarness(database, needs_link=True)
    harness.order_lookup.orders["ORDER-1"] = "PACKING"
    assert await harness.says("ORDER-1", STAFF) is FollowOutcome.FOLLOWING


async def test_a_link_means_its_own_id_and_no_other_spelling(harness: FollowHarness) -> None:
    harness.order_lookup.orders["ORDER-1-01"] = "PACKING"
    assert await harness.says("ORDER-1", verified=True) is FollowOutcome.AWAITING
    assert harness.order_lookup.asked == ["ORDER-1"]


# ── whose it is ──────────────────────────────────────────────────────────────


async def test_what_another_chat_follows_can_be_neither_stopped_nor_looked_at(harness: FollowHarness) -> None:
    harness.order_lookup.orders["ORDER-1"] = "PACKING"
    await harness.says("ORDER-1")
    [(subscription, _order)] = harness.follow_service.followed(ANA.chat_id)
    other = Requester(1002, 1002)
    assert await harness.follow_service.stop(other.chat_id, subscription.id) is None
    assert not await harness.follow_service.show_card(other, subscription.id)
    assert harness.follow_service.followed(ANA.chat_id) == [(subscription, _order)]


async def test_forgetting_one_chat_leaves_the_others_as_they_are(harness: FollowHarness) -> None:
    harness.order_lookup.orders["ORDER-1"] = "PACKING"
    other = Requester(1002, 1002)
    for requester in (ANA, other):
        await harness.says("ORDER-1", requester)
        await harness.says("LATER-1", requester)
    await harness.follow_service.forget(ANA.chat_id)
    assert await harness.follow_service.export(ANA.chat_id) is None
    assert harness.follow_service.chat(ANA.chat_id) is None
    assert await harness.follow_service.stop_all(other.chat_id) == 2


async def test_who_comes_back_is_shown_an_order_once_though_a_message_was_on_the_wire_at_the_pause(
    harness: FollowHarness,
) -> None:
    harness.order_lookup.orders["ORDER-1"] = "PACKING"
    await harness.says("ORDER-1")
    [(number, chat)] = outbox.due(
        harness.database.reader, harness.clock.now(), priority=Priority.ANSWER, without=[], limit=9
    )
    claimed = await harness.database.write(
        partial(claim, notice_id=number, chat_id=chat, context=decision_context(harness.clock.now()))
    )
    assert claimed is not None
    await harness.follow_service.pause(ANA.chat_id, "blocked")
    await harness.database.write(
        partial(delivery_results.mark_not_sent, claimed=claimed, context=decision_context(harness.clock.now()))
    )
    await harness.follow_service.touch(ANA)
    [waiting] = outbox.open_notices(harness.database.reader, ANA.chat_id, claimed.notice.order or OrderPk(0))
    assert (waiting.state, waiting.is_reply) == (NoticeState.OPEN, True)
