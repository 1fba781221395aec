"""Bytes from Pick and Pack become news here: webhook bodies, tracking answers, tokens. Pure, no I/O.

Strict where a wrong reading would tell a shopper something false (ids, statuses), tolerant everywhere else: an optional
field may be absent, null, empty or of a wrong type, and is then left out. What is personal (the courier's agent,
evidences) and what has no documented unit (prices) is never read. Source: the Pick and Pack order status document.
"""

import base64
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.pickpack.errors import MalformedResponseError, MalformedWebhookError
from bot.tracking.model import Item, ShipmentSeen, SnapshotSeen, StatusHeard
from bot.tracking.statuses import normalise

__all__ = [
    "IgnoredWebhook",
    "MalformedWebhookError",
    "Token",
    "parse_json_object",
    "parse_snapshot",
    "parse_token",
    "parse_webhook",
]

LONGEST_ID = 200
LONGEST_STATUS = 64
LONGEST_HOSTNAME = 253
LONGEST_NAME = 300
LONGEST_URL = 2048
LONGEST_TOKEN = 8192
MOST_SERVICES = 100
MOST_ITEMS = 500

UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")  # no database or message takes these: controls, lone surrogates

NO_STATUS = "UNKNOWN"  # a service without a readable status: it is there, and its link is worth having
QUARTER_HOUR = 900.0  # how long a token lasts where it doesn't say
DAY = 86_400.0

ORDER_STATUS = "ORDER_STATUS"
OTHER_KINDS = frozenset({"worksheetid", "worksheet_id", "returnid", "return_id"})


@dataclass(frozen=True, slots=True)
class IgnoredWebhook:
    """A webhook that is well-formed and none of our business, with why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Token:
    """What the API key was exchanged for. `lifetime` in seconds from receipt; `hostname` None where it names none."""

    jwt: str = field(repr=False)
    hostname: str | None
    lifetime: float


# ── webhooks ─────────────────────────────────────────────────────────────────


def parse_webhook(body: bytes) -> StatusHeard | IgnoredWebhook:
    """Read a webhook's body: `{"orderId", "oldStatus", "newStatus", "hostname"}`, all strings that are not blank.

    One URL may get several kinds of webhook: another `type`, a worksheet's or a return's id, or an object that holds
    no status at all is IgnoredWebhook. Raises MalformedWebhookError for everything else.
    """
    try:
        event = parse_json_object(body)
    except ValueError as error:
        raise MalformedWebhookError(str(error)) from None
    if not event:
        raise MalformedWebhookError("the object is empty: orderId, oldStatus, newStatus and hostname are missing")
    if reason := _other_kind(event):
        return IgnoredWebhook(reason)
    return StatusHeard(
        order_id=_required(event, "orderId", LONGEST_ID),
        old=normalise(_required(event, "oldStatus", LONGEST_STATUS)),
        new=normalise(_required(event, "newStatus", LONGEST_STATUS)),
        hostname=_required(event, "hostname", LONGEST_HOSTNAME),
    )


def _other_kind(event: dict[str, Any]) -> str | None:
    """Why this is not about an order's status, or None if it is."""
    kind = event.get("type")
    if kind not in (None, "") and not (isinstance(kind, str) and normalise(kind) == ORDER_STATUS):
        return "another type than ORDER_STATUS"
    if any(name.lower() in OTHER_KINDS and value not in (None, "") for name, value in event.items()):
        return "about a worksheet or a return, not about an order"
    if "oldStatus" not in event and "newStatus" not in event:
        return "no status in it"
    return None


def _required(event: dict[str, Any], name: str, longest: int) -> str:
    """A field that must be there as a string with something in it. Values are never repeated in the reason."""
    if name not in event:
        raise MalformedWebhookError(f"{name} is missing")
    value = event[name]
    if not isinstance(value, str):
        raise MalformedWebhookError(f"{name} must be a string")
    value = value.strip()
    if not value:
        raise MalformedWebhookError(f"{name} is blank")
    if len(value) > longest:
        raise MalformedWebhookError(f"{name} is longer than {longest} characters")
    if not _is_clean(value):
        raise MalformedWebhookError(f"{name} holds characters that no text may hold")
    return value


# ── tracking answers ─────────────────────────────────────────────────────────


def parse_snapshot(body: bytes, asked: str, *, hostname: str | None = None) -> SnapshotSeen:
    """Read a tracking answer, `{"message", "data": {"hostname", "orderId", "fulfillmentStatus", ...}}`.

    `asked` is the id that was asked for; `hostname` the token's, used where the answer names no account. Only the
    status must be readable. Raises MalformedResponseError.
    """
    try:
        answer = parse_json_object(body)
    except ValueError as error:
        raise MalformedResponseError(str(error)) from None
    data = answer.get("data", answer)
    if not isinstance(data, dict):
        raise MalformedResponseError("data is not an object")
    account = _text(data.get("hostname"), LONGEST_HOSTNAME) or hostname
    if not account:
        raise MalformedResponseError("hostname is missing")
    return SnapshotSeen(
        hostname=account,
        order_id=_answered_id(data, asked),
        status=_answered_status(data),
        shipments=tuple(_shipments(data)),
        items=tuple(_items(data)),
    )


def _answered_id(data: dict[str, Any], asked: str) -> str:
    """The id as Pick and Pack writes it: it may add a prefix, a suffix or other case, but not be another order's."""
    value = data.get("orderId")
    if value in (None, ""):
        return asked
    if not isinstance(value, str) or not _is_clean(value.strip()) or len(value.strip()) > LONGEST_ID:
        raise MalformedResponseError("orderId is not a readable string")
    answered = value.strip()
    one, other = answered.casefold(), asked.strip().casefold()
    if not one or not (one in other or other in one):
        raise MalformedResponseError("the answer is about another order")
    return answered


def _answered_status(data: dict[str, Any]) -> str:
    status = _status(data.get("fulfillmentStatus"))
    if status is None:
        raise MalformedResponseError("fulfillmentStatus is not a readable string")
    return status


def _shipments(data: dict[str, Any]) -> Iterator[ShipmentSeen]:
    shipping = data.get("shipping")
    services = _objects(shipping.get("services"), MOST_SERVICES) if isinstance(shipping, dict) else []
    known: set[str] = set()
    for service in services:
        shipment = _shipment(service)
        if shipment.service_id in known:
            # two services must not pass for one: the second is known by its position
            shipment = replace(shipment, service_id=None)
        if shipment.service_id is not None:
            known.add(shipment.service_id)
        yield shipment


def _shipment(service: dict[str, Any]) -> ShipmentSeen:
    """One service. `agent` can be a person and `evidences` a doorstep photo: neither is read."""
    number = service.get("serviceId")
    return ShipmentSeen(
        service_id=str(number) if _is_whole(number) else _text(number, LONGEST_ID),
        status=_status(service.get("serviceStatus")) or NO_STATUS,
        courier=_text(service.get("courier"), LONGEST_NAME),
        vehicle=_text(service.get("vehicle"), LONGEST_STATUS),
        tracking_url=_address(service.get("trackingUrl")),
        created_at=_text(service.get("createdAt"), LONGEST_STATUS),
    )


def _items(data: dict[str, Any]) -> Iterator[Item]:
    for item in _objects(data.get("pickedItems"), MOST_ITEMS):
        if name := _text(item.get("name"), LONGEST_NAME):
            yield Item(name=name, quantity=_number(item.get("quantity")))


# ── tokens ───────────────────────────────────────────────────────────────────


def parse_token(body: bytes) -> Token:
    """Read the token endpoint's answer, `{"message", "data": "<JWT>"}`. Raises MalformedResponseError.

    A token is used even where its inside cannot be read: then it names no account and lasts 15 minutes. Its
    lifetime is `exp - iat`, so that the two clocks need not agree.
    """
    try:
        jwt = parse_json_object(body).get("data")
    except ValueError as error:
        raise MalformedResponseError(str(error)) from None
    if not isinstance(jwt, str) or not _fits_a_header(jwt.strip()):
        raise MalformedResponseError("the answer holds no token")
    claims = _claims(jwt.strip())
    return Token(jwt.strip(), _text(claims.get("hostname"), LONGEST_HOSTNAME), _lifetime(claims))


def _fits_a_header(jwt: str) -> bool:
    return 0 < len(jwt) <= LONGEST_TOKEN and jwt.isascii() and jwt.isprintable() and " " not in jwt


def _claims(jwt: str) -> dict[str, Any]:
    """The token's middle part. Its signature is not ours to check: it came from the endpoint itself."""
    parts = jwt.split(".")
    if len(parts) != 3:
        return {}
    try:
        return parse_json_object(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}


def _lifetime(claims: dict[str, Any]) -> float:
    issued, expires = _number(claims.get("iat")), _number(claims.get("exp"))
    if issued is None or expires is None or expires <= issued:
        return QUARTER_HOUR
    return min(expires - issued, DAY)


# ── values ───────────────────────────────────────────────────────────────────


def parse_json_object(body: bytes) -> dict[str, Any]:
    """Parse a JSON object. Raises ValueError, whose text says what is wrong and repeats nothing of the body."""
    value, wrong = None, "the body is not a JSON object"
    try:
        value = json.loads(body)
    except RecursionError:
        wrong = "the JSON is nested too deeply"
    except ValueError:  # wrong JSON, bytes that are no text, a number of thousands of digits
        wrong = "the body is not JSON"
    if isinstance(value, dict):
        return value
    # raised out here: the decoder's own error holds the whole body and must not travel along as context
    raise ValueError(wrong)


def _is_clean(value: str) -> bool:
    """False where a database or a message could not hold it: control characters, lone surrogates."""
    return UNSTORABLE.search(value) is None


def _objects(value: Any, most: int) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)][:most] if isinstance(value, list) else []


def _text(value: Any, longest: int) -> str | None:
    """A free text on one line, without what cannot be stored, cut to its longest; None where nothing is left."""
    if not isinstance(value, str):
        return None
    words = value[: 4 * longest].split()
    return UNSTORABLE.sub("", " ".join(words))[:longest].strip() or None


def _status(value: Any) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value.strip()) > LONGEST_STATUS:
        return None
    status = normalise(value)
    return status if _is_clean(status) else None


def _address(value: Any) -> str | None:
    """The carrier's link as it is: whether it may be shown is decided where it is shown. A cut one leads nowhere."""
    if not isinstance(value, str) or not value.strip() or len(value.strip()) > LONGEST_URL:
        return None
    address = value.strip()
    return address if _is_clean(address) else None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
