"""Telegram as the state machine plays it: what becomes of each call, and what the chats show."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from bot.process.clock import Clock
from bot.sending.outcome import Gone, Malformed, Moved, NotSent, Outcome, RetryAfter, Sent, TargetGone, Unknown
from bot.tracking.card_content import CardContent
from bot.tracking.model import Chat, Notice, Order, Subscription
from bot.words.texts import Button, ButtonKind, Text
from tests.model.levels import FINAL
from tests.model.model import Call, Model
from tests.model.screen import CARDS, Content

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
_SHOWN = {"ASSIGNED", "INCIDENT", "ON_HOLD", "DELIVERED", "RETURNED"}


def shown_of(order: Order) -> list[list[str]]:
    """Return what a card shows of the packages: key, status, link of each; nothing once the order has ended."""
    if order.status is None or order.status in FINAL:
        return []
    packages = [one for one in order.shipments if not one.closed and one.status != "CANCELED"]
    return sorted(
        [
            one.key,
            one.status if one.status in _SHOWN else "",
            one.link or "" if order.status == "ON_ROUTE" else "",
        ]
        for one in packages
    )


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
        is_card = notice.kind.value in CARDS
        said = Content(
            notice.kind.value,
            notice.is_reply,
            sorted(notice.keep),
            order.order_id,
            notice.status or "",
            shown_of(order) if is_card else [],
            {key: news.value for key, news in content.lead.news.items()},
            list(content.lead.links),
            content.is_stale,
            content.page.value,
        )
        buttons = ((Button("See", ButtonKind.CALLBACK, "see"),),) if is_card else ()
        return Text(json.dumps(asdict(said)), buttons, fingerprint=said.visible if is_card else None)


class ScriptedTelegram:
    """Telegram: outcomes by chat, one a call, then sent. While `slow`, calls stay on the wire and `land` later.

    `ids`: the number by which Telegram knows each chat now; a group gets another one when it moves.
    """

    def __init__(self, model: Model, clock: Clock) -> None:
        self.model = model
        self.ids = {chat_id: chat_id for chat_id in model.levels}
        self.moving: dict[int, tuple[int, int]] = {}  # groups that have moved, which the bot has not learnt yet
        self.blocked: set[int] = set()
        self.script: defaultdict[int, deque[str]] = defaultdict(deque)
        self.slow = False
        self.waiting: dict[int, asyncio.Future[str]] = {}
        self.refuse_bot: Callable[[float], Awaitable[None]]  # set by the world
        self._names = {chat_id: chat_id for chat_id in model.levels}  # the chat of each number, former ones too
        self._clock = clock
        self._refused: dict[int, Call] = {}  # chats whose text is tried a second time

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
        return await self._call(chat_id, text, plain=plain, is_silent=silent, replies=reply_to is not None)

    async def edit(self, chat_id: int, message_id: int, text: Text, *, plain: bool = False) -> Outcome:
        return await self._call(chat_id, text, plain=plain, target=message_id)

    async def remove_buttons(self, chat_id: int, message_id: int) -> Outcome:
        return await self._call(chat_id, None, target=message_id)

    def take_buttons(self, chat_id: int, message_id: int) -> None:
        """The bot takes a keyboard away at once, after a press."""
        message = self.model.screens.find(chat_id, message_id)
        if message is not None:
            message.has_buttons = False

    def migrate(self, chat_id: int) -> None:
        """A group becomes a supergroup."""
        old = self.ids[chat_id]
        new = old - 1000
        self.ids[chat_id], self._names[new] = new, chat_id
        self.moving[chat_id] = (old, new)

    def land(self, chat_id: int, outcome: str) -> None:
        """What is on the wire to a chat ends."""
        for address in [one for one in self.waiting if self._names[one] == chat_id]:
            self.waiting.pop(address).set_result(outcome)

    def land_all(self, outcome: str = "sent") -> None:
        self.slow = False
        for address in list(self.waiting):
            self.waiting.pop(address).set_result(outcome)

    def cut(self, *, shown: bool) -> None:
        """The process ends while calls are on the wire."""
        for call in self.model.on_the_wire.values():
            is_shown = shown and call.chat_id not in self.blocked
            self.model.is_unsure(call, self._clock.now(), shown=is_shown, killed=True)
        self.waiting.clear()
        self._refused.clear()
        self.model.starts_anew()

    async def _call(
        self,
        chat_id: int,
        text: Text | None,
        *,
        plain: bool = False,
        target: int | None = None,
        is_silent: bool = False,
        replies: bool = False,
    ) -> Outcome:
        before = self._refused.pop(chat_id, None)
        call = self._begun(chat_id, text, before, plain=plain, target=target, is_silent=is_silent)
        self.model.begins(call, self._clock.now(), self._clock.wall())
        is_left = chat_id != self.ids[call.chat_id]
        outcome = await self._outcome(call)
        if outcome == WHOLE_BOT:
            await self.refuse_bot(10.0)
        self.model.on_the_wire.pop(chat_id, None)
        if is_left:
            if not call.moved and not call.forgotten:
                self.model.moves(call.chat_id)
                self.moving.pop(call.chat_id, None)
            return Moved(self.ids[call.chat_id])
        return self._end(call, outcome, replies=replies)

    def _begun(
        self, address: int, text: Text | None, before: Call | None, *, plain: bool, target: int | None, is_silent: bool
    ) -> Call:
        chat = self._names[address]
        if text is None:
            assert before is not None  # only after a refused fold
            return Call(chat, address, before.content, target, removes=True, plain=True, again=True)
        content = Content(**json.loads(text.html))
        has_buttons = any(button.kind is ButtonKind.CALLBACK for row in text.buttons for button in row)
        call = Call(chat, address, content, target, is_silent, has_buttons, plain=plain, again=before is not None)
        if before is not None:
            call.forgotten, call.moved, call.met = before.forgotten, before.moved, before.met
        return call

    async def _outcome(self, call: Call) -> str:
        if self.slow:
            self.waiting[call.address] = asyncio.get_running_loop().create_future()
            return await self.waiting[call.address]
        script = self.script[call.chat_id]
        return script.popleft() if script else "sent"

    def _end(self, call: Call, name: str, *, replies: bool) -> Outcome:
        now, outcome = self._clock.now(), OUTCOMES[name]
        if name == "gone" or (
            call.chat_id in self.blocked and name not in {"not sent", "lost"} and "retry" not in name
        ):
            self.model.is_gone(call)
            return Gone("bot was blocked by the user")
        if isinstance(outcome, TargetGone):
            outcome = self._target_gone(call, replies=replies)
        elif outcome is None and call.target is not None and self.model.screens.find(call.chat_id, call.target) is None:
            outcome = TargetGone("edit")
        match outcome:
            case None:
                return Sent(self.model.shows(call, now))
            case RetryAfter(seconds):
                self.model.must_wait(call, seconds, now, whole_bot=name == WHOLE_BOT)
            case NotSent():
                self.model.is_not_sent(call)
            case Unknown():
                self.model.is_unsure(call, now, shown=name == "shown")
            case TargetGone("edit"):
                self.model.finds_no_target(call)
            case Malformed() if call.removes or (call.plain and call.kind != "fold"):
                self.model.is_refused(call, now)
            case Malformed() | TargetGone():
                self._refused[call.address] = call
        return outcome

    def _target_gone(self, call: Call, *, replies: bool) -> Outcome | None:
        """Somebody deletes the message that is to be changed, or to be replied to."""
        if call.target is None:
            return TargetGone("reply") if replies else None
        message = self.model.screens.find(call.chat_id, call.target)
        if message is not None:
            message.is_deleted = True
        return TargetGone("edit")
