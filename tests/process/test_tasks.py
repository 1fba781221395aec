"""Tasks that are started again should they fail, and ended together."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from bot.process.tasks import RESTART_SECONDS, Tasks


def failing(times: int, ended: asyncio.Event) -> Callable[[], Awaitable[None]]:
    """Work that fails so often and ends then."""
    left = [times]

    async def work() -> None:
        if left[0]:
            left[0] -= 1
            raise LookupError("nobody thought of it")
        ended.set()

    return work


async def test_what_fails_is_said_and_started_again_until_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    failed = list[str]()
    tasks, ended = Tasks(failed.append), asyncio.Event()
    task = tasks.keep("worker", failing(1, ended))
    await asyncio.wait_for(task, RESTART_SECONDS + 5)
    assert ended.is_set()
    assert failed == ["worker"]
    assert "The task worker failed and is started again" in caplog.text


async def test_all_that_runs_ends_together() -> None:
    tasks = Tasks(lambda _name: None)
    running = [tasks.once("one", asyncio.sleep(3600)), tasks.keep("other", partial(asyncio.sleep, 3600))]
    await asyncio.sleep(0)
    await asyncio.wait_for(tasks.end(), 5)
    assert [task.cancelled() for task in running] == [True, True]
