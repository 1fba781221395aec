"""After a 429 of Pick and Pack about an order that is known, or to several people, calls come at half the rate."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.ingest.poller import Poller
from bot.ingest.recorder import EventRecorder
from bot.pickpack.errors import PickPackError, RateLimitError
from bot.pickpack.health import Breaker
from bot.process.clock import SystemClock
from bot.process.condition import Condition
from bot.store.database import Database
from bot.tracking.events import NotFound, OrderSnapshot
from tests.builders import contexts, nothing_due, open_database, snapshot_of

RATE = 50.0  # calls a second
CALLS = 6


class HastyApi:
    """Pick and Pack, which says 429 to the calls with these numbers."""

    def __init__(self, *refused: int) -> None:
        self.asked = 0
        self.refused = refused

    async def fetch_order(self, order_id: str) -> OrderSnapshot | NotFound:
        self.asked += 1
        if self.asked in self.refused:
            raise RateLimitError("429")
        return snapshot_of("PICKING", order_id=order_id)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    await asyncio.to_thread(opened.close)


@pytest.mark.parametrize(
    ("refused", "asked_before"),
    [
        pytest.param([2], [("0-1", 1), ("0-1", 1)], id="an order that was answered before"),
        pytest.param([1, 2, 3], [("0-1", 1), ("00-1", 2), ("000-1", 3)], id="numbers of three people"),
    ],
)
async def test_after_a_429_the_calls_come_at_half_the_rate(
    database: Database, refused: list[int], asked_before: list[tuple[str, int]]
) -> None:
    clock, api, breaker = SystemClock(), HastyApi(*refused), Breaker(lambda: 0.0)
    recorder = EventRecorder(database, contexts(clock, breaker=breaker), on_due=nothing_due)
    condition = Condition("pickpack", clock)
    poller = Poller(api, database, recorder, clock, breaker, condition=condition, rate=RATE, due=asyncio.Event())
    for order_id, person in asked_before:
        with suppress(PickPackError):
            await poller.look_up(order_id, person=person)
    begun = time.monotonic()
    async with asyncio.timeout(30):
        await asyncio.gather(*(poller.look_up(f"{number}-1", person=number) for number in range(1, CALLS + 1)))
    # a busy machine makes it longer, never shorter; the first of them may go at once
    assert time.monotonic() - begun >= (CALLS - 1) * 2 / RATE
