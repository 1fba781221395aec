"""An order's whole way by webhook: what its shopper reads."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.simulators.pickpack.orders import CourierService
from bot.simulators.world import SimulatedWorld, running
from tests.end_to_end.chats import RAW_STATUS, PersonsChat, links

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINK = "https://track.example.com/swift/7f3a91"
WAY = [
    "READY_FOR_PICKING",
    "PICKING",
    "READY_FOR_PACKING",
    "PACKING",
    "READY_FOR_INVOICING",
    "INVOICING",
    "INVOICED",
    "PREPARING_SHIPPING",
    "READY_FOR_SHIPPING",
    "WAITING_FOR_DELIVERY_COMPANY",
    "ON_ROUTE",
    "DELIVERED",
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with running(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=0, SEND_RATE=0) as world:
        yield world


async def test_each_step_is_told_once_in_words_of_its_own_and_the_link_comes_when_it_leaves(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("WALK-1", services=[CourierService("S-1", tracking_url=LINK)])
    told = {"READY_FOR_HANDLING": await chat.follows("WALK-1")}
    for status in WAY:
        await world.pickpack.set_status("WALK-1", status)
        told[status] = await chat.shown("WALK-1")
    await chat.is_told_no_more()

    assert len(chat.messages) == 13
    assert len(set(chat.texts)) == 13
    assert [text for text in chat.texts if RAW_STATUS.search(text)] == []
    assert links(told.pop("ON_ROUTE")) == [LINK]
    assert [
        status for status, message in told.items() if "track.example.com" in message.html + str(message.buttons)
    ] == []


async def test_a_thousand_copies_of_an_event_are_answered_200_and_told_once(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("COPY-1")
    await chat.follows("COPY-1")
    answered = len(world.pickpack.webhooks)
    world.pickpack.webhook.copies = 1000
    try:
        await world.pickpack.set_status("COPY-1", "PICKING")
    finally:
        world.pickpack.webhook.copies = 1
    await chat.shown("COPY-1")
    await chat.is_told_no_more()

    assert {webhook.status for webhook in list(world.pickpack.webhooks)[answered:]} == {200}
    assert len(chat.messages) == 2


async def test_steps_whose_webhooks_were_lost_are_not_told_but_the_newest_is(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("SKIP-1")
    await chat.follows("SKIP-1")
    world.pickpack.webhook.lose_next = 2
    for status in ("PICKING", "PACKING", "INVOICED"):
        await world.pickpack.set_status("SKIP-1", status)
    await chat.shown("receipt issued")
    await chat.is_told_no_more()
    assert len(chat.messages) == 2


async def test_two_webhooks_in_the_wrong_order_leave_the_chat_with_the_later_step(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("SWAP-1", "PICKING")
    await chat.follows("SWAP-1")
    world.pickpack.webhook.swap_next = True
    await world.pickpack.set_status("SWAP-1", "READY_FOR_PACKING")
    await world.pickpack.set_status("SWAP-1", "PACKING")
    await chat.shown("is being packed")
    await chat.is_told_no_more()
    # the step before may have been told, since it was true; it is never told after the later one, and nothing twice
    told = [one.text.splitlines()[0] for one in chat.messages]
    assert "is being packed" in told[-1]
    assert len(told) == len(set(told)) <= 3


async def test_all_followers_of_an_order_are_told(world: SimulatedWorld, somebody: Callable[[], PersonsChat]) -> None:
    world.pickpack.put_order("MANY-1")
    chats = [somebody() for _ in range(5)]
    await asyncio.gather(*(one.follows("MANY-1") for one in chats))
    await world.pickpack.set_status("MANY-1", "PICKING")
    await asyncio.gather(*(one.shown("are being gathered") for one in chats))


async def test_nobody_elses_data_is_in_a_message(world: SimulatedWorld, chat: PersonsChat) -> None:
    assert chat.messages == []
    everything = "\n".join(
        call_text
        for call in world.telegram.calls_of("sendMessage", "editMessageText")
        if (call_text := str(dict(call.parameters)))
    )
    for private in ("Dana", "555 0100", "doorstep-photo", "98765", world.pickpack.api_key, world.webhook_secret):
        assert private not in everything
