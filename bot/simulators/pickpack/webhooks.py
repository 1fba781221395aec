"""The simulated store's webhooks: sent over HTTP in order, unless a switch says lose, repeat, swap or delay."""

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.process.clock import Clock

KEPT = 100_000
TIMEOUT = aiohttp.ClientTimeout(total=30)


@dataclass(frozen=True, slots=True)
class WebhookSent:
    """One webhook: `at` is wall time; `status` None: lost on purpose, or nobody answered. Times are milliseconds."""

    at: float
    body: bytes
    status: int | None
    milliseconds: float
    lost: bool = False


class WebhookCaller:
    """Sends webhooks to `url` with `secret` in the header named `header`; no `url`, no webhooks. All may be changed.

    Switches: `lose_next` loses that many, `lose_share` (0 to 1) some of all; `copies` sends each so many times at once;
    `swap_next` holds the next one back until another has gone; `delay` (seconds) puts each off.
    """

    def __init__(self, *, clock: Clock, url: str | None, secret: str | None, header: str) -> None:
        self.url = url
        self.secret = secret
        self.header = header
        self.lose_next = 0
        self.lose_share = 0.0
        self.copies = 1
        self.swap_next = False
        self.delay = 0.0
        self.log: deque[WebhookSent] = deque(maxlen=KEPT)
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._turn = asyncio.Lock()
        self._held: bytes | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._chance = random.Random(1)  # noqa: S311 - which webhook gets lost is no secret

    async def start(self) -> None:
        """Open the session."""
        self._session = aiohttp.ClientSession(timeout=TIMEOUT, connector=aiohttp.TCPConnector(limit=0))

    async def stop(self) -> None:
        """Give up what is under way and close the session."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def announce(self, event: Mapping[str, object]) -> asyncio.Task[None]:
        """Send an event in its turn, as the switches say. The task ends when it has been answered."""
        task = asyncio.get_running_loop().create_task(self._announce(json.dumps(event).encode()))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def settle(self) -> None:
        """Wait until everything that was announced has gone; one that waits to be swapped goes now."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._release_held()

    async def post(self, body: bytes, *, headers: Mapping[str, str] | None = None) -> int | None:
        """Send any body at once, past all switches; the status answered, or None. `headers` replace the secret's."""
        if self._session is None or self.url is None:
            return None
        started, status = time.perf_counter(), None
        secret = {} if self.secret is None else {self.header: self.secret}
        try:
            sent = {"Content-Type": "application/json"} | dict(secret if headers is None else headers)
            async with self._session.post(self.url, data=body, headers=sent) as response:
                await response.read()
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass  # the bot is down or slow: the log's `status` None says so
        took = (time.perf_counter() - started) * 1000
        self.log.append(WebhookSent(self._clock.wall(), body, status, took))
        return status

    async def _announce(self, body: bytes) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        async with self._turn:
            if self._is_lost():
                self.log.append(WebhookSent(self._clock.wall(), body, None, 0.0, lost=True))
            elif self.swap_next and self._held is None:
                self.swap_next, self._held = False, body
            else:
                await asyncio.gather(*(self.post(body) for _ in range(self.copies)))
                await self._release_held()

    async def _release_held(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            await self.post(held)

    def _is_lost(self) -> bool:
        if self.lose_next > 0:
            self.lose_next -= 1
            return True
        return self._chance.random() < self.lose_share
