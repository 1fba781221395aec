"""What the bot answers to people who write to it."""

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.simulators.pickpack.faults import PickPackFault
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, asks, saying_keys, shows
from tests.message_keys import keys_in, says

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAFF = 4242


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with saying_keys(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=0, SEND_RATE=0, STAFF_IDS=STAFF) as world:
        yield world


async def test_start_says_what_to_do(chat: PersonsChat) -> None:
    chat.says("/start")
    assert says(await chat.told(), "start")


async def test_start_with_an_order_number_follows_it(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("DEEP-1", "PICKING")
    chat.says("/start DEEP-1")
    assert shows(await chat.told(), "state-picking", order="DEEP-1")


async def test_help_lists_the_commands(chat: PersonsChat) -> None:
    chat.says("/help")
    assert keys_in(await chat.told()) == ["help"]
    await chat.hears_no_more()


async def test_an_order_is_answered_with_where_it_is_now(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("ASK-1", "PACKING")
    assert shows(await chat.follows("ASK-1"), "state-packing", order="ASK-1")


async def test_after_stop_nothing_more_is_told(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("STOP-1")
    await chat.follows("STOP-1")
    chat.says("/stop")
    assert says(await chat.told(), "stopped", order="STOP-1")
    await world.pickpack.set_status("STOP-1", "PICKING")
    await chat.is_told_no_more()


async def test_stop_without_an_order_says_so(chat: PersonsChat) -> None:
    chat.says("/stop")
    assert says(await chat.told(), "stop-nothing")


async def test_a_number_that_is_not_there_is_answered_politely_and_told_when_it_appears(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    chat.says("SOON-1")
    assert says(await chat.told(), "not-there", order="SOON-1")
    world.pickpack.put_order("SOON-1", "READY_FOR_HANDLING")
    await world.pickpack.set_status("SOON-1", "PICKING")
    await chat.told("state-picking", order="SOON-1")


async def test_another_accounts_order_reads_as_one_that_is_not_there(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("ALIEN-1", "PICKING", hostname="another-store")
    chat.says("ALIEN-1")
    alien = (await chat.shown("ALIEN-1")).text
    assert says(alien, "not-there", order="ALIEN-1")
    chat.says("NOBODY-1")
    assert (await chat.shown("NOBODY-1")).text.replace("NOBODY-1", "ALIEN-1") == alien


async def test_after_five_numbers_that_are_not_there_nothing_is_asked_for_a_while(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    for number in range(5):
        chat.says(f"GUESS-{number}")
        await chat.told()
    asked = len(world.pickpack.calls)
    world.pickpack.put_order("REAL-1", "PICKING")
    chat.says("REAL-1")
    assert says(await chat.told(), "wait")
    assert len(world.pickpack.calls) == asked


async def test_the_sixteenth_new_order_of_a_day_needs_a_link(world: SimulatedWorld, chat: PersonsChat) -> None:
    for number in range(15):
        world.pickpack.put_order(f"{10010 + number}-01", "PICKING")
        await chat.follows(f"{10010 + number}-01")
    world.pickpack.put_order("DAY-9", "PICKING")
    chat.says("DAY-9")
    assert says(await chat.told(), "day-limit", count=15, wait=24)
    assert asks(world, "DAY-9") == 0


async def test_the_limits_on_guessing_outlive_a_restart(world: SimulatedWorld, chat: PersonsChat) -> None:
    for number in range(5):
        chat.says(f"RESTART-GUESS-{number}")
        await chat.told()
    await world.terminate()
    await world.restart()
    await world.wait_until_ready()
    world.pickpack.put_order("REAL-2", "PICKING")
    chat.says("REAL-2")
    assert says(await chat.told(), "wait")
    assert asks(world, "REAL-2") == 0


async def test_the_apis_trouble_is_no_word_about_the_order(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("DOWN-1", "PICKING")
    world.pickpack.faults.on(PickPackFault.STATUS_500, times=1, order_id="DOWN-1")
    chat.says("DOWN-1")
    assert says(await chat.told(), "api-trouble", order="DOWN-1")
    world.pickpack.faults.off()


@pytest.mark.parametrize(
    ("text", "key"),
    [("hello", "say-greeting"), ("<b>7</b>", "say-unsure"), ("é7", "say-unsure"), ("7" * 81, "not-a-number")],
)
async def test_only_what_looks_like_a_number_is_answered_with_an_example(
    chat: PersonsChat, text: str, key: str
) -> None:
    chat.says(text)
    assert keys_in(await chat.told())[0] == key


async def test_an_unknown_command_is_not_repeated_in_the_answer(chat: PersonsChat) -> None:
    chat.says("/nonsense")
    answer = await chat.told()
    assert answer.text == "⟦unknown-command⟧"


async def test_staff_see_the_raw_status(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("RAW-1", "READY_FOR_INVOICING")
    await chat.follows("RAW-1")
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    staff.says("/check RAW-1")
    await staff.told("check-heading", number="RAW-1")
    await staff.presses("button-details")
    await staff.sees("check-status", raw="READY_FOR_INVOICING")


async def test_a_staff_command_of_somebody_else_is_an_unknown_command(
    world: SimulatedWorld, chat: PersonsChat, somebody: Callable[[], PersonsChat]
) -> None:
    chat.says("/check RAW-1")
    other = somebody()
    other.says("/nonsense")
    denied = await chat.told()
    assert keys_in(denied) == ["unknown-command"]
    assert denied.text == (await other.told()).text
