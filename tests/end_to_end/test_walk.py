"""An order's whole way by webhook: what its shopper reads."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.simulators.pickpack.orders import CourierService
from bot.simulators.service_process import spawn
from bot.simulators.world import SimulatedWorld, running
from bot.tracking.model import Level
from bot.tracking.statuses import TABLE
from tests.end_to_end.chats import RAW_STATUS, PersonsChat, links, saying_keys
from tests.message_keys import key_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINK = "https://track.example.com/swift/7f3a91"
SHOWING = ("sendMessage", "editMessageText", "editMessageReplyMarkup")
HEADLINES = [
    "headline-received",
    "headline-being-prepared",
    "headline-packed",
    "headline-arranging",  # then edited: waiting for the courier
    "headline-on-its-way",
    "headline-delivered",
]
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
    async with saying_keys(SimulatedWorld(cache_seconds=0), spawn, SETTLE_SECONDS=0, SEND_RATE=0) as world:
        yield world


async def walk(world: SimulatedWorld, chat: PersonsChat, order_id: str) -> None:
    """Follows an order to its end; each step is waited for, so that none is skipped, and shown once it is there."""
    world.pickpack.put_order(order_id, services=[CourierService("S-1", tracking_url=LINK)])
    await chat.follows(order_id)
    for status in WAY:
        await world.pickpack.set_status(order_id, status)
        card = await chat.sees(f"state-{status.lower().replace('_', '-')}", order=order_id)
        assert card is chat.messages[-1]
        assert links(card) == ([LINK] if status == "ON_ROUTE" else [])
    await chat.is_told_no_more()


async def test_the_whole_way_is_six_messages_with_one_keyboard_and_few_calls(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    await walk(world, chat, "WALK-1")

    assert [key_of(text) for text in chat.texts] == HEADLINES
    assert [message.silent for message in chat.messages] == [False, True, True, True, False, False]
    assert chat.keyboards == chat.messages[-1:]
    assert [key_of(message.text) for message in chat.messages[:-1]] == ["fold"] * 5
    assert not any(message.buttons for message in chat.messages[:-1])
    assert [text for text in chat.shown_texts if RAW_STATUS.search(text)] == []
    assert len(world.telegram.calls_of(*SHOWING, chat_id=chat.id)) <= 20


async def test_the_whole_way_at_level_every_is_a_message_for_each_step_with_one_keyboard(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    chat.says("/settings")
    await chat.told("settings")
    await chat.presses(f"level-name-{Level.EVERY}")
    await walk(world, chat, "WALK-2")

    assert len(chat.messages) == 1 + 13
    assert [message.message_id for message in chat.keyboards[1:]] == [chat.messages[-1].message_id]
    assert key_of(chat.keyboards[0].text) == "settings"


async def test_each_status_has_been_on_a_card_in_words_of_its_own(somebody: Callable[[], PersonsChat]) -> None:
    """In the words that ship."""
    sentences: dict[str, str] = {}
    async with running(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=0, SEND_RATE=0, FOLLOWS_PER_DAY=0) as world:
        for place, status in enumerate((*TABLE, "FROZEN_SOLID")):
            order_id = f"{1509750516000 + place}-01"
            world.pickpack.put_order(order_id, status)
            card = await PersonsChat(world, world.telegram.add_user(4000 + place)).follows(order_id)
            assert not RAW_STATUS.search(card.text)
            assert "FROZEN" not in card.text.upper()
            assert order_id in card.text.splitlines()[0]
            sentences[status] = " ".join(card.text.splitlines()[1:3])
    assert len(set(sentences.values())) == len(sentences) == 19, sentences


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
    await chat.told("state-picking", order="COPY-1")
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
    await chat.told("state-invoiced", order="SKIP-1")
    await chat.is_told_no_more()
    assert len(chat.messages) == 2


async def test_two_webhooks_in_the_wrong_order_leave_the_chat_with_the_later_step(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("SWAP-1", "READY_FOR_PICKING")
    await chat.follows("SWAP-1")
    world.pickpack.webhook.swap_next = True
    await world.pickpack.set_status("SWAP-1", "PICKING")
    await world.pickpack.set_status("SWAP-1", "INVOICED")
    await chat.told("state-invoiced", order="SWAP-1")
    await chat.is_told_no_more()
    # the step before may have been told, since it was true; it is never told after the later one, and nothing twice
    told = [key_of(text) for text in chat.texts]
    assert told[-1] == "headline-packed"
    assert len(told) == len(set(told)) <= 3


async def test_all_followers_of_an_order_are_told(world: SimulatedWorld, somebody: Callable[[], PersonsChat]) -> None:
    world.pickpack.put_order("MANY-1")
    chats = [somebody() for _ in range(5)]
    await asyncio.gather(*(one.follows("MANY-1") for one in chats))
    await world.pickpack.set_status("MANY-1", "PICKING")
    await asyncio.gather(*(one.told("state-picking", order="MANY-1") for one in chats))


async def test_nobody_elses_data_is_in_a_message(world: SimulatedWorld, chat: PersonsChat) -> None:
    assert chat.messages == []
    everything = "\n".join(
        call_text
        for call in world.telegram.calls_of("sendMessage", "editMessageText")
        if (call_text := str(dict(call.parameters)))
    )
    for private in ("Dana", "555 0100", "doorstep-photo", "98765", world.pickpack.api_key, world.webhook_secret):
        assert private not in everything
