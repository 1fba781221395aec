"""Which addresses a shopper may be shown: what couriers' systems type is not to be trusted."""

import ipaddress
import time
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tracking.addresses import is_placeholder, public_host, public_link


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
        pytest.param('https://courier.com/"><b>', "https://courier.com/", id="a quote and a tag are its end"),
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


# what couriers' systems have typed, and the link in it
LINKS = [
    ("https://courier.com/1&nbsp;", "https://courier.com/1"),
    ("https://courier.com/1\\r\\n", "https://courier.com/1"),
    ("https://courier.com /1", "https://courier.com/1"),
    ("https//courier.com/1", "https://courier.com/1"),
    ("https://courier.com/1%0A", "https://courier.com/1"),
    ("https://courier.com/1 \\u003ca", "https://courier.com/1"),
    ("1. https://localhost/1\n2. https://courier.com/2", "https://courier.com/2"),
    ("https://courier.com/Rastreo de paquetes/123", "https://courier.com/Rastreo%20de%20paquetes/123"),
    ("<![CDATA[https://courier.com/1]]>", "https://courier.com/1"),
    ('"https://courier.com/1 https://d.com/2"', "https://courier.com/1"),
    ("https://www.google.com/maps/@-12.04,-77.03,15z", "https://www.google.com/maps/@-12.04,-77.03,15z"),
    ("https://t.17track.net/en#nums=RR123456789CN", "https://t.17track.net/en#nums=RR123456789CN"),
    ("https://wa.me/51999999999?text=", "https://wa.me/51999999999?text="),
    ("https://courier.com/track;jsessionid=ABC?num=1", "https://courier.com/track;jsessionid=ABC?num=1"),
    ("https://courier.com/t?url=&id=5", "https://courier.com/t?url=&id=5"),
    ("https://courier.com/t?code=AB1&cp=undefined", "https://courier.com/t?code=AB1&cp=undefined"),
    ("https://courier.com/t?awb=123&phone=null", "https://courier.com/t?awb=123&phone=null"),
    ("https://courier.com/TrackingNumber?n=12345", "https://courier.com/TrackingNumber?n=12345"),
    ("https://courier.com/t?lang=", "https://courier.com/t?lang="),
    ("https://courier.com/tracking", "https://courier.com/tracking"),
    ("https://courier.com/no-limits/123", "https://courier.com/no-limits/123"),
    ("https://courier.com/a b", "https://courier.com/a%20b"),
    ("https://courier.com/track?id=AB 123 456 BR", "https://courier.com/track?id=AB%20123%20456%20BR"),
    ("https://courier.com/track?name=John Doe&id=5", "https://courier.com/track?name=John%20Doe&id=5"),
    ("https://courier.com/track?name=Mary Ann Smith&id=5", "https://courier.com/track?name=Mary%20Ann%20Smith&id=5"),
    ("https://courier.com/my parcel/1", "https://courier.com/my%20parcel/1"),
    ("https://courier.com/my parcel", "https://courier.com/my%20parcel"),
    ("https://courier.com/1 Track your parcel", "https://courier.com/1"),
    ("https://courier.com/1 (valid for 3 days)", "https://courier.com/1"),
    ("https://courier.com/1 - DHL", "https://courier.com/1"),
    ("https://courier.com/1 https://other.com/2", "https://courier.com/1"),
    ("https://courier.com/1, https://other.com/2", "https://courier.com/1"),
    ("https://courier.com/1,https://other.com/2", "https://courier.com/1"),
    ("https://courier.com/1;https://other.com/2", "https://courier.com/1"),
    ("https://courier.com/1|https://other.com/2", "https://courier.com/1"),
    ("https://courier.com/1https://other.com/2", "https://courier.com/1"),
    ("https://courier.com/1 or https://other.com/2", "https://courier.com/1"),
    ("http://localhost:3000/1 https://other.com/2", "https://other.com/2"),
    ("https://courier.com/null https://other.com/2", "https://other.com/2"),
    ("https://courier.com/r?url=https://d.com/x", "https://courier.com/r?url=https://d.com/x"),
    ("https://web.archive.org/web/https://d.com/x", "https://web.archive.org/web/https://d.com/x"),
    ("https://courier.com/r?url=https%3A%2F%2Fd.com", "https://courier.com/r?url=https%3A%2F%2Fd.com"),
    ("https://courier.com/t?a=1&amp;b=2", "https://courier.com/t?a=1&b=2"),
    ("https://courier.com/t?a=1&#38;b=2", "https://courier.com/t?a=1&b=2"),
    ("https://courier.com/t?a=1&#x26;b=2", "https://courier.com/t?a=1&b=2"),
    ("https://courier.com/t?a=1&amp;amp;b=2", "https://courier.com/t?a=1&b=2"),
    ("https://courier.com/t?a=1&copy=2&reg=3&order=4", "https://courier.com/t?a=1&copy=2&reg=3&order=4"),
    ("<a href='https://courier.com/1'>Track</a>", "https://courier.com/1"),
    ('<a href="https://courier.com/a b" target="_blank">https://x.com</a>', "https://courier.com/a%20b"),
    ("<a href=https://courier.com/1>Track</a>", "https://courier.com/1"),
    ("&lt;a href=&quot;https://courier.com/1&quot;&gt;Track&lt;/a&gt;", "https://courier.com/1"),
    ("<p>https://courier.com/1</p>", "https://courier.com/1"),
    ("https://courier.com/1<br>", "https://courier.com/1"),
    ("https://courier.com/1<br/>", "https://courier.com/1"),
    ("Track: https://courier.com/1 .", "https://courier.com/1"),
    ("Track:https://courier.com/1.", "https://courier.com/1"),
    ("Siga seu pedido em https://courier.com/1!", "https://courier.com/1"),
    ("'https://courier.com/1'", "https://courier.com/1"),
    ('"https://courier.com/1"', "https://courier.com/1"),
    ("<https://courier.com/1>", "https://courier.com/1"),
    ("(https://courier.com/1)", "https://courier.com/1"),
    ("(see https://courier.com/1).", "https://courier.com/1"),
    ("https://courier.com/a(b)c", "https://courier.com/a(b)c"),
    ("[https://courier.com/1]", "https://courier.com/1"),
    ("[Track](https://courier.com/1)", "https://courier.com/1"),
    ('[Track](https://courier.com/1 "title")', "https://courier.com/1"),
    ("[https://courier.com/1](https://courier.com/1)", "https://courier.com/1"),
    ("**https://courier.com/1**", "https://courier.com/1"),
    ("[url=https://courier.com/1]Track[/url]", "https://courier.com/1"),
    ("[url]https://courier.com/1[/url]", "https://courier.com/1"),
    ("<https://courier.com/1|Track>", "https://courier.com/1"),
    ("«https://courier.com/1»", "https://courier.com/1"),
    ("“https://courier.com/1”", "https://courier.com/1"),
    ("`https://courier.com/1`", "https://courier.com/1"),
    ("\n\thttps://courier.com/1\r\n", "https://courier.com/1"),
    ("https://courier.com/tra\nck/1", "https://courier.com/track/1"),
    ("https://courier.com/track/\n123", "https://courier.com/track/123"),
    ("https://courier.com/track/\r\nABC", "https://courier.com/track/ABC"),
    ("https://courier.com/1\nTrack your parcel", "https://courier.com/1"),
    ("https://courier.com/1\nhttps://d.com/2", "https://courier.com/1"),
    ("https://courier.com/a\tb", "https://courier.com/ab"),
    ("https://\ncourier.com/1", "https://courier.com/1"),
    ("https: //courier.com/1", "https://courier.com/1"),
    ("www.courier.com/1", "https://www.courier.com/1"),
    ("WWW.Courier.com/1", "https://www.courier.com/1"),
    ("see www.courier.com/1.", "https://www.courier.com/1"),
    ("//courier.com/1", "https://courier.com/1"),
    ("<a href='//courier.com/1'>", "https://courier.com/1"),
    ("HTTPS://courier.com/1", "https://courier.com/1"),
    ("HTTPS://WWW.COURIER.COM/Ab", "https://www.courier.com/Ab"),
    ("https:/courier.com/1", "https://courier.com/1"),
    ("https://https://courier.com/1", "https://courier.com/1"),
    ("http://https://courier.com/1", "https://courier.com/1"),
    ("https:\\/\\/courier.com\\/1", "https://courier.com/1"),
    ('{"url":"https:\\/\\/courier.com\\/1"}', "https://courier.com/1"),
    ('{\\"url\\":\\"https://courier.com/1?a=1\\u0026b=2\\"}', "https://courier.com/1?a=1&b=2"),
    ("https:\\\\courier.com\\1", "https://courier.com/1"),
    ("https%3A%2F%2Fcourier.com%2F1", "https://courier.com/1"),
    ("https://courier.com/\u200b1", "https://courier.com/1"),
    ("\ufeffhttps://courier.com/1", "https://courier.com/1"),
    ("https://münchen.de/weg?x=ä", "https://xn--mnchen-3ya.de/weg?x=%C3%A4"),
    ("https://courier.com/nullarbor/1", "https://courier.com/nullarbor/1"),
    ("https://courier.com/null-island/7", "https://courier.com/null-island/7"),
    ("https://courier.com/t?code=AB1&utm_source=", "https://courier.com/t?code=AB1&utm_source="),
    (
        "https://courier.com/t?utm_source=&lang=null&code=AB123",
        "https://courier.com/t?utm_source=&lang=null&code=AB123",
    ),
    ("https://courier.com/track?tracking=AB1234&reference=", "https://courier.com/track?tracking=AB1234&reference="),
    ("https://courier.com/track/AB1234?ref=", "https://courier.com/track/AB1234?ref="),
    ("https://courier.com/NA/track/1234", "https://courier.com/NA/track/1234"),
    ("https://courier.com/none-the-less/1", "https://courier.com/none-the-less/1"),
    ("https://courier.com/@user/1", "https://courier.com/@user/1"),
    ("https://courier.com/t?items[]=1&id=5", "https://courier.com/t?items[]=1&id=5"),
    ("https://courier.com/", "https://courier.com/"),
    ("https://courier.com", "https://courier.com"),
    ("https://courier.com/t#!/track/AB12", "https://courier.com/t#!/track/AB12"),
    ("https://courier.com/t?AB123", "https://courier.com/t?AB123"),
    (
        "https://courier.com/%7B6F9619FF-8B86-D011-B42D-00CF4FC964FF%7D",
        "https://courier.com/%7B6F9619FF-8B86-D011-B42D-00CF4FC964FF%7D",
    ),
    ("https://undefined-courier.com/1", "https://undefined-courier.com/1"),
    ("https://courier.com/t?step=0&id=55", "https://courier.com/t?step=0&id=55"),
    ("https://courier.com/t?pin=&awb=123456", "https://courier.com/t?pin=&awb=123456"),
    ("https://courier.com/status/pending/12345", "https://courier.com/status/pending/12345"),
    ("https://t.courier.com/100%25sure/1", "https://t.courier.com/100%25sure/1"),
    ("https://courier.com/track?number=%d0%b0123", "https://courier.com/track?number=%d0%b0123"),
    ("https://courier.com/my parcel/12", "https://courier.com/my%20parcel/12"),
    ("https://courier.com/track?code=AB 12", "https://courier.com/track?code=AB%2012"),
    ("https://courier.com/track?code=AB 12 BR", "https://courier.com/track?code=AB%2012%20BR"),
    *(
        (f"https://courier.com/12345{behind}", "https://courier.com/12345")
        for behind in (
            *(" gracias", " DHL", " ok", " OK", " OK!", " ok?", " ✅", " 🚚 DHL", " y gracias", " - ok", " UPS 2"),
            *(" 2 paquetes", " 24h", " 24/7", " 10:30", " 27/11/2026", " 100%", " #1", " guia:987", " & gracias"),
            *(
                " o https://t.co/2",
                " y también https://t.co/2",
                " o t.co/2",
                " muchas gracias por courier/x",
                " y/o DHL",
            ),
            *("\n9876", "\t9876", "\tDHL", "\nDHL", "\r\nok", "\n\n9876/1", "\\nhttps://t.co/2", "\\r\\nTrack it"),
            *("】", "」", "）", "』", "》", "›", "。", "】9", "」DHL"),
        )
    ),
    ("https://courier.com/tracking\n12345", "https://courier.com/tracking"),
    *(
        (f"https://courier.com/12345{behind}", "https://courier.com/12345")
        for behind in (" 9876", " 9876 5432", " 9876 DHL", " AB9876", " 9876.", " 2", " 12-34", " 9876 es el codigo")
    ),
    ("https://courier.com/tracking 12345", "https://courier.com/tracking"),
    ("https://courier.com/tracking/AB12345 9876", "https://courier.com/tracking/AB12345"),
    ("https://courier.com/track?id=12345 9876", "https://courier.com/track?id=12345"),
    ("https://courier.com/track?id=AB12345 9876 DHL", "https://courier.com/track?id=AB12345"),
    ('{"url": "https://courier.com/12345 9876"}', "https://courier.com/12345"),
    ("https://courier.com/track?id=1234 5678 9012", "https://courier.com/track?id=1234%205678%209012"),
    ("https://courier.com/track/AB 123 456 BR", "https://courier.com/track/AB%20123%20456%20BR"),
    ("https://courier.com/track/ 12345", "https://courier.com/track/%2012345"),
    ("https://courier.com/track?id= 12345", "https://courier.com/track?id=%2012345"),
    ('https://courier.com/track?id="AB12345"', "https://courier.com/track?id=AB12345"),
    ("https://courier.com/track?id='AB12345'&a=1", "https://courier.com/track?id='AB12345'&a=1"),
    ("https://courier.com/track/«AB12345»", "https://courier.com/track/AB12345"),
    ("https://courier.com/track/{AB12345}", "https://courier.com/track/%7BAB12345%7D"),
    ("https://courier.com/AB12345.html", "https://courier.com/AB12345.html"),
    ("https://courier.com/found/12345", "https://courier.com/found/12345"),
    ("https://courier.com/@ana", "https://courier.com/@ana"),
    ("https://courier.com/~ana/12345", "https://courier.com/~ana/12345"),
    ("https://courier.com/r?url=https%3A%2F%2Fd.com%2F12345", "https://courier.com/r?url=https%3A%2F%2Fd.com%2F12345"),
    ("https://courier.com/tracking gracias", "https://courier.com/tracking"),
    ("https://courier.com/tracking DHL", "https://courier.com/tracking"),
    ('{"url": "https://courier.com/12345 gracias"}', "https://courier.com/12345"),
    ("(https://courier.com/12345 valid for 3 days)", "https://courier.com/12345"),
    ("【https://courier.com/12345】DHL", "https://courier.com/12345"),
    ("「https://courier.com/a b」", "https://courier.com/a%20b"),
    ("（https://courier.com/12345）", "https://courier.com/12345"),
]
NO_LINKS = [
    "https://courier.com/track?code={{order.tracking_number | default: ''}}",
    "https://courier.com/t?code=(null)",
    "https://courier.com/t/'undefined'",
    "https://courier.com/t?id=sin guia",
    "https://courier.com/t?id=No disponible",
    "https://courier.com/t?id=NO_TRACKING",
    "https://courier.com/track/no-tracking",
    "https://courier.com/track/TRACKING_NUMBER",
    "https://courier.com/track/YOUR-CODE-HERE",
    "https://courier.com/t?trackingId=trackingId",
    "https://courier.com/t?id=$",
    "https://courier.com/t?id=%",
    "https://courier.com/t?code",
    "https://courier.com/t?id=XXXX-XXXX",
    "https://courier.com/t?id=0000000",
    "https://{host}/1",
    "https://{{host}}/track/1",
    "https://${host}/1",
    "https://<host>/1",
    "https://[HOST]/1",
    "https://%s/1",
    "https://courier.com/t?id=[object Object]",
    "",
    "  ",
    "N/A",
    "n/a",
    "N/A.",
    "null",
    "NULL",
    "undefined",
    "None",
    "{trackingNumber}",
    "{{trackingNumber}}",
    "{{ tracking number }}",
    "%s",
    "[TRACKING]",
    "<id>",
    "@",
    "-",
    "--",
    "0",
    "TBD",
    "pending",
    "Pending...",
    "\u2800",
    "\u200b",
    "\u3164",
    "string",
    "https://",
    "http://",
    "www.",
    "https://www.",
    "#",
    "about:blank",
    "javascript:void(0)",
    "(N/A)",
    '"null"',
    "'undefined'",
    "<none>",
    "no link",
    "Not available",
    "No disponible",
    "Link will follow soon",
    "tracking pending",
    "pendiente de asignar",
    "https://courier.com/null",
    "https://courier.com/track/undefined",
    "https://courier.com/track/null/",
    "https://courier.com/{trackingNumber}",
    "https://courier.com/{{trackingNumber}}",
    "https://courier.com/{{ trackingNumber }}",
    "https://courier.com/%7BtrackingNumber%7D",
    "https://courier.com/t?code={code}&x=1",
    "https://courier.com/${id}",
    "https://courier.com/t?code=",
    "https://courier.com/t?code=&lang=es",
    "https://courier.com/t?lang=es&code=",
    "https://courier.com/t?code=%20",
    "https://courier.com/t?code=N/A",
    "https://courier.com/t?code=N%2FA",
    "https://courier.com/t?tracking=undefined",
    "https://courier.com/t?tracking=null&x=1",
    "https://courier.com/t?id=@",
    "https://courier.com/@",
    "https://courier.com/track/%s",
    "https://courier.com/t?n=%s",
    "https://courier.com/t?n=%d",
    "https://courier.com/[TRACKING]",
    "https://courier.com/t?c=[TRACKING_NUMBER]",
    "https://courier.com/<id>",
    "https://courier.com/t?code=<trackingId>&x=1",
    "https://courier.com/%3Cid%3E",
    "https://courier.com/track/-",
    "https://courier.com/track/0",
    "https://courier.com/track/TBD",
    "https://courier.com/track/pending",
    "https://courier.com/track/N/A",
    "https://courier.com/track/None",
    "https://courier.com/#/track/undefined",
    "https://courier.com/#code=",
    "https://courier.com/t?null",
    "https://courier.com/t?id=[object Object]",
    "https://courier.com/[object%20Object]",
    "https://null",
    "https://null/track/1",
    "https://undefined/",
    "https://undefined.courier.com/1",
    "https://courier.com/null-null",
    "https://courier.com/tracking=undefined",
    "https://courier.com/:trackingId",
    "https://courier.com/t?code=XXXXXX",
    "https://courier.com/__TRACKING__",
    "https://courier.com/t?code=%TRACKING%",
    "<a href='https://courier.com/null'>Track</a>",
    "https://courier.com/t?code=NaN",
    "https://courier.com/?guia=&origen=web",
    "https://courier.com/{0}",
    "https://courier.com/t?id={}",
    "https://courier.com/t?code=0",
    "https://courier.com/t?x=",
    'https://courier.com/track/"null"',
    'https://courier.com/track/""',
    'https://courier.com/track?code="undefined"',
    "https://courier.com/track/«id»",
    "https://courier.com/track/“null”",
    "https://courier.com/track/‹tracking›",
    "https://courier.com/track/【id】",
    "https://courier.com/track/`N/A`",
    "https://courier.com/track/sin%20asignar",
    "https://courier.com/track/sin asignar",
    "https://courier.com/track/Sin_Asignar",
    "https://courier.com/track/n%C3%A3o-informado",
    "https://courier.com/track/por-asignar",
    "https://courier.com/t?id=sin asignar aún",
    "https://courier.com/track/not_found",
    "https://courier.com/track/NotFound",
    "https://courier.com/track/no-existe",
    "https://courier.com/track/null.html",
    "https://courier.com/track/undefined.php",
    "https://courier.com/track/ES-null",
    "https://courier.com/track/null-ES",
    "https://courier.com/track/XXXX-XXXX",
    "https://courier.com/track/xx-xxxx-xx",
    "https://courier.com/t?code=@trackingNumber",
    "https://courier.com/track/@trackingNumber",
    "https://courier.com/track/@{id}",
    "https://courier.com/track/~tracking~",
    "https://courier.com/track/|id|",
    "https://courier.com/track/%7Cid%7C",
    "https://courier.com/track/%(tracking)s",
    "https://courier.com/track/^id^",
    "https://courier.com/track/%E2%80%8B",
    "https://courier.com/t?code=%E2%A0%80",
    "https://courier.com/r?url=https%3A%2F%2Fd.com%2Ftrack%2Fnull",
    "https://courier.com/r?url=https%3A%2F%2Fd.com%2Ft%3Fcode%3D",
    "https://courier.com/r?url=https://d.com/{trackingNumber}",
]
UNREADABLE = [
    "http://localhost:3000/x",
    "track.courier.com/1",
    "https://user:password@courier.com/x",
    "https://courier.com\\@evil.com/x",
    "https://courier.com:port/x",
    "http://[::1]/x",
    "AB123456789BR",
    "https://courier.com/\ud800",
    "https://courier.com/a\x7fb",
    "https://1.2.3.4@evil.com",
    "javascript:alert('https://x.com/1')",
    "data:text/html,https://x.com",
    "ftp://courier.com/x",
    "tg://resolve?domain=x",
    "https://10.0.0.1/x",
    "https://courier.com/�",
    "https://courier.com/12345\\ngracias",
]


@pytest.mark.parametrize(("raw", "link"), LINKS)
def test_a_link_is_found_in_whatever_is_around_and_inside_of_it(raw: str, link: str) -> None:
    assert (public_link(raw), is_placeholder(raw)) == (link, False)


@pytest.mark.parametrize("raw", NO_LINKS)
def test_what_says_that_there_is_no_link_is_none(raw: str) -> None:
    assert (public_link(raw), is_placeholder(raw)) == (None, True)


@pytest.mark.parametrize("raw", UNREADABLE)
def test_what_may_be_meant_as_a_link_and_cannot_be_read_is_no_placeholder(raw: str) -> None:
    assert (public_link(raw), is_placeholder(raw)) == (None, False)


typed = st.lists(
    st.sampled_from(
        [
            *(raw for raw, _ in LINKS),
            *NO_LINKS,
            *UNREADABLE,
            " ",
            "\n",
            "<",
            ">",
            '"',
            "'",
            "(",
            "]",
            "&amp;",
            "&nbsp;",
            "{",
            "\\",
            ".",
            ",",
            "https://",
        ]
    ),
    min_size=1,
    max_size=4,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(typed | addresses)
def test_whatever_is_around_a_link_what_is_shown_is_stable_and_never_a_placeholder(raw: str) -> None:
    link = public_link(raw)
    if link is not None:
        assert public_link(link) == link
        assert not is_placeholder(raw)
        assert not is_placeholder(link)


LONGEST = 4096


BLANKS = " " * 400


@pytest.mark.parametrize(
    "piece",
    [
        *(f"{start}{BLANKS}" for start in ("{", "{{", "https", "[a", "//a", "<a", "https://c.com/?a=", "\\")),
        "a ",
        "(",
        "{",
        "{{",
        "{ ",
        "<a ",
        "&#38;",
        "\\",
        "https://",
        "%7B",
        "a=&",
        "b/c ",
        "//a.",
        "'https://c.com/1 ",
        *(f"{opener}https://c.com/ " for opener in ("(", "[", "{", "<", '"', "«")),
        "‹https://c.com|",
        "https://c.com/,",
        "www.c.com ",
        ",",
        "|",
    ],
)
def test_no_text_is_read_for_long(piece: str) -> None:
    for start in ("", "https://c.com/", "https://c.com/?x "):
        raw = (start + piece * LONGEST)[:LONGEST]
        before = time.thread_time()
        public_link(raw), is_placeholder(raw)
        assert time.thread_time() - before < 0.2


def test_of_a_text_full_of_links_only_the_first_ones_are_read() -> None:
    assert public_link("http://localhost/1 " * 10 + "https://courier.com/2") == "https://courier.com/2"
    assert public_link("http://localhost/1 " * 100 + "https://courier.com/2") is None


def test_a_text_that_comes_at_each_answer_is_read_once() -> None:
    texts = [("(https://c.com/ " * 200) + str(number) for number in range(50)]
    times = []
    for _ in range(2):
        before = time.thread_time()
        assert not any(map(is_placeholder, texts))
        assert all(map(public_link, texts))
        times.append(time.thread_time() - before)
    assert times[1] < times[0] / 10


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
