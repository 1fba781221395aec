"""The packages of an order as a shopper counts them, and the lines of a card about them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.tracking.addresses import public_link
from bot.tracking.lead import News
from bot.tracking.link_state import LinkState, link_state
from bot.tracking.model import Order, Shipment
from bot.tracking.shipping import are_all_delivered, counted_shipments, open_shipments
from bot.tracking.statuses import IMPLYING_ON_ROUTE, ON_ROUTE

MAX_PACKAGES = 20  # listed in one message
_STATUSES_WITH_LINKS = frozenset({ON_ROUTE})  # before it a link shows nothing yet, after it nothing any more
_TROUBLES = {"INCIDENT": News.INCIDENT, "ON_HOLD": News.HOLD}  # the worse one first
_HOW_IT_STANDS = {
    **dict.fromkeys(IMPLYING_ON_ROUTE, "on-its-way"),
    "ASSIGNED": "waiting",
    "DELIVERED": "delivered",
    "RETURNED": "returned",
    "INCIDENT": "incident",
    "ON_HOLD": "hold",
}

PACKAGE_ENDS = frozenset({"delivered", "returned"})


@dataclass(frozen=True, slots=True)
class Package:
    """A shipment as a shopper counts it: package `n` of `total`. `link` is set only if it may be shown.

    `awaits_link`: its link may still come.
    """

    shipment: Shipment
    n: int
    total: int
    link: str | None
    awaits_link: bool

    @property
    def trouble(self) -> News | None:
        """The trouble that the package has now."""
        return _TROUBLES.get(self.shipment.status)

    @property
    def how_it_stands(self) -> str:
        """What `$is` of the message `package` is."""
        return _HOW_IT_STANDS.get(self.shipment.status, "other")


def all_packages(order: Order, status: str) -> list[Package]:
    """Return the packages with their links, if these may be shown at this status of the order."""
    counted = counted_shipments(order.shipments)
    return [
        Package(
            shipment,
            n,
            len(counted),
            _link(shipment, status),
            awaits_link=link_state(shipment, order.confirmed_at) is LinkState.AWAITED,
        )
        for n, shipment in enumerate(counted, 1)
    ]


def open_packages(order: Order, status: str) -> list[Package]:
    """Return the packages that are not at their end.

    Where the couriers report all of them as delivered and the order does not, all of them.
    """
    shown = {shipment.key for shipment in open_shipments(order.shipments)}
    if are_all_delivered(order.shipments):
        shown = {shipment.key for shipment in order.shipments}
    return [package for package in all_packages(order, status) if package.shipment.key in shown]


def worst_trouble(packages: Iterable[Package]) -> Package | None:
    """Return the first package with an incident, else the first that is on hold."""
    worst = list(_TROUBLES.values())
    troubled = [package for package in packages if package.trouble]
    return min(troubled, key=lambda one: worst.index(one.trouble or News.HOLD), default=None)


def _link(shipment: Shipment, status: str) -> str | None:
    return public_link(shipment.link) if shipment.link and status in _STATUSES_WITH_LINKS else None
