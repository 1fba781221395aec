"""Measure how fast messages leave while Telegram enforces its limits, and what chats in trouble cost the others.

`python -m benchmarks.limits`. The real service at its usual pace, and the simulated Bot API with flood control.
"""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from benchmarks.figures import Figure, Measured, run
from benchmarks.turns import ROUNDS, in_turns
from bot.simulators.telegram.faults import ActiveTelegramFault, TelegramFault
from bot.simulators.world import SimulatedWorld, running
from tests.end_to_end.seeding import SeededFollower, seed_followers

LIMIT = 30.0  # messages a second
TELEGRAM_LATENCY = 0.1
MESSAGES, CHATS = 1_000, 400
GROUP, GROUP_ORDERS = -1_001, 10
BEFORE, AFTER = "READY_FOR_PICKING", "PICKING"
WITHIN = 90.0
OTHERS = 120
PAUSE_SECONDS = 30.0
WARM_UPS = 10
STILL_SECONDS = 1.5  # after it the pace of each chat and the burst are as at the beginning
TROUBLES = (TelegramFault.TOO_MANY, TelegramFault.HANG, TelegramFault.BLOCKED)

WHY_EARLY = (
    "once in a while the loop stands still for a tenth of a second, not known of what; the calls that were decided "
    "before leave together then, and the first refusal is not read before the next ones are sent"
)


@asynccontextmanager
async def _world(followers: Iterable[SeededFollower]) -> AsyncIterator[SimulatedWorld]:
    with tempfile.TemporaryDirectory() as folder:
        world = SimulatedWorld(cache_seconds=0, enforce_limits=True)
        world.telegram.latency = TELEGRAM_LATENCY
        seed_followers(world, Path(folder) / "bot.db", followers, BEFORE)
        async with running(world, DATABASE_PATH=Path(folder) / "bot.db", SETTLE_SECONDS=0):
            yield world


def _shown_at(world: SimulatedWorld, chats: Iterable[int], since: int) -> list[float]:
    """Return when the chats were shown messages, of the calls after the first `since`."""
    wanted = set(chats)
    calls = world.telegram.calls[since:]
    return sorted(
        one.at for one in calls if one.method == "sendMessage" and one.chat_id in wanted and one.outcome == "ok"
    )


# ── the rate ─────────────────────────────────────────────────────────────────


def _orders() -> list[SeededFollower]:
    """Let 399 chats and a group follow orders, so that 1,000 messages come of them and the group may get all of its."""
    chats, per_order = range(10_000, 10_000 + CHATS - 1), (MESSAGES - GROUP_ORDERS) / GROUP_ORDERS
    followers, place = list[SeededFollower](), 0
    for order in range(GROUP_ORDERS):
        followers.append(SeededFollower(GROUP, f"SHARED-{order}"))
        while place < (order + 1) * per_order:
            followers.append(SeededFollower(chats[place % len(chats)], f"SHARED-{order}"))
            place += 1
    return followers


async def _measure_rate() -> list[Measured]:
    followers, warm_up = _orders(), [SeededFollower(_WARM_UP + number, "WARM-UP") for number in range(WARM_UPS)]
    async with _world([*warm_up, *followers]) as world:
        await world.pickpack.set_status("WARM-UP", AFTER)  # the first calls are slow: connections, classes made late
        await world.telegram.wait_for(lambda: len(_shown_at(world, range(_WARM_UP, _WARM_UP + WARM_UPS), 0)), WITHIN)
        await asyncio.sleep(2 * STILL_SECONDS)
        sent_before = len(world.telegram.calls)
        for order in range(GROUP_ORDERS):
            await world.pickpack.set_status(f"SHARED-{order}", AFTER)
        chats = {one.chat_id for one in followers}
        await world.telegram.wait_for(lambda: len(_shown_at(world, chats, sent_before)) >= MESSAGES, WITHIN)
        at = _shown_at(world, chats, sent_before)
        rate = (len(at) - 1) / (at[-1] - at[0])
        refused = 100 * world.telegram.flood_control.refusals / len(world.telegram.calls_of("sendMessage"))
        early = world.telegram.early_calls
    what = f"{MESSAGES:,} messages to {CHATS} chats, one of them a group, within Telegram's limits"
    why = "SEND_RATE is 28 unless it is set: answers to people need room, and each second is counted 20 ms longer"
    return [
        Figure(f"{what}: of {LIMIT:g}/s", rate / LIMIT, "×", 0.90, 0.97, more_is_better=True, detail=_a(rate), why=why),
        Figure(f"{what}: calls inside a running pause", early, "calls", 0, 0, why=WHY_EARLY),
        Figure(f"{what}: 429s", refused, "%", 1, 1),
    ]


def _a(rate: float) -> str:
    return f"{rate:.1f} messages a second at the usual SEND_RATE"


# ── chats in trouble ─────────────────────────────────────────────────────────


class Others:
    """Tells chats of one order after the other, with three more chats in trouble or without them."""

    def __init__(self, world: SimulatedWorld, plain: Sequence[str], troubled: Sequence[str]) -> None:
        self._world, self._plain, self._troubled = world, iter(plain), iter(troubled)
        self._chats = count(_FIRST_TROUBLED)

    async def without(self) -> float:
        """Return the seconds from the first to the last message of the others."""
        return await self._told(next(self._plain))

    async def with_trouble(self) -> float:
        """Return the same while one chat is paused for 30 s, one hangs and one has blocked the bot."""
        for kind in TROUBLES:
            fault = ActiveTelegramFault(kind, chat_id=next(self._chats), seconds=PAUSE_SECONDS)
            self._world.telegram.faults.add(fault)
        return await self._told(next(self._troubled))

    async def _told(self, order: str) -> float:
        world, since = self._world, len(self._world.telegram.calls)
        await world.pickpack.set_status(order, AFTER)
        await world.telegram.wait_for(lambda: len(_shown_at(world, _OTHERS, since)) >= OTHERS, WITHIN)
        at = _shown_at(world, _OTHERS, since)
        await asyncio.sleep(STILL_SECONDS)
        return at[-1] - at[0]


_OTHERS = range(10_000, 10_000 + OTHERS)
_FIRST_TROUBLED = 20_000
_WARM_UP = 30_000


async def _measure_trouble() -> Measured:
    plain, troubled = ([f"{kind}-{number}" for number in range(ROUNDS)] for kind in ("PLAIN", "TROUBLED"))
    followers = [SeededFollower(chat, order) for order in (*plain, *troubled) for chat in _OTHERS]
    chats = count(_FIRST_TROUBLED)
    # those in trouble come first: the others wait behind them
    trouble = [SeededFollower(next(chats), order) for order in troubled for _ in TROUBLES]
    async with _world([*trouble, *followers]) as world:
        others = Others(world, plain, troubled)
        turns = await in_turns(others.with_trouble, others.without)
    detail = turns.described("s", names=("with them", "without"))
    name = f"a chat in a pause of {PAUSE_SECONDS:g} s, one that hangs, one that blocked the bot: the others' time"
    return Figure(name, statistics.median(turns.ratios), "×", 1.15, 1.05, detail=detail)


def measure() -> Iterator[Measured]:
    """Measure the rate, then what trouble costs."""
    yield from asyncio.run(_measure_rate())
    yield asyncio.run(_measure_trouble())


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
