"""Telegram and Pick and Pack in one process that answers thousands of calls a second, always with the same.

`python -m benchmarks.canned_neighbours` prints its port. Everything is accepted; getUpdates waits and brings nothing.
A GET of `/calls` answers how often each method was called, and when the first and the last message came.
"""

import asyncio
import json
import time
from collections import Counter
from urllib.parse import parse_qs

from bot.simulators.loopback import HOST

HEAD_END = b"\r\n\r\n"
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "canned_bot", "can_join_groups": True}
POLL_SECONDS = 20.0
TOKEN = json.dumps({"message": "success", "data": "canned"}).encode()
NOT_FOUND = json.dumps({"message": "not found"}).encode()


class Calls:
    """What was called: how often each method, and the times of messages."""

    def __init__(self) -> None:
        self.methods: Counter[str] = Counter()
        self.message_times: list[float] = []

    def to_json(self) -> bytes:
        """Return it as JSON."""
        first, last = (self.message_times[place] if self.message_times else None for place in (0, -1))
        return json.dumps({"methods": self.methods, "first": first, "last": last}).encode()


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
            else:
                self._answer(json.dumps({"ok": True, "result": self._result(method, body)}).encode())
        elif path == "/calls":
            self._answer(self._calls.to_json())
        else:
            is_token = path.endswith("token")
            self._answer(TOKEN if is_token else NOT_FOUND, b"200 OK" if is_token else b"404 Not Found")

    def _result(self, method: str, body: bytes) -> object:
        if method == "getMe":
            return BOT
        if method == "sendMessage":
            self._calls.message_times.append(time.time())
            fields = parse_qs(body.decode(errors="replace"))
            chat = {"id": int(fields.get("chat_id", ["1"])[0]), "type": "private", "first_name": "Ana"}
            number = len(self._calls.message_times)
            return {"message_id": number, "date": int(time.time()), "chat": chat, "from": BOT, "text": "canned"}
        return True

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
