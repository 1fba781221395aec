"""What a card shows of an order, as a fingerprint: a card is out of date exactly where this has changed. Pure."""

import hashlib

from bot.tracking.deciding import effective_status
from bot.tracking.link_state import awaits_link, link_state
from bot.tracking.model import Order, Shipment
from bot.tracking.shipping import counted_shipments
from bot.tracking.statuses import IMPLYING_ON_ROUTE, ON_ROUTE, SHIPMENT_ENDS, TROUBLES, look_up

_LENGTH = 16
_SHOWN = frozenset({"ASSIGNED"}) | TROUBLES | SHIPMENT_ENDS  # of a package; any other looks like one that waits


def order_facts(order: Order) -> str:
    """Return a fingerprint of what a card shows of the order: no repeat, poll or change of a hidden value alters it."""
    state = effective_status(order)
    final = state is not None and look_up(state).final
    packages = counted_shipments(order.shipments)
    facts = (
        state,
        order.by_chain,
        (order.previous, order.for_pickup) if final else None,
        [] if final else [_package(order, one, state) for one in packages],
        state == ON_ROUTE and not packages and awaits_link(order),
        [(one.name, one.quantity) for one in order.items],
    )
    return hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _package(order: Order, shipment: Shipment, state: str | None) -> tuple[str | None, ...]:
    status = ON_ROUTE if shipment.status in IMPLYING_ON_ROUTE else shipment.status
    link = (shipment.link, link_state(shipment, order.confirmed_at).value) if state == ON_ROUTE else (None, None)
    return (status if status in _SHOWN or status == ON_ROUTE else None, shipment.courier, *link)
