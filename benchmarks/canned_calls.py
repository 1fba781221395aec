"""What the canned neighbours were called with, asked of them from outside."""

import json
import time
from collections import Counter
from dataclasses import dataclass
from http.client import HTTPConnection

from bot.simulators.loopback import HOST

ASK_EVERY = 0.1  # seconds: each question costs the neighbours' time


class MissingMessagesError(Exception):
    """Fewer messages came than were waited for."""


@dataclass(frozen=True, slots=True)
class Received:
    """Calls by method, and of each new message when it came (time.monotonic) and to which chat."""

    methods: Counter[str]
    times: list[float]
    chats: list[int]

    @property
    def rate(self) -> float:
        """Return the messages a second between the first and the last."""
        return (len(self.times) - 1) / (self.times[-1] - self.times[0])


def forget(port: int) -> None:
    """Let the neighbours count anew."""
    _ask(port, "/reset")


def received(port: int) -> Received:
    """Return what has come."""
    return _ask(port, "/calls")


def wait_for_messages(port: int, count: int, *, within: float) -> Received:
    """Return what has come once so many messages have. Raises MissingMessagesError."""
    ends = time.monotonic() + within
    while len((now := received(port)).times) < count:
        if time.monotonic() > ends:
            raise MissingMessagesError(f"{len(now.times)} of {count} messages came in {within:g} s")
        time.sleep(ASK_EVERY)
    return now


def _ask(port: int, path: str) -> Received:
    connection = HTTPConnection(HOST, port)
    try:
        connection.request("GET", path)
        raw = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return Received(Counter(raw["methods"]), raw["times"], raw["chats"])
