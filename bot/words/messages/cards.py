"""The parts of a message about an order besides its state: packages, couriers' links, troubles, buttons."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.tracking.model import Kind, Order, Shipment, Subscription
from bot.tracking.shipping import counted_shipments, open_shipments
from bot.tracking.statuses import ON_ROUTE, look_up
from bot.words.callbacks import CallbackAction, callback_button
from bot.words.fluent.voice import Voice, button_label
from bot.words.html.escaping import Markup, public_link, shown_host
from bot.words.texts import COPY_LIMIT, Button, ButtonKind

MOST_PACKAGES = 20  # named in one message
_WITH_LINKS = frozenset({ON_ROUTE})  # before there is nothing to follow, after it nothing to find
_TROUBLES = {"INCIDENT": Kind.INCIDENT, "ON_HOLD": Kind.HOLD}


@dataclass(frozen=True, slots=True)
class Package:
    """A shipment as a shopper counts it: package `n` of `total`; `link` only if it may be shown."""

    shipment: Shipment
    n: int
    total: int
    link: str | None

    @property
    def trouble(self) -> Kind | None:
        """INCIDENT or HOLD, while it stands."""
        return _TROUBLES.get(self.shipment.status)


def packages(order: Order, status: str) -> list[Package]:
    """The open packages of an order at `status`, numbered among all that count; links only from ON_ROUTE on."""
    counted = counted_shipments(order.shipments)
    still_open = {one.key for one in open_shipments(order.shipments)}
    numbered = ((n, one) for n, one in enumerate(counted, 1) if one.key in still_open)
    return [Package(one, n, len(counted), _link(one, status)) for n, one in numbered][:MOST_PACKAGES]


def package_of(order: Order, key: str | None, status: str) -> Package | None:
    """The package of this shipment, open or at its end; None if it is not counted any more."""
    counted = counted_shipments(order.shipments)
    numbered = enumerate(counted, 1)
    return next((Package(one, n, len(counted), _link(one, status)) for n, one in numbered if one.key == key), None)


def link_lines(voice: Voice, shown: Iterable[Package], *, status: str) -> list[Markup]:
    """Where each package can be followed, or that its link will appear in this message."""
    all_shown = list(shown)
    with_link = [one for one in all_shown if one.link]
    if status == ON_ROUTE and not with_link:
        return [voice.line("link-later", total=max((one.total for one in all_shown), default=1))]
    listed = all_shown if status == ON_ROUTE else with_link
    return [_link_line(voice, one) for one in listed]


def trouble_lines(voice: Voice, shown: Iterable[Package]) -> list[Markup]:
    """Each open incident and hold, in a sentence."""
    return [voice.line(f"trouble-{one.trouble}", n=one.n, total=one.total) for one in shown if one.trouble]


def rows(
    voice: Voice, order: Order, subscription: Subscription | None, *, status: str, shown: Iterable[Package]
) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons: each courier's page; copy number and contact; refresh and stop, while there is something to."""
    tracks = [(_track(voice, one),) for one in shown if one.link]
    below = tuple(_copy(voice, order) + contact(voice))
    own = tuple(_own(voice, subscription)) if subscription and not look_up(status).final else ()
    return tuple(row for row in (*tracks, below, own) if row)


def contact(voice: Voice) -> list[Button]:
    """The button to the store, if it named an address that Telegram takes."""
    url = public_link(voice.store.contact_url or "")
    return [Button(voice.plain("button-contact"), ButtonKind.URL, url)] if url else []


def contact_rows(voice: Voice) -> tuple[tuple[Button, ...], ...]:
    """That button as rows, for a message that has no others."""
    button = tuple(contact(voice))
    return (button,) if button else ()


def links_of(shown: Iterable[Package]) -> tuple[tuple[str, str], ...]:
    """What `Text.links` holds: the link as the order has it, by shipment key."""
    return tuple((one.shipment.key, one.shipment.link) for one in shown if one.link and one.shipment.link)


def troubles_of(shown: Iterable[Package]) -> tuple[tuple[str, str], ...]:
    """What `Text.troubles` holds: incident or hold, by shipment key."""
    return tuple((one.shipment.key, one.trouble.value) for one in shown if one.trouble)


def _link(shipment: Shipment, status: str) -> str | None:
    return public_link(shipment.link) if shipment.link and status in _WITH_LINKS else None


def _link_line(voice: Voice, package: Package) -> Markup:
    courier = package.shipment.courier
    place = {"n": package.n, "total": package.total, "courier": courier, "known": bool(courier)}
    if package.link is None:
        return voice.line("link-package-later", **place)
    return voice.line("link-shown", host=shown_host(package.link), **place)


def _track(voice: Voice, package: Package) -> Button:
    assert package.link  # noqa: S101 - the caller has asked
    if package.total == 1:
        label = voice.plain("button-track")
    else:
        courier = package.shipment.courier
        label = voice.plain("button-track-package", n=package.n, courier=courier, known=bool(courier))
    return Button(button_label(label), ButtonKind.URL, package.link)


def _copy(voice: Voice, order: Order) -> list[Button]:
    if not 0 < len(order.order_id) <= COPY_LIMIT:
        return []
    return [Button(voice.plain("button-copy"), ButtonKind.COPY, order.order_id)]


def _own(voice: Voice, subscription: Subscription) -> Iterable[Button]:
    yield callback_button(voice.plain("button-refresh"), CallbackAction.REFRESH, subscription.id)
    yield callback_button(voice.plain("button-stop"), CallbackAction.STOP, subscription.id)
