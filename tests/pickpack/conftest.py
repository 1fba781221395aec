"""A simulator with one order, and clients of it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from bot.pickpack.client import PickPackClient
from bot.simulators.pickpack.simulator import PickPackSimulator
from tests.fakes import ManualClock

Make = Callable[..., PickPackClient]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def simulator(clock: ManualClock) -> AsyncIterator[PickPackSimulator]:
    simulator = PickPackSimulator(clock=clock, cache_seconds=0)
    await simulator.start()
    simulator.put_order("A-1", "PICKING")
    yield simulator
    await simulator.stop()


@pytest.fixture
async def make(simulator: PickPackSimulator, clock: ManualClock) -> AsyncIterator[Make]:
    async with aiohttp.ClientSession() as session:

        def make(**changes: Any) -> PickPackClient:
            settings: dict[str, Any] = {
                "api_key": simulator.api_key,
                "token_url": simulator.token_url,
                "tracking_url": simulator.tracking_url,
                "clock": clock,
            }
            return PickPackClient(session, **settings | changes)

        yield make


@pytest.fixture
def client(make: Make) -> PickPackClient:
    return make()


def tracked(simulator: PickPackSimulator) -> list[int | None]:
    return [call.status for call in simulator.calls if call.order_id is not None]
