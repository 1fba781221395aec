"""Consistent copies of the database, made while the service runs: on request, and one a day."""

import os
import re
import sqlite3
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path

from bot.store.connection import connect, explain
from bot.store.errors import StoreError
from bot.store.long_reads import Watch

BACKUPS_KEPT = 7
_COPY = re.compile(r"onroute-\d{4}-\d{2}-\d{2}\.db")
_HALF_COPY = re.compile(_COPY.pattern + r"\.partial")


def backup(source: Path, target: Path, watch: Watch = nullcontext) -> None:
    """Make a consistent copy while the service runs. Raises StoreError with a plain message; leaves no half copy."""
    if not source.exists():
        raise StoreError(f"there is no database at {source}: check DATABASE_PATH")
    if target.exists():
        raise StoreError(f"{target} is there already: name a new file")
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        connection = connect(source, read_only=True)
        try:
            # one statement, one snapshot; SQLite's page-wise backup starts anew at every write and may never end
            with watch(connection):
                connection.execute("VACUUM INTO ?", (str(partial),))
        finally:
            connection.close()
        with partial.open("rb") as copy:
            os.fsync(copy.fileno())
        partial.rename(target)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):  # nothing was made, or what was made can't be removed either
            partial.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise StoreError(explain(error, target if "full" in str(error) else source)) from error
        raise StoreError(f"can't write {target}: {os.strerror(error.errno or 0)}") from error


def daily_backup(source: Path, folder: Path, today: date, watch: Watch = nullcontext) -> Path | None:
    """Make today's copy, if there is none yet, and keep no more than the last seven. Raises StoreError."""
    target = folder / f"onroute-{today.isoformat()}.db"
    try:
        if target.exists():
            return None
        for left in _named(folder, _HALF_COPY):  # by a process that was killed in the middle
            left.unlink(missing_ok=True)
        backup(source, target, watch)
        for old in _named(folder, _COPY)[:-BACKUPS_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"can't keep the copies in {folder}: {os.strerror(error.errno or 0)}") from error
    return target


def _named(folder: Path, name: re.Pattern[str]) -> list[Path]:
    """List the files whose name matches, the oldest first; nothing where there is no such folder yet."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if name.fullmatch(path.name) and path.is_file())
