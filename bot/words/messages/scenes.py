"""What each kind of notice says: the lines of its text, in their order."""

from dataclasses import dataclass
from typing import Any

from bot.tracking.deciding import effective
from bot.tracking.model import Chat, Item, Kind, Notice, Order, Subscription
from bot.tracking.statuses import DELIVERED, WAITING_FOR_PICKUP, Stage, look_up
from bot.words.fluent import emoji
from bot.words.fluent.voice import Voice
from bot.words.html.escaping import Markup, escaped
from bot.words.messages import cards
from bot.words.messages.cards import Package

_MOST_ITEMS = 5
_ITEM_LIMIT = 40
_MOST_OF_ONE = 1e6  # more of one item than that is no quantity but a mistake
_STAGES_WITH_ITEMS = frozenset({Stage.ON_ITS_WAY, Stage.READY_FOR_PICKUP})


@dataclass(frozen=True, slots=True)
class Scene:
    """One notice about one order, for one chat: everything its lines may look at. `now` is wall time."""

    voice: Voice
    notice: Notice
    order: Order
    subscription: Subscription | None
    chat: Chat
    now: float
    items_for: str

    @property
    def status(self) -> str:
        """The effective status that the notice is about."""
        return self.notice.status or effective(self.order) or ""

    @property
    def label(self) -> str | None:
        """What this chat calls the order."""
        return self.subscription.label if self.subscription else None

    @property
    def collected(self) -> bool:
        """Delivered, but by the shopper's own hands."""
        before = {self.order.previous, self.notice.back_from}
        return self.status == DELIVERED and (self.order.for_pickup or WAITING_FOR_PICKUP in before)

    @property
    def package(self) -> Package | None:
        """The one that the notice is about."""
        return cards.package_of(self.order, self.notice.shipment, self.status)

    def about(self) -> dict[str, Any]:
        """The arguments that every text about an order may use."""
        package = self.package
        courier = package.shipment.courier if package else None
        return {
            "number": self.order.order_id,
            "label": self.label,
            "labelled": bool(self.label),
            "emoji": emoji.of_status(self.status),
            "state": self.voice.short(self.status, collected=self.collected),
            "n": package.n if package else 1,
            "total": package.total if package else 1,
            "courier": courier,
            "known": bool(courier),
        }

    def say(self, key: str, **values: object) -> Markup:
        """A line about this order."""
        return self.voice.line(key, **{**self.about(), **values})


def state_lines(scene: Scene) -> list[Markup]:
    """What happened, what it means, then courier, links, troubles, items; the time last."""
    shown = cards.packages(scene.order, scene.status)
    return [
        _told(scene),
        *cards.trouble_lines(scene.voice, shown),
        *cards.link_lines(scene.voice, shown, status=scene.status),
        *_courier(scene, shown),
        *_items(scene),
        *_age(scene),
        *_following(scene),
        *_time(scene),
    ]


def event_lines(scene: Scene) -> list[Markup]:
    """Something about one shipment, and where the packages that are still open can be followed."""
    shown = cards.packages(scene.order, scene.status)
    kind = scene.notice.kind
    if kind in {Kind.INCIDENT, Kind.HOLD, Kind.SOLVED, Kind.LINK}:
        shown = [one for one in shown if one.shipment.key == scene.notice.shipment]
    shown = [one for one in shown if one.link]
    values: dict[str, object] = {}
    if kind is Kind.SOLVED:
        told = scene.subscription.told_troubles.get(scene.notice.shipment or "") if scene.subscription else None
        values = {"trouble": "hold" if told == Kind.HOLD.value else "incident"}
    return [scene.say(kind.value, **values), *cards.link_lines(scene.voice, shown, status="")]


def shown_packages(scene: Scene) -> list[Package]:
    """The packages whose links this message may show, as text or as buttons."""
    return cards.packages(scene.order, scene.status)


def _told(scene: Scene) -> Markup:
    back_from = scene.notice.back_from
    if back_from and back_from != scene.status:
        # between two ends there is no earlier and no later: one of them was wrong
        ends = look_up(back_from).final and look_up(scene.status).final
        return scene.say("corrected" if ends else "back", before=scene.voice.short(back_from))
    return scene.say("state-collected" if scene.collected else emoji.state_key(scene.status))


def _courier(scene: Scene, shown: list[Package]) -> list[Markup]:
    """Before it leaves, who will bring it: only where there is one, and it is named."""
    named = [one.shipment.courier for one in shown if one.shipment.courier]
    waits = look_up(scene.status).stage is Stage.AWAITING_COURIER
    return [scene.voice.line("courier", courier=named[0])] if waits and len(shown) == len(named) == 1 else []


def _items(scene: Scene) -> list[Markup]:
    fitting = scene.notice.answer or look_up(scene.status).stage in _STAGES_WITH_ITEMS
    if not scene.order.items or not fitting or not _may_see_items(scene):
        return []
    first = scene.order.items[:_MOST_ITEMS]
    listed = Markup(", ".join(_item(scene.voice, item) for item in first if item.name.strip()))
    return [scene.voice.line("items", items=listed, more=len(scene.order.items) - len(first))] if listed else []


def _may_see_items(scene: Scene) -> bool:
    verified = bool(scene.subscription and scene.subscription.verified)
    allowed = scene.items_for == "all" or (scene.items_for == "links" and verified)
    return allowed and scene.chat.kind == "private"


def _item(voice: Voice, item: Item) -> Markup:
    name = escaped(item.name, _ITEM_LIMIT)
    if item.quantity is None or not 0 < item.quantity < _MOST_OF_ONE or item.quantity == 1:
        return name
    return voice.line("item", quantity=voice.quantity(item.quantity), name=name)


def _age(scene: Scene) -> list[Markup]:
    age = scene.notice.payload.get("stale_age")
    return [scene.voice.line("last-checked", time=scene.now - float(age))] if isinstance(age, int | float) else []


def _following(scene: Scene) -> list[Markup]:
    if not scene.notice.answer or scene.subscription is None or look_up(scene.status).final:
        return []
    level = scene.subscription.level
    return [scene.voice.line(f"following-{level.value}")]


def _time(scene: Scene) -> list[Markup]:
    """Only of the order's own status: when a shipment lifted it, nobody has said since when."""
    if scene.status != scene.order.status:
        return []
    if scene.order.since is not None:
        return [scene.voice.line("time-since", time=scene.order.since)]
    return [scene.voice.line("time-seen", time=scene.order.seen_at)] if scene.order.seen_at is not None else []
