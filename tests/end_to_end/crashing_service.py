"""Becomes the service, which kills itself at the first commit of a certain kind.

`python -m tests.end_to_end.crashing_service KIND MOMENT PARENT`. The parent's process id is there so that it ends with
the test run, however that ends.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from bot.__main__ import main as service
from bot.simulators.child_launcher import die_with_parent
from bot.store import inbox as stored_inbox
from bot.store.database import Database
from bot.store.write_queue import Job
from bot.transactions import follow, inbox, record

BEFORE_COMMIT, AFTER_COMMIT = "before", "after"
KINDS: dict[str, Callable[..., Any]] = {
    "webhook": record.apply_webhook,
    "kept": inbox.keep,
    "followed": follow.follow,
    "stopped": follow.stop,
    "handled": stored_inbox.remove,
}


def prepare(kind: str, moment: str) -> None:
    """From now on a batch that holds a commit of this kind is the last that this process sees."""
    run = Database._run_batch

    def run_batch(self: Database, connection: sqlite3.Connection, batch: list[Job]) -> None:
        is_the_one = any(_function(job.work) is KINDS[kind] for job in batch)
        if is_the_one and moment == BEFORE_COMMIT:
            connection.set_trace_callback(lambda statement: _die() if statement == "COMMIT" else None)
        run(self, connection, batch)
        if is_the_one:
            _die()

    # another process than the tests' own, and there only to die at a place that nothing outside can aim at
    Database._run_batch = run_batch  # type: ignore[method-assign]


def _function(work: Callable[..., Any]) -> Callable[..., Any]:
    """The transaction that a job runs, also where it settles an update besides."""
    if not isinstance(work, partial):
        return work
    return _function(work.keywords["work"]) if work.func is inbox._settle else work.func


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    kind, moment, parent = sys.argv[1:]
    if not die_with_parent(int(parent)):
        sys.exit(1)
    prepare(kind, moment)
    sys.argv = ["bot", "run"]
    sys.exit(service())
