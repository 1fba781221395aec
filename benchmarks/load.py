"""Measure the service under 200 webhooks a second for a minute, with 2,000 followers and Telegram's limits.

`python -m benchmarks.load`.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, Measured, run, say
from bot.simulators.world import SimulatedWorld, running
from bot.tracking.statuses import TABLE
from tests.end_to_end.seeding import SeededFollower, learn_step_messages, seed_followers, steps_shown

WEBHOOKS_PER_SECOND = 200
SECONDS = 60.0  # in which webhooks are sent
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


async def _measure(folder: Path) -> list[Measured]:
    world = SimulatedWorld(cache_seconds=0, enforce_limits=True)
    world.telegram.latency = TELEGRAM_LATENCY
    seed_followers(world, folder / "bot.db", FOLLOWERS, START)
    async with running(world, DATABASE_PATH=folder / "bot.db", SETTLE_SECONDS=0):
        steps = await learn_step_messages(world, 9_999, START, STATUSES)
        load = Load(world, SECONDS)
        memory: list[float] = []
        sampler = asyncio.create_task(_sample_memory(world, memory))
        await load.run()
        load_ended_at = time.time()
        say(f"{len(load.statuses)} webhooks sent; the backlog now is {_count_outdated(world, steps)} chats")
        await _wait_until_drained(world, steps)
        sampler.cancel()
        return _figures(world, steps, load, memory, load_ended_at)


def _figures(
    world: SimulatedWorld, steps: Mapping[str, int], load: Load, memory: list[float], load_ended_at: float
) -> list[Measured]:
    calls = world.telegram.calls_of("sendMessage")
    drained = sorted(call.at for call in calls if call.outcome == "ok" and call.at > load_ended_at)
    webhooks, refused = len(load.statuses) / load.seconds, sum(status != 200 for status in load.statuses)
    slowest = 1000 * statistics.quantiles(load.latencies, n=20)[-1]
    draining = (len(drained) - 1) / (drained[-1] - drained[0]) if len(drained) > 1 else 0.0
    limited = 100 * world.telegram.flood_control.refusals / max(1, len(calls))
    early = statistics.mean(memory[len(memory) // 6 : len(memory) // 4 + 1])
    most = max(memory[len(memory) // 6 :])
    kept = f"{early:.0f} MB at first, {memory[-1]:.0f} MB at the end"
    under = f"{WEBHOOKS_PER_SECOND} webhooks/s and {len(FOLLOWERS):,} followers"
    return [
        Figure(f"{under}: webhooks sent", webhooks, "a second", WEBHOOKS_PER_SECOND * 0.98, more_is_better=True),
        Figure(f"{under}: webhooks not answered 200", refused, "", 0),
        Figure(f"{under}: answers, p95", slowest, "ms", 1000),
        Figure(f"{under}: messages while it drains", draining, "a second", 25, more_is_better=True),
        Figure(f"{under}: chats that do not see the newest state", _count_outdated(world, steps), "", 0),
        Figure(f"{under}: chats told out of order, or twice", _count_out_of_order(world, steps), "", 0),
        Figure(f"{under}: 429s, of the calls", limited, "%", 1),
        Figure(f"{under}: calls inside a running pause", world.telegram.early_calls, "", 0),
        Figure(f"{under}: most memory, of that after the start", most / early, "×", 1.25, detail=kept),
    ]


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


def measure() -> Iterator[Measured]:
    """Measure one run."""
    with tempfile.TemporaryDirectory() as folder:
        yield from asyncio.run(_measure(Path(folder)))


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
