"""Send the simulated store's webhooks over HTTP, in order, unless told to lose, repeat, swap or delay them."""

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.process.clock import Clock

LOG_SIZE = 100_000
TIMEOUT = aiohttp.ClientTimeout(total=30)


@dataclass(frozen=True, slots=True)
class SentWebhook:
    """A webhook that was sent at wall time `at`; `status` is None if it was lost on purpose or nobody answered."""

    at: float
    body: bytes
    status: int | None
    milliseconds: float
    lost: bool = False


class WebhookSender:
    """Sends webhooks to `url` with `secret` in the header named `header`; without `url`, none.

    Every attribute may be changed at any time: `lose_next` loses that many webhooks, `lose_share` (0 to 1) a share of
    all; `copies` sends each so many times at once; `swap_next` sends the next one after the one that follows it;
    `delay` (seconds) delays each; `rename` gives fields other names, as a store that maps them wrongly does.
    """

    def __init__(self, *, clock: Clock, secret: str | None, header: str) -> None:
        self.url: str | None = None
        self.secret = secret
        self.header = header
        self.lose_next = 0
        self.lose_share = 0.0
        self.copies = 1
        self.swap_next = False
        self.delay = 0.0
        self.rename: Mapping[str, str] = {}
        self.log: deque[SentWebhook] = deque(maxlen=LOG_SIZE)
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._in_order = asyncio.Lock()
        self._held_back: bytes | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self._random = random.Random(1)  # noqa: S311 - which webhook gets lost is no secret

    async def start(self) -> None:
        """Open the HTTP session."""
        self._session = aiohttp.ClientSession(timeout=TIMEOUT, connector=aiohttp.TCPConnector(limit=0))

    async def stop(self) -> None:
        """Cancel what is being sent and close the session."""
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def send(self, event: Mapping[str, object]) -> asyncio.Task[None]:
        """Send an event after those before it. The task ends when it has been answered."""
        named = {self.rename.get(name, name): value for name, value in event.items()}
        task = asyncio.get_running_loop().create_task(self._send(json.dumps(named).encode()))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return task

    async def flush(self) -> None:
        """Wait until everything has been sent; a webhook that waits to be swapped is sent now."""
        while self._sending:
            await asyncio.gather(*self._sending, return_exceptions=True)
        await self._send_held_back()

    async def post(self, body: bytes, *, headers: Mapping[str, str] | None = None) -> int | None:
        """Send any body at once, never lost or delayed; return the status, or None. `headers` replace the secret's."""
        if self._session is None or self.url is None:
            return None
        started, status = time.perf_counter(), None
        secret = {} if self.secret is None else {self.header: self.secret}
        try:
            all_headers = {"Content-Type": "application/json"} | dict(secret if headers is None else headers)
            async with self._session.post(self.url, data=body, headers=all_headers) as response:
                await response.read()
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass  # the service is down or slow: the log says so by `status` None
        milliseconds = (time.perf_counter() - started) * 1000
        self.log.append(SentWebhook(self._clock.wall(), body, status, milliseconds))
        return status

    async def _send(self, body: bytes) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        async with self._in_order:
            if self._is_lost():
                self.log.append(SentWebhook(self._clock.wall(), body, None, 0.0, lost=True))
            elif self.swap_next and self._held_back is None:
                self.swap_next, self._held_back = False, body
            else:
                await asyncio.gather(*(self.post(body) for _ in range(self.copies)))
                await self._send_held_back()

    async def _send_held_back(self) -> None:
        held, self._held_back = self._held_back, None
        if held is not None:
            await self.post(held)

    def _is_lost(self) -> bool:
        if self.lose_next > 0:
            self.lose_next -= 1
            return True
        return self._random.random() < self.lose_share
