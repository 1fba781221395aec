"""What every handler is given: the use cases, the words, and the ways to answer a request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import AiogramError
from aiogram.types import User

from bot.people.card_service import CardService
from bot.people.follow_service import FollowService
from bot.people.links import bot_link
from bot.people.order_checks import OrderChecks
from bot.people.staff_service import StaffService
from bot.process.clock import Clock
from bot.sending.outcome import Sent
from bot.telegram.albums import AnsweredAlbums
from bot.telegram.config import TelegramConfig
from bot.telegram.greetings import Greetings
from bot.telegram.keyboards import Rows, with_buttons
from bot.telegram.late_answers import FollowUps
from bot.telegram.page_turns import PageTurns
from bot.telegram.prompts import OpenPrompt, Prompts
from bot.telegram.repeats import AnsweredPresses
from bot.telegram.replying import Replies
from bot.telegram.request import Request, Roles
from bot.telegram.ways_on import FOR_THE_STORE, WITHOUT_NUMBER
from bot.tracking.model import Subscription
from bot.transactions.inbox import Done, DoneKind
from bot.understanding.numbers import is_number
from bot.words.callbacks import CallbackAction, callback_button, fits_button
from bot.words.html.escaping import Markup
from bot.words.messages.rendering import Renderer
from bot.words.texts import Button, ButtonKind, Text

ADMINISTRATORS = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerContext:
    """One for the whole bot; `me` is the bot as Telegram knows it."""

    bot: Bot
    me: User
    config: TelegramConfig
    roles: Roles
    follow_service: FollowService
    card_service: CardService
    staff_service: StaffService
    order_checks: OrderChecks
    albums: AnsweredAlbums
    greetings: Greetings
    renderer: Renderer
    replies: Replies
    follow_ups: FollowUps
    pages: PageTurns
    prompts: Prompts
    answered: AnsweredPresses
    clock: Clock

    def locale_of(self, request: Request) -> str:
        """Return the language of a request's chat or, for a new one, of the person."""
        chat = self.follow_service.chat(request.chat_id)
        if chat is not None:
            return self.renderer.locale(chat)
        return self.renderer.locale_for(None if request.in_group else request.requester.language_code)

    def needs_link(self, request: Request) -> bool:
        """Tell whether a number is not enough to follow an order; staff need no link."""
        return self.config.by_link_only and not request.is_staff

    def way(self, request: Request) -> str:
        """Return `$way` of an answer: how an order is followed where it is read."""
        if self.needs_link(request):
            return "link"
        return "group" if request.in_group else "number"

    def hint(self, request: Request, *, private: str) -> str:
        """Return the key of how an order is followed here; `private`: where a number is sent as a message."""
        return {"link": "link-required", "group": "group-hint"}.get(self.way(request), private)

    def text(self, request: Request, key: str, **values: object) -> Text:
        """Return the answer `key` in the chat's language, with the buttons that lead on from it."""
        return with_buttons(self.renderer.answer(request.locale, key, **values), self.ways_on(request, key))

    def ways_on(self, request: Request, key: str) -> Rows:
        """Return the rows that lead on from an answer which leaves nobody anything to do."""
        where = self.where(request) if key in WITHOUT_NUMBER else ()
        return [*where, *(self.contact(request) if key in WITHOUT_NUMBER | FOR_THE_STORE else ())]

    def where(self, request: Request) -> Rows:
        """Return the row of the button that says where the number or the link stands; no row for staff, who know."""
        key = "button-where-link" if self.needs_link(request) else "button-where-number"
        return () if request.is_staff else [[self.button(request, key, CallbackAction.WHERE)]]

    def private_chat(self, request: Request) -> Rows:
        """Return the row of the button that leads to the chat with the bot alone."""
        label = self.renderer.plain(request.locale, "button-private-chat")
        return [[Button(label, ButtonKind.URL, bot_link(self.me.username or ""))]]

    def contact(self, request: Request) -> Rows:
        """Return the row of the button that leads to the store; no row for staff, who are the store."""
        return () if request.is_staff else self.renderer.contact_buttons(request.locale)

    def order_names(self, request: Request, numbers: Iterable[str]) -> Markup:
        """Return how several orders are listed in a sentence."""
        return self.renderer.order_names(request.locale, numbers)

    def button(self, request: Request, key: str, action: CallbackAction, argument: str = "") -> Button:
        """Return a button that calls the bot back, named by `key` in the chat's language."""
        return callback_button(self.renderer.plain(request.locale, key), action, argument)

    async def answer(self, request: Request, key: str, *, buttons: Rows = (), **values: object) -> None:
        """Answer with `key` where the person asked."""
        await self.reply(request, with_buttons(self.text(request, key, **values), buttons))

    async def answer_list(
        self, request: Request, key: str, rows: Iterable[tuple[str, Mapping[str, object]]], **values: object
    ) -> None:
        """Answer with a heading and a line for each row."""
        await self.reply(request, self.renderer.listing(request.locale, key, rows, **values))

    async def reply(self, request: Request, text: Text) -> int | None:
        """Answer with a finished text; in a group to the very message. Return the message's number, if it is known."""
        requester = request.requester
        reply_to = requester.message_id if request.in_group else None
        sent = await self.replies.send(requester.chat_id, text, thread_id=requester.thread_id, reply_to=reply_to)
        return sent.message_id if isinstance(sent, Sent) else None

    async def ask(self, request: Request, question: str, text: Text) -> None:
        """Ask something to be replied to; the person's question before goes. `question` tells questions apart."""
        message_id = await self.reply(request, replace(text, asks=True))
        if message_id is not None:
            asked = OpenPrompt(question, message_id, self.clock.now())
            self.prompts.note(request.chat_id, request.person, asked)

    def has_asked(self, request: Request, question: str) -> bool:
        """Return whether this has just been asked: of several presses on a button one asks."""
        return self.prompts.is_asked(request.chat_id, request.person, question, now=self.clock.now())

    async def toast(
        self,
        request: Request,
        callback_id: str,
        key: str | None,
        *,
        values: Mapping[str, object] | None = None,
        alert: bool = False,
    ) -> None:
        """Answer a press, with `key` for a moment or as an alert, or without a word."""
        said = "" if key is None else self.renderer.plain(request.locale, key, **(values or {}))
        await self.replies.toast(callback_id, said, chat_id=request.chat_id, alert=alert)

    def clock_time(self, request: Request, wall: float) -> Markup:
        """Return a time for staff, with the day before it unless that is today."""
        return self.renderer.clock(request.locale, wall, now=self.clock.wall())

    async def stop(self, request: Request, subscription: Subscription) -> bool:
        """End a subscription of this chat and say so; False, and nothing said, if it had ended already."""
        stopped = await self.follow_service.stop(request.chat_id, subscription.id)
        if stopped is not None:
            done = Done(DoneKind.STOPPED, stopped.order_id, subscription.label)
            await self.reply(request, self.done_text(request, done))
        return stopped is not None

    async def stop_awaiting(self, request: Request, number: str) -> None:
        """Wait for a number no longer, and say so."""
        await self.follow_service.stop_awaiting(request.chat_id, number)
        await self.reply(request, self.done_text(request, Done(DoneKind.STOPPED_AWAITING, number)))

    def done_text(self, request: Request, done: Done) -> Text:
        """Return the sentence that says what was done: at once, or by the next start if nobody was told."""
        match done.kind:
            case DoneKind.RESENT:
                return self.text(request, "resend-done", number=done.number, count=done.count)
            case DoneKind.TOLD:
                return self.text(request, "tell-done", number=done.number, count=done.count)
            case DoneKind.STOPPED_ALL:
                return self._with_way_back(request, "stopped-all")
            case DoneKind.STOPPED | DoneKind.STOPPED_AWAITING:
                named = self.renderer.order_name(request.locale, done.number, done.label)
                values = {"number": done.number, "labelled": bool(done.label), "way": self.way(request)}
                said = self.text(request, done.kind.value, order=named, **values)
                return with_buttons(said, self._follow_again(request, done.number))

    def forgotten(self, request: Request) -> Text:
        """Return the sentence that says that all is deleted, and how to follow an order again."""
        return self._with_way_back(request, "forget-done")

    def _with_way_back(self, request: Request, key: str) -> Text:
        return self.renderer.listing(request.locale, key, [("how-to-follow-again", {"way": self.way(request)})])

    def _follow_again(self, request: Request, number: str) -> Rows:
        """Return the row that takes a stop back; where a link is needed, only the link does that."""
        if self.needs_link(request):
            return [*self.where(request), *self.contact(request)]
        if not (is_number(number) and fits_button(number)):
            return ()
        return [[self.button(request, "button-follow", CallbackAction.LOOK_UP, number)]]

    async def may_manage(self, request: Request, follower: int | None = None) -> bool:
        """Tell who may change something: in private everybody; in a group who followed, or its administrators."""
        if not request.in_group or request.as_group or (follower is not None and follower == request.person):
            return True
        return await self._is_group_admin(request.chat_id, request.person)

    async def _is_group_admin(self, chat_id: int, person: int) -> bool:
        try:
            member = await self.bot.get_chat_member(chat_id, person)
        except (AiogramError, OSError):  # unknown there, or Telegram is down: then the careful answer
            return False
        return member.status in ADMINISTRATORS
