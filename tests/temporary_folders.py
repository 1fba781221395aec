"""Where the tests' temporary folders are: in memory where that can be, since every commit waits for its disk."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 2**30  # bytes: a container often has 64 MB there


def keep_in_memory() -> None:
    """Let pytest make its temporary folders in memory, unless somebody has said where or programs can't start there."""
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and _serves(MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def _serves(folder: Path) -> bool:
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    starts_programs = not os.statvfs(folder).f_flag & os.ST_NOEXEC
    return starts_programs and shutil.disk_usage(folder).free >= ENOUGH
