"""The Telegram room's door: the bot, its routers, where updates come from, and what happens to each."""

import asyncio
import hashlib
import hmac
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal

from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, ChatMemberUpdated, Update, User
from pydantic import ValidationError

from bot.people.following import Following
from bot.people.remembering import Database, Remembering
from bot.people.staffing import Staffing
from bot.process.clock import Clock
from bot.sending.pacing import CallGate
from bot.telegram import pressing, shopper, staff
from bot.telegram.context import GROUPS, Roles, Turn, turn_of
from bot.telegram.delivery import Delivery
from bot.telegram.desk import Desk, Policies
from bot.telegram.menus import Menus
from bot.telegram.replying import Replies
from bot.telegram.session import PauseMiddleware, TelegramSession
from bot.telegram.updates import KINDS, Handling, LongPoll
from bot.tracking.timing import backoff
from bot.transactions.follow import Asker
from bot.words.messages.rendering import Renderer

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
WEBHOOK_PATH = "/webhooks/telegram"
AWAY = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)


class TelegramRoom:
    """All that talks to Telegram. The app calls meet, start, run, handle_webhook, stop_taking and stop."""

    def __init__(
        self,
        *,
        token: str,
        api_url: str,
        updates: Literal["polling", "webhook"],
        public_url: str | None,
        gate: CallGate,
        following: Following,
        staffing: Staffing,
        renderer: Renderer,
        database: Database,
        clock: Clock,
        staff_ids: frozenset[int],
        admins: frozenset[int],
        link_secrets: Sequence[str],
        by_link_only: bool,
        keep_days: int,
        on_error: Callable[[str], None],
    ) -> None:
        session = TelegramSession(api=TelegramAPIServer.from_base(api_url))
        session.middleware(PauseMiddleware(gate))
        self._bot = Bot(token, session=session)
        self._secret = hmac.new(token.encode(), b"onroute webhook", hashlib.sha256).hexdigest()
        self._webhook_url = f"{public_url}{WEBHOOK_PATH}" if updates == "webhook" else None
        self._following = following
        self._staffing = staffing
        self._renderer = renderer
        self._clock = clock
        self._roles = Roles(staff_ids, admins)
        self._policies = Policies(link_secrets, by_link_only, keep_days)
        self._on_error = on_error
        self._desk: Desk | None = None
        self._dispatcher = Dispatcher()
        self._dispatcher.include_routers(staff.router(), shopper.router(), pressing.router())
        remembering = Remembering(database, clock)
        self._menus = Menus(self._bot, renderer, remembering, staff_ids, by_link=by_link_only)
        self._handling = Handling(self.handle, remembering)
        self._poll = LongPoll(self._bot, self._handling)
        self._taking = True
        self.delivery = Delivery(self._bot)

    async def meet(self) -> None:
        """Ask Telegram who we are, until it says so: from then on messages can be sent."""
        me = await self._ask_me()
        replies = Replies(self.delivery, self._following)
        self._desk = Desk(
            self._bot,
            me,
            self._following,
            self._staffing,
            self._renderer,
            replies,
            self._clock,
            self._roles,
            self._policies,
        )

    async def start(self) -> None:
        """Set what differs, until Telegram has taken it: from then on updates can be taken."""
        await self._persist(self._set_way)

    async def run(self) -> None:
        """Set the menus, take updates; until cancelled."""
        await self._menus.set()
        if self._webhook_url is None:
            await self._poll.run()

    async def handle_webhook(self, headers: Mapping[str, str], body: bytes) -> int:
        """An update that Telegram posts; the HTTP status to answer. 503: again later."""
        if not hmac.compare_digest(_as_sent(headers.get(SECRET_HEADER, "")), self._secret.encode()):
            return 401
        if not self._taking or self._desk is None:
            return 503
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError as error:
            # a 4xx would make Telegram bring it again for a day
            log.warning("An update can't be decoded and is skipped: %d faults", error.error_count())
            return 200
        return 200 if await self._handling.take(update) else 503

    async def stop_taking(self) -> None:
        """Take nothing more and finish the handlers under way."""
        self._taking = False
        self._handling.close()
        await self._handling.settle()
        if self._desk is not None:
            self._desk.end_follow_ups()

    async def stop(self) -> None:
        """Confirm what was handled, and close."""
        if self._webhook_url is None:
            await self._poll.confirm()
        await self._bot.session.close()

    async def handle(self, update: Update) -> None:
        """One update. Whatever a handler raises ends here: it is logged, and the person gets an apology."""
        desk = self._desk
        if desk is None:
            return
        turn: Turn | None = None
        try:
            if update.my_chat_member is not None:
                await self._member(update.my_chat_member)
            elif update.message is not None and update.message.migrate_to_chat_id is not None:
                await self._following.move(update.message.chat.id, update.message.migrate_to_chat_id)
            else:
                turn = await self._known(turn_of(update, desk.me, self._roles), update)
                if turn is not None:
                    await self._dispatcher.feed_update(self._bot, update, turn=turn, desk=desk)
                elif update.callback_query is not None:
                    await self._answer_old(update.callback_query, desk)
        except Exception:  # the outer edge of a handler: nothing else stops for it
            log.exception("Update %s of chat %s failed", update.update_id, turn.asker.chat_id if turn else "?")
            self._on_error("update" if turn is None else "staff" if turn.staff else "shopper")
            await self._apologise(update, turn, desk)

    async def _known(self, turn: Turn | None, update: Update) -> Turn | None:
        """The turn in its chat's language, the chat being known from now on; None where there is nothing to do.

        A press makes no chat known: an old card in a chat that was forgotten must not bring it back.
        """
        if turn is None or (update.message is None and self._following.chat(turn.asker.chat_id) is None):
            return None
        return turn.with_locale(self._renderer.locale(await self._following.touch(turn.asker)))

    async def _answer_old(self, query: CallbackQuery, desk: Desk) -> None:
        """A press on what this bot knows nothing of: answered like each other."""
        locale = self._renderer.locale_for(query.from_user.language_code)
        await desk.replies.toast(query.id, self._renderer.plain(locale, "toast-old"))

    async def _apologise(self, update: Update, turn: Turn | None, desk: Desk) -> None:
        if turn is None:
            return
        if update.callback_query is not None:
            await desk.toast(turn, update.callback_query.id, "toast-apology", alert=True)
        else:
            await desk.say(turn, "apology")

    async def _member(self, change: ChatMemberUpdated) -> None:
        """The bot was blocked or removed, or is welcome again."""
        chat_id = change.chat.id
        if change.new_chat_member.status in AWAY:
            if self._following.chat(chat_id) is not None:
                await self._following.pause(chat_id, "the bot was blocked or removed")
        elif self._following.chat(chat_id) is not None:
            code = change.from_user.language_code if change.chat.type not in GROUPS else None
            await self._following.touch(Asker(chat_id, change.from_user.id, change.chat.type, code))

    async def _set_way(self) -> None:
        """Long poll or webhook: whatever was set before, nothing that waits is dropped."""
        if self._webhook_url is None:
            await self._bot.delete_webhook(drop_pending_updates=False)
            return
        await self._bot.set_webhook(
            self._webhook_url, secret_token=self._secret, allowed_updates=list(KINDS), drop_pending_updates=False
        )

    async def _ask_me(self) -> User:
        found: list[User] = []

        async def ask() -> None:
            found.append(await self._bot.get_me(request_timeout=10))

        await self._persist(ask)
        return found[-1]

    async def _persist(self, work: Callable[[], Awaitable[None]]) -> None:
        """Until Telegram answers: it may be down when we start, and webhooks are taken meanwhile."""
        failures = 0
        while True:
            try:
                await work()
            except (AiogramError, OSError) as error:
                failures += 1
                log.log(
                    logging.WARNING if failures in {1, 10} else logging.DEBUG,
                    "Telegram does not answer as it should (%s); asking on. If it goes on: python -m bot doctor",
                    type(error).__name__,
                )
                jitter = random.uniform(-1, 1)  # noqa: S311 - spreads retries, keeps no secret
                await asyncio.sleep(backoff(failures, first=0.5, most=30.0, jitter=jitter))
            else:
                return


def _as_sent(header: str) -> bytes:
    """A header's bytes: those that are no UTF-8 come as lone surrogates, and must not be an error here."""
    return header.encode("utf-8", "surrogateescape")
