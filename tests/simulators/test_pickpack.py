"""The simulated Pick and Pack is as strict as the real one, and as troublesome as it is told to be."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.simulators.pickpack.faults import Endpoint, PickPackFault
from bot.simulators.pickpack.orders import AGENT, EVIDENCE, PRICE, CourierService, SimulatedItem
from bot.simulators.pickpack.simulator import PickPackSimulator
from tests.fakes import ManualClock


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


class Listener:
    """Stands where the bot's listener will: keeps what came in."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str | None]] = []

    async def take(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        self.heard.append((body.get("newStatus", ""), request.headers.get("X-Webhook-Secret")))
        return web.json_response({"result": "stored"})

    @property
    def statuses(self) -> list[str]:
        return [status for status, _ in self.heard]


@pytest.fixture
async def listener(simulator: PickPackSimulator) -> AsyncIterator[Listener]:
    listener = Listener()
    app = web.Application()
    app.router.add_post("/webhooks/pickpack", listener.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    simulator.webhook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhooks/pickpack"
    yield listener
    await runner.cleanup()


async def token(simulator: PickPackSimulator, session: aiohttp.ClientSession) -> str:
    async with session.post(simulator.token_url, json={"apiKey": simulator.api_key}) as response:
        return str((await response.json())["data"])


async def ask(
    simulator: PickPackSimulator, session: aiohttp.ClientSession, order_id: str, authorization: str
) -> tuple[int, dict[str, object]]:
    address = f"{simulator.tracking_url}/{order_id}"
    async with session.get(address, headers={"Authorization": authorization}) as response:
        return response.status, await response.json()


async def status_shown(simulator: PickPackSimulator, session: aiohttp.ClientSession) -> object:
    _, answer = await ask(simulator, session, "A-1", await token(simulator, session))
    data = answer["data"]
    assert isinstance(data, dict)
    return data["fulfillmentStatus"]


class TestTheStrictNeighbour:
    async def test_it_shows_all_that_the_document_shows(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        status, answer = await ask(simulator, session, "A-1", await token(simulator, session))
        assert status == 200
        assert answer["message"] == "OK"
        shown = json.dumps(answer)
        assert all(json.dumps(part) in shown for part in (AGENT, EVIDENCE, PRICE, "trackingStatus", "categories"))

    async def test_it_issues_tokens_for_the_right_key_only(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        for body, status in ((b'{"apiKey": "wrong"}', 401), (b"{}", 400), (b"[]", 400), (b"nonsense", 400)):
            async with session.post(simulator.token_url, data=body) as response:
                assert response.status == status
        assert len(simulator.tokens) == 0

    @pytest.mark.parametrize("authorization", ["", "nonsense", "a.b.c", "ключ"])
    async def test_it_refuses_a_bad_token(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession, authorization: str
    ) -> None:
        status, answer = await ask(simulator, session, "A-1", authorization)
        assert (status, answer["code"]) == (401, 1000)

    async def test_it_wants_the_bare_token_unless_told_otherwise(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        jwt = await token(simulator, session)
        assert (await ask(simulator, session, "A-1", f"Bearer {jwt}"))[0] == 401
        simulator.auth_scheme = "Bearer"
        assert (await ask(simulator, session, "A-1", f"Bearer {jwt}"))[0] == 200
        assert (await ask(simulator, session, "A-1", jwt))[0] == 401

    async def test_its_tokens_last_a_quarter_of_an_hour(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession, clock: ManualClock
    ) -> None:
        jwt = await token(simulator, session)
        clock.advance(899)
        assert (await ask(simulator, session, "A-1", jwt))[0] == 200
        clock.advance(1)
        assert (await ask(simulator, session, "A-1", jwt))[0] == 401
        simulator.forbid_tokens = True
        status, answer = await ask(simulator, session, "A-1", jwt)
        assert (status, answer["code"]) == (403, "EXPIRED_TOKEN")

    async def test_its_tokens_can_be_expired_at_once(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        jwt = await token(simulator, session)
        simulator.expire_tokens()
        assert (await ask(simulator, session, "A-1", jwt))[0] == 401
        assert (await ask(simulator, session, "A-1", await token(simulator, session)))[0] == 200

    async def test_it_knows_no_order_but_its_own(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        simulator.put_order("X-9", hostname="another-store")
        jwt = await token(simulator, session)
        for order_id, expected in (("nowhere", (400, 1002)), ("X-9", (404, 1001))):
            status, answer = await ask(simulator, session, order_id, jwt)
            assert (status, answer["code"]) == expected

    async def test_it_caches_an_answer_for_thirty_seconds(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession, clock: ManualClock
    ) -> None:
        assert await status_shown(simulator, session) == "PICKING"
        await simulator.set_status("A-1", "PACKING")
        assert await status_shown(simulator, session) == "PICKING"
        clock.advance(30)
        assert await status_shown(simulator, session) == "PACKING"

    async def test_it_can_be_stuck_with_a_stale_answer(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession, clock: ManualClock
    ) -> None:
        simulator.freeze("A-1")
        await simulator.set_status("A-1", "PACKING")
        clock.advance(500)
        assert await status_shown(simulator, session) == "PICKING"
        simulator.thaw("A-1")
        assert await status_shown(simulator, session) == "PACKING"

    async def test_it_keeps_a_log_of_calls(self, simulator: PickPackSimulator, session: aiohttp.ClientSession) -> None:
        await ask(simulator, session, "A-1", await token(simulator, session))
        assert [(call.path, call.order_id, call.status) for call in simulator.calls] == [
            ("/prod/token", None, 200),
            ("/prod/picking-tracking/A-1", "A-1", 200),
        ]

    async def test_services_change_without_a_webhook(self, simulator: PickPackSimulator, listener: Listener) -> None:
        simulator.set_service("A-1", "S-1", status="ON_ROUTE", tracking_url="https://swift.example.com/1")
        simulator.set_service("A-1", "S-2", courier="Hare")
        simulator.set_service("A-1", "S-1", status="INCIDENT")
        await simulator.flush_webhooks()
        first, second = simulator.orders["A-1"].services
        assert (first.status, first.tracking_url) == ("INCIDENT", "https://swift.example.com/1")
        assert (second.status, second.courier) == ("PENDING", "Hare")
        assert not listener.heard


class TestFaults:
    async def test_a_fault_lasts_for_so_many_answers(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        jwt = await token(simulator, session)
        simulator.faults.on(PickPackFault.STATUS_500, times=2)
        assert [(await ask(simulator, session, "A-1", jwt))[0] for _ in range(3)] == [500, 500, 200]
        assert not simulator.faults.active

    async def test_a_fault_sits_at_one_door_and_at_one_order(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        simulator.put_order("B-2")
        simulator.faults.on(PickPackFault.STATUS_500, order_id="A-1")
        jwt = await token(simulator, session)
        assert (await ask(simulator, session, "B-2", jwt))[0] == 200
        assert (await ask(simulator, session, "A-1", jwt))[0] == 500
        simulator.faults.off(endpoint=Endpoint.TOKEN)
        assert (await ask(simulator, session, "A-1", jwt))[0] == 500
        simulator.faults.off(PickPackFault.STATUS_500)
        assert (await ask(simulator, session, "A-1", jwt))[0] == 200

    async def test_a_spoiling_fault_waits_for_an_answer_to_spoil(
        self, simulator: PickPackSimulator, session: aiohttp.ClientSession
    ) -> None:
        simulator.faults.on(PickPackFault.WRONG_TYPES, times=1)
        assert (await ask(simulator, session, "A-1", "bad-token"))[0] == 401
        _, answer = await ask(simulator, session, "A-1", await token(simulator, session))
        assert answer["message"] == 7

    async def test_a_reset_leaves_no_answer(self, simulator: PickPackSimulator, session: aiohttp.ClientSession) -> None:
        simulator.faults.on(PickPackFault.RESET)
        with pytest.raises(aiohttp.ClientError):
            await ask(simulator, session, "A-1", "")

    async def test_it_stops_at_once_while_answers_hang(self, clock: ManualClock) -> None:
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


class TestWebhooks:
    async def test_a_change_of_status_is_sent_with_the_secret(
        self, simulator: PickPackSimulator, listener: Listener
    ) -> None:
        await simulator.set_status("A-1", "PACKING")
        assert listener.heard == [("PACKING", "from-the-store")]
        (sent,) = simulator.webhooks
        assert json.loads(sent.body) == {
            "orderId": "A-1",
            "oldStatus": "PICKING",
            "newStatus": "PACKING",
            "hostname": "demo-store",
        }
        assert sent.status == 200
        assert sent.milliseconds > 0

    async def test_webhooks_go_in_order(self, simulator: PickPackSimulator, listener: Listener) -> None:
        steps = ["PACKING", "INVOICING", "INVOICED", "ON_ROUTE", "DELIVERED"]
        await asyncio.gather(*(simulator.set_status("A-1", step) for step in steps))
        assert listener.statuses == steps

    async def test_webhooks_can_be_lost(self, simulator: PickPackSimulator, listener: Listener) -> None:
        simulator.webhook.lose_next = 1
        await simulator.set_status("A-1", "PACKING")
        await simulator.set_status("A-1", "INVOICED")
        assert listener.statuses == ["INVOICED"]
        assert [sent.lost for sent in simulator.webhooks] == [True, False]
        simulator.webhook.lose_share = 1.0
        await simulator.set_status("A-1", "ON_ROUTE")
        assert listener.statuses == ["INVOICED"]

    async def test_webhooks_can_be_repeated(self, simulator: PickPackSimulator, listener: Listener) -> None:
        simulator.webhook.copies = 50
        await simulator.set_status("A-1", "PACKING")
        assert listener.statuses == ["PACKING"] * 50

    async def test_webhooks_can_be_swapped(self, simulator: PickPackSimulator, listener: Listener) -> None:
        simulator.webhook.swap_next = True
        for step in ("PACKING", "INVOICED", "ON_ROUTE"):
            await simulator.set_status("A-1", step)
        assert listener.statuses == ["INVOICED", "PACKING", "ON_ROUTE"]

    async def test_a_webhook_held_back_goes_at_last(self, simulator: PickPackSimulator, listener: Listener) -> None:
        simulator.webhook.swap_next = True
        await simulator.set_status("A-1", "PACKING")
        assert not listener.heard
        await simulator.flush_webhooks()
        assert listener.statuses == ["PACKING"]

    async def test_webhooks_can_be_delayed(self, simulator: PickPackSimulator, listener: Listener) -> None:
        simulator.webhook.delay = 0.05
        simulator.set_status("A-1", "PACKING")
        simulator.webhook.delay = 0.0
        await asyncio.sleep(0.01)
        assert listener.statuses in ([], ["PACKING"])
        await simulator.flush_webhooks()
        assert listener.statuses == ["PACKING"]

    async def test_any_body_can_be_sent(self, simulator: PickPackSimulator, listener: Listener) -> None:
        assert await simulator.send_webhook({"newStatus": "X"}, headers={"X-Webhook-Secret": "wrong"}) == 200
        assert await simulator.send_webhook(b'{"newStatus": "Y"}') == 200
        assert listener.heard == [("X", "wrong"), ("Y", "from-the-store")]

    async def test_nobody_listening_is_in_the_log(self, simulator: PickPackSimulator) -> None:
        simulator.webhook.url = "http://127.0.0.1:9/webhooks/pickpack"
        await simulator.set_status("A-1", "PACKING")
        assert [sent.status for sent in simulator.webhooks] == [None]
