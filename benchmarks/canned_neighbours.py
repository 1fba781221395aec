"""Telegram and Pick and Pack in one process that answers thousands of calls a second, always with the same.

`python -m benchmarks.canned_neighbours` prints its port. Everything is accepted; getUpdates waits and brings nothing.
A GET of `/calls` answers how often each method was called, and when which chat was sent a message; one of `/reset`
forgets it.
"""

import asyncio
import json
import re
import time
from collections import Counter

from bot.simulators.loopback import HOST

HEAD_END = b"\r\n\r\n"
BOT = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bot","username":"canned_bot"}}'
DONE = b'{"ok":true,"result":true}'
CHAT = re.compile(rb"chat_id\D{1,5}?(-?\d+)")  # in a form or in JSON
MESSAGE = (
    b'{"ok":true,"result":{"message_id":%d,"from":{"id":1,"is_bot":true,"first_name":"Bot"},'
    b'"chat":{"id":%d,"type":"private","first_name":"Ana"},"date":1700000000,"text":"canned"}}'
)
POLL_SECONDS = 20.0
TOKEN = json.dumps({"message": "success", "data": "canned"}).encode()
NOT_FOUND = json.dumps({"message": "not found"}).encode()


class Calls:
    """What was called: how often each method, and of each message the time and the chat."""

    def __init__(self) -> None:
        self.message_id = 0
        self.reset()

    def reset(self) -> None:
        """Forget what was called."""
        self.methods: Counter[str] = Counter()
        self.times: list[float] = []  # of time.monotonic, which all processes of a machine share
        self.chats: list[int] = []

    def to_json(self) -> bytes:
        """Return it as JSON."""
        return json.dumps({"methods": self.methods, "times": self.times, "chats": self.chats}).encode()


class Neighbour(asyncio.Protocol):
    """One connection."""

    def __init__(self, calls: Calls) -> None:
        self._calls, self._received = calls, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is whole."""
        self._received += data
        while HEAD_END in self._received:
            head, _, rest = self._received.partition(HEAD_END)
            length = int(head.lower().partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0] or 0)
            if len(rest) < length:
                return
            self._received = rest[length:]
            self._take(head.split(b" ", 2)[1].decode(), rest[:length])

    def _take(self, path: str, body: bytes) -> None:
        if path.startswith("/bot"):
            method = path.rpartition("/")[2].partition("?")[0]
            self._calls.methods[method] += 1
            if method == "getUpdates":
                asyncio.get_running_loop().call_later(POLL_SECONDS, self._answer, b'{"ok": true, "result": []}')
            elif method in {"sendMessage", "editMessageText"}:
                self._answer(self._message(method, body))
            else:
                self._answer(BOT if method == "getMe" else DONE)
        elif path in {"/calls", "/reset"}:
            self._answer(self._calls.to_json())
            if path == "/reset":
                self._calls.reset()
        else:
            is_token = path.endswith("token")
            self._answer(TOKEN if is_token else NOT_FOUND, b"200 OK" if is_token else b"404 Not Found")

    def _message(self, method: str, body: bytes) -> bytes:
        found = CHAT.search(body)
        chat = int(found[1]) if found else 0
        if method == "sendMessage":
            self._calls.times.append(time.monotonic())
            self._calls.chats.append(chat)
        self._calls.message_id += 1
        return MESSAGE % (self._calls.message_id, chat)

    def _answer(self, body: bytes, status: bytes = b"200 OK") -> None:
        if not self._transport.is_closing():
            head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
            self._transport.write(head + body)


async def main() -> None:
    """Listen on a free port, print it, and serve until ended."""
    calls = Calls()
    server = await asyncio.get_running_loop().create_server(lambda: Neighbour(calls), HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
