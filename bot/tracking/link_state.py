"""Decide what is to be expected of a package's tracking link: shown, still to come, not to come, or unreadable. Pure.

A link is promised only while one can still come. A courier gives it when it collects the package, or when its own
system first sees it, which is the same day: one that has given none in LINK_AWAITED_FOR gives none at all.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.tracking.addresses import is_placeholder, public_link
from bot.tracking.model import Order, Shipment, Ticks
from bot.tracking.shipping import are_all_delivered, counted_shipments
from bot.tracking.statuses import ON_ROUTE, SHIPMENT_ENDS

LINK_AWAITED_FOR = 86_400.0
_ALL, _END = "*", "="  # what `said_of_packages` says of all of them
_LATER = "later"
_KNOWN = ""  # that it is known what was said, also where it was nothing
_LINK = "link "  # before the key of a shipment: the link itself


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


def said_of_packages(order: Order, status: str | None) -> dict[str, str]:
    """Return what a state message says of the packages: which of how many, whose, with which link, promised or not.

    By shipment key, or by a sign of its own where one line stands for all packages.
    """
    if status != ON_ROUTE:
        return {}
    counted = counted_shipments(order.shipments)
    said = {_KNOWN: ""} | {f"{_LINK}{key}": link for key, link in held_links(order).items()}
    said |= {_END: "delivered"} if are_all_delivered(counted) else {}
    if is_one_promise(order):
        return said | {_ALL: f"{_LATER} {len(counted)}"}
    for number, one in enumerate(counted, 1):
        promise = _LATER if link_state(one, order.confirmed_at) is LinkState.AWAITED else ""
        what = f"{_END} {one.status}" if one.status in SHIPMENT_ENDS else f"{one.courier or ''} {promise}"
        said[one.key] = f"{number}/{len(counted)} {what}"
    return said


def shown_links(said: Mapping[str, str]) -> dict[str, str]:
    """Return the links in what a message says of the packages, by shipment key."""
    return {key.removeprefix(_LINK): link for key, link in said.items() if key.startswith(_LINK)}


def is_one_promise(order: Order) -> bool:
    """Return whether one sentence stands for the links of all packages: all of them may still come."""
    counted = counted_shipments(order.shipments)
    return awaits_link(order) and all(link_state(one, order.confirmed_at) is LinkState.AWAITED for one in counted)


def is_outdated(shown: Mapping[str, str], order: Order, status: str | None) -> bool:
    """Return whether a message that said this of the packages says something that no longer holds, links apart.

    That a package has arrived is told in a message of its own, and its link stays where it is.
    """
    if not shown:
        return False  # nobody knows what it said
    shown, now = _without_links(shown), _without_links(said_of_packages(order, status))
    ended = {one.key for one in counted_shipments(order.shipments) if one.status in SHIPMENT_ENDS}
    if sorted(shown.values()) == sorted(now.values()):
        return False  # the same words of services that have other names now
    differing = {key for key in {*shown, *now} if shown.get(key) != now.get(key)}
    kept = {key for key in ended if not {_LATER, _END} & {*shown.get(key, "").split()}}
    return bool(differing - kept - ({_END} - shown.keys()))


def _without_links(said: Mapping[str, str]) -> dict[str, str]:
    return {key: words for key, words in said.items() if key != _KNOWN and not key.startswith(_LINK)}
