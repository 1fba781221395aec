"""Measure a durable webhook: the running service's full path against servers that do less of it, or nothing.

`python -m benchmarks.webhooks`. Every round brings orders that were not heard of before, each followed by one chat,
over 32 connections; the sender and the poller of the service do meanwhile what they always do.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import islice, repeat
from pathlib import Path

from benchmarks.environment import PeersMissingError, peers_python
from benchmarks.figures import Figure, Measured, Skipped, run
from benchmarks.followed_orders import HOSTNAME, follow_orders
from benchmarks.plain_client import request, send_all, send_on_timetable
from benchmarks.processes import processor_seconds, server
from benchmarks.running_service import WEBHOOK_PATH, running_service
from benchmarks.turns import ROUNDS, Turns, in_turns

PEERS = Path(__file__).with_name("peers")
BEFORE, AFTER = "READY_FOR_PICKING", "PICKING"
A_ROUND, BARE_ROUND, PEER_ROUND = 3_000, 9_000, 300  # requests: half a second of each, or a second
RATE, TIMETABLE = 200, 800  # a second; requests a round
FLUSHES = 100
PEER_SECRET = "of-the-peers"  # noqa: S105 - it guards nothing


def _numbers(count: int) -> list[str]:
    return [f"{1_000_000 + number}-01" for number in range(count)]


def _webhook(number: str, secret: str) -> bytes:
    body = {"orderId": number, "oldStatus": BEFORE, "newStatus": AFTER, "hostname": HOSTNAME}
    return request(WEBHOOK_PATH, json.dumps(body).encode(), X_Webhook_Secret=secret)


ANY = _webhook("1-01", "none")  # where nobody reads it


WHY = (
    "of the processor time of an event about half is the loop's (aiohttp, the log line 21 µs, parsing 8 µs, the "
    "answer) and half the writer's (nine statements about 80 µs, deciding and frozen dataclasses about 100 µs); one "
    "interpreter lock lets only one of them run, and the sender renders and sends in the same loop: a quarter of the "
    "samples by py-spy"
)
WHY_SLOWEST = (
    "not proven: a flush of the disk may come in between, and the loop words and sends 30 messages a second meanwhile"
)


class _Server:
    """A server in a process of its own, and the requests that are sent to it."""

    def __init__(self, process_id: int, port: int, requests: Iterator[bytes], a_round: int) -> None:
        self._process_id, self._port, self._requests, self._a_round = process_id, port, requests, a_round
        self._costs: list[float] = []

    async def rate(self) -> float:
        """Return answers a second, and note the processor time of each."""
        requests, before = list(islice(self._requests, self._a_round)), processor_seconds(self._process_id)
        seconds = send_all(self._port, requests)
        self._costs.append((processor_seconds(self._process_id) - before) / self._a_round)
        return self._a_round / seconds

    async def p99(self) -> float:
        """Return the milliseconds within which 99 of 100 are answered at a fixed rate."""
        latencies = send_on_timetable(self._port, list(islice(self._requests, TIMETABLE)), rate=RATE)
        return statistics.quantiles(latencies, n=100)[-1] * 1000

    @property
    def cost(self) -> str:
        """Return the processor time of an answer in words."""
        return f"{statistics.median(self._costs) * 1e6:.0f} µs"


def _flush() -> str:
    """Return in words what a flush to this disk takes by itself."""
    with tempfile.TemporaryFile() as file:
        seconds = []
        for _ in range(FLUSHES):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            seconds.append(time.perf_counter() - began)
    slowest = statistics.quantiles(seconds, n=100)[-1] * 1000
    return f"a flush of this disk alone: median {statistics.median(seconds) * 1000:.1f} ms, p99 {slowest:.1f} ms"


def measure() -> Iterator[Measured]:
    """Measure rates and the slowest answers, each in turns."""
    numbers = _numbers(ROUNDS * (2 * A_ROUND + TIMETABLE))
    with ExitStack() as stack:
        running = stack.enter_context(running_service(partial(follow_orders, numbers=numbers, status=BEFORE)))
        requests = (_webhook(number, running.webhook_secret) for number in numbers)
        service = _Server(running.process_id, running.port, requests, A_ROUND)
        bare = _Server(*stack.enter_context(server(str(PEERS / "bare_aiohttp.py"))), repeat(ANY), BARE_ROUND)
        turns = asyncio.run(in_turns(service.rate, bare.rate))
        written, commits = (running.metric(f"onroute_commit_writes_{one}") for one in ("sum", "count"))
        detail = _detail(turns, service, bare, "aiohttp") + f"; {written / commits:.0f} writes a commit; {_flush()}"
        name = "a durable webhook, of aiohttp that stores nothing"
        yield Figure(name, turns.ratio, "×", 0.20, 0.30, True, detail, WHY)
        turns = asyncio.run(in_turns(service.p99, bare.p99))
        name = f"slowest answer (p99) at {RATE} webhooks/s, of aiohttp's that stores nothing"
        detail = f"{turns.described('ms', names=('ours', 'aiohttp'))}; {_flush()}"
        yield Figure(name, turns.ratio, "×", 3, 1.5, detail=detail, why=WHY_SLOWEST)
        yield from _against_fastapi(service)


def _against_fastapi(service: _Server) -> Iterator[Measured]:
    name = "a durable webhook, of FastAPI + uvicorn + SQLAlchemy with a commit each"
    with tempfile.TemporaryDirectory(prefix="onroute-") as folder:
        numbers, file = _numbers(ROUNDS * PEER_ROUND), Path(folder) / "orders"
        file.write_text("\n".join(numbers), encoding="utf-8")
        arguments = (str(PEERS / "fastapi_sqlalchemy.py"), f"{folder}/peer.db", PEER_SECRET, str(file))
        try:
            python = peers_python()
        except PeersMissingError as error:
            yield Skipped(name, str(error))
            return
        with server(*arguments, python=python) as listening:
            peer = _Server(*listening, (_webhook(number, PEER_SECRET) for number in numbers), PEER_ROUND)
            turns = asyncio.run(in_turns(service.rate, peer.rate))
            yield Figure(name, turns.ratio, "×", 6, 10, True, _detail(turns, service, peer, "FastAPI"), WHY)


def _detail(turns: Turns, ours: _Server, theirs: _Server, name: str) -> str:
    cost = f"processor an answer: ours {ours.cost}, {name} {theirs.cost}"
    return f"{turns.described('a second', names=('ours', name))}; {cost}"


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
