"""Limits that end what hangs, so that one test fails and the others go on."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from subprocess import Popen

from tests.run_options import LONG

WITH_PROCESSES = ("tests/end_to_end/", "tests/model/", "tests/hostile/", "tests/demo/", "tests/init/test_command.py")
TestFunction = Callable[..., Awaitable[None]]


def seconds_for(node_id: str) -> float | None:
    """How long an asynchronous test may take; None for as long as it wants."""
    if LONG:
        return None
    return 240.0 if node_id.startswith(WITH_PROCESSES) else 60.0


def limited(test: TestFunction, seconds: float | None) -> TestFunction:
    """The test, which fails where it stands once its time is over."""

    @wraps(test)
    async def run(*arguments: object, **fixtures: object) -> None:
        async with asyncio.timeout(seconds):
            await test(*arguments, **fixtures)

    return run


@contextmanager
def killed_after(process: Popen[str], seconds: float) -> Iterator[None]:
    """Kill the process if the block takes longer: whoever reads from it or waits for it then goes on."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
