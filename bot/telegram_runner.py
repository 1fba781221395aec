"""Runs everything that needs Telegram's library: imports it in a thread, then sends messages and takes updates.

The import takes seconds, so it happens after the listener has begun to answer.
"""

import asyncio
import gc
import importlib
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from bot.ingest.listener import Listener
from bot.people.card_service import CardService
from bot.people.follow_service import FollowService
from bot.people.menu_state import MenuState
from bot.people.order_checks import OrderChecks
from bot.people.server_features import ServerFeatures
from bot.people.staff_service import StaffService
from bot.people.update_inbox import UpdateInbox
from bot.process.clock import Clock
from bot.process.condition import Condition
from bot.process.metrics import Metrics
from bot.process.tasks import Tasks, wait_at_most
from bot.sending.database_alert import DatabaseAlert
from bot.sending.outcome import Outcome, Sent
from bot.sending.pacing import Pacer, PauseGate
from bot.sending.sender import Sender
from bot.settings import Settings
from bot.store.database import Database
from bot.telegram.config import WEBHOOK_PATH, TelegramConfig
from bot.tracking.model import Notice
from bot.transactions.context import ContextSource
from bot.understanding.reading import load_reader
from bot.words.messages.rendering import Renderer

if TYPE_CHECKING:
    from bot.telegram.room import TelegramRoom

log = logging.getLogger(__name__)

GRACE_SECONDS = 8.0  # what Telegram has answered by then is not told again
LAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramParts:
    """What is passed to Telegram's part once its library is imported. `condition`: how Telegram is."""

    settings: Settings
    clock: Clock
    metrics: Metrics
    database: Database
    contexts: ContextSource
    renderer: Renderer
    follow_service: FollowService
    card_service: CardService
    staff_service: StaffService
    order_checks: OrderChecks
    listener: Listener
    pacer: Pacer
    gate: PauseGate
    sending_due: asyncio.Event
    condition: Condition
    database_condition: Condition


async def run_telegram(parts: TelegramParts) -> None:
    """Import Telegram's library in a thread, send and take updates; when cancelled, finish what is under way."""
    module = await asyncio.to_thread(importlib.import_module, "bot.telegram.room")
    gc.freeze()  # what is imported by now stays: the collector need not go through it again and again
    async with AsyncExitStack() as stack:
        stack.push_async_callback(parts.follow_service.close)
        room = _room(parts, module.TelegramRoom)
        stack.push_async_callback(ends_within, LAST_SECONDS, room.stop)
        sender = Sender(
            parts.database,
            parts.clock,
            parts.contexts,
            parts.pacer,
            renderer=parts.renderer,
            transport=room.delivery,
            due=parts.sending_due,
            on_result=partial(_count_result, parts.metrics),
        )
        database_alert = DatabaseAlert(
            parts.database_condition,
            parts.clock,
            parts.database,
            staff=sorted(parts.settings.staff_ids),
            renderer=parts.renderer,
            transport=room.delivery,
        )
        tasks = Tasks(parts.metrics.error, is_known_trouble=parts.database.is_known_trouble)
        stack.push_async_callback(tasks.cancel_all)
        stack.push_async_callback(ends_within, GRACE_SECONDS, sender.stop, room.stop_taking)
        if parts.settings.telegram_updates == "webhook":
            take = partial(_take_update, room)
            parts.listener.set_handler(WEBHOOK_PATH, take, is_genuine=room.is_from_telegram)
        name = await room.meet()
        tasks.supervise("telegram", room.watch)
        tasks.supervise("sender", sender.run)  # at once: Telegram may refuse setWebhook for long
        await room.start()
        tasks.supervise("telegram", room.keep_menus)
        tasks.supervise("update", room.run)
        tasks.supervise("database alert", database_alert.run)
        log.info("Ready: the bot is @%s", name, extra={"fields": {"bot": name}})
        await asyncio.Event().wait()


async def ends_within(seconds: float, *ends: Callable[[], Awaitable[object]]) -> None:
    """End several things side by side, and wait for them no longer than that."""
    await wait_at_most(seconds, asyncio.gather(*(end() for end in ends)))


def _room(parts: TelegramParts, room: "type[TelegramRoom]") -> "TelegramRoom":
    return room(
        _config(parts.settings),
        gate=parts.gate,
        follow_service=parts.follow_service,
        card_service=parts.card_service,
        staff_service=parts.staff_service,
        order_checks=parts.order_checks,
        renderer=parts.renderer,
        update_inbox=UpdateInbox(parts.database, parts.clock),
        menu_state=MenuState(parts.database),
        features=ServerFeatures(parts.database, parts.clock, parts.settings.telegram_api_url),
        clock=parts.clock,
        condition=parts.condition,
        on_error=parts.metrics.error,
        understand=load_reader(parts.settings.locales_override).understand,
    )


def _config(settings: Settings) -> TelegramConfig:
    return TelegramConfig(
        token=settings.bot_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        updates=settings.telegram_updates,
        public_url=settings.public_url,
        staff_ids=settings.staff_ids,
        admins=settings.admins,
        link_secrets=[one.get_secret_value() for one in settings.link_secret],
        by_link_only=settings.follow_policy == "link",
        keep_days=settings.keep_days,
        makes_backups=settings.backup_dir is not None,
    )


def _count_result(metrics: Metrics, _notice: Notice, outcome: Outcome, age: float) -> None:
    metrics.notice(outcome.name)
    if isinstance(outcome, Sent):
        metrics.delivery_delay(age)


async def _take_update(room: "TelegramRoom", request: web.Request) -> web.Response:
    """Hand over an update that Telegram posts; the listener has read its body already, within its limits."""
    return web.Response(status=await room.handle_webhook(request.headers, await request.read()))
