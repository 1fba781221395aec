"""Measure the start: when the first webhook is answered durably, and what the service holds in memory once it is ready.

`python -m benchmarks.start`. Both against a process that only imports aiogram, which the service needs as well.
"""

import asyncio
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, run
from benchmarks.followed_orders import HOSTNAME, follow_orders
from benchmarks.plain_client import HEAD_END, OK, request
from benchmarks.processes import ROOT, end, processor_seconds, resident_bytes, server
from benchmarks.running_service import WEBHOOK_PATH, running_service, settings_for
from benchmarks.turns import in_turns
from bot.simulators.loopback import HOST

LISTENS_WITHIN = 30.0  # seconds
TRY_EVERY = 0.001
IDLE_SECONDS = 3.0  # after it is ready: by then its first looks at everything are over
MEASUREMENTS = 3
IMPORT = "import aiogram"
STAY = f"{IMPORT}; print(0, flush=True); input()"
MEGABYTE = 2**20
WHY_ANSWER = (
    "nearly all of it is imports: aiohttp with its client and the system's certificates a fifth, the bot's own modules "
    "a fifth, sqlite-utils with dateutil (the migrations) an eighth, asyncio and pydantic a tenth each"
)
WHY_MEMORY = (
    "above aiogram's own: 23 MiB for the bot's modules, Fluent, Babel, APScheduler and sqlite-utils, 13 MiB for the "
    "words of all languages as Fluent's syntax trees, 2 MiB for what understands messages, 2 MiB for the database"
)


@dataclass
class _Starts:
    """Starts the service on one database again and again; each start is asked to store an order of its own."""

    settings: dict[str, str]
    numbers: Iterator[int] = field(default_factory=itertools.count)
    costs: list[float] = field(default_factory=list)

    async def first_answer(self) -> float:
        """Return the seconds from the start of the process to the answer that a webhook is stored."""
        webhook = self._webhook()
        began = time.perf_counter()
        with _process("-m", "bot", "run", **self.settings) as process:
            _ask_until_answered(int(self.settings["HTTP_PORT"]), webhook)
            seconds = time.perf_counter() - began
            self.costs.append(processor_seconds(process.pid))
            process.kill()  # an orderly end would wait for the import that goes on
        return seconds

    def _webhook(self) -> bytes:
        body = {"orderId": f"{2_000_000 + next(self.numbers)}-01", "oldStatus": "PENDING", "newStatus": "PICKING"}
        content = json.dumps(body | {"hostname": HOSTNAME}).encode()
        return request(WEBHOOK_PATH, content, X_Webhook_Secret=self.settings["WEBHOOK_SECRET"])


def _ask_until_answered(port: int, content: bytes) -> None:
    deadline = time.perf_counter() + LISTENS_WITHIN
    while True:
        try:
            connection = socket.create_connection((HOST, port), timeout=LISTENS_WITHIN)
        except ConnectionRefusedError:
            assert time.perf_counter() < deadline, "the service does not listen"
            time.sleep(TRY_EVERY)
            continue
        with connection:
            connection.sendall(content)
            answer = b""
            while HEAD_END not in answer:
                answer += connection.recv(65536)
            assert OK in answer[:16], answer
            return


async def _import_seconds() -> float:
    began = time.perf_counter()
    with _process("-c", IMPORT) as process:
        process.wait()
    return time.perf_counter() - began


@contextmanager
def _process(*arguments: str, **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    told = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen([sys.executable, *arguments], env=told, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            end(process)


def _service_memory() -> float:
    with running_service() as service:
        time.sleep(IDLE_SECONDS)
        return resident_bytes(service.process_id) / MEGABYTE


def _import_memory() -> float:
    with server("-c", STAY) as (process_id, _):
        return resident_bytes(process_id) / MEGABYTE


def measure() -> Iterator[Figure]:
    """Measure the first answer in turns, then the memory."""
    with tempfile.TemporaryDirectory(prefix="onroute-") as name, server("-m", "benchmarks.canned_neighbours") as canned:
        starts = _Starts(settings_for(canned[1], Path(name)))
        follow_orders(Path(starts.settings["DATABASE_PATH"]), ["1-01"], "PENDING")
        turns = asyncio.run(in_turns(starts.first_answer, _import_seconds))
        cost = f"{statistics.median(starts.costs):.2f} s of processor until then"
        detail = f"{turns.described('s', names=('ours', 'import aiogram'))}; {cost}"
        yield Figure(
            "the first durable answer, of importing aiogram",
            turns.ratio,
            "×",
            0.20,
            0.12,
            detail=detail,
            why=WHY_ANSWER,
        )
    ours = statistics.median(_service_memory() for _ in range(MEASUREMENTS))
    theirs = statistics.median(_import_memory() for _ in range(MEASUREMENTS))
    detail = f"ours {ours:.0f} MiB, import aiogram {theirs:.0f} MiB; medians of {MEASUREMENTS}"
    yield Figure(
        "memory of the idle service, of importing aiogram",
        ours / theirs,
        "×",
        1.15,
        1.05,
        detail=detail,
        why=WHY_MEMORY,
    )


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
