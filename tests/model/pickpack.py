"""Pick and Pack as the state machine plays it: what is true, its webhooks, and an API that is not always right."""

from dataclasses import dataclass, replace

from bot.ingest.recorder import EventRecorder
from bot.pickpack.errors import UnreachableError
from bot.store import orders
from bot.store.database import Database
from bot.tracking.events import NotFound, OrderSnapshot, StatusChanged
from bot.tracking.model import Order, OrderPk, Ticks
from tests.builders import HOST, service
from tests.fakes import ManualClock
from tests.model.facts import facts_of
from tests.model.levels import FINAL
from tests.model.model import Model

PARCELS = 2  # of each order
MOMENT = 0.001  # since whatever was before a webhook: of the same instant nobody could say which was first
CACHE = 59.0  # seconds that an answer of the API may be old


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


class PickPack:
    """The truth, its webhooks on the way, and the API: behind a cache, sometimes down, sometimes without the order."""

    def __init__(self, model: Model, clock: ManualClock, database: Database, recorder: EventRecorder) -> None:
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
        self.clock.advance(MOMENT)
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

    def stored(self, order_id: str) -> Order | None:
        """What the bot knows of an order."""
        return orders.load(self.database.reader, HOST, order_id)

    def row(self, order_id: str) -> OrderPk | None:
        found = self.stored(order_id)
        return found.id if found is not None else None

    def facts(self) -> dict[str, str]:
        """What a card of each order is to show."""
        stored = ((order_id, self.stored(order_id)) for order_id in self._times)
        return {order_id: facts_of(found) for order_id, found in stored if found is not None}

    def _snapshot(self, order_id: str) -> OrderSnapshot:
        """As it was `age` seconds ago where the mode says so; a cache never goes back behind what it has shown."""
        now = self.clock.now()
        age = min(self.age, CACHE) if self.mode == "stale" else 0.0
        at = max(now - age, self._shown.get(order_id, 0.0))
        self._shown[order_id] = at
        times = self._times[order_id]
        return self.view.of(next((snapshot for since, snapshot in reversed(times) if since <= at), times[0][1]))

    def incidents(self) -> dict[str, set[str]]:
        """The packages of each order with an incident, where it has not ended and no package has ever been missing."""
        found = {order_id: self.stored(order_id) for order_id in self._times}
        return {
            order_id: {
                one.key
                for one in order.shipments
                if one.status == "INCIDENT" and order.status not in FINAL and not _any_gone(order)
            }
            for order_id, order in found.items()
            if order is not None
        }


def _any_gone(order: Order) -> bool:
    return any(one.closed or one.missing_since is not None for one in order.shipments)
