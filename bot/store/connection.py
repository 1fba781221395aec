"""How the database file is opened: pragmas, the lock that keeps a second process out, SQLite's errors in words."""

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO

from bot.process.file_access import describe_owner
from bot.store.errors import AnotherInstanceError, StoreError

BUSY_SECONDS = 5.0  # how long another process may hold the file before everything that queues is refused
# SQLite's names for a drive whose locks or shared memory it can't use
_LOCK_ERRORS = (
    "SQLITE_PROTOCOL",
    "SQLITE_IOERR_SHM",
    "SQLITE_IOERR_LOCK",
    "SQLITE_IOERR_RDLOCK",
    "SQLITE_IOERR_UNLOCK",
)
_NO_LOCKS = (
    "is on a drive whose locks can't be relied on ({}), such as a network drive (NFS, SMB, a shared folder): "
    "point DATABASE_PATH to a disk of this machine"
)
# parts of SQLite's messages → what they mean; the first that fits
_EXPLANATIONS = {
    ("disk is full",): "the disk that holds {path} is full: make room",
    ("locking protocol",): f"{{path}} {_NO_LOCKS.format('{text}')}",
    ("locked", "busy"): "another program holds {path} locked: end it, or use `backup` to copy a running database",
    ("malformed", "not a database"): "{path} is damaged ({text}): restore the last backup",
    ("readonly", "unable to open"): "{path} can't be written ({text}){rights}: check its owner and rights",
    ("I/O",): "{path} can't be read or written ({text}): look at the disk, the quota and the system's log",
}
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
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {LOG_LIMIT}")
            # what is deleted is overwritten: /forget leaves no bytes in free pages. No cost that could be measured
            connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch the write-ahead log on; SQLite leaves it off, without an error, on a drive without shared memory."""
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise sqlite3.OperationalError("locking protocol: no write-ahead log is possible")


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
            f"can't write in {path.parent}: {os.strerror(error.errno or 0)}{why_not_writable(path)}. "
            "Give the service's user the right to write there, or point DATABASE_PATH elsewhere"
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.close()
        raise AnotherInstanceError(
            f"another instance holds {path}. Stop it first, or give this one its own DATABASE_PATH"
        ) from error
    except OSError as error:  # a file system without locks
        handle.close()
        raise StoreError(f"{path} {_NO_LOCKS.format(os.strerror(error.errno or 0))}") from error
    return handle


def explain(error: sqlite3.Error, path: Path) -> str:
    """Explain SQLite's error in a sentence that says what to do."""
    text = str(error)
    if getattr(error, "sqlite_errorname", "").startswith(_LOCK_ERRORS):
        return f"{path} {_NO_LOCKS.format(text)}"
    rights = why_not_writable(path)
    # what lost its rights while it was open is an I/O error to SQLite until it is opened anew
    sought = "readonly" if rights and "I/O" in text else text
    for signs, words in _EXPLANATIONS.items():
        if any(sign in sought for sign in signs):
            return words.format(path=path, text=text, rights=rights)
    return f"{path}: {text}"


def why_not_writable(path: Path) -> str:
    """Say which of the database's files or folders this process has no right to, with its owner; empty if none."""
    folder = next(place for place in path.absolute().parents if os.access(place, os.F_OK))
    if not folder.is_dir():
        return f"; {folder} is a file, in which no folder can be made"
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return f"; the file system of {folder} is read-only"
    files = (path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", ".lock"))
    for place in (folder, *files):
        if os.access(place, os.F_OK) and not os.access(place, os.W_OK):
            return f"; {place} {describe_owner(place)}"
    return ""
