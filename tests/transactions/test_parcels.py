"""What a chat is told of an order's parcels: each once, whatever the API shows in which order, and never falsely."""

import itertools
import os
import random
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import stuck
from bot.tracking.events import ShipmentSnapshot
from bot.tracking.lead import News
from bot.tracking.model import Kind
from bot.tracking.overview import Why
from bot.tracking.shipping import counted_shipments
from bot.tracking.timing import DAY
from bot.transactions import record
from bot.transactions.claimed_notice import ClaimedNotice
from tests.builders import LINK, OTHER_LINK, memory_store, service, status_changed
from tests.transactions.parcel_order import ParcelOrder

DELIVERED, RETURNED = News.DELIVERED, News.RETURNED
ENDS = {"DELIVERED": DELIVERED, "RETURNED": RETURNED}


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as opened:
        yield opened


@pytest.fixture
def parcels(connection: sqlite3.Connection) -> ParcelOrder:
    return ParcelOrder(connection)


def two(first: str, second: str) -> tuple[ShipmentSnapshot, ShipmentSnapshot]:
    """Two services with ids."""
    return service(first, "s1", LINK, courier="Swift"), service(second, "s2", OTHER_LINK, courier="Blue Van")


def nameless(status: str, **traits: str) -> ShipmentSnapshot:
    """A service without an id."""
    return service(status, None, **traits)


# ── told once ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        pytest.param("DELIVERED", "ON_ROUTE", [DELIVERED], id="delivered and under way"),
        pytest.param("RETURNED", "ON_ROUTE", [RETURNED], id="returned and under way"),
        pytest.param("DELIVERED", "RETURNED", [DELIVERED, RETURNED], id="delivered and returned"),
        pytest.param("DELIVERED", "UNKNOWN", [DELIVERED], id="delivered and nothing readable"),
        pytest.param("DELIVERED", "CANCELED", [DELIVERED], id="delivered and given up"),
        pytest.param("INCIDENT", "ON_ROUTE", [News.INCIDENT, News.INCIDENT_SOLVED], id="an incident and none"),
        pytest.param("ON_HOLD", "PICKED", [News.HOLD, News.HOLD_SOLVED], id="a hold and none"),
        pytest.param("INCIDENT", "ON_HOLD", [News.INCIDENT, News.HOLD], id="an incident and a hold"),
        pytest.param("INCIDENT", "DELIVERED", [News.INCIDENT, DELIVERED], id="an incident and delivered"),
    ],
)
def test_what_alternates_at_each_get_is_told_once(parcels: ParcelOrder, one: str, other: str, told: list[News]) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    for status in (one, other) * 4:
        parcels.shows(*two(status, "ON_ROUTE"))
    assert parcels.told() == [(news, "s1") for news in told]


def test_an_assignment_that_alternates_is_only_shown(connection: sqlite3.Connection) -> None:
    parcels = ParcelOrder(connection, "READY_FOR_SHIPPING")
    for status in ("PENDING", "ASSIGNED") * 4:
        parcels.shows(service(status), status="READY_FOR_SHIPPING")
    assert (parcels.cards(), parcels.edits) == ([], 8)


@pytest.mark.parametrize(
    "services",
    [
        pytest.param((service("DELIVERED", "a"), service("ON_ROUTE", "b")), id="with ids"),
        pytest.param((nameless("DELIVERED", courier="Swift"), nameless("ON_ROUTE", courier="Blue")), id="by couriers"),
        pytest.param((nameless("DELIVERED"), nameless("ON_ROUTE")), id="that nothing tells apart"),
    ],
)
def test_services_that_swap_places_at_each_get_tell_nothing(
    parcels: ParcelOrder, services: tuple[ShipmentSnapshot, ...]
) -> None:
    parcels.shows(*services)
    for _ in range(6):
        services = services[::-1]
        parcels.shows(*services)
    assert parcels.news == [DELIVERED]


def test_a_service_that_goes_missing_and_comes_back_tells_nothing(parcels: ParcelOrder) -> None:
    swift, blue = nameless("DELIVERED", courier="Swift"), nameless("ON_ROUTE", courier="Blue")
    for seen in ((swift, blue), (blue,), (swift, blue), (swift,), (blue,), (blue, swift)):
        parcels.shows(*seen)
    assert parcels.news == [DELIVERED]


def test_an_answer_without_any_service_for_once_tells_nothing(parcels: ParcelOrder) -> None:
    parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    parcels.shows()
    parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    assert parcels.news.count(DELIVERED) == 1


def test_a_service_that_leaves_and_waits_in_turns_does_not_take_the_order_back(connection: sqlite3.Connection) -> None:
    parcels = ParcelOrder(connection, "READY_FOR_SHIPPING")
    for status in ("ASSIGNED", "ON_ROUTE", "CANCELED", "PICKED") * 3:
        parcels.shows(service(status, "s1", LINK), status="READY_FOR_SHIPPING")
    assert parcels.states() == [("ON_ROUTE", None)]
    for _ in range(2):
        parcels.shows(service("ASSIGNED", "s1"), status="READY_FOR_SHIPPING")
    assert parcels.states() == [("ON_ROUTE", None), ("READY_FOR_SHIPPING", "ON_ROUTE")]


# ── never at rest ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("spell", [1, 2], ids=["one GET each", "two GETs each"])
@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("INCIDENT", "ON_ROUTE", [News.INCIDENT, News.INCIDENT_SOLVED]),
        ("ON_HOLD", "PICKED", [News.HOLD, News.HOLD_SOLVED]),
        ("INCIDENT", "ON_HOLD", [News.INCIDENT, News.HOLD]),
    ],
)
def test_a_trouble_that_comes_and_goes_is_told_once_and_staff_see_it_within_the_hour(
    parcels: ParcelOrder, one: str, other: str, told: list[News], spell: int
) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    for number in range(288):  # a day
        parcels.shows(*two((one, other)[number // spell % 2], "ON_ROUTE"), after=300)
        if number == 11:  # an hour
            [found] = stuck.stuck_orders(parcels.connection, parcels.now)
            assert set(found.in_turns) == {one, other}
    assert parcels.news == told


@pytest.mark.parametrize("spell", [3, 4, 6, 12, 24])
@pytest.mark.parametrize(("one", "other"), [("INCIDENT", "ON_ROUTE"), ("DELIVERED", "ON_ROUTE"), ("ON_HOLD", "PICKED")])
def test_what_goes_to_and_fro_for_days_is_told_ever_more_rarely(
    parcels: ParcelOrder, one: str, other: str, spell: int
) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    for number in range(3 * 288):
        parcels.shows(*two((one, other)[number // spell % 2], "ON_ROUTE"), after=300)
    assert len(parcels.news) <= 12
    assert all(before is not after for before, after in itertools.pairwise(parcels.news))


def test_a_trouble_that_comes_back_and_stays_is_told_again(parcels: ParcelOrder) -> None:
    for status in ("INCIDENT", "ON_ROUTE", *["INCIDENT"] * 4):
        parcels.shows(*two(status, "ON_ROUTE"), after=300)
    assert parcels.news == [News.INCIDENT, News.INCIDENT_SOLVED, News.INCIDENT]


def test_an_order_that_goes_to_and_fro_by_webhooks_is_seen_by_staff(connection: sqlite3.Connection) -> None:
    parcels = ParcelOrder(connection, "PACKING")
    for old, new in (("PACKING", "READY_FOR_PACKING"), ("READY_FOR_PACKING", "PACKING")) * 3:
        parcels.now += 60
        record.apply_webhook(connection, status_changed(old, new), parcels.context)
        parcels.shows(status=new)
    [found] = stuck.stuck_orders(connection, parcels.now)
    assert (found.in_turns, found.times) == (("PACKING", "READY_FOR_PACKING"), 3)
    assert [one.why for one in stuck.stuck_orders(connection, parcels.now + DAY - 60)] == [Why.SLOW]
    parcels.shows(status="DELIVERED")
    assert stuck.stuck_orders(connection, parcels.now) == []


def test_what_goes_on_is_not_taken_for_what_goes_to_and_fro(parcels: ParcelOrder) -> None:
    for status in ("INCIDENT", "ON_ROUTE", "INCIDENT", "ON_ROUTE", "DELIVERED"):
        parcels.shows(*two(status, "ON_ROUTE"), after=300)
    parcels.shows(*two("DELIVERED", "INCIDENT"), after=300)
    assert stuck.stuck_orders(parcels.connection, parcels.now) == []


# ── the last one ─────────────────────────────────────────────────────────────


def test_the_last_delivery_is_told_once_though_the_order_stays_on_its_way(parcels: ParcelOrder) -> None:
    parcels.shows(service("ON_ROUTE", "s1", LINK))
    for _ in range(3):
        parcels.shows(service("DELIVERED", "s1", LINK))
    assert parcels.news == [DELIVERED]
    parcels.shows(service("DELIVERED", "s1", LINK), status="DELIVERED")
    assert (parcels.states(), parcels.subscription.notified_status) == ([], "DELIVERED")


def test_parcels_that_arrive_one_after_the_other_are_told_one_by_one(parcels: ParcelOrder) -> None:
    for first, second in (("ON_ROUTE", "ON_ROUTE"), ("DELIVERED", "ON_ROUTE"), ("DELIVERED", "DELIVERED")) * 2:
        parcels.shows(*two(first, second))
    assert parcels.told() == [(DELIVERED, "s1"), (DELIVERED, "s2")]


def test_parcels_that_arrive_together_are_told_once(parcels: ParcelOrder) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    for _ in range(3):
        parcels.shows(*two("DELIVERED", "DELIVERED"))
    assert [dict(one.content.lead.news) for one in parcels.cards()] == [{"s1": DELIVERED, "s2": DELIVERED}]


def test_an_order_that_comes_back_from_delivered_tells_no_end_that_it_told_itself(parcels: ParcelOrder) -> None:
    parcels.shows(*two("DELIVERED", "DELIVERED"), status="DELIVERED")
    parcels.shows(*two("DELIVERED", "DELIVERED"))
    assert parcels.states() == [("DELIVERED", None), ("ON_ROUTE", "DELIVERED")]
    assert (len(parcels.cards()), parcels.news) == (2, [])


MADE = "2026-09-21T14:13:20.000Z"


@pytest.mark.parametrize(
    "traits",
    [
        pytest.param({}, id="nothing else"),
        pytest.param({"courier": "Swift"}, id="its courier"),
        pytest.param({"created_at": MADE, "courier": "Swift"}, id="when it was made"),
        pytest.param({"link": LINK}, id="its link"),
    ],
)
@pytest.mark.parametrize("spacing", [50.0, 100.0])
def test_an_end_whose_service_has_another_id_in_each_answer_is_told_once(
    parcels: ParcelOrder, traits: dict[str, str], spacing: float
) -> None:
    for number in range(5):
        parcels.shows(service("DELIVERED", f"x{number}", **traits), after=spacing)
    assert parcels.news.count(DELIVERED) == 1
    if traits.keys() & {"created_at", "link"}:
        assert [one.service_id for one in parcels.order.shipments] == ["x4"]


@pytest.mark.parametrize("link", [None, LINK])
def test_a_courier_in_another_spelling_is_the_same_courier(parcels: ParcelOrder, link: str | None) -> None:
    parcels.shows(service("ON_ROUTE", None, link, courier="Swift"))
    for courier in ("Swift", "SWIFT", "swift  ") * 2:
        parcels.shows(service("DELIVERED", None, link, courier=courier))
    assert parcels.told() == [(DELIVERED, "#1")]
    assert [(one.courier, one.link) for one in parcels.order.shipments] == [("Swift", link)]


@pytest.mark.parametrize("seen", [(), (service("ASSIGNED", "b"),)], ids=["none is left", "another waits"])
def test_an_order_is_not_on_its_way_by_a_service_that_is_gone(
    connection: sqlite3.Connection, seen: tuple[ShipmentSnapshot, ...]
) -> None:
    parcels = ParcelOrder(connection, "READY_FOR_SHIPPING")
    parcels.shows(service("ON_ROUTE", "a", LINK), status="READY_FOR_SHIPPING")
    parcels.shows(*seen, status="READY_FOR_SHIPPING")
    assert parcels.states() == [("ON_ROUTE", None)]
    parcels.shows(*seen, status="READY_FOR_SHIPPING")
    parcels.follows(502)
    parcels.shows(*seen, status="READY_FOR_SHIPPING")
    assert parcels.states()[1:] == [("READY_FOR_SHIPPING", "ON_ROUTE")]
    assert parcels.states(502) == [("READY_FOR_SHIPPING", None)]


@pytest.mark.parametrize(("status", "lifted"), [("ASSIGNED", False), ("ON_ROUTE", True), ("INCIDENT", True)])
def test_a_service_that_was_gone_and_comes_back_counts_as_it_is_now(
    connection: sqlite3.Connection, status: str, lifted: bool
) -> None:
    parcels = ParcelOrder(connection, "READY_FOR_SHIPPING")
    parcels.shows(service("ON_ROUTE", "a"), status="READY_FOR_SHIPPING")
    for _ in range(2):
        parcels.shows(status="READY_FOR_SHIPPING")
    parcels.shows(service(status, "a"), status="READY_FOR_SHIPPING")
    states = [status for status, _ in parcels.states()]
    assert states == ["ON_ROUTE", "READY_FOR_SHIPPING", *(["ON_ROUTE"] if lifted else [])]


@pytest.mark.parametrize("spacing", [50.0, 100.0, 400.0])
@pytest.mark.parametrize(
    "statuses", [("ON_ROUTE", "ON_ROUTE"), ("DELIVERED", "ON_ROUTE"), ("INCIDENT",), ("DELIVERED",), ("RETURNED",)]
)
@pytest.mark.parametrize("with_links", [False, True])
def test_services_with_new_ids_in_each_answer_take_no_more_room_and_are_not_told_of_again(
    parcels: ParcelOrder, statuses: tuple[str, ...], spacing: float, with_links: bool
) -> None:
    def show(number: int) -> None:
        services = (
            service(status, f"x{number}-{place}", f"{LINK}{number}{place}" if with_links else None, courier="Swift")
            for place, status in enumerate(statuses)
        )
        parcels.shows(*services, after=spacing)

    def rows() -> list[int]:
        counts = "SELECT count(*) FROM shipments", "SELECT count(*) FROM history"
        return [parcels.connection.execute(count).fetchone()[0] for count in counts]

    for number in range(40):
        show(number)
    room, told = rows(), len(parcels.news)
    links = len(parcels.links)
    parcels.sent.clear()
    for number in range(40, 140):
        show(number)
    assert rows() == room
    assert room[0] <= 30
    assert (parcels.links, parcels.news) == ([], [])
    assert (told <= len(statuses) + 1, links <= 20) == (True, True)
    assert len(counted_shipments(parcels.order.shipments)) == len(statuses)
    held = parcels.subscription
    for known in (held.notified_links, held.notified_parcels, held.notified_troubles):
        assert len(known) <= 40
    assert with_links or parcels.edits == 0
    assert "missing" not in parcels.order.extra_polls


def test_a_package_that_stays_is_told_of_though_others_had_new_ids_for_long(parcels: ParcelOrder) -> None:
    for number in range(30):
        parcels.shows(service("ON_ROUTE", f"x{number}", courier="Swift"))
    parcels.sent.clear()
    for status in ("ON_ROUTE", "DELIVERED", "DELIVERED", "DELIVERED"):
        parcels.shows(service(status, "y", courier="Swift"))
    assert parcels.news == [DELIVERED]


@pytest.mark.parametrize("packages", [1, 6, 12])
def test_an_order_whose_couriers_were_all_replaced_once_is_told_of_each_new_link(
    parcels: ParcelOrder, packages: int
) -> None:
    for spell in ("old", "new"):
        for _ in range(4):
            parcels.shows(*(service("PENDING", f"{spell}{place}") for place in range(packages)))
    parcels.shows(*(service("ON_ROUTE", f"new{place}", f"{LINK}{place}") for place in range(packages)), after=3600)
    assert parcels.links == [tuple(f"new{place}" for place in range(packages))]


def test_many_services_with_new_ids_in_each_answer_tell_no_links_for_ever(parcels: ParcelOrder) -> None:
    for number in range(30):
        if number == 20:
            parcels.sent.clear()
        parcels.shows(*(service("ON_ROUTE", f"x{number}-{place}", f"{LINK}{number}{place}") for place in range(12)))
    assert parcels.links == []
    assert len(parcels.order.shipments) <= 80


def test_packages_without_ids_never_take_the_name_of_one_that_was_forgotten(parcels: ParcelOrder) -> None:
    named: list[str] = []
    for number in range(60):
        parcels.shows(nameless("ON_ROUTE", courier=f"C{number}"))
        named += [one.key for one in parcels.order.shipments if one.key not in named]
    assert len(named) == 60


# ── gone for once, or for good ───────────────────────────────────────────────


@pytest.mark.parametrize("status", ["DELIVERED", "RETURNED", "INCIDENT"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([("a", "ON_ROUTE")], "b", id="replaced by another"),
        pytest.param([("a", "ON_ROUTE"), ("b", "ON_ROUTE")], "a", id="the other is gone"),
        pytest.param([("a", "ON_ROUTE"), ("b", "DELIVERED")], "c", id="both are gone"),
    ],
)
def test_while_a_parcel_is_missing_nothing_is_told_of_the_others(
    parcels: ParcelOrder, before: list[tuple[str, str]], after: str, status: str
) -> None:
    parcels.shows(*(service(how, key) for key, how in before))
    told = len(parcels.news)
    parcels.shows(service(status, after))
    assert parcels.news[told:] == []
    assert parcels.order.next_poll_at == parcels.now + 61
    parcels.shows(service(status, after), after=61)
    expected = {**ENDS, "INCIDENT": News.INCIDENT}[status]
    # of an only one that goes back the order tells
    assert parcels.told()[told:] == ([] if status == "RETURNED" else [(expected, after)])
    assert [one.key for one in counted_shipments(parcels.order.shipments)] == [after]


def test_what_lasts_is_told_though_each_answer_lacks_another_parcel(parcels: ParcelOrder) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    swift, blue = two("DELIVERED", "ON_ROUTE")
    for seen in (swift, blue, swift, blue, swift):
        parcels.shows(seen, after=50)
    assert parcels.news.count(DELIVERED) == 1


def test_a_parcel_that_comes_and_goes_without_any_news_is_not_asked_for_more_often(parcels: ParcelOrder) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE")[:1])
    assert "missing" not in parcels.order.extra_polls


def test_after_a_correction_the_couriers_delivery_is_told(parcels: ParcelOrder) -> None:
    parcels.shows(service("DELIVERED"), status="DELIVERED")
    parcels.shows(service("ON_ROUTE"))
    for _ in range(3):
        parcels.shows(service("DELIVERED"))
    assert parcels.states() == [("DELIVERED", None), ("ON_ROUTE", "DELIVERED")]
    assert parcels.news == [DELIVERED]


@pytest.mark.parametrize("back", ["READY_FOR_SHIPPING", "PACKING"])
def test_after_a_correction_that_names_no_parcel_the_couriers_delivery_is_told(parcels: ParcelOrder, back: str) -> None:
    parcels.shows(service("DELIVERED"), status="DELIVERED")
    parcels.shows(service("ASSIGNED"), status=back)
    for _ in range(3):
        parcels.shows(service("DELIVERED"), status=back)
    assert parcels.news.count(DELIVERED) == 1


def test_who_follows_once_more_and_is_shown_the_parcel_under_way_is_told_of_its_end_again(parcels: ParcelOrder) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    parcels.follows()
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    for _ in range(3):
        parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    assert [dict(one.content.lead.news) for one in parcels.cards()] == [{"s1": DELIVERED}, {}, {"s1": DELIVERED}]


def test_an_end_that_a_later_card_contradicts_for_a_moment_is_told_once(parcels: ParcelOrder) -> None:
    parcels.shows(*two("DELIVERED", "ON_ROUTE"), status="INVOICED")
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    for status in ("DELIVERED", "ON_ROUTE") * 3:
        parcels.shows(*two(status, "ON_ROUTE"))
    assert parcels.news.count(DELIVERED) == 1


@pytest.mark.parametrize("back", ["ON_ROUTE", "PICKED", "ASSIGNED", "PENDING"])
@pytest.mark.parametrize(
    ("end", "others"),
    [
        pytest.param("DELIVERED", (), id="delivered, the only one"),  # of an only one that goes back the order tells
        pytest.param("DELIVERED", ("ON_ROUTE",), id="delivered, another open"),
        pytest.param("DELIVERED", ("DELIVERED",), id="delivered, another too"),
        pytest.param("RETURNED", ("ON_ROUTE",), id="returned, another open"),
        pytest.param("RETURNED", ("DELIVERED",), id="returned, another delivered"),
    ],
)
def test_an_end_that_has_not_held_for_long_is_corrected_then_told_again(
    parcels: ParcelOrder, end: str, back: str, others: tuple[str, ...]
) -> None:
    rest = tuple(service(status, "s2", courier="Blue Van") for status in others)
    parcels.shows(service("ON_ROUTE", "s1", LINK), *rest)
    parcels.shows(service(end, "s1", LINK), *rest)
    before = len(parcels.cards())
    for _ in range(12):
        parcels.shows(service(back, "s1", LINK), *rest, after=600)
    mistaken = News.NOT_DELIVERED if end == "DELIVERED" else News.NOT_RETURNED
    found = [(dict(one.content.lead.news), one.notice.audible) for one in parcels.cards()[before:]]
    assert found == [({"s1": mistaken}, True)]
    for _ in range(3):
        parcels.shows(service(end, "s1", LINK), *rest)
    assert [dict(one.content.lead.news) for one in parcels.cards()[before + 1 :]] == [{"s1": ENDS[end]}]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        pytest.param(["DELIVERED", *["INCIDENT"] * 12], [DELIVERED, News.INCIDENT], id="a first trouble says so"),
        pytest.param(
            ["INCIDENT", "DELIVERED", *["INCIDENT"] * 12],
            [News.INCIDENT, DELIVERED, News.NOT_DELIVERED],
            id="a trouble that was told before",
        ),
        pytest.param(
            ["DELIVERED", "INCIDENT", *["DELIVERED"] * 3],
            [DELIVERED, News.INCIDENT, DELIVERED],
            id="after a trouble",
        ),
        pytest.param(["DELIVERED", *["FLYING"] * 12], [DELIVERED], id="nobody knows what that means"),
        pytest.param(
            ["DELIVERED", *["ON_ROUTE", "ON_ROUTE", "DELIVERED"] * 4], [DELIVERED], id="for minutes, again and again"
        ),
        pytest.param(
            ["INCIDENT", "DELIVERED", "ON_ROUTE", *["DELIVERED"] * 3],
            [News.INCIDENT, DELIVERED],
            id="for a moment, after a trouble",
        ),
        pytest.param(
            ["ON_HOLD", "DELIVERED", *["ON_ROUTE"] * 12],
            [News.HOLD, DELIVERED, News.NOT_DELIVERED],
            id="on its way for long, after a trouble",
        ),
        pytest.param(
            ["INCIDENT", "DELIVERED", *["ON_ROUTE"] * 12, *["INCIDENT"] * 3],
            [News.INCIDENT, DELIVERED, News.NOT_DELIVERED, News.INCIDENT],
            id="in trouble again after it was corrected",
        ),
    ],
)
def test_what_was_told_of_a_package_last_is_what_holds(
    parcels: ParcelOrder, steps: list[str], told: list[News]
) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    for status in steps:
        parcels.shows(*two(status, "ON_ROUTE"), after=300)
    assert parcels.news == told


@pytest.mark.parametrize("by", ["the order's correction", "the answer to who follows once more"])
def test_a_card_that_takes_an_end_back_is_followed_by_no_trouble_that_is_solved(parcels: ParcelOrder, by: str) -> None:
    for status in ("ON_ROUTE", "INCIDENT", "DELIVERED", "DELIVERED"):
        parcels.shows(*two(status, "ON_ROUTE"), after=300)
    if by == "the order's correction":
        parcels.shows(*two("DELIVERED", "DELIVERED"), status="DELIVERED")
    else:
        parcels.follows()
    parcels.sent.clear()
    for _ in range(3):
        parcels.shows(*two("ON_ROUTE", "ON_ROUTE"), after=DAY + 1)
    assert [dict(one.content.lead.news) for one in parcels.cards()] == [{}]


def test_where_a_correction_names_a_trouble_its_end_is_told(parcels: ParcelOrder) -> None:
    for status in ("INCIDENT", "DELIVERED", *["INCIDENT"] * 12, "ON_ROUTE", "ON_ROUTE"):
        parcels.shows(*two(status, "ON_ROUTE"), after=300)
    assert parcels.news == [News.INCIDENT, DELIVERED, News.NOT_DELIVERED, News.INCIDENT_SOLVED]


@pytest.mark.parametrize("ending", ["killed", "unknown"])
def test_a_correction_of_a_package_that_was_perhaps_seen_makes_its_end_news_again(
    parcels: ParcelOrder, ending: str
) -> None:
    parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    for _ in range(4):
        parcels.shows(*two("ON_ROUTE", "ON_ROUTE"), after=600, send=False)
    claimed = parcels.claim_card()
    assert claimed.content.lead.news == {"s1": News.NOT_DELIVERED}
    parcels.end(claimed, ending)
    for _ in range(3):
        parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    [again] = parcels.cards()[1:]
    assert again.order is not None
    assert again.order.shipments[0].status == "DELIVERED"  # who has perhaps seen that it is not sees that it is


# ── who follows late ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("known_before", [True, False], ids=["the bot knew", "the answer shows it"])
@pytest.mark.parametrize("statuses", [("DELIVERED", "ON_ROUTE"), ("RETURNED", "ON_ROUTE"), ("DELIVERED", "DELIVERED")])
def test_who_follows_late_is_not_told_of_old_ends_as_news(
    parcels: ParcelOrder, known_before: bool, statuses: tuple[str, str]
) -> None:
    if known_before:
        parcels.shows(*two(*statuses))
    parcels.follows(502)
    for _ in range(3):
        parcels.shows(*two(*statuses))
    assert len(parcels.cards(502)) == 1


def test_who_follows_late_is_told_of_the_next_end(parcels: ParcelOrder) -> None:
    parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    parcels.follows(502)
    parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    parcels.shows(*two("DELIVERED", "DELIVERED"))
    assert [dict(one.content.lead.news) for one in parcels.cards(502)[1:]] == [{"s2": DELIVERED}]


@pytest.mark.parametrize("status", ["PACKING", "INVOICED", "READY_FOR_SHIPPING"])
@pytest.mark.parametrize("end", ["DELIVERED", "RETURNED"])
def test_who_follows_before_the_order_is_on_its_way_is_told_of_the_ends_by_the_answer(
    connection: sqlite3.Connection, status: str, end: str
) -> None:
    parcels = ParcelOrder(connection, status)
    parcels.shows(*two(end, "ASSIGNED"), status=status)
    parcels.follows(502)
    for _ in range(3):
        parcels.shows(*two(end, "ASSIGNED"), status=status)
    assert [dict(one.content.lead.news) for one in parcels.cards(502)] == [{"s1": ENDS[end]}]


def test_an_end_that_comes_after_an_answer_of_its_age_is_told(parcels: ParcelOrder) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    parcels.now += 900
    parcels.follows(502)
    parcels.send_all()
    parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    assert parcels.told(502) == [(DELIVERED, "s1")]


def test_an_end_that_comes_while_the_answer_is_sent_is_told(parcels: ParcelOrder) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    parcels.follows(502)
    claimed = parcels.claim_card(502)
    parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    parcels.mark_sent(claimed)
    parcels.send_all()
    assert parcels.told(502) == [(DELIVERED, "s1")]


# ── what becomes of a message ────────────────────────────────────────────────


@pytest.mark.parametrize("ending", ["killed", "unknown", "not sent"])
@pytest.mark.parametrize(
    ("status", "told"),
    [("DELIVERED", [DELIVERED]), ("INCIDENT", [News.INCIDENT, News.INCIDENT_SOLVED])],
    ids=["delivered", "an incident"],
)
def test_what_was_perhaps_told_and_no_longer_holds_is_told_once_certainly(
    parcels: ParcelOrder, ending: str, status: str, told: list[News]
) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    parcels.shows(*two(status, "ON_ROUTE"), send=False)
    parcels.end(parcels.claim_card(), ending)
    for now in ("ON_ROUTE", status) * 3:
        parcels.shows(*two(now, "ON_ROUTE"))
    assert parcels.news == told


@pytest.mark.parametrize("ending", ["killed", "unknown", "not sent"])
def test_what_was_perhaps_told_and_still_holds_is_told_once_more(parcels: ParcelOrder, ending: str) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    parcels.shows(*two("DELIVERED", "ON_ROUTE"), send=False)
    parcels.end(parcels.claim_card(), ending)
    for _ in range(3):
        parcels.shows(*two("DELIVERED", "ON_ROUTE"))
    assert parcels.news == [DELIVERED]


def test_what_is_no_longer_so_when_it_is_claimed_is_closed(parcels: ParcelOrder) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    parcels.shows(*two("DELIVERED", "ON_ROUTE"), send=False)
    parcels.connection.execute("UPDATE shipments SET status = 'ON_ROUTE'")
    parcels.send_all()
    assert parcels.news == []


# ── links ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("seen", "links"),
    [
        pytest.param(two("CANCELED", "ON_ROUTE"), {"s2": OTHER_LINK}, id="given up"),
        pytest.param(two("ON_ROUTE", "ON_ROUTE")[1:], {"s2": OTHER_LINK}, id="gone from the API"),
        pytest.param(
            (service("ON_ROUTE", "s1", courier="Red"), two("ON_ROUTE", "ON_ROUTE")[1]),
            {"s2": OTHER_LINK},
            id="another courier",
        ),
        pytest.param(
            (service("ON_ROUTE", "s1", "N/A", courier="Swift"), two("ON_ROUTE", "ON_ROUTE")[1]),
            {"s2": OTHER_LINK},
            id="a placeholder",
        ),
        pytest.param(
            (service("ON_ROUTE", "s3", LINK + "3", courier="Red"), two("ON_ROUTE", "ON_ROUTE")[1]),
            {"s3": LINK + "3", "s2": OTHER_LINK},
            id="another service in its place",
        ),
        pytest.param(two("DELIVERED", "ON_ROUTE"), {"s1": LINK, "s2": OTHER_LINK}, id="arrived: it holds"),
    ],
)
def test_a_link_that_no_longer_holds_disappears(
    parcels: ParcelOrder, seen: tuple[ShipmentSnapshot, ...], links: dict[str, str]
) -> None:
    parcels.shows(*two("ON_ROUTE", "ON_ROUTE"))
    assert parcels.shown_links == {"s1": LINK, "s2": OTHER_LINK}
    for _ in range(3):
        parcels.shows(*seen)
    assert parcels.shown_links == links
    before = len(parcels.sent)
    parcels.shows(*seen)
    assert len(parcels.sent) == before


@pytest.mark.parametrize("without", [(), (service("ON_ROUTE", "s1", courier="Swift"),)], ids=["gone", "withdrawn"])
def test_a_link_that_comes_and_goes_is_told_by_a_card_once(
    parcels: ParcelOrder, without: tuple[ShipmentSnapshot, ...]
) -> None:
    parcels.follows()
    parcels.shows(*without)
    with_link = service("ON_ROUTE", "s1", LINK, courier="Swift")
    for _ in range(3):
        parcels.shows(with_link, after=400)
        assert parcels.shown_links == {"s1": LINK}
        for _ in range(2):
            parcels.shows(*without, after=400)
        assert parcels.shown_links == {}
    assert parcels.links == [("s1",)]


# ── whatever comes ───────────────────────────────────────────────────────────

WHO: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"key": "a", "courier": "Swift"},
        {"key": "b", "courier": "Blue"},
        {"key": None, "courier": "Swift"},
        {"key": None, "courier": "Blue"},
        {"key": None, "courier": "Red"},
    ]
)
HOW = st.sampled_from(["ASSIGNED", "ON_ROUTE", "INCIDENT", "DELIVERED", "RETURNED", "CANCELED"])
SERVICES = st.lists(st.tuples(WHO, HOW), max_size=3, unique_by=lambda one: one[0]["courier"])
STEPS = st.lists(
    st.tuples(
        SERVICES,
        st.sampled_from([10.0, 100.0, 2000.0]),
        st.sampled_from(["sent", "killed", "unknown"]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=8,
)
LATE = 502


class Said:
    """What a chat was told of each courier's package, in order: news, `None` where a card showed it open.

    Whether it was certainly told stands beside it: what nobody knows of may be told once more.
    """

    def __init__(self, parcels: ParcelOrder) -> None:
        self.of: dict[tuple[int, str], list[tuple[News | None, bool]]] = {}
        for place, one in enumerate([*parcels.sent, None]):
            for _, unsure in (perhaps for perhaps in parcels.perhaps if perhaps[0] == place):
                self._notes(unsure, certain=False)
            if one is not None and one.notice.kind is Kind.CARD:
                self._notes(one, certain=True)

    def _notes(self, claimed: ClaimedNotice, *, certain: bool) -> None:
        assert claimed.order is not None
        for one in counted_shipments(claimed.order.shipments):
            news = claimed.content.lead.news.get(one.key)
            if news is not None or one.status not in ENDS:
                self.of.setdefault((claimed.notice.chat_id, one.courier or ""), []).append((news, certain))


@settings(max_examples=150, deadline=None, derandomize="ONROUTE_LONG_TESTS" not in os.environ, database=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_no_end_is_told_twice_in_a_row_or_falsely(steps: list[Any], chance: random.Random) -> None:
    """Each service has its courier, so that what is told can be held against what the API has shown of it."""
    with memory_store() as connection:
        parcels = ParcelOrder(connection)
        shown: set[tuple[str, News]] = set()
        for services, after, ending, follows in steps:
            chance.shuffle(services)
            shown |= {(who["courier"], ENDS[how]) for who, how in services if how in ENDS}
            if follows:
                parcels.follows(LATE)
            parcels.shows(*(service(how, **who) for who, how in services), after=after, send=False)
            parcels.send_all(ending=ending)
        for (_, courier), told in Said(parcels).of.items():
            assert {(courier, kind) for kind, _ in told if kind in ENDS.values()} <= shown
            for (before, was_certain), (now, is_certain) in itertools.pairwise(told):
                assert now is not before or now not in ENDS.values() or not (was_certain and is_certain), told


@settings(max_examples=100, deadline=None, derandomize="ONROUTE_LONG_TESTS" not in os.environ, database=None)
@given(st.lists(st.lists(HOW, min_size=2, max_size=2), min_size=1, max_size=8), st.integers(0, 7))
def test_who_follows_late_is_told_no_end_that_the_answer_showed(gets: list[list[str]], place: int) -> None:
    with memory_store() as connection:
        parcels = ParcelOrder(connection)
        answer: list[str] = []
        for number, statuses in enumerate(gets):
            if number == place:
                parcels.follows(LATE)
                answer = statuses
            parcels.shows(*two(*statuses))
        old = {(ENDS[status], key) for status, key in zip(answer, ("s1", "s2"), strict=False) if status in ENDS}
        first: dict[str, News] = {}
        for card in parcels.cards(LATE)[1:]:
            for key, news in card.content.lead.news.items():
                if news in ENDS.values():
                    first.setdefault(key, news)
        assert not old & {(news, key) for key, news in first.items()}
