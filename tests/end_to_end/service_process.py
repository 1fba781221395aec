"""The service as a process that no world has started: below a tracer, or made to die at a certain place."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

import aiohttp

from bot.simulators.service_process import SOURCE_ROOT
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import LOOK_SECONDS, PATIENCE


async def spawned(
    world: SimulatedWorld,
    *arguments: str,
    before: tuple[str, ...] = (),
    cwd: Path | None = None,
    settings: Mapping[str, str] | None = None,
    output: IO[bytes] | int = asyncio.subprocess.PIPE,
    files: tuple[int, ...] = (),
) -> asyncio.subprocess.Process:
    """`python ARGUMENTS` with the world's settings, changed by `settings`; `before` is the program that runs it.

    `files` are open files that it inherits.
    """
    return await asyncio.create_subprocess_exec(
        *before,
        sys.executable,
        *arguments,
        cwd=cwd or world.service.folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE_ROOT), **world.settings, **(settings or {})},
        stdout=output,
        stderr=asyncio.subprocess.STDOUT,
        pass_fds=files,
        start_new_session=True,  # so that all of it can be ended together
    )


@asynccontextmanager
async def started(
    world: SimulatedWorld, *arguments: str, before: tuple[str, ...] = (), files: tuple[int, ...] = ()
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python ARGUMENTS` with the world's settings, once it listens; `before` is the program that runs it, if any.

    `files` are open files that it inherits.
    """
    with world.service.log.open("ab") as log:
        process = await spawned(world, *arguments, before=before, output=log, files=files)
    try:
        await _listening(world, process)
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a tracer's end alone would leave the service running
        await process.wait()


async def _listening(world: SimulatedWorld, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(2 * PATIENCE):
        while True:
            assert process.returncode is None, world.service.log_tail()
            with suppress(aiohttp.ClientError):
                await world.get("/healthz")
                return
            await asyncio.sleep(LOOK_SECONDS)
