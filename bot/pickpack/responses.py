"""Classify HTTP responses of the tracking endpoint before their body is parsed as an order. Pure, no I/O.

Shoppers are told "there is no such order", so that must come from Pick and Pack itself, not from a gateway before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.pickpack.values import parse_json_object

ORDER_NOT_FOUND, FOREIGN_ORDER, INVALID_TOKEN = "1002", "1001", "1000"
DOCUMENTED_CODES = frozenset({INVALID_TOKEN, FOREIGN_ORDER, ORDER_NOT_FOUND, "1003"})

# Gateways answer with these by themselves, even as JSON: they say nothing about an order.
GATEWAY_MESSAGES = frozenset(
    {
        "forbidden",
        "access denied",
        "missing authentication token",  # Amazon's for "no such route", whatever token came along
        "user is not authorized to access this resource",
        "user is not authorized to access this resource with an explicit deny",
        "no route matched with those values",
    }
)
TOKEN_PROBLEM = re.compile(r"token|jwt|credential|unauthenticated|^expired$|^unauthori[sz]ed$", re.MULTILINE)
NOT_FOUND_MESSAGE = re.compile(r"^(orderid is not found|order not found by .*)", re.MULTILINE)


class ResponseKind(StrEnum):
    """The kinds of responses that the client handles differently."""

    ORDER = "order"
    NOT_FOUND = "not-found"
    TOKEN_REJECTED = "token-rejected"  # noqa: S105 - a name, not a secret
    RATE_LIMITED = "rate-limited"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class _ErrorBody:
    """A JSON error body: the values of all fields with "code" in their name, and every text in it, one per line."""

    codes: frozenset[str]
    text: str


def classify_response(status: int, body: bytes, *, order_id: str) -> ResponseKind:
    """Tell an order, "not found", a rejected token and an unusable response apart, by HTTP status and body.

    The content type is ignored: services mislabel theirs, and the body shows what it is. `order_id` is the requested
    id, which error texts repeat: an order called "token-1" must not make us doubt our token.
    """
    match status:
        case 200:
            # a 200 with an HTML page, plain text or nothing comes from a gateway
            return (
                ResponseKind.ORDER
                if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b'"')
                else ResponseKind.UNUSABLE
            )
        case 401:
            return ResponseKind.TOKEN_REJECTED
        case 429:
            return ResponseKind.RATE_LIMITED
        case 400 | 403 | 404:
            return _classify_error(status, _parse_error_body(body, order_id))
        case _:
            return ResponseKind.UNUSABLE


def _classify_error(status: int, error: _ErrorBody | None) -> ResponseKind:
    if error is None or (not error.codes and error.text in GATEWAY_MESSAGES):
        return ResponseKind.UNUSABLE
    if status == 404:
        return ResponseKind.NOT_FOUND
    if status == 403:
        return _classify_forbidden(error)
    by_code = ORDER_NOT_FOUND in error.codes
    by_message = not error.codes & DOCUMENTED_CODES and NOT_FOUND_MESSAGE.search(error.text) is not None
    return ResponseKind.NOT_FOUND if by_code or by_message else ResponseKind.UNUSABLE


def _classify_forbidden(error: _ErrorBody) -> ResponseKind:
    if error.codes & {ORDER_NOT_FOUND, FOREIGN_ORDER}:
        return ResponseKind.NOT_FOUND
    if INVALID_TOKEN in error.codes or TOKEN_PROBLEM.search(error.text):
        return ResponseKind.TOKEN_REJECTED
    return ResponseKind.NOT_FOUND if error.text or error.codes else ResponseKind.UNUSABLE


def _parse_error_body(body: bytes, order_id: str) -> _ErrorBody | None:
    try:
        fields = list(_fields(parse_json_object(body)))
    except ValueError:
        return None
    codes = frozenset(str(value).strip() for name, value in fields if "code" in name.lower())
    text = "\n".join(value.strip().casefold() for _, value in fields if isinstance(value, str))
    return _ErrorBody(codes, text.replace(order_id.strip().casefold(), "…") if order_id.strip() else text)


def _fields(value: dict[str, Any]) -> Iterator[tuple[str, str | int]]:
    """Yield the plain fields of the object and of the objects directly inside it (`error`, `data`)."""
    for name, inner in value.items():
        for key, entry in inner.items() if isinstance(inner, dict) else ((name, inner),):
            if isinstance(entry, str | int) and not isinstance(entry, bool):
                yield key, entry
