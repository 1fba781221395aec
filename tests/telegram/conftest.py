"""The room that the tests of the chat share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.telegram.room import ANA, Room, Talk, open_room


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(tmp_path) as room:
        yield room


@pytest.fixture
def ana(room: Room) -> Talk:
    return room.talk(ANA)
