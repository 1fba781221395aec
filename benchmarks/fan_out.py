"""How fast do 200 chats hear of one order, where Telegram enforces its limits?

`python -m benchmarks.fan_out` prints the figures beside what is promised and exits 1 where a promise is broken.
"""

import asyncio
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.promised import Promises, pace
from bot.simulators.seeding import SeededFollower, seed_followers
from bot.simulators.world import SimulatedWorld, running

CHATS = 200
LATENCY = 0.1
PATIENCE = 60.0
FOLLOWERS = [SeededFollower(10_000 + place, "SHARED-1") for place in range(CHATS)]


async def _measure(folder: Path) -> int:
    world = SimulatedWorld(cache_seconds=0, enforce_limits=True)
    world.telegram.latency = LATENCY
    seed_followers(world, folder / "bot.db", FOLLOWERS, "READY_FOR_PICKING")
    async with running(world, DATABASE_PATH=folder / "bot.db", SETTLE_SECONDS=0):
        began = time.time()
        await world.pickpack.set_status("SHARED-1", "PICKING")
        with suppress(TimeoutError):  # then the figures say what is missing
            await world.telegram.wait_for(lambda: _shown(world) >= CHATS, PATIENCE)
        await asyncio.sleep(1.0)  # nothing may follow
        calls = world.telegram.calls_of("sendMessage")
        told = sorted(call.at for call in calls if call.outcome == "ok")
        promises = Promises()
        promises.hold("chats told", _shown(world), least=CHATS, most=CHATS)
        promises.hold("messages a second", pace(told), least=25)
        promises.hold_limits(world, len(calls))
        print(f"       the first chat after {told[0] - began:.2f} s, the last after {told[-1] - began:.2f} s")
        return int(promises.broken > 0)


def _shown(world: SimulatedWorld) -> int:
    return sum(len(world.telegram.bot_messages(one.chat_id)) for one in FOLLOWERS)


def main() -> int:
    """0 where every promise is kept."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
