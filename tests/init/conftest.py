"""A conversation between simulators, on a machine in UTC whose language is English."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.process.clock import SystemClock
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.telegram.simulator import TelegramSimulator
from tests.init.harness import ENGINEER, InitHarness


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
async def init(tmp_path: Path) -> AsyncIterator[InitHarness]:
    async with TelegramSimulator() as telegram:
        pickpack = PickPackSimulator(clock=SystemClock())
        await pickpack.start()
        telegram.add_user(ENGINEER, first_name="Ana")
        yield InitHarness(telegram, pickpack, tmp_path)
        await pickpack.stop()
