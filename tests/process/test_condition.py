"""How the service's neighbours are: which calls make it one state or another, and that each trouble is logged once."""

import logging

import pytest

from bot.process.condition import Condition, State, Trouble, duration, iso
from tests.fakes import ManualClock

SILENT = Trouble("no answer", "It does not answer: no answer", "It answers again")
SILENT_OTHERWISE = Trouble("no connection", "It does not answer: no connection", "It answers again")
REFUSED = Trouble("refused", "It refuses KEY", "It takes KEY again", serious=True)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def condition(clock: ManualClock) -> Condition:
    return Condition("it", clock)


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.process.condition")


def test_at_the_start_nothing_is_known(condition: Condition) -> None:
    assert (condition.state, condition.up, condition.last_answer_at) == (State.STARTING, False, None)


def test_a_single_call_that_fails_is_a_doubt_and_an_answer_ends_it(
    condition: Condition, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    condition.doubt("no answer")
    assert condition.state is State.STARTING
    condition.answered()
    clock.advance(10)
    condition.doubt("no answer")
    assert (condition.state, condition.reason, condition.up) == (State.DEGRADED, "no answer", True)
    condition.answered()
    assert (condition.state, condition.reason) == (State.OK, "")
    assert caplog.messages == []


def test_it_knows_when_it_last_answered_and_since_when_it_is_as_it_is(condition: Condition, clock: ManualClock) -> None:
    condition.answered()
    answered_at = clock.wall()
    clock.advance(100)
    condition.answered()
    assert (condition.since, condition.last_answer_at) == (answered_at, clock.wall())
    clock.advance(50)
    condition.fail(SILENT)
    assert (condition.since, condition.last_answer_at) == (clock.wall(), clock.wall() - 50)


def test_a_trouble_is_a_line_when_it_starts_and_one_when_it_ends_however_many_calls_meet_it(
    condition: Condition, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    condition.doubt("no answer")
    for one in (SILENT, SILENT_OTHERWISE, SILENT):
        clock.advance(80)
        condition.fail(one)
        condition.doubt("once more")
    assert condition.state is State.DOWN
    condition.answered()
    assert caplog.messages == [
        "It does not answer: no answer, since 2026-09-21T14:13:20Z",
        "It answers again after 4 min",
    ]
    assert [one.levelno for one in caplog.records] == [logging.WARNING, logging.INFO]


def test_since_when_it_is_down_is_the_same_time_in_the_log_and_for_readyz(
    condition: Condition, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    condition.answered()
    clock.advance(100)
    condition.doubt("no answer")
    clock.advance(40)
    condition.fail(SILENT)
    assert caplog.messages[-1].endswith(f"since {iso(condition.since)}")
    clock.advance(40)
    condition.fail(SILENT)
    assert condition.since == clock.wall() - 80


def test_an_answer_to_a_call_from_before_a_trouble_is_outdated(condition: Condition, clock: ManualClock) -> None:
    before = clock.now()
    assert not condition.is_outdated(before)
    clock.advance(5)
    condition.doubt("no answer")
    assert not condition.is_outdated(before)
    clock.advance(5)
    condition.fail(REFUSED)
    assert (condition.is_outdated(before), condition.is_outdated(clock.now())) == (True, False)
    condition.answered()
    assert not condition.is_outdated(before)


def test_a_refusal_is_an_error_and_lasts_though_the_network_fails_besides(
    condition: Condition, caplog: pytest.LogCaptureFixture
) -> None:
    condition.fail(REFUSED)
    condition.fail(SILENT)
    assert condition.reason == "refused"
    condition.answered()
    assert caplog.messages == ["It refuses KEY", "It takes KEY again after 0 s"]
    assert caplog.records[0].levelno == logging.ERROR


def test_a_refusal_after_a_silence_ends_the_silence(condition: Condition, caplog: pytest.LogCaptureFixture) -> None:
    condition.fail(SILENT)
    condition.fail(REFUSED)
    assert [one.split(",")[0] for one in caplog.messages] == [
        "It does not answer: no answer",
        "It answers again after 0 s",
        "It refuses KEY",
    ]


def test_what_answers_may_be_limited_until_that_is_over(condition: Condition) -> None:
    condition.answered()
    condition.limit("another one reads it")
    condition.answered()
    assert (condition.state, condition.reason) == (State.DEGRADED, "another one reads it")
    condition.fail(SILENT)
    condition.limit("")
    assert (condition.state, condition.reason) == (State.DOWN, "no answer")
    condition.answered()
    assert (condition.state, condition.reason) == (State.OK, "")


@pytest.mark.parametrize(
    ("seconds", "said"), [(-3, "0 s"), (59, "59 s"), (61, "1 min"), (3599, "1 h 0 min"), (90_000, "25 h 0 min")]
)
def test_durations_are_said_shortly(seconds: float, said: str) -> None:
    assert duration(seconds) == said
