"""Start a built image's service as another user against the simulators, follow an order, and end the service.

`try_image.py PYTHON APP DATA`: the interpreter and the code that were built, and the one folder that may be written to.
The interpreter that runs this script needs the packages and the code too: the simulators run in it.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.world import SimulatedWorld

USER = 10001  # as in the Dockerfile
READY_SECONDS, STOP_SECONDS, MESSAGE_SECONDS = 40.0, 15.0, 20.0
SHOPPER, ORDER = 1001, "1509750516095-01"


def drop_rights(python: Path, data: Path) -> list[str]:
    """Return a prefix for commands so that they can write to `data` only: as another user, or root without rights."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        sys.exit("root needs setpriv here (Debian: util-linux)")
    as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--no-new-privs", "--"]
    probe = [*as_user, str(python), "-c", ""]
    if subprocess.run(probe, check=False, capture_output=True).returncode == 0:  # noqa: S603 - a fixed command
        os.chown(data, USER, USER)
        return as_user
    sys.stdout.write("this interpreter can't be read by other users: root without its rights takes their place\n")
    return ["setpriv", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs", "--"]


class Image:
    """The built code, run as a container would run it."""

    def __init__(self, python: Path, app: Path, data: Path, settings: Mapping[str, str]) -> None:
        self._app = app
        self._prefix = drop_rights(python, data)
        self._command = [*self._prefix, str(python), "-m", "bot"]
        # the Dockerfile's ENV, and nothing of the caller's
        self._environment = {
            "PATH": f"{python.parent}:{os.defpath}",
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            **settings,
        }

    async def start(self, *arguments: str, quiet: bool = False) -> asyncio.subprocess.Process:
        """Start `python -m bot` with these arguments."""
        return await asyncio.create_subprocess_exec(
            *self._command,
            *arguments,
            cwd=self._app,
            env=self._environment,
            stdout=asyncio.subprocess.DEVNULL if quiet else None,
            stderr=asyncio.subprocess.DEVNULL if quiet else None,
        )

    def may_write_to_code(self) -> bool:
        """Tell whether the service could write to its own code, which it must not."""
        probe = [*self._prefix, "test", "-w", str(self._app / "bot")]
        return subprocess.run(probe, check=False).returncode == 0  # noqa: S603 - a fixed command

    async def is_healthy(self) -> bool:
        """Run the health check that the Dockerfile's HEALTHCHECK runs."""
        return await (await self.start("healthcheck", quiet=True)).wait() == 0


async def main(python: Path, app: Path, data: Path) -> None:
    """Run the service against simulators. Raises SystemExit with what is wrong."""
    world = SimulatedWorld()
    try:
        await world.start_simulators(data)
        await try_out(Image(python, app, data, world.settings), world.telegram, world.pickpack)
    finally:
        await world.stop()
    if not (data / "bot.db").exists():
        sys.exit("the database is not where DATABASE_PATH says")


async def try_out(image: Image, telegram: TelegramSimulator, pickpack: PickPackSimulator) -> None:
    """Wait until the service is healthy, follow an order, check the message of a change, and end the service."""
    if image.may_write_to_code():
        sys.exit("the service could write to its own code")
    started = time.monotonic()
    service = await image.start("run")
    try:
        while not await image.is_healthy():
            if service.returncode is not None:
                sys.exit(f"the service ended with {service.returncode}")
            if time.monotonic() - started > READY_SECONDS:
                sys.exit(f"the service is not healthy after {READY_SECONDS:.0f} s")
            await asyncio.sleep(0.2)
        healthy_after = time.monotonic() - started
        pickpack.put_order(ORDER, "PICKING")
        telegram.add_user(SHOPPER, language_code="en")
        telegram.user_says(SHOPPER, ORDER)
        await telegram.wait_for_message(SHOPPER, ORDER, timeout=MESSAGE_SECONDS)
        pickpack.set_status(ORDER, "INVOICED")
        await telegram.wait_for_message(SHOPPER, "Packed", timeout=MESSAGE_SECONDS)
        service.terminate()
        code = await asyncio.wait_for(service.wait(), STOP_SECONDS)
    finally:
        if service.returncode is None:
            service.kill()
            await service.wait()
    if code != 0:
        sys.exit(f"the service ended with {code} after SIGTERM")
    sys.stdout.write(f"healthy after {healthy_after:.1f} s, an order followed and told, ended with 0\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
