"""How much a chat wants to hear, and what settles before it is told."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.simulators.world import SimulatedWorld
from bot.tracking.model import Level
from tests.end_to_end.chats import PersonsChat, saying_keys, shows
from tests.message_keys import says

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with saying_keys(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=1, SEND_RATE=0) as world:
        yield world


async def choose(chat: PersonsChat, level: Level) -> None:
    """Chooses how much to hear, by the buttons of /settings."""
    chat.says("/settings")
    await chat.told("settings")
    await chat.presses(f"level-name-{level}")


async def test_level_main_of_two_stages_within_the_settle_time_the_later_is_told(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    await choose(chat, Level.MAIN)
    world.pickpack.put_order("MAIN-1")
    await chat.follows("MAIN-1")
    await world.pickpack.set_status("MAIN-1", "PICKING")
    await world.pickpack.set_status("MAIN-1", "PACKING")
    await chat.told("state-packing", order="MAIN-1")
    await chat.is_told_no_more()
    assert chat.count("state-picking") == 0


async def test_level_main_shows_steps_within_a_stage_on_the_card(world: SimulatedWorld, chat: PersonsChat) -> None:
    await choose(chat, Level.MAIN)
    world.pickpack.put_order("MAIN-2")
    card = await chat.follows("MAIN-2")
    await world.pickpack.set_status("MAIN-2", "READY_FOR_PICKING")
    assert (await chat.sees("state-ready-for-picking", order="MAIN-2")).message_id == card.message_id
    assert chat.count("headline-received") == 1


async def test_level_key_hears_that_what_it_was_told_no_longer_holds(world: SimulatedWorld, chat: PersonsChat) -> None:
    await choose(chat, Level.KEY)
    world.pickpack.put_order("KEY-1", "INVOICED")
    await chat.follows("KEY-1")
    await world.pickpack.set_status("KEY-1", "WAITING_FOR_PICKUP")
    assert shows(await chat.shown("KEY-1"), "state-waiting-for-pickup", order="KEY-1")
    await world.pickpack.set_status("KEY-1", "PICKING")
    told = await chat.told("state-picking", order="KEY-1")
    assert says(told, "back", before="short-ready-for-pickup")
    assert not told.silent


async def test_level_key_shows_routine_steps_on_the_card(world: SimulatedWorld, chat: PersonsChat) -> None:
    await choose(chat, Level.KEY)
    world.pickpack.put_order("KEY-2")
    card = await chat.follows("KEY-2")
    await world.pickpack.set_status("KEY-2", "PICKING")
    await world.pickpack.set_status("KEY-2", "INVOICED")
    assert (await chat.sees("state-invoiced", order="KEY-2")).message_id == card.message_id
    assert chat.messages[-1].message_id == card.message_id


async def test_level_every_hears_of_steps_within_a_stage(world: SimulatedWorld, chat: PersonsChat) -> None:
    await choose(chat, Level.EVERY)
    world.pickpack.put_order("EVERY-1")
    await chat.follows("EVERY-1")
    await world.pickpack.set_status("EVERY-1", "READY_FOR_PICKING")
    assert (await chat.told("state-ready-for-picking", order="EVERY-1")).silent


async def test_a_burst_of_routine_steps_becomes_one_silent_message_about_the_last(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("BURST-1")
    await chat.follows("BURST-1")
    for status in ("READY_FOR_PICKING", "PICKING", "READY_FOR_PACKING", "PACKING"):
        await world.pickpack.set_status("BURST-1", status)
    message = await chat.shown("BURST-1")
    assert shows(message, "state-packing", order="BURST-1")
    assert message.silent
    await chat.is_told_no_more()


async def test_there_and_back_within_the_settle_time_is_not_told(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("FLIP-1", "PICKING")
    await chat.follows("FLIP-1")
    for status in ("READY_FOR_PACKING", "PICKING", "READY_FOR_PACKING", "PICKING"):
        await world.pickpack.set_status("FLIP-1", status)
    await chat.is_told_no_more()
