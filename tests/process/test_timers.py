"""Timers: they call in the loop's own thread, and go on when the machine's clock is set."""

import asyncio
import threading
import time

import pytest
import time_machine

from bot.process.clock import SystemClock
from bot.process.timers import run_timers

HOUR = 3600.0


async def test_a_timer_calls_in_the_loops_own_thread() -> None:
    """The scheduler has threads of its own, in which an asyncio.Event must not be set."""
    called, threads = asyncio.Event(), []

    def call() -> None:
        threads.append(threading.current_thread())
        called.set()

    async with run_timers(SystemClock(), (call, 0.01)), asyncio.timeout(5):
        await called.wait()
    assert threads[0] is threading.current_thread()


async def test_timers_go_on_when_the_clock_is_set_back(caplog: pytest.LogCaptureFixture) -> None:
    called = asyncio.Event()
    async with run_timers(SystemClock(), (called.set, 1.0)), asyncio.timeout(5):
        await called.wait()
        called.clear()
        with time_machine.travel(time.time() - HOUR, tick=True):
            await called.wait()
    assert "clock was set back" in caplog.text
