"""The store of the state machine: the real one, but that it writes on the event loop, each work in a commit of its own.

A thread that writes would let chance say what comes first, so that no failure could be played again; and half of the
time would go by in waiting for it.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from bot.store.connection import connect
from bot.store.database import Database

Result = TypeVar("Result")


@cache
def migrated_file() -> bytes:
    """Return an empty database as a file: to make one anew is a good part of what a short life costs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        database = Database(path)
        database.open()
        database.close()
        return path.read_bytes()


class LoopDatabase(Database):
    """A database without a thread that writes."""

    def open(self) -> None:
        super().open()
        self._writer = connect(self.path)

    def close(self) -> None:
        self._writer.close()
        super().close()

    async def write(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        await asyncio.sleep(0)  # what else can go on does so first, as it would beside a thread
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._writer)
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise
        self._writer.execute("COMMIT")
        return result
