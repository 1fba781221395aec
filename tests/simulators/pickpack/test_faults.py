"""Faults are injected into the responses that they are meant for."""

import asyncio

import aiohttp
import pytest

from bot.simulators.pickpack.faults import Endpoint, PickPackFault
from bot.simulators.pickpack.simulator import PickPackSimulator
from tests.fakes import ManualClock
from tests.simulators.pickpack.client import get_order, issue_token


class TestFaults:
    async def test_a_fault_lasts_for_a_number_of_responses(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        jwt = await issue_token(simulator, session)
        simulator.faults.on(PickPackFault.STATUS_500, times=2)
        assert [(await get_order(simulator, session, "A-1", jwt))[0] for _ in range(3)] == [500, 500, 200]
        assert not simulator.faults.active

    async def test_a_fault_affects_one_endpoint_and_one_order(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        simulator.put_order("B-2")
        simulator.faults.on(PickPackFault.STATUS_500, order_id="A-1")
        jwt = await issue_token(simulator, session)
        assert (await get_order(simulator, session, "B-2", jwt))[0] == 200
        assert (await get_order(simulator, session, "A-1", jwt))[0] == 500
        simulator.faults.off(endpoint=Endpoint.TOKEN)
        assert (await get_order(simulator, session, "A-1", jwt))[0] == 500
        simulator.faults.off(PickPackFault.STATUS_500)
        assert (await get_order(simulator, session, "A-1", jwt))[0] == 200

    async def test_a_corrupting_fault_waits_for_a_good_response(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        simulator.faults.on(PickPackFault.WRONG_TYPES, times=1)
        assert (await get_order(simulator, session, "A-1", "bad-token"))[0] == 401
        _, answer = await get_order(simulator, session, "A-1", await issue_token(simulator, session))
        assert answer["message"] == 7

    async def test_a_reset_sends_no_response(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        simulator.faults.on(PickPackFault.RESET)
        with pytest.raises(aiohttp.ClientError):
            await get_order(simulator, session, "A-1", "")

    async def test_it_stops_immediately_while_responses_hang(self, clock: ManualClock) -> None:
        simulator = PickPackSimulator(clock=clock)
        await simulator.start()
        simulator.faults.on(PickPackFault.HANG, seconds=60)
        async with aiohttp.ClientSession() as session:
            hanging = asyncio.create_task(session.get(f"{simulator.tracking_url}/A-1"))
            await asyncio.sleep(0.05)
            async with asyncio.timeout(2):
                await simulator.stop()
            with pytest.raises(aiohttp.ClientError):
                await hanging
