"""Parse settings that are paths. Like every parser they raise ValueError, which never repeats the text."""

import errno
import re
import stat
from pathlib import Path


def _parse_path(text: str) -> Path:
    if not text.isprintable():
        raise ValueError("must be a path")
    if re.match(r"[A-Za-z]:[\\/]", text):
        raise ValueError("must be a path of this system, and is one of Windows")
    if re.match(r"[a-z]{2,}:", text):
        raise ValueError("must be a path, not an address: leave out what stands before the path")
    if re.match(r"~|\$\w|%\w+%", text):
        raise ValueError("must be a whole path: ~ and variables are filled in by a shell only")
    return Path(text)


def _is_folder(path: Path) -> bool | None:
    """Return whether the path is a folder; None where nothing exists or access is denied.

    Those two are left to the code that opens the path, which can say more about them.
    """
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise ValueError("is longer than a path may be") from None
        return None


def parse_file_path(text: str) -> Path:
    """Parse the path of a file, which need not exist yet."""
    path = _parse_path(text)
    if text == ":memory:":
        raise ValueError("must be the path of a file: a database in memory would forget every order at a restart")
    if text.endswith(("/", "\\")) or _is_folder(path):
        raise ValueError("must be the path of a file, and is a folder: write the file's name behind it")
    try:
        # one file has one name, else two instances could hold it under two
        return path.resolve() if path.is_symlink() else path
    except PermissionError:
        return path  # left to the code that opens it
    except (OSError, RuntimeError):
        raise ValueError("is a link that leads to itself") from None


def parse_existing_folder(text: str) -> Path:
    """Parse the path of a folder that exists."""
    path = _parse_path(text)
    found = _is_folder(path)
    if not found:
        raise ValueError("must be a folder that exists" + (", and is a file" if found is False else ""))
    return path


def parse_folder(text: str) -> Path:
    """Parse the path of a folder that exists or can be created."""
    path = _parse_path(text)
    if _is_folder(path) is False:
        raise ValueError("must be a folder, and is a file")
    return path
