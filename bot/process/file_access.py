"""Say in words to whom a file or folder belongs, for whoever has to give this process a right to it."""

import os
import pwd
from pathlib import Path


def describe_owner(path: Path) -> str:
    """Return "belongs to root, mode 600, and this process runs as onroute"; empty if the path can't be looked at."""
    try:
        found = path.stat()
    except OSError:
        return ""
    owner, mode = _name(found.st_uid), f"{found.st_mode & 0o7777:o}"
    return f"belongs to {owner}, mode {mode}, and this process runs as {current_user()}"


def current_user() -> str:
    """Return the name of the user that this process runs as."""
    return _name(os.geteuid())


def first_hidden(path: Path) -> Path:
    """Return the folder above the path that can't be looked into, or the path itself if there is none."""
    for folder in reversed(path.absolute().parents):
        if folder.is_dir() and not os.access(folder, os.X_OK):
            return folder
    return path


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # as in a container that runs as a number
        return f"user {uid}"
