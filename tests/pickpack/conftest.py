"""A simulator with one order, and clients of it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from bot.pickpack.client import PickPackClient
from bot.simulators.pickpack.simulator import PickPackSimulator
from tests.fakes import ManualClock

MakeClient = Callable[..., PickPackClient]


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
async def make_client(simulator: PickPackSimulator, clock: ManualClock) -> AsyncIterator[MakeClient]:
    async with aiohttp.ClientSession() as session:

        def make_client(**changes: Any) -> PickPackClient:
            settings: dict[str, Any] = {
                "api_key": simulator.api_key,
                "token_url": simulator.token_url,
                "tracking_url": simulator.tracking_url,
                "clock": clock,
            }
            return PickPackClient(session, **settings | changes)

        yield make_client


@pytest.fixture
def client(make_client: MakeClient) -> PickPackClient:
    return make_client()


def tracking_statuses(simulator: PickPackSimulator) -> list[int | None]:
    return [call.status for call in simulator.calls if call.order_id is not None]
