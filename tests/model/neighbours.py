"""Pick and Pack and Telegram as the state machine plays them: what is true, and what becomes of each call."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace

from bot.ingest.recorder import EventRecorder
from bot.pickpack.errors import UnreachableError
from bot.process.clock import Clock
from bot.sending.outcome import Gone, Malformed, NotSent, Outcome, RetryAfter, Sent, TargetGone, Unknown
from bot.store import orders
from bot.store.database import Database
from bot.tracking.events import NotFound, OrderSnapshot, StatusChanged
from bot.tracking.model import Chat, Kind, Notice, Order, OrderPk, Subscription, Ticks
from bot.tracking.statuses import SHIPMENT_ENDS
from bot.words.texts import Text
from tests.builders import HOST, service, text_for
from tests.model.model import FINAL, Call, CallContent, Model
from tests.model.parcels import END_KINDS

PARCELS = 2  # of each order
CACHE = 59.0  # seconds that an answer of the API may be old

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


@dataclass(frozen=True)
class Parcel:
    """One package in truth."""

    name: str
    service_id: str | None
    status: str | None = "CREATED"  # None: it has no service any more
    link: str | None = None


@dataclass(frozen=True)
class View:
    """How one GET shows the services: in which order, with ids or without, without which of them."""

    swapped: bool = False
    nameless: bool = False
    hidden: str | None = None

    def of(self, snapshot: OrderSnapshot) -> OrderSnapshot:
        """Return what is shown. A service without an id is shown with all others: nobody could tell which one it is."""
        services = [one for one in snapshot.shipments if one.service_id is None or one.tracking_id != self.hidden]
        if self.nameless and len(services) == PARCELS:
            services = [replace(one, service_id=None) for one in services]
        return replace(snapshot, shipments=tuple(reversed(services) if self.swapped else services))


class Words:
    """Says what the model wants to know of a notice."""

    def notice(
        self, notice: Notice, order: Order | None, subscription: Subscription | None, chat: Chat, *, now: float
    ) -> Text:
        assert order is not None
        shown = text_for(order)
        counted = {one.status for one in order.shipments if not one.closed and one.status != "CANCELED"}
        stands_for_all = notice.kind is Kind.PARCEL_DELIVERED and counted == {"DELIVERED"}
        is_card = notice.kind is Kind.STATE
        names_ends = stands_for_all or (is_card and notice.status in {"ON_ROUTE", *FINAL})
        takes_back = is_card and (notice.status == "ON_ROUTE" or notice.reverted_from is not None)
        named = {one.key: END_KINDS[one.status] for one in order.shipments if one.status in END_KINDS}
        if not names_ends:  # an answer of any state shows who was given the package
            named = {key: kind for key, kind in named.items() if kind == "assigned" and is_card and notice.is_reply}
        content = CallContent(
            notice.kind.value,
            order.order_id,
            notice.status or "",
            notice.is_reply,
            notice.shipment or "",
            named,
            dict(shown.troubles),
            [one.key for one in order.shipments if takes_back and one.status not in SHIPMENT_ENDS],
        )
        words = json.dumps(asdict(content))
        return Text(words, links=shown.links, troubles=shown.troubles)


class ScriptedTelegram:
    """Telegram: outcomes by chat, one a call, then sent. While `slow`, calls stay on the wire and `land` later."""

    def __init__(self, model: Model, clock: Clock) -> None:
        self.model = model
        self.blocked: set[int] = set()
        self.script: defaultdict[int, deque[str]] = defaultdict(deque)
        self.slow = False
        self.waiting: dict[int, asyncio.Future[str]] = {}
        self.refuse_bot: Callable[[float], Awaitable[None]]  # set by the world
        self._clock = clock
        self._messages = 0
        self._refused: dict[int, bool] = {}  # chats whose text is tried a second time: whether they had asked again

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
        return await self._call(chat_id, text, plain=plain)

    async def edit(self, chat_id: int, message_id: int, text: Text, *, plain: bool = False) -> Outcome:
        return await self._call(chat_id, text, plain=plain)

    def land(self, chat_id: int, outcome: str) -> None:
        """The call that is on the wire to a chat ends."""
        if chat_id in self.waiting:
            self.waiting.pop(chat_id).set_result(outcome)

    def land_all(self, outcome: str = "sent") -> None:
        self.slow = False
        for chat_id in list(self.waiting):
            self.land(chat_id, outcome)

    def cut(self, *, shown: bool) -> None:
        """The process ends while calls are on the wire."""
        for call in self.model.on_the_wire.values():
            self.model.is_unsure(call, shown=shown and call.chat_id not in self.blocked)
        self.waiting.clear()
        self._refused.clear()
        self.model.starts_anew()

    async def _call(self, chat_id: int, text: Text, *, plain: bool) -> Outcome:
        asked = self._refused.pop(chat_id, None)
        call = Call(chat_id, CallContent(**json.loads(text.html)), plain, asked is not None, bool(asked))
        self.model.begins(call, self._clock.now())
        outcome = await self._outcome(chat_id)
        if outcome == WHOLE_BOT:
            await self.refuse_bot(10.0)
        self.model.on_the_wire.pop(chat_id, None)
        return self._end(call, outcome)

    async def _outcome(self, chat_id: int) -> str:
        if self.slow:
            self.waiting[chat_id] = asyncio.get_running_loop().create_future()
            return await self.waiting[chat_id]
        script = self.script[chat_id]
        return script.popleft() if script else "sent"

    def _end(self, call: Call, name: str) -> Outcome:
        outcome = OUTCOMES[name]
        if isinstance(outcome, TargetGone) and (call.again or call.said.kind == "edit"):
            outcome = None  # there is nothing left to do without
        arrives = outcome is None or isinstance(outcome, Malformed | TargetGone)
        if name == "gone" or (call.chat_id in self.blocked and (arrives or name == "shown")):
            self.model.is_gone(call)
            return Gone("bot was blocked by the user")
        match outcome:
            case None:
                self.model.shows(call)
                self._messages += 1
                return Sent(self._messages)
            case RetryAfter(seconds):
                self.model.must_wait(call.chat_id, seconds, self._clock.now(), whole_bot=name == WHOLE_BOT)
            case NotSent():
                self.model.is_not_sent(call)
            case Unknown():
                self.model.is_unsure(call, shown=name == "shown")
            case Malformed() if call.plain:
                self.model.is_refused(call)
            case Malformed() | TargetGone():
                self._refused[call.chat_id] = call.asked
        return outcome


class PickPack:
    """The truth, its webhooks on the way, and the API: behind a cache, sometimes down, sometimes without the order."""

    def __init__(self, model: Model, clock: Clock, database: Database, recorder: EventRecorder) -> None:
        self.model = model
        self.clock = clock
        self.database = database
        self.recorder = recorder
        self.mode = "current"
        self.age = 0.0
        self.view = View()
        self.on_the_way: list[StatusChanged] = []
        self.heard: list[StatusChanged] = []
        self.parcels: dict[str, tuple[Parcel, ...]] = {}
        self._times: dict[str, list[tuple[float, OrderSnapshot]]] = {}
        self._shown: dict[str, float] = {}

    @property
    def is_available(self) -> bool:
        return self.mode != "failing"

    @property
    def truth(self) -> dict[str, str]:
        return {order_id: times[-1][1].status for order_id, times in self._times.items()}

    def begin(self, order_id: str, *parcels: Parcel) -> None:
        """There is an order."""
        self.parcels[order_id] = parcels
        self.put(order_id, "PENDING")

    def put(self, order_id: str, status: str) -> None:
        """From now on this is true."""
        services = (
            service(one.status, one.service_id, one.link, courier="Alpha", tracking_id=one.name)
            for one in self.parcels[order_id]
            if one.status is not None
        )
        known = self._times.setdefault(order_id, [])
        known.append((self.clock.now(), OrderSnapshot(HOST, order_id, status, tuple(services))))
        self.model.was_true[order_id].add(status)

    def change_parcel(self, order_id: str, name: str, status: str | None, link: str | None) -> None:
        """One of the packages is elsewhere, or gone."""
        parcels, was = self.parcels[order_id], self.model.parcel_was[order_id].setdefault(name, set())
        self.parcels[order_id] = tuple(
            replace(one, status=status if one.service_id else status or one.status, link=link)
            if one.name == name
            else one
            for one in parcels
        )
        if "DELIVERED" in was and status != "DELIVERED":
            was.add("NOT DELIVERED")
        was.update({status} if status is not None else ())
        self.put(order_id, self.truth[order_id])

    def announce(self, order_id: str, status: str) -> StatusChanged | None:
        """A webhook says what the API does not show yet."""
        old = self.truth[order_id]
        self.model.was_true[order_id].add(status)
        return StatusChanged(HOST, order_id, old, status) if old != status else None

    def walk(self, order_id: str, status: str) -> StatusChanged | None:
        """The order goes to another status; the webhook that says so."""
        old = self.truth[order_id]
        if old == status:
            return None
        self.put(order_id, status)
        return StatusChanged(HOST, order_id, old, status)

    async def deliver(self, event: StatusChanged) -> None:
        self.model.learns(event.order_id)
        self.heard.append(event)
        before = self.believed().get(event.order_id)
        await self.recorder.apply_webhook(event)
        after, knowledge = self.believed().get(event.order_id), self.model.knowledge[event.order_id]
        self.model.judge(event.order_id, knowledge.hears((event.old, event.new), before, after, self.clock.now()))

    async def take_chains(self) -> None:
        """Time goes by, and nobody asks the API."""
        before = self.believed()
        await self.recorder.take_chains()
        for order_id, after in self.believed().items():
            if after != before[order_id]:
                knowledge = self.model.knowledge[order_id]
                self.model.judge(order_id, knowledge.chains(before[order_id], after, self.clock.now()))

    async def look_up(
        self, order_id: str, *, person: int = 0, known: OrderPk | None = None, first: bool = False
    ) -> Order | None:
        """What the poller does with an answer."""
        row = known if known is not None else self.row(order_id)
        before = self.believed().get(order_id)
        if self.mode == "failing":
            if row is not None:
                await self.recorder.apply_failure(row)
            raise UnreachableError("down")
        if self.mode == "not found":
            if row is not None:
                await self.recorder.apply_not_found(NotFound(order_id), sent_at=Ticks(self.clock.now()), known=row)
                self._judge_answer(order_id, None, before)
            return None
        self.model.learns(order_id)
        snapshot = self._snapshot(order_id)
        found = await self.recorder.apply_snapshot(snapshot, sent_at=Ticks(self.clock.now()), known=row)
        self._judge_answer(order_id, snapshot.status, before)
        return found

    def _judge_answer(self, order_id: str, shown: str | None, before: str | None) -> None:
        knowledge, after = self.model.knowledge[order_id], self.believed().get(order_id)
        self.model.judge(order_id, knowledge.is_answered(shown, before, after, self.clock.now()))

    def believed(self) -> dict[str, str]:
        """The status of each order as the store has it."""
        rows = self.database.reader.execute("SELECT order_id, status FROM orders")
        return {row["order_id"]: row["status"] for row in rows}

    def row(self, order_id: str) -> OrderPk | None:
        found = orders.load(self.database.reader, HOST, order_id)
        return found.id if found is not None else None

    def _snapshot(self, order_id: str) -> OrderSnapshot:
        """As it was `age` seconds ago where the mode says so; a cache never goes back behind what it has shown."""
        now = self.clock.now()
        age = min(self.age, CACHE) if self.mode == "stale" else 0.0
        at = max(now - age, self._shown.get(order_id, 0.0))
        self._shown[order_id] = at
        times = self._times[order_id]
        return self.view.of(next((snapshot for since, snapshot in reversed(times) if since <= at), times[0][1]))
