"""Say in words why a small text file that people wrote can't be read."""

import errno
from pathlib import Path

from bot.process.file_access import describe_owner, first_hidden

MAX_FILE_BYTES = 65_536


def explain_unreadable(path: Path, error: OSError) -> str:
    """Return why the file can't be opened, with its owner and rights if it is these."""
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, IsADirectoryError):
        return "is a folder"  # docker makes one in the place of a file that is not there
    if error.errno != errno.EACCES:
        return f"can't be read ({error.strerror})"
    hidden = first_hidden(path)
    owner = describe_owner(hidden)
    return "can't be read (Permission denied)" + (f": {'it' if hidden == path else hidden} {owner}" if owner else "")
