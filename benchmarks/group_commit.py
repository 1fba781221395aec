"""Measure what storing a webhook costs: nothing stored, group commit, a commit per request, over 32 connections.

`python -m benchmarks.group_commit` prints each variant's rate and its ratio to the handler that stores nothing.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.process.clock import SystemClock
from bot.simulators.loopback import HOST
from bot.store.connection import connect
from bot.store.database import Database
from bot.tracking.events import StatusChanged
from bot.tracking.model import Ticks, Wall
from bot.tracking.notifying import Policy
from bot.tracking.timing import PollIntervals
from bot.transactions.context import DecisionContext
from bot.transactions.record import apply_webhook

CONNECTIONS = 32
REQUESTS = 4000
ROUNDS = 3
Handler = Callable[[web.Request], Awaitable[web.Response]]


def _context(clock: SystemClock) -> DecisionContext:
    return DecisionContext(Ticks(clock.now()), Wall(clock.wall()), Policy(), PollIntervals())


def _event(number: int) -> StatusChanged:
    return StatusChanged("store", f"{number}-01", "PENDING", "PICKING")


async def _measure_rate(handler: Handler) -> float:
    """Measure the responses per second."""
    app = web.Application()
    app.router.add_post("/", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as session:
            started = time.perf_counter()
            await asyncio.gather(*(_worker(session, port, first) for first in range(CONNECTIONS)))
            return REQUESTS / (time.perf_counter() - started)
    finally:
        await runner.cleanup()


async def _worker(session: aiohttp.ClientSession, port: int, first: int) -> None:
    for number in range(first, REQUESTS, CONNECTIONS):
        async with session.post(f"http://{HOST}:{port}/", data=str(number)) as answer:
            assert answer.status == 200
            await answer.read()


async def _no_commit(_folder: Path) -> float:
    async def handler(request: web.Request) -> web.Response:
        await request.read()
        return web.Response()

    return await _measure_rate(handler)


async def _group_commit(folder: Path) -> float:
    clock = SystemClock()
    database = Database(folder / "grouped.db")
    database.open()

    async def handler(request: web.Request) -> web.Response:
        event = _event(int(await request.read()))
        await database.write(partial(apply_webhook, event=event, context=_context(clock)))
        return web.Response()

    try:
        return await _measure_rate(handler)
    finally:
        database.close()


async def _single_commits(folder: Path) -> float:
    clock = SystemClock()
    database = Database(folder / "single.db")
    database.open()
    connection = connect(database.path)

    async def handler(request: web.Request) -> web.Response:
        event = _event(int(await request.read()))
        connection.execute("BEGIN IMMEDIATE")
        apply_webhook(connection, event, _context(clock))
        connection.execute("COMMIT")
        return web.Response()

    try:
        return await _measure_rate(handler)
    finally:
        connection.close()
        database.close()


def main() -> int:
    """Measure all variants, and print their rates and ratios."""
    variants = {"stores nothing": _no_commit, "group commit": _group_commit, "a commit each": _single_commits}
    rates: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(ROUNDS):
        for name, measure in variants.items():
            with tempfile.TemporaryDirectory() as folder:
                rates[name].append(asyncio.run(measure(Path(folder))))
    for name in variants:
        ratios = [one / base for one, base in zip(rates[name], rates["stores nothing"], strict=True)]
        print(f"{name:16} {statistics.median(rates[name]):7.0f}/s   ratio {statistics.median(ratios):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
