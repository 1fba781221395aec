"""Worlds and chats for tests of the real service as a process: real HTTP, a real database, what the chat shows."""

import itertools
from collections.abc import Callable

import pytest

from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat

_ids = itertools.count(5001)


@pytest.fixture
def somebody(world: SimulatedWorld) -> Callable[[], PersonsChat]:
    """Makes chats of people who have not written yet; each module has a `world`."""

    def make() -> PersonsChat:
        return PersonsChat(world, world.telegram.add_user(next(_ids), language_code="en"))

    return make


@pytest.fixture
def chat(somebody: Callable[[], PersonsChat]) -> PersonsChat:
    return somebody()
