"""Builds what takes webhooks, from the settings: it runs before the rest of the service is imported.

So this imports nothing that a webhook does not need: no words, no understanding of messages, not Telegram's library.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from bot.ingest.account import Account
from bot.ingest.application import Readiness, build_application
from bot.ingest.connections import ConnectionLimits, connections_for
from bot.ingest.listener import Listener
from bot.ingest.recorder import EventRecorder
from bot.ingest.webhook_log import WebhookLog
from bot.people.alert_service import AlertService
from bot.pickpack.health import Breaker
from bot.process import open_files
from bot.process.chance import jitter
from bot.process.clock import Clock, SystemClock
from bot.process.condition import Condition, Conditions, State, iso
from bot.process.metrics import Metrics
from bot.settings import Settings
from bot.store import orders
from bot.store.database import Database
from bot.telegram.config import WEBHOOK_PATH
from bot.tracking.hours import StoreHours
from bot.tracking.timing import PollIntervals
from bot.transactions.context import ContextSource
from bot.transactions.expire import note_absence
from bot.transactions.schedule import clamp_future_due


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


@dataclass(frozen=True, slots=True, kw_only=True)
class HookParts:
    """What takes webhooks, for the parts of the service that start once it listens."""

    settings: Settings
    clock: SystemClock
    metrics: Metrics
    conditions: Conditions
    wake_ups: WakeUps
    database: Database
    breaker: Breaker
    contexts: ContextSource
    recorder: EventRecorder
    alert_service: AlertService
    account: Account
    webhook_log: WebhookLog
    listener: Listener


@asynccontextmanager
async def open_database(
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


def build_contexts(settings: Settings, clock: Clock, breaker: Breaker) -> ContextSource:
    """Build the source of everything that decisions depend on: time, settings, the API's health, chance."""
    return ContextSource(
        clock,
        breaker,
        debounce=settings.settle_seconds,
        edit_interval=settings.edit_seconds,
        poll_intervals=PollIntervals(settings.poll_silence, settings.poll_silence_max),
        staff=settings.staff_ids,
        store_hours=store_hours(settings),
        follows_per_day=settings.follows_per_day,
        account=settings.pickpack_hostname,
        chance=jitter,
    )


def build_listener(
    settings: Settings,
    recorder: EventRecorder,
    metrics: Metrics,
    account: Account,
    readiness: Callable[[], Readiness],
    *,
    refresh_metrics: Callable[[], Awaitable[None]],
    on_mismapped: Callable[[str], Awaitable[None]],
    on_other_account: Callable[[str], None],
    webhook_log: WebhookLog,
) -> Listener:
    """Build the HTTP server; the handler of Telegram's updates is set once Telegram's part has started."""
    application = build_application(
        events=recorder,
        metrics=metrics,
        readiness=readiness,
        refresh_metrics=refresh_metrics,
        secrets=[settings.webhook_secret.get_secret_value()],
        header=settings.webhook_header,
        known_hostname=account.hostname,
        on_mismapped=on_mismapped,
        is_ours=account.is_ours,
        on_other_account=on_other_account,
        webhook_log=webhook_log,
        deferred_paths=[WEBHOOK_PATH] if settings.telegram_updates == "webhook" else [],
    )
    return Listener(application, ConnectionLimits(max_connections=connections_for(open_files.limit())))


def readiness_of(conditions: Conditions) -> Readiness:
    """Return how the database and both neighbours are, for /readyz. Only the database makes it not ready."""
    parts = (conditions.database, conditions.telegram, conditions.pickpack)
    answered = {one.name: iso(one.last_answer_at) for one in parts if one.last_answer_at is not None}
    return Readiness(
        ready=conditions.database.state is not State.DOWN,
        database=conditions.database.state.value,
        telegram=conditions.telegram.state.value,
        pickpack=conditions.pickpack.state.value,
        as_of=answered,
        since={one.name: iso(one.since) for one in parts},
        reasons={one.name: one.reason for one in parts if one.reason},
    )


def store_hours(settings: Settings) -> StoreHours:
    """Return when the store is open, in its own zone."""
    return StoreHours(settings.store_hours.week, settings.store_timezone)
