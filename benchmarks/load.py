"""What does the service do under 200 webhooks a second for a minute, with 2,000 followers and Telegram's limits?

`python -m benchmarks.load [--seconds N]` prints the figures beside what is promised and exits 1 where one is broken.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.promised import Promises, pace
from bot.simulators.seeding import SeededFollower, learn_step_messages, seed_followers, steps_shown
from bot.simulators.world import SimulatedWorld, running
from bot.tracking.statuses import TABLE

A_SECOND = 200
LATENCY = 0.05
TICK = 0.05
START = "READY_FOR_PICKING"
WAY = [name for name, status in TABLE.items() if 2 < (status.rank or 0) <= 11]
FOLLOWERS = [SeededFollower(10_000 + place, f"LOAD-{place}") for place in range(2_000)]
MEGABYTE = 1024 * 1024


@dataclass
class Load:
    """Webhooks by the clock, whatever the answers do; `statuses` and `seconds` of the answers."""

    world: SimulatedWorld
    seconds: float
    statuses: list[int | None] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    async def run(self) -> None:
        """Send for so long, and wait for the answers."""
        began, sent = time.monotonic(), 0
        moves = [(one.order_id, step) for step in WAY for one in FOLLOWERS]
        tasks = set()
        while (passed := time.monotonic() - began) < self.seconds and sent < len(moves):
            while sent < min(passed * A_SECOND, len(moves)):
                tasks.add(asyncio.create_task(self._move(*moves[sent])))
                sent += 1
            await asyncio.sleep(TICK)
        await asyncio.gather(*tasks)

    async def _move(self, order_id: str, step: str) -> None:
        order = self.world.pickpack.orders[order_id]
        old, order.status = order.status, step
        body = {"orderId": order_id, "oldStatus": old, "newStatus": step, "hostname": order.hostname}
        began = time.perf_counter()
        self.statuses.append(await self.world.pickpack.send_webhook(body))
        self.took.append(time.perf_counter() - began)


async def _measure(folder: Path, seconds: float) -> int:
    world = SimulatedWorld(cache_seconds=0, enforce_limits=True)
    world.telegram.latency = LATENCY
    seed_followers(world, folder / "bot.db", FOLLOWERS, START)
    async with running(world, DATABASE_PATH=folder / "bot.db", SETTLE_SECONDS=0):
        known = await learn_step_messages(world, 9_999, START, WAY)
        load = Load(world, seconds)
        memory: list[float] = []
        watching = asyncio.create_task(_watch(world, memory))
        await load.run()
        loaded_until = time.time()
        print(f"       {len(load.statuses)} webhooks sent; the backlog now is {_behind(world, known)} chats")
        await _drained(world, known)
        watching.cancel()
        return _report(world, known, load, memory, loaded_until)


def _report(
    world: SimulatedWorld, known: Mapping[str, int], load: Load, memory: list[float], loaded_until: float
) -> int:
    promises = Promises()
    calls = world.telegram.calls_of("sendMessage")
    told = sorted(call.at for call in calls if call.outcome == "ok")
    drain = [at for at in told if at > loaded_until]
    promises.hold("webhooks a second", len(load.statuses) / load.seconds, least=A_SECOND * 0.98)
    promises.hold("webhooks not answered 200", sum(status != 200 for status in load.statuses), most=0)
    promises.hold("95 of 100 answers within, ms", 1000 * statistics.quantiles(load.took, n=20)[-1], most=1000)
    promises.hold("messages a second while it drains", pace(drain), least=25)
    promises.hold("chats that do not see the newest state", _behind(world, known), most=0)
    promises.hold("chats told out of order, or twice", _disordered(world, known), most=0)
    promises.hold_limits(world, len(calls))
    early = statistics.mean(memory[len(memory) // 6 : len(memory) // 4 + 1])
    promises.hold("memory at its most, of that after the start", max(memory[len(memory) // 6 :]) / early, most=1.25)
    print(f"       memory {early:.0f} MB at first, {memory[-1]:.0f} MB at the end; {len(told)} messages")
    return int(promises.broken > 0)


async def _watch(world: SimulatedWorld, memory: list[float]) -> None:
    while True:
        memory.append(_resident(world.service.pid) / MEGABYTE)
        await asyncio.sleep(0.5)


def _resident(process: int | None) -> int:
    """Bytes of memory that the process holds; Linux only."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def _drained(world: SimulatedWorld, known: Mapping[str, int]) -> None:
    end = time.monotonic() + 2 * len(FOLLOWERS) / 25
    while _behind(world, known) and time.monotonic() < end:  # noqa: ASYNC110 - too much to ask after every event
        await asyncio.sleep(0.5)


def _behind(world: SimulatedWorld, known: Mapping[str, int]) -> int:
    """Chats that do not see their order's newest state yet."""
    newest = {one: world.pickpack.orders[one.order_id].status for one in FOLLOWERS}
    wanted = {one: WAY.index(status) for one, status in newest.items() if status in WAY}
    return sum(steps_shown(world, one, known)[-1:] != [place] for one, place in wanted.items())


def _disordered(world: SimulatedWorld, known: Mapping[str, int]) -> int:
    """Chats that were told a step after a later one, or twice."""
    told = [steps_shown(world, one, known) for one in FOLLOWERS]
    return sum(steps != sorted(set(steps)) for steps in told)


def main() -> int:
    """0 where every promise is kept."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0, help="how long webhooks are sent")
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), seconds))


if __name__ == "__main__":
    sys.exit(main())
