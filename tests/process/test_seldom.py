"""What strangers can provoke fills no log."""

import logging

import pytest

from bot.process.seldom import SECONDS, SeldomLog
from tests.fakes import ManualClock


def test_of_each_kind_one_a_minute_is_a_warning_that_counts_the_others(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    clock = ManualClock()
    seldom = SeldomLog(logging.getLogger("test"), clock.now)
    for _ in range(3):
        seldom.warning("secret", "A secret is wrong: %s", "none")
    seldom.warning("size", "Too large")
    clock.advance(SECONDS)
    seldom.warning("secret", "A secret is wrong: %s", "none")
    assert caplog.messages == [
        "A secret is wrong: none",
        "Too large",
        "A secret is wrong: none (and 2 more like it since the last such line)",
    ]
