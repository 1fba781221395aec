"""Signed deep links."""

import base64
import hashlib
import hmac
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.links import TooLong, deep_link, read, share, sign
from tests.fakes import note_comparisons

NEW, OLD = "a-secret-of-the-store", "the-secret-before-it"

# @@: the signature
VECTORS = [
    ("1509750516095-01", "1509750516095-01@@"),
    ("v527103anml-01", "v527103anml-01@@"),
    ("_odd", "_odd@@"),
    ("a" * 42, "a" * 42 + "@@"),
    ("AB#1", "_QUIjMQ@@"),
    ("día 1", "_ZMOtYSAx@@"),
]


def signature(order_id: str, secret: str = NEW) -> str:
    digest = hmac.new(secret.encode(), order_id.encode(), hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@pytest.mark.parametrize(("order_id", "payload"), VECTORS)
def test_a_payload_is_what_the_contract_says(order_id: str, payload: str) -> None:
    expected = payload.replace("@@", signature(order_id))
    assert sign(order_id, [NEW]) == expected
    assert read(expected, [NEW]) == order_id


def test_a_payload_of_a_fixed_secret_never_changes() -> None:
    # printf %s ID | openssl dgst -sha256 -hmac SECRET -binary | head -c 16 | base64 | tr +/ -_ | tr -d =
    assert sign("1509750516095-01", [NEW]) == "1509750516095-014XmGfZqQWExwpMy6QsDqNg"
    assert sign("AB#1", [NEW]) == "_QUIjMQKwzkNbEgsUg_Fa88EGgcMQ"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_whatever_is_signed_fits_telegram_and_reads_back(order_id: str) -> None:
    payload = sign(order_id, [NEW])
    if isinstance(payload, TooLong):
        assert len(order_id.encode()) > 30
        assert payload.size == len(order_id.encode())
    else:
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
        assert read(payload, [NEW]) == order_id


@given(st.text("ab01-_", min_size=1, max_size=42), st.integers(0, 63), st.sampled_from("ABab01-_"))
def test_a_changed_payload_is_refused(order_id: str, position: int, other: str) -> None:
    payload = sign(order_id, [NEW])
    assert isinstance(payload, str)
    position %= len(payload)
    changed = payload[:position] + other + payload[position + 1 :]
    assert (read(changed, [NEW]) == order_id) is (changed == payload)


@given(st.text(max_size=80))
def test_any_other_text_is_no_payload(text: str) -> None:
    assert read(text, [NEW, OLD]) is None


@given(st.text("AQgw_-", max_size=41))
def test_only_one_spelling_of_a_written_id_is_taken(written: str) -> None:
    try:
        order_id = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode()
    except ValueError:
        return
    if order_id and "_" + written != str(sign(order_id, [NEW]))[:-22]:
        plain = re.fullmatch(r"[A-Za-z0-9_-]{1,42}", order_id)
        assert plain or read("_" + written + signature(order_id), [NEW]) is None


def test_the_secret_before_is_still_read_and_no_longer_used() -> None:
    old = sign("A-1", [OLD])
    assert isinstance(old, str)
    assert read(old, [NEW, OLD]) == "A-1"
    assert sign("A-1", [NEW, OLD]) == sign("A-1", [NEW])
    assert read(old, [NEW]) is None


def test_each_secret_is_tried_whole_whatever_the_others_say(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = note_comparisons(monkeypatch)
    for secrets in ([NEW, OLD], [OLD, NEW], ["another-one-of-the-store", OLD]):
        compared.clear()
        read(f"A-1{signature('A-1', NEW)}", secrets)
        assert len(compared) == len(secrets)
        assert all(isinstance(one, bytes) and len(one) == 22 for pair in compared for one in pair)


def test_without_secrets_nothing_is_read_and_nothing_signed() -> None:
    assert read("A-1" + signature("A-1", ""), [""]) is None
    assert read("A-1" + signature("A-1"), []) is None
    with pytest.raises(ValueError, match="needs an order id and a secret"):
        sign("A-1", [])


@pytest.mark.parametrize("order_id", ["", "\ud800"])
def test_what_is_no_id_has_no_link(order_id: str) -> None:
    with pytest.raises(ValueError):
        sign(order_id, [NEW])


def test_ids_that_are_too_long_have_no_link_and_say_so() -> None:
    assert sign("a" * 43, [NEW]) == TooLong(43)
    assert sign("#" * 31, [NEW]) == TooLong(31)
    assert isinstance(sign("#" * 30, [NEW]), str)


def test_an_id_that_looks_written_is_not_taken_for_the_one_it_would_spell() -> None:
    payload = sign("_QUIjMQ", [NEW])
    assert read(str(payload), [NEW]) == "_QUIjMQ"


@pytest.mark.parametrize("bot_name", ["store_bot", "@store_bot"])
def test_the_deep_link_opens_the_bot(bot_name: str) -> None:
    assert deep_link(bot_name, "x") == "https://t.me/store_bot?start=x"


@pytest.mark.parametrize(
    ("order_id", "secrets", "verified", "by_link_only", "expected"),
    [
        pytest.param("1509750516095-01", [NEW], True, False, "1509750516095-01", id="a number suffices"),
        pytest.param("A.1#2", [NEW], True, False, None, id="signs that no link can carry"),
        pytest.param("1001-01", [NEW], True, True, sign("1001-01", [NEW]), id="only by link: as it was got"),
        pytest.param("1001-01", [NEW], False, True, None, id="only by link, and this chat came by none"),
        pytest.param("1001-01", [], False, False, "1001-01", id="without a secret"),
        pytest.param("#" * 31, [NEW], True, True, None, id="too long for a link"),
    ],
)
def test_a_follower_shares_no_more_than_is_theirs(
    order_id: str, secrets: list[str], verified: bool, by_link_only: bool, expected: str | None
) -> None:
    assert share(order_id, secrets, is_verified=verified, by_link_only=by_link_only) == expected
