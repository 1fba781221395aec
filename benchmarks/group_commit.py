"""What does storing cost? Webhooks a second at 32 connections: nothing stored, group commit, a commit for each request.

`python -m benchmarks.group_commit` prints each way's rate and its ratio to the handler that stores nothing.
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
from bot.store.database import Database, connect
from bot.tracking.model import StatusHeard
from bot.tracking.notifying import Policy
from bot.tracking.timing import Silence
from bot.transactions.context import DecisionContext
from bot.transactions.record import apply_webhook

CONNECTIONS = 32
REQUESTS = 4000
ROUNDS = 3
Handler = Callable[[web.Request], Awaitable[web.Response]]


def _context(clock: SystemClock) -> DecisionContext:
    return DecisionContext(clock.now(), clock.wall(), Policy(), Silence())


def _event(number: int) -> StatusHeard:
    return StatusHeard("store", f"{number}-01", "PENDING", "PICKING")


async def _rate(handler: Handler) -> float:
    """Answers a second."""
    app = web.Application()
    app.router.add_post("/", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as session:
            begun = time.perf_counter()
            await asyncio.gather(*(_worker(session, port, share) for share in range(CONNECTIONS)))
            return REQUESTS / (time.perf_counter() - begun)
    finally:
        await runner.cleanup()


async def _worker(session: aiohttp.ClientSession, port: int, share: int) -> None:
    for number in range(share, REQUESTS, CONNECTIONS):
        async with session.post(f"http://127.0.0.1:{port}/", data=str(number)) as answer:
            assert answer.status == 200
            await answer.read()


async def _nothing(_folder: Path) -> float:
    async def handler(request: web.Request) -> web.Response:
        await request.read()
        return web.Response()

    return await _rate(handler)


async def _grouped(folder: Path) -> float:
    clock = SystemClock()
    database = Database(folder / "grouped.db")
    database.open()

    async def handler(request: web.Request) -> web.Response:
        event = _event(int(await request.read()))
        await database.write(partial(apply_webhook, event=event, context=_context(clock)))
        return web.Response()

    try:
        return await _rate(handler)
    finally:
        database.close()


async def _one_each(folder: Path) -> float:
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
        return await _rate(handler)
    finally:
        connection.close()
        database.close()


def main() -> int:
    """Print the rates and ratios."""
    ways = {"stores nothing": _nothing, "group commit": _grouped, "a commit each": _one_each}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            with tempfile.TemporaryDirectory() as folder:
                rates[name].append(asyncio.run(way(Path(folder))))
    for name in ways:
        ratios = [one / base for one, base in zip(rates[name], rates["stores nothing"], strict=True)]
        print(f"{name:16} {statistics.median(rates[name]):7.0f}/s   ratio {statistics.median(ratios):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
