"""The process of a running service: its signals, what systemd is told, how it ends."""

import asyncio
import logging
import signal
import sys
from functools import partial

from bot import app
from bot.ingest.listener import ListenerTrouble
from bot.process.exit_codes import ANOTHER_INSTANCE, STORE_TROUBLE, WRONG_SETTINGS
from bot.process.systemd import READY, STOPPING, notify
from bot.settings import Settings
from bot.store.errors import AnotherInstance, StoreTrouble

log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the exit code of the contract."""
    try:
        return asyncio.run(_serve(settings))
    except (ListenerTrouble, StoreTrouble) as trouble:
        print(f"Cannot start: {trouble}.", file=sys.stderr)  # noqa: T201 - the answer to the command
        return _code(trouble)


def _code(trouble: ListenerTrouble | StoreTrouble) -> int:
    if isinstance(trouble, ListenerTrouble):
        return WRONG_SETTINGS
    return ANOTHER_INSTANCE if isinstance(trouble, AnotherInstance) else STORE_TROUBLE


async def _serve(settings: Settings) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _stop, stopping)
    await app.run(settings, stopping, on_started=partial(notify, READY))
    return 0


def _stop(stopping: asyncio.Event) -> None:
    if not stopping.is_set():
        stopping.set()
        notify(STOPPING)
        log.info("Stopping: no more is accepted, what is under way is finished")
