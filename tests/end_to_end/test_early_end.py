"""Told to end while it is still starting: the process ends with 0, soon, also as the first process of a container."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.simulators.service_process import SOURCE_ROOT
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import LOOK_SECONDS, PATIENCE
from tests.end_to_end.service_process import spawned

AS_PID_1 = ("unshare", "--pid", "--fork", "--kill-child")
WITHIN = 10.0
# each is imported at another moment: by the command line, by the settings, by the service, in a thread once it listens
MOMENTS = ("click", "pydantic_settings", "apscheduler", "aiogram")


def _may_be_pid_1() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*AS_PID_1, "true"], check=False, timeout=10).returncode == 0


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[SimulatedWorld]:
    """Both neighbours, without a service."""
    made = SimulatedWorld()
    await made.start_simulators(tmp_path)
    yield made
    await made.stop()


def slow_to_import(folder: Path, package: str) -> Path:
    """The package takes a minute to be imported from `folder`; what is returned is there once that has begun."""
    begun = folder / "begun"
    (folder / package).mkdir()
    code = f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\ntime.sleep(60)\n"
    (folder / package / "__init__.py").write_text(code)
    return begun


def innermost(process: int) -> int:
    """The service itself, below the program that runs it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return innermost(int(children[0])) if children else process


@pytest.mark.parametrize("is_pid_1", [False, True], ids=["plain", "as-pid-1"])
@pytest.mark.parametrize("package", MOMENTS)
async def test_sigterm_while_it_starts_ends_it_with_0(
    world: SimulatedWorld, tmp_path: Path, package: str, is_pid_1: bool
) -> None:
    if is_pid_1 and not _may_be_pid_1():
        pytest.skip("needs util-linux (unshare), and the right to use it")
    begun = slow_to_import(tmp_path, package)
    settings = {"PYTHONPATH": f"{tmp_path}:{SOURCE_ROOT}"}
    process = await spawned(
        world, "-m", "bot", "run", before=AS_PID_1 if is_pid_1 else (), cwd=tmp_path, settings=settings
    )
    try:
        async with asyncio.timeout(3 * PATIENCE):
            while not begun.exists():  # noqa: ASYNC110 - another process makes it
                await asyncio.sleep(LOOK_SECONDS)
        told_at = time.monotonic()
        os.kill(innermost(process.pid), signal.SIGTERM)
        async with asyncio.timeout(2 * WITHIN):
            said, _ = await process.communicate()
        assert (process.returncode, b"Traceback" in said) == (0, False), said.decode()
        assert time.monotonic() - told_at < WITHIN
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
