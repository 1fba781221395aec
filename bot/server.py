"""Run the service in this process: handle signals, notify systemd, return an exit code."""

import asyncio
import logging
import sys
from contextlib import suppress
from functools import partial
from typing import NoReturn

from bot import app
from bot.ingest.listener import ListenError
from bot.process import open_files
from bot.process.exit_codes import ANOTHER_INSTANCE, INVALID_SETTINGS, PORT_IN_USE, STORAGE_ERROR
from bot.process.systemd import READY, STOPPING, notify
from bot.process.termination import end_now, on_termination
from bot.settings import Settings
from bot.store.errors import AnotherInstanceError, StoreError

log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT, which end the process with 0; return the exit code if it can't start."""
    open_files.raise_limit()
    try:
        asyncio.run(_serve(settings))
    except (ListenError, StoreError) as error:
        print(f"Cannot start: {error}.", file=sys.stderr)  # noqa: T201 - for who started it, not for the log
        return _exit_code(error)


def _exit_code(error: ListenError | StoreError) -> int:
    if isinstance(error, ListenError):
        return PORT_IN_USE if error.may_pass else INVALID_SETTINGS
    return ANOTHER_INSTANCE if isinstance(error, AnotherInstanceError) else STORAGE_ERROR


async def _serve(settings: Settings) -> NoReturn:
    stopping = asyncio.Event()
    on_termination(partial(_stop_soon, asyncio.get_running_loop(), stopping))
    await app.run(settings, stopping, on_started=partial(notify, READY))
    end_now()


def _stop_soon(loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    with suppress(RuntimeError):  # the loop is closed: told to end while it ends
        loop.call_soon_threadsafe(_stop, stopping)


def _stop(stopping: asyncio.Event) -> None:
    if not stopping.is_set():
        stopping.set()
        notify(STOPPING)
        log.info("Stopping: nothing new is accepted, work in progress is finished")
