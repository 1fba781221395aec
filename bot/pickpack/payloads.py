"""Parse what Pick and Pack sends: webhook bodies, tracking responses, tokens. Pure, no I/O.

Strict where a misreading would tell a shopper something false (ids, statuses), tolerant everywhere else: an optional
field may be absent, null, empty or of a wrong type, and is then left out. Personal data (the courier's agent,
evidences) and values without a documented unit (prices) are never read. Source: Pick and Pack's order status document.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.pickpack import values
from bot.pickpack.errors import MalformedResponseError, MalformedWebhookError
from bot.pickpack.values import (
    MAX_HOSTNAME_LENGTH,
    MAX_ID_LENGTH,
    MAX_NAME_LENGTH,
    MAX_STATUS_LENGTH,
    is_storable,
    parse_json_object,
)
from bot.tracking.model import Item, OrderSnapshot, ShipmentSnapshot, StatusChanged
from bot.tracking.statuses import normalise

MAX_TOKEN_LENGTH = 8192
MAX_SERVICES = 100
MAX_ITEMS = 500

NO_STATUS = "UNKNOWN"  # a service without a readable status is kept for its link
DEFAULT_TOKEN_LIFETIME = 900.0
MAX_TOKEN_LIFETIME = 86_400.0

ORDER_STATUS = "ORDER_STATUS"
MIN_DIGITS = 5  # of an id that is known again inside another spelling of it
_PART = re.compile(r"-[0-9]{2}", re.ASCII)
OTHER_IDS = frozenset({"worksheetid", "worksheet_id", "returnid", "return_id"})


@dataclass(frozen=True, slots=True)
class IgnoredWebhook:
    """A well-formed webhook that is not about an order's status; `reason` says what it is about."""

    reason: str


@dataclass(frozen=True, slots=True)
class Token:
    """What the API key was exchanged for; `lifetime` is in seconds from receipt, `hostname` None if it names none."""

    jwt: str = field(repr=False)
    hostname: str | None
    lifetime: float


# ── webhooks ─────────────────────────────────────────────────────────────────


def parse_webhook(body: bytes) -> StatusChanged | IgnoredWebhook:
    """Parse a webhook's body: `{"orderId", "oldStatus", "newStatus", "hostname"}`, all strings that are not blank.

    One URL may receive several kinds of webhooks. One with another `type`, with the id of a worksheet or a return, or
    without any status is an IgnoredWebhook. Raises MalformedWebhookError for everything else.
    """
    try:
        event = parse_json_object(body)
    except ValueError as error:
        raise MalformedWebhookError(str(error)) from None
    if not event:
        raise MalformedWebhookError("the object is empty: orderId, oldStatus, newStatus and hostname are missing")
    if reason := _reason_to_ignore(event):
        return IgnoredWebhook(reason)
    return StatusChanged(
        order_id=_required(event, "orderId", MAX_ID_LENGTH),
        old=normalise(_required(event, "oldStatus", MAX_STATUS_LENGTH)),
        new=normalise(_required(event, "newStatus", MAX_STATUS_LENGTH)),
        hostname=_required(event, "hostname", MAX_HOSTNAME_LENGTH),
    )


def _reason_to_ignore(event: dict[str, Any]) -> str | None:
    """Say why the webhook is not about an order's status; None if it is."""
    kind = event.get("type")
    if kind not in (None, "") and not (isinstance(kind, str) and normalise(kind) == ORDER_STATUS):
        return "another type than ORDER_STATUS"
    if any(name.lower() in OTHER_IDS and value not in (None, "") for name, value in event.items()):
        return "about a worksheet or a return, not about an order"
    if "oldStatus" not in event and "newStatus" not in event:
        return "no status in it"
    return None


def _required(event: dict[str, Any], name: str, max_length: int) -> str:
    """Return a field that must be a string with something in it. The error never repeats the value."""
    if name not in event:
        raise MalformedWebhookError(f"{name} is missing")
    value = event[name]
    if not isinstance(value, str):
        raise MalformedWebhookError(f"{name} must be a string")
    value = value.strip()
    if not value:
        raise MalformedWebhookError(f"{name} is blank")
    if len(value) > max_length:
        raise MalformedWebhookError(f"{name} is longer than {max_length} characters")
    if not is_storable(value):
        raise MalformedWebhookError(f"{name} holds characters that no text may hold")
    return value


# ── tracking responses ───────────────────────────────────────────────────────


def parse_snapshot(body: bytes, requested_id: str, *, hostname: str | None = None) -> OrderSnapshot:
    """Parse a tracking response, `{"message", "data": {"hostname", "orderId", "fulfillmentStatus", ...}}`.

    `hostname` is the token's account, used where the response names none. Only the status must be readable.
    Raises MalformedResponseError.
    """
    try:
        response = parse_json_object(body)
    except ValueError as error:
        raise MalformedResponseError(str(error)) from None
    data = response.get("data", response)
    if not isinstance(data, dict):
        raise MalformedResponseError("data is not an object")
    account = values.text(data.get("hostname"), MAX_HOSTNAME_LENGTH) or hostname
    if not account:
        raise MalformedResponseError("hostname is missing")
    return OrderSnapshot(
        hostname=account,
        order_id=_order_id(data, requested_id),
        status=_status(data),
        shipments=tuple(_shipments(data)),
        items=tuple(_items(data)),
    )


def _order_id(data: dict[str, Any], requested_id: str) -> str:
    """Return the id as Pick and Pack writes it, perhaps with a prefix or a part, but never another order's."""
    value = data.get("orderId")
    if value in (None, ""):
        return requested_id
    if not isinstance(value, str) or not is_storable(value.strip()) or len(value.strip()) > MAX_ID_LENGTH:
        raise MalformedResponseError("orderId is not a readable string")
    order_id = value.strip()
    if not _is_same_order(order_id.casefold(), requested_id.strip().casefold()):
        raise MalformedResponseError("the answer is about another order")
    return order_id


def _is_same_order(returned: str, requested: str) -> bool:
    """Tell the order asked for, whose id may lack a prefix before a separator and a part behind it (`-01`).

    Fewer than five digits stand in too many ids; and without a separator `516095` stands in `1509750516095`.
    """
    if returned == requested:
        return True
    before, found, behind = returned.rpartition(requested)
    is_long_enough = sum(one.isdigit() for one in requested) >= MIN_DIGITS
    if not found or not is_long_enough or not (before or behind):
        return False
    has_prefix = not before or not before[-1].isalnum()
    return has_prefix and (not behind or _PART.fullmatch(behind) is not None)


def _status(data: dict[str, Any]) -> str:
    status = values.status_name(data.get("fulfillmentStatus"))
    if status is None:
        raise MalformedResponseError("fulfillmentStatus is not a readable string")
    return status


def _shipments(data: dict[str, Any]) -> Iterator[ShipmentSnapshot]:
    shipping = data.get("shipping")
    services = values.objects(shipping.get("services"), MAX_SERVICES) if isinstance(shipping, dict) else []
    seen_ids: set[str] = set()
    for service in services:
        shipment = _shipment(service)
        if shipment.service_id in seen_ids:
            # two services must not be taken for one: without an id, the second is known by its position
            shipment = replace(shipment, service_id=None)
        if shipment.service_id is not None:
            seen_ids.add(shipment.service_id)
        yield shipment


def _shipment(service: dict[str, Any]) -> ShipmentSnapshot:
    """Return one service as a shipment. `agent` can be a person and `evidences` a doorstep photo: neither is read."""
    service_id = service.get("serviceId")
    return ShipmentSnapshot(
        service_id=str(service_id) if values.is_integer(service_id) else values.text(service_id, MAX_ID_LENGTH),
        status=values.status_name(service.get("serviceStatus")) or NO_STATUS,
        courier=values.text(service.get("courier"), MAX_NAME_LENGTH),
        vehicle=values.text(service.get("vehicle"), MAX_STATUS_LENGTH),
        tracking_url=values.link(service.get("trackingUrl")),
        created_at=values.text(service.get("createdAt"), MAX_STATUS_LENGTH),
    )


def _items(data: dict[str, Any]) -> Iterator[Item]:
    for item in values.objects(data.get("pickedItems"), MAX_ITEMS):
        if name := values.text(item.get("name"), MAX_NAME_LENGTH):
            yield Item(name=name, quantity=values.number(item.get("quantity")))


# ── tokens ───────────────────────────────────────────────────────────────────


def parse_token(body: bytes) -> Token:
    """Parse the token endpoint's response, `{"message", "data": "<JWT>"}`. Raises MalformedResponseError.

    A token whose claims cannot be read is used all the same: it then names no account and lasts 15 minutes. The
    lifetime is `exp - iat`, so that the two clocks need not agree.
    """
    try:
        jwt = parse_json_object(body).get("data")
    except ValueError as error:
        raise MalformedResponseError(str(error)) from None
    if not isinstance(jwt, str) or not _is_header_value(jwt.strip()):
        raise MalformedResponseError("the answer holds no token")
    claims = _claims(jwt.strip())
    return Token(jwt.strip(), values.text(claims.get("hostname"), MAX_HOSTNAME_LENGTH), _lifetime(claims))


def _is_header_value(jwt: str) -> bool:
    return 0 < len(jwt) <= MAX_TOKEN_LENGTH and jwt.isascii() and jwt.isprintable() and " " not in jwt


def _claims(jwt: str) -> dict[str, Any]:
    """Return the token's payload. Its signature needs no check: it came straight from the endpoint."""
    parts = jwt.split(".")
    if len(parts) != 3:
        return {}
    try:
        return parse_json_object(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}


def _lifetime(claims: dict[str, Any]) -> float:
    issued, expires = values.number(claims.get("iat")), values.number(claims.get("exp"))
    if issued is None or expires is None or expires <= issued:
        return DEFAULT_TOKEN_LIFETIME
    return min(expires - issued, MAX_TOKEN_LIFETIME)
