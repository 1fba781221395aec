"""Run the real service, `python -m bot run`, beside canned neighbours; each of the three is a process of its own."""

import asyncio
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.processes import server
from bot.simulators.loopback import HOST, free_port
from bot.simulators.service_process import ServiceProcess

WEBHOOK_PATH = "/webhooks/pickpack"
BOT_TOKEN = f"123456789:{'a' * 35}"


@dataclass(frozen=True, slots=True)
class RunningService:
    """The service that is ready, and where its neighbours listen."""

    process_id: int
    port: int
    webhook_secret: str
    neighbours_port: int
    process: ServiceProcess

    def metric(self, name: str) -> float:
        """Return the value of a metric without labels."""
        connection = HTTPConnection(HOST, self.port)
        try:
            connection.request("GET", "/metrics")
            found = re.search(rf"^{name} (\S+)$", connection.getresponse().read().decode(), re.MULTILINE)
        finally:
            connection.close()
        return float(found[1]) if found else 0.0


def settings_for(neighbours_port: int, folder: Path, **settings: object) -> dict[str, str]:
    """Return what the service is told: a secret of its own, the neighbours' addresses, its database in the folder."""
    neighbours = f"http://{HOST}:{neighbours_port}"
    told = {
        "BOT_TOKEN": BOT_TOKEN,
        "TELEGRAM_API_URL": neighbours,
        "PICKPACK_API_KEY": secrets.token_hex(32),
        "PICKPACK_TOKEN_URL": f"{neighbours}/prod/token",
        "PICKPACK_TRACKING_URL": f"{neighbours}/tracking",
        "WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "LINK_SECRET": secrets.token_urlsafe(32),
        "HTTP_HOST": HOST,
        "HTTP_PORT": str(free_port()),
        "DATABASE_PATH": str(folder / "bot.db"),
    }
    return told | {name: str(value) for name, value in settings.items()}


@contextmanager
def running_service(
    prepare: Callable[[Path], None] = lambda _database: None, **settings: object
) -> Iterator[RunningService]:
    """Run canned neighbours and the service until it is ready; `prepare` fills its database before."""
    with tempfile.TemporaryDirectory(prefix="onroute-") as name, server("-m", "benchmarks.canned_neighbours") as canned:
        folder, (_, neighbours_port) = Path(name), canned
        told = settings_for(neighbours_port, folder, **settings)
        prepare(Path(told["DATABASE_PATH"]))
        process = ServiceProcess(folder, f"http://{HOST}:{told['HTTP_PORT']}", told)
        with asyncio.Runner() as runner:
            try:
                runner.run(process.start())
                runner.run(process.wait_until_ready())
                assert process.pid is not None
                yield RunningService(
                    process.pid, int(told["HTTP_PORT"]), told["WEBHOOK_SECRET"], neighbours_port, process
                )
            finally:
                runner.run(process.kill())
