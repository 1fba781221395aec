"""What a chat must and must not be told, kept by hand: a second opinion that shares no decision with the product.

The model sees only what anybody outside could see: what is true, what people asked for, each call to Telegram and what
became of it, and so what each chat shows. It collects what breaks a promise in `broken`; nothing is raised inside the
product's own tasks.
"""

from collections import Counter

from tests.model.judging import Leaving
from tests.model.knowledge import Knowledge
from tests.model.levels import RANKS
from tests.model.lines import Call, Line
from tests.model.parcels import ToldParcels
from tests.model.rest import AtRest
from tests.model.screen import Message, Screen
from tests.model.waits import Waits

MOST_FAILURES = 3  # calls to a chat that fail before a refusal counts though somebody writes there


class Model:
    """The promises, and what has broken them."""

    def __init__(self, chats: dict[int, str], order_ids: tuple[str, ...]) -> None:
        self.levels = dict(chats)
        self.quiet: set[int] = set()
        self.screens = {chat_id: Screen() for chat_id in chats}
        self.lines = {(chat_id, order_id): Line() for chat_id in chats for order_id in order_ids}
        self.was_true: dict[str, set[str]] = {order_id: set() for order_id in order_ids}
        self.parcel_was: dict[str, dict[str, set[str]]] = {order_id: {} for order_id in order_ids}
        self.knowledge = {order_id: Knowledge(RANKS) for order_id in order_ids}
        self.known: set[str] = set()
        self.forgotten: set[int] = set()  # chats of which nothing is known
        self.paused: set[int] = set()
        self.on_the_wire: dict[int, Call] = {}
        self.broken: list[str] = []
        self.counts: Counter[str] = Counter()
        self.failures: Counter[int] = Counter()  # by chat, since it was written to again
        self.unsettled: set[int] = set()  # refused too often or as somebody writes: either is right
        self.moved: set[int] = set()  # groups that a call told of: one that was gone is not gone any more
        self._written_at: dict[int, float] = {}
        self._waits = Waits()

    # ── what people do ───────────────────────────────────────────────────────

    def asks(self, chat_id: int, order_id: str) -> None:
        """A person wants to see the order: one answer is due, whatever was told before."""
        line = self.lines[chat_id, order_id]
        if not line.followed:
            line.told, line.parcels, line.shown_at = {None}, ToldParcels(), None
        line.followed, line.awaited, line.answers = True, False, 1
        self._excuse_what_is_on_the_wire(chat_id, order_id)

    def awaits(self, chat_id: int, order_id: str) -> None:
        line = self.lines[chat_id, order_id]
        line.awaited = not line.followed

    def stops(self, chat_id: int, order_id: str) -> None:
        self.lines[chat_id, order_id] = Line()
        self.screens[chat_id].stop(order_id)
        self._excuse_what_is_on_the_wire(chat_id, order_id)

    def forgets(self, chat_id: int, default: str) -> None:
        """All that is known of the chat is deleted; what is on the wire can't be called back."""
        for chat, order_id in self.lines:
            if chat == chat_id:
                self.stops(chat_id, order_id)
        self.levels[chat_id] = default
        self.forgotten.add(chat_id)
        self.quiet.discard(chat_id)
        self.failures.pop(chat_id, None)
        self._waits.forgets(chat_id)
        for call in self._under_way(chat_id):
            call.forgotten = True

    def pauses(self, chat_id: int) -> None:
        if chat_id in self.forgotten:
            return
        self.paused.add(chat_id)
        if not self._under_way(chat_id):  # what is on the wire has failed as often as it has
            self.failures.pop(chat_id, None)
        for (chat, _), line in self.lines.items():
            if chat == chat_id:
                line.answers = line.reminders = 0

    def comes_back(self, chat_id: int, now: float) -> None:
        """The chat writes again: after a pause each order that it follows is shown once."""
        self._written_at[chat_id] = now
        self.forgotten.discard(chat_id)
        for call in self._under_way(chat_id):
            call.met = True
        if chat_id in self.paused:
            self.paused.discard(chat_id)
            for (chat, order_id), line in self.lines.items():
                if chat == chat_id and line.followed:
                    self.asks(chat_id, order_id)

    def sets_level(self, chat_id: int, level: str, believed: dict[str, str]) -> None:
        """A change of level tells nothing by itself: the chat counts as told of the present, but for what waits."""
        self.levels[chat_id] = level
        for (chat, order_id), line in self.lines.items():
            if chat == chat_id and line.told != {None} and order_id in believed:
                line.told.add(believed[order_id])

    def moves(self, chat_id: int) -> None:
        """A group becomes a supergroup: it shows none of the messages of before."""
        self.screens[chat_id] = Screen()
        self._waits.moves(chat_id)
        for call in self._under_way(chat_id):
            call.moved = True
        for (chat, _), line in self.lines.items():
            if chat == chat_id:
                line.again = line.followed

    def learns(self, order_id: str) -> None:
        """The bot hears of the order: who awaits it follows it from now on."""
        self.known.add(order_id)
        for (chat_id, order), line in self.lines.items():
            if order == order_id and line.awaited:
                self.asks(chat_id, order_id)
                line.answers = int(chat_id not in self.paused)

    def _excuse_what_is_on_the_wire(self, chat_id: int, order_id: str) -> None:
        for call in self._under_way(chat_id):
            call.asked = call.asked or call.said.order_id == order_id

    def _under_way(self, chat_id: int) -> list[Call]:
        return [one for one in self.on_the_wire.values() if one.chat_id == chat_id]

    # ── what goes to Telegram ────────────────────────────────────────────────

    def begins(self, call: Call, now: float, wall: float) -> None:
        """A call leaves. The next try of a refused text belongs to the first: the gate of all calls holds that."""
        if call.to in self.on_the_wire:
            self.broken.append(f"two calls at once: {call}")
        self.on_the_wire[call.to] = call
        call.tied = self._written_at.get(call.chat_id) == now
        if call.again or call.moved:
            return
        if call.chat_id in self.moved & self.paused:  # that it has moved is newer than that it was gone
            self.moved.discard(call.chat_id)
            self.comes_back(call.chat_id, self._written_at.get(call.chat_id, 0.0))
        if call.chat_id in self.paused:
            self.broken.append(f"to a chat that is gone: {call}")
        faults = [*self._waits.faults(call.chat_id, now), *self._as_it_leaves(call, now, wall).faults()]
        self.broken += [f"{wrong}: {call}" for wrong in faults]

    def _as_it_leaves(self, call: Call, now: float, wall: float) -> Leaving:
        chat_id, order_id = call.chat_id, call.said.order_id
        line, screen, is_quiet = self.lines[chat_id, order_id], self.screens[chat_id], chat_id in self.quiet
        return Leaving(call, line, screen, self.levels[chat_id], is_quiet, self.was_true[order_id], now, wall)

    # ── what becomes of a call ───────────────────────────────────────────────

    def shows(self, call: Call, number: int, now: float, *, learnt: bool = True) -> None:
        """The message stands in the chat, or the card is edited. `learnt`: the bot gets to know it."""
        if call.moved:
            return
        if call.said.kind == "card":
            self._shows_card(call, number, now, learnt=learnt)
            return
        message = self.screens[call.chat_id].messages[call.target or 0]
        self.counts[call.said.kind] += 1
        message.doubtful, message.refused = not learnt, False
        message.said = call.said
        message.at = now if learnt else message.at
        if call.said.kind == "fold":
            message.is_folded, message.has_buttons = True, False
            return
        line = self.lines[call.chat_id, call.said.order_id]
        line.parcels.are_only(call.said.packages)
        if call.said.status == "DELIVERED" and line.parcels.were_delivered(call.said.packages):
            line.told.add("DELIVERED")  # the chat was told so of its packages

    def _shows_card(self, call: Call, number: int, now: float, *, learnt: bool) -> None:
        said, line = call.said, self.lines[call.chat_id, call.said.order_id]
        message = Message(number, said.order_id, said, now, learnt=learnt and not call.forgotten)
        message.stopped = not line.followed or call.forgotten
        self.screens[call.chat_id].messages[number] = message
        self.counts["card"] += 1
        if call.forgotten:  # what a chat was told before that is nothing to who follows there since
            return
        self._is_told(call, line, now)
        line.doubtful = line.again = False
        line.unknown_outcomes = 0

    def _is_told(self, call: Call, line: Line, now: float) -> None:
        said = call.said
        was = self.parcel_was[said.order_id]
        wrong = [line.parcels.news(what, package, was, now) for package, what in said.news.items()]
        self.counts["news of packages"] += len(wrong)
        if not (line.doubtful or line.again or call.asked):
            self.broken += [f"{one}: {call}" for one in wrong if one]
        line.parcels.card(said.ends, said.troubles, said.under_way)
        line.parcels.are_only(said.packages)
        line.told = line.told_by(said.status)
        line.shown_at = now if not said.is_stale else None  # one that said its age is from when it was asked for
        line.spare = said.is_reply and (call.tied or call.asked)
        line.answers = 0 if said.is_reply else line.answers
        line.reminders = 0 if said.reminder else line.reminders

    def is_unsure(self, call: Call, number: int, now: float, *, shown: bool, killed: bool = False) -> None:
        """Nobody knows whether it arrived; `shown` does. Only an outcome is counted, not that the process ended."""
        line, said = self.lines[call.chat_id, call.said.order_id], call.said
        if call.target is not None and not killed:  # tried again as what failed is, ever more rarely
            self.failures[call.chat_id] += 1
        if call.moved:
            line.again = line.followed
        elif said.kind == "card" and call.forgotten:
            if shown:
                self.shows(call, number, now, learnt=False)
        elif said.kind == "card":
            told, count = line.told, line.unknown_outcomes + (not killed)
            if shown:
                self.shows(call, number, now, learnt=False)
            line.told = {*told, said.status}
            line.parcels.doubt()
            line.doubtful, line.unknown_outcomes = True, count
            if count > 1 and said.is_reply:  # set aside, unless the answer is a card of its own: once more then
                line.answers, line.unknown_outcomes = 0, 0
            elif count > 1:  # it is set aside, and that's meant
                line.told = line.told_by(said.status)
                line.answers, line.doubtful, line.unknown_outcomes = 0, False, 0
        else:
            message = self.screens[call.chat_id].messages[call.target or 0]
            if shown:
                self.shows(call, number, now, learnt=False)
            message.doubtful = True

    def is_refused(self, call: Call) -> None:
        """Telegram does not take the text, plain neither."""
        line = self.lines[call.chat_id, call.said.order_id]
        if call.forgotten:
            return
        if call.said.kind == "card":
            line.parcels.doubt()
            line.told, line.answers, line.reminders = line.told_by(call.said.status), 0, 0
            line.again = False
        elif call.target in self.screens[call.chat_id].messages:
            self.screens[call.chat_id].messages[call.target].refused = True

    def is_gone(self, call: Call) -> None:
        """Telegram says that the bot may not write there: true only if nobody has written there since the call left."""
        if call.forgotten:
            return
        self.failures[call.chat_id] += 1
        if call.moved or (call.tied and not call.met):
            self.unsettled.add(call.chat_id)
        elif not call.met:
            self.pauses(call.chat_id)
        elif self.failures[call.chat_id] > MOST_FAILURES:
            self.unsettled.add(call.chat_id)

    def is_not_sent(self, call: Call) -> None:
        self.failures[call.chat_id] += 1

    def judge(self, order_id: str, wrong: str | None) -> None:
        """Note what is wrong with what the bot believes of an order."""
        if wrong is not None:
            self.broken.append(f"{order_id}: {wrong}")

    def compare_pauses(self, silenced: set[int]) -> None:
        """Hold what the bot takes for gone against what is."""
        for chat_id in self.unsettled & (silenced - self.paused):
            self.pauses(chat_id)
        self.unsettled.clear()
        for chat_id in self.moved & (self.paused - silenced):
            self.comes_back(chat_id, self._written_at.get(chat_id, 0.0))
        self.moved.clear()
        if silenced != self.paused:
            self.broken.append(f"the bot takes for gone {silenced}, gone are {self.paused}")

    def must_wait(self, call: Call, seconds: float, now: float, *, whole_bot: bool) -> None:
        self._waits.named(call.chat_id, seconds, now, whole_bot=whole_bot, forgotten=call.forgotten)

    def starts_anew(self) -> None:
        """Another process: only long pauses are known to it."""
        self.on_the_wire.clear()
        self._waits.starts_anew()

    # ── at rest ──────────────────────────────────────────────────────────────

    def discontent(self, believed: dict[str, str], facts: dict[str, str], incidents: dict[str, set[str]]) -> list[str]:
        """What is wrong once nothing waits, of each chat and order. `facts`: what a card of each order is to show."""
        return [
            f"chat {chat_id} ({self.levels[chat_id]}), {order_id}: {wrong}"
            for (chat_id, order_id), line in self.lines.items()
            for wrong in AtRest(
                order_id,
                line,
                self.screens[chat_id],
                self.levels[chat_id],
                chat_id in self.paused,
                believed.get(order_id),
                facts.get(order_id, ""),
                incidents.get(order_id, set()),
            ).faults()
        ]
