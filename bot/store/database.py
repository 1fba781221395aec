"""The open database: one thread that writes with group commit, and connections that read.

One thread writes. It takes small functions from a queue and commits whatever has queued as one transaction, each
function in a savepoint of its own, so that a disk flush is shared by all who wait for one; a caller's await ends after
the commit. Reads run on the event loop through a read-only connection: each is an index look-up of microseconds.
"""

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import IO, TypeVar

from bot.process.clock import SystemClock
from bot.process.condition import Condition, State, Trouble
from bot.store import key_value, migrations
from bot.store.connection import BUSY_SECONDS, connect, empty_log, explain, take_lock
from bot.store.errors import InvalidValueError, StoreError, is_disk_error, is_locked, is_refused_value
from bot.store.foreign_files import why_foreign
from bot.store.long_reads import Readers, Watch
from bot.store.write_queue import Job, Work, WriteQueue, jobs_of

log = logging.getLogger(__name__)

Result = TypeVar("Result")
TRIAL_KEY = "store-trial"
LEAVE_SECONDS = 1.0  # at the end, for a program that reads the file: Litestream never stops reading it


class Database:
    """The open store. `open` takes the lock, migrates and starts the writer; `close` undoes it in reverse.

    `on_commit` is called in the writer's thread with the writes of each commit and its seconds.
    `last_error` is what the last commit failed with, or None once one went well. `condition`: how it is, for /readyz.
    """

    def __init__(
        self,
        path: Path,
        *,
        busy_seconds: float = BUSY_SECONDS,
        condition: Condition | None = None,
        on_commit: Callable[[int, float], None] = lambda _writes, _seconds: None,
    ) -> None:
        self.path = path
        self.condition = condition or Condition("database", SystemClock())
        self.last_error: str | None = None
        self._busy_seconds = busy_seconds
        self._on_commit = on_commit
        self._queue = WriteQueue()
        self._lock: IO[str] | None = None
        self._reader: sqlite3.Connection | None = None
        self._readers = Readers()
        self._thread: threading.Thread | None = None
        self._closing = False

    def open(self) -> None:
        """Open the file. Raises AnotherInstanceError if another process holds it, StoreError if it can't be opened."""
        if foreign := why_foreign(self.path):
            raise StoreError(foreign)
        self._lock = take_lock(self.path)
        try:
            if self.path.exists():
                # before any pragma: even the journal's mode is written into the file. A read-only connection would
                # leave the journal's files behind
                with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", uri=True)) as look:
                    migrations.refuse_newer(look)
            with closing(connect(self.path, busy_seconds=self._busy_seconds)) as writer:
                migrations.migrate(writer)
                migrations.overwrite_free_pages(writer)
            self._reader = connect(self.path, read_only=True)
        except sqlite3.Error as error:
            self.close()
            raise StoreError(explain(error, self.path)) from error
        except BaseException:
            self.close()
            raise
        self._thread = threading.Thread(target=self._write_all, name="store-writer", daemon=True)
        self._thread.start()

    def close_reader(self) -> None:
        """Close the event loop's connection, in the loop's own thread: whatever reads after this gets a StoreError."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def close(self) -> None:
        """Write what has queued, end what reads in threads, close everything. Calling it again does nothing."""
        self._closing = True
        self._readers.end()
        was_open = self._thread is not None
        if self._thread is not None:
            self._queue.close()
            self._thread.join()
            self._thread = None
        self.close_reader()
        if was_open:  # a file that was refused stays as it is
            self._leave_whole_file()
        if self._lock is not None:
            self._lock.close()  # closing the file gives the lock back
            self._lock = None

    def _leave_whole_file(self) -> None:
        """Leave all that was written in the file itself, so that a copy of it alone is whole."""
        try:
            emptied = self.path.exists() and empty_log(self.path, busy_seconds=min(self._busy_seconds, LEAVE_SECONDS))
        except sqlite3.Error as error:
            log.warning("The write-ahead log stays beside the database: %s", explain(error, self.path))
            return
        if not emptied and self.path.exists():
            log.warning("Another program reads %s: its write-ahead log stays beside it, copy both", self.path)

    @property
    def waiting(self) -> int:
        """Return how many writes wait for a commit."""
        return self._queue.waiting

    @property
    def reader(self) -> sqlite3.Connection:
        """Return the read-only connection of the event loop's thread: for look-ups by an index, nothing that scans."""
        if self._reader is None:
            raise StoreError("the database is closed")
        return self._reader

    async def write(self, work: Work[Result]) -> Result:
        """Run `work` on the writer's connection; returns after the commit that holds it.

        Raises what `work` raised (its own changes are undone, those of the others in the batch are kept), or
        StoreError if the queue is full or the commit failed (then nothing of the whole batch was stored).
        """
        if self._closing or self._thread is None:
            raise StoreError("the database is closed")
        result: Result = await self._queue.put(work)
        return result

    async def try_again(self) -> None:
        """Where the last commit failed, write something: otherwise nobody would notice that it works again."""
        if self.last_error is not None:
            with suppress(StoreError):
                await self.write(partial(key_value.put, name=TRIAL_KEY, value=str(self.condition.clock.wall())))

    def is_known_trouble(self, error: Exception) -> bool:
        """Return whether an error comes of the trouble that the log and /readyz tell already."""
        is_ours = isinstance(error, StoreError | sqlite3.Error) and not isinstance(error, InvalidValueError)
        return is_ours and self.condition.state is State.DOWN

    async def scan(self, work: Work[Result]) -> Result:
        """Run `work` in a thread on a read-only connection of its own: for reports and other scans."""
        return await asyncio.to_thread(self._scan, work)

    async def in_thread(self, work: Callable[[Watch], Result]) -> Result:
        """Run what opens its own connection (a backup) in a thread; it reads inside the watch that it is handed."""
        return await asyncio.to_thread(work, self._readers.watch)

    async def empty_log(self) -> bool:
        """Empty the write-ahead log, in a thread; return False while a long read needs it. Raises StoreError."""
        try:
            return await asyncio.to_thread(empty_log, self.path)
        except sqlite3.Error as error:
            raise StoreError(explain(error, self.path)) from error

    def _scan(self, work: Work[Result]) -> Result:
        connection = connect(self.path, read_only=True)
        try:
            with self._readers.watch(connection):
                return work(connection)
        finally:
            connection.close()

    def _write_all(self) -> None:
        connection: sqlite3.Connection | None = None
        stop = False
        while not stop:
            turns, stop = self._queue.next_batch()
            if not turns:
                continue
            try:
                connection = connection or connect(self.path, busy_seconds=self._busy_seconds)
                self._run_batch(connection, jobs_of(turns))
            except sqlite3.Error as error:
                if is_locked(error):
                    more, ends = self._queue.all_waiting()  # they have waited as well, and would only wait once more
                    turns, stop = [*turns, *more], stop or ends
                self._fail(jobs_of(turns), error)
                _discard(connection)
                connection = None
            self._queue.answer(turns)
        _discard(connection)

    def _run_batch(self, connection: sqlite3.Connection, batch: list[Job]) -> None:
        """Run one transaction. Raises sqlite3.Error when SQLite has rolled it back: then none of it is stored."""
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for job in batch:
            _run_job(connection, job)
        connection.execute("COMMIT")
        self._on_commit(len(batch), time.perf_counter() - begun)
        self.last_error = None
        self.condition.answered()

    def _fail(self, batch: list[Job], error: sqlite3.Error) -> None:
        reason = explain(error, self.path)
        starts = f"Could not store: {reason}. Senders are answered 503 until it works again"
        self.condition.fail(Trouble(reason, starts, "The database stores again", serious=True))
        self.last_error = reason
        for job in batch:
            job.error = StoreError(reason)


def _run_job(connection: sqlite3.Connection, job: Job) -> None:
    connection.execute("SAVEPOINT job")
    try:
        job.result = job.work(connection)
    except Exception as error:  # whatever a function raises is its caller's; the rest of the batch goes on
        if not connection.in_transaction:
            # SQLite has rolled back the whole transaction (a full disk does that), earlier functions included
            raise error if isinstance(error, sqlite3.Error) else sqlite3.OperationalError(str(error)) from error
        connection.execute("ROLLBACK TO job")
        job.error = InvalidValueError(f"could not be stored: {error}") if is_refused_value(error) else error
        if is_disk_error(error):
            raise
    connection.execute("RELEASE job")


def _discard(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        with suppress(sqlite3.Error):
            connection.close()
