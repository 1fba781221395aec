"""The pace at which calls leave, and the pauses that every call obeys."""

import asyncio
import itertools
import math
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sending.pacing import RECHECK_SECONDS, TOAST_BURST, CallGate, ChatLimits, Pacer, PauseGate, TokenBucket
from bot.sending.pauses import Pauses
from bot.tracking.model import Priority
from tests.fakes import ManualClock

T0 = 1_790_000_000.0
PERSON, OTHER, GROUP = 11, 12, -100


def most_in(times: list[float], span: float) -> int:
    """Return the largest number of times that lie within one span, wherever it begins."""
    most = first = 0
    for last, time in enumerate(times):
        while time - times[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def drained(wait: Callable[[float], float], take: Callable[[float], None], *, seconds: float) -> list[float]:
    """Return when messages leave while there is always one more waiting."""
    now, times = T0, []
    while now < T0 + seconds:
        if (delay := wait(now)) > 0.0:
            now += delay
        else:
            take(now)
            times.append(now)
    return times


# ── the bucket ───────────────────────────────────────────────────────────────


@given(
    rate=st.integers(1, 60),
    burst=st.integers(1, 60),
    gaps=st.lists(st.floats(0.0, 2.0) | st.sampled_from([0.0, 0.001, 0.999, 1.0]), max_size=150),
    patient=st.booleans(),
)
def test_no_second_sees_more_than_the_rate(rate: int, burst: int, gaps: list[float], patient: bool) -> None:
    bucket = TokenBucket(rate, burst)
    now, times = T0, []
    for gap in gaps:
        now += gap
        delay = bucket.wait(now)
        if delay > 0.0 and not patient:
            continue
        while (delay := bucket.wait(now)) > 0.0:
            now += delay
        bucket.take(now)
        times.append(now)
    assert most_in(times, 1.0) <= rate


@pytest.mark.parametrize("rate", [1, 2, 5, 28, 30, 300])
@pytest.mark.parametrize("burst", [1, 10, 30])
def test_a_backlog_leaves_at_nearly_the_whole_rate(rate: int, burst: int) -> None:
    bucket = TokenBucket(rate, burst)
    times = drained(bucket.wait, bucket.take, seconds=60.0)
    assert len(times) >= 0.95 * rate * 60.0
    assert most_in(times, 1.0) <= rate


def test_a_full_bucket_after_a_rest_does_not_add_its_burst_to_the_rate() -> None:
    bucket = TokenBucket(30, 30)
    times = drained(bucket.wait, bucket.take, seconds=0.99)
    assert len(times) <= 30


def test_a_rate_below_one_is_one_message_in_so_many_seconds() -> None:
    bucket = TokenBucket(0.25)
    times = drained(bucket.wait, bucket.take, seconds=60.0)
    assert min(b - a for a, b in itertools.pairwise(times)) >= 4.0
    assert len(times) >= 14


def test_a_rate_of_zero_holds_nothing_back() -> None:
    bucket = TokenBucket(0)
    for _ in range(1000):
        assert bucket.wait(T0) == 0.0
        bucket.take(T0)


@pytest.mark.parametrize(("rate", "burst"), [(-1.0, 1), (math.nan, 1), (math.inf, 1), (1.0, 0)])
def test_a_senseless_rate_is_refused(rate: float, burst: int) -> None:
    with pytest.raises(ValueError, match="rate"):
        TokenBucket(rate, burst)


# ── single chats ────────────────────────────────────────────────────────────────


def test_notices_of_one_person_are_a_second_apart() -> None:
    limits = ChatLimits()
    times = drained(
        lambda now: limits.wait(PERSON, Priority.NOTICE, now), lambda now: limits.take(PERSON, now), seconds=30.0
    )
    assert len(times) >= 29
    assert most_in(times, 1.0) == 1


def test_three_answers_pass_at_once_and_then_one_a_second() -> None:
    limits = ChatLimits()
    times = drained(
        lambda now: limits.wait(PERSON, Priority.ANSWER, now), lambda now: limits.take(PERSON, now), seconds=30.0
    )
    assert times[:3] == [T0, T0, T0]
    assert most_in(times, 3.0) == 3
    assert len(times) >= 29


@pytest.mark.parametrize("priority", list(Priority))
def test_a_group_gets_twenty_in_any_minute_whatever_the_priority(priority: Priority) -> None:
    limits = ChatLimits()
    times = drained(lambda now: limits.wait(GROUP, priority, now), lambda now: limits.take(GROUP, now), seconds=300.0)
    assert most_in(times, 60.0) == 20
    assert len(times) >= 100


def test_edits_of_a_group_count_like_its_messages() -> None:
    pacer, now = Pacer(28), T0
    for _ in range(20):
        now += 1.1
        assert pacer.wait_to_send(GROUP, Priority.EDIT, now) == 0.0
        pacer.call_started(GROUP, Priority.EDIT, now)
        pacer.call_ended(GROUP)
    assert pacer.wait_to_send(GROUP, Priority.NOTICE, now + 2.0) > 30.0
    assert pacer.wait_to_send(PERSON, Priority.NOTICE, now + 2.0) == 0.0


def test_chats_that_were_quiet_are_forgotten() -> None:
    limits = ChatLimits()
    for number in range(1, 20_001):
        limits.take(number if number % 3 else -number, T0 + number / 28)
        assert len(limits) <= 28 * 61
    limits.take(PERSON, T0 + 10_000)
    assert len(limits) == 1


# ── pauses ───────────────────────────────────────────────────────────────────


def test_a_refused_chat_is_paused_and_others_flow() -> None:
    pacer = Pacer(28)
    pacer.note_retry_after(PERSON, 7.0, T0)
    assert pacer.wait_to_send(PERSON, Priority.ANSWER, T0) >= 7.0
    assert pacer.wait_to_send(OTHER, Priority.NOTICE, T0) == 0.0
    assert pacer.wait_for_bot(T0) == 0.0
    assert pacer.blocked_chats(T0) == {PERSON}
    assert pacer.wait_to_send(PERSON, Priority.NOTICE, T0 + 6.99) > 0.0
    assert pacer.wait_to_send(PERSON, Priority.NOTICE, T0 + 7.5) == 0.0
    assert pacer.blocked_chats(T0 + 7.5) == set()


def test_groups_that_are_refused_together_never_pause_the_bot() -> None:
    """Anybody can have any number of groups refused: two of them once paused everybody for 39 seconds."""
    pacer = Pacer(28)
    for number in range(20):
        pacer.note_retry_after(GROUP - number, 39.0, T0 + number / 100)
    assert pacer.paused_for(None, T0 + 0.2) == 0.0
    assert pacer.wait_to_send(PERSON, Priority.NOTICE, T0 + 0.2) == 0.0


@pytest.mark.parametrize(
    ("refused", "whole_bot"),
    [
        ([(PERSON, 0.0), (OTHER, 0.4), (13, 0.9)], True),
        ([(PERSON, 0.0), (OTHER, 0.4)], False),
        ([(PERSON, 0.0), (OTHER, 0.4), (OTHER, 0.5), (PERSON, 0.6)], False),
        ([(PERSON, 0.0), (OTHER, 0.8), (13, 1.6)], False),
        ([(PERSON, 0.0), (OTHER, 0.4), (GROUP, 0.5)], False),
        ([(PERSON, 0.0), (OTHER, 0.4), ("setMyCommands", 0.5)], False),
    ],
)
def test_three_people_refused_within_a_second_pause_the_bot_for_five_seconds_at_most(
    refused: list[tuple[int | str, float]], whole_bot: bool
) -> None:
    pacer = Pacer(28)
    for scope, at in refused:
        pacer.note_retry_after(scope, 39.0, T0 + at)
    now = T0 + refused[-1][1]
    assert (pacer.wait_to_send(GROUP - 1, Priority.ANSWER, now) > 4.0) is whole_bot
    assert pacer.wait_to_send(GROUP - 1, Priority.ANSWER, now + 5.1) == 0.0
    assert pacer.wait_to_send(PERSON, Priority.ANSWER, now + 5.1) > 30.0


def test_three_people_refused_for_a_moment_pause_the_bot_no_longer_than_them() -> None:
    pacer = Pacer(28)
    for person in (PERSON, OTHER, 13):
        pacer.note_retry_after(person, 1.0, T0)
    assert 1.0 <= pacer.paused_for(None, T0) < 1.5


def test_a_refusal_of_a_method_pauses_that_method_only() -> None:
    pacer = Pacer(28)
    pacer.note_retry_after("setMyCommands", 60.0, T0)
    assert pacer.paused_for("setMyCommands", T0) >= 60.0
    assert [pacer.paused_for(scope, T0) for scope in (None, "setMyDescription", PERSON)] == [0.0, 0.0, 0.0]
    assert pacer.wait_to_send(PERSON, Priority.NOTICE, T0) == 0.0
    assert pacer.long_pauses(T0) == []


def test_refusals_without_a_time_last_ever_longer_while_they_go_on() -> None:
    pauses, now, seconds = Pauses(), T0, list[float]()
    for _ in range(8):
        seconds.append(pauses.note(PERSON, None, now))
        now += seconds[-1] + 1.0
    assert seconds == [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0, 300.0]
    assert pauses.note(OTHER, None, now) == 5.0
    assert pauses.note(PERSON, None, now + 400.0) == 5.0


def test_the_pauses_in_force_are_counted_without_those_that_nobody_asked_for() -> None:
    pacer = Pacer(28)
    pacer.note_retry_after(PERSON, 40.0, T0)
    pacer.note_retry_after(GROUP, 9.0, T0)
    pacer.pause_chat(OTHER, 60.0, T0)
    count, longest = pacer.pauses_in_force(T0)
    assert (count, round(longest)) == (2, 40)
    assert pacer.pauses_in_force(T0 + 41.0) == (0, 0.0)


# ── direct answers ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(("chat", "span", "most"), [(PERSON, 3.0, 3), (GROUP, 60.0, 20)])
async def test_direct_answers_of_a_chat_have_its_pace_and_what_is_sent_keeps_clear_of_them(
    chat: int, span: float, most: int
) -> None:
    clock, times, pacer = ManualClock(T0), list[float](), Pacer(28)
    gate = PauseGate(pacer, clock, _advancing(clock))
    for _ in range(60):
        await gate.take_turn(chat)
        times.append(clock.now())
    assert most_in(times, span) == most
    assert pacer.wait_to_send(chat, Priority.NOTICE, clock.now()) > 0.9
    assert pacer.wait_to_send(OTHER, Priority.NOTICE, clock.now()) == 0.0


async def test_toasts_have_a_quicker_pace_and_are_no_messages_of_a_group() -> None:
    clock, times, pacer = ManualClock(T0), list[float](), Pacer(28)
    gate = PauseGate(pacer, clock, _advancing(clock))
    for _ in range(30):
        await gate.take_turn(GROUP, toast=True)
        times.append(clock.now())
    assert times[TOAST_BURST - 1] == T0
    assert most_in(times, 3.0) == TOAST_BURST
    assert clock.now() < T0 + 31.0
    assert pacer.wait_to_send(GROUP, Priority.NOTICE, clock.now()) == 0.0


async def test_without_a_rate_direct_answers_have_no_pace() -> None:
    clock = ManualClock(T0)
    gate = PauseGate(Pacer(0), clock, _advancing(clock))
    for _ in range(30):
        await gate.take_turn(PERSON)
    assert clock.now() == T0


def _advancing(clock: ManualClock) -> Callable[[float], Awaitable[None]]:
    async def sleep(seconds: float) -> None:
        clock.advance(seconds)

    return sleep


# ── pauses of everything ─────────────────────────────────────────────────────


def test_a_refusal_without_a_chat_pauses_every_call() -> None:
    pacer = Pacer(28)
    pacer.note_retry_after(None, 30.0, T0)
    assert pacer.wait_for_bot(T0) >= 30.0
    assert all(pacer.wait_to_send(chat, priority, T0 + 29.9) > 0.0 for chat in (PERSON, GROUP) for priority in Priority)
    assert pacer.wait_to_send(PERSON, Priority.NOTICE, T0 + 31.0) == 0.0


def test_a_shorter_refusal_never_shortens_a_pause() -> None:
    pauses = Pauses()
    pauses.note(PERSON, 60.0, T0)
    pauses.note(PERSON, 1.0, T0 + 5.0)
    assert pauses.until(PERSON) >= T0 + 60.0


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, PERSON, OTHER, GROUP]), st.floats(0.0, 40_000.0), st.floats(0.0, 30.0), st.booleans()
        ),
        max_size=30,
    )
)
def test_nothing_leaves_before_any_retry_after_is_over(notes: list[tuple[int | None, float, float, bool]]) -> None:
    pacer, now = Pacer(0), T0
    forbidden: list[tuple[int | None, float]] = []
    for chat, seconds, gap, restarted in notes:
        now += gap
        if restarted:
            kept, forbidden = pacer.long_pauses(now), [(c, u) for c, u in forbidden if u - now > 5.0]
            pacer = Pacer(0)
            pacer.restore_pauses(kept, now)
        pacer.note_retry_after(chat, seconds, now)
        forbidden.append((chat, now + seconds))
        for other in (PERSON, OTHER, GROUP):
            hardest = max((until for c, until in forbidden if c in (None, other)), default=0.0)
            assert now + pacer.wait_to_send(other, Priority.ANSWER, now) >= hardest


def test_a_pause_of_hours_survives_a_restart_and_a_short_one_need_not() -> None:
    before = Pacer(28)
    before.note_retry_after(PERSON, 7200.0, T0)
    before.note_retry_after(OTHER, 2.0, T0 + 60.0)
    kept = before.long_pauses(T0 + 60.0)
    assert [chat for chat, _ in kept] == [PERSON]
    after = Pacer(28)
    after.restore_pauses(kept, T0 + 100.0)
    assert after.until(PERSON) == before.until(PERSON)
    assert after.wait_to_send(PERSON, Priority.ANSWER, T0 + 7199.0) > 0.0
    assert after.wait_to_send(OTHER, Priority.NOTICE, T0 + 100.0) == 0.0


def test_a_pause_that_ended_while_the_service_was_down_is_left_out() -> None:
    pacer = Pacer(28)
    pacer.restore_pauses([(None, T0 - 1.0), (PERSON, T0)], T0)
    assert pacer.wait_for_bot(T0) == 0.0
    assert pacer.blocked_chats(T0) == set()


# ── the pacer as the sender sees it ──────────────────────────────────────────


@pytest.mark.parametrize("rate", [0, 28])
def test_one_call_of_a_chat_at_a_time_and_eight_in_all(rate: int) -> None:
    pacer = Pacer(rate)
    for chat in range(1, 9):
        assert pacer.wait_to_send(chat, Priority.NOTICE, T0) == 0.0
        pacer.call_started(chat, Priority.NOTICE, T0)
    assert pacer.wait_to_send(9, Priority.ANSWER, T0) == RECHECK_SECONDS
    assert pacer.blocked_chats(T0) == set(range(1, 9))
    pacer.call_ended(3)
    assert pacer.wait_to_send(9, Priority.ANSWER, T0) == 0.0
    assert pacer.wait_to_send(4, Priority.ANSWER, T0) == RECHECK_SECONDS


def test_a_second_call_of_the_same_chat_is_a_mistake_of_the_caller() -> None:
    pacer = Pacer(28)
    pacer.call_started(PERSON, Priority.NOTICE, T0)
    with pytest.raises(RuntimeError, match="overtake"):
        pacer.call_started(PERSON, Priority.ANSWER, T0)


def test_without_a_rate_a_chat_flows_in_order_without_pace() -> None:
    pacer = Pacer(0)
    for _ in range(100):
        assert pacer.wait_to_send(GROUP, Priority.NOTICE, T0) == 0.0
        pacer.call_started(GROUP, Priority.NOTICE, T0)
        assert pacer.wait_to_send(GROUP, Priority.NOTICE, T0) > 0.0
        pacer.call_ended(GROUP)
    pacer.note_retry_after(GROUP, 5.0, T0)
    assert pacer.wait_to_send(GROUP, Priority.NOTICE, T0) >= 5.0


def test_answers_pass_a_full_bucket_and_notices_then_leave_them_the_room() -> None:
    pacer = Pacer(4, burst=4)
    for chat in range(1, 5):
        pacer.call_started(chat, Priority.NOTICE, T0)
        pacer.call_ended(chat)
    assert pacer.wait_to_send(5, Priority.NOTICE, T0) > 0.0
    assert pacer.wait_to_send(5, Priority.ANSWER, T0) == 0.0
    pacer.call_started(5, Priority.ANSWER, T0)
    pacer.call_ended(5)
    assert pacer.wait_to_send(6, Priority.NOTICE, T0 + 0.5) > 0.0


def test_edits_may_use_all_of_the_bucket_like_notices() -> None:
    pacer = Pacer(4, burst=4)
    for chat in range(1, 5):
        assert pacer.wait_to_send(chat, Priority.EDIT, T0) == 0.0
        pacer.call_started(chat, Priority.EDIT, T0)
        pacer.call_ended(chat)
    assert pacer.wait_to_send(5, Priority.EDIT, T0) == pacer.wait_to_send(5, Priority.NOTICE, T0) > 0.9
    assert pacer.wait_to_send(5, Priority.ANSWER, T0) == 0.0


def test_at_nine_tenths_of_the_rate_edits_behind_cards_wait_for_seconds_only() -> None:
    pacer, now, longest = Pacer(28), T0, 0.0
    waiting: dict[Priority, list[float]] = {Priority.NOTICE: [], Priority.EDIT: []}
    for number in range(28 * 9 // 10 * 60):  # for a minute, seven edits and folds to three cards
        due_at = T0 + number / (28 * 9 // 10)
        waiting[Priority.EDIT if number % 10 < 7 else Priority.NOTICE].append(due_at)
    while any(waiting.values()):
        due = [priority for priority, times in waiting.items() if times and times[0] <= now]
        delay = pacer.wait_for_bot(now, due[0]) if due else min(times[0] for times in waiting.values() if times) - now
        if delay > 0.0:
            now += delay
            continue
        longest = max(longest, now - waiting[due[0]].pop(0))
        pacer.call_started(PERSON, due[0], now)
        pacer.call_ended(PERSON)
    assert longest < 5.0


def test_the_first_release_of_a_held_chat_is_known() -> None:
    pacer = Pacer(28)
    assert pacer.wait_for_blocked_chat(T0) is None
    pacer.note_retry_after(OTHER, 9.0, T0)
    pacer.call_started(PERSON, Priority.NOTICE, T0)
    pacer.call_ended(PERSON)
    delay = pacer.wait_for_blocked_chat(T0)
    assert delay is not None
    assert 1.0 <= delay < 1.1
    assert pacer.blocked_chats(T0 + delay + 1e-6) == {OTHER}


def test_a_chat_held_for_notices_still_takes_an_answer() -> None:
    pacer = Pacer(28)
    pacer.call_started(PERSON, Priority.NOTICE, T0)
    pacer.call_ended(PERSON)
    assert pacer.blocked_chats(T0) == {PERSON}
    assert pacer.blocked_chats(T0, Priority.ANSWER) == set()
    assert pacer.wait_to_send(PERSON, Priority.ANSWER, T0) == 0.0


def test_a_chat_in_trouble_is_left_alone_and_others_flow() -> None:
    pacer = Pacer(28)
    pacer.pause_chat(PERSON, 4.0, T0)
    assert pacer.wait_to_send(PERSON, Priority.NOTICE, T0 + 3.9) > 0.0
    assert pacer.wait_to_send(OTHER, Priority.NOTICE, T0) == 0.0
    assert pacer.wait_to_send(PERSON, Priority.NOTICE, T0 + 4.1) == 0.0


async def test_a_person_is_answered_while_what_is_sent_leaves_the_chat_alone() -> None:
    clock, pacer = ManualClock(T0), Pacer(28)
    gate = PauseGate(pacer, clock, _advancing(clock))
    pacer.pause_chat(PERSON, 16.0, T0)
    await gate.wait(PERSON)
    assert clock.now() == T0
    assert pacer.wait_to_send(PERSON, Priority.ANSWER, T0) == 16.0
    pacer.note_retry_after(PERSON, 4.0, T0)
    await gate.wait(PERSON)
    assert 4.0 <= clock.now() - T0 < 5.0


def test_what_nobody_asked_for_is_not_stored_as_a_pause() -> None:
    pacer = Pacer(28)
    pacer.pause_chat(PERSON, 60.0, T0)
    pacer.note_retry_after(OTHER, 60.0, T0)
    assert [chat for chat, _ in pacer.long_pauses(T0)] == [OTHER]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 2, 3, 4, -5, -6]),
            st.sampled_from(list(Priority)),
            st.floats(0.0, 0.4),
            st.floats(0.0, 3.0),
        ),
        max_size=200,
    )
)
def test_whatever_arrives_every_limit_holds(calls: list[tuple[int, Priority, float, float]]) -> None:
    pacer, now = Pacer(5, burst=3, under_way=3), T0
    sent: list[tuple[float, int, Priority]] = []
    ends: list[tuple[float, int]] = []

    def pass_time(seconds: float) -> None:
        nonlocal now, ends
        now += seconds
        for _, chat in [end for end in ends if end[0] <= now]:
            pacer.call_ended(chat)
        ends = [end for end in ends if end[0] > now]

    for chat, priority, gap, takes in calls:
        pass_time(gap)
        while (delay := pacer.wait_to_send(chat, priority, now)) > 0.0:
            assert delay <= 61.0
            pass_time(max(delay, 1e-6))
        assert chat not in {c for _, c in ends}
        assert len(ends) < 3
        pacer.call_started(chat, priority, now)
        sent.append((now, chat, priority))
        ends.append((now + takes, chat))

    for chat in {c for _, c, _ in sent}:
        assert most_in([t for t, c, _ in sent if c == chat], 60.0) <= (20 if chat < 0 else 60)
        assert most_in([t for t, c, priority in sent if c == chat and priority is not Priority.ANSWER], 1.0) <= 1
        assert most_in([t for t, c, _ in sent if c == chat], 3.0) <= 6
    assert most_in([t for t, _, priority in sent if priority is not Priority.ANSWER], 1.0) <= 5


# ── those who wait ───────────────────────────────────────────────────────────


async def test_the_gate_lets_nobody_through_before_the_pause_is_over() -> None:
    clock, sleeps = ManualClock(T0), list[float]()

    async def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        if len(sleeps) == 1:
            gate.note_retry_after(PERSON, 30.0)
        clock.advance(seconds)

    gate = PauseGate(Pacer(28), clock, sleep)
    await gate.wait(PERSON)
    assert sleeps == []
    gate.note_retry_after(PERSON, 3.0)
    await gate.wait(OTHER)
    assert sleeps == []
    await gate.wait(PERSON)
    assert clock.now() >= T0 + 30.0


async def test_those_who_waited_for_one_pause_leave_one_after_the_other() -> None:
    clock, sleeps = ManualClock(T0), list[float]()

    async def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        await asyncio.sleep(0)
        clock.advance(max(0.0, T0 + 3.5 - clock.now()))

    gate: CallGate = PauseGate(Pacer(0), clock, sleep)
    gate.note_retry_after(None, 3.0)
    await asyncio.gather(*(gate.wait(chat) for chat in (None, PERSON, GROUP)))
    assert len(sleeps) == 3
    assert sleeps[0] + 0.03 < sleeps[1] < sleeps[2] - 0.03


def test_chats_that_were_held_in_an_outage_are_not_remembered_after_it() -> None:
    pauses = Pauses()
    for number in range(1000):
        pauses.pause_chat(number, 5.0, T0 + number)
    assert len(pauses) == 5
