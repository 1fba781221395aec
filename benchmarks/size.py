"""Measure what a followed order takes: bytes of the database's file, told to its end, and memory while it runs.

`python -m benchmarks.size`.
"""

import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.figures import Figure, run, say
from benchmarks.told_orders import ToldOrders
from bot.process.clock import SystemClock
from bot.simulators.world import SimulatedWorld, running
from bot.store import migrations
from bot.store.connection import connect

FIRST, MORE = 200, 1000  # orders that make the file begin to grow, and those by which its growth is told
FEW, MANY = 1_000, 100_000  # followed orders of an idle service
ROUNDS = 2
SETTLED_SECONDS = 6.0
MEBIBYTE = 2**20
LARGEST = 6  # tables and indices that are named
WHY = (
    "a row of about 110 bytes and 60 in three indices for each of six cards and five folds, which are kept so that a"
    " reply to an old card is understood and /forget finds the keyboards; sixteen lines of history with both statuses"
    " in words; the steps of the last day a second time in the order's row, as JSON"
)
WHY_MEMORY = (
    "no order is kept in memory: it is the page caches of SQLite's connections (2 MiB each, the default), which a small"
    " file does not fill"
)
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :orders) "
_SEEDING = (
    "INSERT INTO orders (id, hostname, order_id, status, state, seen_at, heard_at, asked_at, confirmed_at, news_at, "
    "next_poll_at, made_at) SELECT i, 'store', printf('%013d-01', i), 'PICKING', 'PICKING', :now, :now, :now, :now, "
    ":now, :now + 3600 + i % 3600, :now FROM n",
    "INSERT INTO order_cores (\"order\", core) SELECT i, printf('%013d', i) FROM n",
    "INSERT INTO chats (chat_id, made_at) SELECT i, :now FROM n",
    'INSERT INTO subscriptions (id, chat_id, "order", level, told_status, told_message_id, told_sent_at, card_hash, '
    "card_status, card_shown_at, made_at) SELECT i, i, i, 'main', 'PICKING', i, :now, 'hash', 'PICKING', :now, :now "
    "FROM n",
    "INSERT INTO history (\"order\", at, kind, new) SELECT i, :now, 'heard', 'PICKING' FROM n",
)


def measure() -> Iterator[Figure]:
    """Let orders go their way in a file, and run a service over many and few."""
    size, detail = _bytes_of_an_order()
    yield Figure("bytes in the file a followed order, told to its end", size, "B", 4000, 2000, detail=detail, why=WHY)
    few, many = asyncio.run(_memory())
    detail = f"{few:.1f} MiB with {FEW:,} orders, {many:.1f} with {MANY:,}, idle; medians of {ROUNDS} starts each"
    name = f"memory of {MANY - FEW:,} followed orders"
    yield Figure(name, max(0.0, many - few), "MiB", 10, 3, detail=detail, why=WHY_MEMORY)


def _bytes_of_an_order() -> tuple[float, str]:
    """Return by how much the file grows with an order, nothing vacuumed, and what of it takes most."""
    with tempfile.TemporaryDirectory() as folder, closing(connect(Path(folder) / "bot.db")) as connection:
        migrations.migrate(connection)
        connection.execute("PRAGMA synchronous = OFF")
        orders, before = ToldOrders(connection), 0
        for number in range(FIRST + MORE):
            if number == FIRST:
                before = _file_bytes(connection)
            orders.walk(number)
        grown = (_file_bytes(connection) - before) / MORE
        return grown, f"{_largest(connection)}; over {MORE} orders"


def _file_bytes(connection: sqlite3.Connection) -> int:
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * size)


def _largest(connection: sqlite3.Connection) -> str:
    """Return which tables and indices take most of an order's bytes, where SQLite was built to tell."""
    try:
        rows = connection.execute(
            "SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC LIMIT ?", (LARGEST,)
        ).fetchall()
    except sqlite3.OperationalError:
        return "this SQLite can't tell of what"
    return ", ".join(f"{row['name']} {row['bytes'] / (FIRST + MORE):.0f}" for row in rows)


async def _memory() -> tuple[float, float]:
    """Return the resident memory of an idle service with few and with many followed orders, in MiB."""
    found: dict[int, list[float]] = {FEW: [], MANY: []}
    for number in range(ROUNDS):
        for orders in (FEW, MANY) if number % 2 else (MANY, FEW):
            found[orders].append(await _resident_with(orders))
            say(f"{orders:,} followed orders: {found[orders][-1]:.1f} MiB")
    return statistics.median(found[FEW]), statistics.median(found[MANY])


async def _resident_with(orders: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bot.db"
        with closing(connect(database)) as connection:
            migrations.migrate(connection)
            connection.execute("BEGIN")
            for statement in _SEEDING:
                connection.execute(_NUMBERS + statement, {"orders": orders, "now": SystemClock().now()})
            connection.execute("COMMIT")
        world = SimulatedWorld()
        async with running(world, DATABASE_PATH=database):
            await asyncio.sleep(SETTLED_SECONDS)
            return _resident(world.service.pid)


def _resident(process: int | None) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
