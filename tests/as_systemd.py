"""Become another program that finds an open file as its file 3, as systemd hands over a socket.

`python -m tests.as_systemd FILE LISTEN_PID LISTEN_FDS PROGRAM ARGUMENT…`; the LISTEN_PID `own` is the program's.
"""

import os
import sys
from typing import NoReturn

OWN = "own"


def command(file: int, *program: str, listen_pid: str = OWN, listen_fds: str = "1") -> tuple[str, ...]:
    """What to run; it must inherit `file`."""
    return (sys.executable, "-m", "tests.as_systemd", str(file), listen_pid, listen_fds, *program)


def main(file: str, listen_pid: str, listen_fds: str, program: list[str]) -> NoReturn:
    os.dup2(int(file), 3)
    os.environ["LISTEN_PID"] = str(os.getpid()) if listen_pid == OWN else listen_pid
    os.environ["LISTEN_FDS"] = listen_fds
    os.execv(program[0], program)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
