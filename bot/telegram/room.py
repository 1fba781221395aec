"""The bot as a whole: what the service starts, stops, sends with, and hands posted updates to."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from aiogram import Bot
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.types import Update, User

from bot.people.card_service import CardService
from bot.people.follow_service import FollowService
from bot.people.menu_state import MenuState
from bot.people.order_checks import OrderChecks
from bot.people.server_features import ServerFeatures
from bot.people.staff_service import StaffService
from bot.people.update_inbox import UpdateInbox
from bot.process.clock import Clock
from bot.process.condition import Condition
from bot.sending.pacing import CallGate
from bot.telegram.albums import AnsweredAlbums
from bot.telegram.config import TelegramConfig
from bot.telegram.delivery import Delivery
from bot.telegram.greetings import Greetings
from bot.telegram.handler_context import HandlerContext
from bot.telegram.late_answers import FollowUps
from bot.telegram.long_poll import LongPoll
from bot.telegram.menus import Menus
from bot.telegram.naming import name_in
from bot.telegram.page_turns import PageTurns
from bot.telegram.profile import Profile
from bot.telegram.prompts import Prompts
from bot.telegram.received import ReceivedUpdate, read, read_kept
from bot.telegram.repeats import AnsweredPresses
from bot.telegram.replying import Replies
from bot.telegram.request import Roles, request_from
from bot.telegram.routing import build_dispatcher
from bot.telegram.said import Said, Understand, said_in
from bot.telegram.session import PauseMiddleware, TelegramSession
from bot.telegram.staff_questions import question_answered
from bot.telegram.startup_calls import until_answered
from bot.telegram.update_processor import Handle, UpdateProcessor
from bot.telegram.watching import TelegramWatch
from bot.tracking.timing import DAY
from bot.transactions.inbox import Done
from bot.understanding.mentioned import NOTHING_MENTIONED
from bot.understanding.reading import understand
from bot.words.messages.rendering import Renderer

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


class TelegramRoom:
    """All that talks to Telegram. The app calls meet, start, keep_menus, run, handle_webhook, stop_taking and stop."""

    def __init__(
        self,
        config: TelegramConfig,
        *,
        gate: CallGate,
        follow_service: FollowService,
        card_service: CardService,
        staff_service: StaffService,
        order_checks: OrderChecks,
        renderer: Renderer,
        update_inbox: UpdateInbox,
        menu_state: MenuState,
        features: ServerFeatures,
        clock: Clock,
        condition: Condition,
        on_error: Callable[[str], None],
        understand: Understand = understand,
    ) -> None:
        self._config = config
        self._gate = gate
        server = TelegramAPIServer.from_base(config.api_url)
        session = TelegramSession(clock.wall, api=server)
        session.middleware(PauseMiddleware(gate))
        self._watch = TelegramWatch(condition, clock, is_telegrams_own=server.base == PRODUCTION.base)
        session.middleware(self._watch)  # within the pauses: waiting for their end is no silence
        self._bot = Bot(config.token, session=session)
        self._secret = hmac.new(config.token.encode(), b"onroute webhook", hashlib.sha256).hexdigest()
        self._follow_service = follow_service
        self._card_service = card_service
        self._staff_service = staff_service
        self._order_checks = order_checks
        self._renderer = renderer
        self._clock = clock
        self._understand = understand
        self._dispatcher = build_dispatcher(on_error)
        self._follow_ups = FollowUps()
        self._menus = Menus(self._bot, renderer, menu_state, config.staff_ids)
        self._profile = Profile(self._bot, renderer, menu_state, clock, by_link=config.by_link_only)
        self._inbox = update_inbox
        self._processor = UpdateProcessor(self._handle, update_inbox, refuse=self._refuse, concerns=self._concerns_us)
        self._update_kinds = self._dispatcher.resolve_used_update_types()
        self._poll = LongPoll(
            self._bot,
            self._processor,
            kinds=self._update_kinds,
            clock=clock,
            back=self._watch.back,
            said_in=self._said_in,
            on_limitation=condition.limit,
        )
        self._is_known = False
        self.delivery = Delivery(self._bot, features=features)

    async def meet(self) -> str:
        """Ask Telegram who we are, until it says so, and return our name: from then on messages can be sent.

        What the last process has left in the inbox is handled before anything new.
        """
        me = await until_answered(partial(self._bot.get_me, request_timeout=10), back=self._watch.back)
        self._dispatcher["context"] = self._handler_context(me)
        await self._resume()
        self._is_known = True
        return me.username or ""

    async def watch(self) -> None:
        """Ask Telegram whether it is there whenever no call has shown it lately, until cancelled."""
        await self._watch.run(self._bot)

    async def start(self) -> None:
        """Set where updates come from, until Telegram has taken it: from then on they can be taken."""
        await until_answered(self._choose_update_source, back=self._watch.back)

    async def set_menus(self) -> None:
        """Tell Telegram what has changed of the menus, the name and the descriptions."""
        await self._menus.set()
        await self._profile.set()

    async def keep_menus(self) -> None:
        """Set them now and once a day. Beside `run`: Telegram may hold these calls up for long."""
        while True:
            await self.set_menus()
            await asyncio.sleep(DAY)

    async def run(self) -> None:
        """Take updates, until cancelled."""
        if self._config.webhook_url is None:
            await self._poll.run()

    def is_from_telegram(self, headers: Mapping[str, str]) -> bool:
        """Tell by its headers whether a request is Telegram's, before anything of its body is read."""
        return hmac.compare_digest(_as_sent(headers.get(SECRET_HEADER, "")), self._secret.encode())

    async def handle_webhook(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take an update that Telegram posts; return the HTTP status to answer. 503: again later."""
        if not self.is_from_telegram(headers):
            return 401
        if not self._is_known:
            return 503
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        received = read(raw, self._bot, self._said_in)
        if received is None:
            return 200  # a 4xx would make Telegram bring it again for a day
        return 200 if await self._processor.take([received]) else 503

    async def stop_taking(self) -> None:
        """Take nothing more and finish the handlers under way; what waits behind them is left to the next start."""
        self._processor.close()
        await self._processor.finish()
        self._follow_ups.cancel()

    async def stop(self) -> None:
        """End what is still under way, and close."""
        await self._processor.cancel()
        await self._bot.session.close()

    async def _resume(self) -> None:
        left = list[tuple[ReceivedUpdate, Handle]]()
        for kept in await self._inbox.resume():
            one = read_kept(kept, self._bot, self._said_in)
            if one is None:
                await self._inbox.remove(kept.update_id)
            else:
                left.append((one, partial(self._handle, done=kept.done)))
        self._processor.resume(left)

    async def _handle(self, received: ReceivedUpdate, *, done: Done | None = None) -> None:
        await self._dispatcher.feed_update(self._bot, received.update, said=received.said, done=done)

    async def _refuse(self, received: ReceivedUpdate) -> None:
        await self._dispatcher.feed_update(self._bot, received.update, said=received.said, is_too_many=True)

    def _said_in(self, update: Update) -> Said | None:
        """Understand what is said to the bot in words; None where it is a command or a press, or said to others."""
        context: HandlerContext = self._dispatcher["context"]
        request = request_from(update, context.me, context.roles)
        if update.message is None or request is None or request.command is not None:
            return None
        if question_answered(update.message, request, context) is not None:
            return None  # it is kept like a command
        said = said_in(update.message, context.me, context.locale_of(request), self._understand)
        heard = said.mentioned if request.is_staff else NOTHING_MENTIONED
        return replace(said, name=name_in(update.message, said, request, context), mentioned=heard)

    def _concerns_us(self, update: Update) -> bool:
        """Tell what is handled from what people in a group say to each other, of which nothing is kept."""
        context: HandlerContext = self._dispatcher["context"]
        return (
            update.message is None
            or update.message.migrate_to_chat_id is not None
            or request_from(update, context.me, context.roles) is not None
        )

    def _handler_context(self, me: User) -> HandlerContext:
        replies = Replies(self.delivery, self._follow_service, self._gate)
        return HandlerContext(
            bot=self._bot,
            me=me,
            config=self._config,
            roles=Roles(self._config.staff_ids, self._config.admins),
            follow_service=self._follow_service,
            card_service=self._card_service,
            staff_service=self._staff_service,
            order_checks=self._order_checks,
            albums=AnsweredAlbums(),
            greetings=Greetings(),
            renderer=self._renderer,
            replies=replies,
            follow_ups=self._follow_ups,
            pages=PageTurns(replies, self._follow_ups),
            prompts=Prompts(replies, self._follow_ups),
            answered=AnsweredPresses(),
            clock=self._clock,
        )

    async def _choose_update_source(self) -> None:
        """Let Telegram be asked, or post: whatever was set before, nothing that waits is dropped."""
        if self._config.webhook_url is None:
            await self._bot.delete_webhook(drop_pending_updates=False)
            return
        await self._bot.set_webhook(
            self._config.webhook_url,
            secret_token=self._secret,
            allowed_updates=self._update_kinds,
            drop_pending_updates=False,
        )


def _as_sent(header: str) -> bytes:
    """Return a header's bytes: those that are no UTF-8 come as lone surrogates, and must not be an error here."""
    return header.encode("utf-8", "surrogateescape")
