"""What /check shows staff about an order."""

from dataclasses import replace

import pytest

from bot.demo.samples import NUMBER, WHEN
from bot.simulators.telegram.text import parse_text
from bot.tracking.model import Order, OrderPk, RecentWebhook, Shipment, Ticks, Wall
from bot.words.fluent.catalog import Catalog
from bot.words.messages.rendering import Renderer
from bot.words.messages.staff_report import HistoryRow, NoticeRow, StaffReport
from bot.words.store_info import StoreInfo
from tests.builders import order, shipment
from tests.key_catalog import key_catalog
from tests.message_keys import says, values_of

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
    notices=(
        NoticeRow(Wall(WHEN), "state", "sent", "ON_ROUTE"),
        NoticeRow(Wall(WHEN), "incident", "aside", None, "can't parse"),
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
    html = RENDERER.staff_report(report, "en", WHEN).html
    assert "S3CRET" not in html
    assert ("courier.com" in html) is ("courier.com" in raw)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [FULL, StaffReport(Order("shop", NUMBER))])
def test_a_report_can_be_sent(language: str, report: StaffReport) -> None:
    parse_text(RENDERER.staff_report(report, language, WHEN).html, "HTML")


def test_a_report_shows_everything_raw() -> None:
    html = RENDERER.staff_report(FULL, "en", WHEN).html
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
        "<code>incident</code> – not delivered, Telegram can’t read its formatting",
    ):
        assert part in html, part


def test_a_report_shows_what_the_api_says_against_the_end_that_a_webhook_told() -> None:
    ended = RecentWebhook("ON_ROUTE", "DELIVERED", Ticks(WHEN))
    one = Order("shop", NUMBER, status="DELIVERED", ended=ended, diverged_at=Ticks(WHEN + 60))
    text = Renderer(key_catalog(), StoreInfo()).staff_report(StaffReport(one), "en", WHEN)
    assert says(text, "check-differs", raw="ON_ROUTE")


def test_the_last_answer_of_a_report_is_the_last_that_was_taken() -> None:
    renderer = Renderer(key_catalog(), StoreInfo())
    deferred = Order("shop", NUMBER, status="PICKING", polled_at=Ticks(WHEN), webhook_at=Ticks(WHEN))
    assert not says(renderer.staff_report(StaffReport(deferred), "en", WHEN), "check-asked")
    taken = replace(deferred, confirmed_at=Ticks(WHEN - 60))
    text = renderer.staff_report(StaffReport(taken), "en", WHEN)
    assert values_of(text, "check-asked")["time"] != values_of(text, "check-heard")["time"]


def test_of_an_order_that_a_package_put_on_its_way_the_couriers_end_is_shown_too() -> None:
    renderer = Renderer(key_catalog(), StoreInfo())
    under_way = order("INVOICED", shipment("ON_ROUTE", implies_on_route=True))
    text = renderer.staff_report(StaffReport(under_way), "en", WHEN)
    assert (says(text, "check-lifted", raw="ON_ROUTE"), says(text, "check-courier-ahead")) == (True, False)
    arrived = order("INVOICED", shipment("DELIVERED", implies_on_route=True))
    text = renderer.staff_report(StaffReport(arrived), "en", WHEN)
    assert says(text, "check-lifted", raw="ON_ROUTE")
    assert says(text, "check-courier-ahead", raw="DELIVERED")
