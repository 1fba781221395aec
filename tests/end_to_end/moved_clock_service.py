"""Becomes the service on a machine whose wall clock is off by the seconds that stand in a file; they may change.

`python -m tests.end_to_end.moved_clock_service PARENT FILE`. The monotonic clock goes on, as on a machine whose clock
is set. The parent's process id is there so that it ends with the test run.
"""

import sys
import threading
import time
from pathlib import Path

import time_machine

from bot.__main__ import main as service
from bot.simulators.child_launcher import die_with_parent

LOOK_SECONDS = 0.05


def follow(file: Path) -> None:
    """From now on the wall clock is off by what stands in the file."""
    moved = time_machine.travel(time.time(), tick=True).start()
    off = 0.0
    while True:
        wanted = float(file.read_text() or off)
        if wanted != off:
            moved.shift(wanted - off)
            off = wanted
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    parent, file = sys.argv[1:]
    if not die_with_parent(int(parent)):
        sys.exit(1)
    threading.Thread(target=follow, args=(Path(file),), daemon=True).start()
    sys.argv = ["bot", "run"]
    sys.exit(service())
