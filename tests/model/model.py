"""What a chat must and must not be told, kept by hand: a second opinion that shares no decision with the product.

The model sees only what anybody outside could see: what is true, what people asked for, each call to Telegram and what
became of it. It collects what breaks a promise in `broken`; nothing is raised inside the product's own tasks.
"""

from collections import Counter
from dataclasses import dataclass, field

from tests.model.knowledge import Knowledge
from tests.model.parcels import KINDS, ToldParcels

MOST_FAILURES = 3  # calls to a chat that fail before a refusal counts though somebody writes there
LONG = 5.0  # a shorter pause is over before a restart is: it need not outlive one

# the design's table once more, written by hand: status → rank, stage, key
_ROWS = (
    ("PENDING", 0, "received", False),
    ("READY_FOR_HANDLING", 1, "received", False),
    ("PICKING", 3, "picking", False),
    ("READY_FOR_PACKING", 4, "packing", False),
    ("PACKING", 5, "packing", False),
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


@dataclass(frozen=True)
class CallContent:
    """What a message says: its kind, its order, the status, whether it answers a person.

    `package`: the bot's name of the package that it is about. `ends`, `troubles`: what a card says of each package;
    `under_way`: of which ones it takes an end back that was told before.
    """

    kind: str
    order_id: str
    status: str
    is_reply: bool
    package: str = ""
    ends: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    under_way: list[str] = field(default_factory=list)

    @property
    def is_state(self) -> bool:
        return self.kind == "state"


@dataclass
class Call:
    """One call to Telegram. `again`: the sender's own second try of a text that was refused. `asked`: a person asked
    for the same while it was on the wire, so what it shows is shown twice in any case. `met`: somebody wrote there
    since it left, so that it was refused says nothing any more. `tied`: somebody wrote in the instant in which it left.
    """

    chat_id: int
    said: CallContent
    plain: bool = False
    again: bool = False
    asked: bool = False
    met: bool = False
    tied: bool = False


@dataclass
class Line:
    """What lies between one chat and one order.

    `answers`: how many answers a person waits for. `doubtful`: since the last state nobody knows what the chat saw.
    `given_up`: a state that Telegram refused, or of which nobody knows twice over: it is set aside, and that's meant.
    `spare`: somebody wrote in the instant in which the last answer left, so another may follow it.
    """

    followed: bool = False
    awaited: bool = False
    last: str | None = None
    answers: int = 0
    spare: bool = False
    doubtful: bool = False
    given_up: str | None = None
    unknown_outcomes: dict[str, int] = field(default_factory=dict)
    parcels: ToldParcels = field(default_factory=ToldParcels)


class Model:
    """The promises, and what has broken them."""

    def __init__(self, chats: dict[int, str], order_ids: tuple[str, ...]) -> None:
        self.levels = dict(chats)
        self.lines = {(chat_id, order_id): Line() for chat_id in chats for order_id in order_ids}
        self.was_true: dict[str, set[str]] = {order_id: set() for order_id in order_ids}
        self.parcel_was: dict[str, dict[str, set[str]]] = {order_id: {} for order_id in order_ids}
        self.knowledge = {order_id: Knowledge(RANKS) for order_id in order_ids}
        self.known: set[str] = set()
        self.paused: set[int] = set()
        self.on_the_wire: dict[int, Call] = {}
        self.broken: list[str] = []
        self.told = 0
        self.told_of_parcels = 0
        self.failures: Counter[int] = Counter()  # by chat, since it was written to again
        self.unsettled: set[int] = (
            set()
        )  # refused too often or in the instant in which somebody writes: either is right
        self._written_at: dict[int, float] = {}
        self._until: dict[int, tuple[float, float]] = {}  # chat → no call before, seconds named
        self._bot_until: tuple[float, float, float] = (0.0, 0.0, 0.0)  # no call before, seconds named, said at

    # ── what people do ───────────────────────────────────────────────────────

    def asks(self, chat_id: int, order_id: str) -> None:
        """A person wants to see the order: one answer is due, whatever was told before."""
        line = self.lines[chat_id, order_id]
        line.followed, line.awaited, line.answers = True, False, 1
        self._excuse_what_is_on_the_wire(chat_id, order_id)

    def awaits(self, chat_id: int, order_id: str) -> None:
        line = self.lines[chat_id, order_id]
        line.awaited = not line.followed

    def stops(self, chat_id: int, order_id: str) -> None:
        line = self.lines[chat_id, order_id]
        line.followed, line.awaited, line.answers = False, False, 0
        line.parcels = ToldParcels()
        self._excuse_what_is_on_the_wire(chat_id, order_id)

    def pauses(self, chat_id: int) -> None:
        self.paused.add(chat_id)
        self.failures.pop(chat_id, None)
        for (chat, _), line in self.lines.items():
            if chat == chat_id:
                line.answers = 0

    def comes_back(self, chat_id: int, now: float) -> None:
        """The chat writes again: after a pause each order that it follows is shown once."""
        self._written_at[chat_id] = now
        if chat_id in self.on_the_wire:
            self.on_the_wire[chat_id].met = True
        if chat_id in self.paused:
            self.paused.discard(chat_id)
            for (chat, order_id), line in self.lines.items():
                if chat == chat_id and line.followed:
                    self.asks(chat_id, order_id)

    def learns(self, order_id: str) -> None:
        """The bot hears of the order: who awaits it follows it from now on."""
        self.known.add(order_id)
        for (chat_id, order), line in self.lines.items():
            if order == order_id and line.awaited:
                self.asks(chat_id, order_id)
                line.answers = int(chat_id not in self.paused)

    def _excuse_what_is_on_the_wire(self, chat_id: int, order_id: str) -> None:
        call = self.on_the_wire.get(chat_id)
        if call is not None and call.said.order_id == order_id:
            call.asked = True

    # ── what goes to Telegram ────────────────────────────────────────────────

    def begins(self, call: Call, now: float) -> None:
        """A call leaves. The second try of a refused text belongs to the first: the gate of all calls holds that."""
        if call.chat_id in self.on_the_wire:
            self.broken.append(f"two calls at once: {call}")
        self.on_the_wire[call.chat_id] = call
        call.tied = self._written_at.get(call.chat_id) == now
        if call.again:
            return
        if not self.lines[call.chat_id, call.said.order_id].followed:
            self.broken.append(f"after stop: {call}")
        if call.chat_id in self.paused:
            self.broken.append(f"to a chat that is gone: {call}")
        if now < self._until.get(call.chat_id, (0.0, 0.0))[0]:
            self.broken.append(f"inside retry_after: {call}")
        until, _, said_at = self._bot_until
        if said_at < now < until:  # in the same instant it may have left before the answer came
            self.broken.append(f"inside the bot's retry_after: {call}")

    def shows(self, call: Call) -> None:
        """The message stands in the chat."""
        said = call.said
        line = self.lines[call.chat_id, said.order_id]
        self._shows_parcels(call, line)
        if not said.is_state:
            return
        allowed = line.doubtful or call.asked or (said.is_reply and (line.answers > 0 or line.spare))
        if said.status == line.last and not allowed:
            self.broken.append(f"told twice in a row: {call}")
        if said.status not in self.was_true[said.order_id]:
            self.broken.append(f"never true: {call}")
        if said.is_reply and not call.asked:
            line.answers = max(0, line.answers - 1)
        line.last, line.doubtful, line.given_up = said.status, False, None
        line.spare = said.is_reply and call.tied
        line.unknown_outcomes.clear()
        self.told += 1

    def _shows_parcels(self, call: Call, line: Line) -> None:
        said = call.said
        if said.kind not in KINDS:
            line.parcels.card(said.ends, said.troubles, said.under_way)
            return
        self.told_of_parcels += 1
        wrong = line.parcels.message(said.kind, said.package, self.parcel_was[said.order_id])
        line.parcels.beside(said.ends, said.troubles if said.kind == "parcel-mistaken" else {})
        self.broken += [f"{wrong}: {call}"] if wrong and not call.asked else []

    def is_unsure(self, call: Call, *, shown: bool) -> None:
        """Nobody knows whether it arrived; `shown` does."""
        line, said = self.lines[call.chat_id, call.said.order_id], call.said
        if not said.is_state:
            if shown:
                self._shows_parcels(call, line)
            line.parcels.doubt(said.package)
            return
        count = line.unknown_outcomes.get(said.status, 0) + 1
        if shown:
            self.shows(call)
        line.parcels.doubt()
        line.doubtful = True
        line.unknown_outcomes[said.status] = count
        if count > 1:
            line.given_up = said.status

    def is_refused(self, call: Call) -> None:
        """Telegram does not take the text, plain neither."""
        line = self.lines[call.chat_id, call.said.order_id]
        line.parcels.doubt(call.said.package)
        if call.said.is_state:
            line.given_up = call.said.status

    def is_gone(self, call: Call) -> None:
        """Telegram says that the bot may not write there: true only if nobody has written there since the call left."""
        self.failures[call.chat_id] += 1
        if call.tied and not call.met:
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
        if silenced != self.paused:
            self.broken.append(f"the bot takes for gone {silenced}, gone are {self.paused}")

    def must_wait(self, chat_id: int, seconds: float, now: float, *, whole_bot: bool) -> None:
        if whole_bot and now + seconds > self._bot_until[0]:
            self._bot_until = (now + seconds, seconds, now)
        self._until[chat_id] = max((now + seconds, seconds), self._until.get(chat_id, (0.0, 0.0)))

    def starts_anew(self) -> None:
        """Another process: only long pauses are known to it."""
        self.on_the_wire.clear()
        self._until = {chat: pause for chat, pause in self._until.items() if pause[1] > LONG}
        if self._bot_until[1] <= LONG:
            self._bot_until = (0.0, 0.0, 0.0)

    # ── the end ──────────────────────────────────────────────────────────────

    def discontent(self, truth: dict[str, str]) -> list[str]:
        """Who was not told what is true and what their level wants to hear."""
        return [
            f"chat {chat_id} ({self.levels[chat_id]}) was told {line.last} of {order_id}, true is {truth[order_id]}"
            for (chat_id, order_id), line in self.lines.items()
            if line.followed
            and line.given_up != truth[order_id]
            and not _has_heard_enough(self.levels[chat_id], truth[order_id], line.last)
        ]


def _has_heard_enough(level: str, true: str, last: str | None) -> bool:
    if last == true:
        return True
    if last is None or level == "every":
        return False
    if true in RANKS and last in RANKS and RANKS[last] > RANKS[true]:
        return False  # what it was told no longer holds
    if level == "main":
        return STAGES.get(true, true) == STAGES.get(last, last)
    return true not in KEY
