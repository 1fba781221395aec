"""Parse settings that are paths. Like every parser they raise ValueError, which never repeats the text."""

import errno
import stat
from pathlib import Path


def _parse_path(text: str) -> Path:
    if not text.isprintable():
        raise ValueError("must be a path")
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
    if text == ":memory:" or _is_folder(path):
        raise ValueError("must be the path of a file")
    return path


def parse_existing_folder(text: str) -> Path:
    """Parse the path of a folder that exists."""
    path = _parse_path(text)
    if not _is_folder(path):
        raise ValueError("must be a folder that exists")
    return path


def parse_folder(text: str) -> Path:
    """Parse the path of a folder that exists or can be created."""
    path = _parse_path(text)
    if _is_folder(path) is False:
        raise ValueError("must be a folder")
    return path
