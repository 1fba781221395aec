"""Measure the time from a webhook to its message at 30 a second, beside a durable answer and a bare send.

`python -m benchmarks.webhook_to_message`. The webhooks leave on a timetable, each for an order that one chat follows;
the service keeps no pace (`SEND_RATE=0`, `SETTLE_SECONDS=0`). What a message can't be faster than is a durable answer
and one call: the answers to the same webhooks, and aiogram's own sends to the same server at the same rate.
"""

import asyncio
import json
import socket
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from benchmarks.canned_calls import forget, wait_for_messages
from benchmarks.figures import Figure, Measured, run
from benchmarks.followed_orders import FIRST_CHAT, HOSTNAME, follow_orders
from benchmarks.plain_client import request
from benchmarks.running_service import WEBHOOK_PATH, RunningService, running_service
from benchmarks.senders import BareSender, bare_aiogram
from benchmarks.turns import ROUNDS, in_turns
from bot.simulators.loopback import HOST

RATE = 30
A_ROUND = 8 * RATE
BEFORE, AFTER = "READY_FOR_PICKING", "PICKING"
WITHIN = 10.0


class Service:
    """Sends the webhooks of orders that were not heard of yet; keeps the p99 of the answers, in milliseconds."""

    def __init__(self, service: RunningService) -> None:
        self._service, self._first = service, 0
        self.answers: list[float] = []

    async def p99(self) -> float:
        """Return the p99 from a webhook to its message, in milliseconds."""
        port = self._service.neighbours_port
        forget(port)
        begun, answered = self._send()
        told = wait_for_messages(port, A_ROUND, within=WITHIN)
        shown = {chat - FIRST_CHAT: at for chat, at in zip(told.chats, told.times, strict=True)}
        self.answers.append(_p99([answered[number] - at for number, at in begun.items()]))
        return _p99([shown[number] - at for number, at in begun.items()])

    def _send(self) -> tuple[dict[int, float], dict[int, float]]:
        """Return when each webhook left, and when it was answered (time.monotonic)."""
        begun, answered = dict[int, float](), dict[int, float]()
        with socket.create_connection((HOST, self._service.port)) as connection:
            starts = time.monotonic()
            for place in range(A_ROUND):
                number = self._first + place
                time.sleep(max(0.0, starts + place / RATE - time.monotonic()))
                begun[number] = time.monotonic()
                connection.sendall(self._webhook(number))
                if b" 200 " not in connection.recv(65536)[:16]:
                    raise AssertionError("a webhook was refused")
                answered[number] = time.monotonic()
        self._first += A_ROUND
        return begun, answered

    def _webhook(self, number: int) -> bytes:
        body = {"orderId": _order(number), "oldStatus": BEFORE, "newStatus": AFTER, "hostname": HOSTNAME}
        return request(WEBHOOK_PATH, json.dumps(body).encode(), X_Webhook_Secret=self._service.webhook_secret)


class Calls:
    """Sends bare calls at the same rate."""

    def __init__(self, sender: BareSender) -> None:
        self._sender = sender

    async def p99(self) -> float:
        """Return the p99 of a call, in milliseconds."""
        return _p99(self._send())

    def _send(self) -> list[float]:
        seconds, starts = list[float](), time.monotonic()
        for place in range(A_ROUND):
            time.sleep(max(0.0, starts + place / RATE - time.monotonic()))
            seconds += self._sender.send(1)
        return seconds


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[-1] * 1000


def _order(number: int) -> str:
    return f"{1_000_000 + number}-01"


def measure() -> Iterator[Measured]:
    """Measure both in turns."""
    numbers = [_order(number) for number in range(ROUNDS * A_ROUND)]
    with ExitStack() as stack:
        prepare = partial(follow_orders, numbers=numbers, status=BEFORE)
        running = stack.enter_context(running_service(prepare, SEND_RATE=0, SETTLE_SECONDS=0))
        sender = stack.enter_context(bare_aiogram(f"http://{HOST}:{running.neighbours_port}"))
        service = Service(running)
        turns = asyncio.run(in_turns(service.p99, Calls(sender).p99))
        least = [call + answer for call, answer in zip(turns.theirs, service.answers[1:], strict=True)]
        ratio = statistics.median(one / both for one, both in zip(turns.ours, least, strict=True))
        told, answered, called = map(statistics.median, (turns.ours, service.answers[1:], turns.theirs))
        detail = (
            f"webhook to message {told:.1f} ms, durable answer {answered:.1f} ms, call by aiogram {called:.1f} ms; "
            f"{A_ROUND} webhooks a round"
        )
        name = f"from a webhook to its message at {RATE}/s (p99), of a durable answer and a call"
        yield Figure(name, ratio, "×", 2.5, 1.5, detail=detail)


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
