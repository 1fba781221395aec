"""The bot that the tests of the chat share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.telegram.bot_harness import ANA, BotHarness, Talk, running_bot


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[BotHarness]:
    async with running_bot(tmp_path) as harness:
        yield harness


@pytest.fixture
def ana(harness: BotHarness) -> Talk:
    return harness.talk(ANA)
