"""The real service as a child process: started, asked whether it is ready, killed, ended, started again."""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

import bot

CODE = Path(bot.__file__).resolve().parent.parent
LOOK_SECONDS = 0.02
ASK_SECONDS = 2.0
START_SECONDS = 45.0
STOP_SECONDS = 15.0
TAIL_LINES = 15
NO_CHANGES: Mapping[str, str] = {}


class ServiceTrouble(Exception):
    """The service ended by itself or is not ready in time. The text holds the last lines of its log."""


@dataclass(slots=True)
class Child:
    """`python -m bot run` in an environment of its own: nothing of the caller's but PATH, no .env but that of `folder`.

    `url` is where it listens. All its output goes to `log`, one file for all its lives.
    """

    folder: Path
    url: str
    environment: Mapping[str, str]
    log: Path = field(init=False)
    _process: asyncio.subprocess.Process | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.log = self.folder / "service.log"

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process is not None and self.exit_code is None else None

    @property
    def exit_code(self) -> int | None:
        """What it ended with (-9: killed); None while it runs, and before it was ever started."""
        return None if self._process is None else self._process.returncode

    async def launch(self) -> None:
        """Start it and return at once. Raises RuntimeError where it runs already."""
        if self.pid is not None:
            raise RuntimeError("the service runs already")
        self._process = await self._spawn()

    async def ready(self, within: float = START_SECONDS) -> float:
        """Wait until /readyz answers 200; the seconds that took. Raises ServiceTrouble."""
        began = time.monotonic()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASK_SECONDS)) as session:
            while not await _answers(session, f"{self.url}/readyz"):
                self.check()
                if time.monotonic() - began > within:
                    raise ServiceTrouble(f"The service is not ready after {within:g} s.\n{self.tail()}")
                await asyncio.sleep(LOOK_SECONDS)
        return time.monotonic() - began

    def check(self) -> None:
        """Raises ServiceTrouble where it has ended, or was never started."""
        if self.pid is None:
            raise ServiceTrouble(f"The service has ended with exit code {self.exit_code}.\n{self.tail()}")

    async def kill(self) -> None:
        """SIGKILL, and wait until it is gone; nothing where it does not run."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def terminate(self, within: float = STOP_SECONDS) -> tuple[int, float]:
        """SIGTERM; its exit code and the seconds until then. After `within` it is killed and ServiceTrouble raised."""
        self.check()
        assert self._process is not None  # noqa: S101 - checked
        began = time.monotonic()
        self._process.terminate()
        try:
            code = await asyncio.wait_for(self._process.wait(), within)
        except TimeoutError:
            await self.kill()
            raise ServiceTrouble(f"The service does not end within {within:g} s.\n{self.tail()}") from None
        return code, time.monotonic() - began

    def tail(self, lines: int = TAIL_LINES) -> str:
        """The last lines of its log."""
        whole = self.log.read_text(errors="replace") if self.log.exists() else ""
        last = whole.splitlines()[-lines:]
        return "\n".join(["Its last words:", *(f"  {line}" for line in last)]) if last else "It said nothing."

    async def run_beside(self, **changes: str) -> tuple[int, str]:
        """Start a second one, its settings changed, and wait for its end: its exit code and what it said."""
        second = await self._spawn(asyncio.subprocess.PIPE, changes)
        said, _ = await second.communicate()
        return second.returncode or 0, said.decode(errors="replace")

    async def _spawn(
        self, output: int | None = None, changes: Mapping[str, str] = NO_CHANGES
    ) -> asyncio.subprocess.Process:
        kept = {"PATH": os.environ.get("PATH", os.defpath)}
        arguments = (sys.executable, "-m", "bot.simulators.child_launcher", str(os.getpid()), "-m", "bot", "run")
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            return await asyncio.create_subprocess_exec(
                *arguments,
                cwd=self.folder,
                env=kept | {"PYTHONPATH": str(CODE), "PYTHONUTF8": "1", **self.environment, **changes},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log if output is None else output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,  # a Ctrl-C in the terminal is for the parent, which then ends its child
            )
        finally:
            os.close(log)


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as response:
            return response.status == 200
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False  # it doesn't listen yet
