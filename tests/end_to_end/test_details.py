"""The courier's link: in the message that it belongs to, as soon as the API shows it, and nothing told twice."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.simulators.pickpack.orders import CourierService
from bot.simulators.telegram.state import ShownMessage
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, asked_again, links, saying_keys, stored, until
from tests.message_keys import says

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINK = "https://track.example.com/swift/1"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with saying_keys(SimulatedWorld(cache_seconds=30), SETTLE_SECONDS=0, SEND_RATE=0) as world:
        yield world


@dataclass
class Late:
    """An order whose link the cache still hides, and the message in which it is missing."""

    chat: PersonsChat
    message: ShownMessage


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def late(world: SimulatedWorld) -> Late:
    """It is on its way before the first test begins: over half a minute, as the cache's thirty seconds are real."""
    chat = PersonsChat(world, world.telegram.add_user(4999, language_code="en"))
    world.pickpack.put_order("LATE-1", "WAITING_FOR_DELIVERY_COMPANY")
    await chat.follows("LATE-1")
    world.pickpack.set_service("LATE-1", "S-1", status="ON_ROUTE", tracking_url=LINK)
    await world.pickpack.set_status("LATE-1", "ON_ROUTE")
    return Late(chat, await chat.told("state-on-route", order="LATE-1", within=20))


async def test_while_the_apis_cache_hides_a_link_the_message_says_that_it_will_come(late: Late) -> None:
    assert links(late.message) == []
    assert says(late.message, "link-later")


async def test_a_step_back_is_told_once_though_a_cached_answer_still_shows_the_state_before(
    world: SimulatedWorld, chat: PersonsChat, somebody: Callable[[], PersonsChat]
) -> None:
    world.pickpack.put_order("BACK-1", "INVOICED")
    await chat.follows("BACK-1")
    await world.pickpack.set_status("BACK-1", "PICKING")
    assert says(await chat.told("state-picking", order="BACK-1"), "back", before="short-packed")
    other = somebody()
    other.says("BACK-1")
    await asked_again(world, "BACK-1", times=1)
    await other.shown("BACK-1")
    await chat.is_told_no_more()

    assert len(chat.messages) == 2
    assert stored(world, "SELECT state FROM orders WHERE order_id = 'BACK-1'") == [("PICKING",)]


async def test_a_link_that_is_there_already_comes_with_the_message(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("NOW-1", "READY_FOR_SHIPPING", services=[CourierService("S-1", tracking_url=LINK)])
    await chat.follows("NOW-1")
    world.pickpack.thaw("NOW-1")
    await world.pickpack.set_status("NOW-1", "WAITING_FOR_DELIVERY_COMPANY")
    await chat.sees("state-waiting-for-delivery-company", order="NOW-1")
    world.pickpack.thaw("NOW-1")
    await world.pickpack.set_status("NOW-1", "ON_ROUTE")
    message = await chat.told("state-on-route", order="NOW-1", within=5)
    assert links(message) == [LINK]
    await chat.is_told_no_more()
    assert message.edits == []


async def test_a_link_hidden_by_the_apis_cache_is_put_into_the_one_message_as_soon_as_it_shows(late: Late) -> None:
    await until(lambda: links(late.message) == [LINK], within=30)
    assert len(late.chat.messages) == 2
