"""Composition root: builds, wires, starts, stops in reverse; the only file that knows every room.

The listener answers before Telegram's library is imported (that takes seconds), so no event is refused meanwhile.
"""

import asyncio
import importlib
import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.news.intake import HOSTNAME_FACT, Intake
from bot.news.listener import Listener, Readiness, build
from bot.news.poller import Health, Poller
from bot.people.alerting import Alerting
from bot.people.following import Following
from bot.people.reminding import Keeping, Reminding
from bot.people.staffing import Staffing
from bot.pickpack.client import PickPackClient, open_session
from bot.pickpack.errors import API_RESULTS
from bot.process.clock import SystemClock
from bot.process.metrics import Metrics
from bot.process.systemd import WATCHDOG, notify
from bot.process.tasks import Tasks, run_on_event, wait_at_most
from bot.sending.lasting import LastingPauses
from bot.sending.outcome import OUTCOME_NAMES, Outcome, Sent
from bot.sending.pacing import Gate, Pacer
from bot.sending.sender import Sender
from bot.settings import Settings
from bot.store import facts, orders, outbox
from bot.store.database import Database
from bot.store.errors import StoreTrouble
from bot.store.owing import compare_again
from bot.tracking.hours import StoreHours
from bot.tracking.model import Notice, Order
from bot.tracking.notifying import Policy
from bot.tracking.timing import DAY, Silence
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.reading import default_folder
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo

if TYPE_CHECKING:
    from bot.telegram.dispatching import TelegramRoom

log = logging.getLogger(__name__)

TELEGRAM_PATH = "/webhooks/telegram"
BOT_NAME_FACT = "bot-name"
GRACE_SECONDS = 7.0
LAST_SECONDS = 2.0
WAKE_SECONDS = 1.0
WATCHDOG_SECONDS = 15
LONGEST_WAIT = 3 * DAY


class Service:
    """All the rooms of one running bot."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = SystemClock()
        self.metrics = Metrics(outcomes=OUTCOME_NAMES, api_results=API_RESULTS)
        self.database = Database(settings.database_path)
        self.pacer = Pacer(settings.send_rate)
        self.pauses = LastingPauses(self.database, self.clock, self.pacer)
        self.renderer = _renderer(settings, self.metrics)
        self.session: aiohttp.ClientSession | None = None
        self.client: PickPackClient | None = None
        self.poller: Poller | None = None
        self.sender: Sender | None = None
        self.telegram: TelegramRoom | None = None
        self.listener: Listener | None = None
        self.scheduler = AsyncIOScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self.alerting = Alerting(self.database, self.clock, staff=settings.staff_ids, hours=_hours(settings))
        self.intake = Intake(
            self.database,
            self.clock,
            silence=Silence(settings.poll_silence, settings.poll_silence_max),
            policy=self._policy,
            woke=self._wake,
            on_unknown_status=self.alerting.unknown_status,
        )
        self._telegram_answered = self._sends = False
        self._starting: asyncio.Task[None] | None = None
        self._tasks = Tasks(on_failure=self.metrics.error)

    async def start(self) -> None:
        """Raises AnotherInstance, StoreTrouble or ListenerTrouble; then nothing is left running after `stop`."""
        self.database.open()
        self.clock.advance_to(orders.latest(self.database.reader))
        now = self.clock.now()
        await self.database.write(partial(_pull_in, now=now))
        self.pauses.restore()
        self._build_poller()
        self._watch()
        self.listener = self._build_listener()
        await self.listener.start(self.settings.http_host, self.settings.http_port)
        log.info("Listening on %s:%d", self.settings.http_host, self.settings.http_port)
        self._tasks.supervise("poller", self._poller.run)
        self._schedule()
        self._starting = self._tasks.supervise("telegram", self._start_telegram)

    async def stop(self) -> None:
        """In reverse: accept nothing more, finish what is under way, close."""
        with suppress(Exception):  # never started, or already down: stopping goes on
            self.scheduler.shutdown(wait=False)
        if self._starting is not None:
            self._starting.cancel()  # it would begin to send while all else ends
        room = self.telegram
        endings = [part.stop() for part in (self.listener, self.sender) if part is not None]
        endings += [room.stop_taking()] if room is not None else []
        if endings:
            # side by side, so that all of it together keeps the promise of ten seconds
            await wait_at_most(GRACE_SECONDS, asyncio.gather(*endings))
        await self._tasks.cancel_all()
        if room is not None:
            await wait_at_most(LAST_SECONDS, room.stop())
        if self.client is not None:
            await self.client.close()
        if self.session is not None:
            await self.session.close()
        await asyncio.to_thread(self.database.close)

    # ── building ─────────────────────────────────────────────────────────────

    @property
    def _poller(self) -> Poller:
        assert self.poller is not None  # noqa: S101 - built in start
        return self.poller

    def _build_poller(self) -> None:
        settings = self.settings
        self.session = open_session()
        self.client = PickPackClient(
            self.session,
            api_key=settings.pickpack_api_key.get_secret_value(),
            token_url=settings.pickpack_token_url,
            tracking_url=settings.pickpack_tracking_url,
            auth_scheme=settings.pickpack_auth_scheme,
            clock=self.clock,
            on_hostname=self._hostname_known,
        )
        self.poller = Poller(
            self.client,
            self.database,
            self.intake,
            self.clock,
            rate=settings.pickpack_rate,
            changed=self._health_changed,
            measured=self.metrics.api_call,
        )

    def _build_listener(self) -> Listener:
        secret = self.settings.webhook_secret.get_secret_value()
        app = build(
            intake=self.intake,
            metrics=self.metrics,
            readiness=self._readiness,
            secrets=[secret],
            header=self.settings.webhook_header,
            known_hostname=self._known_hostname,
            slots=[TELEGRAM_PATH] if self.settings.telegram_updates == "webhook" else [],
        )
        return Listener(app)

    async def _start_telegram(self) -> None:
        """Import Telegram's library in a thread, ask who we are, then send and listen."""
        dispatching = await asyncio.to_thread(importlib.import_module, "bot.telegram.dispatching")
        room = dispatching.TelegramRoom(**self._telegram_parts())
        self.telegram = room
        self.sender = Sender(
            self.database,
            self.clock,
            self.pacer,
            self.renderer,
            room.delivery,
            compare=self._compare,
            aside=self.alerting.aside,
            told=self._told,
        )
        if self.listener is not None and self.settings.telegram_updates == "webhook":
            self.listener.mount(TELEGRAM_PATH, partial(_take_update, room))
        # apart: should it fail, the room that is there already is asked to start again
        self._starting = self._tasks.supervise("telegram", partial(self._meet_telegram, room))

    async def _meet_telegram(self, room: "TelegramRoom") -> None:
        await room.start()
        self._telegram_answered = True
        self._tasks.supervise("update", room.run)
        log.info("Ready")

    def _telegram_parts(self) -> dict[str, Any]:
        settings = self.settings
        following = Following(
            self.database,
            self.clock,
            self._poller,
            moment=self.intake.moment,
            woke=self._wake,
            prefixes=settings.order_id_prefixes,
            needs_link=settings.follow_policy == "link",
            trusted=settings.staff_ids,
        )
        return {
            "token": settings.bot_token.get_secret_value(),
            "api_url": settings.telegram_api_url,
            "updates": settings.telegram_updates,
            "public_url": settings.public_url,
            "gate": Gate(self.pacer, self.clock, refused=self._refused),
            "following": following,
            "staffing": Staffing(
                self.database, self.clock, self._poller, woke=self._wake, prefixes=settings.order_id_prefixes
            ),
            "renderer": self.renderer,
            "database": self.database,
            "clock": self.clock,
            "staff_ids": settings.staff_ids,
            "admins": settings.admins,
            "link_secrets": [one.get_secret_value() for one in settings.link_secret],
            "by_link_only": settings.follow_policy == "link",
            "keep_days": settings.keep_days,
            "bot_known": self._bot_known,
            "on_error": self.metrics.error,
        }

    def _schedule(self) -> None:
        """Jobs only wake what has its own task: a job that works could be cancelled in the middle at shutdown."""
        keeping = _keeping(self.settings)
        reminding = Reminding(self.database, self.clock, keeping, woke=self._wake, backed_up=self.alerting.backed_up)
        look = asyncio.Event()
        self._tasks.supervise("job", partial(run_on_event, look, reminding.look))
        self.scheduler.add_job(self._poller.wake, "interval", seconds=WAKE_SECONDS)
        self.scheduler.add_job(look.set, "interval", seconds=60)
        self.scheduler.add_job(notify, "interval", seconds=WATCHDOG_SECONDS, args=[WATCHDOG])
        self.scheduler.start()

    # ── wires ────────────────────────────────────────────────────────────────

    def _policy(self) -> Policy:
        possible = self.poller is None or self.poller.can_ask
        return Policy(settle=self.settings.settle_seconds, details_possible=possible)

    def _wake(self) -> None:
        if self.poller is not None:
            self.poller.wake()
        if self.sender is not None:
            self.sender.wake()

    def _compare(self, connection: Any, chat_id: int, order: Order) -> None:
        compare_again(connection, chat_id, order, self.intake.moment())

    def _told(self, _notice: Notice, outcome: Outcome, age: float) -> None:
        self.metrics.notice(outcome.name)
        if isinstance(outcome, Sent):
            self.metrics.delivery_delay(age)

    def _refused(self) -> None:
        self.metrics.rate_limited(whole_bot=self.pacer.paused_for(None, self.clock.now()) > 0)
        self._tasks.spawn("pauses", self.pauses.keep())

    async def _health_changed(self, health: Health) -> None:
        self.metrics.breaker("closed" if health is Health.OK else "open")
        try:
            await self.alerting.api_health(health)
        except StoreTrouble as trouble:
            log.warning("Could not tell staff that the API is %s: %s", health, trouble)
        self._wake()

    def _hostname_known(self, hostname: str) -> None:
        if hostname != facts.get(self.database.reader, HOSTNAME_FACT):
            self._tasks.spawn("hostname", self._keep_fact(HOSTNAME_FACT, hostname))

    def _known_hostname(self) -> str | None:
        return self.settings.pickpack_hostname or facts.get(self.database.reader, HOSTNAME_FACT)

    async def _bot_known(self, name: str) -> None:
        """Telegram has said who we are: what is due can go, though it may not take the way of its updates for long."""
        assert self.sender is not None  # noqa: S101 - built before Telegram was asked
        if not self._sends:  # a start that failed half-way says it again
            self._sends = True
            self._tasks.supervise("sender", self.sender.run)
        await self._keep_fact(BOT_NAME_FACT, name)

    async def _keep_fact(self, name: str, value: str) -> None:
        try:
            await self.database.write(partial(facts.put, name=name, value=value))
        except StoreTrouble as trouble:
            log.warning("Could not keep the %s: %s", name, trouble)

    def _readiness(self) -> Readiness:
        stores = self.database.last_error is None
        return Readiness(
            ready=stores and self._telegram_answered,
            database="ok" if stores else "down",
            telegram="ok" if self._telegram_answered else "down",
            pickpack="ok" if self._poller.health is Health.OK else "down",
        )

    def _watch(self) -> None:
        self.metrics.watch_outbox(
            backlog=lambda: outbox.backlog(self.database.reader, self.clock.now())[0],
            oldest_seconds=lambda: outbox.backlog(self.database.reader, self.clock.now())[1],
        )


def _renderer(settings: Settings, metrics: Metrics) -> Renderer:
    catalog = Catalog(
        default_folder(),
        settings.locales_override,
        default=settings.default_locale,
        on_missing=lambda *_: metrics.missing_message(),
    )
    words = StoreInfo(
        name=settings.store_name,
        timezone=settings.store_timezone,
        hours=str(settings.store_hours),
        contact_url=settings.store_contact_url,
    )
    return Renderer(catalog, words, items_for=settings.items_for)


def _keeping(settings: Settings) -> Keeping:
    return Keeping(
        keep_days=settings.keep_days,
        pickup_hours=settings.pickup_reminder_hours,
        tell_late=settings.tell_late,
        hours=_hours(settings),
        backups=settings.backup_dir,
    )


def _hours(settings: Settings) -> StoreHours:
    return StoreHours(settings.store_hours.opens, settings.store_hours.closes, settings.store_timezone)


def _pull_in(connection: Any, now: float) -> None:
    orders.pull_in(connection, now, LONGEST_WAIT)
    outbox.pull_in(connection, now, LONGEST_WAIT)


async def _take_update(room: "TelegramRoom", request: web.Request) -> web.Response:
    """An update that Telegram posts; the listener has read its body already, within its limits."""
    return web.Response(status=await room.handle_webhook(request.headers, await request.read()))
