"""Telegram as the state machine plays it: what becomes of each call, and what the chats show then."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from itertools import count

from bot.process.clock import Clock
from bot.sending.outcome import Gone, Malformed, Moved, NotSent, Outcome, RetryAfter, Sent, TargetGone, Unknown
from bot.tracking.card_content import CardContent
from bot.tracking.model import Chat, Kind, Notice, Order, Priority, Subscription
from bot.tracking.shipping import counted_shipments
from bot.words.texts import Text
from tests.model.facts import facts_of
from tests.model.lines import Call
from tests.model.model import Model
from tests.model.screen import Content

WHOLE_BOT = "retry after 10, the whole bot"  # getUpdates is refused at the same time

# shown or lost: to the bot both are the same
OUTCOMES: dict[str, Outcome | None] = {
    "sent": None,
    "retry after 3": RetryAfter(3.0),
    "retry after 30": RetryAfter(30.0),
    WHOLE_BOT: RetryAfter(10.0),
    "not sent": NotSent("no connection"),
    "shown": Unknown("time-out"),
    "lost": Unknown("time-out"),
    "malformed": Malformed("can't parse entities"),
    "target gone": TargetGone("reply"),
    "gone": Gone("bot was kicked"),
}
_ENDS = {"DELIVERED": "delivered", "RETURNED": "returned"}
_TROUBLES = {"INCIDENT": "incident", "ON_HOLD": "hold"}


class Words:
    """Says what the model wants to know of a notice."""

    def notice(
        self,
        notice: Notice,
        order: Order | None,
        subscription: Subscription | None,
        chat: Chat,
        *,
        now: float,
        content: CardContent,
    ) -> Text:
        assert order is not None
        said = _fold(notice, order) if notice.kind is Kind.FOLD else _card(notice, order, content)
        return Text(json.dumps(asdict(said)), fingerprint=None if notice.kind is Kind.FOLD else repr(said.look))


def _fold(notice: Notice, order: Order) -> Content:
    return Content(notice.kind.value, order.order_id, notice.status or "")


def _card(notice: Notice, order: Order, content: CardContent) -> Content:
    packages = counted_shipments(order.shipments)
    named = packages if notice.status != "WAITING_FOR_PICKUP" else ()  # there it says nothing of their ends
    return Content(
        notice.kind.value,
        order.order_id,
        notice.status or "",
        facts_of(order),
        content.page.value,
        notice.is_reply,
        notice.priority is Priority.ANSWER,
        content.is_stale,
        content.lead.reminder,
        content.lead.reverted_from,
        {key: news.value for key, news in content.lead.news.items()},
        list(content.lead.links),
        {one.key: _ENDS[one.status] for one in named if one.status in _ENDS},
        {one.key: _TROUBLES[one.status] for one in packages if one.status in _TROUBLES},
        [one.key for one in named if one.status not in _ENDS],
        [f"{one.key} {one.link}" for one in packages if one.link and notice.status == "ON_ROUTE"],
        [one.key for one in packages],
    )


class ScriptedTelegram:
    """Telegram: outcomes by chat, one a call, then sent. While `slow`, calls stay on the wire and `land` later.

    `aliases`: the ids that groups have now, with those that the model knows them by.
    """

    def __init__(self, model: Model, clock: Clock) -> None:
        self.model = model
        self.blocked: set[int] = set()
        self.script: defaultdict[int, deque[str]] = defaultdict(deque)
        self.slow = False
        self.waiting: dict[int, asyncio.Future[str]] = {}
        self.aliases: dict[int, int] = {}
        self.refuse_bot: Callable[[float], Awaitable[None]]  # set by the world
        self._clock = clock
        self._numbers = count(1)
        self._refused: dict[int, Call] = {}  # by chat: the call whose text is tried a second time

    def number(self) -> int:
        """The number of the next message."""
        return next(self._numbers)

    def id_of(self, chat: int) -> int:
        """The id that a chat has now."""
        return next((one for one, known in reversed(self.aliases.items()) if known == chat), chat)

    def known_as(self, chat_id: int) -> int:
        """What the model calls this chat."""
        return self.aliases.get(chat_id, chat_id)

    def move(self, chat: int) -> tuple[int, int]:
        """A group becomes a supergroup; return both ids."""
        old, new = self.id_of(chat), -1_000_000 - self.number()
        self.aliases[new] = chat
        self.blocked.discard(chat)
        self.model.moves(chat)
        return old, new

    async def send(
        self,
        chat_id: int,
        text: Text,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        plain: bool = False,
    ) -> Outcome:
        return await self._call(chat_id, text, reply_to=reply_to, silent=silent, plain=plain)

    async def edit(self, chat_id: int, message_id: int, text: Text, *, plain: bool = False) -> Outcome:
        return await self._call(chat_id, text, target=message_id, plain=plain)

    async def remove_buttons(self, chat_id: int, message_id: int) -> Outcome:
        """Take a keyboard away: of a fold that was refused, or directly after a press."""
        self._refused.pop(chat_id, None)
        self.take_buttons(self.known_as(chat_id), message_id)
        return Sent(message_id)

    def take_buttons(self, chat: int, message_id: int) -> None:
        """A keyboard goes."""
        message = self.model.screens[chat].messages.get(message_id)
        if message is not None and chat not in self.blocked:
            message.has_buttons = False

    def land(self, chat: int, outcome: str) -> None:
        """The call that is on the wire to a chat ends."""
        for chat_id in [one for one in self.waiting if self.known_as(one) == chat]:
            self.waiting.pop(chat_id).set_result(outcome)

    def land_all(self, outcome: str = "sent") -> None:
        self.slow = False
        for chat_id in list(self.waiting):
            self.waiting.pop(chat_id).set_result(outcome)

    def cut(self, *, shown: bool) -> None:
        """The process ends while calls are on the wire."""
        for call in self.model.on_the_wire.values():
            arrives = shown and call.chat_id not in self.blocked and self._has_target(call)
            self.model.is_unsure(call, self.number(), self._clock.now(), shown=arrives, killed=True)
        self.waiting.clear()
        self._refused.clear()
        self.model.starts_anew()

    async def _call(
        self,
        chat_id: int,
        text: Text,
        *,
        target: int | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        plain: bool,
    ) -> Outcome:
        chat = self.known_as(chat_id)
        first = self._refused.pop(chat_id, None)
        said = Content(**json.loads(text.html))
        call = Call(chat_id, chat, said, target, silent, plain, again=first is not None)
        call.moved = self.id_of(chat) != chat_id
        self.model.begins(call, self._clock.now(), self._clock.wall())
        if first is not None:  # both are one message to the bot, which left when the first did
            call.asked, call.forgotten = first.asked, first.forgotten
            call.met, call.tied = first.met, first.tied or call.tied
        outcome = await self._outcome(chat_id)
        if target is None and reply_to is None and isinstance(OUTCOMES[outcome], TargetGone):
            outcome = "sent"  # it names no message
        if outcome == WHOLE_BOT:
            await self.refuse_bot(10.0)
        self.model.on_the_wire.pop(chat_id, None)
        return self._end(call, outcome)

    async def _outcome(self, chat_id: int) -> str:
        if self.slow and chat_id not in self.waiting:  # two at once are noted, and must not wait for ever
            self.waiting[chat_id] = asyncio.get_running_loop().create_future()
            return await self.waiting[chat_id]
        script = self.script[self.known_as(chat_id)]
        return script.popleft() if script else "sent"

    def _has_target(self, call: Call) -> bool:
        if call.target is None:
            return True
        message = self.model.screens[call.chat_id].messages.get(call.target)
        return message is not None and not message.is_deleted

    def _end(self, call: Call, name: str) -> Outcome:
        outcome = OUTCOMES[name]
        arrives = outcome is None or isinstance(outcome, Malformed | TargetGone)
        if name == "gone" or (call.chat_id in self.blocked and (arrives or name == "shown")):
            self.model.is_gone(call)
            return Gone("bot was blocked by the user")
        if call.moved and arrives:
            self.model.moved.add(call.chat_id)
            return Moved(self.id_of(call.chat_id))
        if call.target is not None and arrives and (isinstance(outcome, TargetGone) or not self._has_target(call)):
            return self._target_gone(call)
        return self._as_scripted(call, name, outcome)

    def _target_gone(self, call: Call) -> Outcome:
        """The person has deleted the message."""
        message = self.model.screens[call.chat_id].messages[call.target or 0]
        message.is_deleted, message.has_buttons = True, False
        message.lost = True
        return TargetGone("edit")

    def _as_scripted(self, call: Call, name: str, outcome: Outcome | None) -> Outcome:
        number, now = call.target or self.number(), self._clock.now()
        match outcome:
            case None:
                self.model.shows(call, number, now)
                return Sent(number)
            case RetryAfter(seconds) if not call.moved or name == WHOLE_BOT:  # else it is about a chat that is no more
                self.model.must_wait(call, seconds, now, whole_bot=name == WHOLE_BOT)
            case NotSent():
                self.model.is_not_sent(call)
            case Unknown():
                self.model.is_unsure(call, number, now, shown=name == "shown" and self._has_target(call))
            case Malformed() if call.plain and call.said.kind != "fold":
                self.model.is_refused(call)
            case Malformed() | TargetGone():
                self._refused[call.to] = call
            case _:
                pass
        return outcome if outcome is not None else Sent(number)
