"""A simulator with one person, and a bot that is connected to it."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from bot.simulators.telegram.simulator import TelegramSimulator
from tests.fakes import ManualClock
from tests.simulators.telegram.bot import ANA, connected


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def telegram(clock: ManualClock) -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(clock=clock, webhook_retry_seconds=0.01) as simulator:
        simulator.add_user(ANA)
        yield simulator


@pytest.fixture
async def bot(telegram: TelegramSimulator) -> AsyncIterator[Bot]:
    async with connected(telegram) as bot:
        yield bot
