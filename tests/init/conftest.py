"""A conversation between simulators, on a machine in UTC whose language is English."""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from bot.process.clock import SystemClock
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.words.fluent.catalog import Catalog
from tests.init.harness import ENGINEER, InitHarness


@cache
def shipped_words() -> Catalog:
    return Catalog()


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    # reading all words takes longer than everything else in a conversation
    monkeypatch.setattr("bot.init.conversation.Catalog", lambda *_: shipped_words())


@pytest.fixture
async def init(tmp_path: Path) -> AsyncIterator[InitHarness]:
    async with TelegramSimulator() as telegram:
        pickpack = PickPackSimulator(clock=SystemClock())
        await pickpack.start()
        telegram.add_user(ENGINEER, first_name="Ana")
        yield InitHarness(telegram, pickpack, tmp_path)
        await pickpack.stop()


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A START that does not come is waited for only briefly."""
    monkeypatch.setattr("bot.init.staff.WAIT_SECONDS", 0.5)
