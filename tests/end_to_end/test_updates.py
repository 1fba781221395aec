"""How Telegram's updates arrive: by webhook or by asking, switched without a manual step, each handled once."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import aiohttp
import pytest
import pytest_asyncio

from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, saying_keys, shows, until

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with saying_keys(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=0, SEND_RATE=0) as world:
        yield world


async def test_the_same_update_delivered_twice_is_handled_once(world: SimulatedWorld, chat: PersonsChat) -> None:
    message = {
        "message_id": 900,
        "date": 1_790_000_000,
        "chat": {"id": chat.id, "type": "private", "first_name": "Ana"},
        "from": {"id": chat.id, "is_bot": False, "first_name": "Ana", "language_code": "en"},
        "text": "/help",
    }
    number = world.telegram.push_update({"message": message})
    await chat.told("help")
    world.telegram.push_update({"update_id": number, "message": message})
    await chat.hears_no_more()


async def test_an_update_that_cannot_be_decoded_is_skipped_and_the_rest_handled(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.telegram.push_update({"message": {"message_id": "not a number", "chat": 7}})
    chat.says("/help")
    await chat.told("help")


async def _status_before_the_body(url: str) -> int:
    """Announce a large update with a wrong secret, send nothing of it, and return the answer's status."""
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        head = "Host: x\r\nX-Telegram-Bot-Api-Secret-Token: guess\r\nContent-Length: 1000000\r\n\r\n"
        writer.write(f"POST /webhooks/telegram HTTP/1.1\r\n{head}".encode())
        line = await asyncio.wait_for(reader.readline(), 5)
    finally:
        writer.close()
    return int(line.split()[1])


async def test_switching_to_a_webhook_and_back_needs_no_manual_step_and_drops_nothing(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    chat.says("/help")
    await chat.told("help")
    await world.terminate()
    chat.says("/stop")  # waits at Telegram
    world.telegram.updates.deliver_to = world.url
    await world.restart(TELEGRAM_UPDATES="webhook", PUBLIC_URL="https://bot.example.com")
    await world.wait_until_ready()
    await chat.told("stop-nothing")
    chat.says("/help")
    await chat.told("help")

    async with aiohttp.ClientSession() as session:
        for headers, status in (({}, 401), ({"X-Telegram-Bot-Api-Secret-Token": "guess"}, 401)):
            async with session.post(f"{world.url}/webhooks/telegram", data=b"{}", headers=headers) as response:
                assert response.status == status
    assert await _status_before_the_body(world.url) == 401

    await world.terminate()
    chat.says("/stop")
    await world.restart(TELEGRAM_UPDATES="polling")
    await world.wait_until_ready()
    await chat.told("stop-nothing")
    await until(lambda: world.telegram.updates.webhook is None or not world.telegram.updates.webhook.url)


async def test_blocked_and_unblocked_chats_are_paused_and_welcomed_back(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("BACK-9", "PICKING")
    await chat.follows("BACK-9")
    world.telegram.user_blocks(chat.id)
    await world.pickpack.set_status("BACK-9", "INVOICED")
    await chat.is_told_no_more()
    world.telegram.user_unblocks(chat.id)
    assert shows(await chat.shown("BACK-9"), "state-invoiced", order="BACK-9")
