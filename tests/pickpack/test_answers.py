"""What an HTTP answer means, and who may say that there is no such order."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pickpack.answers import Verdict, classify, read_http_date, read_retry_after

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)

HTML = b"<html><body>Not here</body></html>"


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (200, b' {"data": {}}', Verdict.ORDER),
        (200, HTML, Verdict.TROUBLE),
        (200, b"", Verdict.TROUBLE),
        (204, b"", Verdict.TROUBLE),
        (302, b"", Verdict.TROUBLE),
        (400, b'{"message": "Order not found by A-1", "code": 1002}', Verdict.NOT_FOUND),
        (400, b'{"error": {"errorCode": "1002"}}', Verdict.NOT_FOUND),
        (400, b'{"message": "OrderId is not found"}', Verdict.NOT_FOUND),
        (400, b'{"message": "Order not found by A-1", "code": 1003}', Verdict.TROUBLE),
        (400, b'{"message": "Bad request"}', Verdict.TROUBLE),
        (400, HTML, Verdict.TROUBLE),
        (400, b"", Verdict.TROUBLE),
        (401, b'{"message": "Internal server", "code": 1000}', Verdict.TOKEN_REFUSED),
        (401, b"", Verdict.TOKEN_REFUSED),
        (403, b'{"message": "no", "code": "EXPIRED_TOKEN"}', Verdict.TOKEN_REFUSED),
        (403, b'{"error": "jwt malformed"}', Verdict.TOKEN_REFUSED),
        (403, b'{"code": 1000}', Verdict.TOKEN_REFUSED),
        (403, b'{"message": "This order belongs to another account"}', Verdict.NOT_FOUND),
        (403, b'{"message": "Order not found by token-1", "code": 1001}', Verdict.NOT_FOUND),
        (403, b'{"message": "Order A-1 is not yours"}', Verdict.NOT_FOUND),
        (403, b'{"message": "Forbidden"}', Verdict.TROUBLE),
        (403, b'{"message": "Missing Authentication Token"}', Verdict.TROUBLE),
        (403, b"{}", Verdict.TROUBLE),
        (403, HTML, Verdict.TROUBLE),
        (403, b"", Verdict.TROUBLE),
        (404, b'{"message": "Resource not found", "code": 1001}', Verdict.NOT_FOUND),
        (404, b'{"message": "no Route matched with those values"}', Verdict.TROUBLE),
        (404, HTML, Verdict.TROUBLE),
        (404, b"", Verdict.TROUBLE),
        (405, b'{"code": 1002}', Verdict.TROUBLE),
        (429, b"", Verdict.RATE_LIMITED),
        (500, b'{"code": 1002}', Verdict.TROUBLE),
        (503, HTML, Verdict.TROUBLE),
    ],
)
def test_only_pick_and_pack_itself_can_say_not_found(status: int, body: bytes, verdict: Verdict) -> None:
    assert classify(status, body, asked="A-1") is verdict


def test_an_order_called_like_a_token_casts_no_doubt_on_ours() -> None:
    body = b'{"message": "Order EXPIRED_TOKEN-1 is not yours"}'
    assert classify(403, body, asked="expired_token-1") is Verdict.NOT_FOUND


@given(st.integers(100, 599), JSON)
def test_any_answer_has_a_verdict(status: int, value: Any) -> None:
    assert classify(status, json.dumps(value).encode(), asked="A-1") in Verdict


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
    assert read_retry_after(value, wall=10.0) == seconds


@given(st.text(max_size=40))
def test_any_date_header_is_read_or_none(value: str) -> None:
    assert read_http_date(value) is None or isinstance(read_http_date(value), float)
