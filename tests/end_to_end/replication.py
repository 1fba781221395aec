"""Run Litestream as it is shipped beside the service: copy the database away, and restore it."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.simulators.service_process import SOURCE_ROOT
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import LOOK_SECONDS, PATIENCE, until

CONFIGURATION = SOURCE_ROOT / "deploy" / "litestream.yml"
LITESTREAM = shutil.which("litestream", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}")


async def is_taken(world: SimulatedWorld, order_id: str) -> bool:
    body = {"orderId": order_id, "oldStatus": "PENDING", "newStatus": "PICKING", "hostname": world.pickpack.hostname}
    return await world.pickpack.send_webhook(body) == 200


async def takes_webhooks(world: SimulatedWorld) -> None:
    """Wait until a webhook is stored and answered 200: long before the bot is ready."""
    async with asyncio.timeout(2 * PATIENCE):
        while not await is_taken(world, "FIRST-1"):
            world.check_running()
            await asyncio.sleep(LOOK_SECONDS)


@asynccontextmanager
async def listening() -> AsyncIterator[SimulatedWorld]:
    world = SimulatedWorld(cache_seconds=0)
    try:
        await world.start()
        await takes_webhooks(world)
        yield world
    finally:
        await world.stop()


def variables(world: SimulatedWorld, replica: Path) -> dict[str, str]:
    return {"DATABASE_PATH": str(world.database), "LITESTREAM_REPLICA": replica.as_uri()}


async def litestream(*arguments: str, environment: dict[str, str], output: Path) -> asyncio.subprocess.Process:
    assert LITESTREAM is not None
    with output.open("ab") as log:
        return await asyncio.create_subprocess_exec(
            LITESTREAM, *arguments, env=environment, stdout=log, stderr=asyncio.subprocess.STDOUT
        )


@asynccontextmanager
async def replicating(world: SimulatedWorld, replica: Path, log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Litestream as it is shipped, once it has written something away."""
    process = await litestream(
        "replicate", "-config", str(CONFIGURATION), environment=variables(world, replica), output=log
    )
    try:
        await until(lambda: any(file.is_file() for file in replica.rglob("*")), PATIENCE)
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def restored(world: SimulatedWorld, replica: Path, target: Path) -> None:
    arguments = ("restore", "-config", str(CONFIGURATION), "-o", str(target), str(world.database))
    log = target.with_suffix(".log")
    process = await litestream(*arguments, environment=variables(world, replica), output=log)
    assert await process.wait() == 0, log.read_text()
