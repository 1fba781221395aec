"""Merge what the API shows of an order's shipments into what is known of them. Pure.

`raw_url` is whatever the courier's system typed; `link` is what may be shown: a public http(s) address from a snapshot
in which the order or this service was on its way or later, as long as it holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import count

from bot.tracking.addresses import is_placeholder, public_link
from bot.tracking.events import ShipmentSnapshot
from bot.tracking.model import HistoryEntry, Order, Shipment, Ticks
from bot.tracking.service_identity import NO_STATUS, courier_name, match
from bot.tracking.statuses import IMPLYING_ON_ROUTE, ON_ROUTE, SHIPMENT_ENDS, WAITING_FOR_PICKUP, is_further, look_up

MISSING_SECONDS = 60.0  # a cache's time: what is missing from two GETs so far apart is gone, once may be a hiccup
RESTLESS_FROM = 5  # gone services: an order that has so many gives its packages other ids all the time
RESTLESS_TIMES = 3  # at which those were gone: all the couriers of many packages may be replaced at once
MOST_GONE = 20  # kept of an order's services that are gone, or more where it has many packages
_GROUNDED = frozenset({"CREATED", "PENDING", "ASSIGNED", "CANCELED"})  # a service here carries nothing any more
_LINK_STATUSES = frozenset({"ON_ROUTE", "DELIVERED", "RETURNED"})  # of the order itself


class PackagesEnd(StrEnum):
    """How the couriers report that no package of an order is under way any more."""

    DELIVERED = "delivered"
    RETURNED = "returned"
    PARTLY = "partly"  # some are delivered, the others went back


class PickupDoubt(StrEnum):
    """Why an order that is ready for pickup may not be there yet, by what its couriers report."""

    PART = "part"  # only some of its packages are there
    UNREPORTED = "unreported"  # none is, and a courier has some


def merge(
    known: Sequence[Shipment], seen: Sequence[ShipmentSnapshot], *, own_status: str, sent_at: Ticks
) -> tuple[Shipment, ...]:
    """Return what is known of the shipments after a snapshot of an order that is at `own_status`."""
    matching, at_once = match(known, seen), is_restless(known)
    links = {service.tracking_url for service in seen}
    merged: list[Shipment] = []
    for one in known:
        if one.key in matching.unclear:
            merged.append(one if one.raw_url in links else _linkless(one, sent_at))
        elif one.key in matching.pairs:
            merged.append(_merge_one(one, matching.pairs[one.key], own_status, sent_at))
        else:
            merged.append(_absent(one, sent_at, at_once=at_once))
    for service in matching.new:
        merged.append(_merge_one(_blank(service, merged), service, own_status, sent_at))
    return _without_oldest_gone(merged)


def is_restless(shipments: Iterable[Shipment]) -> bool:
    """Return whether so many services are gone that a new one is hardly ever a new package.

    Then little is said of single packages: only what has lasted, and no link is the first one of a package.
    """
    gone = [one.missing_since for one in shipments if one.closed]
    return len(gone) >= RESTLESS_FROM and len(set(gone)) >= RESTLESS_TIMES


def _without_oldest_gone(shipments: Sequence[Shipment]) -> tuple[Shipment, ...]:
    """Forget those that have been gone for longest. The last place stays taken, so that no name is given twice."""
    last = max((one.position for one in shipments), default=0)
    gone = sorted((one for one in shipments if one.closed), key=lambda one: (one.missing_since or 0.0, one.position))
    most = max(MOST_GONE, RESTLESS_TIMES * (len(shipments) - len(gone)))
    forgotten = {one.key for one in gone[:-most] if one.position != last}
    return tuple(one for one in shipments if one.key not in forgotten)


def open_shipments(shipments: Iterable[Shipment]) -> list[Shipment]:
    """List those still under way: neither gone from the API nor at their end."""
    return [one for one in shipments if not one.closed and one.status not in SHIPMENT_ENDS]


def counted_shipments(shipments: Iterable[Shipment]) -> list[Shipment]:
    """List those a shopper would count as packages, by position: neither gone from the API nor canceled."""
    counted = [one for one in shipments if not one.closed and one.status != "CANCELED"]
    return sorted(counted, key=lambda one: one.position)


def is_any_missing(shipments: Iterable[Shipment]) -> bool:
    """Return whether one of the packages was missing from the last answer, and may be gone."""
    return any(one.missing_since is not None for one in counted_shipments(shipments))


def are_all_delivered(shipments: Iterable[Shipment]) -> bool:
    """Return whether the couriers report each package as delivered."""
    counted = counted_shipments(shipments)
    return bool(counted) and all(one.status == "DELIVERED" for one in counted)


def packages_end(order: Order, status: str) -> PackagesEnd | None:
    """Return how all packages ended, where the order itself goes on; None while one is under way.

    What is ready for pickup was delivered to that place: it is at its end only where all of it went back.
    """
    ends = {one.status for one in counted_shipments(order.shipments)}
    if status == WAITING_FOR_PICKUP:
        return PackagesEnd.RETURNED if ends == {"RETURNED"} else None
    if status != ON_ROUTE or not ends or not ends <= SHIPMENT_ENDS:
        return None
    return PackagesEnd.PARTLY if len(ends) > 1 else PackagesEnd(ends.pop().lower())


def packages_there(order: Order, status: str) -> int:
    """Return how many packages the couriers report at the place where the shopper picks them up."""
    delivered = [one for one in counted_shipments(order.shipments) if one.status == "DELIVERED"]
    return len(delivered) if status == WAITING_FOR_PICKUP else 0


def pickup_doubt(order: Order, status: str) -> PickupDoubt | None:
    """Return why whoever fetches the order should ask first: nobody must travel for half of it, or for nothing."""
    if status != WAITING_FOR_PICKUP:
        return None
    if there := packages_there(order, status):
        return PickupDoubt.PART if there < len(counted_shipments(order.shipments)) else None
    away = any(one.implies_on_route or one.status in IMPLYING_ON_ROUTE for one in open_shipments(order.shipments))
    return PickupDoubt.UNREPORTED if away else None


def courier_ahead(order: Order) -> str | None:
    """Return what the couriers report where it is further on than the order: on its way, or at the end.

    An order that is ready for pickup was brought to that place: its end is the shopper's to make.
    """
    row, counted = look_up(order.status or ""), counted_shipments(order.shipments)
    if row.final or order.status == WAITING_FOR_PICKUP or not counted:
        return None
    ends = {one.status for one in counted}
    if ends <= SHIPMENT_ENDS:
        return "DELIVERED" if "DELIVERED" in ends else "RETURNED"
    lifted = any(one.implies_on_route for one in counted)
    return ON_ROUTE if lifted and is_further(ON_ROUTE, row.name) else None


def history(known: Sequence[Shipment], merged: Sequence[Shipment]) -> tuple[HistoryEntry, ...]:
    """Return a line for each shipment that appeared, changed or is gone, and for each link that changed or is gone.

    Of services that come and go all the time there is nothing to remember.
    """
    before = {shipment.key: shipment for shipment in known}
    restless = is_restless(known)
    told = (one for one in merged if not (restless and (one.key not in before or one.closed)))
    return tuple(line for one in told for line in _lines(before.get(one.key), one))


def _lines(old: Shipment | None, new: Shipment) -> Iterable[HistoryEntry]:
    if old is None or old.status != new.status:
        yield HistoryEntry("service", old.status if old else None, new.status, new.key)
    if new.closed and not (old and old.closed):
        yield HistoryEntry("service", new.status, "MISSING", new.key)
    if new.link and (old is None or old.link != new.link):
        yield HistoryEntry("link", None, None, new.key)
    if old is not None and old.link and not new.link:
        yield HistoryEntry("link", None, "WITHDRAWN", new.key)


def _blank(service: ShipmentSnapshot, others: Sequence[Shipment]) -> Shipment:
    """Return a shipment of which only its key, its id and its place among the others are known."""
    position = max((one.position for one in others), default=0) + 1
    taken = {one.key for one in others}
    free = next(key for key in (f"#{number}" for number in count(position)) if key not in taken)
    named = service.service_id is not None and service.service_id not in taken and service.service_id[:1] != "#"
    key = service.service_id if named and service.service_id else free
    return Shipment(key=key, position=position, status="", service_id=service.service_id)


def _merge_one(known: Shipment, seen: ShipmentSnapshot, own_status: str, sent_at: Ticks) -> Shipment:
    status = known.status or seen.status if seen.status == NO_STATUS else seen.status
    changed = status != known.status
    implies = (known.implies_on_route or (changed and status in IMPLYING_ON_ROUTE)) and not _is_grounded(
        known, status, sent_at
    )
    may_show = own_status in _LINK_STATUSES or status in IMPLYING_ON_ROUTE | {"DELIVERED", "RETURNED"} or implies
    merged = replace(
        known,
        status=status,
        status_at=sent_at if changed or known.status_at is None else known.status_at,
        service_id=seen.service_id or known.service_id,
        courier=_courier(known, seen),
        vehicle=seen.vehicle or known.vehicle,
        created_at=seen.created_at or known.created_at,
        tracking_id=seen.tracking_id or known.tracking_id,
        tracking_status=seen.tracking_status or known.tracking_status,
        implies_on_route=implies,
        missing_since=None,
        closed=False,
    )
    return _with_link(known, merged, seen, may_show=may_show, sent_at=sent_at)


def _courier(known: Shipment, seen: ShipmentSnapshot) -> str | None:
    """Return the courier as it was spelled first: another spelling is no other courier."""
    is_same = courier_name(known.courier) == courier_name(seen.courier)
    return known.courier if is_same else seen.courier or known.courier


def _is_grounded(known: Shipment, status: str, sent_at: Ticks) -> bool:
    """Return whether the service carries nothing any more: two GETs a cache's time apart say so, or it was gone."""
    if known.closed and status in _GROUNDED:
        return True
    if status not in _GROUNDED or status != known.status or known.status_at is None:
        return False
    return sent_at - known.status_at >= MISSING_SECONDS


def _with_link(
    known: Shipment, merged: Shipment, seen: ShipmentSnapshot, *, may_show: bool, sent_at: Ticks
) -> Shipment:
    """Take the link that the API shows; let go of one that it has not shown for MISSING_SECONDS.

    A link of another courier, and one of a service that was given up, leads nowhere from this moment on.
    """
    raw_url = seen.tracking_url
    shown = None if raw_url is None or is_placeholder(raw_url) else public_link(raw_url)
    gone = merged.status == "CANCELED" or (known.courier is not None and known.courier != merged.courier)
    held = None if gone else known.link
    if shown is not None:
        link = shown if may_show and merged.status != "CANCELED" else held if held == shown else None
        return replace(merged, raw_url=raw_url, link=link, linkless_since=None)
    since = known.linkless_since if known.linkless_since is not None else sent_at if may_show or held else None
    withdrawn = gone or (since is not None and sent_at - since >= MISSING_SECONDS)
    return replace(
        merged,
        raw_url=raw_url if raw_url is not None or withdrawn else known.raw_url,
        link=None if withdrawn else held,
        linkless_since=since,
    )


def _linkless(known: Shipment, sent_at: Ticks) -> Shipment:
    """Let go of a link that no service shows: whichever service the shipment is, it has none, or another."""
    if known.raw_url is None:
        return known
    since = known.linkless_since if known.linkless_since is not None else sent_at
    if sent_at - since < MISSING_SECONDS:
        return replace(known, linkless_since=since)
    return replace(known, raw_url=None, link=None, linkless_since=since if known.link is not None else None)


def _absent(known: Shipment, sent_at: Ticks, *, at_once: bool) -> Shipment:
    """Close a shipment that is missing from two GETs a cache's time apart: once may be a hiccup."""
    since = known.missing_since if known.missing_since is not None else sent_at
    closed = known.closed or at_once or sent_at - since >= MISSING_SECONDS
    return replace(known, missing_since=since, closed=closed)
