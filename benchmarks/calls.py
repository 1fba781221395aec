"""Count the calls to Telegram that one delivered order takes at the level `main`, against a message a step.

`python -m benchmarks.calls`. The real service and the simulators; each step is shown before the next one comes, and
nothing is put off, so that no two steps share a call: as many calls as there can be.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator

from benchmarks.figures import Figure, Measured, run
from bot.simulators.world import SimulatedWorld, running
from bot.tracking.statuses import TABLE

CHAT = 10_000
ORDER = "1000001-01"
LEFT_OUT = ("PENDING", "WAITING_FOR_PICKUP", "RETURNED", "CANCELED", "IDLE")
STEPS = [name for name in TABLE if name not in LEFT_OUT]
WITHIN = 10.0
STILL_SECONDS = 1.0  # nothing more comes of a step
COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup", "deleteMessage"})


async def _count() -> Counter[str]:
    """Let somebody follow an order, and the order go step by step to its end; count the calls for the chat."""
    world = SimulatedWorld(cache_seconds=0)
    world.telegram.add_user(CHAT, language_code="en")
    world.pickpack.put_order(ORDER, STEPS[0])
    async with running(world, SEND_RATE=0, SETTLE_SECONDS=0, EDIT_SECONDS=0):
        world.telegram.user_says(CHAT, ORDER)
        await world.telegram.wait_for_message(CHAT, ORDER, WITHIN)
        await _until_still(world)
        for step in STEPS[1:]:
            await world.pickpack.set_status(ORDER, step)
            await _until_still(world)
        return _calls(world)


def _calls(world: SimulatedWorld) -> Counter[str]:
    return Counter(call.method for call in world.telegram.calls if call.chat_id == CHAT and call.method in COUNTED)


async def _until_still(world: SimulatedWorld) -> None:
    """Wait until no call has come for a while."""
    count = -1
    while count < (now := _calls(world).total()):
        count = now
        await asyncio.sleep(STILL_SECONDS)


def measure() -> Iterator[Measured]:
    """Count one order's calls."""
    calls = asyncio.run(_count())
    told = ", ".join(f"{count} {method}" for method, count in calls.most_common())
    detail = f"{told}; {len(STEPS)} steps, the first as the answer to whoever follows"
    yield Figure(
        "calls to Telegram for a delivered order at level `main`", calls.total(), "calls", 20, 18, detail=detail
    )


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
