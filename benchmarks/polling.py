"""Measure how often the API is asked about an order until it is delivered and forgotten, with webhooks that get lost.

The real poller asks, and real decisions and schedules say when; only the clock, the API and the webhooks are simulated.
Against one call a minute until the order is delivered.

`python -m benchmarks.polling`.
"""

import asyncio
import heapq
import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, run
from bot.ingest.poller import Poller
from bot.ingest.recorder import EventRecorder
from bot.pickpack.health import Breaker
from bot.process.condition import Condition
from bot.store import chats, orders
from bot.store.database import Database
from bot.tracking.deciding import effective_status
from bot.tracking.events import NotFound, OrderSnapshot, ShipmentSnapshot, StatusChanged
from bot.tracking.model import Level, OrderPk, Ticks, Wall
from bot.tracking.statuses import DELIVERED, ON_ROUTE
from bot.tracking.timing import DAY, PollIntervals
from bot.transactions.context import ContextSource
from bot.transactions.schedule import schedule_poll

HOST = "store"
ORDERS = 200
WITHIN = 3 * 3600.0  # seconds, in which they are placed
CACHE_SECONDS = 30.0  # of the API
START = 1_790_000_000.0
PATIENCE = 10.0  # real seconds, in which an answer is recorded
WHY = (
    "of 17 calls 5 look for a lost “on its way” while the courier is awaited, 6 for links and incidents on the way,"
    " which no webhook tells: at half as many an incident is seen after 20 minutes; 3 confirm the end"
)
MUCH = 1e6  # calls a second: the simulated clock doesn't wait for a turn
# minutes in each status, on average
WAY = (
    ("PENDING", 3), ("READY_FOR_HANDLING", 5), ("READY_FOR_PICKING", 22), ("PICKING", 16), ("READY_FOR_PACKING", 5),
    ("PACKING", 8), ("READY_FOR_INVOICING", 2), ("INVOICING", 1), ("INVOICED", 3), ("PREPARING_SHIPPING", 5),
    ("READY_FOR_SHIPPING", 12), ("WAITING_FOR_DELIVERY_COMPANY", 34), (ON_ROUTE, 60), (DELIVERED, 0),
)  # fmt: skip


class SimulatedClock:
    """A clock that goes from one event to the next."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> Ticks:
        """Return the service's time."""
        return Ticks(self.at)

    def wall(self) -> Wall:
        """Return Unix time."""
        return Wall(self.at)


@dataclass
class Life:
    """When an order comes to each status, how often it was asked for, and when the bot learnt of its way."""

    number: str
    times: Sequence[float]
    asked: int = 0
    found_on_route: float | None = None
    cached: tuple[float, str] = field(default=(0.0, ""))

    def status(self, at: float) -> str:
        """Return the true status at a time."""
        return WAY[max(0, sum(one <= at for one in self.times) - 1)][0]

    @property
    def minutes(self) -> float:
        """Return how long it takes to be delivered."""
        return (self.times[-1] - self.times[0]) / 60


class Api:
    """Pick and Pack's API with its cache."""

    def __init__(self, lives: dict[str, Life], clock: SimulatedClock) -> None:
        self._lives = lives
        self._clock = clock

    async def fetch_order(self, order_id: str) -> OrderSnapshot | NotFound:
        """Answer with what the order was when it was last looked at, for as long as that is kept."""
        life = self._lives.get(order_id)
        if life is None:
            return NotFound(order_id)
        life.asked += 1
        if self._clock.at - life.cached[0] >= CACHE_SECONDS:
            life.cached = (self._clock.at, life.status(self._clock.at))
        status = life.cached[1]
        under_way = status in (ON_ROUTE, DELIVERED)
        link = "https://courier.example/" + order_id if under_way else None
        service = ShipmentSnapshot("s1", status, "Ana", tracking_url=link) if under_way else None
        return OrderSnapshot(HOST, order_id, status, () if service is None else (service,))


class Simulation:
    """A store's orders over four days."""

    def __init__(
        self, database: Database, is_lost: Callable[[str, random.Random], bool], chance: random.Random
    ) -> None:
        self._database = database
        self._is_lost, self._chance = is_lost, chance
        self._clock = SimulatedClock()
        self._lives = {life.number: life for life in map(partial(_life, chance), range(ORDERS))}
        self._due, self._recorded = asyncio.Event(), asyncio.Event()
        breaker = Breaker(self._clock.now)
        self._contexts = ContextSource(
            self._clock, breaker, debounce=0.0, poll_intervals=PollIntervals(), chance=lambda: chance.uniform(-1, 1)
        )
        self._recorder = EventRecorder(database, self._contexts, on_due=self._recorded.set)
        self._poller = Poller(
            Api(self._lives, self._clock),
            database,
            self._recorder,
            self._clock,
            breaker,
            condition=Condition("pickpack", self._clock),
            rate=MUCH,
            due=self._due,
        )

    async def run(self) -> list[Life]:
        """Go through all events; return how each order fared."""
        lives = self._lives.values()
        events = [(at, life.number, place) for life in lives for place, at in enumerate(life.times)]
        heapq.heapify(events)
        running = asyncio.create_task(self._poller.run())
        end = max(at for at, _, _ in events) + 4 * DAY
        while (at := min(self._next_poll(), events[0][0] if events else end)) < end:
            self._clock.at = max(self._clock.at, at)
            if events and events[0][0] <= self._clock.at:
                _, number, place = heapq.heappop(events)
                await self._webhook(self._lives[number], place)
            else:
                await self._poll()
        running.cancel()
        return list(self._lives.values())

    def _next_poll(self) -> float:
        """Return when the next order is due."""
        row = self._database.reader.execute("SELECT min(next_poll_at) FROM orders WHERE next_poll_at NOT NULL")
        return row.fetchone()[0] or float("inf")

    async def _webhook(self, life: Life, place: int) -> None:
        """Bring an order's next status, unless its webhook is lost; the first one also brings a follower."""
        status = WAY[place][0]
        if place and self._is_lost(status, self._chance):
            return
        await self._recorder.apply_webhook(
            StatusChanged(HOST, life.number, WAY[place - 1][0] if place else None, status)
        )
        if not place:
            row = await self._database.write(partial(self._follow, number=life.number))
            await self._poller.look_up(life.number, person=int(row), known=row)
        self._note(life)

    def _follow(self, connection: sqlite3.Connection, number: str) -> OrderPk:
        order = orders.load(connection, HOST, number)
        assert order is not None and order.id is not None
        chat, now = int(number[:13]), self._clock.now()
        chats.touch(connection, chat, now=now)
        chats.follow(
            connection, chat, order.id, level=Level.MAIN, thread_id=None, verified=False, follower=None, now=now
        )
        schedule_poll(connection, order, self._contexts.current())
        return order.id

    async def _poll(self) -> None:
        """Let the poller ask for all that is due, and wait until nothing is."""
        while self._next_poll() <= self._clock.at:
            self._recorded.clear()
            self._due.set()
            await asyncio.wait_for(self._recorded.wait(), PATIENCE)
        for life in self._lives.values():
            self._note(life)

    def _note(self, life: Life) -> None:
        if life.found_on_route is None and life.times[-2] <= self._clock.at:
            order = orders.load(self._database.reader, HOST, life.number)
            if order is not None and effective_status(order) in (ON_ROUTE, DELIVERED):
                life.found_on_route = self._clock.at - life.times[-2]


def _life(chance: random.Random, number: int) -> Life:
    """Make an order whose statuses last as long as they do on average, times a half to twice."""
    times, at = [], START + chance.uniform(0, WITHIN)
    for _, minutes in WAY:
        times.append(at)
        at += minutes * 60 * chance.gammavariate(3, 1 / 3)
    return Life(f"{10**12 + number}-01", times)


async def _simulated(is_lost: Callable[[str, random.Random], bool]) -> list[Life]:
    chance = random.Random(19)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "bot.db")
        database.open()
        try:
            return await Simulation(database, is_lost, chance).run()
        finally:
            database.close()


def measure() -> Iterator[Figure]:
    """Run a store in which few webhooks are lost, all, and all of those that an order is on its way."""
    few = asyncio.run(_simulated(lambda _status, chance: chance.random() < 0.02))
    yield _calls("calls to the API an order, 2 % of webhooks lost", few, 0.10, 0.08)
    every = asyncio.run(_simulated(lambda _status, _chance: True))
    yield _calls("calls to the API an order, 100 % of webhooks lost", every, 0.16, 0.12)
    way = asyncio.run(_simulated(lambda status, chance: status == ON_ROUTE or chance.random() < 0.02))
    found = [(life.found_on_route or float("inf")) / 60 for life in way]
    detail = f"median {statistics.median(found):.1f} min over {len(found)} orders, their other webhooks lost by 2 %"
    p95 = statistics.quantiles(found, n=20)[-1]
    yield Figure("a lost ON_ROUTE is found within, p95", p95, "min", 10, 6, detail=detail)


def _calls(name: str, lives: Sequence[Life], must: float, goal: float) -> Figure:
    asked, minutes = (statistics.fmean(of) for of in ([one.asked for one in lives], [one.minutes for one in lives]))
    detail = f"{asked:.1f} calls, where one a minute makes {minutes:.0f}; {len(lives)} orders"
    return Figure(f"{name}, of one a minute", asked / minutes, "×", must, goal, detail=detail, why=WHY)


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
