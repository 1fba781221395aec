"""What /check shows staff about an order."""

from dataclasses import replace

import pytest

from bot.demo.samples import NUMBER, WHEN
from bot.simulators.telegram.text import parse_text
from bot.tracking.model import Kind, NoticeState, Order, OrderPk, RecentWebhook, Shipment, Ticks, Wall
from bot.words.fluent.catalog import Catalog
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.limits import TEXT_UNITS
from bot.words.messages.rendering import Renderer
from bot.words.messages.staff_report import HistoryRow, StaffReport
from bot.words.messages.told_lines import ToldRow
from bot.words.store_info import StoreInfo
from tests.builders import order, shipment
from tests.key_catalog import key_catalog
from tests.message_keys import says, values_of
from tests.words.rendered import assert_sendable

CATALOG = Catalog()
RENDERER = Renderer(CATALOG, StoreInfo())
LANGUAGES = [locale for locale, _ in CATALOG.available()]
FULL = StaffReport(
    Order(
        "shop",
        NUMBER,
        id=OrderPk(1),
        status="PACKING",
        since=Wall(WHEN),
        webhook_at=Ticks(WHEN),
        polled_at=Ticks(WHEN + 5),
        next_poll_at=Ticks(WHEN + 600),
        unconfirmed_at=Ticks(WHEN),
        unconfirmed_status="DELIVERED",
        not_found_count=1,
        failures=2,
        shipments=(
            Shipment(
                *("S1", 1, "ON_ROUTE", "amazon", "VAN", "https://a.com/1", "https://a.com/1"),
                implies_on_route=True,
                tracking_id="TRK-<1>",
                tracking_status="IN_TRANSIT",
            ),
            Shipment("S2", 2, "<ROBOT>", None, None, "http://localhost:3000/x", None, closed=True),
        ),
    ),
    followers=3,
    paused=1,
    history=tuple(HistoryRow(Wall(WHEN), "heard", "PICKING", "PACKING", None, n) for n in range(1, 30)),
    told=(
        ToldRow(Wall(WHEN), Kind.CARD, NoticeState.SENT, frozenset({1}), "ON_ROUTE"),
        ToldRow(Wall(WHEN), Kind.NOTE, NoticeState.FAILED, frozenset({1}), reason="can't parse"),
    ),
)


@pytest.mark.parametrize("shown", [True, False], ids=["shown to followers", "as it was typed"])
@pytest.mark.parametrize(
    "raw",
    [
        "https://courier.com/t?token=S3CRET",
        "https://courier.com/t?id=1&auth=S3CRET",
        "https://ana:S3CRET@courier.com/t",
        "https://courier.com/t#access_token=S3CRET",
        "https://courier.com/t;jsessionid=S3CRET",
        "https://courier.com/t/token/S3CRET",
        "https://courier.com/t/eyJhbGciOiJIUzI1NiJ9.S3CRET.c2ln",
        "password: S3CRET",
    ],
)
def test_nothing_that_may_be_secret_in_a_link_is_shown(raw: str, shown: bool) -> None:
    one = Shipment("S1", 1, "ON_ROUTE", "amazon", None, raw, raw if shown else None)
    report = StaffReport(Order("shop", NUMBER, status="ON_ROUTE", shipments=(one,)))
    html = RENDERER.staff_report(report, "en", WHEN)[0].html
    assert "S3CRET" not in html
    assert ("courier.com" in html) is ("courier.com" in raw)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [FULL, StaffReport(Order("shop", NUMBER))])
def test_a_report_can_be_sent(language: str, report: StaffReport) -> None:
    parse_text(RENDERER.staff_report(report, language, WHEN)[0].html, "HTML")


def test_a_report_shows_everything_raw() -> None:
    html = RENDERER.staff_report(FULL, "en", WHEN)[0].html
    for part in (
        "Status: <code>PACKING</code>",
        "Followers see <code>ON_ROUTE</code>",
        "A webhook said <code>DELIVERED</code>",
        "Not found in 1 answer in a row",
        "2 calls in a row failed",
        "Service 1: <code>ON_ROUTE</code>, courier amazon, vehicle VAN",
        "<code>https://a.com/1</code>, shown to followers",
        "<code>TRK-&lt;1&gt;</code>, tracking status: <code>IN_TRANSIT</code>",
        "Service 2: <code>&lt;ROBOT&gt;</code>, courier not given, vehicle not given, no longer shown by the API",
        "<code>http://localhost:3000/x</code>, not shown to followers",
        "Followers: 3, paused: 1, waiting for this number: 0",
        "on its way, to 1 chat",
        "note from the store, 1 not delivered: Telegram can’t read its formatting",
    ):
        assert part in html, part


def test_a_report_shows_what_the_api_says_against_the_end_that_a_webhook_told() -> None:
    ended = RecentWebhook("ON_ROUTE", "DELIVERED", Ticks(WHEN))
    one = Order("shop", NUMBER, status="DELIVERED", ended=ended, diverged_at=Ticks(WHEN + 60))
    text = Renderer(key_catalog(), StoreInfo()).staff_report(StaffReport(one), "en", WHEN)[0]
    assert says(text, "check-differs", raw="ON_ROUTE")


def test_the_last_answer_of_a_report_is_the_last_that_was_taken() -> None:
    renderer = Renderer(key_catalog(), StoreInfo())
    deferred = Order("shop", NUMBER, status="PICKING", polled_at=Ticks(WHEN), webhook_at=Ticks(WHEN))
    assert not says(renderer.staff_report(StaffReport(deferred), "en", WHEN)[0], "check-asked")
    taken = replace(deferred, confirmed_at=Ticks(WHEN - 60))
    text = renderer.staff_report(StaffReport(taken), "en", WHEN)[0]
    assert values_of(text, "check-asked")["time"] != values_of(text, "check-heard")["time"]


def test_of_an_order_that_a_package_put_on_its_way_the_couriers_end_is_shown_too() -> None:
    renderer = Renderer(key_catalog(), StoreInfo())
    under_way = order("INVOICED", shipment("ON_ROUTE", implies_on_route=True))
    text = renderer.staff_report(StaffReport(under_way), "en", WHEN)[0]
    assert (says(text, "check-lifted", raw="ON_ROUTE"), says(text, "check-courier-ahead")) == (True, False)
    arrived = order("INVOICED", shipment("DELIVERED", implies_on_route=True))
    text = renderer.staff_report(StaffReport(arrived), "en", WHEN)[0]
    assert says(text, "check-lifted", raw="ON_ROUTE")
    assert says(text, "check-courier-ahead", raw="DELIVERED")


@pytest.mark.parametrize("packages", [0, 2, 20])
@pytest.mark.parametrize("count", [0, 1, 9, 60, 300])
def test_a_report_has_every_line_of_what_was_told_on_one_of_its_pages(count: int, packages: int) -> None:
    parcels = tuple(replace(FULL.order.shipments[0], key=f"S{n}", position=n) for n in range(packages))
    report = replace(FULL, order=replace(FULL.order, shipments=parcels))
    told = tuple(
        ToldRow(Wall(WHEN - 900 * n), Kind.NOTE, NoticeState.SENT, frozenset({n}), event=n, text=f"{n} " + "note " * 40)
        for n in range(count)
    )
    pages = Renderer(key_catalog(), StoreInfo()).staff_report(replace(report, told=told), "en", WHEN)
    for page in pages:
        assert_sendable(page)
        is_cut = utf16_length(visible_text(page.html)) >= TEXT_UNITS
        assert not is_cut or (page is pages[0] and packages == 20)  # then only the raw values have no room
    lines = [line for page in pages for line in page.html.splitlines() if "check-what-note" in line]
    assert len(lines) == count
    assert all(f"text={n} " in line for n, line in enumerate(lines))
