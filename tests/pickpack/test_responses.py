"""How HTTP responses are classified, and which of them may say that there is no such order."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pickpack.responses import ResponseKind, classify_response
from bot.process.retry_after import parse_http_date, parse_retry_after

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)

HTML = b"<html><body>Not here</body></html>"


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b' {"data": {}}', ResponseKind.ORDER),
        (200, HTML, ResponseKind.UNUSABLE),
        (200, b"", ResponseKind.UNUSABLE),
        (204, b"", ResponseKind.UNUSABLE),
        (302, b"", ResponseKind.UNUSABLE),
        (400, b'{"message": "Order not found by A-1", "code": 1002}', ResponseKind.NOT_FOUND),
        (400, b'{"error": {"errorCode": "1002"}}', ResponseKind.NOT_FOUND),
        (400, b'{"message": "OrderId is not found"}', ResponseKind.NOT_FOUND),
        (400, b'{"message": "Order not found by A-1", "code": 1003}', ResponseKind.UNUSABLE),
        (400, b'{"message": "Bad request"}', ResponseKind.UNUSABLE),
        (400, HTML, ResponseKind.UNUSABLE),
        (400, b"", ResponseKind.UNUSABLE),
        (401, b'{"message": "Internal server", "code": 1000}', ResponseKind.TOKEN_REJECTED),
        (401, b"", ResponseKind.TOKEN_REJECTED),
        (403, b'{"message": "no", "code": "EXPIRED_TOKEN"}', ResponseKind.TOKEN_REJECTED),
        (403, b'{"error": "jwt malformed"}', ResponseKind.TOKEN_REJECTED),
        (403, b'{"code": 1000}', ResponseKind.TOKEN_REJECTED),
        (403, b'{"message": "This order belongs to another account"}', ResponseKind.NOT_FOUND),
        (403, b'{"message": "Order not found by token-1", "code": 1001}', ResponseKind.NOT_FOUND),
        (403, b'{"message": "Order A-1 is not yours"}', ResponseKind.NOT_FOUND),
        (403, b'{"message": "Forbidden"}', ResponseKind.UNUSABLE),
        (403, b'{"message": "Missing Authentication Token"}', ResponseKind.UNUSABLE),
        (403, b"{}", ResponseKind.UNUSABLE),
        (403, HTML, ResponseKind.UNUSABLE),
        (403, b"", ResponseKind.UNUSABLE),
        (404, b'{"message": "Resource not found", "code": 1001}', ResponseKind.NOT_FOUND),
        (404, b'{"message": "no Route matched with those values"}', ResponseKind.UNUSABLE),
        (404, HTML, ResponseKind.UNUSABLE),
        (404, b"", ResponseKind.UNUSABLE),
        (405, b'{"code": 1002}', ResponseKind.UNUSABLE),
        (429, b"", ResponseKind.RATE_LIMITED),
        (500, b'{"code": 1002}', ResponseKind.UNUSABLE),
        (503, HTML, ResponseKind.UNUSABLE),
    ],
)
def test_only_pick_and_pack_itself_can_report_not_found(status: int, body: bytes, kind: ResponseKind) -> None:
    assert classify_response(status, body, order_id="A-1") is kind


def test_an_order_named_like_a_token_does_not_reject_ours() -> None:
    body = b'{"message": "Order EXPIRED_TOKEN-1 is not yours"}'
    assert classify_response(403, body, order_id="expired_token-1") is ResponseKind.NOT_FOUND


@given(st.integers(100, 599), JSON)
def test_any_response_has_a_kind(status: int, value: Any) -> None:
    assert classify_response(status, json.dumps(value).encode(), order_id="A-1") in ResponseKind


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        (" 0 ", 0.0),
        ("999999", 86_400.0),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 90.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        (None, None),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("٣٠", None),
        ("Thu, 99 Jan 1970", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, wall=10.0) == seconds


@given(st.text(max_size=40))
def test_any_date_header_is_parsed_or_none(value: str) -> None:
    assert parse_http_date(value) is None or isinstance(parse_http_date(value), float)
