"""Power loss: what is answered 2xx is on the disk by then, shown by the order of the service's system calls."""

import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.simulators.world import SimulatedWorld
from tests.end_to_end.service_process import started

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALLS = "read,recvfrom,recvmsg,write,writev,pwrite64,sendto,sendmsg,fsync,fdatasync"
ORDERS = [f"POWER-{number}" for number in range(5)]


def why_not() -> str | None:
    """Why system calls can't be looked at here."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed"
    tried = subprocess.run([strace, "-f", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return f"strace is not allowed to look: {tried.stderr.strip()}" if tried.returncode else None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    if reason := why_not():
        pytest.skip(reason)
    world = SimulatedWorld(cache_seconds=0)
    try:
        await world.start()
        await world.kill()  # it is started anew below a tracer, and all that it needs is there now
        yield world
    finally:
        await world.stop()


async def test_between_the_reading_of_a_webhook_and_its_200_the_log_of_the_database_is_flushed(
    world: SimulatedWorld, tmp_path: Path
) -> None:
    trace = tmp_path / "calls.txt"
    tracer = ("strace", "-f", "-yy", "-s", "400", "-o", str(trace), "-e", f"trace={CALLS}")
    async with started(world, "-m", "bot", "run", before=tracer):
        for order_id in ORDERS:
            body = {"orderId": order_id, "oldStatus": "PENDING", "newStatus": "PICKING", "hostname": "demo-store"}
            assert await world.pickpack.send_webhook(body) == 200
    lines = trace.read_text(errors="replace").splitlines()
    for order_id in ORDERS:
        came = first(lines, 0, rf"\b(read|recv\w+)\b.*{order_id}")
        written = first(lines, came, r"pwrite64\(.*bot\.db-wal>")
        flushed = first(lines, written, r"(fdatasync|fsync)(\(.*bot\.db-wal>\)| resumed>.*) += 0")
        answered = first(lines, came, r"(write|writev|send\w+)\(.*HTTP/1\.1 200")
        assert came < written < flushed < answered < len(lines), "\n".join(lines[came : answered + 1])


def first(lines: list[str], start: int, pattern: str) -> int:
    """The number of the first line from `start` on that fits; behind the last where none does."""
    wanted = re.compile(pattern)
    return next((place for place in range(start, len(lines)) if wanted.search(lines[place])), len(lines))
