"""Decide what is to be expected of a package's tracking link: shown, still to come, not to come, or unreadable. Pure.

A link is promised only while one can still come. A courier gives it when it collects the package, or when its own
system first sees it, which is the same day: one that has given none in LINK_AWAITED_FOR gives none at all.
"""

from enum import StrEnum

from bot.tracking.addresses import is_placeholder, public_link
from bot.tracking.model import Order, Shipment, Ticks
from bot.tracking.shipping import counted_shipments
from bot.tracking.statuses import SHIPMENT_ENDS

LINK_AWAITED_FOR = 86_400.0


class LinkState(StrEnum):
    """What is to be said of a shipment's link."""

    SHOWN = "shown"
    AWAITED = "awaited"
    NOT_TO_COME = "not-to-come"
    UNREADABLE = "unreadable"


def link_state(shipment: Shipment, asked_at: Ticks | None) -> LinkState:
    """Return the state of a shipment's link; `asked_at`: when the last GET was sent whose answer was taken."""
    if shipment.closed or shipment.status == "CANCELED":
        return LinkState.NOT_TO_COME
    if shipment.link:
        return LinkState.SHOWN
    if is_unreadable(shipment.raw_url):
        return LinkState.UNREADABLE
    if shipment.status in SHIPMENT_ENDS or (shipment.raw_url is not None and is_placeholder(shipment.raw_url)):
        return LinkState.NOT_TO_COME
    since = shipment.linkless_since
    too_long = since is not None and asked_at is not None and asked_at - since >= LINK_AWAITED_FOR
    return LinkState.NOT_TO_COME if too_long else LinkState.AWAITED


def is_unreadable(raw_url: str | None) -> bool:
    """Return whether this says something that is no link which may be shown."""
    return raw_url is not None and not is_placeholder(raw_url) and public_link(raw_url) is None


def awaits_link(order: Order) -> bool:
    """Return whether a link may still come: for a shipment that has none, or for one that the API does not show yet."""
    if order.shipments:
        return any(link_state(one, order.confirmed_at) is LinkState.AWAITED for one in order.shipments)
    if order.confirmed_at is None or order.changed_at is None:
        return True
    return order.confirmed_at - order.changed_at < LINK_AWAITED_FOR


def held_links(order: Order) -> dict[str, str]:
    """Return the links that hold, by shipment key: none of a service that was given up or is gone from the API."""
    return {one.key: one.link for one in counted_shipments(order.shipments) if one.link}
