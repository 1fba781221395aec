"""What is tried after a call to Telegram: the same for an answer to a person and for a message of the outbox."""

import pytest

from bot.sending.outcome import (
    Gone,
    Malformed,
    Moved,
    NotSent,
    Outcome,
    RetryAfter,
    SendOptions,
    Sent,
    TargetGone,
    Unknown,
    corrected,
    retry_wait,
)

CHAT = 1001
FINAL = [Sent(1), Unknown("time-out"), Gone("blocked"), Moved(-100), TargetGone("edit"), Malformed("entities")]


def test_what_telegram_refuses_is_left_out_of_the_next_call() -> None:
    options = SendOptions(CHAT, thread_id=7, reply_to=9, silent=True)
    assert corrected(TargetGone("reply"), options) == SendOptions(CHAT, thread_id=7, silent=True)
    assert corrected(TargetGone("thread"), options) == SendOptions(CHAT, silent=True)
    assert corrected(Malformed("entities"), options) == SendOptions(CHAT, 7, 9, silent=True, plain=True)


@pytest.mark.parametrize(
    "outcome", [TargetGone("reply"), TargetGone("thread"), TargetGone("edit"), Malformed("length")]
)
def test_where_nothing_is_left_to_leave_out_no_call_is_made_again(outcome: Outcome) -> None:
    assert corrected(outcome, SendOptions(CHAT, plain=True)) is None


@pytest.mark.parametrize("outcome", [Sent(1), Unknown("time-out"), Gone("blocked"), NotSent("502"), RetryAfter(3)])
def test_what_refuses_nothing_of_a_message_corrects_nothing(outcome: Outcome) -> None:
    assert corrected(outcome, SendOptions(CHAT, 7, 9)) is None


def test_after_failures_the_wait_doubles_and_after_a_429_it_is_telegrams() -> None:
    waits = [retry_wait(NotSent("502"), failures, first=0.5, most=6.0) for failures in range(1, 6)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 6.0]
    assert retry_wait(RetryAfter(3.0), 4, first=0.5, most=6.0) == 3.0


@pytest.mark.parametrize("outcome", FINAL)
def test_what_is_shown_perhaps_shown_or_refused_is_not_repeated_as_it_is(outcome: Outcome) -> None:
    assert retry_wait(outcome, 1, first=0.5, most=6.0) is None
