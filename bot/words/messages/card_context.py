"""What the lines of a message about an order depend on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.tracking.card_content import CardContent
from bot.tracking.deciding import effective_status
from bot.tracking.model import Chat, Notice, Order, Receipt, Subscription
from bot.tracking.service_identity import courier_name
from bot.tracking.shipping import PackagesEnd, PickupDoubt, packages_end, packages_there, pickup_doubt
from bot.tracking.statuses import DELIVERED, WAITING_FOR_PICKUP, look_up
from bot.words.fluent import emoji
from bot.words.fluent.localizer import Localizer
from bot.words.fluent.times import clock_time, relative_time_tag
from bot.words.html.escaping import Markup
from bot.words.messages.packages import Package, all_packages, open_packages, worst_trouble


@dataclass(frozen=True)
class CardContext:
    """One order, for one chat. `now` is wall time; `items_for` says who may see item names.

    What every line asks for is found once.
    """

    localizer: Localizer
    notice: Notice
    order: Order
    subscription: Subscription | None
    chat: Chat
    now: float
    items_for: str
    content: CardContent

    @cached_property
    def status(self) -> str:
        """The effective status that the message shows."""
        return self.notice.status or effective_status(self.order) or ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to the order."""
        return look_up(self.status).final

    @property
    def is_private(self) -> bool:
        """Whether one person reads it; a group is shown nothing that is personal."""
        return self.chat.kind == "private"

    @cached_property
    def label(self) -> str | None:
        """What this person calls the order."""
        return self.subscription.label if self.subscription and self.is_private else None

    @property
    def name(self) -> Markup:
        """What the order is called in this chat."""
        return self.localizer.order_name(self.order.order_id, self.label)

    @property
    def receipt(self) -> Receipt | None:
        """What was answered to "delivered", as long as it is."""
        return self.subscription.receipt if self.subscription and self.status == DELIVERED else None

    @cached_property
    def picked_up(self) -> bool:
        """Whether the order was delivered by being picked up at the store."""
        return self.status == DELIVERED and self.was_ready

    @cached_property
    def was_ready(self) -> bool:
        """Whether the order was ready for pickup before."""
        before = {self.order.previous, self.content.lead.reverted_from}
        return self.order.for_pickup or WAITING_FOR_PICKUP in before

    @cached_property
    def for_pickup(self) -> bool:
        """Whether packages are brought to where the shopper picks them up."""
        return self.status == WAITING_FOR_PICKUP or self.order.for_pickup or self.picked_up

    @cached_property
    def packages(self) -> list[Package]:
        """All packages that a shopper counts."""
        return all_packages(self.order, self.status)

    @cached_property
    def open_packages(self) -> list[Package]:
        """The packages that may have a link."""
        return open_packages(self.order, self.status)

    @property
    def trouble(self) -> Package | None:
        """The package in the worst trouble, which leads; None if there is none, or the order is over."""
        return None if self.is_over else worst_trouble(self.packages)

    @cached_property
    def packages_there(self) -> int:
        """How many packages the couriers report at the pickup place."""
        return packages_there(self.order, self.status)

    @cached_property
    def pickup_doubt(self) -> PickupDoubt | None:
        """Why somebody who goes to fetch the order should ask the store first."""
        return pickup_doubt(self.order, self.status)

    @property
    def is_partly_there(self) -> bool:
        """Whether the couriers report only a part of the order at the pickup place."""
        return self.pickup_doubt is PickupDoubt.PART

    @property
    def is_unreported(self) -> bool:
        """Whether a courier has the order that is ready for pickup, and reports nothing of it at the pickup place."""
        return self.pickup_doubt is PickupDoubt.UNREPORTED

    @property
    def says_by_store(self) -> bool:
        """Whether only the store's notices say what the status is: its system could not be asked."""
        return self.order.by_chain and self.status == self.order.status

    @cached_property
    def packages_end(self) -> PackagesEnd | None:
        """How the couriers report the end of all packages, where the order itself goes on."""
        return packages_end(self.order, self.status)

    def html(self, key: str, package: Package | None = None, /, **values: object) -> Markup:
        """Format a message with the values that every message about an order may use, and these."""
        return self.localizer.html(key, **{**self._values(package), **values})

    def clock(self, wall: float) -> Markup:
        """Format a time of the past as a clock in the store's zone."""
        return clock_time(wall, self.localizer.locale, self.localizer.store.timezone, now=self.now)

    def relative_time(self, wall: float) -> Markup:
        """Format a time of the past as "2 minutes ago"."""
        return relative_time_tag(wall, self.localizer.locale, self.localizer.store.timezone, now=self.now)

    def _values(self, package: Package | None) -> dict[str, object]:
        packages = self.packages
        one = package or (packages[0] if len(packages) == 1 else None)
        courier = one.shipment.courier if one else None
        return {**self._order_values, "n": one.n if one else 1, "courier": courier, "known": bool(courier)}

    @cached_property
    def _order_values(self) -> Mapping[str, object]:
        couriers = {courier_name(package.shipment.courier) for package in self.packages} - {None}
        return {
            "number": self.order.order_id,
            "label": self.label,
            "labelled": bool(self.label),
            "emoji": emoji.of_status(self.status),
            "state": self.localizer.status_phrase(self.status, picked_up=self.picked_up),
            "total": max(1, len(self.packages)),
            "couriers": "several" if len(couriers) > 1 else "one",
        }
