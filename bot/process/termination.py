"""What SIGTERM and SIGINT do: while nothing has been begun they end the process at once, later what the service says.

A process that is the first of its container has no default handlers: what nothing handles there is lost.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn


def on_termination(do: Callable[[], None]) -> None:
    """From now on call `do` for such a signal, in the main thread, wherever that is. It must return at once.

    Not asyncio's handlers: they are gone as soon as the loop is closed, and then a second signal would be a failure.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: do())


def end_at_once() -> None:
    """From now on end with 0 for such a signal: nothing has been begun that would have to be finished.

    Not by an exception: that may be raised inside of a package that is being imported, and come to nothing there.
    """
    on_termination(lambda: os._exit(0))


def end_now() -> NoReturn:
    """End with 0, when all is stored and closed.

    Past the interpreter's own end: it would wait for threads (an import, a look-up of a name) and take apart all that
    was imported, which together may last longer than whoever has told us to end will wait.
    """
    with suppress(OSError, ValueError):  # nobody reads it any more
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)
