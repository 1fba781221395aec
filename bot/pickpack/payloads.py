"""Parse what Pick and Pack sends: webhook bodies, tracking responses, tokens. Pure, no I/O.

Strict where a misreading would tell a shopper something false (ids, statuses), tolerant everywhere else: an optional
field may be absent, null, empty or of a wrong type, and is then left out. Personal data (the courier's agent,
evidences) and values without a documented unit (prices) are never read. Source: Pick and Pack's order status document.
"""

import base64
from dataclasses import dataclass, field
from typing import Any, NoReturn

from bot.pickpack import mismapped, services, values
from bot.pickpack.errors import MalformedResponseError, MalformedWebhookError
from bot.pickpack.values import (
    MAX_HOSTNAME_LENGTH,
    MAX_ID_LENGTH,
    is_storable,
    parse_json_object,
)
from bot.tracking.events import OrderSnapshot, Refusal, StatusChanged
from bot.tracking.order_numbers import is_same_order
from bot.tracking.statuses import normalise
from bot.tracking.visible import says_nothing, trim

MAX_TOKEN_LENGTH = 8192
_DEEPEST = 4  # objects in one another around an order
DEFAULT_TOKEN_LIFETIME = 900.0
MAX_TOKEN_LIFETIME = 86_400.0


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

    `oldStatus` may be absent, null or blank, which says nothing of the status before. One URL may receive several kinds
    of webhooks: one with another `type`, with the id of a worksheet or a return, or without any status is an
    IgnoredWebhook. Raises MalformedWebhookError for everything else.
    """
    event = _event_object(body)
    if reason := _reason_to_ignore(event):
        return IgnoredWebhook(reason)
    if "orderId" not in event or "newStatus" not in event or mismapped.names_account_otherwise(event):
        _refuse_mismapped(event)
    if "oldStatus" not in event and "newStatus" not in event:
        return IgnoredWebhook("no status in it")
    try:
        return _status_changed(event)
    except MalformedWebhookError as error:
        if mismapped.is_of_another_shape(event):
            _refuse_mismapped(event, f"{error.reason}: ")
        raise


def _status_changed(event: dict[str, Any]) -> StatusChanged:
    return StatusChanged(
        order_id=_required(event, "orderId", MAX_ID_LENGTH),
        old=_said_status(event, "oldStatus"),
        new=_new_status(event),
        hostname=_required(event, "hostname", MAX_HOSTNAME_LENGTH),
    )


def _event_object(body: bytes) -> dict[str, Any]:
    try:
        event = values.parse_json(body)
    except ValueError as error:
        problem = str(error)
        event = mismapped.form_fields(body)
        if event is None:
            raise MalformedWebhookError(f"{problem}: {mismapped.EXPECTED}") from None
        _refuse_mismapped(event)
        raise MalformedWebhookError(f"{problem}, but a form: {mismapped.EXPECTED}") from None
    if not isinstance(event, dict):
        _refuse_mismapped(event)
        raise MalformedWebhookError(f"the body is not a JSON object: {mismapped.EXPECTED}")
    if not event:
        raise MalformedWebhookError("the object is empty: orderId, oldStatus, newStatus and hostname are missing")
    return event


def _refuse_mismapped(event: Any, problem: str = "") -> None:
    """Raise MalformedWebhookError where an order's id and a status can be guessed, but are not where they belong."""
    fields = mismapped.fields_of_order_event(event)
    if fields is not None:
        raise MalformedWebhookError(f"{problem}{mismapped.EXPECTED}; seen are {fields}", fields=fields) from None


def _reason_to_ignore(event: dict[str, Any]) -> str | None:
    """Say which other kind of webhook it is, as it says itself; None if it says nothing of the sort."""
    kind = event.get("type")
    if kind not in (None, "") and not (isinstance(kind, str) and normalise(kind) == mismapped.ORDER_STATUS):
        return "another type than ORDER_STATUS"
    if any(values.fold_name(name) in mismapped.OTHER_IDS and value not in (None, "") for name, value in event.items()):
        return "about a worksheet or a return, not about an order"
    return None


def _said_status(event: dict[str, Any], name: str) -> str | None:
    """Return a status, cut where it is too long for one; None where the field says nothing."""
    status = _text(event, name) if event.get(name) is not None else ""
    if says_nothing(status):
        return None
    return values.shortened_status(status)


def _new_status(event: dict[str, Any]) -> str:
    if "newStatus" not in event:
        raise MalformedWebhookError("newStatus is missing")
    return _said_status(event, "newStatus") or _blank("newStatus")


def _required(event: dict[str, Any], name: str, max_length: int) -> str:
    """Return a field that must be a string with something in it."""
    if name not in event:
        raise MalformedWebhookError(f"{name} is missing")
    value = trim(_text(event, name))
    if says_nothing(value):
        return _blank(name)
    if len(value) > max_length:
        raise MalformedWebhookError(f"{name} is longer than {max_length} characters")
    return value


def _text(event: dict[str, Any], name: str) -> str:
    """Return a field that must be a string. The error never repeats the value."""
    value = event[name]
    if not isinstance(value, str):
        raise MalformedWebhookError(f"{name} must be a string")
    value = value.strip()
    if not is_storable(value):
        raise MalformedWebhookError(f"{name} holds characters that no text may hold")
    return value


def _blank(name: str) -> NoReturn:
    raise MalformedWebhookError(f"{name} is blank or was not filled in")


# ── tracking responses ───────────────────────────────────────────────────────


def parse_snapshot(body: bytes, requested_id: str, *, hostname: str | None = None) -> OrderSnapshot:
    """Parse a tracking response, `{"message", "data": {"hostname", "orderId", "fulfillmentStatus", ...}}`.

    `hostname` is the token's account, used where the response names none. Only the status must be readable.
    Raises MalformedResponseError.
    """
    data = _order_object(body)
    account = values.text(values.field(data, "hostname"), MAX_HOSTNAME_LENGTH) or hostname
    if not account:
        raise MalformedResponseError("hostname is missing")
    refused: list[Refusal] = []
    return OrderSnapshot(
        hostname=account,
        order_id=_order_id(data, requested_id),
        status=_status(data),
        shipments=tuple(services.shipments(data, refused)),
        items=tuple(services.items(data, refused)),
        refused=tuple(dict.fromkeys(refused)),
    )


def _order_object(body: bytes) -> dict[str, Any]:
    """Return the object that holds the order's fields, which may be in a list of one, or in a string, or deeper."""
    try:
        value = values.parse_json(body)
    except ValueError as error:
        raise MalformedResponseError(str(error)) from None
    for _ in range(_DEEPEST):
        found = values.only_object(value)
        if found is None:
            raise MalformedResponseError("data is not an object")
        inner = values.field(found, "data", "order", "result")
        if inner is None or values.field(found, "fulfillmentstatus") is not None:
            return found
        value = inner
    raise MalformedResponseError("the order is nested too deeply")


def _order_id(data: dict[str, Any], requested_id: str) -> str:
    """Return the id as Pick and Pack writes it, perhaps with a prefix or a part, but never another order's."""
    value = next((value for name, value in data.items() if values.fold_name(name) == "orderid"), None)
    if value in (None, ""):
        return requested_id
    if not isinstance(value, str) or not is_storable(value.strip()) or len(value.strip()) > MAX_ID_LENGTH:
        raise MalformedResponseError("orderId is not a readable string")
    order_id = value.strip()
    if not is_same_order(order_id.casefold(), requested_id.strip().casefold()):
        raise MalformedResponseError("the answer is about another order")
    return order_id


def _status(data: dict[str, Any]) -> str:
    status = values.status_name(values.field(data, "fulfillmentstatus"))
    if status is None:
        raise MalformedResponseError("fulfillmentStatus is not a readable string")
    return status


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
