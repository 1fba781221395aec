"""The packages of an order as a shopper counts them, and the lines of a message about them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.tracking.addresses import public_link
from bot.tracking.link_state import LinkState, is_one_promise, link_state
from bot.tracking.model import Kind, Order, Shipment
from bot.tracking.shipping import are_all_delivered, counted_shipments, open_shipments
from bot.tracking.statuses import ON_ROUTE, SHIPMENT_ENDS
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, display_host

MAX_PACKAGES = 20  # listed in one message
_STATUSES_WITH_LINKS = frozenset({ON_ROUTE})  # before it a link shows nothing yet, after it nothing any more
_TROUBLES = {"INCIDENT": Kind.INCIDENT, "ON_HOLD": Kind.HOLD}


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
    def trouble(self) -> Kind | None:
        """The trouble that the package has now: INCIDENT or HOLD."""
        return _TROUBLES.get(self.shipment.status)


def open_packages(order: Order, status: str) -> list[Package]:
    """Return the packages that are not at their end, with links if they may be shown at this status of the order.

    Where the couriers report all of them as delivered and the order does not, all of them.
    """
    shown = {shipment.key for shipment in open_shipments(order.shipments)}
    if are_all_delivered(order.shipments):
        shown = {shipment.key for shipment in order.shipments}
    return [package for package in _all_packages(order, status) if package.shipment.key in shown][:MAX_PACKAGES]


def find_package(order: Order, shipment_key: str | None, status: str) -> Package | None:
    """Return the package of a shipment, whether open or at its end; None if it no longer counts."""
    packages = _all_packages(order, status)
    return next((package for package in packages if package.shipment.key == shipment_key), None)


def _all_packages(order: Order, status: str) -> list[Package]:
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


def _link(shipment: Shipment, status: str) -> str | None:
    return public_link(shipment.link) if shipment.link and status in _STATUSES_WITH_LINKS else None


def link_lines(localizer: Localizer, packages: list[Package]) -> list[Markup]:
    """Say where each package can be followed."""
    return [_link_line(localizer, package) for package in packages if package.link]


def way_lines(localizer: Localizer, order: Order, packages: list[Package], *, promises: bool) -> list[Markup]:
    """Say of an order on its way where each package can be followed, or that its link will appear in this message.

    `promises`: the API can be asked, so that a link may come.
    """
    if promises and is_one_promise(order):
        return [localizer.html("link-later", total=max((package.total for package in packages), default=1))]
    listed = [package for package in packages if package.link or (package.awaits_link and promises)]
    return [*_end_lines(localizer, order), *(_link_line(localizer, package) for package in listed)]


def _end_lines(localizer: Localizer, order: Order) -> list[Markup]:
    """Say of an order on its way which of several packages are at their end, or that all are reported as delivered."""
    counted = counted_shipments(order.shipments)
    if are_all_delivered(counted):
        return [localizer.html("courier-delivered")]
    if len(counted) == 1:
        return []
    return [
        localizer.html("package-ended", n=n, total=len(counted), end=shipment.status.lower())
        for n, shipment in enumerate(counted, 1)
        if shipment.status in SHIPMENT_ENDS
    ][:MAX_PACKAGES]


def _link_line(localizer: Localizer, package: Package) -> Markup:
    courier = package.shipment.courier
    values = {"n": package.n, "total": package.total, "courier": courier, "known": bool(courier)}
    if package.link is None:
        return localizer.html("link-package-later", **values)
    return localizer.html("link-shown", host=display_host(package.link), **values)


def trouble_lines(localizer: Localizer, packages: Iterable[Package]) -> list[Markup]:
    """Name each open incident and hold in a sentence."""
    return [
        localizer.html(f"trouble-{package.trouble}", n=package.n, total=package.total)
        for package in packages
        if package.trouble
    ]


def shown_links(packages: Iterable[Package]) -> tuple[tuple[str, str], ...]:
    """Return what `Text.links` holds: by shipment key, the link as the order has it."""
    return tuple(
        (package.shipment.key, package.shipment.link) for package in packages if package.link and package.shipment.link
    )


def shown_troubles(packages: Iterable[Package]) -> tuple[tuple[str, str], ...]:
    """Return what `Text.troubles` holds: by shipment key, incident or hold."""
    return tuple((package.shipment.key, package.trouble.value) for package in packages if package.trouble)
