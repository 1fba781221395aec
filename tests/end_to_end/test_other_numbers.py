"""A card beside an order, on the real service: the order is looked up, and the card is nowhere afterwards."""

from collections.abc import AsyncIterator
from urllib.parse import unquote

import pytest
import pytest_asyncio

from bot.ingest.api_judgement import NOBODYS_ORDER
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, saying_keys, until
from tests.message_keys import says

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAFF = 4242
CARD = "4111111111111111"
SPELLINGS = (
    CARD,
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111.1111.1111.1111",
    "４１１１１１１１１１１１１１１１",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    settings = {"LOG_LEVEL": "DEBUG", "STAFF_IDS": STAFF, "LINK_SECRET": "a-secret-only-for-these-tests"}
    async with saying_keys(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=0, SEND_RATE=0, **settings) as world:
        yield world


def came_out(world: SimulatedWorld) -> dict[str, str]:
    """All that the service has said, sent and stored, by place."""
    folder = world.service.folder
    files = [path for path in folder.rglob("*") if path.is_file() and path != world.service.log]
    shown = [world.telegram.messages(chat, from_bot=True, deleted=True) for chat in world.telegram.state.chats]
    return {
        "files": " ".join(path.read_bytes().decode("utf-8", "replace") for path in files),
        "log": world.service.log.read_text(),
        "asked of Pick and Pack": " ".join(unquote(call.path) for call in world.pickpack.calls),
        "sent to Telegram": " ".join(f"{call.method} {call.parameters}" for call in world.telegram.calls),
        "messages": " ".join(f"{message} {message.edits}" for messages in shown for message in messages),
    }


async def test_a_card_beside_an_order_is_not_asked_for_stored_shown_or_logged(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    for position, card in enumerate(SPELLINGS):
        order = f"XDE-125388155{position}433-01"
        world.pickpack.put_order(order, "PACKING")
        chat.says(f"Order {order} paid with card {card}")
        await chat.told("state-packing", order=order)
        for said in (card, f"/order {card}", f"/start {card}", f"/stop {card}", f"my card is {card}"):
            chat.says(said)
            await chat.told()
        name = f"gift {position}"
        chat.says(f"/order {order} {card} {name}")
        await chat.told("state-packing", label=name)
        world.telegram.user_sends(chat.id, "photo", caption=f"{order} {card}")
        await chat.told("state-packing", label=name)
        for command in ("check", "who", "resend", "link", "tell"):
            staff.says(f"/{command} {card}")
            assert says(await staff.told(), "panel-write" if command == "tell" else "staff-usage")
    chat.says("/export")
    await chat.told()
    found = came_out(world)
    assert all(found.values())
    assert [(place, card) for place, text in found.items() for card in SPELLINGS if card in text] == []
    asked = {call.order_id for call in world.pickpack.calls if call.order_id is not None}
    assert asked - {NOBODYS_ORDER} == set(world.pickpack.orders)  # it is asked for at the start, in a quiet shop


async def test_the_documents_own_example_is_looked_up_with_its_prefix(world: SimulatedWorld, chat: PersonsChat) -> None:
    number = "XDE-1253881550433-01"
    world.pickpack.put_order(number, "PACKING")
    calls = world.pickpack.calls
    before = len(calls)
    assert says(await chat.follows(number), "state-packing")
    await until(lambda: len(calls) > before)
    assert {call.order_id for call in list(calls)[before:] if call.order_id is not None} == {number}
