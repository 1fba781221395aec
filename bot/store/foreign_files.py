"""Tell a file of somebody else from a database of ours before anything is opened for writing."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database as Tables

from bot.store.migrations import migrations

HEADER = b"SQLite format 3\0"
_LOOKED_AT = 4096
OF_ITS_OWN = "point DATABASE_PATH to a file of its own"


def why_foreign(path: Path) -> str | None:
    """Return why the file can't be ours, behind a colon what to do; None of one of ours, an empty one, or none at all.

    Nothing is written, not even a lock beside it. What can't be read is left to who opens it, and can say more.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return f"{path} is no file that can hold a database: {OF_ITS_OWN}"
        with path.open("rb") as opened:
            beginning = opened.read(_LOOKED_AT)
    except OSError:
        return None
    if not beginning:
        return None
    if not beginning.startswith(HEADER[: len(beginning)]):
        return _why_no_database(path, beginning)
    return f"{path} holds the tables of another program: {OF_ITS_OWN}" if _holds_other_tables(path) else None


def _why_no_database(path: Path, beginning: bytes) -> str:
    if _is_text(beginning):
        return f"{path} is a text file, no database, and is left as it is: {OF_ITS_OWN}"
    return (
        f"{path} is damaged, or another program's file (it doesn't begin as a database does), and is left as it is: "
        f"if it was this bot's, move it away and restore the last backup, else {OF_ITS_OWN}"
    )


def _is_text(beginning: bytes) -> bool:
    """Return whether these bytes are of a text, whose last letter may be cut."""
    if b"\0" in beginning:
        return beginning.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16
    try:
        beginning.decode()
    except UnicodeDecodeError as error:
        return error.start >= len(beginning) - 3
    return True


def _holds_other_tables(path: Path) -> bool:
    """Look into the file itself, without its journal: opening that would write into it."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            tables = Tables(connection)
            names = [name for name in tables.table_names() if not name.startswith(("_", "sqlite_"))]  # tools' own
            return bool(names) and not migrations.applied(tables)
    except sqlite3.Error:
        return False
