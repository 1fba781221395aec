"""Whatever happens to webhooks, answers and messages: each chat is told what is true, and its one card shows it.

Not promised, and so not played: an event of another kind whose `old` equals the known status.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import chats
from bot.tracking.deciding import effective_status
from bot.tracking.model import Level
from bot.tracking.statuses import DELIVERED, ON_ROUTE, TABLE, Stage, look_up
from tests.builders import memory_store, row_of, status_changed
from tests.ingest.simulated_order import LEVELS, SimulatedOrder

EXAMPLES = int(os.environ.get("ONROUTE_EXAMPLES", "150"))
PROFILE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="ONROUTE_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
STATUSES = sorted(TABLE)
KEY = ["ON_ROUTE", "WAITING_FOR_PICKUP", "DELIVERED", "READY_FOR_SHIPPING", "PICKING"]
UNKNOWN = ["ON_HOLD_AT_CUSTOMS", "REPACKING"]
SERVICES = ["CREATED", "ASSIGNED", "PICKED", "ON_ROUTE", "INCIDENT", "ON_HOLD", "DELIVERED", "RETURNED", "CANCELED"]
LINKS = [None, "https://courier.com/1", "https://courier.com/2"]

Step = tuple[Any, ...]
which = st.integers(0, 5)
chat = st.sampled_from(sorted(LEVELS))

ahead = st.tuples(st.just("ahead"), st.integers(1, 5))
anywhere = st.tuples(st.just("walk"), st.sampled_from(STATUSES + UNKNOWN))
delivered = st.tuples(st.just("deliver"), which)
webhooks = st.one_of(delivered, delivered, st.tuples(st.just("again"), which), st.tuples(st.just("lose"), which))
foreign = st.tuples(st.just("foreign"), st.sampled_from([*STATUSES, *UNKNOWN]), st.sampled_from([*STATUSES, *UNKNOWN]))
asking = st.sampled_from([("ask",), ("send get",), ("answer get",), ("fail get",)])
waiting = st.tuples(st.just("wait"), st.sampled_from([0.0, 1.0, 4.0, 20.0, 31.0, 59.0, 61.0, 400.0, 5000.0]))
calm = st.one_of(ahead, ahead, webhooks, webhooks, asking, waiting)
a_step = st.sampled_from([*STATUSES, *KEY, *KEY, UNKNOWN[0]])
told_at_once = st.tuples(st.just("heard"), a_step)
wild = st.one_of(calm, calm, anywhere, told_at_once)
services = st.tuples(
    st.just("service"), st.sampled_from(["s1", "s2"]), st.sampled_from(SERVICES), st.sampled_from(LINKS)
)
outcome = st.sampled_from(["sent", "shown", "lost", "not sent", "held up"])
# a service that has left, or will leave: what ends a lift (given up, put back) is not played with these
carried = services.filter(lambda step: step[2] not in {"CREATED", "ASSIGNED", "CANCELED"})
sending = st.one_of(
    st.tuples(st.just("claim"), chat),
    st.tuples(st.just("mark"), chat, outcome),
    st.just(("claim all",)),
    st.tuples(st.just("mark all"), outcome),
    st.tuples(st.just("pass"), st.sampled_from([1.0, 3.0, 16.0])),
    st.tuples(st.just("follow"), chat),
    st.tuples(st.just("crash"), st.booleans()),
)
back_and_forth = st.one_of(
    told_at_once, st.tuples(st.just("on the wire"), a_step), st.tuples(st.just("mark all"), outcome)
)
start = st.sampled_from(["PENDING", "PICKING", "PACKING", "READY_FOR_SHIPPING"])
cache = st.sampled_from([0.0, 30.0, 60.0])
debounce = st.sampled_from([0.0, 3.0])


def play(simulation: SimulatedOrder, steps: list[Step], *, drained: bool) -> None:
    for name, *arguments in steps:
        if name == "ahead":
            go_ahead(simulation, *arguments)
        elif name == "foreign":
            hear_foreign(simulation, *arguments)
        else:
            actions(simulation)[name](*arguments)
        if drained:
            simulation.drain()
        simulation.check_outbox()
    simulation.settle()
    simulation.check_outbox()
    simulation.check_at_rest()


@contextmanager
def played(
    steps: list[Step], status: str, cached: float, settling: float, *, drained: bool
) -> Iterator[SimulatedOrder]:
    """An order in a store of its own, `steps` played; `cached` and `settling` in seconds."""
    with memory_store() as connection:
        simulation = SimulatedOrder(connection, status, cache_seconds=cached, debounce=settling)
        play(simulation, steps, drained=drained)
        yield simulation


def actions(simulation: SimulatedOrder) -> dict[str, Callable[..., None]]:
    return {
        "walk": simulation.walk,
        "heard": lambda status: hear_at_once(simulation, status),
        "deliver": simulation.deliver,
        "again": lambda number: simulation.deliver(number, keep=True),
        "lose": simulation.lose,
        "ask": simulation.ask,
        "send get": simulation.send_get,
        "answer get": simulation.answer_get,
        "fail get": simulation.fail_get,
        "wait": simulation.wait,
        "service": simulation.work,
        "on the wire": lambda status: on_the_wire(simulation, status),
        "pass": simulation.clock.advance,
        "claim": simulation.claim,
        "claim all": lambda: claim_all(simulation),
        "mark all": lambda outcome: mark_all(simulation, outcome),
        "mark": simulation.mark,
        "follow": simulation.follow,
        "crash": lambda shown: simulation.crash(shown=shown),
    }


def hear_at_once(simulation: SimulatedOrder, status: str) -> None:
    """Move the order, and deliver its webhook."""
    simulation.walk(status)
    simulation.deliver(-1)


def on_the_wire(simulation: SimulatedOrder, status: str) -> None:
    """Move the order, deliver its webhook, and claim the messages about it."""
    hear_at_once(simulation, status)
    simulation.clock.advance(16.0)
    claim_all(simulation)


def claim_all(simulation: SimulatedOrder) -> None:
    for chat_id in LEVELS:
        simulation.claim(chat_id)


def mark_all(simulation: SimulatedOrder, outcome: str) -> None:
    for chat_id in LEVELS:
        simulation.mark(chat_id, outcome)


def go_ahead(simulation: SimulatedOrder, by: int) -> None:
    rank, end = look_up(simulation.status).rank, look_up(DELIVERED).rank
    if rank is not None and end is not None and rank < end:
        simulation.walk(next(one.name for one in TABLE.values() if one.rank == min(rank + by, end)))


def hear_foreign(simulation: SimulatedOrder, old: str, new: str) -> None:
    """Another kind of event on the same URL; a status without rank gives way to anything, so nothing is played then."""
    known = simulation.order.status
    if known is not None and old != known and look_up(known).rank is not None:
        simulation.hear(status_changed(old, new))


def is_content(level: Level, true: str, last: str | None) -> bool:
    """Was a chat of this level, told `last`, told all that it is to be told of an order that is at `true`?"""
    now = look_up(true)
    if last == true or (last is not None and now.stage is Stage.UNKNOWN):
        return True  # what an unknown status is called is only shown
    if last is None or level is Level.EVERY:
        return False
    told = look_up(last)
    if now.stage is told.stage:
        return True
    if now.rank is not None and told.rank is not None and told.rank > now.rank:
        return False  # what it was told no longer holds
    return level is Level.KEY and not now.key


def is_told_by_packages(simulation: SimulatedOrder, chat_id: int, known: str) -> bool:
    """Was the chat told of each package that it was delivered, so that the order's end is only shown?"""
    subscription = chats.subscription_of(simulation.connection, chat_id, row_of(simulation.order))
    return known == DELIVERED and subscription is not None and subscription.notified_status == DELIVERED


def check_the_end(simulation: SimulatedOrder) -> None:
    """What every chat was told last is true, as far as its level is told of it."""
    assert simulation.order.status == simulation.status
    for chat_id, level in LEVELS.items():
        last = simulation.screens[chat_id].last
        assert is_content(level, simulation.status, last), f"{level}: told {last}, true is {simulation.status}"


def check_what_was_told(simulation: SimulatedOrder) -> None:
    """Nothing twice in a row but an answer or after a doubt; nothing that was never true; "back" of what was shown."""
    for screen in simulation.screens.values():
        for before, after in zip(screen.states, screen.states[1:], strict=False):
            assert before.status != after.status or after.is_reply or after.doubtful, screen.states
            assert after.reverted_from in {None, before.status} or after.doubtful, screen.states
        assert {one.status for one in screen.states} <= simulation.was_true


@PROFILE
@given(st.lists(wild, max_size=40), start, cache, debounce)
def test_the_last_thing_told_is_true_whatever_happens_to_webhooks(
    steps: list[Step], status: str, cached: float, settling: float
) -> None:
    with played(steps, status, cached, settling, drained=True) as simulation:
        check_what_was_told(simulation)
        check_the_end(simulation)


@PROFILE
@given(st.lists(st.one_of(wild, sending, back_and_forth), max_size=50), start, cache, debounce)
def test_nothing_that_came_while_a_message_was_on_the_wire_is_forgotten(
    steps: list[Step], status: str, cached: float, settling: float
) -> None:
    with played(steps, status, cached, settling, drained=False) as simulation:
        check_what_was_told(simulation)
        check_the_end(simulation)


@PROFILE
@given(st.lists(st.one_of(calm, calm, foreign), max_size=40), start, cache, debounce)
def test_events_of_another_kind_tell_nothing_that_the_api_does_not_show(
    steps: list[Step], status: str, cached: float, settling: float
) -> None:
    with played(steps, status, cached, settling, drained=True) as simulation:
        check_what_was_told(simulation)
        check_the_end(simulation)


@PROFILE
@given(st.lists(st.one_of(calm, calm, calm, sending), max_size=50), start, cache, debounce)
def test_an_order_that_only_goes_ahead_is_never_told_to_go_back(
    steps: list[Step], status: str, cached: float, settling: float
) -> None:
    with played(steps, status, cached, settling, drained=False) as simulation:
        for screen in simulation.screens.values():
            ranks = [look_up(one.status).rank or 0 for one in screen.states if not one.is_reply and not one.doubtful]
            assert ranks == sorted(ranks)
            assert all(one.reverted_from is None for one in screen.states)
        check_the_end(simulation)


@PROFILE
@given(st.lists(st.one_of(calm, carried), max_size=40), start, cache, debounce)
def test_on_its_way_is_told_once_whoever_says_it_first_and_an_incident_does_not_end_it(
    steps: list[Step], status: str, cached: float, settling: float
) -> None:
    with played(steps, status, cached, settling, drained=True) as simulation:
        check_what_was_told(simulation)
        lifted = ON_ROUTE in simulation.was_true and (look_up(simulation.status).rank or 0) < 12
        for chat_id, level in LEVELS.items():
            told = [one.status for one in simulation.screens[chat_id].states if not one.is_reply]
            assert told.count(ON_ROUTE) <= 1
            ranks = [look_up(one).rank or 0 for one in told]
            assert ranks == sorted(ranks)
            last = simulation.screens[chat_id].last
            is_told = is_content(level, simulation.status, last) or (lifted and last == ON_ROUTE)
            assert is_told or is_told_by_packages(simulation, chat_id, simulation.status)


@PROFILE
@given(st.lists(st.one_of(wild, services, foreign, sending), max_size=60), start, cache, debounce)
def test_whatever_happens_the_outbox_gets_empty_and_each_chat_knows_what_the_bot_knows(
    steps: list[Step], status: str, cached: float, settling: float
) -> None:
    with played(steps, status, cached, settling, drained=False) as simulation:
        known = effective_status(simulation.order)
        assert known is not None
        for chat_id, level in LEVELS.items():
            last = simulation.screens[chat_id].last
            assert is_content(level, known, last) or is_told_by_packages(simulation, chat_id, known)


@PROFILE
@given(st.lists(st.one_of(ahead, webhooks, webhooks, waiting), max_size=40), start, debounce)
def test_without_the_api_webhooks_that_come_late_twice_or_never_tell_nothing_untrue_and_nothing_back(
    steps: list[Step], status: str, settling: float
) -> None:
    with memory_store() as connection:
        simulation = SimulatedOrder(connection, status, cache_seconds=30.0, debounce=settling)
        simulation.api_away = True
        for name, *arguments in (*steps, ("wait", 100.0)):
            go_ahead(simulation, *arguments) if name == "ahead" else actions(simulation)[name](*arguments)
            simulation.drain()
            simulation.check_outbox()
        check_what_was_told(simulation)
        for screen in simulation.screens.values():
            ranks = [look_up(one.status).rank or 0 for one in screen.states if not one.is_reply]
            assert ranks == sorted(ranks)
        simulation.api_away = False
        simulation.settle()
        check_the_end(simulation)


@PROFILE
@given(st.integers(1, 3), st.integers(2, 6), st.lists(st.integers(0, 3), max_size=4), start)
def test_without_the_api_and_with_one_webhook_lost_the_rest_is_told_up_to_its_end(
    first: int, more: int, copies: list[int], status: str
) -> None:
    with memory_store() as connection:
        simulation = SimulatedOrder(connection, status, cache_seconds=30.0, debounce=0.0)
        simulation.api_away = True
        go_ahead(simulation, first)
        simulation.lose(0)
        for _ in range(more):
            go_ahead(simulation, 1)
        count = len(simulation.on_the_way)
        while simulation.on_the_way:
            simulation.deliver(0, keep=True)
            for _ in range(copies.pop() if copies else 0):
                simulation.deliver(0, keep=True)
            simulation.on_the_way.pop(0)
        simulation.wait(61.0)
        assert simulation.order.status == (simulation.status if count > 1 else status)
        check_what_was_told(simulation)
