"""What a chat must and must not be told, kept by hand: a second opinion that shares no decision with the product.

The model sees only what anybody outside could see: what is true, what people asked for, each call to Telegram and what
became of it, and so what each chat shows. It collects what breaks a promise in `broken`; nothing is raised inside the
product's own tasks.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.model.knowledge import Knowledge
from tests.model.parcels import LOUD, ToldParcels
from tests.model.screen import Content, Message, Screen

MOST_FAILURES = 3  # calls to a chat that fail before a refusal counts though somebody writes there
LONG = 5.0  # a shorter pause is over before a restart is: it need not outlive one
SETTLE = 3.0  # no two messages of one burst
EDITS_APART, GROUP_EDITS_APART = 20.0, 60.0

# the design's table once more, written by hand: status → rank, stage, key
_ROWS = (
    ("PENDING", 0, "received", False),
    ("READY_FOR_HANDLING", 1, "received", False),
    ("PICKING", 3, "being prepared", False),
    ("READY_FOR_PACKING", 4, "being prepared", False),
    ("PACKING", 5, "being prepared", False),
    ("INVOICED", 8, "packed", False),
    ("READY_FOR_SHIPPING", 10, "awaiting courier", False),
    ("ON_ROUTE", 12, "on its way", True),
    ("WAITING_FOR_PICKUP", 13, "ready for pickup", True),
    ("DELIVERED", 14, "delivered", True),
    ("CANCELED", 16, "canceled", True),
)
RANKS = {name: rank for name, rank, _, _ in _ROWS}
STAGES = {name: stage for name, _, stage, _ in _ROWS}
FINAL = {"DELIVERED", "CANCELED"}
KEY = {name for name, _, _, key in _ROWS if key}


def is_worth_a_card(level: str, told: str | None, status: str) -> bool:
    """Return whether a chat that was told one status is told the other by a new message: the table of the design."""
    if told is None:
        return True
    if status not in RANKS or status == told:
        return False
    if told not in RANKS or STAGES[status] != STAGES[told]:
        is_back = told in RANKS and RANKS[status] < RANKS[told]
        return is_back or status in KEY or level in {"every", "main"}
    return level == "every"


@dataclass
class Call:
    """One call to Telegram.

    `to`: the id that the chat has there. `target`: the message that it edits. `again`: the sender's own next try of a
    text that was refused. `asked`: a person asked for the same while it was on the wire. `met`: somebody wrote there
    since it left, so that it was refused says nothing any more. `tied`: somebody wrote in the instant in which it left.
    `forgotten`: all that was known of the chat was deleted meanwhile. `moved`: the group has moved meanwhile.
    """

    to: int
    chat_id: int
    said: Content
    target: int | None = None
    silent: bool = False
    plain: bool = False
    again: bool = False
    asked: bool = False
    met: bool = False
    tied: bool = False
    forgotten: bool = False
    moved: bool = False


@dataclass
class Line:
    """What lies between one chat and one order.

    `told`: the statuses of which one was told last, as a new message: several where nobody knows which, none yet: None.
    `answers`: how many answers a person waits for. `spare`: somebody wrote while an answer was on the wire, so another
    may follow it. `doubtful`: a card was perhaps seen, so it may come again. `again`: it may come once more, the group
    has moved. `reminders`: that were asked for. `shown_at`: when the last card was sent, and whether it answered.
    """

    followed: bool = False
    awaited: bool = False
    told: set[str | None] = field(default_factory=lambda: {None})
    answers: int = 0
    spare: bool = False
    doubtful: bool = False
    again: bool = False
    reminders: int = 0
    shown_at: float | None = None
    unknown_outcomes: int = 0
    parcels: ToldParcels = field(default_factory=ToldParcels)


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
        self._until: dict[int, tuple[float, float]] = {}  # chat → no call before, seconds named
        self._bot_until: tuple[float, float, float] = (0.0, 0.0, 0.0)  # no call before, seconds named, said at

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
        if chat_id in self._until:  # nothing that is stored of the chat outlives this, a long pause neither
            self._until[chat_id] = (self._until[chat_id][0], 0.0)
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
        self._until.pop(chat_id, None)
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
        if now < self._until.get(call.chat_id, (0.0, 0.0))[0]:
            self.broken.append(f"inside retry_after: {call}")
        until, _, said_at = self._bot_until
        if said_at < now < until:  # in the same instant it may have left before the answer came
            self.broken.append(f"inside the bot's retry_after: {call}")
        judge = {"card": self._judge_card, "edit": self._judge_edit, "fold": self._judge_fold}[call.said.kind]
        self.broken += [f"{wrong}: {call}" for wrong in judge(call, now)]
        if call.target is None:
            self.broken += [f"{wrong}: {call}" for wrong in self._judge_sound(call, wall)]

    def _judge_card(self, call: Call, now: float) -> list[str]:
        line, said, wrong = self.lines[call.chat_id, call.said.order_id], call.said, list[str]()
        if not line.followed:
            wrong.append("after stop")
        if said.status not in self.was_true[said.order_id]:
            wrong.append("never true")
        if said.news and said.status in FINAL:
            wrong.append("news of a package after the end")
        is_wanted = any(is_worth_a_card(self.levels[call.chat_id], told, said.status) for told in line.told)
        is_news = bool(said.news or said.links)
        is_owed = said.is_reply and (line.answers > 0 or line.spare)
        if not (is_wanted or is_news or is_owed or line.doubtful or line.again or (said.reminder and line.reminders)):
            wrong.append(f"nothing wants this card: told was {line.told}")
        is_burst = line.shown_at is not None and now < line.shown_at + SETTLE
        if is_burst and not (said.is_reply or said.reminder or line.doubtful or line.again):
            wrong.append("two messages of one burst")
        return wrong

    def _judge_sound(self, call: Call, wall: float) -> list[str]:
        line, said = self.lines[call.chat_id, call.said.order_id], call.said
        is_night = call.chat_id in self.quiet and not 8 <= datetime.fromtimestamp(wall, UTC).hour < 22
        new_keys = [told != said.status and said.status in KEY for told in line.told]
        others = said.is_reply or said.reminder or bool(LOUD & set(said.news.values())) or said.reverted_from in KEY
        if not call.silent and (is_night or not (others or any(new_keys))):
            return ["it rings"]
        is_known = said.status == "DELIVERED" and line.parcels.were_delivered(said.packages)
        if call.silent and not is_night and (others or (all(new_keys) and not is_known)):
            return ["it is silent"]
        return []

    def _judge_edit(self, call: Call, now: float) -> list[str]:
        said, screen, wrong = call.said, self.screens[call.chat_id], list[str]()
        message = screen.messages.get(call.target or 0)
        if not self.lines[call.chat_id, said.order_id].followed:
            wrong.append("after stop")
        if said.status not in self.was_true[said.order_id]:
            wrong.append("never true")
        if message is None or message is not screen.newest(said.order_id) or message.is_folded or message.lost:
            return [*wrong, "an edit of what is not the living card"]
        is_new_link = bool(set(said.shown_links) - set(message.said.shown_links))
        is_hurried = said.pressed or is_new_link or message.doubtful or (message.said.is_stale and not said.is_stale)
        apart = GROUP_EDITS_APART if call.chat_id < 0 else EDITS_APART
        if not is_hurried and now < message.at + apart:
            wrong.append(f"an edit {now - message.at:.1f} s after the last")
        if said.look == message.said.look and not message.doubtful:
            wrong.append("an edit that changes nothing")
        return wrong

    def _judge_fold(self, call: Call, _now: float) -> list[str]:
        screen = self.screens[call.chat_id]
        message = screen.messages.get(call.target or 0)
        if message is None:
            return ["a fold of no message"]
        if message is screen.newest(call.said.order_id):
            return ["a fold of the living card"]
        return ["a fold of what is folded"] if message.is_folded and not message.doubtful else []

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
        line.told = _told_then(line, said.status)
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
                line.told = _told_then(line, said.status)
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
            line.told, line.answers, line.reminders = _told_then(line, call.said.status), 0, 0
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
        if whole_bot and now + seconds > self._bot_until[0]:
            self._bot_until = (now + seconds, seconds, now)
        kept = 0.0 if call.forgotten else seconds  # of a chat that nothing is stored of
        self._until[call.chat_id] = max((now + seconds, kept), self._until.get(call.chat_id, (0.0, 0.0)))

    def starts_anew(self) -> None:
        """Another process: only long pauses are known to it."""
        self.on_the_wire.clear()
        self._until = {chat: pause for chat, pause in self._until.items() if pause[1] > LONG}
        if self._bot_until[1] <= LONG:
            self._bot_until = (0.0, 0.0, 0.0)

    # ── at rest ──────────────────────────────────────────────────────────────

    def discontent(self, believed: dict[str, str], facts: dict[str, str], incidents: dict[str, set[str]]) -> list[str]:
        """What is wrong once nothing waits: who was not told, what shows no truth, and which buttons are left.

        `facts`: what a card is to show. `incidents`: the packages of which one is known for certain.
        """
        found = list[str]()
        for (chat_id, order_id), line in self.lines.items():
            of = f"chat {chat_id} ({self.levels[chat_id]}), {order_id}"
            screen = self.screens[chat_id]
            living = screen.newest(order_id) if line.followed else None
            left = [one for one in screen.with_buttons(order_id) if one is not living]
            found += [f"{of}: buttons are left on {one}" for one in left if not (one.lost or chat_id in self.paused)]
            if line.followed and chat_id not in self.paused:
                found += [f"{of}: {wrong}" for wrong in self._untold(chat_id, line, believed[order_id])]
                found += [f"{of}: {wrong}" for wrong in _untrue(living, facts[order_id])]
                found += [
                    f"{of}: the incident of {one} was not told"
                    for one in incidents[order_id]
                    if line.parcels.lacks_incident(one)
                ]
        return found

    def _untold(self, chat_id: int, line: Line, true: str) -> list[str]:
        wrong = ["no answer came"] if line.answers else []
        if all(is_worth_a_card(self.levels[chat_id], told, true) for told in line.told):
            is_told_by_packages = true == "DELIVERED" and line.parcels.was_any_delivered()
            wrong += [] if is_told_by_packages else [f"was told {line.told}, true is {true}"]
        return wrong


def _told_then(line: Line, status: str) -> set[str | None]:
    """What was told last, after a card: a status that nobody has words for takes back nothing that was told."""
    return {status if status in RANKS or told is None else told for told in line.told}


def _untrue(living: Message | None, facts: str) -> list[str]:
    if living is None or living.is_deleted or living.refused:
        return []
    if living.is_folded or not living.has_buttons:
        return [f"its card has no buttons: {living}"]
    return [] if living.said.facts == facts else [f"its card does not show how it is: {living}"]
