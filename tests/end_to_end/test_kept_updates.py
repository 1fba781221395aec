"""Killed or ended while messages are handled: they are handled after the restart, and what they do is done once.

Which moment of a handler leaves what is shown without processes, in `tests/telegram/test_kept_updates.py`.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PATIENCE, PersonsChat, saying_keys, stored, until
from tests.end_to_end.crashing_service import AFTER_COMMIT, BEFORE_COMMIT
from tests.end_to_end.service_process import started

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_INBOX = "SELECT count(*) FROM inbox WHERE chat_id = ?"
FOLLOWED = 'SELECT order_id FROM subscriptions JOIN orders ON orders.id = "order" WHERE chat_id = ? ORDER BY order_id'


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with saying_keys(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=0, SEND_RATE=0) as world:
        yield world


async def dies_at(world: SimulatedWorld, kind: str, moment: str) -> None:
    """The service is started, and kills itself at the first commit of this kind."""
    arguments = ("-m", "tests.end_to_end.crashing_service", kind, moment, str(os.getpid()))
    async with started(world, *arguments) as process, asyncio.timeout(3 * PATIENCE):
        assert await process.wait() == -9


async def test_a_message_outlives_kill_after_kill_and_is_done_once(
    world: SimulatedWorld, chat: PersonsChat, somebody: Callable[[], PersonsChat]
) -> None:
    other = somebody()
    world.pickpack.put_order("KEPT-1", "PACKING")
    await world.terminate()
    chat.says("KEPT-1")
    for kind, moment in (("kept", AFTER_COMMIT), ("followed", BEFORE_COMMIT)):
        await dies_at(world, kind, moment)
    assert stored(world, IN_INBOX, chat.id) == [(1,)]
    await dies_at(world, "followed", AFTER_COMMIT)
    assert stored(world, IN_INBOX, chat.id) == [(0,)]
    other.says("/help")
    await dies_at(world, "handled", BEFORE_COMMIT)
    await world.restart()
    await world.wait_until_ready()
    await chat.told("state-packing", order="KEPT-1")
    await other.told("help")
    await other.told("help")
    await chat.hears_no_more()
    await other.hears_no_more()
    assert stored(world, FOLLOWED, chat.id) == [("KEPT-1",)]
    assert chat.count("state-packing", order="KEPT-1") == 1
    assert other.count("help") == 2


async def test_after_sigterm_what_is_answered_within_eight_seconds_is_not_told_again_and_what_waited_is_not_lost(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    slow = world.telegram.fail(TelegramFault.SLOW, chat_id=chat.id, times=1, seconds=7.5)
    chat.says("/help")
    await until(lambda: slow.hits == 1)
    chat.says("/privacy")
    await until(lambda: stored(world, IN_INBOX, chat.id) == [(2,)])
    code, seconds = await world.terminate()
    assert (code, seconds < 10) == (0, True), (seconds, world.service.log_tail(8))
    assert (chat.count("help"), chat.count("privacy")) == (1, 0)
    await world.restart()
    await world.wait_until_ready()
    await chat.told("privacy")
    await chat.hears_no_more()
    assert (chat.count("help"), chat.count("privacy")) == (1, 2)


async def test_a_posted_message_is_handled_though_the_process_is_killed_after_its_200(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("POSTED-1", "PACKING")
    world.telegram.updates.deliver_to = world.url
    await world.restart(TELEGRAM_UPDATES="webhook", PUBLIC_URL="https://bot.example.com")
    await world.wait_until_ready()
    hang = world.telegram.fail(TelegramFault.HANG, chat_id=chat.id, times=1)
    chat.says("/help")
    await until(lambda: hang.hits == 1)
    chat.says("POSTED-1")
    await until(lambda: stored(world, IN_INBOX, chat.id) == [(2,)] and not world.telegram.updates.pending)
    await world.kill()
    await world.restart()
    await world.wait_until_ready()
    await chat.told("state-packing", order="POSTED-1")
    await chat.hears_no_more()
    assert chat.count("help") == 2
    assert chat.count("state-packing", order="POSTED-1") == 1
