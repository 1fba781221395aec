"""Which addresses a shopper may be shown: what couriers' systems type is not to be trusted."""

import ipaddress
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tracking.addresses import public_host, public_link


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        pytest.param("https://track.courier.com/1?a=b#c", "https://track.courier.com/1?a=b#c", id="as it is"),
        pytest.param("  https://courier.com/1 \n", "https://courier.com/1", id="blanks around it are no part of it"),
        pytest.param("HTTPS://Courier.COM/AbC", "https://courier.com/AbC", id="scheme and host in lower case"),
        pytest.param("https://courier.com:8443/x", "https://courier.com:8443/x", id="a port"),
        pytest.param("https://courier.com./x", "https://courier.com/x", id="a last dot"),
        pytest.param("https://münchen.de/weg", "https://xn--mnchen-3ya.de/weg", id="a host of another script"),
        pytest.param("https://courier.com/straße", "https://courier.com/stra%C3%9Fe", id="a path of another script"),
        pytest.param('https://courier.com/"><b>', "https://courier.com/%22%3E%3Cb%3E", id="tags and quotes"),
        pytest.param(
            "https://courier.com/a%20b", "https://courier.com/a%20b", id="what is encoded is not encoded again"
        ),
        pytest.param("http://8.8.8.8/x", "http://8.8.8.8/x", id="a public IPv4 address"),
    ],
)
def test_an_address_that_may_be_shown_is_written_as_telegram_takes_it(raw: str, link: str) -> None:
    assert public_link(raw) == link


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "   ",
        "track.courier.com/1",
        "//courier.com/1",
        "javascript:alert(1)",
        "data:text/html,x",
        "tg://resolve?domain=x",
        "ftp://courier.com/x",
        "http://localhost:3000/x",
        "http://courier/x",
        "http://printer.local/x",
        "http://db.internal/x",
        "http://127.0.0.1/x",
        "http://10.1.2.3/x",
        "http://192.168.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/x",
        "http://0x7f.1/x",
        "http://2130706433/x",
        "http://127.1/x",
        "http://0177.0.0.1/x",
        "http://[::1]/x",
        "http://[2001:db8::1]/x",
        "https://user:password@courier.com/x",
        "https://courier.com@evil.com/x",
        "https://courier.com\\@evil.com/x",
        "https://courier.com/a b",
        "https://courier.com/a\nb",
        "https://courier.com/a\x7fb",
        "https://courier.com:0/x",
        "https://courier.com:99999/x",
        "https://courier.com:port/x",
        "https://-courier.com/x",
        "https://cou_rier.com/x",
        "https://courier..com/x",
        "https://" + "a" * 64 + ".com/x",
        "https://courier.com/\ud800",
        "https://courier.com/" + "x" * 2000,
        "https://courier.com/" + "ß" * 500,
        "https://１２７.0.0.1/x",
    ],
)
def test_an_address_that_may_not_be_shown_is_none(raw: str) -> None:
    assert public_link(raw) is None


hosts = st.sampled_from(
    ["courier.com", "localhost", "127.0.0.1", "a.b", "münchen.de", "[::1]", "10.0.0.1", "8.8.8.8", "x@y.com", "0x7f.1"]
)
pieces = st.text(max_size=40) | st.sampled_from(["/", "?", "#", "\\", "@", ":", "%", "'", '"', "<", ">", " ", "\x00"])
addresses = st.one_of(
    st.text(max_size=200),
    st.builds(lambda scheme, rest: f"{scheme}{rest}", st.sampled_from(["http://", "https://", "HTTPS://"]), st.text()),
    st.builds(
        lambda host, rest: f"https://{host}/{''.join(rest)}", hosts | st.text(max_size=30), st.lists(pieces, max_size=6)
    ),
)


@settings(max_examples=400, deadline=None)
@given(addresses | st.text(alphabet=st.characters(codec=None), max_size=60))
def test_whatever_is_typed_what_is_shown_is_a_plain_public_web_address(raw: str) -> None:
    link = public_link(raw)
    if link is None:
        return
    parts = urlsplit(link)
    assert parts.scheme in {"http", "https"}
    assert link.isascii()
    assert not any(sign in '"<>\\`' or ord(sign) <= 32 or ord(sign) == 127 for sign in link)
    host = parts.hostname or ""
    assert "." in host
    assert "@" not in parts.netloc
    assert host.rsplit(".", 1)[-1] not in {"localhost", "local", "internal"}
    if host.rsplit(".", 1)[-1].isdigit():
        assert ipaddress.ip_address(host).is_global
    assert len(link) <= 2000


@settings(max_examples=400, deadline=None)
@given(addresses)
def test_an_address_that_was_let_through_once_is_let_through_again_unchanged(raw: str) -> None:
    link = public_link(raw)
    if link is not None:
        assert public_link(link) == link


@pytest.mark.parametrize(
    ("raw", "host"),
    [
        ("Courier.com", "courier.com"),
        ("courier", None),
        ("", None),
        ("a.invalid", None),
        ("1.2.3", None),
        ("é.fr", "xn--9ca.fr"),
    ],
)
def test_a_host_alone(raw: str, host: str | None) -> None:
    assert public_host(raw) == host
