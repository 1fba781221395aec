"""Measure how fast 4,000 chats are told of one order where nothing limits it, beside bare loops that store nothing.

`python -m benchmarks.draining`. The real service claims, words, sends and marks, durably; a bare loop over aiogram, and
one over python-telegram-bot, send as many messages of the same size to the same server, 8 at once.
"""

import asyncio
import json
import statistics
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.canned_calls import forget, received, wait_for_messages
from benchmarks.environment import PeersMissingError
from benchmarks.figures import Figure, Measured, Skipped, run
from benchmarks.followed_orders import HOSTNAME, follow_orders
from benchmarks.plain_client import request, send_all
from benchmarks.processes import processor_seconds
from benchmarks.running_service import WEBHOOK_PATH, RunningService, running_service
from benchmarks.senders import BareSender, bare_aiogram, python_telegram_bot
from benchmarks.turns import ROUNDS, Turns, in_turns
from bot.simulators.loopback import HOST

CHATS = 4_000
AT_ONCE = 8
WITHIN = 60.0
BEFORE, AFTER = "READY_FOR_PICKING", "PICKING"
WHY = (
    "no more than eight messages may be sent and not marked, which is what a kill may repeat: so a commit holds four "
    "writes, where 32 at once had eleven and came to 0.32; 1.5 ms of processor a message, half the loop’s (the call, "
    "log line, buttons, tasks), half the writer’s (13 statements, two savepoints, the plan of what is owed then); a "
    "bare loop takes 0.3 ms for the call and stores nothing"
)
QUESTION = f"draining {CHATS:,} waiting notices"


class Drain:
    """Drains one order's notices after the other: one webhook makes all of them due."""

    def __init__(self, service: RunningService) -> None:
        self.service = service
        self.processor: list[float] = []
        self.commits: list[float] = []
        self._number = count()

    async def rate(self) -> float:
        """Return the messages a second between the first and the last, all of them claimed and marked durably."""
        service = self.service
        forget(service.neighbours_port)
        processor, commits = processor_seconds(service.process_id), service.metric("onroute_commit_writes_count")
        body = {"orderId": _order(next(self._number)), "oldStatus": BEFORE, "newStatus": AFTER, "hostname": HOSTNAME}
        send_all(
            service.port,
            [request(WEBHOOK_PATH, json.dumps(body).encode(), X_Webhook_Secret=service.webhook_secret)],
            connections=1,
        )
        told = wait_for_messages(service.neighbours_port, CHATS, within=WITHIN)
        self.processor.append((processor_seconds(service.process_id) - processor) / CHATS * 1e6)
        self.commits.append((service.metric("onroute_commit_writes_count") - commits) / CHATS)
        if len(set(told.chats)) != len(told.chats):
            raise AssertionError("a chat was told twice")
        return told.rate

    def detail(self) -> str:
        """Return what a message costs."""
        processor, commits = statistics.median(self.processor), statistics.median(self.commits)
        return f"{processor:.0f} µs of processor and {commits:.2f} commits a message"


class Peers:
    """Sends as many messages with the bare loops, one after the other; `telegram` is None where it can't be had."""

    def __init__(self, port: int, aiogram: BareSender, telegram: BareSender | None) -> None:
        self._port, self._aiogram, self._telegram = port, aiogram, telegram
        self.telegram_rates: list[float] = []

    async def rate(self) -> float:
        """Return aiogram's messages a second; python-telegram-bot's are kept."""
        if self._telegram is not None:
            self.telegram_rates.append(self._rate(self._telegram))
        return self._rate(self._aiogram)

    def _rate(self, sender: BareSender) -> float:
        forget(self._port)
        sender.send(CHATS, at_once=AT_ONCE)
        return received(self._port).rate


def _order(number: int) -> str:
    return f"SHARED-{number}"


def _seed(database: Path) -> None:
    for number in range(ROUNDS):
        follow_orders(database, [_order(number)] * CHATS, BEFORE)


def measure() -> Iterator[Measured]:
    """Measure both comparisons in the same rounds."""
    with ExitStack() as stack:
        service = stack.enter_context(running_service(_seed, SEND_RATE=0, SETTLE_SECONDS=0))
        url, missing = f"http://{HOST}:{service.neighbours_port}", ""
        aiogram, telegram = stack.enter_context(bare_aiogram(url)), None
        try:
            telegram = stack.enter_context(python_telegram_bot(url))
        except PeersMissingError as error:
            missing = str(error)
        drain, peers = Drain(service), Peers(service.neighbours_port, aiogram, telegram)
        turns = asyncio.run(in_turns(drain.rate, peers.rate))
        detail = f"{turns.described('/s', names=('ours', 'aiogram'))}; {drain.detail()}"
        figure = partial(Figure, unit="×", more_is_better=True)
        yield figure(f"{QUESTION}, of a bare aiogram loop", turns.ratio, must=0.35, goal=0.60, detail=detail, why=WHY)
        name = f"{QUESTION}, of a bare python-telegram-bot loop"
        if telegram is None:
            yield Skipped(name, missing)
            return
        turns = Turns(turns.ours, tuple(peers.telegram_rates[1:]))
        yield figure(name, turns.ratio, must=1, goal=1, detail=turns.described("/s", names=("ours", "the loop")))


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
