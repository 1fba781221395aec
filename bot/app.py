"""Composition root: builds every part of the service, starts them in order, and ends them in reverse order.

The listener answers before Telegram's library is imported (that takes seconds), so no event is refused meanwhile.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from bot.gauges import OrdersByStage, watch_service
from bot.ingest.account import Account
from bot.ingest.found_numbers import FoundNumbers
from bot.ingest.listener import Listener
from bot.ingest.poller import Poller
from bot.ingest.recorder import EventRecorder
from bot.ingest.webhook_log import WebhookLog, read_log
from bot.people.alert_service import AlertService
from bot.people.maintenance import Maintenance
from bot.pickpack.errors import API_RESULTS
from bot.pickpack.health import ApiHealth, Breaker
from bot.process.chance import jitter
from bot.process.clock import SystemClock
from bot.process.condition import Condition, Conditions
from bot.process.metrics import Metrics
from bot.process.systemd import WATCHDOG, handed_socket, notify
from bot.process.tasks import Tasks, done_before, run_on_event
from bot.process.timers import run_timers
from bot.sending.outcome import OUTCOME_NAMES
from bot.sending.pacing import Pacer, PauseGate
from bot.sending.pauses import WHOLE_BOT, Scope
from bot.sending.persisted_pauses import PersistedPauses
from bot.settings import Settings
from bot.store import orders
from bot.store.database import Database
from bot.telegram_runner import GRACE_SECONDS, TelegramParts, ends_within, run_telegram
from bot.transactions.expire import note_absence
from bot.transactions.schedule import clamp_future_due
from bot.wiring import (
    build_alert_checks,
    build_card_service,
    build_contexts,
    build_follow_service,
    build_listener,
    build_order_checks,
    build_renderer,
    build_retention,
    build_staff_service,
    log_broken_words,
    log_start,
    open_client,
    readiness_of,
)

POLL_EVERY, STORE_EVERY, CHORES_EVERY, WATCHDOG_EVERY = 1.0, 5.0, 60.0, 15.0  # seconds
LOOK_EVERY = 30.0
LISTEN_PATIENCE = 5.0  # seconds that a port may still be in use by a process that is ending


@dataclass(frozen=True, slots=True)
class WakeUps:
    """The events that wake the tasks which look for due work."""

    polling: asyncio.Event = field(default_factory=asyncio.Event)
    sending: asyncio.Event = field(default_factory=asyncio.Event)
    chores: asyncio.Event = field(default_factory=asyncio.Event)
    storing: asyncio.Event = field(default_factory=asyncio.Event)
    looking: asyncio.Event = field(default_factory=asyncio.Event)

    def on_due(self) -> None:
        """Wake the poller and the sender, after a commit that may have made something due."""
        self.polling.set()
        self.sending.set()


async def run(settings: Settings, stopping: asyncio.Event, *, on_started: Callable[[], None]) -> None:
    """Serve until `stopping` is set. Raises AnotherInstanceError, StoreError or ListenError if it can't start."""
    async with AsyncExitStack() as stack:
        clock, metrics = SystemClock(), Metrics(outcomes=OUTCOME_NAMES, api_results=API_RESULTS)
        renderer = build_renderer(settings, metrics)
        conditions, wake_ups = Conditions.unknown(clock), WakeUps()
        database = await stack.enter_async_context(_open_database(settings, clock, metrics, conditions.database))
        on_due = wake_ups.on_due
        tasks = Tasks(metrics.error, is_known_trouble=database.is_known_trouble)
        breaker = Breaker(jitter, doubted_at=0.0)  # nothing is known yet: it is asked
        contexts = build_contexts(settings, clock, breaker)
        recorder = EventRecorder(database, contexts, on_due=on_due)
        alert_service = AlertService(database, contexts, on_due=on_due)
        account = Account(database, settings.pickpack_hostname)
        on_hostname = partial(_learn_account, tasks, account)
        client = await stack.enter_async_context(open_client(settings, clock, on_hostname=on_hostname))
        stack.push_async_callback(tasks.cancel_all)
        numbers = FoundNumbers()
        poller = Poller(
            client,
            database,
            recorder,
            clock,
            breaker,
            condition=conditions.pickpack,
            rate=settings.pickpack_rate,
            due=wake_ups.polling,
            on_health_change=partial(_health_changed, metrics, alert_service),
            on_call=metrics.api_call,
            numbers=numbers,
        )
        pacer = Pacer(settings.send_rate)
        pauses = PersistedPauses(database, clock, pacer)
        pauses.restore()
        webhook_log = WebhookLog(read_log(database.reader), clock.wall)
        watch_service(metrics, clock, conditions=conditions, database=database, pacer=pacer, webhook_log=webhook_log)
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
        await log_start(settings, renderer, account, database)
        tasks.spawn("words", asyncio.to_thread(log_broken_words, settings))

        parts = TelegramParts(
            settings=settings,
            clock=clock,
            metrics=metrics,
            database=database,
            contexts=contexts,
            renderer=renderer,
            follow_service=build_follow_service(settings, database, clock, contexts, poller, on_due=on_due),
            card_service=build_card_service(settings, database, clock, contexts, poller, on_due=on_due),
            staff_service=build_staff_service(
                settings, database, clock, contexts, on_due=on_due, pacer=pacer, conditions=conditions
            ),
            order_checks=build_order_checks(settings, database, contexts, poller),
            listener=listener,
            pacer=pacer,
            gate=PauseGate(pacer, clock, on_rate_limit=partial(_on_rate_limit, metrics, pauses, tasks)),
            sending_due=wake_ups.sending,
            condition=conditions.telegram,
            database_condition=conditions.database,
        )
        maintenance = Maintenance(database, clock, contexts, build_retention(settings), alert_service, on_due=on_due)
        alert_checks = build_alert_checks(
            settings,
            database,
            clock,
            contexts,
            telegram=conditions.telegram,
            webhook_log=webhook_log,
            numbers=numbers,
            on_due=on_due,
        )

        tasks.supervise("poller", poller.run)
        tasks.supervise("store trial", partial(run_on_event, wake_ups.storing, database.try_again))
        tasks.supervise("webhook log", partial(webhook_log.keep, database))
        tasks.supervise("chores", partial(run_on_event, wake_ups.chores, maintenance.run_once))
        tasks.supervise("alert checks", partial(run_on_event, wake_ups.looking, alert_checks.run_once))
        telegram = tasks.supervise("telegram", partial(run_telegram, parts))
        stack.push_async_callback(_finish, listener, telegram)
        await stack.enter_async_context(
            run_timers(
                clock,
                (wake_ups.polling.set, POLL_EVERY),
                (wake_ups.chores.set, CHORES_EVERY),
                (wake_ups.looking.set, LOOK_EVERY),
                (wake_ups.storing.set, STORE_EVERY),
                (partial(notify, WATCHDOG), WATCHDOG_EVERY),
            )
        )
        on_started()
        await stopping.wait()


@asynccontextmanager
async def _open_database(
    settings: Settings, clock: SystemClock, metrics: Metrics, condition: Condition
) -> AsyncIterator[Database]:
    """Open the database, and let the service's clock continue after the latest time in it."""
    database = Database(settings.database_path, condition=condition, on_commit=metrics.commit)
    try:
        database.open()
        latest = orders.latest(database.reader)
        clock.advance_to(latest)
        await database.write(partial(clamp_future_due, now=clock.now()))
        await database.write(partial(note_absence, latest=latest, now=clock.now()))
        yield database
    finally:
        database.close_reader()
        await asyncio.to_thread(database.close)


async def _finish(listener: Listener, telegram: "asyncio.Task[None]") -> None:
    """Accept nothing more and finish what is under way, side by side, so that all of it ends within ten seconds."""
    telegram.cancel()
    await asyncio.gather(ends_within(GRACE_SECONDS, listener.stop), asyncio.wait([telegram]))


def _learn_account(tasks: Tasks, account: Account, hostname: str) -> None:
    tasks.spawn("hostname", account.learn(hostname))


def _alert_other_account(tasks: Tasks, alert_service: AlertService, hostname: str) -> None:
    tasks.spawn("alert", alert_service.other_account(hostname))


async def _health_changed(metrics: Metrics, alert_service: AlertService, health: ApiHealth) -> None:
    metrics.breaker("closed" if health is ApiHealth.OK else "open")
    await alert_service.api_health(health)


def _on_rate_limit(metrics: Metrics, pauses: PersistedPauses, tasks: Tasks, scope: Scope) -> None:
    metrics.rate_limited("bot" if scope is WHOLE_BOT else "method" if isinstance(scope, str) else "chat")
    tasks.spawn("pauses", pauses.save())
