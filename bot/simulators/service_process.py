"""Run the real service as a child process: start it, wait until it is ready, kill it, end it, start it again."""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import aiohttp

import bot

SOURCE_ROOT = Path(bot.__file__).resolve().parent.parent
READINESS_POLL_SECONDS = 0.02
REQUEST_TIMEOUT = 2.0
START_SECONDS = 45.0
STOP_SECONDS = 15.0
TAIL_LINES = 15


class ServiceError(Exception):
    """The service has ended by itself or is not ready in time. The text holds the last lines of its log."""


class ChildProcess(Protocol):
    """What of `asyncio.subprocess.Process` is used here."""

    @property
    def pid(self) -> int:
        """Its process id."""

    @property
    def returncode(self) -> int | None:
        """How it ended, -9 for a SIGKILL; None while it runs."""

    async def wait(self) -> int:
        """Return how it ended, once it has."""

    def kill(self) -> None:
        """Send SIGKILL. Raises ProcessLookupError if it has ended."""

    def terminate(self) -> None:
        """Send SIGTERM. Raises ProcessLookupError if it has ended."""


Spawn = Callable[[Path, Mapping[str, str], int], Awaitable[ChildProcess]]  # folder, environment, file of the output


async def spawn(folder: Path, environment: Mapping[str, str], output: int) -> asyncio.subprocess.Process:
    """Start `python -m bot run` in a folder; it ends when this process does."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.simulators.child_launcher", str(os.getpid()), "-m", "bot", "run"),
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C in the terminal must reach the parent only, which then ends its child
    )


@dataclass(slots=True)
class ServiceProcess:
    """A process of `python -m bot run` that can be started several times, always with the same settings.

    Its environment holds nothing of the caller's but PATH, and it reads no .env but that of `folder`. `url` is where it
    listens. The output of all runs goes to one file, `log`. Tests may start it in another way, `spawn`.
    """

    folder: Path
    url: str
    environment: Mapping[str, str]
    spawn: Spawn = spawn
    log: Path = field(init=False)
    _process: ChildProcess | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.log = self.folder / "service.log"

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process is not None and self.exit_code is None else None

    @property
    def exit_code(self) -> int | None:
        """Its exit code (-9: killed); None while it runs and before its first start."""
        return None if self._process is None else self._process.returncode

    async def start(self) -> None:
        """Start it and return before it is ready. Raises RuntimeError if it is running."""
        if self.pid is not None:
            raise RuntimeError("the service is already running")
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._process = await self.spawn(self.folder, self._full_environment(), log)
        finally:
            os.close(log)

    async def wait_until_ready(self, within: float = START_SECONDS) -> float:
        """Wait until /readyz says that it stores and that Telegram answers it, and return the seconds that took.

        Raises ServiceError.
        """
        started = time.monotonic()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=REQUEST_TIMEOUT)) as session:
            while not await _is_ready(session, f"{self.url}/readyz"):
                self.check_running()
                if time.monotonic() - started > within:
                    raise ServiceError(f"The service is not ready after {within:g} s.\n{self.log_tail()}")
                await asyncio.sleep(READINESS_POLL_SECONDS)
        return time.monotonic() - started

    def check_running(self) -> None:
        """Raise ServiceError if it has ended or was never started."""
        if self.pid is None:
            raise ServiceError(f"The service has ended with exit code {self.exit_code}.\n{self.log_tail()}")

    async def kill(self) -> None:
        """Send SIGKILL and wait until it is gone; do nothing if it is not running."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def terminate(self, within: float = STOP_SECONDS) -> tuple[int, float]:
        """Send SIGTERM and wait for the end; return its exit code and the seconds that took.

        After `within` seconds it is killed and ServiceError raised.
        """
        self.check_running()
        assert self._process is not None  # noqa: S101 - checked
        started = time.monotonic()
        self._process.terminate()
        try:
            code = await asyncio.wait_for(self._process.wait(), within)
        except TimeoutError:
            await self.kill()
            raise ServiceError(f"The service does not end within {within:g} s.\n{self.log_tail()}") from None
        return code, time.monotonic() - started

    def log_tail(self, lines: int = TAIL_LINES) -> str:
        """Return the last lines of its log, for error messages."""
        content = self.log.read_text(errors="replace") if self.log.exists() else ""
        last = content.splitlines()[-lines:]
        return "\n".join(["Its last words:", *(f"  {line}" for line in last)]) if last else "It said nothing."

    async def run_second_instance(self, **changes: str) -> tuple[int, str]:
        """Start another process with changed settings, wait for its end, and return its exit code and output."""
        process = await spawn(self.folder, self._full_environment() | changes, asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        return process.returncode or 0, output.decode(errors="replace")

    def _full_environment(self) -> dict[str, str]:
        inherited = {"PATH": os.environ.get("PATH", os.defpath)}
        return inherited | {"PYTHONPATH": str(SOURCE_ROOT), "PYTHONUTF8": "1", **self.environment}


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as response:
            return response.status == 200 and (await response.json())["telegram"] == "ok"
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError, LookupError):
        return False  # it is not listening yet
