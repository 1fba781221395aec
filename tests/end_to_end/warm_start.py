"""Start the service without importing its packages anew each time: a process that has imported them forks itself.

Telegram's library takes seconds of a processor to import, and a run of all tests starts the service more than a hundred
times. What a fork leaves out, the interpreter's own start and the imports, is seen by the tests that start it cold.

One process, the *starter*, is kept for each test process. For each start it forks a *watcher*, which forks the service
and says over a socket which process that is, and in the end how it ended.
"""

import atexit
import gc
import importlib
import json
import os
import random
import runpy
import signal
import socket
import subprocess
import sys
import threading
import traceback
from asyncio import StreamReader, StreamWriter, create_task, open_connection
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NoReturn

from bot.simulators.child_launcher import die_with_parent
from bot.simulators.service_process import SOURCE_ROOT

# what `run` imports, now and later
IMPORTED = ("bot.__main__", "bot.server", "bot.telegram.room", "bot.understanding.reading")
MAX_REQUEST = 64 * 1024


class ForkedProcess:
    """A forked service, with what `asyncio.subprocess.Process` has that a test needs."""

    def __init__(self, pid: int, end: StreamReader, connection: StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ended = create_task(self._watch(end, connection))

    async def _watch(self, end: StreamReader, connection: StreamWriter) -> int:
        self.returncode = int(await end.readline() or -signal.SIGKILL)
        connection.close()
        return self.returncode

    async def wait(self) -> int:
        """Return how it ended, as `asyncio.subprocess.Process` says it, once it has."""
        return await self._ended

    def terminate(self) -> None:
        """Send SIGTERM. Raises ProcessLookupError if it has ended."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL. Raises ProcessLookupError if it has ended."""
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self.returncode is not None:
            raise ProcessLookupError(self.pid)
        os.kill(self.pid, number)


class Starter:
    """The process that forks; it ends when this one does."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.end_to_end.warm_start", str(theirs.fileno())],
                cwd=SOURCE_ROOT,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE_ROOT), "PYTHONUTF8": "1"},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._socket = ours
        atexit.register(self._end)

    def _end(self) -> None:
        self._socket.close()
        self._process.wait()

    async def start(self, folder: Path, environment: Mapping[str, str], output: int) -> ForkedProcess:
        """Start `python -m bot run` in a folder; its output goes to the file `output`."""
        ours, theirs = socket.socketpair()
        with theirs:
            request = json.dumps([str(folder), dict(environment)]).encode()
            socket.send_fds(self._socket, [request], [output, theirs.fileno()])
        reader, writer = await open_connection(sock=ours)
        return ForkedProcess(int(await reader.readline()), reader, writer)


@cache
def _starter() -> Starter:
    return Starter()


async def spawn_warm(folder: Path, environment: Mapping[str, str], output: int) -> ForkedProcess:
    """Start the service like `bot.simulators.service_process.spawn`, without its imports."""
    return await _starter().start(folder, environment, output)


def _serve(requests: socket.socket) -> None:
    """Fork a watcher for each request, until the other side is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the watchers
    while True:
        request, descriptors, _flags, _address = socket.recv_fds(requests, MAX_REQUEST, 2)
        if not request:
            return
        if not os.fork():
            requests.close()
            _watch(*json.loads(request), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _watch(folder: str, environment: dict[str, str], output: int, report: int) -> NoReturn:
    """Fork the service, say which process it is, wait for its end and say how it ended."""
    die_with_parent(os.getppid())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    watcher = os.getpid()
    service = os.fork()
    if not service:
        os.close(report)
        die_with_parent(watcher)
        _become(folder, environment, output)
    os.write(report, b"%d\n" % service)
    os.close(output)
    _pid, status = os.waitpid(service, 0)
    os.write(report, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(folder: str, environment: dict[str, str], output: int) -> NoReturn:
    """Do what `python -m bot run` does, and end with its exit code."""
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, source in ((0, os.open(os.devnull, os.O_RDONLY)), (1, output), (2, output)):
        os.dup2(source, descriptor)
    os.closerange(3, 256)
    random.seed()
    sys.argv = ["bot", "run"]
    code: object = 1
    try:
        runpy.run_module("bot", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code if end.code is not None else 0
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


def main() -> None:
    """Import what the service needs, and fork on request."""
    for name in IMPORTED:
        importlib.import_module(name)
    assert threading.active_count() == 1, "a fork would take along the locks of other threads"
    gc.freeze()  # what is imported stays shared
    _serve(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
