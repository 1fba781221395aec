"""The queue between the event loop, which wants to write, and the thread that writes.

What is written in a few turns of the loop is handed over together, and answered together: each handing over wakes the
other thread, and while both have something to do they fight for the interpreter's lock, at every statement.
"""

import asyncio
import queue
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

from bot.store.errors import StoreError

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]
QUEUE_LIMIT = 10_000
BATCH_LIMIT = 500
MOST_TURNS = 4  # of the loop that a batch waits for more; each is what one look at all sockets brings


class Job:
    """A function that waits for the writer, and the future that its caller awaits."""

    __slots__ = ("error", "future", "result", "work")

    def __init__(self, work: Work[Any], future: "asyncio.Future[Any]") -> None:
        self.work = work
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None

    def answer(self) -> None:
        """Let the caller go on, unless it has stopped waiting."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Turn:
    """What is handed over together: written in one or a few turns of an event loop, and answered in that loop."""

    __slots__ = ("jobs", "loop")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.jobs: list[Job] = []


class WriteQueue:
    """What waits for the writer. `waiting`: how many writes are not answered yet."""

    def __init__(self) -> None:
        self.waiting = 0
        self._handed_over: queue.SimpleQueue[Turn | None] = queue.SimpleQueue()
        self._turn: Turn | None = None  # is handed over when the loop's turn ends

    def put(self, work: Work[Result]) -> "asyncio.Future[Result]":
        """Have the writer run `work`; the future is done after the commit. Raises StoreError if too many wait."""
        if self.waiting >= QUEUE_LIMIT:
            raise StoreError(f"{QUEUE_LIMIT} writes are waiting already")
        loop = asyncio.get_running_loop()
        job = Job(work, loop.create_future())
        if self._turn is None:
            self._turn = Turn(loop)
            loop.call_soon(self._hand_over_unless_more, self._turn, 0, MOST_TURNS)
        self._turn.jobs.append(job)
        self.waiting += 1
        if len(self._turn.jobs) >= BATCH_LIMIT:
            self._hand_over()
        return job.future

    def close(self) -> None:
        """Tell the writer that nothing more comes."""
        self._hand_over()
        self._handed_over.put(None)

    def _hand_over_unless_more(self, turn: Turn, before: int, turns: int) -> None:
        """Wait one more turn of the loop as long as each brings more."""
        if turn is not self._turn:
            return  # it was full
        if turns and len(turn.jobs) > before:
            turn.loop.call_soon(self._hand_over_unless_more, turn, len(turn.jobs), turns - 1)
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            self._handed_over.put(turn)

    # ── for the writer's thread ──────────────────────────────────────────────

    def next_batch(self) -> tuple[list[Turn], bool]:
        """Wait for something, and take what has queued; return with it whether this was the last."""
        turns: list[Turn] = []
        turn = self._handed_over.get()
        while turn is not None:
            turns.append(turn)
            if sum(len(one.jobs) for one in turns) >= BATCH_LIMIT:
                return turns, False
            try:
                turn = self._handed_over.get_nowait()
            except queue.Empty:
                return turns, False
        return turns, True

    def all_waiting(self) -> tuple[list[Turn], bool]:
        """Take everything that has queued, if anything; return with it whether this was the last."""
        turns: list[Turn] = []
        with suppress(queue.Empty):
            while (turn := self._handed_over.get_nowait()) is not None:
                turns.append(turn)
            return turns, True
        return turns, False

    def answer(self, turns: Iterable[Turn]) -> None:
        """Answer everybody who wrote in these turns."""
        for turn in turns:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                turn.loop.call_soon_threadsafe(self._answer, turn)

    def _answer(self, turn: Turn) -> None:
        self.waiting -= len(turn.jobs)
        for job in turn.jobs:
            job.answer()


def jobs_of(turns: Iterable[Turn]) -> list[Job]:
    """Return the jobs of several turns, in their order."""
    return [job for turn in turns for job in turn.jobs]
