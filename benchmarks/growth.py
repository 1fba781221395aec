"""Measure what the statements of a running service cost in a database of a million ended orders, against one of none.

Both hold the same week of a thousand orders. Processor time, in turns; what is written is rolled back, but the events,
which are committed. Query plans: nothing but the reports may read a whole table.

`python -m benchmarks.growth`.
"""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.figures import Figure, run, say
from benchmarks.grown_store import HOST, LIVE, LIVE_CHATS, make_store, order_number
from benchmarks.turns import in_turns
from bot.pickpack.health import Breaker
from bot.process.clock import SystemClock
from bot.store import awaited_numbers, chats, history, numbers, orders, outbox, stuck
from bot.store.connection import connect
from bot.store.numbers import Moments
from bot.tracking.events import StatusChanged
from bot.tracking.model import OrderPk, Priority
from bot.tracking.statuses import ON_ROUTE
from bot.tracking.timing import DAY, PollIntervals
from bot.transactions import claiming, presses, record
from bot.transactions.context import ContextSource

ENDED = 1_000_000
MUST, GOAL = 2.5, 1.5
TIMES = 200  # of each in a round
REPORT_TIMES = 10
REPORTS = ("/stats", "/stuck")


class GrownStore:
    """A database, and what the service does with it."""

    def __init__(self, path: Path) -> None:
        self.connection = connect(path)
        clock = SystemClock()
        self.context = ContextSource(clock, Breaker(clock.now), debounce=0.0, poll_intervals=PollIntervals()).current()
        self._running = [number for number in range(LIVE) if number % 2]
        self._next = count()

    def actions(self) -> Mapping[str, Callable[[], object]]:
        """Return what is measured, each with another order of this week."""
        return {
            "claim": self._claim,
            "due orders": lambda: orders.due(self.connection, self.context.now, urgent=False, limit=20),
            "followers": lambda: chats.followers(self.connection, self._order()),
            "event commit": self._event,
            "card": self._card,
            "/orders": self._orders,
            "/stats": self._stats,
            "/stuck": lambda: stuck.stuck_list(self.connection, self.context.now),
        }

    def _number(self) -> int:
        return self._running[next(self._next) % len(self._running)]

    def _order(self) -> OrderPk:
        order = orders.load(self.connection, HOST, order_number(self._number()))
        assert order is not None and order.id is not None
        return order.id

    def _rolled_back(self, work: Callable[[], object]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        work()
        self.connection.execute("ROLLBACK")

    def _claim(self) -> None:
        due = partial(outbox.due, self.connection, self.context.now, priority=Priority.NOTICE, without=(), limit=1)
        for notice, chat in due():
            self._rolled_back(partial(claiming.claim, self.connection, notice, chat, self.context))
        outbox.next_due(self.connection)

    def _event(self) -> None:
        """Commit a step that comes again and again: each is news."""
        step = next(self._next)
        names = (
            (ON_ROUTE, "WAITING_FOR_PICKUP")
            if step // len(self._running) % 2 == 0
            else ("WAITING_FOR_PICKUP", ON_ROUTE)
        )
        event = StatusChanged(HOST, order_number(self._running[step % len(self._running)]), *names)
        self.connection.execute("BEGIN IMMEDIATE")
        record.apply_webhook(self.connection, event, self.context)
        self.connection.execute("COMMIT")

    def _card(self) -> None:
        """Turn the page of a card, as a press does."""
        (subscription,) = chats.subscriptions(self.connection, LIVE_CHATS + self._number())
        history.shown(self.connection, subscription.order)
        self._rolled_back(partial(presses.show_page, self.connection, subscription, self.context, pressed=1))

    def _orders(self) -> None:
        chat = LIVE_CHATS + self._number()
        for one in chats.subscriptions(self.connection, chat):
            orders.load_by_id(self.connection, one.order)
        awaited_numbers.of_chat(self.connection, chat)

    def _stats(self) -> None:
        wall = self.context.wall
        today, week = (Moments(wall - days * DAY, wall - days * DAY, wall) for days in (1, 7))
        numbers.stats(self.connection, today=today, week=week)


async def _processor_seconds(action: Callable[[], object], times: int) -> float:
    """Return the median processor time of one."""
    taken = []
    for _ in range(times):
        begun = time.thread_time()
        action()
        taken.append(time.thread_time() - begun)
    return statistics.median(taken)


def _scans(store: GrownStore, action: Callable[[], object]) -> set[str]:
    """Return which tables an action reads from one end to the other."""
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    action()
    store.connection.set_trace_callback(None)
    return {step for one in statements for step in _scans_of(store.connection, one)}


def _scans_of(connection: sqlite3.Connection, statement: str) -> Iterator[str]:
    if statement.lstrip("- ").split(maxsplit=1)[0].upper() not in {"SELECT", "UPDATE", "DELETE", "INSERT", "WITH"}:
        return
    if statement.startswith("--"):
        return  # what a foreign key's action does, inside the statement before
    tables = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall():
        words = row["detail"].split()
        if words[0] == "SCAN" and words[1] in tables:
            yield row["detail"]


def measure() -> Iterator[Figure]:
    """Make both stores and measure each action in turns."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{ended}.db" for ended in (0, ENDED)]
        begun = time.monotonic()
        for path, ended in zip(paths, (0, ENDED), strict=True):
            make_store(path, ended=ended, now=SystemClock().now())
        say(f"stores of {LIVE} and {ENDED + LIVE} orders made in {time.monotonic() - begun:.0f} s")
        small, large = (GrownStore(path) for path in paths)
        with closing(small.connection), closing(large.connection):
            yield from _growth(small, large)
            yield _plans(large)


def _growth(small: GrownStore, large: GrownStore) -> Iterator[Figure]:
    for name, action in small.actions().items():
        times = REPORT_TIMES if name in REPORTS else TIMES
        grown = partial(_processor_seconds, large.actions()[name], times)
        turns = asyncio.run(in_turns(grown, partial(_processor_seconds, action, times)))
        detail = turns.described("s of the processor", names=("1,001,000 orders", "1,000"))
        yield Figure(f"{name} with a million ended orders behind it", turns.ratio, "×", MUST, GOAL, detail=detail)


def _plans(store: GrownStore) -> Figure:
    scans = {name: _scans(store, action) for name, action in store.actions().items()}
    outside = [f"{name}: {scan}" for name, found in scans.items() if name not in REPORTS for scan in sorted(found)]
    reports = [f"{name}: {', '.join(sorted(scans[name])) or 'none'}" for name in REPORTS]
    detail = "; ".join([*outside, f"of the reports {'; '.join(reports)}"])
    return Figure("whole tables read outside reports", len(outside), "", 0, 0, detail=detail)


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
