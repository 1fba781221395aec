"""A simulator with one order, and a receiver of its webhooks."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.simulators.pickpack.orders import CourierService, SimulatedItem
from bot.simulators.pickpack.simulator import PickPackSimulator
from tests.fakes import ManualClock
from tests.simulators.pickpack.client import WebhookReceiver


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def simulator(clock: ManualClock) -> AsyncIterator[PickPackSimulator]:
    simulator = PickPackSimulator(clock=clock, webhook_secret="from-the-store")
    await simulator.start()
    simulator.put_order("A-1", "PICKING", items=[SimulatedItem("Bread")], services=[CourierService("S-1")])
    yield simulator
    await simulator.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def receiver(simulator: PickPackSimulator) -> AsyncIterator[WebhookReceiver]:
    receiver = WebhookReceiver()
    app = web.Application()
    app.router.add_post("/webhooks/pickpack", receiver.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    simulator.webhook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhooks/pickpack"
    yield receiver
    await runner.cleanup()
