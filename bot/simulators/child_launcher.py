"""Run another program that ends when the process that started it ends, however that happens.

`python -m bot.simulators.child_launcher PARENT_ID ARGUMENT…` becomes `python ARGUMENT…` under the same process id. On
Linux the kernel then kills it when its parent is gone, even by SIGKILL. Elsewhere only an orderly end of the parent
stops it.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

EXIT_PARENT_GONE = 1
PR_SET_PDEATHSIG = 1  # prctl's option "the signal to get when the parent ends"


def die_with_parent(parent_id: int) -> bool:
    """Ask the kernel for a SIGKILL when the parent ends; False where it is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return os.getppid() == parent_id


def main(arguments: Sequence[str]) -> NoReturn:
    """Become `python` with all arguments but the first, which is the parent's process id."""
    if not die_with_parent(int(arguments[0])):
        sys.exit(EXIT_PARENT_GONE)
    os.execv(sys.executable, [sys.executable, *arguments[1:]])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
