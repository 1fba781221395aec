"""Builds and starts all that works behind the listener: words, polls, Telegram, chores. Imported once it listens."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

from bot.gauges import watch_service
from bot.ingest.account import Account
from bot.ingest.found_numbers import FoundNumbers
from bot.ingest.listener import Listener
from bot.ingest.poller import Poller
from bot.listening import HookParts
from bot.people.alert_service import AlertService
from bot.people.maintenance import Maintenance
from bot.pickpack.health import ApiHealth
from bot.process.metrics import Metrics
from bot.process.systemd import WATCHDOG, notify
from bot.process.tasks import Tasks, run_on_event
from bot.process.timers import run_timers
from bot.sending.pacing import Pacer, PauseGate
from bot.sending.pauses import WHOLE_BOT, Scope
from bot.sending.persisted_pauses import PersistedPauses
from bot.telegram_runner import GRACE_SECONDS, TelegramParts, ends_within, run_telegram
from bot.wiring import (
    build_alert_checks,
    build_card_service,
    build_follow_service,
    build_order_checks,
    build_renderer,
    build_retention,
    build_staff_service,
    log_broken_words,
    log_start,
    open_client,
)

POLL_EVERY, STORE_EVERY, CHORES_EVERY, WATCHDOG_EVERY = 1.0, 5.0, 60.0, 15.0  # seconds
LOOK_EVERY = 30.0


async def start(parts: HookParts, stack: AsyncExitStack) -> None:
    """Build and start everything; `stack` ends it in reverse order."""
    settings, clock, metrics = parts.settings, parts.clock, parts.metrics
    database, contexts, conditions = parts.database, parts.contexts, parts.conditions
    wake_ups, alert_service, on_due = parts.wake_ups, parts.alert_service, parts.wake_ups.on_due
    tasks = Tasks(metrics.error, is_known_trouble=database.is_known_trouble)
    renderer = await asyncio.to_thread(build_renderer, settings, metrics)
    on_hostname = partial(_learn_account, tasks, parts.account)
    client = await stack.enter_async_context(open_client(settings, clock, on_hostname=on_hostname))
    stack.push_async_callback(tasks.cancel_all)
    numbers = FoundNumbers()
    poller = Poller(
        client,
        database,
        parts.recorder,
        clock,
        parts.breaker,
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
    watch_service(metrics, clock, conditions=conditions, database=database, pacer=pacer, webhook_log=parts.webhook_log)
    await log_start(settings, renderer, parts.account, database)
    tasks.spawn("words", asyncio.to_thread(log_broken_words, settings))

    telegram_parts = TelegramParts(
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
        listener=parts.listener,
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
        webhook_log=parts.webhook_log,
        numbers=numbers,
        on_due=on_due,
    )

    tasks.supervise("poller", poller.run)
    tasks.supervise("store trial", partial(run_on_event, wake_ups.storing, database.try_again))
    tasks.supervise("webhook log", partial(parts.webhook_log.keep, database))
    tasks.supervise("chores", partial(run_on_event, wake_ups.chores, maintenance.run_once))
    tasks.supervise("alert checks", partial(run_on_event, wake_ups.looking, alert_checks.run_once))
    telegram = tasks.supervise("telegram", partial(run_telegram, telegram_parts))
    stack.push_async_callback(_finish, parts.listener, telegram)
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


async def _finish(listener: Listener, telegram: "asyncio.Task[None]") -> None:
    """Accept nothing more and finish what is under way, side by side, so that all of it ends within ten seconds."""
    telegram.cancel()
    await asyncio.gather(ends_within(GRACE_SECONDS, listener.stop), asyncio.wait([telegram]))


def _learn_account(tasks: Tasks, account: Account, hostname: str) -> None:
    tasks.spawn("hostname", account.learn(hostname))


async def _health_changed(metrics: Metrics, alert_service: AlertService, health: ApiHealth) -> None:
    metrics.breaker("closed" if health is ApiHealth.OK else "open")
    await alert_service.api_health(health)


def _on_rate_limit(metrics: Metrics, pauses: PersistedPauses, tasks: Tasks, scope: Scope) -> None:
    metrics.rate_limited("bot" if scope is WHOLE_BOT else "method" if isinstance(scope, str) else "chat")
    tasks.spawn("pauses", pauses.save())
