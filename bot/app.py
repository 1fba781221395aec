"""Composition root: builds each part of the service, enters it in order, and leaves in reverse when it stops.

The listener answers before Telegram's library is imported (that takes seconds), so no event is refused meanwhile.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ingest.account import Account
from bot.ingest.listener import Listener, Readiness, build_application
from bot.ingest.poller import Poller
from bot.ingest.recorder import EventRecorder
from bot.parts import build_contexts, build_following, build_keeping, build_renderer, build_staffing, open_client
from bot.people.alert_service import AlertService
from bot.people.maintenance import Maintenance
from bot.pickpack.errors import API_RESULTS
from bot.pickpack.health import ApiHealth, Breaker
from bot.process.chance import jitter
from bot.process.clock import Clock, SystemClock
from bot.process.metrics import Metrics
from bot.process.systemd import WATCHDOG, notify
from bot.process.tasks import Tasks, run_on_event
from bot.sending.outcome import OUTCOME_NAMES
from bot.sending.pacing import Pacer, PauseGate
from bot.sending.persisted_pauses import PersistedPauses
from bot.settings import Settings
from bot.store import orders, outbox
from bot.store.database import Database
from bot.telegram.config import WEBHOOK_PATH
from bot.telegram_part import GRACE_SECONDS, TelegramParts, ends_within, run_telegram
from bot.transactions.schedule import clamp_future_due

log = logging.getLogger(__name__)

POLL_EVERY, LOOK_EVERY, WATCHDOG_EVERY = 1.0, 60.0, 15.0  # seconds


async def run(settings: Settings, stopping: asyncio.Event, *, on_started: Callable[[], None]) -> None:
    """Serve until `stopping` is set. Raises AnotherInstanceError, StoreError or ListenError if it can't start."""
    async with AsyncExitStack() as stack:
        clock, metrics = SystemClock(), Metrics(outcomes=OUTCOME_NAMES, api_results=API_RESULTS)
        renderer = build_renderer(settings, metrics)
        database = Database(settings.database_path)
        stack.push_async_callback(asyncio.to_thread, database.close)
        database.open()
        clock.advance_to(orders.latest(database.reader))
        await database.write(partial(clamp_future_due, now=clock.now()))
        _watch_outbox(metrics, database, clock)

        polling_due, sending_due, answered = asyncio.Event(), asyncio.Event(), asyncio.Event()

        def on_due() -> None:
            polling_due.set()
            sending_due.set()

        breaker = Breaker(jitter)
        contexts = build_contexts(settings, clock, breaker)
        alerting = AlertService(database, contexts, on_due=on_due)
        recorder = EventRecorder(database, contexts, on_due=on_due)
        account = Account(database, settings.pickpack_hostname)
        tasks = Tasks(on_failure=metrics.error)

        def on_hostname(hostname: str) -> None:
            tasks.spawn("hostname", account.learn(hostname))

        client = await stack.enter_async_context(open_client(settings, clock, on_hostname=on_hostname))
        stack.push_async_callback(tasks.cancel_all)
        poller = Poller(
            client,
            database,
            recorder,
            clock,
            breaker,
            rate=settings.pickpack_rate,
            due=polling_due,
            on_health_change=partial(_health_changed, metrics, alerting),
            on_call=metrics.api_call,
        )
        pacer = Pacer(settings.send_rate)
        pauses = PersistedPauses(database, clock, pacer)
        pauses.restore()
        listener = Listener(
            build_application(
                events=recorder,
                metrics=metrics,
                readiness=partial(_readiness, database, breaker, answered),
                secrets=[settings.webhook_secret.get_secret_value()],
                header=settings.webhook_header,
                known_hostname=account.hostname,
                deferred_paths=[WEBHOOK_PATH] if settings.telegram_updates == "webhook" else [],
            )
        )
        await listener.start(settings.http_host, settings.http_port)
        log.info("Listening on %s:%d", settings.http_host, settings.http_port)

        parts = TelegramParts(
            settings=settings,
            clock=clock,
            metrics=metrics,
            database=database,
            contexts=contexts,
            renderer=renderer,
            following=build_following(settings, database, clock, contexts, poller, on_due=on_due),
            staffing=build_staffing(settings, database, clock, contexts, poller, on_due=on_due),
            listener=listener,
            pacer=pacer,
            gate=PauseGate(pacer, clock, on_rate_limit=partial(_on_rate_limit, metrics, pacer, pauses, clock, tasks)),
            sending_due=sending_due,
            answered=answered,
        )
        maintenance = Maintenance(database, clock, contexts, build_keeping(settings), alerting, on_due=on_due)
        look_due = asyncio.Event()
        tasks.supervise("poller", poller.run)
        tasks.supervise("job", partial(run_on_event, look_due, maintenance.run_once))
        telegram = tasks.supervise("telegram", partial(run_telegram, parts))
        stack.push_async_callback(_finish, listener, telegram)
        stack.enter_context(_scheduled(polling_due, look_due))
        on_started()
        await stopping.wait()


async def _finish(listener: Listener, telegram: "asyncio.Task[None]") -> None:
    """Accept nothing more and finish what is under way: side by side, so that all of it keeps the ten seconds."""
    telegram.cancel()
    await asyncio.gather(ends_within(GRACE_SECONDS, listener.stop), asyncio.wait([telegram]))


@contextmanager
def _scheduled(polling_due: asyncio.Event, look_due: asyncio.Event) -> Iterator[None]:
    """Jobs only wake what has its own task: a job that works could be cancelled in the middle at shutdown."""
    scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1})
    scheduler.add_job(polling_due.set, "interval", seconds=POLL_EVERY)
    scheduler.add_job(look_due.set, "interval", seconds=LOOK_EVERY)
    scheduler.add_job(notify, "interval", seconds=WATCHDOG_EVERY, args=[WATCHDOG])
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _health_changed(metrics: Metrics, alerting: AlertService, health: ApiHealth) -> None:
    metrics.breaker("closed" if health is ApiHealth.OK else "open")
    await alerting.api_health(health)


def _on_rate_limit(metrics: Metrics, pacer: Pacer, pauses: PersistedPauses, clock: Clock, tasks: Tasks) -> None:
    metrics.rate_limited(whole_bot=pacer.paused_for(None, clock.now()) > 0)
    tasks.spawn("pauses", pauses.save())


def _readiness(database: Database, breaker: Breaker, telegram_answered: asyncio.Event) -> Readiness:
    stores = database.last_error is None
    return Readiness(
        ready=stores and telegram_answered.is_set(),
        database="ok" if stores else "down",
        telegram="ok" if telegram_answered.is_set() else "down",
        pickpack="ok" if breaker.health is ApiHealth.OK else "down",
    )


def _watch_outbox(metrics: Metrics, database: Database, clock: Clock) -> None:
    metrics.watch_outbox(
        backlog=lambda: outbox.backlog(database.reader, clock.now())[0],
        oldest_seconds=lambda: outbox.backlog(database.reader, clock.now())[1],
    )
