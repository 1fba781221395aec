"""A whole world on this machine: both simulators, and the real service as a child that is given their addresses.

Nothing in the service knows of it. Everything listens on the loopback address; every secret is made anew at each start.
"""

import secrets
import socket
import string
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.process.clock import Clock, SystemClock
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.service_process import START_SECONDS, STOP_SECONDS, Child, ServiceTrouble
from bot.simulators.telegram.simulator import TelegramSimulator

HOST = "127.0.0.1"
# Below what systems hand out by themselves, so that nobody gets the port while the service is down for a restart.
FIRST_PORT, PORTS = 20_000, 10_000
PORT_TRIES = 100
LETTERS = string.ascii_letters + string.digits

__all__ = ["ServiceTrouble", "World", "running"]


class World:
    """The simulators `pickpack` and `telegram`, which may be used at any time, and the service.

    `cache_seconds` is how long Pick and Pack's answers are cached, `enforce_limits` has Telegram refuse what is too
    fast, and `clock` is the simulators' clock; the service has its own.
    """

    def __init__(
        self, *, clock: Clock | None = None, cache_seconds: float = 30.0, enforce_limits: bool = False
    ) -> None:
        clock = clock or SystemClock()
        self.webhook_secret = _secret()
        self.telegram = TelegramSimulator(
            f"{secrets.randbelow(9 * 10**8) + 10**8}:{_secret(35)}", clock, enforce_limits=enforce_limits
        )
        self.pickpack = PickPackSimulator(
            clock=clock,
            cache_seconds=cache_seconds,
            webhook_secret=self.webhook_secret,
            webhook_header="X-Webhook-Secret",
        )
        self.settings: dict[str, str] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._child: Child | None = None

    # ── looking ──────────────────────────────────────────────────────────────

    @property
    def child(self) -> Child:
        """The service's process. Raises RuntimeError before `start`."""
        if self._child is None:
            raise RuntimeError("the world has not been started")
        return self._child

    @property
    def url(self) -> str:
        """Where the service listens, without a path."""
        return self.child.url

    @property
    def database(self) -> Path:
        """The service's SQLite file."""
        return Path(self.settings["DATABASE_PATH"])

    def check(self) -> None:
        """Raises ServiceTrouble, with the last lines of its log, where the service does not run."""
        self.child.check()

    async def get(self, path: str) -> tuple[int, str]:
        """Ask the service itself, for example for /metrics: status and body. Raises aiohttp.ClientError."""
        async with aiohttp.ClientSession() as session, session.get(self.url + path) as response:
            return response.status, await response.text()

    # ── running ──────────────────────────────────────────────────────────────

    async def start(self, **settings: object) -> None:
        """Start the simulators and the service; returns before it is ready. `settings` by their names, any case."""
        self._folder = tempfile.TemporaryDirectory(prefix="onroute-")
        await self.telegram.start(HOST)
        await self.pickpack.start(HOST)
        self.settings = self._own_settings(Path(self._folder.name)) | _as_text(settings)
        url = f"http://{HOST}:{self.settings['HTTP_PORT']}"
        self.pickpack.webhook.url = f"{url}/webhooks/pickpack"
        self._child = Child(Path(self._folder.name), url, self.settings)
        await self._child.launch()

    async def ready(self, within: float = START_SECONDS) -> float:
        """Wait until the service is ready; the seconds that took. Raises ServiceTrouble."""
        return await self.child.ready(within)

    async def kill(self) -> None:
        """SIGKILL the service; nothing where it does not run."""
        await self.child.kill()

    async def terminate(self, within: float = STOP_SECONDS) -> tuple[int, float]:
        """SIGTERM the service: its exit code and the seconds until it was gone. Raises ServiceTrouble."""
        return await self.child.terminate(within)

    async def restart(self, **settings: object) -> None:
        """End the service if it runs and start it on the same database and port; returns before it is ready."""
        if self.child.pid is not None:
            await self.terminate()
        self.settings.update(_as_text(settings))
        await self.child.launch()

    async def stop(self) -> None:
        """End everything, whatever state it is in, and remove the folder."""
        if self._child is not None:
            await self._child.kill()
        await self.pickpack.stop()
        await self.telegram.stop()
        if self._folder is not None:
            self._folder.cleanup()

    def _own_settings(self, folder: Path) -> dict[str, str]:
        return {
            "BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.api_url,
            "PICKPACK_API_KEY": self.pickpack.api_key,
            "PICKPACK_TOKEN_URL": self.pickpack.token_url,
            "PICKPACK_TRACKING_URL": self.pickpack.tracking_url,
            "WEBHOOK_SECRET": self.webhook_secret,
            "LINK_SECRET": _secret(),
            "HTTP_HOST": HOST,
            "HTTP_PORT": str(_free_port()),
            "DATABASE_PATH": str(folder / "bot.db"),
        }


@asynccontextmanager
async def running(world: World | None = None, **settings: object) -> AsyncIterator[World]:
    """A world whose service is ready; everything is ended afterwards. Raises ServiceTrouble."""
    world = world or World()
    try:
        await world.start(**settings)
        await world.ready()
        yield world
    finally:
        await world.stop()


def _as_text(settings: dict[str, object]) -> dict[str, str]:
    return {name.upper(): str(value) for name, value in settings.items()}


def _secret(length: int = 32) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _free_port() -> int:
    """A port of the loopback address that nobody listens at now. Raises OSError where none is found."""
    for _ in range(PORT_TRIES):
        port = FIRST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError("no free port was found")
