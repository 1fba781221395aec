"""Starts a built image's service as another user against the simulators, follows an order, ends it in order.

`try_image.py PYTHON APP DATA`: the interpreter and the code that were built, and the one folder that may be written to.
Run it by an interpreter that has the packages and the code: the simulators run in it.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bot.process.clock import SystemClock
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.telegram.simulator import TelegramSimulator

USER = 10001  # as in the Dockerfile
READY_SECONDS, STOP_SECONDS, TOLD_SECONDS = 40.0, 15.0, 20.0
SECRET = "only-between-these-two-processes"  # noqa: S105 - both ends of it are in this file
SHOPPER, ORDER = 1001, "1509750516095-01"


def without_rights(python: Path, data: Path) -> list[str]:
    """What to put before a command so that it may write to `data` only: another user, or root without its rights."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        sys.exit("root needs setpriv here (Debian: util-linux)")
    another = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--no-new-privs", "--"]
    probe = [*another, str(python), "-c", ""]
    if subprocess.run(probe, check=False, capture_output=True).returncode == 0:  # noqa: S603 - our own words
        os.chown(data, USER, USER)
        return another
    sys.stdout.write("this interpreter can't be read by other users: root without its rights takes their place\n")
    return ["setpriv", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs", "--"]


class Image:
    """What was built, as a container would run it."""

    def __init__(self, python: Path, app: Path, data: Path, settings: Mapping[str, str]) -> None:
        self._app = app
        self._before = without_rights(python, data)
        self._command = [*self._before, str(python), "-m", "bot"]
        # as the Dockerfile's ENV, and nothing of the caller's
        self._environment = {
            "PATH": f"{python.parent}:{os.defpath}",
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "DATABASE_PATH": str(data / "bot.db"),
            **settings,
        }

    async def start(self, *arguments: str, quiet: bool = False) -> asyncio.subprocess.Process:
        """`python -m bot` with these arguments."""
        return await asyncio.create_subprocess_exec(
            *self._command,
            *arguments,
            cwd=self._app,
            env=self._environment,
            stdout=asyncio.subprocess.DEVNULL if quiet else None,
            stderr=asyncio.subprocess.DEVNULL if quiet else None,
        )

    def may_write_to_code(self) -> bool:
        """True would make the rest of this worth nothing."""
        probe = [*self._before, "test", "-w", str(self._app / "bot")]
        return subprocess.run(probe, check=False).returncode == 0  # noqa: S603 - our own words

    async def is_healthy(self) -> bool:
        """What HEALTHCHECK would find."""
        return await (await self.start("healthcheck", quiet=True)).wait() == 0


async def main(python: Path, app: Path, data: Path) -> None:
    """Raises SystemExit with what is wrong."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    telegram = TelegramSimulator()
    pickpack = PickPackSimulator(clock=SystemClock(), webhook_secret=SECRET, webhook_header="X-Webhook-Secret")
    async with telegram:
        await pickpack.start()
        pickpack.webhook.url = f"http://127.0.0.1:{port}/webhooks/pickpack"
        settings = {
            "BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.api_url,
            "PICKPACK_API_KEY": pickpack.api_key,
            "PICKPACK_TOKEN_URL": pickpack.token_url,
            "PICKPACK_TRACKING_URL": pickpack.tracking_url,
            "WEBHOOK_SECRET": SECRET,
            "HTTP_HOST": "127.0.0.1",
            "HTTP_PORT": str(port),
        }
        try:
            await try_out(Image(python, app, data, settings), telegram, pickpack)
        finally:
            await pickpack.stop()
    if not (data / "bot.db").exists():
        sys.exit("the database is not where DATABASE_PATH says")


async def try_out(image: Image, telegram: TelegramSimulator, pickpack: PickPackSimulator) -> None:
    """Healthy, an order followed and told, gone in order."""
    if image.may_write_to_code():
        sys.exit("the service could write to its own code")
    began = time.monotonic()
    service = await image.start("run")
    try:
        while not await image.is_healthy():
            if service.returncode is not None:
                sys.exit(f"the service ended with {service.returncode}")
            if time.monotonic() - began > READY_SECONDS:
                sys.exit(f"the service is not healthy after {READY_SECONDS:.0f} s")
            await asyncio.sleep(0.2)
        healthy = time.monotonic() - began
        pickpack.put_order(ORDER, "PICKING")
        telegram.add_user(SHOPPER, language_code="en")
        telegram.user_says(SHOPPER, ORDER)
        await telegram.wait_for_message(SHOPPER, ORDER, timeout=TOLD_SECONDS)
        pickpack.set_status(ORDER, "PACKING")
        await telegram.wait_for_message(SHOPPER, "is being packed", timeout=TOLD_SECONDS)
        service.terminate()
        code = await asyncio.wait_for(service.wait(), STOP_SECONDS)
    finally:
        if service.returncode is None:
            service.kill()
            await service.wait()
    if code != 0:
        sys.exit(f"the service ended with {code} after SIGTERM")
    sys.stdout.write(f"healthy after {healthy:.1f} s, an order followed and told, ended with 0\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
