"""Run the service in this process: handle signals, notify systemd, return an exit code."""

import asyncio
import logging
import signal
import sys
from functools import partial

from bot import app
from bot.ingest.listener import ListenError
from bot.process import open_files
from bot.process.exit_codes import ANOTHER_INSTANCE, INVALID_SETTINGS, STORAGE_ERROR
from bot.process.systemd import READY, STOPPING, notify
from bot.settings import Settings
from bot.store.errors import AnotherInstanceError, StoreError

log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT, and return the exit code."""
    open_files.raise_limit()
    try:
        return asyncio.run(_serve(settings))
    except (ListenError, StoreError) as error:
        print(f"Cannot start: {error}.", file=sys.stderr)  # noqa: T201 - for who started it, not for the log
        return _exit_code(error)


def _exit_code(error: ListenError | StoreError) -> int:
    if isinstance(error, ListenError):
        return INVALID_SETTINGS
    return ANOTHER_INSTANCE if isinstance(error, AnotherInstanceError) else STORAGE_ERROR


async def _serve(settings: Settings) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, _stop, stopping)
    await app.run(settings, stopping, on_started=partial(notify, READY))
    return 0


def _stop(stopping: asyncio.Event) -> None:
    if not stopping.is_set():
        stopping.set()
        notify(STOPPING)
        log.info("Stopping: nothing new is accepted, work in progress is finished")
