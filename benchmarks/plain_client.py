"""A client of plain sockets: sends prebuilt HTTP requests over connections that stay open, and costs next to nothing.

What asks must cost less than what answers, or the benchmark measures itself.
"""

import select
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack

from bot.simulators.loopback import HOST

CONNECTIONS = 32
ANSWER_SECONDS = 10.0
HEAD_END = b"\r\n\r\n"
OK = b" 200 "
SPIN_SECONDS = 0.0015  # epoll wakes by the millisecond: what is due sooner is waited for awake


class RefusedError(Exception):
    """A request was not answered 200, or not in time."""


def request(path: str, body: bytes, **headers: str) -> bytes:
    """Build a POST of JSON; `_` in a header's name stands for `-`."""
    lines = [f"POST {path} HTTP/1.1", f"Host: {HOST}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


class _Client:
    """Some open connections; each has at most one request under way, by its place in the list of requests."""

    def __init__(self, port: int, connections: int, stack: ExitStack) -> None:
        self.epoll = stack.enter_context(select.epoll())
        self.sockets: dict[int, socket.socket] = {}
        self.under_way: dict[int, int] = {}
        self._partial: dict[int, bytes] = {}
        for _ in range(connections):
            one = stack.enter_context(socket.create_connection((HOST, port), timeout=ANSWER_SECONDS))
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.sockets[one.fileno()] = one
            self.epoll.register(one.fileno(), select.EPOLLIN)

    def send(self, connection: int, place: int, content: bytes) -> None:
        self.under_way[connection] = place
        self.sockets[connection].sendall(content)

    def answered(self, wait: float) -> list[tuple[int, int]]:
        """Return which connections got a whole answer, and to which request. Raises RefusedError."""
        done = []
        for connection, _event in self.epoll.poll(wait):
            part = self.sockets[connection].recv(65536)
            answer = self._partial.pop(connection, b"") + part
            if not part or not _is_whole(answer):
                if not part:
                    raise RefusedError("a connection was closed")
                self._partial[connection] = answer
                continue
            if OK not in answer[:16]:
                raise RefusedError(answer[:300].decode(errors="replace"))
            done.append((connection, self.under_way.pop(connection)))
        return done


def send_all(port: int, requests: Sequence[bytes], *, connections: int = CONNECTIONS) -> float:
    """Send every request, a new one on each connection as soon as the last is answered; return the seconds it took."""
    with ExitStack() as stack:
        client = _Client(port, connections, stack)
        began, left = time.perf_counter(), iter(enumerate(requests))
        for connection, (place, content) in zip(client.sockets, left):  # noqa: B905 - there are fewer connections
            client.send(connection, place, content)
        while client.under_way:
            done = client.answered(ANSWER_SECONDS)
            if not done and not client.under_way:
                raise RefusedError("no answer in time")
            for connection, _place in done:
                following = next(left, None)
                if following is not None:
                    client.send(connection, *following)
        return time.perf_counter() - began


def send_on_timetable(
    port: int, requests: Sequence[bytes], *, rate: float, connections: int = CONNECTIONS
) -> list[float]:
    """Send the requests at fixed times, `rate` a second; return the seconds from each one's time to its answer.

    One that finds no free connection is sent late, and its wait counts.
    """
    with ExitStack() as stack:
        client = _Client(port, connections, stack)
        free, latencies, sent = list(client.sockets), [0.0] * len(requests), 0
        began = time.perf_counter() + 0.01
        while sent < len(requests) or client.under_way:
            wait = began + sent / rate - time.perf_counter() if sent < len(requests) and free else ANSWER_SECONDS
            if wait <= 0:
                client.send(free.pop(), sent, requests[sent])
                sent += 1
                continue
            for connection, place in client.answered(max(0.0, wait - SPIN_SECONDS)):
                latencies[place] = time.perf_counter() - (began + place / rate)
                free.append(connection)
        return latencies


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(HEAD_END)
    if not end:
        return False
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return len(body) >= int(length or 0)
