"""Measure how fast 200 chats are told of one order while Telegram enforces its limits.

`python -m benchmarks.fan_out` prints the figures with their targets, and exits 1 if one is missed.
"""

import asyncio
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.targets import Targets, rate
from bot.simulators.world import SimulatedWorld, running
from tests.end_to_end.seeding import SeededFollower, seed_followers

CHATS = 200
TELEGRAM_LATENCY = 0.1
MESSAGES_TIMEOUT = 60.0
FOLLOWERS = [SeededFollower(10_000 + number, "SHARED-1") for number in range(CHATS)]


async def _measure(folder: Path) -> int:
    world = SimulatedWorld(cache_seconds=0, enforce_limits=True)
    world.telegram.latency = TELEGRAM_LATENCY
    seed_followers(world, folder / "bot.db", FOLLOWERS, "READY_FOR_PICKING")
    async with running(world, DATABASE_PATH=folder / "bot.db", SETTLE_SECONDS=0):
        started = time.time()
        await world.pickpack.set_status("SHARED-1", "PICKING")
        with suppress(TimeoutError):  # the figures show what is missing
            await world.telegram.wait_for(lambda: _count_messages(world) >= CHATS, MESSAGES_TIMEOUT)
        await asyncio.sleep(1.0)  # nothing may follow
        calls = world.telegram.calls_of("sendMessage")
        sent = sorted(call.at for call in calls if call.outcome == "ok")
        targets = Targets()
        targets.check("chats told", _count_messages(world), least=CHATS, most=CHATS)
        targets.check("messages a second", rate(sent), least=25)
        targets.check_limits(world, len(calls))
        print(f"       the first chat after {sent[0] - started:.2f} s, the last after {sent[-1] - started:.2f} s")
        return int(targets.missed > 0)


def _count_messages(world: SimulatedWorld) -> int:
    return sum(len(world.telegram.bot_messages(follower.chat_id)) for follower in FOLLOWERS)


def main() -> int:
    """Run the benchmark; return 0 if every target is met."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
