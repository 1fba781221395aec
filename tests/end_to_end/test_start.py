"""The process: how it starts, ends, is killed and comes back."""

import asyncio
import json
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.simulators.service_process import SOURCE_ROOT, spawn
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, saying_keys, shows, until

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    """Steps settle for two seconds, so that what is stored can be seen before it is told."""
    async with saying_keys(SimulatedWorld(cache_seconds=0), spawn, SETTLE_SECONDS=2, SEND_RATE=0) as world:
        yield world


async def listening(world: SimulatedWorld, within: float = 10.0) -> float:
    """Waits until the service answers /healthz; the seconds that took."""
    began = time.monotonic()
    while True:
        try:
            await world.get("/healthz")
        except aiohttp.ClientError:
            assert time.monotonic() - began < within, world.service.log_tail()
            await asyncio.sleep(0.02)
        else:
            return time.monotonic() - began


async def test_events_are_taken_before_telegrams_library_is_imported_and_told_afterwards(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("EARLY-1")
    await chat.follows("EARLY-1")
    await world.restart()
    await listening(world)
    await world.pickpack.set_status("EARLY-1", "PICKING")
    status, said = await world.get("/readyz")

    assert (status, json.loads(said)["telegram"]) == (200, "starting")
    assert world.pickpack.webhooks[-1].status == 200
    assert len(chat.messages) == 1
    await world.wait_until_ready()
    await chat.told("state-picking", order="EARLY-1")


async def test_a_second_instance_on_the_same_database_exits_75_and_leaves_the_first_alone(
    world: SimulatedWorld,
) -> None:
    code, said = await world.service.run_second_instance(HTTP_PORT="1")
    assert code == 75, said
    assert "Traceback" not in said
    assert (await world.get("/readyz"))[0] == 200


async def test_the_files_of_the_database_are_for_their_owner_alone(world: SimulatedWorld) -> None:
    files = list(world.database.parent.glob("bot.db*"))
    assert world.database in files
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


async def test_kill_9_loses_nothing_that_was_answered_200(world: SimulatedWorld, chat: PersonsChat) -> None:
    orders = [f"KILL-{number}" for number in range(8)]
    for order_id in orders:
        world.pickpack.put_order(order_id)
        await chat.follows(order_id)
    await asyncio.gather(*(world.pickpack.set_status(order_id, "PICKING") for order_id in orders))
    assert {webhook.status for webhook in list(world.pickpack.webhooks)[-8:]} == {200}
    await world.kill()
    assert len(chat.messages) == 8  # none of it was told yet

    await world.restart()
    await world.wait_until_ready()
    await until(lambda: len(chat.messages) == 16)
    await chat.is_told_no_more()
    told = chat.texts[8:]
    assert all(any(shows(text, "state-picking", order=order_id) for text in told) for order_id in orders), told


async def test_sigterm_ends_it_with_0_within_ten_seconds_and_nothing_is_lost_or_told_twice(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("TERM-1")
    await chat.follows("TERM-1")
    await world.pickpack.set_status("TERM-1", "PICKING")
    code, seconds = await world.terminate()
    assert (code, seconds < 10) == (0, True), world.service.log_tail()
    assert "TERM-1" in orders_in_a_copy_of_the_file_alone(world.database)

    await world.restart()
    await world.wait_until_ready()
    await until(lambda: len(chat.messages) == 2)
    await chat.is_told_no_more()


def orders_in_a_copy_of_the_file_alone(database: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(shutil.copy(database, folder))) as copy:
        return [row[0] for row in copy.execute('SELECT order_id FROM subscriptions JOIN orders ON orders.id = "order"')]


async def test_a_service_that_cannot_start_says_why(world: SimulatedWorld) -> None:
    code, said = await world.service.run_second_instance(BOT_TOKEN="no token", POLL_SILENCE="often")
    assert code == 78
    assert "BOT_TOKEN" in said
    assert "POLL_SILENCE" in said
    assert "no token" not in said


async def test_help_needs_no_aiogram() -> None:
    arguments = (sys.executable, "-X", "importtime", "-m", "bot", "--help")
    piped = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*arguments, cwd=SOURCE_ROOT, stdout=piped, stderr=piped)
    said, imported = await process.communicate()
    assert process.returncode == 0
    assert b"demo" in said
    assert b"import time:" in imported
    assert b"aiogram" not in imported
