"""The simulated endpoints are as strict as the real ones."""

import json

import aiohttp
import pytest

from bot.simulators.pickpack.orders import AGENT, EVIDENCE, PRICE
from bot.simulators.pickpack.simulator import PickPackSimulator
from tests.fakes import ManualClock
from tests.simulators.pickpack.client import WebhookReceiver, get_order, issue_token, status_shown


class TestEndpoints:
    async def test_a_response_has_all_documented_fields(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        status, answer = await get_order(simulator, session, "A-1", await issue_token(simulator, session))
        assert status == 200
        assert answer["message"] == "OK"
        shown = json.dumps(answer)
        assert all(json.dumps(part) in shown for part in (AGENT, EVIDENCE, PRICE, "trackingStatus", "categories"))

    async def test_tokens_are_issued_for_the_right_key_only(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        for body, status in ((b'{"apiKey": "wrong"}', 401), (b"{}", 400), (b"[]", 400), (b"nonsense", 400)):
            async with session.post(simulator.token_url, data=body) as response:
                assert response.status == status
        assert len(simulator.tokens) == 0

    @pytest.mark.parametrize("authorization", ["", "nonsense", "a.b.c", "ключ"])
    async def test_an_invalid_token_is_refused(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession, authorization: str
    ) -> None:
        status, answer = await get_order(simulator, session, "A-1", authorization)
        assert (status, answer["code"]) == (401, 1000)

    async def test_the_bare_token_is_expected_unless_told_otherwise(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        jwt = await issue_token(simulator, session)
        assert (await get_order(simulator, session, "A-1", f"Bearer {jwt}"))[0] == 401
        simulator.auth_scheme = "Bearer"
        assert (await get_order(simulator, session, "A-1", f"Bearer {jwt}"))[0] == 200
        assert (await get_order(simulator, session, "A-1", jwt))[0] == 401

    async def test_tokens_are_valid_for_fifteen_minutes(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession, clock: ManualClock
    ) -> None:
        jwt = await issue_token(simulator, session)
        clock.advance(899)
        assert (await get_order(simulator, session, "A-1", jwt))[0] == 200
        clock.advance(1)
        assert (await get_order(simulator, session, "A-1", jwt))[0] == 401
        simulator.forbid_tokens = True
        status, answer = await get_order(simulator, session, "A-1", jwt)
        assert (status, answer["code"]) == (403, "EXPIRED_TOKEN")

    async def test_all_tokens_can_be_expired_at_once(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        jwt = await issue_token(simulator, session)
        simulator.expire_tokens()
        assert (await get_order(simulator, session, "A-1", jwt))[0] == 401
        assert (await get_order(simulator, session, "A-1", await issue_token(simulator, session)))[0] == 200

    async def test_orders_of_other_accounts_are_not_found(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        simulator.put_order("X-9", hostname="another-store")
        jwt = await issue_token(simulator, session)
        for order_id, expected in (("nowhere", (400, 1002)), ("X-9", (404, 1001))):
            status, answer = await get_order(simulator, session, order_id, jwt)
            assert (status, answer["code"]) == expected

    async def test_a_response_is_cached_for_thirty_seconds(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession, clock: ManualClock
    ) -> None:
        assert await status_shown(simulator, session) == "PICKING"
        await simulator.set_status("A-1", "PACKING")
        assert await status_shown(simulator, session) == "PICKING"
        clock.advance(30)
        assert await status_shown(simulator, session) == "PACKING"

    async def test_a_stale_response_can_be_frozen(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession, clock: ManualClock
    ) -> None:
        simulator.freeze("A-1")
        await simulator.set_status("A-1", "PACKING")
        clock.advance(500)
        assert await status_shown(simulator, session) == "PICKING"
        simulator.thaw("A-1")
        assert await status_shown(simulator, session) == "PACKING"

    async def test_calls_are_logged(self, simulator: PickPackSimulator, session: aiohttp.ClientSession) -> None:
        await get_order(simulator, session, "A-1", await issue_token(simulator, session))
        assert [(call.path, call.order_id, call.status) for call in simulator.calls] == [
            ("/prod/token", None, 200),
            ("/prod/picking-tracking/A-1", "A-1", 200),
        ]

    async def test_services_change_without_a_webhook(
        self, simulator: PickPackSimulator, receiver: WebhookReceiver
    ) -> None:
        simulator.set_service("A-1", "S-1", status="ON_ROUTE", tracking_url="https://swift.example.com/1")
        simulator.set_service("A-1", "S-2", courier="Hare")
        simulator.set_service("A-1", "S-1", status="INCIDENT")
        await simulator.flush_webhooks()
        first, second = simulator.orders["A-1"].services
        assert (first.status, first.tracking_url) == ("INCIDENT", "https://swift.example.com/1")
        assert (second.status, second.courier) == ("PENDING", "Hare")
        assert not receiver.received
