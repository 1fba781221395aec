"""What an HTTP answer of the tracking endpoint means, before its body is read as an order. Pure, no I/O.

"There is no such order" is said to a shopper, so it must come from Pick and Pack and not from something in between.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from bot.pickpack.payloads import parse_json_object

LONGEST_PAUSE = 86_400.0

NO_SUCH_ORDER, NOT_YOURS, BAD_TOKEN = "1002", "1001", "1000"
DOCUMENTED = frozenset({BAD_TOKEN, NOT_YOURS, NO_SUCH_ORDER, "1003"})

# What gateways say by themselves, as JSON too: nothing about an order.
GATEWAY_SENTENCES = frozenset(
    {
        "forbidden",
        "access denied",
        "missing authentication token",  # Amazon's for "no such route", whatever token came along
        "user is not authorized to access this resource",
        "user is not authorized to access this resource with an explicit deny",
        "no route matched with those values",
    }
)
ABOUT_THE_TOKEN = re.compile(r"token|jwt|credential|unauthenticated|^expired$|^unauthori[sz]ed$", re.MULTILINE)
NOT_FOUND_SENTENCE = re.compile(r"^(orderid is not found|order not found by .*)", re.MULTILINE)


class Verdict(StrEnum):
    """What to make of an answer."""

    ORDER = "order"
    NOT_FOUND = "not-found"
    TOKEN_REFUSED = "token-refused"  # noqa: S105 - a name, not a secret
    RATE_LIMITED = "rate-limited"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class _Complaint:
    """An error body in JSON: the values of all fields named like a code, and every text in it, a line each."""

    codes: frozenset[str]
    text: str


def classify(status: int, body: bytes, *, asked: str) -> Verdict:
    """Tell an order, "not found", a refused token and trouble apart, by HTTP status and body.

    The content type is not looked at: services mislabel theirs, and a body shows what it is. `asked` is the id asked
    for, which error texts repeat: a person who asks for "token-1" must not make us doubt our token.
    """
    match status:
        case 200:
            # an HTML page, plain words or nothing with a 200 come from something in between
            return Verdict.ORDER if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b'"') else Verdict.TROUBLE
        case 401:
            return Verdict.TOKEN_REFUSED
        case 429:
            return Verdict.RATE_LIMITED
        case 400 | 403 | 404:
            return _judge_complaint(status, _read_complaint(body, asked))
        case _:
            return Verdict.TROUBLE


def _judge_complaint(status: int, complaint: _Complaint | None) -> Verdict:
    if complaint is None or (not complaint.codes and complaint.text in GATEWAY_SENTENCES):
        return Verdict.TROUBLE
    if status == 404:
        return Verdict.NOT_FOUND
    if status == 403:
        return _judge_forbidden(complaint)
    named = NO_SUCH_ORDER in complaint.codes
    said = not complaint.codes & DOCUMENTED and NOT_FOUND_SENTENCE.search(complaint.text) is not None
    return Verdict.NOT_FOUND if named or said else Verdict.TROUBLE


def _judge_forbidden(complaint: _Complaint) -> Verdict:
    if complaint.codes & {NO_SUCH_ORDER, NOT_YOURS}:
        return Verdict.NOT_FOUND
    if BAD_TOKEN in complaint.codes or ABOUT_THE_TOKEN.search(complaint.text):
        return Verdict.TOKEN_REFUSED
    return Verdict.NOT_FOUND if complaint.text or complaint.codes else Verdict.TROUBLE


def _read_complaint(body: bytes, asked: str) -> _Complaint | None:
    try:
        fields = list(_fields(parse_json_object(body)))
    except ValueError:
        return None
    codes = frozenset(str(value).strip() for name, value in fields if "code" in name.lower())
    text = "\n".join(value.strip().casefold() for _, value in fields if isinstance(value, str))
    return _Complaint(codes, text.replace(asked.strip().casefold(), "…") if asked.strip() else text)


def _fields(value: dict[str, Any]) -> Iterator[tuple[str, str | int]]:
    """Plain fields of the object and of the objects right inside it (`error`, `data`)."""
    for name, inner in value.items():
        for key, entry in inner.items() if isinstance(inner, dict) else ((name, inner),):
            if isinstance(entry, str | int) and not isinstance(entry, bool):
                yield key, entry


def read_retry_after(value: str | None, *, wall: float) -> float | None:
    """Seconds to wait from a Retry-After header, which holds seconds or an HTTP date; None where it is unreadable.

    `wall` is Unix time, best the one that the same answer's Date header gives. At most a day, at least 0.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 10:
        return min(float(text), LONGEST_PAUSE)
    date = read_http_date(text)
    return None if date is None else min(max(date - wall, 0.0), LONGEST_PAUSE)


def read_http_date(value: str | None) -> float | None:
    """Unix time of an HTTP date; None where it is unreadable."""
    try:
        date = parsedate_to_datetime(value or "")
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
