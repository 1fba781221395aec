"""Measure a durable webhook: the running service's full path against servers that do less of it, or nothing.

`python -m benchmarks.webhooks`. Every round brings orders that were not heard of before, each followed by one chat,
over 32 connections; the sender and the poller of the service do meanwhile what they always do.
"""

import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks.environment import PeersMissingError, peers_python
from benchmarks.figures import Figure, Measured, Skipped, run
from benchmarks.followed_orders import HOSTNAME, follow_orders
from benchmarks.plain_client import request, send_all, send_on_timetable
from benchmarks.processes import processor_seconds, server
from benchmarks.running_service import WEBHOOK_PATH, RunningService, running_service
from benchmarks.turns import ROUNDS, Turns, in_turns

PEERS = Path(__file__).with_name("peers")
BEFORE, AFTER = "READY_FOR_PICKING", "PICKING"
A_ROUND, BARE_ROUND, PEER_ROUND = 3_000, 9_000, 300  # requests: half a second of each, or a second
RATE, TIMETABLE = 200, 800  # a second; requests a round
PEER_SECRET = "of-the-peers"  # noqa: S105 - it guards nothing


def _numbers(first: int, count: int) -> list[str]:
    return [f"{1_000_000 + number}-01" for number in range(first, first + count)]


def _webhook(number: str, secret: str) -> bytes:
    body = {"orderId": number, "oldStatus": BEFORE, "newStatus": AFTER, "hostname": HOSTNAME}
    return request(WEBHOOK_PATH, json.dumps(body).encode(), X_Webhook_Secret=secret)


class _Service:
    """The running service, with the orders that it has not heard of yet."""

    def __init__(self, service: RunningService, numbers: list[str]) -> None:
        self._service, self._fresh = service, iter(numbers)
        self.costs: list[float] = []
        self.commits: list[float] = []

    async def rate(self) -> float:
        """Return events a second, and note the processor time and the commits of each."""
        requests, process_id = self._requests(A_ROUND), self._service.process_id
        commits, before = self._service.metric("onroute_commit_writes_count"), processor_seconds(process_id)
        seconds = send_all(self._service.port, requests)
        self.costs.append((processor_seconds(process_id) - before) / A_ROUND * 1e6)
        self.commits.append((self._service.metric("onroute_commit_writes_count") - commits) / A_ROUND)
        return A_ROUND / seconds

    async def p99(self) -> float:
        """Return milliseconds at a fixed rate."""
        return _p99(send_on_timetable(self._service.port, self._requests(TIMETABLE), rate=RATE))

    def _requests(self, count: int) -> list[bytes]:
        return [_webhook(number, self._service.webhook_secret) for number in islice(self._fresh, count)]

    def detail(self) -> str:
        cost, commits = statistics.median(self.costs), statistics.median(self.commits)
        return f"{cost:.0f} µs of processor and {commits:.2f} commits an event"


async def _bare_rate(port: int) -> float:
    return BARE_ROUND / send_all(port, [_webhook("1-01", "none")] * BARE_ROUND)


async def _bare_p99(port: int) -> float:
    return _p99(send_on_timetable(port, [_webhook("1-01", "none")] * TIMETABLE, rate=RATE))


class _Peer:
    """FastAPI's server, with the orders that it has not heard of yet."""

    def __init__(self, port: int, numbers: list[str]) -> None:
        self._port, self._fresh = port, iter(numbers)

    async def rate(self) -> float:
        requests = [_webhook(number, PEER_SECRET) for number in islice(self._fresh, PEER_ROUND)]
        return PEER_ROUND / send_all(self._port, requests)


def _p99(latencies: list[float]) -> float:
    return statistics.quantiles(latencies, n=100)[-1] * 1000


def measure() -> Iterator[Measured]:
    """Measure rates and the slowest answers, each in turns."""
    numbers = _numbers(0, ROUNDS * (2 * A_ROUND + TIMETABLE))
    with ExitStack() as stack:
        prepare = partial(follow_orders, numbers=numbers, status=BEFORE)
        service = _Service(stack.enter_context(running_service(prepare)), numbers)
        _, bare = stack.enter_context(server(str(PEERS / "bare_aiohttp.py")))
        turns = asyncio.run(in_turns(service.rate, partial(_bare_rate, bare)))
        yield _rate_figure("a durable webhook, of aiohttp that stores nothing", turns, 0.20, 0.30, service)
        turns = asyncio.run(in_turns(service.p99, partial(_bare_p99, bare)))
        name = f"slowest answer (p99) at {RATE} webhooks/s, of aiohttp's that stores nothing"
        yield Figure(name, turns.ratio, "×", 3, 1.5, detail=turns.described("ms", names=("ours", "aiohttp")))
        yield from _against_peer(service)


def _against_peer(service: _Service) -> Iterator[Measured]:
    name = "a durable webhook, of FastAPI + uvicorn + SQLAlchemy with a commit each"
    with tempfile.TemporaryDirectory(prefix="onroute-") as folder:
        numbers, file = _numbers(0, ROUNDS * PEER_ROUND), Path(folder) / "orders"
        file.write_text("\n".join(numbers), encoding="utf-8")
        arguments = (str(PEERS / "fastapi_sqlalchemy.py"), f"{folder}/peer.db", PEER_SECRET, str(file))
        try:
            python = peers_python()
        except PeersMissingError as error:
            yield Skipped(name, str(error))
            return
        with server(*arguments, python=python) as (_, port):
            turns = asyncio.run(in_turns(service.rate, _Peer(port, numbers).rate))
            yield _rate_figure(name, turns, 6, 10, service, other="FastAPI")


def _rate_figure(
    name: str, turns: Turns, must: float, goal: float, service: _Service, *, other: str = "aiohttp"
) -> Figure:
    detail = f"{turns.described('a second', names=('ours', other))}; {service.detail()}"
    return Figure(name, turns.ratio, "×", must, goal, more_is_better=True, detail=detail)


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
