"""Composition root: builds what takes webhooks, then the rest of the service, and ends all of it in reverse order.

The listener answers before the rest is imported and before the words are read (that takes seconds), so no event is
refused meanwhile.
"""

import asyncio
import importlib
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial

from bot.gauges import OrdersByStage
from bot.ingest.account import Account
from bot.ingest.recorder import EventRecorder
from bot.ingest.webhook_log import WebhookLog, read_log
from bot.listening import HookParts, WakeUps, build_contexts, build_listener, open_database, readiness_of
from bot.people.alert_service import AlertService
from bot.pickpack.errors import API_RESULTS
from bot.pickpack.health import Breaker
from bot.process.chance import jitter
from bot.process.clock import SystemClock
from bot.process.condition import Conditions
from bot.process.metrics import Metrics
from bot.process.systemd import handed_socket
from bot.process.tasks import Tasks, done_before
from bot.sending.outcome import OUTCOME_NAMES
from bot.settings import Settings

LISTEN_PATIENCE = 5.0  # seconds that a port may still be in use by a process that is ending


async def run(settings: Settings, stopping: asyncio.Event, *, on_started: Callable[[], None]) -> None:
    """Serve until `stopping` is set. Raises AnotherInstanceError, StoreError or ListenError if it can't start."""
    async with AsyncExitStack() as stack:
        clock, metrics = SystemClock(), Metrics(outcomes=OUTCOME_NAMES, api_results=API_RESULTS)
        conditions, wake_ups = Conditions.unknown(clock), WakeUps()
        database = await stack.enter_async_context(open_database(settings, clock, metrics, conditions.database))
        tasks = Tasks(metrics.error, is_known_trouble=database.is_known_trouble)
        stack.push_async_callback(tasks.cancel_all)
        breaker = Breaker(jitter, doubted_at=0.0)  # nothing is known yet: it is asked
        contexts = build_contexts(settings, clock, breaker)
        recorder = EventRecorder(database, contexts, on_due=wake_ups.on_due)
        alert_service = AlertService(database, contexts, on_due=wake_ups.on_due)
        account = Account(database, settings.pickpack_hostname)
        webhook_log = WebhookLog(read_log(database.reader), clock.wall)
        listener = build_listener(
            settings,
            recorder,
            metrics,
            account,
            partial(readiness_of, conditions),
            refresh_metrics=OrdersByStage(metrics, database, clock).refresh,
            on_mismapped=alert_service.webhook_mismapped,
            on_other_account=partial(_alert_other_account, tasks, alert_service),
            webhook_log=webhook_log,
        )
        handed = handed_socket()
        listening = listener.start(settings.http_host, settings.http_port, patience=LISTEN_PATIENCE, handed=handed)
        if not await done_before(stopping, listening):
            return
        stack.push_async_callback(listener.stop)
        parts = HookParts(
            settings=settings,
            clock=clock,
            metrics=metrics,
            conditions=conditions,
            wake_ups=wake_ups,
            database=database,
            breaker=breaker,
            contexts=contexts,
            recorder=recorder,
            alert_service=alert_service,
            account=account,
            webhook_log=webhook_log,
            listener=listener,
        )
        if not await done_before(stopping, _start_rest(parts, stack)):
            return
        on_started()
        await stopping.wait()


async def _start_rest(parts: HookParts, stack: AsyncExitStack) -> None:
    """Import the rest of the service in a thread, and start it."""
    module = await asyncio.to_thread(importlib.import_module, "bot.background")
    await module.start(parts, stack)


def _alert_other_account(tasks: Tasks, alert_service: AlertService, hostname: str) -> None:
    tasks.spawn("alert", alert_service.other_account(hostname))
