"""Answers that come later than their handler ends: kept track of, so that none outlives the bot."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class FollowUps:
    """The tasks that have something to add to an answer."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Say more when there is more to say; the handler does not wait for it, or not for long."""
        task = asyncio.create_task(work, name="follow-up")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def cancel(self) -> None:
        """Say nothing more."""
        for task in self._tasks:
            task.cancel()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("What was to be said later could not be said", exc_info=task.exception())
