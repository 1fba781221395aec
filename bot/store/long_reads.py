"""Keep track of long reads in other threads, so that they can be interrupted when the service stops."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from bot.store.errors import StoreError

Watch = Callable[[sqlite3.Connection], AbstractContextManager[object]]
INTERRUPT_SECONDS = 2.0  # how long to try
AGAIN_SECONDS = 0.01


class Readers:
    """The connections that read at the moment. Used from any thread."""

    def __init__(self) -> None:
        self._reading: set[sqlite3.Connection] = set()
        self._ended = False

    @contextmanager
    def watch(self, connection: sqlite3.Connection) -> Iterator[None]:
        """While a connection reads. Raises StoreError once `end` was called, sqlite3.OperationalError if it is."""
        self._reading.add(connection)
        try:
            if self._ended:
                raise StoreError("the database is closed")
            yield
        finally:
            self._reading.discard(connection)

    def end(self) -> None:
        """Interrupt what reads, and wait for it a little."""
        self._ended = True
        given_up_at = time.monotonic() + INTERRUPT_SECONDS
        while self._reading and time.monotonic() < given_up_at:
            # again and again: only a statement that runs can be interrupted, and the next may just be beginning
            for connection in list(self._reading):
                with suppress(sqlite3.Error):  # it is closed already
                    connection.interrupt()
            time.sleep(AGAIN_SECONDS)
