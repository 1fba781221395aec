"""The poller: who is asked for first, and what a failure of the API costs."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from bot.ingest.api_judgement import NOBODYS_ORDER
from bot.ingest.call_queue import MAX_CALLS
from bot.ingest.poller import FIRST_ANSWERS, Poller
from bot.ingest.recorder import EventRecorder
from bot.pickpack.errors import MalformedResponseError, PickPackError, RateLimitError, UnreachableError
from bot.pickpack.health import DOUBT_SECONDS, OPENS_AFTER, ApiHealth, Breaker
from bot.process.condition import Condition, State
from bot.store import awaited_numbers, chats, orders, outbox
from bot.store.awaited_numbers import AwaitedNumber
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.tracking.events import NotFound, OrderSnapshot
from bot.tracking.timing import AWAITED_FOR, HOUR
from tests.builders import (
    CHAT,
    HOST,
    NOW,
    ORDER_ID,
    contexts,
    following,
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

MANY = 40


class FakeApi:
    """Pick and Pack: each call waits until `open` is set, then answers, or fails while it is `down`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False
        self.empty = False
        self.failing: dict[str, PickPackError] = {}  # by order
        self.open = asyncio.Event()
        self.open.set()

    async def fetch_order(self, order_id: str) -> OrderSnapshot | NotFound:
        self.asked.append(order_id)
        await self.open.wait()
        if self.down:
            raise UnreachableError("no route")
        if self.empty:
            return NotFound(order_id)
        if order_id in self.failing:
            raise self.failing[order_id]
        return snapshot_of("PICKING", order_id=order_id)


class PollerHarness:
    """A poller over a real database; its clock is moved by hand."""

    def __init__(self, database: Database, rate: float) -> None:
        self.database = database
        self.clock = ManualClock(NOW)
        self.api = FakeApi()
        self.breaker = Breaker(lambda: 0.0)
        self.due_event = asyncio.Event()
        self.recorder = EventRecorder(database, contexts(self.clock, breaker=self.breaker), on_due=nothing_due)
        self.condition = Condition("pickpack", self.clock)
        self.poller = Poller(
            self.api,
            database,
            self.recorder,
            self.clock,
            self.breaker,
            condition=self.condition,
            rate=rate,
            due=self.due_event,
            chance=lambda: 0.0,
        )
        self.running = asyncio.create_task(self.poller.run())

    async def due(self, count: int) -> None:
        """Make this many followed orders due."""

        def work(connection: sqlite3.Connection) -> None:
            for number in range(count):
                known = stored(connection, order("PICKING", order_id=f"{number:04}-01", changed_at=NOW))
                following(connection, known)
                orders.schedule(connection, row_of(known), NOW - 1, urgent=False)

        await self.database.write(work)

    async def ask(self, order_id: str, person: int) -> bool:
        """Let a person ask for an order; return whether there was an answer."""
        try:
            await self.poller.look_up(order_id, person=person)
        except PickPackError:
            return False
        return True

    async def opens(self) -> None:
        """Let the breaker open: nobody is answered, whoever asks."""
        self.api.down = True
        for person in range(OPENS_AFTER):
            await self.ask(f"silent-{person}", person)
        assert not self.poller.is_available

    async def sweep(self, after: float = 0.0) -> None:
        """Let time pass, look for what is due, and let all calls end that can."""
        self.clock.advance(after)
        self.due_event.set()
        calls, still = -1, 0
        while still < 3:
            still = still + 1 if calls == len(self.api.asked) else 0
            calls = len(self.api.asked)
            with suppress(StoreError):
                await self.database.write(lambda _connection: None)  # behind what the poller has to write
            await asyncio.sleep(0.002)


@pytest.fixture(params=[float("inf")])
async def harness(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[PollerHarness]:
    database = open_database(tmp_path, busy_seconds=0.01)
    harness = PollerHarness(database, request.param)
    yield harness
    harness.running.cancel()
    await asyncio.gather(harness.running, return_exceptions=True)
    database.close()


@pytest.mark.parametrize("harness", [20.0], indirect=True)
async def test_a_persons_question_does_not_wait_for_the_round(harness: PollerHarness) -> None:
    await harness.due(MANY)
    harness.due_event.set()
    await asyncio.sleep(0.05)
    await harness.poller.look_up("9999-01", person=CHAT)
    assert len(harness.api.asked) < MANY / 2


async def test_what_waits_when_the_breaker_opens_is_not_asked(harness: PollerHarness) -> None:
    await harness.due(MANY)
    harness.api.down = True
    await harness.sweep()
    assert OPENS_AFTER <= len(harness.api.asked) <= OPENS_AFTER + MAX_CALLS


async def test_calls_that_fail_together_are_one_outage(harness: PollerHarness) -> None:
    """They were under way when the breaker opened: its pause is the first, not the longest."""
    await harness.due(MANY)
    harness.api.down = True
    harness.api.open.clear()
    await harness.sweep()
    harness.api.open.set()
    await harness.sweep()
    assert not harness.poller.is_available
    harness.api.down = False
    await harness.sweep(after=11.0)
    assert harness.breaker.health is ApiHealth.OK


async def test_a_failed_trial_makes_the_pause_longer(harness: PollerHarness) -> None:
    await harness.due(MANY)
    harness.api.down = True
    await harness.sweep()
    calls = len(harness.api.asked)
    await harness.sweep(after=11.0)
    await harness.sweep(after=11.0)
    assert len(harness.api.asked) == calls + 1
    await harness.sweep(after=11.0)
    assert len(harness.api.asked) == calls + 2


async def test_an_awaited_number_tries_the_api_where_no_order_is_due(harness: PollerHarness) -> None:
    await harness.opens()
    await harness.database.write(partial(chats.touch, chat_id=CHAT, now=NOW))
    awaited = AwaitedNumber(CHAT, "9999", ("9999-01",))
    await harness.database.write(
        partial(awaited_numbers.add, awaited=awaited, next_ask_at=NOW, ends_at=NOW + 9999, now=NOW)
    )
    harness.api.down = False
    await harness.sweep(after=11.0)
    assert harness.breaker.health is ApiHealth.OK


async def test_a_trial_that_ends_in_a_way_nobody_thought_of_is_not_the_last(
    harness: PollerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_order_id: str) -> OrderSnapshot | NotFound:
        raise LookupError("a case nobody thought of")

    await harness.due(MANY)
    harness.api.down = True
    await harness.sweep()
    with monkeypatch.context() as patched:
        patched.setattr(harness.api, "fetch_order", broken)
        await harness.sweep(after=11.0)
    harness.api.down = False
    await harness.sweep()
    assert harness.breaker.health is ApiHealth.OK


async def test_while_the_store_takes_nothing_the_api_is_not_asked_again_and_again(harness: PollerHarness) -> None:
    await harness.due(1)
    with closing(sqlite3.connect(harness.database.path, isolation_level=None)) as another_program:
        another_program.execute("BEGIN IMMEDIATE")
        for _ in range(10):
            await harness.sweep(after=1.0)
    assert len(harness.api.asked) == 1
    await harness.sweep(after=10.0)
    await harness.sweep(after=10.0)
    assert len(harness.api.asked) == 2


async def test_an_answer_that_can_never_be_stored_makes_its_order_back_off_and_no_other_wait(
    harness: PollerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unstorable(order_id: str) -> OrderSnapshot | NotFound:
        harness.api.asked.append(order_id)
        courier = "\ud800" if order_id == "0000-01" else "Ana"
        return snapshot_of("PICKING", service("ASSIGNED", courier=courier), order_id=order_id)

    monkeypatch.setattr(harness.api, "fetch_order", unstorable)
    await harness.due(2)
    for _ in range(20):
        await harness.sweep(after=1.0)
    assert sorted(harness.api.asked) == ["0000-01", "0001-01"]


# ── what webhooks say together while the API is unusable ─────────────────────


async def hear_chain(harness: PollerHarness) -> None:
    """One webhook is lost, and two that fit together arrive."""

    def work(connection: sqlite3.Connection) -> None:
        known = stored(connection, order("READY_FOR_PICKING", changed_at=NOW))
        following(connection, known, told="READY_FOR_PICKING")

    await harness.database.write(work)
    await harness.recorder.apply_webhook(status_changed("PICKING", "READY_FOR_PACKING"))
    await harness.recorder.apply_webhook(status_changed("READY_FOR_PACKING", "PACKING"))


def status_of(database: Database) -> str | None:
    known = orders.load(database.reader, HOST, ORDER_ID)
    assert known is not None
    return known.status


async def test_while_the_api_is_down_a_chain_of_webhooks_is_told_after_a_minute(harness: PollerHarness) -> None:
    harness.api.down = True
    await hear_chain(harness)
    for _ in range(5):
        await harness.sweep(after=11.9)
    assert status_of(harness.database) == "READY_FOR_PICKING"
    await harness.sweep(after=0.6)
    assert status_of(harness.database) == "PACKING"
    assert outbox.next_due(harness.database.reader) is not None


async def test_a_chain_that_the_last_process_heard_is_told_by_this_one(harness: PollerHarness, tmp_path: Path) -> None:
    await hear_chain(harness)
    harness.running.cancel()
    harness.database.close()
    database = open_database(tmp_path)
    again = PollerHarness(database, float("inf"))
    again.api.down = True
    again.clock.advance(3600)
    try:
        await again.sweep()
        assert status_of(database) == "READY_FOR_PICKING"  # the API may answer now: it goes first
        await again.sweep(after=FIRST_ANSWERS)
        assert status_of(database) == "PACKING"
    finally:
        again.running.cancel()
        await asyncio.gather(again.running, return_exceptions=True)
        database.close()


async def test_where_the_api_answers_its_word_is_taken(harness: PollerHarness) -> None:
    await hear_chain(harness)
    await harness.sweep(after=1)
    await harness.sweep(after=100)
    assert status_of(harness.database) == "PICKING"


# ── numbers that are awaited ─────────────────────────────────────────────────


async def awaits(harness: PollerHarness) -> None:
    await harness.database.write(partial(chats.touch, chat_id=CHAT, now=NOW))
    add = partial(awaited_numbers.add, awaited=AwaitedNumber(CHAT, "9999-01", ("9999-01",)))
    await harness.database.write(partial(add, next_ask_at=NOW + 60, ends_at=NOW + AWAITED_FOR, now=NOW))


def awaited_row(harness: PollerHarness) -> sqlite3.Row:
    row: sqlite3.Row = harness.database.reader.execute("SELECT * FROM awaited").fetchone()
    return row


async def until_asked(harness: PollerHarness) -> float:
    """Go to when the number is due, let it be asked for, and return the seconds until it is due again."""
    await harness.sweep(after=max(0.0, awaited_row(harness)["next_ask_at"] - harness.clock.now()))
    wait: float = awaited_row(harness)["next_ask_at"] - harness.clock.now()
    return wait


async def test_a_number_that_is_not_there_is_asked_for_ever_more_slowly_until_its_time_is_over(
    harness: PollerHarness,
) -> None:
    harness.api.empty = True
    await awaits(harness)
    waits = [await until_asked(harness) for _ in range(8)]
    assert waits == [180.0, 600.0, 1800.0, HOUR, 2 * HOUR, 4 * HOUR, 4 * HOUR, 4 * HOUR]
    look = partial(awaited_numbers.expired, harness.database.reader)
    while not look(harness.clock.now(), 1):
        await until_asked(harness)
    assert harness.clock.now() == NOW + AWAITED_FOR


async def test_an_outage_costs_an_awaited_number_none_of_its_time_and_does_not_slow_it_down(
    harness: PollerHarness,
) -> None:
    harness.api.empty = True
    await awaits(harness)
    await until_asked(harness)
    before = awaited_row(harness)
    harness.api.down = True
    for _ in range(50):
        await harness.sweep(after=AWAITED_FOR / 50)
    during = awaited_row(harness)
    assert (during["asked"], during["ends_at"]) == (before["asked"], before["ends_at"])
    assert during["next_ask_at"] - harness.clock.now() <= 60
    assert awaited_numbers.expired(harness.database.reader, harness.clock.now(), 1) == []
    harness.api.down = False
    await harness.sweep(after=301)  # the breaker's longest pause
    after = awaited_row(harness)
    assert after["asked"] == before["asked"] + 1
    assert after["ends_at"] - harness.clock.now() > AWAITED_FOR - HOUR
    assert awaited_numbers.expired(harness.database.reader, harness.clock.now(), 1) == []


async def test_an_order_that_appears_after_a_long_outage_is_followed(harness: PollerHarness) -> None:
    harness.api.down = True
    await awaits(harness)
    for _ in range(5):
        await harness.sweep(after=AWAITED_FOR)
    await harness.recorder.apply_webhook(status_changed("INVOICED", "ON_ROUTE", "9999-01"))
    [known] = orders.find(harness.database.reader, ["9999-01"])
    assert [one.chat_id for one in chats.followers(harness.database.reader, row_of(known))] == [CHAT]


async def test_an_awaited_answer_that_can_never_be_stored_makes_no_other_wait(
    harness: PollerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unstorable(order_id: str) -> OrderSnapshot | NotFound:
        harness.api.asked.append(order_id)
        return snapshot_of("PICKING", service("ASSIGNED", courier="\ud800"), order_id=order_id)

    await awaits(harness)
    monkeypatch.setattr(harness.api, "fetch_order", unstorable)
    await until_asked(harness)
    monkeypatch.undo()
    await harness.due(1)
    await harness.sweep(after=1)
    assert harness.api.asked == ["9999-01", "0000-01"]


# ── one order's bad answer is that order's ───────────────────────────────────

BAD_ANSWERS = [
    UnreachableError("HTTP 400", answered=True),
    UnreachableError("HTTP 500", answered=True),
    MalformedResponseError("no JSON"),
]


@pytest.mark.parametrize("answer", BAD_ANSWERS, ids=str)
async def test_bad_answers_about_orders_that_were_never_answered_close_the_api_to_nobody(
    harness: PollerHarness, answer: PickPackError
) -> None:
    for number in range(3 * OPENS_AFTER):
        harness.api.failing[f"odd-{number}"] = answer
        assert not await harness.ask(f"odd-{number}", person=number)
    assert harness.poller.is_available
    assert harness.breaker.health is ApiHealth.OK
    assert await harness.ask("9999-01", person=CHAT)


async def test_bad_answers_about_orders_that_were_answered_before_open_the_breaker(harness: PollerHarness) -> None:
    for number in range(OPENS_AFTER):
        assert await harness.ask(f"{number:04}-01", person=CHAT)
        harness.api.failing[f"{number:04}-01"] = UnreachableError("HTTP 502", answered=True)
    for number in range(OPENS_AFTER):
        assert harness.poller.is_available
        assert not await harness.ask(f"{number:04}-01", person=CHAT)
    assert harness.breaker.health is ApiHealth.DOWN


async def test_one_order_that_cannot_be_read_however_often_closes_the_api_to_nobody(harness: PollerHarness) -> None:
    assert await harness.ask("0000-01", person=CHAT)
    harness.api.failing["0000-01"] = MalformedResponseError("cut off")
    for person in range(3 * OPENS_AFTER):
        assert not await harness.ask("0000-01", person=person)
    assert harness.poller.is_available


@pytest.mark.parametrize("answer", BAD_ANSWERS, ids=str)
async def test_one_followed_order_that_the_api_chokes_on_for_hours_closes_the_api_to_nobody(
    harness: PollerHarness, answer: PickPackError
) -> None:
    await harness.due(1)
    await harness.sweep()
    harness.api.failing["0000-01"] = answer
    for _ in range(100):
        await harness.sweep(after=144)
        assert harness.poller.is_available
    assert await harness.ask("9999-01", person=CHAT)


async def test_where_the_only_known_order_gets_no_answer_another_may_be_the_trial(harness: PollerHarness) -> None:
    assert await harness.ask("0000-01", person=CHAT)
    await harness.opens()
    harness.api.down = False
    harness.api.failing["0000-01"] = UnreachableError("no answer in time")
    answered = False
    for _ in range(3):
        await harness.sweep(after=60.0)
        answered = answered or await harness.ask("9999-01", person=CHAT)
    assert answered
    assert harness.poller.is_available


async def test_one_persons_numbers_that_get_no_answer_count_once(harness: PollerHarness) -> None:
    for number in range(3 * OPENS_AFTER):
        harness.api.failing[f"odd-{number}"] = UnreachableError("no answer in time")
        assert not await harness.ask(f"odd-{number}", person=CHAT)
    assert harness.poller.is_available
    for person in range(OPENS_AFTER - 1):
        assert not await harness.ask("odd-0", person=CHAT + 1 + person)
    assert not harness.poller.is_available


async def test_the_numbers_that_one_person_awaits_and_that_get_no_answer_count_once(harness: PollerHarness) -> None:
    await harness.database.write(partial(chats.touch, chat_id=CHAT, now=NOW))
    for number in range(2 * OPENS_AFTER):
        harness.api.failing[f"odd-{number}"] = UnreachableError("no answer in time")
        awaited = AwaitedNumber(CHAT, f"odd-{number}", (f"odd-{number}",))
        await harness.database.write(
            partial(awaited_numbers.add, awaited=awaited, next_ask_at=NOW, ends_at=NOW + 9999, now=NOW)
        )
    await harness.sweep()
    assert len(harness.api.asked) == 2 * OPENS_AFTER
    assert harness.poller.is_available


async def test_an_awaited_number_that_the_api_chokes_on_is_asked_for_ever_more_slowly(harness: PollerHarness) -> None:
    await harness.database.write(partial(chats.touch, chat_id=CHAT, now=NOW))
    harness.api.failing["odd"] = UnreachableError("HTTP 400", answered=True)
    awaited = AwaitedNumber(CHAT, "odd", ("odd",))
    await harness.database.write(
        partial(awaited_numbers.add, awaited=awaited, next_ask_at=NOW, ends_at=NOW + 9999, now=NOW)
    )
    for _ in range(10):
        await harness.sweep(after=61.0)
    assert harness.api.asked.count("odd") <= 3


async def test_the_trial_is_made_with_an_order_that_was_answered_before(harness: PollerHarness) -> None:
    assert await harness.ask("0000-01", person=CHAT)
    await harness.opens()
    harness.api.down = False
    harness.api.failing["odd"] = UnreachableError("HTTP 400", answered=True)
    harness.api.asked.clear()
    harness.clock.advance(11.0)
    assert not await harness.ask("odd", person=CHAT)
    assert harness.api.asked == []
    await harness.sweep()
    assert harness.api.asked == ["0000-01"]
    assert harness.breaker.health is ApiHealth.OK


async def test_an_order_with_troubles_of_its_own_is_not_tried_each_time(harness: PollerHarness) -> None:
    for number in range(2):
        assert await harness.ask(f"{number:04}-01", person=CHAT)
        harness.clock.advance(1.0)
    await harness.opens()
    harness.api.down = False
    harness.api.failing["0000-01"] = UnreachableError("HTTP 500", answered=True)
    for _ in range(2):
        await harness.sweep(after=30.0)
    assert harness.breaker.health is ApiHealth.OK


async def test_where_no_order_was_ever_answered_any_answer_shows_that_the_api_is_there(harness: PollerHarness) -> None:
    await harness.opens()
    harness.api.down = False
    harness.api.failing["odd"] = UnreachableError("HTTP 400", answered=True)
    harness.clock.advance(11.0)
    assert not await harness.ask("odd", person=CHAT)
    assert harness.breaker.health is ApiHealth.OK


# ── whether the API is there, where nothing is due ───────────────────────────


async def test_at_the_start_the_api_is_asked_whether_it_is_there_though_no_order_is_known(
    harness: PollerHarness,
) -> None:
    harness.api.empty = True
    harness.breaker.doubt(0.0)  # as the service begins
    await harness.sweep()
    assert harness.api.asked == [NOBODYS_ORDER]
    assert harness.condition.state is State.OK
    await harness.sweep(after=HOUR)
    assert harness.api.asked == [NOBODYS_ORDER]  # an answer is taken for granted until a call fails
    assert harness.condition.state is State.OK


async def test_one_call_that_gets_no_answer_shows_within_90_seconds_that_the_api_is_down_though_nothing_is_due(
    harness: PollerHarness,
) -> None:
    harness.api.down = True
    await harness.ask("1001-01", person=1)
    seconds = 0.0
    while harness.condition.state is not State.DOWN:
        assert seconds < 90 - OPENS_AFTER * 10  # each call may take ten seconds
        await harness.sweep(after=DOUBT_SECONDS)
        seconds += DOUBT_SECONDS
    assert harness.breaker.health is ApiHealth.DOWN


async def test_while_the_api_is_down_a_trial_is_made_each_minute_though_nothing_is_due_and_its_return_is_noticed(
    harness: PollerHarness,
) -> None:
    await harness.opens()
    for _ in range(8):
        asked = len(harness.api.asked)
        await harness.sweep(after=60.0)
        assert len(harness.api.asked) == asked + 1
    harness.api.down, harness.api.empty = False, True
    await harness.sweep(after=60.0)
    assert harness.condition.state is State.OK


async def test_a_failure_of_one_order_that_others_do_not_share_is_a_doubt_for_a_moment(harness: PollerHarness) -> None:
    harness.api.empty = True
    harness.api.failing["odd"] = UnreachableError("no answer in time")
    harness.breaker.doubt(0.0)
    await harness.sweep()
    harness.api.empty = False
    await harness.ask("odd", person=1)
    assert (harness.condition.state, harness.condition.reason) == (State.DEGRADED, "no answer in time")
    await harness.sweep(after=DOUBT_SECONDS)
    assert (harness.condition.state, harness.condition.reason) == (State.OK, "")


async def test_a_429_leaves_the_api_up_and_asks_no_more_than_before(harness: PollerHarness) -> None:
    harness.api.failing["1001-01"] = RateLimitError("429")
    await harness.ask("1001-01", person=1)
    await harness.sweep(after=DOUBT_SECONDS)
    assert harness.condition.state is not State.DOWN
    assert harness.api.asked == ["1001-01"]
