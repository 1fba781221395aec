"""What the running service says of itself, in words."""

import pytest

from bot.process.readiness import body_in_words, in_words, troubled


def test_each_part_is_said_with_its_time_and_what_is_wrong() -> None:
    body = {
        "database": "ok",
        "telegram": "down",
        "pickpack": "starting",
        "as of": {"database": "10:00", "telegram": "09:00"},
        "since": {"database": "08:00", "telegram": "09:01", "pickpack": "08:00"},
        "reasons": {"telegram": "connection refused"},
    }
    assert (
        in_words(body) == "database ok as of 10:00, telegram down since 09:01 (connection refused), pickpack starting"
    )
    assert troubled(body) == ["telegram"]


def test_a_service_of_an_older_version_is_understood() -> None:
    body = {"database": "ok", "telegram": "ok", "pickpack": "down", "as of": "nonsense"}
    assert in_words(body) == "database ok, telegram ok, pickpack down"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'{"status": "up"}', b"[" * 10_000])
def test_what_somebody_else_answers_is_left_out(body: bytes) -> None:
    assert body_in_words(body) == ""
