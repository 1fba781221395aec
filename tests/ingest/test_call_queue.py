"""Whose turn it is to call the API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.ingest.call_queue import (
    MAX_CALLS,
    MAX_CALLS_PER_PERSON,
    MAX_CALLS_PER_REASON,
    SLOWDOWN_SECONDS,
    Caller,
    CallQueue,
    CallReason,
    CallSpacing,
)
from tests.fakes import ManualClock

ANA, BEN, EVA = 1, 2, 3
TURNS_OF_THE_LOOP = 300  # more than all that waits takes: the rate is no wait here


async def at_rest() -> None:
    """Whoever can begin has begun."""
    for _ in range(TURNS_OF_THE_LOOP):
        await asyncio.sleep(0)


class QueueHarness:
    """A queue whose calls stay under way until they are ended; `begun` are the orders asked for, in turn."""

    def __init__(self) -> None:
        self.queue = CallQueue(ManualClock(), rate=float("inf"))
        self.begun: list[str] = []
        self.calls: dict[str, asyncio.Task[None]] = {}
        self._ends: dict[str, asyncio.Event] = {}

    def ask(
        self, order_id: str, reason: CallReason = CallReason.PERSON, person: int = 0, *, first: bool = False
    ) -> None:
        self._ends[order_id] = asyncio.Event()
        self.calls[order_id] = asyncio.create_task(self._call(order_id, Caller(reason, person, first)))

    async def end(self, *order_ids: str) -> None:
        """End these calls, and let those begin whose turn it is."""
        for order_id in order_ids:
            self._ends[order_id].set()
        await at_rest()

    async def fill(self) -> None:
        """Take all places."""
        self.begun.clear()
        for number in range(MAX_CALLS_PER_REASON):
            self.ask(f"filling-{number}", CallReason.PERSON, 100 + number)
        for number in range(MAX_CALLS_PER_REASON, MAX_CALLS):
            self.ask(f"filling-{number}", CallReason.URGENT)
        await at_rest()
        assert len(self.begun) == MAX_CALLS
        self.begun.clear()

    async def one_after_the_other(self) -> list[str]:
        """Return the calls that wait, in the order in which they get a turn."""
        seen = 0
        await self.end(*(f"filling-{number}" for number in range(MAX_CALLS)))
        while seen < len(self.begun):
            ended, seen = self.begun[seen:], len(self.begun)
            await self.end(*ended)
        return self.begun

    async def _call(self, order_id: str, caller: Caller) -> None:
        async with self.queue.turn(order_id, caller):
            self.begun.append(order_id)
            await self._ends[order_id].wait()


@pytest.fixture
async def harness() -> AsyncIterator[QueueHarness]:
    harness = QueueHarness()
    yield harness
    for call in harness.calls.values():
        call.cancel()
    await asyncio.gather(*harness.calls.values(), return_exceptions=True)


def test_no_second_holds_more_calls_than_the_rate() -> None:
    pace = CallSpacing(rate=20.0)
    assert [round(pace.wait(0.0), 2) for _ in range(4)] == [0.0, 0.05, 0.1, 0.15]
    pace.slow_down(0.0)
    assert round(pace.wait(10.0), 2) == 0.0
    assert round(pace.wait(10.0), 2) == 0.1


@pytest.mark.parametrize(
    ("blamed", "spacing"),
    [
        pytest.param([ANA] * 100, 0.05, id="one person's numbers, however many"),
        pytest.param([ANA, BEN] * 100, 0.05, id="two people's"),
        pytest.param([ANA, BEN, EVA], 0.1, id="three people's: it is no number's own trouble"),
        pytest.param([ANA, None], 0.1, id="an order that was answered before"),
    ],
)
def test_whose_429s_slow_everybody_down(blamed: list[int | None], spacing: float) -> None:
    pace = CallSpacing(rate=20.0)
    for person in blamed:
        pace.slow_down(0.0, blame=person)
    pace.wait(10.0)
    assert round(pace.wait(10.0), 2) == spacing


def test_429s_of_three_people_in_different_minutes_slow_nobody_down() -> None:
    pace = CallSpacing(rate=20.0)
    for number, person in enumerate((ANA, BEN, EVA)):
        pace.slow_down(number * SLOWDOWN_SECONDS, blame=person)
    pace.wait(2 * SLOWDOWN_SECONDS)
    assert round(pace.wait(2 * SLOWDOWN_SECONDS), 2) == 0.05


async def test_ones_second_number_waits_behind_everybodys_first(harness: QueueHarness) -> None:
    await harness.fill()
    for number in range(3):
        harness.ask(f"ana-{number}", person=ANA)
    harness.ask("ben-0", person=BEN)
    harness.ask("eva-0", person=EVA)
    await at_rest()
    assert await harness.one_after_the_other() == ["ana-0", "ben-0", "eva-0", "ana-1", "ana-2"]


async def test_numbers_of_one_person_that_hang_leave_places_to_the_others(harness: QueueHarness) -> None:
    for number in range(2 * MAX_CALLS):
        harness.ask(f"hanging-{number}", person=ANA)
    await at_rest()
    assert len(harness.begun) == MAX_CALLS_PER_PERSON
    harness.ask("ben-0", person=BEN)
    harness.ask("ana-known", person=ANA, first=True)
    await at_rest()
    assert set(harness.begun[MAX_CALLS_PER_PERSON:]) == {"ben-0", "ana-known"}
    await harness.end("hanging-0")
    assert harness.begun[-1] == "hanging-2"


async def test_whoever_has_nothing_under_way_goes_before_the_second_numbers_of_many(harness: QueueHarness) -> None:
    for person in range(8):
        for number in range(10):
            harness.ask(f"many-{person}-{number}", person=200 + person)
    await at_rest()
    harness.ask("ana-0", person=ANA)
    harness.ask("ben-link", person=BEN, first=True)
    await at_rest()
    before = len(harness.begun)
    await harness.end(harness.begun[0])
    assert harness.begun[before:] == ["ben-link"]
    await harness.end(*harness.begun[1:before])
    assert "ana-0" in harness.begun
    assert not [one for one in harness.begun if one.endswith("-3")]


async def test_what_a_person_follows_does_not_wait_behind_their_other_numbers(harness: QueueHarness) -> None:
    await harness.fill()
    for number in range(3):
        harness.ask(f"ana-{number}", person=ANA)
    harness.ask("ben-0", person=BEN)
    for number in range(2):
        harness.ask(f"known-{number}", person=ANA, first=True)
    await at_rest()
    begun = await harness.one_after_the_other()
    assert begun == ["known-0", "ben-0", "known-1", "ana-0", "ana-1", "ana-2"]


async def test_a_number_that_two_people_ask_for_is_asked_for_at_the_earlier_ones_turn(harness: QueueHarness) -> None:
    await harness.fill()
    for number in range(5):
        harness.ask(f"ana-{number}", person=ANA)
    await at_rest()
    harness.queue.expedite("ana-4", Caller(CallReason.PERSON, BEN))
    harness.queue.expedite("ana-0", Caller(CallReason.PERSON, EVA))  # no sooner than it is
    assert (await harness.one_after_the_other())[:3] == ["ana-0", "ana-4", "ana-1"]


async def test_the_round_keeps_a_quarter_and_what_is_urgent_and_people_share_the_rest(harness: QueueHarness) -> None:
    await harness.fill()
    for number in range(8):
        harness.ask(f"person-{number}", CallReason.PERSON, number)
        harness.ask(f"urgent-{number}", CallReason.URGENT)
        harness.ask(f"round-{number}", CallReason.ROUTINE)
    await at_rest()
    first_eight = [order_id.partition("-")[0] for order_id in (await harness.one_after_the_other())[:8]]
    assert first_eight.count("round") == 2
    assert first_eight.count("urgent") == first_eight.count("person") == 3


@pytest.mark.parametrize("reason", list(CallReason))
async def test_no_reason_takes_all_the_places_however_slowly_the_api_answers(
    harness: QueueHarness, reason: CallReason
) -> None:
    for number in range(3 * MAX_CALLS):
        harness.ask(f"hanging-{number}", reason, number)
    await at_rest()
    assert len(harness.begun) == MAX_CALLS_PER_REASON
    for other in CallReason:
        if other is not reason:
            harness.ask(other.name, other)
    await at_rest()
    assert {other.name for other in CallReason if other is not reason} < set(harness.begun)


async def test_an_order_of_the_round_that_a_person_asks_for_is_asked_for_at_the_persons_turn(
    harness: QueueHarness,
) -> None:
    await harness.fill()
    for number in range(6):
        harness.ask(f"round-{number}", CallReason.ROUTINE)
    await at_rest()
    harness.queue.expedite("round-5", Caller(CallReason.PERSON, ANA))
    harness.queue.expedite("nobody-waits-for-this", Caller(CallReason.PERSON, ANA))
    begun = await harness.one_after_the_other()
    assert begun.index("round-5") <= 1
    assert sorted(begun) == [f"round-{number}" for number in range(6)]


async def test_a_call_whose_turn_has_just_come_is_not_expedited_any_more(harness: QueueHarness) -> None:
    """Else its place would be given back for another reason than it was taken for."""
    spaced = harness.queue._spacing.wait

    def expedited_at_once(now: float) -> float:
        harness.queue.expedite("round-0", Caller(CallReason.PERSON, ANA))
        return spaced(now)

    harness.ask("round-0", CallReason.ROUTINE)
    harness.ask("round-1", CallReason.ROUTINE)
    await asyncio.sleep(0)
    harness.queue._spacing.wait = expedited_at_once  # type: ignore[method-assign] # between the turn and its start
    await at_rest()
    await harness.end("round-0", "round-1")
    assert harness.queue._under_way.total() == 0
    assert set(harness.queue._under_way.values()) <= {0}


async def test_who_no_longer_waits_takes_no_place(harness: QueueHarness) -> None:
    await harness.fill()
    harness.ask("gone", person=ANA)
    harness.ask("here", person=BEN)
    await at_rest()
    harness.calls["gone"].cancel()
    assert await harness.one_after_the_other() == ["here"]
    await harness.end("here")
    await harness.fill()  # every place has come back


async def test_who_is_given_a_place_and_is_gone_in_the_same_moment_gives_it_back(harness: QueueHarness) -> None:
    for number in range(50):
        harness.ask(f"brief-{number}", person=number)
        for _ in range(number % 5):
            await asyncio.sleep(0)
        harness.calls[f"brief-{number}"].cancel()
        with suppress(asyncio.CancelledError):
            await harness.calls[f"brief-{number}"]
    await harness.fill()
