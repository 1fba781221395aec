"""How much a chat wants to hear, and what settles before it is told."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.simulators.world import World, running
from tests.end_to_end.chats import PersonsChat

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[World]:
    async with running(World(cache_seconds=0), SETTLE_SECONDS=1, SEND_RATE=0) as world:
        yield world


async def choose(chat: PersonsChat, level: str) -> None:
    """Chooses how much to hear, by the buttons of /settings."""
    chat.says("/settings")
    await chat.told("How much do you want to hear")
    await chat.presses(level)


async def test_level_main_of_two_stages_within_the_settle_time_the_later_is_told(
    world: World, chat: PersonsChat
) -> None:
    await choose(chat, "Main steps")
    world.pickpack.put_order("MAIN-1")
    await chat.follows("MAIN-1")
    await world.pickpack.set_status("MAIN-1", "PICKING")
    await world.pickpack.set_status("MAIN-1", "PACKING")
    await chat.told("is being packed")
    await chat.stays_quiet(1.5)
    assert not any("are being gathered" in text for text in chat.texts)


async def test_level_main_is_silent_about_steps_within_a_stage(world: World, chat: PersonsChat) -> None:
    await choose(chat, "Main steps")
    world.pickpack.put_order("MAIN-2")
    await chat.follows("MAIN-2")
    await world.pickpack.set_status("MAIN-2", "READY_FOR_PICKING")
    await chat.stays_quiet(2.0)


async def test_level_key_hears_that_what_it_was_told_no_longer_holds(world: World, chat: PersonsChat) -> None:
    await choose(chat, "Key news only")
    world.pickpack.put_order("KEY-1", "INVOICED")
    await chat.follows("KEY-1")
    await world.pickpack.set_status("KEY-1", "WAITING_FOR_PICKUP")
    assert "is ready for pickup" in (await chat.told("KEY-1")).text
    await world.pickpack.set_status("KEY-1", "PICKING")
    told = await chat.told("KEY-1")
    assert "moved back: gathering the items" in told.text
    assert "no longer holds" in told.text


async def test_level_key_is_silent_about_routine_steps(world: World, chat: PersonsChat) -> None:
    await choose(chat, "Key news only")
    world.pickpack.put_order("KEY-2")
    await chat.follows("KEY-2")
    await world.pickpack.set_status("KEY-2", "PICKING")
    await world.pickpack.set_status("KEY-2", "PACKING")
    await chat.stays_quiet(2.0)


async def test_a_burst_of_routine_steps_becomes_one_silent_message_about_the_last(
    world: World, chat: PersonsChat
) -> None:
    world.pickpack.put_order("BURST-1")
    await chat.follows("BURST-1")
    for status in ("READY_FOR_PICKING", "PICKING", "READY_FOR_PACKING", "PACKING"):
        await world.pickpack.set_status("BURST-1", status)
    message = await chat.told("BURST-1")
    assert "is being packed" in message.text
    assert message.silent
    await chat.stays_quiet(1.5)


async def test_there_and_back_within_the_settle_time_is_not_told(world: World, chat: PersonsChat) -> None:
    world.pickpack.put_order("FLIP-1", "PICKING")
    await chat.follows("FLIP-1")
    for status in ("READY_FOR_PACKING", "PICKING", "READY_FOR_PACKING", "PICKING"):
        await world.pickpack.set_status("FLIP-1", status)
    await chat.stays_quiet(2.0)
