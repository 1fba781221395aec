"""What becomes of a wish to follow: the limits, the link policy, and what is asked of the API meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.news.intake import Intake
from bot.people.following import Asker, Following, Said
from bot.people.limits import LOOK_UPS, MISSES, MISSES_WITHIN, MOST_AWAITED, MOST_FOLLOWED
from bot.pickpack.errors import Unreachable
from bot.sending import marking
from bot.store import outbox
from bot.store.database import Database
from bot.tracking.model import Lane
from bot.tracking.notifying import Policy
from bot.tracking.timing import Silence
from tests.builders import open_database
from tests.fakes import ManualClock
from tests.telegram.bot_harness import FakeAsking

ANA, STAFF = Asker(1001, 1001), Asker(4242, 4242)


class Place:
    """Following on a real database; the API is a dict."""

    def __init__(self, database: Database, *, needs_link: bool = False, prefixes: tuple[str, ...] = ()) -> None:
        self.database, self.clock = database, ManualClock()
        intake = Intake(
            database, self.clock, silence=Silence(), policy=lambda: Policy(0.0), woke=_nothing, chance=lambda: 0.0
        )
        self.asking = FakeAsking(intake, self.clock)
        self.following = Following(
            database,
            self.clock,
            self.asking,
            moment=intake.moment,
            woke=_nothing,
            prefixes=prefixes,
            needs_link=needs_link,
            trusted=frozenset({STAFF.person}),
        )

    async def says(self, number: str, asker: Asker = ANA, *, verified: bool = False) -> Said:
        return (await self.following.follow(asker, number, verified=verified)).said

    async def miss(self, times: int, asker: Asker = ANA, start: int = 0) -> None:
        """Wrong numbers, from one chat after the other, so that only the person is the same."""
        for number in range(start, start + times):
            elsewhere = Asker(-5000 - number, asker.person, "group")
            assert await self.says(f"WRONG-{number}", elsewhere) is Said.AWAITING


def _nothing() -> None: ...


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    await asyncio.to_thread(opened.close)


@pytest.fixture
def place(database: Database) -> Place:
    return Place(database)


# ── guessing ─────────────────────────────────────────────────────────────────


async def test_after_five_misses_nothing_is_asked_until_the_first_is_ten_minutes_old(place: Place) -> None:
    place.asking.orders["RIGHT-1"] = "PACKING"
    await place.miss(MISSES)
    asked = len(place.asking.asked)
    place.clock.advance(100)
    wish = await place.following.follow(ANA, "RIGHT-1")
    assert (wish.said, wish.wait) == (Said.TOO_MANY_MISSES, MISSES_WITHIN - 100)
    assert len(place.asking.asked) == asked
    place.clock.advance(MISSES_WITHIN - 100)
    assert await place.says("RIGHT-1") is Said.FOLLOWING


async def test_who_guesses_too_often_does_not_learn_which_orders_others_follow(place: Place) -> None:
    place.asking.orders["RIGHT-1"] = "PACKING"
    await place.says("RIGHT-1", Asker(1002, 1002))
    await place.miss(MISSES)
    assert await place.says("RIGHT-1") is await place.says("WRONG-99") is Said.TOO_MANY_MISSES


async def test_who_guesses_too_often_still_sees_what_they_follow_and_what_a_link_opens(place: Place) -> None:
    place.asking.orders |= {"MINE-1": "PACKING", "LINK-1": "PACKING"}
    await place.says("MINE-1")
    await place.miss(MISSES)
    assert await place.says("MINE-1") is Said.FOLLOWING
    assert await place.says("LINK-1", verified=True) is Said.FOLLOWING


async def test_one_persons_misses_are_not_anothers(place: Place) -> None:
    await place.miss(MISSES)
    assert await place.says("WRONG-99", Asker(1002, 1002)) is Said.AWAITING


async def test_one_message_is_one_miss_however_many_ids_it_may_mean(database: Database) -> None:
    place = Place(database, prefixes=("shop-",))
    await place.miss(MISSES - 1)
    assert len(place.asking.asked) > MISSES
    assert await place.says("RIGHT-1") is Said.AWAITING
    assert await place.says("RIGHT-2") is Said.TOO_MANY_MISSES


async def test_a_silent_api_is_no_miss(place: Place) -> None:
    place.asking.failing = Unreachable("no answer")
    for number in range(MISSES + 1):
        assert await place.says(f"WRONG-{number}", Asker(-5000 - number, 1001, "group")) is Said.TROUBLE
    place.asking.failing = None
    assert await place.says("WRONG-99") is Said.AWAITING


async def test_staff_may_guess(place: Place) -> None:
    await place.miss(MISSES + 2, STAFF)


async def test_the_whole_bot_looks_up_sixty_numbers_a_minute(place: Place) -> None:
    for person in range(LOOK_UPS):
        assert await place.says("WRONG-1", Asker(2000 + person, 2000 + person)) is Said.AWAITING
    asked = len(place.asking.asked)
    assert await place.says("WRONG-1") is Said.BUSY
    assert len(place.asking.asked) == asked
    place.clock.advance(60)
    assert await place.says("WRONG-1") is Said.AWAITING


# ── how much a chat may follow ───────────────────────────────────────────────


async def test_a_chat_follows_twenty_orders_at_most(place: Place) -> None:
    numbers = [f"ORDER-{number}" for number in range(MOST_FOLLOWED + 1)]
    place.asking.orders = dict.fromkeys(numbers, "PACKING")
    for number in numbers[:-1]:
        assert await place.says(number) is Said.FOLLOWING
    asked = len(place.asking.asked)
    assert await place.says(numbers[-1]) is Said.TOO_MANY_FOLLOWED
    assert len(place.asking.asked) == asked
    assert await place.says(numbers[0]) is Said.FOLLOWING
    assert await place.says(numbers[-1], Asker(1002, 1002)) is Said.FOLLOWING
    first, _order = place.following.followed(ANA.chat_id)[0]
    await place.following.stop(ANA.chat_id, first.id)
    assert await place.says(numbers[-1]) is Said.FOLLOWING


async def test_a_chat_awaits_three_numbers_at_most(place: Place) -> None:
    for number in range(MOST_AWAITED):
        assert await place.says(f"LATER-{number}") is Said.AWAITING
    assert await place.says("LATER-9") is Said.TOO_MANY_AWAITED
    assert await place.says("LATER-0") is Said.AWAITING_ALREADY
    assert await place.following.stop_awaiting(ANA.chat_id, "LATER-0")
    place.clock.advance(MISSES_WITHIN)
    assert await place.says("LATER-9") is Said.AWAITING


async def test_a_number_that_is_found_is_awaited_no_more(place: Place) -> None:
    await place.says("LATER-0")
    place.asking.orders["LATER-0"] = "PACKING"
    assert await place.says("LATER-0") is Said.FOLLOWING
    assert place.following.awaited(ANA.chat_id) == []
    assert [order.order_id for _, order in place.following.followed(ANA.chat_id)] == ["LATER-0"]


# ── the link policy ──────────────────────────────────────────────────────────


async def test_where_a_link_is_needed_a_number_follows_nothing_known_or_not(database: Database) -> None:
    place = Place(database, needs_link=True)
    place.asking.orders["ORDER-1"] = "PACKING"
    assert await place.says("ORDER-1", Asker(1002, 1002), verified=True) is Said.FOLLOWING
    asked = len(place.asking.asked)
    for number in ("ORDER-1", "WRONG-1"):
        assert await place.says(number) is Said.LINK_NEEDED
    assert len(place.asking.asked) == asked
    assert place.following.followed(ANA.chat_id) == []


async def test_who_came_by_a_link_may_send_the_number_from_then_on(database: Database) -> None:
    place = Place(database, needs_link=True)
    place.asking.orders["ORDER-1"] = "PACKING"
    await place.says("ORDER-1", verified=True)
    assert await place.says("ORDER-1") is Said.FOLLOWING
    assert [one.verified for one, _ in place.following.followed(ANA.chat_id)] == [True]


async def test_staff_need_no_link(database: Database) -> None:
    place = Place(database, needs_link=True)
    place.asking.orders["ORDER-1"] = "PACKING"
    assert await place.says("ORDER-1", STAFF) is Said.FOLLOWING


async def test_a_link_means_its_own_id_and_no_other_spelling(place: Place) -> None:
    place.asking.orders["ORDER-1-01"] = "PACKING"
    assert await place.says("ORDER-1", verified=True) is Said.AWAITING
    assert place.asking.asked == ["ORDER-1"]


# ── whose it is ──────────────────────────────────────────────────────────────


async def test_what_another_chat_follows_can_be_neither_stopped_nor_looked_at(place: Place) -> None:
    place.asking.orders["ORDER-1"] = "PACKING"
    await place.says("ORDER-1")
    [(subscription, _order)] = place.following.followed(ANA.chat_id)
    other = Asker(1002, 1002)
    assert await place.following.stop(other.chat_id, subscription.id) is None
    assert await place.following.look_again(other.chat_id, subscription.id) is None
    assert not await place.following.show_card(other, subscription.id)
    assert place.following.followed(ANA.chat_id) == [(subscription, _order)]


async def test_forgetting_one_chat_leaves_the_others_as_they_are(place: Place) -> None:
    place.asking.orders["ORDER-1"] = "PACKING"
    other = Asker(1002, 1002)
    for asker in (ANA, other):
        await place.says("ORDER-1", asker)
        await place.says("LATER-1", asker)
    await place.following.forget(ANA.chat_id)
    assert await place.following.export(ANA.chat_id) is None
    assert place.following.chat(ANA.chat_id) is None
    assert await place.following.stop_all(other.chat_id) == 2


async def test_who_comes_back_is_shown_an_order_once_though_a_message_was_on_the_wire_at_the_pause(
    place: Place,
) -> None:
    place.asking.orders["ORDER-1"] = "PACKING"
    await place.says("ORDER-1")
    [(number, _chat)] = outbox.due(place.database.reader, place.clock.now(), lane=Lane.ANSWER, without=[], limit=9)
    load = await place.database.write(partial(marking.claim, number=number, now=place.clock.now()))
    assert load is not None
    await place.following.pause(ANA.chat_id, "blocked")
    await place.database.write(
        partial(marking.mark_not_sent, load=load, now=place.clock.now(), compare=lambda *_: None)
    )
    await place.following.touch(ANA)
    [waiting] = outbox.open_notices(place.database.reader, ANA.chat_id, load.notice.order or 0)
    assert (waiting.id != number, waiting.status) == (True, "PACKING")
