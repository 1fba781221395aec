"""How the database file is opened: pragmas, the lock that keeps a second process out, SQLite's errors in words."""

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO

from bot.store.errors import AnotherInstanceError, StoreError

BUSY_SECONDS = 5.0  # how long another process may hold the file before everything that queues is refused
LOG_LIMIT = 8 * 2**20  # bytes: a write-ahead log that has grown beyond this (a backup read at length) is cut back


def connect(path: Path, *, read_only: bool = False, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a connection with the project's pragmas; transactions are begun and ended by hand. Raises sqlite3.Error."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(
        address, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    connection.row_factory = sqlite3.Row
    try:
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {LOG_LIMIT}")
            # what is deleted is overwritten: /forget leaves no bytes in free pages. No cost that could be measured
            connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def empty_log(path: Path, *, busy_seconds: float = 0.0) -> bool:
    """Move the write-ahead log into the file and cut it to nothing; return False while others still need it.

    Nobody waits for it: a writer would, if this waited for a long read to end. Raises sqlite3.Error.
    """
    with closing(connect(path, busy_seconds=busy_seconds)) as connection:
        row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return row is not None and row[0] == 0


def take_lock(path: Path) -> IO[str]:
    """Lock the file beside the database for the life of the process: closing the returned file unlocks it."""
    lock_path = path.with_name(path.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = lock_path.open("a+")
    except OSError as error:
        raise StoreError(
            f"can't write in {path.parent}: {os.strerror(error.errno or 0)}. "
            "Give the service's user the right to write there, or point DATABASE_PATH elsewhere"
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise AnotherInstanceError(
            f"another instance holds {path}. Stop it first, or give this one its own DATABASE_PATH"
        ) from error
    return handle


def explain(error: sqlite3.Error, path: Path) -> str:
    """Explain SQLite's error in a sentence that says what to do."""
    text = str(error)
    if "disk is full" in text:
        return f"the disk that holds {path} is full: make room"
    if "locked" in text or "busy" in text:
        return f"another program holds {path} locked: end it, or use `backup` to copy a running database"
    if "malformed" in text or "not a database" in text:
        return f"{path} is damaged ({text}): restore the last backup"
    if "readonly" in text or "unable to open" in text:
        return f"{path} can't be written ({text}): check its owner and rights"
    if "I/O" in text:
        return f"{path} can't be read or written ({text}): look at the disk, the quota and the system's log"
    return f"{path}: {text}"
