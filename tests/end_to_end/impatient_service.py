"""Becomes the service, with everything that happens once a minute happening several times a second.

`python -m tests.end_to_end.impatient_service PARENT`. The parent's process id is there so that it ends with the test
run.
"""

import sys

from bot import background
from bot.__main__ import main as service
from bot.ingest import api_judgement
from bot.pickpack import health
from bot.simulators.child_launcher import die_with_parent
from bot.telegram import long_poll, startup_calls, watching


def hurry() -> None:
    """Shorten every interval at which a neighbour is asked whether it is there, and that of the chores."""
    background.POLL_EVERY, background.CHORES_EVERY, background.STORE_EVERY = 0.1, 0.5, 0.5
    health.DOUBT_SECONDS, health.FIRST_PAUSE, health.MOST_PAUSE = 0.2, 0.2, 0.4
    api_judgement.LATER_SECONDS = 0.4
    long_poll.POLL_SECONDS, long_poll.CONFLICT_SECONDS = 1, 1.0
    startup_calls.MOST_SECONDS = 0.4
    watching.QUIET_SECONDS, watching.ASK_EVERY, watching.ASK_AGAIN, watching.ASK_WHILE_DOWN = 1.5, 1.0, 0.2, 0.3
    watching.ASK_SECONDS, watching.LOOK_EVERY = 1, 0.1


if __name__ == "__main__":
    if not die_with_parent(int(sys.argv[1])):
        sys.exit(1)
    hurry()
    sys.argv = ["bot", "run"]
    sys.exit(service())
