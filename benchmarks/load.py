"""Measure the service under 200 webhooks a second for a minute, with 2,000 followers and Telegram's limits.

`python -m benchmarks.load [--seconds N]` prints the figures with their targets, and exits 1 if one is missed.
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

from benchmarks.targets import Targets, rate
from bot.simulators.world import SimulatedWorld, running
from bot.tracking.statuses import TABLE
from tests.end_to_end.seeding import SeededFollower, learn_step_messages, seed_followers, steps_shown

WEBHOOKS_PER_SECOND = 200
TELEGRAM_LATENCY = 0.05
TICK_SECONDS = 0.05
START = "READY_FOR_PICKING"
STATUSES = [name for name, status in TABLE.items() if 2 < (status.rank or 0) <= 11]
FOLLOWERS = [SeededFollower(10_000 + number, f"LOAD-{number}") for number in range(2_000)]
MEGABYTE = 1024 * 1024


@dataclass
class Load:
    """Sends webhooks at a fixed rate, however slow the responses are; keeps their `statuses` and `latencies`."""

    world: SimulatedWorld
    seconds: float
    statuses: list[int | None] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    async def run(self) -> None:
        """Send webhooks for `seconds`, and wait for the responses."""
        started, sent = time.monotonic(), 0
        moves = [(follower.order_id, status) for status in STATUSES for follower in FOLLOWERS]
        tasks = set()
        while (passed := time.monotonic() - started) < self.seconds and sent < len(moves):
            while sent < min(passed * WEBHOOKS_PER_SECOND, len(moves)):
                tasks.add(asyncio.create_task(self._move(*moves[sent])))
                sent += 1
            await asyncio.sleep(TICK_SECONDS)
        await asyncio.gather(*tasks)

    async def _move(self, order_id: str, status: str) -> None:
        order = self.world.pickpack.orders[order_id]
        old, order.status = order.status, status
        body = {"orderId": order_id, "oldStatus": old, "newStatus": status, "hostname": order.hostname}
        started = time.perf_counter()
        self.statuses.append(await self.world.pickpack.send_webhook(body))
        self.latencies.append(time.perf_counter() - started)


async def _measure(folder: Path, seconds: float) -> int:
    world = SimulatedWorld(cache_seconds=0, enforce_limits=True)
    world.telegram.latency = TELEGRAM_LATENCY
    seed_followers(world, folder / "bot.db", FOLLOWERS, START)
    async with running(world, DATABASE_PATH=folder / "bot.db", SETTLE_SECONDS=0):
        steps = await learn_step_messages(world, 9_999, START, STATUSES)
        load = Load(world, seconds)
        memory: list[float] = []
        sampler = asyncio.create_task(_sample_memory(world, memory))
        await load.run()
        load_ended_at = time.time()
        print(f"       {len(load.statuses)} webhooks sent; the backlog now is {_count_outdated(world, steps)} chats")
        await _wait_until_drained(world, steps)
        sampler.cancel()
        return _report(world, steps, load, memory, load_ended_at)


def _report(
    world: SimulatedWorld, steps: Mapping[str, int], load: Load, memory: list[float], load_ended_at: float
) -> int:
    targets = Targets()
    calls = world.telegram.calls_of("sendMessage")
    sent = sorted(call.at for call in calls if call.outcome == "ok")
    drained = [at for at in sent if at > load_ended_at]
    targets.check("webhooks a second", len(load.statuses) / load.seconds, least=WEBHOOKS_PER_SECOND * 0.98)
    targets.check("webhooks not answered 200", sum(status != 200 for status in load.statuses), most=0)
    targets.check("95 of 100 answers within, ms", 1000 * statistics.quantiles(load.latencies, n=20)[-1], most=1000)
    targets.check("messages a second while it drains", rate(drained), least=25)
    targets.check("chats that do not see the newest state", _count_outdated(world, steps), most=0)
    targets.check("chats told out of order, or twice", _count_out_of_order(world, steps), most=0)
    targets.check_limits(world, len(calls))
    early = statistics.mean(memory[len(memory) // 6 : len(memory) // 4 + 1])
    targets.check("memory at its most, of that after the start", max(memory[len(memory) // 6 :]) / early, most=1.25)
    print(f"       memory {early:.0f} MB at first, {memory[-1]:.0f} MB at the end; {len(sent)} messages")
    return int(targets.missed > 0)


async def _sample_memory(world: SimulatedWorld, memory: list[float]) -> None:
    while True:
        memory.append(_resident_memory(world.service.pid) / MEGABYTE)
        await asyncio.sleep(0.5)


def _resident_memory(process: int | None) -> int:
    """Return the resident memory of a process in bytes; Linux only."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def _wait_until_drained(world: SimulatedWorld, steps: Mapping[str, int]) -> None:
    deadline = time.monotonic() + 2 * len(FOLLOWERS) / 25
    while _count_outdated(world, steps) and time.monotonic() < deadline:  # noqa: ASYNC110 - too slow to check after every event
        await asyncio.sleep(0.5)


def _count_outdated(world: SimulatedWorld, steps: Mapping[str, int]) -> int:
    """Count the chats that do not show their order's newest status yet."""
    newest = {follower: world.pickpack.orders[follower.order_id].status for follower in FOLLOWERS}
    expected = {follower: STATUSES.index(status) for follower, status in newest.items() if status in STATUSES}
    return sum(steps_shown(world, follower, steps)[-1:] != [step] for follower, step in expected.items())


def _count_out_of_order(world: SimulatedWorld, steps: Mapping[str, int]) -> int:
    """Count the chats that were told a step twice, or after a later one."""
    shown = [steps_shown(world, follower, steps) for follower in FOLLOWERS]
    return sum(indexes != sorted(set(indexes)) for indexes in shown)


def main() -> int:
    """Run the benchmark; return 0 if every target is met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0, help="how long webhooks are sent")
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), seconds))


if __name__ == "__main__":
    sys.exit(main())
