"""Every webhook is lost: the poller finds each step by itself."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.simulators.pickpack.faults import PickPackFault
from bot.simulators.pickpack.orders import CourierService
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import LOOK_SECONDS, RAW_STATUS, PersonsChat, links, saying_keys, stored, until
from tests.end_to_end.test_walk import LINK, WAY

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    pace = {"POLL_SILENCE": 0.2, "POLL_SILENCE_MAX": 0.2, "SETTLE_SECONDS": 0, "SEND_RATE": 0}
    async with saying_keys(SimulatedWorld(cache_seconds=0), **pace) as world:
        world.pickpack.webhook.lose_share = 1.0
        yield world


async def test_each_state_is_found_and_told_with_one_token(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("POLL-1", services=[CourierService("S-1", tracking_url=LINK)])
    await chat.follows("POLL-1")
    for status in WAY:
        await world.pickpack.set_status("POLL-1", status)
        message = await chat.sees(f"state-{status.lower().replace('_', '-')}", order="POLL-1")
        assert (LINK in links(message)) == (status == "ON_ROUTE"), message.text
    await chat.is_told_no_more()

    assert (len(chat.messages), len(chat.keyboards)) == (6, 1)
    assert [text for text in chat.shown_texts if RAW_STATUS.search(text)] == []
    assert len(world.pickpack.tokens) == 1


async def test_an_order_that_suddenly_is_not_found_stays_as_it_was(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("GONE-1", "PICKING")
    await chat.follows("GONE-1")
    world.pickpack.remove_order("GONE-1")
    await until(lambda: stored(world, "SELECT misses FROM orders WHERE order_id = 'GONE-1'") != [(0,)])
    await chat.is_told_no_more()
    assert chat.count("not-there") == 0


async def test_metrics_count_each_call_by_what_became_of_it(world: SimulatedWorld, chat: PersonsChat) -> None:
    """A page of a gateway, an answer of wrong types and a 429, each once; the others as they come."""
    world.pickpack.put_order("COUNT-1", "PICKING")
    await chat.follows("COUNT-1")
    chat.says("COUNT-NONE-1")
    await chat.told()
    for kind in (PickPackFault.HTML, PickPackFault.WRONG_TYPES, PickPackFault.TOO_MANY):
        world.pickpack.faults.on(kind, order_id="COUNT-1", times=1, retry_after="1")
        await until(lambda: not world.pickpack.faults.active, within=20)
    expected = {"ok", "not-found", "unreachable", "unreadable", "throttled"}
    async with asyncio.timeout(20):
        while (counted := await results(world)) < expected:  # noqa: ASYNC110 - the service tells nobody
            await asyncio.sleep(LOOK_SECONDS)
    assert counted == expected


async def results(world: SimulatedWorld) -> set[str]:
    """What calls to the API have come to so far, as /metrics has it."""
    _, page = await world.get("/metrics")
    counts = re.findall(r'^onroute_api_calls_total\{result="([a-z-]+)"\} ([0-9.]+)$', page, re.MULTILINE)
    return {name for name, count in counts if float(count)}
