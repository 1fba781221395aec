"""The text of a notice about an order: the lines for each kind of notice, in order."""

from dataclasses import dataclass

from bot.tracking.deciding import effective_status
from bot.tracking.model import Chat, Item, Kind, Notice, Order, Subscription
from bot.tracking.parcel_news import end_told, last_told
from bot.tracking.shipping import are_all_delivered, counted_shipments, open_shipments
from bot.tracking.statuses import DELIVERED, IMPLYING_ON_ROUTE, ON_ROUTE, WAITING_FOR_PICKUP, Stage, look_up
from bot.words.fluent import emoji
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, escape
from bot.words.messages.packages import Package, find_package, link_lines, open_packages, trouble_lines, way_lines

_MAX_ITEMS = 5
_ITEM_UNITS = 40
_MAX_QUANTITY = 1e6  # a larger quantity of one item is a mistake
_STAGES_WITH_ITEMS = frozenset({Stage.ON_ITS_WAY, Stage.READY_FOR_PICKUP})
RETURNED, CANCELED, IDLE = "RETURNED", "CANCELED", "IDLE"
_OF_TURNS = frozenset({"back", "corrected", "mistaken"})  # these say what was told before
# the later one takes nothing back: a new attempt after a return, the end of what was returned or canceled
_GOES_ON = frozenset(
    {
        (RETURNED, ON_ROUTE),
        (RETURNED, WAITING_FOR_PICKUP),
        (RETURNED, CANCELED),
        (RETURNED, IDLE),
        (CANCELED, IDLE),
        (DELIVERED, IDLE),
    }
)
_ONE_SHIPMENT = frozenset({Kind.INCIDENT, Kind.HOLD, Kind.SOLVED, Kind.PARCEL_MISTAKEN, Kind.LINK})


@dataclass(frozen=True, slots=True)
class MessageContext:
    """Everything that the lines of a message may depend on: one notice about one order, for one chat.

    `now` is wall time.
    """

    localizer: Localizer
    notice: Notice
    order: Order
    subscription: Subscription | None
    chat: Chat
    now: float
    items_for: str

    @property
    def status(self) -> str:
        """The effective status that the notice is about."""
        return self.notice.status or effective_status(self.order) or ""

    @property
    def label(self) -> str | None:
        """What this chat calls the order."""
        return self.subscription.label if self.subscription else None

    @property
    def picked_up(self) -> bool:
        """Whether the order was delivered by being picked up at the store."""
        before = {self.order.previous, self.notice.reverted_from}
        return self.status == DELIVERED and (self.order.for_pickup or WAITING_FOR_PICKUP in before)

    @property
    def packages(self) -> list[Package]:
        """The packages whose links the message may show, in its text and as buttons."""
        return open_packages(self.order, self.status)

    @property
    def own_packages(self) -> list[Package]:
        """The one that the message is about, as long as it is under way."""
        return [package for package in self.packages if package.shipment.key == self.notice.shipment]

    def html(self, key: str, **values: object) -> Markup:
        """Format a message with the values that every message about an order may use, and these."""
        return self.localizer.html(key, **{**self._order_values(), **values})

    def _order_values(self) -> dict[str, object]:
        package = find_package(self.order, self.notice.shipment, self.status)
        courier = package.shipment.courier if package else None
        return {
            "number": self.order.order_id,
            "label": self.label,
            "labelled": bool(self.label),
            "emoji": emoji.of_status(self.status),
            "state": self.localizer.status_phrase(self.status, picked_up=self.picked_up),
            "n": package.n if package else 1,
            "total": package.total if package else 1,
            "courier": courier,
            "known": bool(courier),
        }


def state_lines(context: MessageContext) -> list[Markup]:
    """Say what happened and what it means, then troubles, links, courier, items; the time last."""
    packages = context.packages
    return [
        _state_line(context),
        *_by_store_line(context),
        *trouble_lines(context.localizer, packages),
        *_way_lines(context, packages),
        *_courier_line(context, packages),
        *_items_line(context),
        *_last_checked_line(context),
        *_following_line(context),
        *_time_line(context),
    ]


def event_lines(context: MessageContext) -> list[Markup]:
    """Say what happened to one shipment, and where the packages that it concerns can be followed."""
    kind = context.notice.kind
    packages = context.own_packages if kind in _ONE_SHIPMENT else context.packages
    troubles = trouble_lines(context.localizer, packages) if kind is Kind.PARCEL_MISTAKEN else ()
    return [_news_line(context), *troubles, *link_lines(context.localizer, packages)]


def _news_line(context: MessageContext) -> Markup:
    kind, shipments = context.notice.kind, context.order.shipments
    if kind is Kind.SOLVED:
        return context.html(kind.value, trouble=_solved_trouble(context))
    if kind is Kind.PARCEL_DELIVERED and are_all_delivered(shipments):
        return context.html("all-delivered", total=len(counted_shipments(shipments)))
    if kind is Kind.PARCEL_MISTAKEN:
        return context.html(kind.value, end=_mistaken_end(context), way=_is_on_its_way(context))
    if kind in {Kind.PARCEL_DELIVERED, Kind.PARCEL_RETURNED}:
        return context.html(kind.value, rest=bool(open_shipments(shipments)))
    return context.html(kind.value)


def _solved_trouble(context: MessageContext) -> str:
    """Return what the chat was told about the shipment: hold or incident."""
    told = context.subscription.notified_troubles if context.subscription else {}
    return "hold" if last_told(told, context.notice.shipment or "") == Kind.HOLD.value else "incident"


def _mistaken_end(context: MessageContext) -> str:
    """Return what the chat was told of the package: delivered or returned."""
    told = context.subscription.notified_parcels if context.subscription else {}
    return end_told(told, context.notice.shipment or "") or "delivered"


def _is_on_its_way(context: MessageContext) -> bool:
    return any(package.shipment.status in IMPLYING_ON_ROUTE for package in context.own_packages)


def _way_lines(context: MessageContext, packages: list[Package]) -> list[Markup]:
    if context.status != ON_ROUTE:
        return []
    promises = "api_unusable" not in context.notice.payload
    return way_lines(context.localizer, context.order, packages, promises=promises)


def _state_line(context: MessageContext) -> Markup:
    before = context.notice.reverted_from
    key = _state_key(context, before if before != context.status else None)
    values = {"before": context.localizer.status_phrase(before)} if before and key in _OF_TURNS else {}
    return context.html(key, **values)


def _state_key(context: MessageContext, before: str | None) -> str:
    """Choose the words by what the chat was told before, if that no longer holds, and what is now."""
    status = context.status
    if status == RETURNED and DELIVERED in {before, context.order.previous}:
        return "went-back"
    if before is None or (before, status) in _GOES_ON:
        return "state-collected" if context.picked_up else emoji.state_key(status)
    if not look_up(before).final:
        return "back"
    return "corrected" if look_up(status).final else "mistaken"


def _by_store_line(context: MessageContext) -> list[Markup]:
    """Say whose news it is where only webhooks that fit together have told it."""
    says_so = context.order.by_chain and context.status == context.order.status
    return [context.localizer.html("by-store")] if says_so else []


def _courier_line(context: MessageContext, packages: list[Package]) -> list[Markup]:
    """Name the courier before the order leaves, if there is exactly one package and its courier is known."""
    couriers = [package.shipment.courier for package in packages if package.shipment.courier]
    waits = look_up(context.status).stage is Stage.AWAITING_COURIER
    if waits and len(packages) == len(couriers) == 1:
        return [context.localizer.html("courier", courier=couriers[0])]
    return []


def _items_line(context: MessageContext) -> list[Markup]:
    items = context.order.items
    fits = context.notice.is_reply or look_up(context.status).stage in _STAGES_WITH_ITEMS
    if not items or not fits or not _may_see_items(context):
        return []
    first = items[:_MAX_ITEMS]
    listed = Markup(", ".join(_item(context.localizer, item) for item in first if item.name.strip()))
    return [context.localizer.html("items", items=listed, more=len(items) - len(first))] if listed else []


def _may_see_items(context: MessageContext) -> bool:
    verified = bool(context.subscription and context.subscription.verified)
    allowed = context.items_for == "all" or (context.items_for == "links" and verified)
    return allowed and context.chat.kind == "private"


def _item(localizer: Localizer, item: Item) -> Markup:
    name = escape(item.name, _ITEM_UNITS)
    if item.quantity is None or not 0 < item.quantity < _MAX_QUANTITY or item.quantity == 1:
        return name
    return localizer.html("item", quantity=localizer.quantity(item.quantity), name=name)


def _last_checked_line(context: MessageContext) -> list[Markup]:
    age = context.notice.payload.get("stale_age")
    if not isinstance(age, int | float):
        return []
    return [context.localizer.html("last-checked", time=context.now - float(age))]


def _following_line(context: MessageContext) -> list[Markup]:
    if not context.notice.is_reply or context.subscription is None or look_up(context.status).final:
        return []
    return [context.localizer.html(f"following-{context.subscription.level.value}")]


def _time_line(context: MessageContext) -> list[Markup]:
    """Say since when. A status that only a shipment implies has no known beginning, so it has no such line."""
    order = context.order
    if context.status != order.status:
        return []
    if order.since is not None:
        return [context.localizer.html("time-since", time=order.since)]
    return [context.localizer.html("time-seen", time=order.observed_at)] if order.observed_at is not None else []
