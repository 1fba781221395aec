"""The database's errors, one class for each thing that the caller may have to do; what SQLite's own errors mean."""

import sqlite3


class StoreError(Exception):
    """The database could not do it; the text says what and, where there is one, the remedy. Nothing was stored."""


class InvalidValueError(StoreError):
    """A value that no database can hold: trying again does not help."""


class AnotherInstanceError(StoreError):
    """Another process holds the database."""


class NewerVersionError(StoreError):
    """The file was written by a newer version; it has not been touched."""


def is_refused_value(error: Exception) -> bool:
    """Return whether SQLite can't take a value: a lone surrogate, a number over 64 bits, a broken constraint."""
    return isinstance(error, UnicodeEncodeError | OverflowError | sqlite3.IntegrityError | sqlite3.InterfaceError)


def is_locked(error: sqlite3.Error) -> bool:
    """Return whether another program holds the file."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_disk_error(error: Exception) -> bool:
    """Return whether the file or the disk is at fault, not the value."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_NOTADB,
    }
