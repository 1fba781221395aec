"""Merge what the API shows of an order's shipments into what is known of them, and find what changed. Pure.

A shipment is known by its serviceId, or by its position where it has none. `raw_url` is whatever the courier's
system typed; `link` is what may be shown: a public http(s) address from a snapshot in which the order or this service
was on its way or later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.tracking.addresses import public_link
from bot.tracking.model import Event, HistoryEntry, Kind, Shipment, ShipmentSnapshot, Ticks
from bot.tracking.statuses import LIFTING, SHIPMENT_ENDS, TROUBLES

MISSING_SECONDS = 60.0
NO_STATUS = "UNKNOWN"  # a service without a readable status: no change of what is known
_GROUNDED = frozenset({"CREATED", "PENDING", "ASSIGNED", "CANCELED"})  # a service here carries nothing any more
_LINK_STATUSES = frozenset({"ON_ROUTE", "DELIVERED", "RETURNED"})  # of the order itself


def merge(
    known: Sequence[Shipment], seen: Sequence[ShipmentSnapshot], *, own_status: str, sent_at: Ticks
) -> tuple[Shipment, ...]:
    """Return what is known of the shipments after a snapshot of an order that is at `own_status`."""
    before = {shipment.key: shipment for shipment in known}
    now = dict(zip(_keys(seen), seen, strict=True))
    kept = [
        _merge_one(before[key], now[key], own_status) if key in now else _absent(before[key], sent_at) for key in before
    ]
    first = max((one.position for one in known), default=0) + 1
    fresh = [key for key in now if key not in before]
    added = [_merge_one(_blank(key, position), now[key], own_status) for position, key in enumerate(fresh, first)]
    return (*kept, *added)


def open_shipments(shipments: Iterable[Shipment]) -> list[Shipment]:
    """List those still under way: neither gone from the API nor at their end."""
    return [one for one in shipments if not one.closed and one.status not in SHIPMENT_ENDS]


def counted_shipments(shipments: Iterable[Shipment]) -> list[Shipment]:
    """List those a shopper would count as packages, by position: neither gone from the API nor canceled."""
    counted = [one for one in shipments if not one.closed and one.status != "CANCELED"]
    return sorted(counted, key=lambda one: one.position)


def events(known: Sequence[Shipment], merged: Sequence[Shipment]) -> tuple[Event, ...]:
    """Return what of the change from `known` to `merged` is worth telling, one event a shipment at most."""
    before = {shipment.key: shipment.status for shipment in known}
    kinds = ((one.key, _event(before.get(one.key), one, merged)) for one in merged)
    return tuple(Event(kind, key) for key, kind in kinds if kind is not None)


def history(known: Sequence[Shipment], merged: Sequence[Shipment]) -> tuple[HistoryEntry, ...]:
    """Return a line for each shipment that appeared, changed or is gone, and for each link that is new or changed."""
    before = {shipment.key: shipment for shipment in known}
    return tuple(line for one in merged for line in _lines(before.get(one.key), one))


def _lines(old: Shipment | None, new: Shipment) -> Iterable[HistoryEntry]:
    if old is None or old.status != new.status:
        yield HistoryEntry("service", old.status if old else None, new.status, new.key)
    if new.closed and not (old and old.closed):
        yield HistoryEntry("service", new.status, "MISSING", new.key)
    if new.link and (old is None or old.link != new.link):
        yield HistoryEntry("link", None, None, new.key)


def _event(old: str | None, shipment: Shipment, merged: Sequence[Shipment]) -> Kind | None:
    new = shipment.status
    if old == new or shipment.closed:
        return None
    if new in TROUBLES:
        return Kind.INCIDENT if new == "INCIDENT" else Kind.HOLD
    others_open = any(one.key != shipment.key for one in open_shipments(merged))
    if new in {"DELIVERED", "RETURNED"} and others_open:
        return Kind.PARCEL_DELIVERED if new == "DELIVERED" else Kind.PARCEL_RETURNED
    if old in TROUBLES:
        # a service that was given up or came back is no solution; the order's own status tells its end
        return None if new in {"CANCELED", "RETURNED"} else Kind.SOLVED
    return Kind.ASSIGNED if new == "ASSIGNED" else None


def _keys(seen: Sequence[ShipmentSnapshot]) -> list[str]:
    keys: list[str] = []
    for position, one in enumerate(seen, 1):
        key = one.service_id or f"#{position}"
        keys.append(key if key not in keys else f"{key}#{position}")
    return keys


def _blank(key: str, position: int) -> Shipment:
    return Shipment(key=key, position=position, status="")


def _merge_one(known: Shipment, seen: ShipmentSnapshot, own_status: str) -> Shipment:
    status = known.status or seen.status if seen.status == NO_STATUS else seen.status
    changed = status != known.status
    lifts = (known.implies_on_route or (changed and status in LIFTING)) and status not in _GROUNDED
    raw_url = seen.tracking_url or known.raw_url
    may_show = own_status in _LINK_STATUSES or status in LIFTING | {"DELIVERED", "RETURNED"} or lifts
    link = public_link(seen.tracking_url) if may_show and seen.tracking_url else None
    return replace(
        known,
        status=status,
        courier=seen.courier or known.courier,
        vehicle=seen.vehicle or known.vehicle,
        raw_url=raw_url,
        link=link or known.link,
        created_at=seen.created_at or known.created_at,
        tracking_id=seen.tracking_id or known.tracking_id,
        tracking_status=seen.tracking_status or known.tracking_status,
        implies_on_route=lifts,
        missing_since=None,
        closed=False,
    )


def _absent(known: Shipment, sent_at: Ticks) -> Shipment:
    """Close a shipment that is missing from two GETs a cache's time apart: once may be a hiccup."""
    since = known.missing_since if known.missing_since is not None else sent_at
    return replace(known, missing_since=since, closed=known.closed or sent_at - since >= MISSING_SECONDS)
