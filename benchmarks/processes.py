"""Run the programs that a benchmark measures, each in a process of its own, and read what they cost the machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
END_SECONDS = 15.0
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@contextmanager
def server(*arguments: str, python: str | Path = sys.executable) -> Iterator[tuple[int, int]]:
    """Run a program that prints the port it listens on as its first line; yield process id and port."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": str(ROOT)}
    command = [str(python), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"{' '.join(arguments)} has ended before it listened")
            yield process.pid, int(line)
        finally:
            end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and wait for it."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def processor_seconds(process_id: int) -> float:
    """Return the processor time that a process and its threads have taken."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


def resident_bytes(process_id: int) -> int:
    """Return the memory of a process that lies in RAM."""
    return int(Path(f"/proc/{process_id}/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")
