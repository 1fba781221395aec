"""Bare loops that send messages, each in a process of its own, told line by line how many to send."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.environment import peers_python
from benchmarks.processes import ROOT, end


class BareSender:
    """A process that sends so many messages at once and tells how long each took."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def send(self, messages: int, *, at_once: int = 1) -> list[float]:
        """Send so many messages; return the seconds that each took. Raises RuntimeError if the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{messages} {at_once}\n".encode())
        self._process.stdin.flush()
        if not (line := self._process.stdout.readline()):
            raise RuntimeError("a bare sender has ended")
        seconds: list[float] = json.loads(line)
        return seconds


@contextmanager
def bare_aiogram(url: str) -> Iterator[BareSender]:
    """Run a bare loop over aiogram."""
    with _running(sys.executable, "aiogram_sender", url) as sender:
        yield sender


@contextmanager
def python_telegram_bot(url: str) -> Iterator[BareSender]:
    """Run a bare loop over python-telegram-bot. Raises PeersMissingError."""
    with _running(str(peers_python()), "telegram_sender", url) as sender:
        yield sender


@contextmanager
def _running(python: str, program: str, url: str) -> Iterator[BareSender]:
    command = [python, "-m", f"benchmarks.peers.{program}", url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            yield BareSender(process)
        finally:
            end(process)
