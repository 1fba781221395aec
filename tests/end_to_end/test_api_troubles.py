"""Trouble with Pick and Pack's API, on the real process: who is told what, and that it goes on by itself."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from typing import Any

import pytest
import pytest_asyncio

from bot.simulators.pickpack.faults import Endpoint, PickPackFault
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import LOOK_SECONDS, PersonsChat, asks, saying_keys, shows, stored, until
from tests.message_keys import says

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAFF = 4242


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    pace = {"POLL_SILENCE": 0.5, "POLL_SILENCE_MAX": 0.5, "SETTLE_SECONDS": 0, "SEND_RATE": 0}
    async with saying_keys(SimulatedWorld(cache_seconds=0), STAFF_IDS=STAFF, **pace) as world:
        yield world


async def test_with_the_token_endpoint_down_at_the_start_webhooks_are_told_and_polling_goes_on_by_itself(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("START-1", "PICKING")
    await chat.follows("START-1")
    await world.terminate()
    world.pickpack.faults.on(PickPackFault.STATUS_500, endpoint=Endpoint.TOKEN)
    await world.restart()
    await world.wait_until_ready()
    await world.pickpack.set_status("START-1", "INVOICED")
    await chat.told("state-invoiced", order="START-1")
    world.pickpack.webhook.lose_share = 1.0
    await world.pickpack.set_status("START-1", "READY_FOR_SHIPPING")
    await chat.stays_quiet(1.5)
    world.pickpack.faults.off(PickPackFault.STATUS_500, endpoint=Endpoint.TOKEN)
    await chat.told("state-ready-for-shipping", order="START-1", within=30)
    world.pickpack.webhook.lose_share = 0.0


async def test_an_api_that_is_down_is_told_to_staff_once_and_no_shopper_hears_that_an_order_is_not_there(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    orders = [f"DOWN-{number}" for number in range(4)]
    for order_id in orders:
        world.pickpack.put_order(order_id, "PICKING")
        await chat.follows(order_id)
    before = len(chat.texts)
    fault = world.pickpack.faults.on(PickPackFault.STATUS_500)
    await staff.told("alert-api-down", within=30)
    chat.says("DOWN-9")
    answer = await chat.shown("DOWN-9")
    assert says(answer, "api-trouble", order="DOWN-9")
    await world.pickpack.set_status(orders[0], "INVOICED")
    await chat.told("state-invoiced", order=orders[0])
    assert not says(answer, "not-there")
    assert len(chat.texts) == before + 2
    world.pickpack.faults.off(fault.kind)
    await staff.told("alert-api-up", within=40)
    assert (staff.count("alert-api-down"), staff.count("alert-api-up")) == (1, 1)


async def test_one_order_that_cannot_be_read_keeps_its_state_and_the_others_go_on(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    for order_id in ("BAD-1", "GOOD-1"):
        world.pickpack.put_order(order_id, "PICKING")
        await chat.follows(order_id)
    world.pickpack.faults.on(PickPackFault.WRONG_TYPES, order_id="BAD-1")
    before = asks(world, "BAD-1")
    world.pickpack.webhook.lose_share = 1.0
    await world.pickpack.set_status("BAD-1", "INVOICED")
    await world.pickpack.set_status("GOOD-1", "INVOICED")
    assert shows(await chat.told("state-invoiced"), "state-invoiced", order="GOOD-1")
    await until(lambda: asks(world, "BAD-1") > before)
    await chat.is_told_no_more()
    world.pickpack.faults.off(PickPackFault.WRONG_TYPES)
    told = await chat.told("state-invoiced", within=30)
    assert shows(told, "state-invoiced", order="BAD-1")
    world.pickpack.webhook.lose_share = 0.0


async def test_without_the_api_what_webhooks_say_together_is_told_as_the_stores_news_over_a_kill_too(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    """A webhook is lost and three that fit together arrive; while nobody runs, a minute goes by."""
    world.pickpack.put_order("CHAIN-1", "PICKING")
    await chat.follows("CHAIN-1")
    world.pickpack.faults.on(PickPackFault.STATUS_500)
    try:
        world.pickpack.webhook.lose_share = 1.0
        await world.pickpack.set_status("CHAIN-1", "READY_FOR_PACKING")
        world.pickpack.webhook.lose_share = 0.0
        for status in ("PACKING", "READY_FOR_INVOICING", "INVOICED"):
            await world.pickpack.set_status("CHAIN-1", status)
        await chat.is_told_no_more()
        await world.kill()
        a_minute_goes_by(world)
        await world.restart()
        told = await chat.told("state-invoiced", order="CHAIN-1", within=40)
        assert says(told, "by-store")
        await chat.is_told_no_more()
    finally:
        world.pickpack.faults.off(PickPackFault.STATUS_500)
        await api_is_well(world)


async def api_is_well(world: SimulatedWorld) -> None:
    async with asyncio.timeout(40):
        while json.loads((await world.get("/readyz"))[1])["pickpack"] != "ok":  # noqa: ASYNC110 - the service tells nobody
            await asyncio.sleep(LOOK_SECONDS)


def a_minute_goes_by(world: SimulatedWorld) -> None:
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute(
            "UPDATE orders SET chain_due_at = chain_due_at - 60, chain = json_array("
            "json_array(chain ->> '$[0][0]', chain ->> '$[0][1]', (chain ->> '$[0][2]') - 60), "
            "json_array(chain ->> '$[1][0]', chain ->> '$[1][1]', (chain ->> '$[1][2]') - 60)) "
            "WHERE chain_due_at IS NOT NULL"
        )
        connection.commit()


@pytest.mark.parametrize("fault", [{"kind": PickPackFault.ECHO, "status": 400}, {"kind": PickPackFault.STATUS_500}])
async def test_odd_numbers_that_the_api_chokes_on_are_no_outage(
    world: SimulatedWorld, chat: PersonsChat, fault: dict[str, Any]
) -> None:
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    before = staff.count("alert-api-down")
    for number in range(6):
        order_id = f"ODD{fault['kind']}".replace("-", "") + f"-0{number}"
        world.pickpack.faults.on(**fault, order_id=order_id)
        stranger = PersonsChat(world, world.telegram.add_user(7000 + number))
        stranger.says(order_id)
        await stranger.told("api-trouble", order=order_id)
    world.pickpack.put_order("EVEN-1", "PICKING")
    chat.says("EVEN-1")
    await chat.told("state-picking", order="EVEN-1")
    assert staff.count("alert-api-down") == before
    world.pickpack.faults.off()


async def test_a_franchises_order_is_one_order_and_its_webhooks_are_taken_over_a_restart(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    alerts = "SELECT count(*) FROM outbox WHERE kind = 'alert' AND payload LIKE '%other-account%Franchise%'"
    event = {"orderId": "77001-01", "oldStatus": "PICKING", "newStatus": "INVOICED", "hostname": "Franchise"}
    world.pickpack.put_order("77001-01", "PICKING")
    assert await world.pickpack.send_webhook(event) == 403
    await until(lambda: stored(world, alerts) == [(1,)])  # it is told in the store's hours
    world.pickpack.alter = lambda _order_id, data: data | {"hostname": "franchise"}
    await chat.follows("77001-01")
    await world.terminate()
    await world.restart()
    await world.wait_until_ready()
    world.pickpack.orders["77001-01"].status = "INVOICED"
    assert await world.pickpack.send_webhook(event) == 200
    await chat.told("state-invoiced", order="77001-01")
    assert await world.pickpack.send_webhook(event | {"hostname": "a-stranger"}) == 403
    assert stored(world, "SELECT count(*) FROM orders WHERE order_id = '77001-01'") == [(1,)]
    world.pickpack.alter = None
