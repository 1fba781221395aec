"""Background tasks are restarted when they fail, and cancelled together."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from bot.process.tasks import RESTART_SECONDS, Tasks


def failing_work(times: int, ended: asyncio.Event) -> Callable[[], Awaitable[None]]:
    """Work that fails this many times and then returns."""
    remaining = [times]

    async def work() -> None:
        if remaining[0]:
            remaining[0] -= 1
            raise LookupError("nobody thought of it")
        ended.set()

    return work


async def test_a_failed_task_is_reported_and_restarted_until_it_returns(caplog: pytest.LogCaptureFixture) -> None:
    failed = list[str]()
    tasks, ended = Tasks(failed.append), asyncio.Event()
    task = tasks.supervise("worker", failing_work(1, ended))
    await asyncio.wait_for(task, RESTART_SECONDS + 5)
    assert ended.is_set()
    assert failed == ["worker"]
    assert "The task worker failed and is started again" in caplog.text


async def test_a_task_that_a_known_trouble_ended_is_restarted_without_a_word(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.process.tasks.KNOWN_TROUBLE_SECONDS", 0.0)
    caplog.set_level("INFO")
    failed = list[str]()
    tasks, ended = Tasks(failed.append, is_known_trouble=lambda error: isinstance(error, LookupError)), asyncio.Event()
    await asyncio.wait_for(tasks.supervise("worker", failing_work(2, ended)), 5)
    assert (ended.is_set(), failed, caplog.messages) == (True, [], [])


async def test_all_tasks_are_cancelled_together() -> None:
    tasks = Tasks(lambda _name: None)
    running = [tasks.spawn("one", asyncio.sleep(3600)), tasks.supervise("other", partial(asyncio.sleep, 3600))]
    await asyncio.sleep(0)
    await asyncio.wait_for(tasks.cancel_all(), 5)
    assert [task.cancelled() for task in running] == [True, True]
