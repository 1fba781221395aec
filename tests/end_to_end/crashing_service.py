"""Becomes the service, which kills itself at the first webhook's commit.

`python -m tests.end_to_end.crashing_service MOMENT PARENT`. The parent's process id is there so that it ends with
the test run, however that ends.
"""

import os
import signal
import sqlite3
import sys

from bot.__main__ import main as service
from bot.simulators.child_launcher import die_with_parent
from bot.store.database import Database, _Job
from bot.transactions import record

BEFORE_COMMIT, AFTER_COMMIT = "before", "after"


def prepare(moment: str) -> None:
    """From now on a batch that holds what a webhook brought is the last that this process sees."""
    run = Database._run_batch

    def run_batch(self: Database, connection: sqlite3.Connection, batch: list[_Job]) -> None:
        is_webhook = any(getattr(job.work, "func", job.work) is record.apply_webhook for job in batch)
        if is_webhook and moment == BEFORE_COMMIT:
            connection.set_trace_callback(lambda statement: _die() if statement == "COMMIT" else None)
        run(self, connection, batch)
        if is_webhook:
            _die()

    # another process than the tests' own, and there only to die at a place that nothing outside can aim at
    Database._run_batch = run_batch  # type: ignore[method-assign]


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    moment, parent = sys.argv[1:]
    if not die_with_parent(int(parent)):
        sys.exit(1)
    prepare(moment)
    sys.argv = ["bot", "run"]
    sys.exit(service())
