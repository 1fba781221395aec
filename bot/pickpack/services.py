"""Read an order's shipping services and items, in whatever shape and spelling they come. Pure, no I/O.

`agent` can be a person and `evidences` a doorstep photo: neither is ever read. What could not be used is collected as
Refusals, without anything that may be personal.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from bot.pickpack import values
from bot.pickpack.values import MAX_NAME_LENGTH, MAX_STATUS_LENGTH
from bot.tracking.addresses import is_placeholder, public_link
from bot.tracking.events import Refusal, ShipmentSnapshot
from bot.tracking.link_secrets import without_secrets
from bot.tracking.model import Item
from bot.tracking.service_identity import NO_STATUS

MAX_SERVICES = 100
MAX_ITEMS = 500
SHOWN_LENGTH = 60  # of a refused link, in the log

Found = TypeVar("Found")

# the documented name first, then those that VTEX's newer pages and other clients have for the same
_ID = ("serviceid", "shippingserviceid", "id")
_STATUS = ("servicestatus", "status", "shippingstatus", "state")
_COURIER = ("courier", "couriername", "carriername", "carrier", "deliverycompany", "shippingcompany", "provider")
_VEHICLE = ("vehicle", "vehicletype")
_LINK = ("trackingurl", "trackinglink", "trackurl", "tracklink", "urltracking", "linktracking", "url", "link")
_CREATED = ("createdat", "creationdate", "createddate", "created")
_TRACKING_ID = ("trackingid", "trackingnumber", "trackingcode")
_TRACKING_STATUS = ("trackingstatus",)
_LINK_OF_SHIPPING = _LINK[:6]  # `url` may be another thing's there
_ITEM_NAME = ("name", "productname", "itemname")
_SERVICES = ("services", "shippingservices", "service")
_OF_SERVICES = frozenset((*_ID, *_STATUS, *_COURIER, *_LINK))
_OF_SHIPPING = _OF_SERVICES | {*_SERVICES, *_TRACKING_ID, *_TRACKING_STATUS}
_OF_ITEMS = frozenset({"name", "quantity", "id", "refid", "ean", "productname", "itemname"})


def shipments(data: dict[str, Any], refused: list[Refusal]) -> Iterator[ShipmentSnapshot]:
    """Yield the order's shipments, two with one id too: which is which is decided where they are compared."""
    for key, service, shipping in list(_services(data, refused))[:MAX_SERVICES]:
        yield _shipment(service, key, shipping, refused)


def items(data: dict[str, Any], refused: list[Refusal]) -> Iterator[Item]:
    """Yield the order's items that have a name."""
    listed = values.field(data, "pickeditems")
    found = values.entries(listed, _OF_ITEMS, MAX_ITEMS)
    _refuse_scalar("pickedItems", listed, refused)
    for _, entry in found:
        item = entry if isinstance(entry, dict) else {"name": entry}
        if not values.fields(item, *_ITEM_NAME):
            refused.append(Refusal("item's name", "it says nothing"))
        elif name := _read(item, _ITEM_NAME, _name, "item's name", refused):
            yield Item(name=name, quantity=values.number(values.field(item, "quantity", "qty")))


def _services(
    data: dict[str, Any], refused: list[Refusal]
) -> Iterator[tuple[str | None, dict[str, Any], dict[str, Any]]]:
    """Yield each service, with its key where there is a map by id, and what surrounds it."""
    listed = values.field(data, "shipping", "shippings")
    _refuse_scalar("shipping", listed, refused)
    for key, shipping in values.entries(listed, _OF_SHIPPING, MAX_SERVICES):
        if not isinstance(shipping, dict):
            continue
        services = values.field(shipping, *_SERVICES)
        _refuse_scalar("services", services, refused)
        if services is not None:
            yield from _listed(services, shipping, refused)
        elif not _OF_SERVICES.isdisjoint(map(values.fold_name, shipping)):
            yield key, shipping, {}
    yield from _listed(values.field(data, "services", "shippingservices"), {}, refused)


def _listed(
    services: Any, shipping: dict[str, Any], refused: list[Refusal]
) -> Iterator[tuple[str | None, dict[str, Any], dict[str, Any]]]:
    """Yield each service; a link that is the shipping's is its one service's, and nobody's where there are several."""
    listed = values.entries(services, _OF_SERVICES, MAX_SERVICES)
    if len(listed) > 1:
        shipping = {name: one for name, one in shipping.items() if values.fold_name(name) not in _LINK_OF_SHIPPING}
    for key, service in listed:
        if isinstance(service, dict):
            yield key, service, shipping
        else:
            refused.append(Refusal("services", f"one is of the type {type(service).__name__}"))


def _shipment(
    service: dict[str, Any], key: str | None, shipping: dict[str, Any], refused: list[Refusal]
) -> ShipmentSnapshot:
    status = _read(service, _STATUS, values.status_name, "serviceStatus", refused)
    if status is None and not values.fields(service, *_STATUS):
        refused.append(Refusal("serviceStatus", "a service has none"))
    around = (service, shipping)
    return ShipmentSnapshot(
        service_id=_read(service, _ID, values.identifier, "serviceId", refused) or _id_of_map(key),
        status=status or NO_STATUS,
        courier=_read(service, _COURIER, _given_name, "courier", refused) or _read(shipping, _COURIER, _given_name),
        vehicle=_read(service, _VEHICLE, _short_name, "vehicle", refused),
        tracking_url=_link(values.fields(service, *_LINK) or values.fields(shipping, *_LINK_OF_SHIPPING), refused),
        created_at=_read(service, _CREATED, _short_name, "createdAt", refused),
        tracking_id=next(filter(None, (_read(one, _TRACKING_ID, values.identifier) for one in around)), None),
        tracking_status=next(filter(None, (_read(one, _TRACKING_STATUS, values.status_name) for one in around)), None),
    )


def _read(
    entry: dict[str, Any],
    names: tuple[str, ...],
    read: Callable[[Any], Found | None],
    documented: str = "",
    refused: list[Refusal] | None = None,
) -> Found | None:
    """Return the first of these fields that can be read; note where there are some and none can."""
    given = values.fields(entry, *names)
    found = next(filter(None, map(read, given)), None)
    if found is None and given and refused is not None:
        kind = type(given[0]).__name__
        refused.append(Refusal(documented, "it says nothing" if kind == "str" else f"it is of the type {kind}"))
    return found


def _link(given: list[Any], refused: list[Refusal]) -> str | None:
    """Return the field in which there is a link, else the one that may be meant as one, for staff to see."""
    typed = list(filter(None, map(values.link, given)))
    if given and not typed:
        refused.append(Refusal("trackingUrl", f"it is of the type {type(given[0]).__name__}"))
    if not typed:
        return None
    best = min(typed, key=lambda one: (public_link(one) is None, is_placeholder(one)))
    if public_link(best) is None:
        reason = "it says that there is no link" if is_placeholder(best) else "it is no public web address"
        refused.append(Refusal("trackingUrl", reason, _loggable(best)))
    return best


def _loggable(link: str) -> str:
    """Return the beginning of a link, without what may be a password or a person's data: user, query, fragment."""
    return values.text(without_secrets(link, ""), SHOWN_LENGTH) or ""


def _refuse_scalar(documented: str, value: Any, refused: list[Refusal]) -> None:
    if value is not None and not isinstance(values.opened(value), dict | list):
        refused.append(Refusal(documented, f"it is of the type {type(value).__name__}"))


def _id_of_map(key: str | None) -> str | None:
    """Return the key of a map by id, unless it is only the place in a list that was written as a map."""
    return None if key is None or (key.isdecimal() and len(key) < 3) else values.identifier(key)


def _name(value: Any) -> str | None:
    return values.text(value, MAX_NAME_LENGTH)


def _given_name(value: Any) -> str | None:
    return values.name(value, MAX_NAME_LENGTH)


def _short_name(value: Any) -> str | None:
    return values.name(value, MAX_STATUS_LENGTH)
