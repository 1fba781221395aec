"""A test that would wait for ever fails instead."""

import asyncio
import subprocess
import sys

import pytest

from tests.time_limits import killed_after, limited


async def hang() -> None:
    await asyncio.Event().wait()


async def test_a_test_that_waits_for_what_never_comes_fails() -> None:
    with pytest.raises(TimeoutError):
        await limited(hang, 0.01)()


async def test_each_asynchronous_test_has_a_limit(request: pytest.FixtureRequest) -> None:
    assert request.function.__wrapped__ is not None


def test_a_process_that_says_nothing_is_read_to_its_end() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, killed_after(process, 0.1):
        assert process.stdout is not None
        assert process.stdout.readline() == ""
