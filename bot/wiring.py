"""Builds parts of the service from the settings, and what they show of themselves."""

import hmac
import logging
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot import __version__
from bot.ingest.account import Account
from bot.ingest.found_numbers import FoundNumbers
from bot.ingest.poller import Poller
from bot.ingest.webhook_log import WebhookLog
from bot.listening import store_hours
from bot.people import links
from bot.people.alert_checks import AlertChecks, Numbers, Signs, Webhooks
from bot.people.card_service import CardService
from bot.people.follow_service import FollowService
from bot.people.maintenance import Retention
from bot.people.open_alerts import lasting, troubles_of
from bot.people.order_checks import OrderChecks
from bot.people.staff_service import StaffService
from bot.pickpack.client import PickPackClient, open_session
from bot.process.clock import Clock
from bot.process.condition import Condition, Conditions
from bot.process.metrics import Metrics
from bot.sending.pacing import Pacer
from bot.settings import Settings
from bot.store import reports
from bot.store.database import Database
from bot.tracking.model import Order, Subscription
from bot.tracking.statuses import look_up
from bot.transactions.context import ContextSource
from bot.understanding.examples import check_examples
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.checking import check_override
from bot.words.fluent.files import default_folder, forget_files
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_client(
    settings: Settings, clock: Clock, *, on_hostname: Callable[[str], None]
) -> AsyncIterator[PickPackClient]:
    """Open the client of Pick and Pack's API; `on_hostname` is called with the account that a token names."""
    async with open_session() as session:
        client = PickPackClient(
            session,
            api_key=settings.pickpack_api_key.get_secret_value(),
            token_url=settings.pickpack_token_url,
            tracking_url=settings.pickpack_tracking_url,
            auth_scheme=settings.pickpack_auth_scheme,
            clock=clock,
            on_hostname=on_hostname,
        )
        try:
            yield client
        finally:
            await client.close()


def build_renderer(settings: Settings, metrics: Metrics) -> Renderer:
    """Load the messages of all languages, and the store's own messages over them."""
    catalog = Catalog(
        default_folder(),
        settings.locales_override,
        default=settings.default_locale,
        on_missing=lambda *_: metrics.missing_message(),
    )
    store_info = StoreInfo(
        name=settings.store_name,
        timezone=settings.store_timezone,
        hours=settings.store_hours.week if settings.source_of("STORE_HOURS") != "default" else (),  # said only if known
        contact_url=settings.store_contact_url,
        pickup_place=settings.pickup_place,
        pickup_address=settings.pickup_address,
        pickup_map_url=settings.pickup_map_url,
    )
    secrets = [one.get_secret_value() for one in settings.link_secret]

    def share_payload(order: Order, subscription: Subscription) -> str | None:
        by_link_only = settings.follow_policy == "link"
        return links.share(order.order_id, secrets, is_verified=subscription.verified, by_link_only=by_link_only)

    return Renderer(catalog, store_info, items_for=settings.items_for, share_payload=share_payload)


def log_broken_words(settings: Settings) -> None:
    """Log each mistake in the store's own words, before a shopper meets it; it takes a second or two."""
    if settings.locales_override:
        folder = default_folder()
        problems = [*check_override(settings.locales_override, folder), *check_examples(settings.locales_override)]
        for problem in problems:
            log.warning("LOCALES_OVERRIDE: %s", problem)
    forget_files()


def build_retention(settings: Settings) -> Retention:
    """Collect what reminders, archiving and backups depend on."""
    return Retention(
        keep_days=settings.keep_days,
        page_days=float(settings.page_days),
        pickup_hours=settings.pickup_reminder_hours,
        tell_late=settings.tell_late,
        hours=store_hours(settings),
        backups=settings.backup_dir,
    )


def build_follow_service(
    settings: Settings,
    database: Database,
    clock: Clock,
    contexts: ContextSource,
    poller: Poller,
    *,
    on_due: Callable[[], None],
) -> FollowService:
    """Build the use cases of shoppers."""
    return FollowService(
        database,
        clock,
        contexts,
        poller,
        on_due=on_due,
        prefixes=settings.order_id_prefixes,
        needs_link=settings.follow_policy == "link",
        trusted=settings.staff_ids,
        pseudonym_key=_pseudonym_key(settings),
    )


def build_card_service(
    settings: Settings,
    database: Database,
    clock: Clock,
    contexts: ContextSource,
    poller: Poller,
    *,
    on_due: Callable[[], None],
) -> CardService:
    """Build the use cases of the buttons on cards."""
    key = _pseudonym_key(settings)
    return CardService(database, clock, contexts, poller, on_due=on_due, pseudonym_key=key)


def build_staff_service(
    settings: Settings,
    database: Database,
    clock: Clock,
    contexts: ContextSource,
    *,
    on_due: Callable[[], None],
    pacer: Pacer,
    conditions: Conditions,
) -> StaffService:
    """Build the use cases of staff."""
    return StaffService(
        database,
        clock,
        contexts,
        on_due=on_due,
        pauses=lambda: pacer.pauses_in_force(clock.now()),
        open_alerts=lambda: [*troubles_of(conditions), *lasting(database, contexts)],
        prefixes=settings.order_id_prefixes,
    )


def build_alert_checks(
    settings: Settings,
    database: Database,
    clock: Clock,
    contexts: ContextSource,
    *,
    telegram: Condition,
    webhook_log: WebhookLog,
    numbers: FoundNumbers,
    on_due: Callable[[], None],
) -> AlertChecks:
    """Build what looks for alerts that nobody reports."""

    def free() -> int | None:
        try:
            return shutil.disk_usage(settings.database_path.parent).free
        except OSError:
            return None

    def webhooks() -> Webhooks:
        return Webhooks(webhook_log.last.taken_at, webhook_log.last.refused_at, webhook_log.last.result)

    signs = Signs(
        telegram=telegram,
        webhooks=webhooks,
        numbers=lambda: Numbers(numbers.missing, numbers.any_found),
        free=free,
    )
    return AlertChecks(database, clock, contexts, signs, on_due=on_due)


def build_order_checks(settings: Settings, database: Database, contexts: ContextSource, poller: Poller) -> OrderChecks:
    """Build what shows staff one order."""
    return OrderChecks(database, contexts, poller, prefixes=settings.order_id_prefixes)


def _pseudonym_key(settings: Settings) -> bytes:
    """Return the key of people's pseudonyms: not in the database, so that a copy of it tells nobody who they are."""
    return hmac.digest(settings.bot_token.get_secret_value().encode(), b"onroute pseudonyms", "sha256")


async def log_start(settings: Settings, renderer: Renderer, account: Account, database: Database) -> None:
    """Log in one line what has been started, with what, for whom."""
    followed = await database.scan(reports.followed_by_status)
    known = {
        "version": __version__,
        "account": account.hostname() or "not known yet",
        "orders": sum(number for status, number in followed.items() if not look_up(status).final),
        "languages": " ".join(locale for locale, _name in renderer.languages()),
        "updates": settings.telegram_updates,
        "listener": f"{settings.http_host}:{settings.http_port}",
    }
    said = ", ".join(f"{name} {value}" for name, value in known.items())
    log.info("OnRoute is started: %s", said, extra={"fields": known})
