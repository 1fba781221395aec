"""What a chat must and must not see, kept by hand: a second opinion that shares no decision with the product.

The model sees only what anybody outside could see: what is true, what people do, each call to Telegram and what became
of it. It collects what breaks a promise in `broken`; nothing is raised inside the product's own tasks.
"""

from collections import Counter
from dataclasses import dataclass, field

from tests.model.knowledge import Knowledge
from tests.model.levels import FINAL, RANKS, is_night, rings, wants_message
from tests.model.screen import Content, Message, Screens
from tests.model.told_parcels import LOUD, ToldParcels

MOST_FAILURES = 3  # calls to a chat that fail before a refusal counts though somebody writes there
LONG = 5.0  # a shorter pause is over before a restart is: it need not outlive one
SETTLE = 3.0
EDIT_INTERVAL, GROUP_EDIT_INTERVAL = 20.0, 60.0


@dataclass
class Call:
    """One call to Telegram: a new message, or with `target` a change of one; `removes`: only of its buttons.

    `address`: the chat's number at Telegram; a group gets another one when it moves.

    `again`: the sender's own second try of a text that was refused. `met`: somebody wrote there since it left, so that
    it was refused says nothing any more. `tied`: somebody wrote in the instant in which it left. `lost`: the bot has
    forgotten the chat since, or it has moved: whatever becomes of the call says nothing.
    """

    chat_id: int
    address: int
    content: Content
    target: int | None = None
    is_silent: bool = False
    has_buttons: bool = False
    removes: bool = False
    plain: bool = False
    again: bool = False
    met: bool = False
    tied: bool = False
    forgotten: bool = False
    moved: bool = False

    @property
    def is_card(self) -> bool:
        return self.content.kind == "card"

    @property
    def kind(self) -> str:
        return self.content.kind


@dataclass
class Line:
    """What lies between one chat and one order.

    `living`: the message that the chat has as the order's card. `told`: the statuses of which the chat was told one
    last: more than one where nobody knows. `answers`: how many answers a person waits for. `is_doubtful`: since the
    last card something was perhaps seen, so it may come again. `unknown`: cards of unknown outcome in a row.
    `may_edit`: an edit may come at once: somebody has pressed a button, or the last try failed. `more`: the message on
    which somebody has asked for more buttons. `refused`: what Telegram refused to show on the card.
    """

    followed: bool = False
    awaited: bool = False
    living: int | None = None
    told: set[str] = field(default_factory=set)
    answers: int = 0
    is_doubtful: bool = False
    unknown: int = 0
    sent_at: float | None = None
    shown_at: float = 0.0
    may_edit: bool = False
    more: int | None = None
    was_stale: bool = False
    refused: str | None = None
    links: set[str] = field(default_factory=set)
    parcels: ToldParcels = field(default_factory=ToldParcels)


class Model:
    """The promises, and what has broken them."""

    def __init__(self, chats: dict[int, str], order_ids: tuple[str, ...]) -> None:
        self.levels = dict(chats)
        self.quiet: set[int] = set()
        self.screens = Screens(list(chats))
        self.lines = {(chat_id, order_id): Line() for chat_id in chats for order_id in order_ids}
        self.was_true: dict[str, set[str]] = {order_id: set() for order_id in order_ids}
        self.parcel_was: dict[str, dict[str, set[str]]] = {order_id: {} for order_id in order_ids}
        self.knowledge = {order_id: Knowledge(RANKS) for order_id in order_ids}
        self.known: set[str] = set()
        self.paused: set[int] = set()
        self.strangers: set[int] = set()  # chats that have had all deleted, and not written since
        self.on_the_wire: dict[int, Call] = {}
        self.broken: list[str] = []
        self.counts: Counter[str] = Counter()
        self.failures: Counter[int] = Counter()  # by chat, since it was written to again
        # refused too often or in the instant in which somebody writes: either is right
        self.unsettled: set[int] = set()
        self._written_at: dict[int, float] = {}
        self._until: dict[int, tuple[float, float]] = {}  # chat → no call before, seconds named
        self._bot_until: tuple[float, float, float] = (0.0, 0.0, 0.0)  # no call before, seconds named, said at

    def line(self, call: Call) -> Line:
        return self.lines[call.chat_id, call.content.order_id]

    def of_chat(self, chat_id: int) -> dict[str, Line]:
        return {order_id: line for (chat, order_id), line in self.lines.items() if chat == chat_id}

    def calls_to(self, chat_id: int) -> list[Call]:
        """List what is on the wire to a chat."""
        return [call for call in self.on_the_wire.values() if call.chat_id == chat_id]

    # ── what people do ───────────────────────────────────────────────────────

    def asks(self, chat_id: int, order_id: str) -> None:
        """A person wants to see the order: one answer is due, whatever was told before."""
        line = self.lines[chat_id, order_id]
        line.followed, line.awaited, line.answers = True, False, 1

    def awaits(self, chat_id: int, order_id: str) -> None:
        line = self.lines[chat_id, order_id]
        line.awaited = not line.followed

    def stops(self, chat_id: int, order_id: str) -> None:
        self.lines[chat_id, order_id] = Line()

    def forgets(self, chat_id: int) -> None:
        """All about the chat is deleted; what is on the wire to it nobody will know."""
        for order_id in self.of_chat(chat_id):
            self.stops(chat_id, order_id)
        self.levels[chat_id] = "main"
        self.quiet.discard(chat_id)
        self.paused.discard(chat_id)
        self.strangers.add(chat_id)
        self.failures.pop(chat_id, None)
        for call in self.calls_to(chat_id):
            call.forgotten = True

    def sets_level(self, chat_id: int, level: str, believed: dict[str, str]) -> None:
        """A change of level tells nothing by itself: what is true now counts as told."""
        self.levels[chat_id] = level
        for order_id, line in self.of_chat(chat_id).items():
            line.told |= {believed[order_id]} if line.told and order_id in believed else set()

    def presses(self, chat_id: int, order_id: str, action: str) -> None:
        line = self.lines[chat_id, order_id]
        line.may_edit, line.more = True, line.living if action == "more" else None

    def moves(self, chat_id: int) -> None:
        """The group has another id, where none of its messages can be changed."""
        for call in self.calls_to(chat_id):
            call.moved = True
        self.screens.leave(chat_id)
        for order_id, line in self.of_chat(chat_id).items():
            line.living = None
            line.is_doubtful = True
            if chat_id in self.paused and line.followed and order_id in self.known:
                line.answers = 1
        self.paused.discard(chat_id)

    def pauses(self, chat_id: int) -> None:
        self.paused |= {chat_id} - self.strangers
        self.failures.pop(chat_id, None)
        for line in self.of_chat(chat_id).values():
            line.answers = line.unknown = 0

    def comes_back(self, chat_id: int, now: float) -> None:
        """The chat writes again: after a pause each order that it follows is shown once."""
        self._written_at[chat_id] = now
        self.strangers.discard(chat_id)
        for call in self.calls_to(chat_id):
            call.met = True
        if chat_id in self.paused:
            self.paused.discard(chat_id)
            for order_id, line in self.of_chat(chat_id).items():
                if line.followed:
                    self.asks(chat_id, order_id)

    def learns(self, order_id: str) -> None:
        """The bot hears of the order: who awaits it follows it from now on."""
        self.known.add(order_id)
        for (chat_id, order), line in self.lines.items():
            if order == order_id and line.awaited:
                self.asks(chat_id, order_id)
                line.answers = int(chat_id not in self.paused)

    # ── what goes to Telegram ────────────────────────────────────────────────

    def begins(self, call: Call, now: float, wall: float) -> None:
        """A call leaves. The second try of a refused text belongs to the first: the gate of all calls holds that."""
        if call.address in self.on_the_wire:
            self.break_promise("two calls at once", call)
        self.on_the_wire[call.address] = call
        call.tied = self._written_at.get(call.chat_id) == now
        if call.again:
            return
        self._judge_time(call, now)
        judge = {"card": self._judge_card, "edit": self._judge_edit, "fold": self._judge_fold}[call.kind]
        for wrong in judge(call, self.line(call), now):
            self.break_promise(wrong, call)
        if call.is_card:
            for wrong in self._judge_sound(call, self.line(call), wall):
                self.break_promise(wrong, call)
        elif call.kind == "edit":
            self.line(call).may_edit = False

    def _judge_time(self, call: Call, now: float) -> None:
        if call.kind != "fold" and not self.line(call).followed:
            self.break_promise("after stop", call)
        if call.chat_id in self.paused:
            self.break_promise("to a chat that is gone", call)
        if now < self._until.get(call.address, (0.0, 0.0))[0]:
            self.break_promise("inside retry_after", call)
        until, _, said_at = self._bot_until
        if said_at < now < until:  # in the same instant it may have left before the answer came
            self.break_promise("inside the bot's retry_after", call)

    def _judge_card(self, call: Call, line: Line, now: float) -> list[str]:
        content, level = call.content, self.levels[call.chat_id]
        wrong = [] if content.status in self.was_true[content.order_id] else ["never true"]
        wrong += [] if call.has_buttons else ["a card without buttons"]
        if line.is_doubtful:
            return wrong
        is_answer = content.is_reply and line.answers > 0
        if content.is_reply and not is_answer:
            wrong.append("an answer that nobody asked for")
        is_wanted = not line.told or any(wants_message(level, told, content.status) for told in line.told)
        if not (is_answer or is_wanted or content.news or content.links):
            wrong.append(f"told again, or not wanted at {level} after {line.told}")
        if not is_answer and line.sent_at is not None and now < line.sent_at + SETTLE and not line.was_stale:
            wrong.append("two messages within a burst")
        if content.news and content.status in FINAL:
            wrong.append("news of a package after a final status")
        if set(content.links) & line.links:
            wrong.append("a link told again")
        was = self.parcel_was[content.order_id]
        judged = [line.parcels.judge(package, news, was, now) for package, news in content.news.items()]
        return wrong + [one for one in judged if one is not None]

    def _judge_sound(self, call: Call, line: Line, wall: float) -> list[str]:
        content = call.content
        if call.chat_id in self.quiet and is_night(wall):
            return [] if call.is_silent else ["rings in a quiet night"]
        is_loud = content.is_reply or bool(LOUD & set(content.news.values()))
        heard = [rings(told, content.status) for told in line.told] or [rings(None, content.status)]
        if not call.is_silent and not is_loud and not any(heard):
            return [f"rings for nothing after {line.told}"]
        return [f"does not ring after {line.told}"] if call.is_silent and (is_loud or all(heard)) else []

    def _judge_edit(self, call: Call, line: Line, now: float) -> list[str]:
        content = call.content
        if call.target is None or call.target != line.living:
            return [f"edits what is not the living card {line.living}"]
        wrong = [] if content.status in self.was_true[content.order_id] else ["never true"]
        message = self.screens.find(call.chat_id, call.target)
        if message is not None and message.is_sure and message.content.visible == content.visible:
            wrong.append("an edit that changes nothing")
        if content.page != "card" and line.more != call.target:
            wrong.append("more buttons that nobody asked for")
        interval = GROUP_EDIT_INTERVAL if call.chat_id < 0 else EDIT_INTERVAL
        is_free = line.may_edit or line.was_stale or bool(content.shown_links - line.links)
        if not is_free and now < line.shown_at + interval:
            wrong.append(f"an edit {now - line.shown_at} s after the last")
        return wrong

    def _judge_fold(self, call: Call, line: Line, now: float) -> list[str]:
        wrong = ["folds the living card"] if line.followed and call.target == line.living else []
        return wrong + (["a fold with buttons"] if call.has_buttons else [])

    def shows(self, call: Call, now: float, *, learnt: bool = True) -> int | None:
        """Telegram shows it; return the number of the message."""
        self.counts[call.kind] += 1
        if call.target is not None:
            message = self.screens.find(call.chat_id, call.target)
            if message is not None:
                self._changes(message, call, learnt=learnt)
            if learnt and call.kind == "edit":
                self._edited(call, now)
            return call.target
        is_known = learnt and not call.forgotten and not call.moved
        message = self.screens.add(call.chat_id, call.content, has_buttons=call.has_buttons, is_learnt=is_known)
        if call.moved:
            message.is_left = True
        line = self.line(call)
        if learnt and not call.forgotten and line.followed:
            self._told(call, line, now)
            line.living = message.number if is_known else None
        return message.number

    def _changes(self, message: Message, call: Call, *, learnt: bool) -> None:
        message.has_buttons, message.is_sure = call.has_buttons, learnt
        if not call.removes:
            message.content = call.content

    def _told(self, call: Call, line: Line, now: float) -> None:
        content = call.content
        line.told, line.is_doubtful, line.unknown, line.refused = {content.status}, False, 0, None
        line.sent_at = line.shown_at = now
        line.was_stale = content.is_stale
        line.answers = 0 if content.is_reply else line.answers
        line.links |= content.shown_links
        line.parcels.card(content.status, content.packages, content.news, now)
        self.counts["news"] += len(content.news)

    def _edited(self, call: Call, now: float) -> None:
        line, content = self.line(call), call.content
        if call.target != line.living or call.forgotten or call.moved:
            return
        line.shown_at, line.was_stale, line.refused = now, content.is_stale, None
        line.links |= content.shown_links
        if content.status == "DELIVERED" and line.parcels.delivered:
            line.told.add("DELIVERED")  # of each package it was told so

    def is_unsure(self, call: Call, now: float, *, shown: bool, killed: bool = False) -> None:
        """Nobody knows whether it arrived; `shown` does."""
        line = self.line(call)
        if shown:
            self.shows(call, now, learnt=False)
        message = self.screens.find(call.chat_id, call.target) if call.target is not None else None
        if message is not None:
            message.is_sure = False
            line.may_edit = True
            self.failures[call.chat_id] += int(not killed)
        if not call.is_card or call.forgotten or not line.followed:
            return
        line.is_doubtful = True
        line.unknown += 0 if killed else 1
        if line.unknown > 1:
            self._counts_as_told(call, line, now)

    def _counts_as_told(self, call: Call, line: Line, now: float) -> None:
        """It is not sent again, so it is perhaps told."""
        line.unknown, line.answers = 0, 0
        line.told.add(call.content.status)
        line.sent_at = now
        line.links |= call.content.shown_links
        line.parcels.card(call.content.status, call.content.packages, {}, now)

    def is_refused(self, call: Call, now: float) -> None:
        """Telegram does not take the text, plain neither."""
        line = self.line(call)
        if call.is_card and not call.forgotten and line.followed:
            self._counts_as_told(call, line, now)
            line.is_doubtful = True
        elif call.kind == "edit":
            line.refused = call.content.visible
        elif call.removes and (message := self.screens.find(call.chat_id, call.target or 0)) is not None:
            message.is_excused = True

    def finds_no_target(self, call: Call) -> None:
        """The message to change is not there any more."""
        line = self.line(call)
        if call.kind == "edit" and line.living == call.target:
            line.living, line.was_stale = None, False

    def is_gone(self, call: Call) -> None:
        """Telegram says that the bot may not write there: true only if nobody has written there since the call left."""
        if call.forgotten:
            return
        self.failures[call.chat_id] += 1
        self._may_be_edited(call)
        if call.moved:
            return
        if call.tied and not call.met:
            self.unsettled.add(call.chat_id)
        elif not call.met:
            self.pauses(call.chat_id)
        elif self.failures[call.chat_id] > MOST_FAILURES:
            self.unsettled.add(call.chat_id)

    def is_not_sent(self, call: Call) -> None:
        self.failures[call.chat_id] += 1
        self._may_be_edited(call)

    def _may_be_edited(self, call: Call) -> None:
        """An edit that did not come through is tried again, whenever the card was shown; nobody knows its hash then."""
        message = self.screens.find(call.chat_id, call.target) if call.target is not None else None
        if message is not None:
            message.is_sure = False
            self.line(call).may_edit = True

    def break_promise(self, wrong: str, call: Call) -> None:
        self.broken.append(f"{wrong}: {call}")

    def judge(self, order_id: str, wrong: str | None) -> None:
        """Note what is wrong with what the bot believes of an order."""
        if wrong is not None:
            self.broken.append(f"{order_id}: {wrong}")

    def compare_pauses(self, silenced: set[int]) -> None:
        """Hold what the bot takes for gone against what is."""
        for chat_id in self.unsettled & (silenced - self.paused):
            self.pauses(chat_id)
        self.unsettled.clear()
        if silenced != self.paused:
            self.broken.append(f"the bot takes for gone {silenced}, gone are {self.paused}")

    def must_wait(self, call: Call, seconds: float, now: float, *, whole_bot: bool) -> None:
        self._may_be_edited(call)
        address = call.address
        if whole_bot and now + seconds > self._bot_until[0]:
            self._bot_until = (now + seconds, seconds, now)
        self._until[address] = max((now + seconds, seconds), self._until.get(address, (0.0, 0.0)))

    def starts_anew(self) -> None:
        """Another process: only long pauses are known to it."""
        self.on_the_wire.clear()
        self._until = {chat: pause for chat, pause in self._until.items() if pause[1] > LONG}
        if self._bot_until[1] <= LONG:
            self._bot_until = (0.0, 0.0, 0.0)
