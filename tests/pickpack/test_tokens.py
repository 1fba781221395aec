"""One token for all calls: when it is renewed, and by which call. Over real HTTP, against the simulator."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.pickpack.client import PickPackClient
from bot.pickpack.errors import AuthenticationError, UnreachableError
from bot.simulators.pickpack.faults import Endpoint, PickPackFault
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.tracking.events import OrderSnapshot
from tests.fakes import ManualClock
from tests.pickpack.conftest import tracking_statuses


@asynccontextmanager
async def concurrent_calls(client: PickPackClient, count: int) -> AsyncIterator[list[asyncio.Task[Any]]]:
    tasks = [asyncio.create_task(client.fetch_order("A-1")) for _ in range(count)]
    yield tasks
    await asyncio.gather(*tasks, return_exceptions=True)


class TestTokens:
    async def test_one_token_serves_many_calls(self, simulator: PickPackSimulator, client: PickPackClient) -> None:
        async with concurrent_calls(client, 20) as tasks:
            assert all(isinstance(snapshot, OrderSnapshot) for snapshot in await asyncio.gather(*tasks))
        await client.fetch_order("A-1")
        assert len(simulator.tokens) == 1

    async def test_a_token_is_renewed_before_it_expires(
        self, simulator: PickPackSimulator, client: PickPackClient, clock: ManualClock
    ) -> None:
        await client.fetch_order("A-1")
        clock.advance(800)
        await client.fetch_order("A-1")
        assert len(simulator.tokens) == 1
        clock.advance(11)
        await client.fetch_order("A-1")
        assert len(simulator.tokens) == 2
        assert tracking_statuses(simulator) == [200, 200, 200]

    async def test_a_token_that_still_works_is_used_while_its_endpoint_is_down(
        self, simulator: PickPackSimulator, client: PickPackClient, clock: ManualClock
    ) -> None:
        await client.fetch_order("A-1")
        simulator.faults.on(PickPackFault.STATUS_500, endpoint=Endpoint.TOKEN)
        clock.advance(820)
        assert isinstance(await client.fetch_order("A-1"), OrderSnapshot)
        clock.advance(80)
        with pytest.raises(UnreachableError):
            await client.fetch_order("A-1")

    async def test_a_correction_of_the_wall_clock_renews_nothing(
        self, simulator: PickPackSimulator, client: PickPackClient, clock: ManualClock
    ) -> None:
        await client.fetch_order("A-1")
        clock.jump(-3600)
        await client.fetch_order("A-1")
        assert len(simulator.tokens) == 1

    @pytest.mark.parametrize("forbid", [False, True])
    async def test_many_calls_rejected_with_one_token_share_one_renewal(
        self, simulator: PickPackSimulator, client: PickPackClient, forbid: bool
    ) -> None:
        await client.fetch_order("A-1")
        simulator.expire_tokens()
        simulator.forbid_tokens = forbid
        async with concurrent_calls(client, 30) as tasks:
            assert all(isinstance(snapshot, OrderSnapshot) for snapshot in await asyncio.gather(*tasks))
        assert len(simulator.tokens) == 2
        assert tracking_statuses(simulator).count(200) == 31

    async def test_a_second_rejection_is_an_error_after_one_repetition(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        simulator.refuse_tokens = True
        async with concurrent_calls(client, 10) as tasks:
            results = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(result, AuthenticationError) for result in results)
        assert len(simulator.tokens) == 2
        assert len(tracking_statuses(simulator)) == 20

    async def test_a_rejected_key_is_an_authentication_error(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        simulator.refuse_key = True
        with pytest.raises(AuthenticationError, match="key"):
            await client.fetch_order("A-1")
        simulator.refuse_key = False
        assert isinstance(await client.fetch_order("A-1"), OrderSnapshot)

    async def test_a_failed_renewal_is_shared_by_later_calls_with_the_same_token(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        await client.fetch_order("A-1")
        simulator.expire_tokens()
        simulator.refuse_key = True
        simulator.faults.on(PickPackFault.HANG, times=1, seconds=0.2)
        async with concurrent_calls(client, 5) as tasks:
            results = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(result, AuthenticationError) for result in results)
        assert sum(call.order_id is None for call in simulator.calls) == 2

    async def test_a_renewal_survives_the_cancellation_of_the_first_caller(
        self, simulator: PickPackSimulator, client: PickPackClient
    ) -> None:
        simulator.faults.on(PickPackFault.HANG, times=1, endpoint=Endpoint.TOKEN, seconds=0.1)
        async with concurrent_calls(client, 3) as tasks:
            await asyncio.sleep(0.03)
            tasks[0].cancel()
            assert isinstance(await tasks[1], OrderSnapshot)
            assert isinstance(await tasks[2], OrderSnapshot)
        assert tasks[0].cancelled()
        assert len(simulator.tokens) == 1

    async def test_a_client_closes_during_a_renewal(self, simulator: PickPackSimulator, client: PickPackClient) -> None:
        simulator.faults.on(PickPackFault.HANG, endpoint=Endpoint.TOKEN, seconds=5)
        async with concurrent_calls(client, 1) as tasks:
            await asyncio.sleep(0.02)
            await client.close()
        assert tasks[0].cancelled()

    @pytest.mark.parametrize(
        "kind",
        [
            kind
            for kind in PickPackFault
            if kind not in (PickPackFault.HANG, PickPackFault.DRIP, PickPackFault.WRONG_TYPES)
        ],
    )
    async def test_a_failing_token_endpoint_is_unreachable_not_a_rejection(
        self, simulator: PickPackSimulator, client: PickPackClient, kind: PickPackFault
    ) -> None:
        simulator.faults.on(kind, endpoint=Endpoint.TOKEN)
        with pytest.raises(UnreachableError):
            await client.fetch_order("A-1")
        simulator.faults.off()
        assert isinstance(await client.fetch_order("A-1"), OrderSnapshot)
