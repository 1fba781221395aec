"""Many people at once: nobody is shut out for what others do."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.simulators.pickpack.faults import PickPackFault
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, asks, saying_keys, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

PEOPLE = 300
STRANGER = 6000
RATE = 50


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with saying_keys(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=0, SEND_RATE=0, PICKPACK_RATE=RATE) as world:
        yield world


async def test_three_hundred_people_follow_within_a_minute_while_a_stranger_toggles(world: SimulatedWorld) -> None:
    stranger = PersonsChat(world, world.telegram.add_user(STRANGER))
    world.pickpack.put_order("1509750599999-01", "PICKING")
    people = [PersonsChat(world, world.telegram.add_user(STRANGER + number)) for number in range(1, PEOPLE + 1)]
    for number, person in enumerate(people):
        order_id = f"{1509750510000 + number}-01"
        world.pickpack.put_order(order_id, "PICKING")
        person.says(order_id)
        if number % 10 == 0:
            stranger.says("1509750599999-01")
            stranger.says("/stop")
            stranger.says(f"{1509750590000 + number}-01")
    for number, person in enumerate(people):
        await person.told("state-picking", within=60, order=f"{1509750510000 + number}-01")


async def test_no_second_holds_more_calls_than_the_rate(world: SimulatedWorld) -> None:
    """After the test above: what was asked for three hundred people."""
    times = sorted(call.at for call in world.pickpack.calls if call.order_id is not None)
    assert len(times) >= PEOPLE
    busiest = max(sum(start <= at < start + 1 for at in times) for start in times)
    assert busiest <= RATE * 1.2, busiest  # as they arrive: the network bunches some of them


async def test_one_persons_numbers_that_hang_make_nobody_else_wait(world: SimulatedWorld, chat: PersonsChat) -> None:
    stranger = PersonsChat(world, world.telegram.add_user(STRANGER - 1))
    for number in range(10):
        order_id = f"{1509750570000 + number}-01"
        world.pickpack.faults.on(PickPackFault.HANG, order_id=order_id, seconds=20)
        stranger.says(order_id)
    await until(lambda: asks(world, "1509750570000-01") == 1)
    world.pickpack.put_order("1509750560000-01", "PICKING")
    chat.says("1509750560000-01")
    await chat.told("state-picking", within=5, order="1509750560000-01")
    world.pickpack.faults.off()


async def test_a_stop_while_many_numbers_are_looked_up_ends_well(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.faults.on(PickPackFault.HANG, seconds=20)
    for number in range(8):
        chat.says(f"{1509750580000 + number}-01")
    await asyncio.sleep(1.0)
    code, _seconds = await world.terminate()
    assert code == 0
    world.pickpack.faults.off()
    await world.restart()
    await world.wait_until_ready()
