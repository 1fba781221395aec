"""Run both simulators, and the real service as a child process that is configured with their addresses.

The service cannot tell them from the real neighbours. Everything listens on the loopback address; every secret is
generated anew for each world.
"""

import secrets
import string
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.process.clock import Clock, SystemClock
from bot.simulators.loopback import HOST, free_port
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.service_process import START_SECONDS, STOP_SECONDS, ServiceProcess, Spawn, spawn
from bot.simulators.telegram.simulator import TelegramSimulator

LETTERS = string.ascii_letters + string.digits


class SimulatedWorld:
    """The simulators `pickpack` and `telegram`, usable at any time, and the real service between them, `service`.

    `cache_seconds` is how long Pick and Pack's responses are cached, `enforce_limits` switches Telegram's flood control
    on, and `clock` is the simulators' clock; the service has its own. `spawn` is how the service is started.
    """

    def __init__(
        self, *, clock: Clock | None = None, cache_seconds: float = 30.0, enforce_limits: bool = False
    ) -> None:
        clock = clock or SystemClock()
        self.spawn: Spawn = spawn
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
        self._service: ServiceProcess | None = None

    # ── inspecting ───────────────────────────────────────────────────────────

    @property
    def service(self) -> ServiceProcess:
        """The service's process. Raises RuntimeError before `start`."""
        if self._service is None:
            raise RuntimeError("the world has not been started")
        return self._service

    @property
    def url(self) -> str:
        """Where the service listens, without a path."""
        return self.service.url

    @property
    def database(self) -> Path:
        """The service's SQLite file."""
        return Path(self.settings["DATABASE_PATH"])

    def check_running(self) -> None:
        """Raise ServiceError, with the last lines of the service's log, if it is not running."""
        self.service.check_running()

    async def get(self, path: str) -> tuple[int, str]:
        """GET a path of the service, for example /metrics; return status and body. Raises aiohttp.ClientError."""
        async with aiohttp.ClientSession() as session, session.get(self.url + path) as response:
            return response.status, await response.text()

    # ── running ──────────────────────────────────────────────────────────────

    async def start(self, **settings: object) -> None:
        """Start the simulators and the service; return before it is ready. `settings` are named in any case."""
        self._folder = tempfile.TemporaryDirectory(prefix="onroute-")
        folder = Path(self._folder.name)
        await self.start_simulators(folder, **settings)
        self._service = ServiceProcess(folder, f"http://{HOST}:{self.settings['HTTP_PORT']}", self.settings, self.spawn)
        await self._service.start()

    async def start_simulators(self, folder: Path, **settings: object) -> None:
        """Start the simulators and prepare `settings` for a service whose database is in `folder`."""
        await self.telegram.start(HOST)
        await self.pickpack.start(HOST)
        self.settings = self._own_settings(folder) | _as_text(settings)
        self.pickpack.webhook.url = f"http://{HOST}:{self.settings['HTTP_PORT']}/webhooks/pickpack"

    async def wait_until_ready(self, within: float = START_SECONDS) -> float:
        """Wait until the service is ready, and return the seconds that took. Raises ServiceError."""
        return await self.service.wait_until_ready(within)

    async def kill(self) -> None:
        """Send SIGKILL to the service; do nothing if it is not running."""
        await self.service.kill()

    async def terminate(self, within: float = STOP_SECONDS) -> tuple[int, float]:
        """Send SIGTERM to the service; return its exit code and the seconds until it ended. Raises ServiceError."""
        return await self.service.terminate(within)

    async def restart(self, **settings: object) -> None:
        """End the service if it runs, and start it on the same database and port; return before it is ready."""
        if self.service.pid is not None:
            await self.terminate()
        self.settings.update(_as_text(settings))
        await self.service.start()

    async def stop(self) -> None:
        """End everything, whatever state it is in, and remove the folder."""
        if self._service is not None:
            await self._service.kill()
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
            "HTTP_PORT": str(free_port()),
            "DATABASE_PATH": str(folder / "bot.db"),
        }


@asynccontextmanager
async def running(world: SimulatedWorld | None = None, **settings: object) -> AsyncIterator[SimulatedWorld]:
    """Run a world whose service is ready, and end everything afterwards. Raises ServiceError."""
    world = world or SimulatedWorld()
    try:
        await world.start(**settings)
        await world.wait_until_ready()
        yield world
    finally:
        await world.stop()


def _as_text(settings: dict[str, object]) -> dict[str, str]:
    return {name.upper(): str(value) for name, value in settings.items()}


def _secret(length: int = 32) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))
