"""Which service is which, from one GET to the next; and what is known of each after it."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tracking import service_identity, shipping
from bot.tracking.events import ShipmentSnapshot
from bot.tracking.link_state import LINK_AWAITED_FOR, LinkState, awaits_link, link_state
from bot.tracking.model import Order, Shipment, Ticks
from bot.tracking.shipping import courier_ahead
from tests.builders import LINK, NOW, OTHER_LINK, order, service, shipment

SWIFT, BLUE = {"courier": "Swift"}, {"courier": "Blue Van"}
ONE, TWO = {"created_at": "2026-09-21T14:13:20.000Z"}, {"created_at": "2026-09-21T15:00:00.000Z"}


def merged(known: tuple[Shipment, ...], *seen: ShipmentSnapshot, after: float = 0.0, own: str = "ON_ROUTE") -> Any:
    return shipping.merge(known, seen, own_status=own, sent_at=Ticks(NOW + after))


def first(*seen: ShipmentSnapshot) -> tuple[Shipment, ...]:
    """What is known after the first GET."""
    found: tuple[Shipment, ...] = merged((), *seen)
    return found


def states(known: tuple[Shipment, ...]) -> list[tuple[str, str]]:
    return [(one.key, one.status) for one in known]


def nameless(status: str, **traits: Any) -> ShipmentSnapshot:
    return service(status, None, traits.pop("link", None), **traits)


# ── which service is which ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"key": "a"}, {"key": "b"}, id="by their ids"),
        pytest.param({"key": "9" * 30}, {"key": "1e+30"}, id="by ids that are long numbers"),
        pytest.param({"key": "#2"}, {"key": "#1"}, id="by ids that look like places in a list"),
        pytest.param({"key": "a"}, {"key": None}, id="by the id of one"),
        pytest.param({"key": None, **ONE}, {"key": None, **TWO}, id="by when they were made"),
        pytest.param({"key": None, **SWIFT}, {"key": None, **BLUE}, id="by their couriers"),
        pytest.param({"key": None, "link": LINK}, {"key": None, "link": OTHER_LINK}, id="by their links"),
        pytest.param({"key": None, "vehicle": "VAN"}, {"key": None, "vehicle": "BIKE"}, id="by their vehicles"),
        pytest.param({"key": "a", **SWIFT}, {"key": "a", **BLUE}, id="by their couriers where both have one id"),
        pytest.param({"key": None, **ONE, **SWIFT}, {"key": None, **ONE, **BLUE}, id="made at the same time"),
    ],
)
def test_two_that_swap_places_are_still_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    services = service("DELIVERED", **one), service("ON_ROUTE", **other)
    known = first(*services)
    before = states(known)
    for after in (100, 200, 300):
        services = services[::-1]
        known = merged(known, *services, after=after)
        assert states(known) == before
    alone = merged(known, service("DELIVERED", **other), after=400)
    assert [status for _, status in states(alone)] == ["DELIVERED", "DELIVERED"]
    assert [bool(one.missing_since) for one in alone] == [True, False]


def test_two_that_nothing_tells_apart_may_swap_places() -> None:
    known = first(nameless("DELIVERED"), nameless("ON_ROUTE"))
    assert states(merged(known, nameless("ON_ROUTE"), nameless("DELIVERED"))) == states(known)


def test_of_two_that_nothing_tells_apart_one_may_arrive() -> None:
    known = first(nameless("ON_ROUTE"), nameless("ON_ROUTE"))
    for seen in (("ON_ROUTE", "DELIVERED"), ("DELIVERED", "ON_ROUTE")):
        assert [status for _, status in states(merged(known, *map(nameless, seen)))] == ["ON_ROUTE", "DELIVERED"]


@pytest.mark.parametrize(
    "seen",
    [["DELIVERED", "ON_ROUTE"], ["DELIVERED"], ["DELIVERED", "DELIVERED"], ["ON_ROUTE", "DELIVERED"]],
)
def test_where_two_can_be_told_apart_and_an_answer_does_not_nothing_of_it_is_taken(seen: list[str]) -> None:
    known = first(nameless("ON_ROUTE", **SWIFT), nameless("ON_ROUTE", **BLUE))
    assert merged(known, *map(nameless, seen), after=100) == known


@pytest.mark.parametrize("traits", [{}, SWIFT, ONE, {"link": LINK}])
def test_a_service_that_gets_its_id_later_is_the_same_and_keeps_its_key(traits: dict[str, Any]) -> None:
    known = first(nameless("ON_ROUTE", **traits))
    named = merged(known, service("ON_ROUTE", "S-1", **traits), after=100)
    again = merged(named, service("ASSIGNED", "S-2"), service("DELIVERED", "S-1"), after=200)
    assert states(again) == [("#1", "DELIVERED"), ("S-2", "ASSIGNED")]


def test_a_service_whose_id_is_missing_for_once_is_the_same() -> None:
    known = first(service("ON_ROUTE", "a", **SWIFT), service("ON_ROUTE", "b", **BLUE))
    seen = merged(known, nameless("DELIVERED", **BLUE), nameless("ON_ROUTE", **SWIFT), after=100)
    assert states(seen) == [("a", "ON_ROUTE"), ("b", "DELIVERED")]


@pytest.mark.parametrize(
    ("traits", "other", "same"),
    [
        pytest.param({**ONE, **SWIFT}, {**ONE, **SWIFT}, True, id="made at the same time"),
        pytest.param({**ONE, **SWIFT}, ONE, True, id="made at the same time, its courier not said"),
        pytest.param({"link": LINK}, {"link": LINK}, True, id="its link"),
        pytest.param({"link": LINK, **ONE}, {"link": LINK, **TWO}, False, id="its link, made at another time"),
        pytest.param({**ONE, **SWIFT}, {**ONE, **BLUE}, False, id="another courier"),
        pytest.param(SWIFT, SWIFT, False, id="only its courier"),
        pytest.param({"link": "N/A"}, {"link": "N/A"}, False, id="a placeholder"),
    ],
)
def test_a_service_that_has_another_id_now(traits: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    known = first(service("ON_ROUTE", "a", **traits))
    found = merged(known, service("DELIVERED", "b", **other), after=100)
    assert [one.status for one in found] == (["DELIVERED"] if same else ["ON_ROUTE", "DELIVERED"])
    both = merged(known, service("DELIVERED", "b", **other), service("ON_ROUTE", "a", **traits), after=100)
    assert states(both) == [("a", "ON_ROUTE"), ("b", "DELIVERED")]
    assert states(merged(both, service("DELIVERED", "b", **other), after=200)) == states(both)


def test_of_two_that_only_their_ids_tell_apart_other_ids_are_the_same_two() -> None:
    known = first(service("DELIVERED", "a", **ONE), service("ON_ROUTE", "b", **ONE))
    found = merged(known, service("ON_ROUTE", "c", **ONE), service("DELIVERED", "d", **ONE), after=100)
    assert [(one.key, one.status, one.service_id) for one in found] == [("a", "DELIVERED", "d"), ("b", "ON_ROUTE", "c")]


def test_a_service_that_is_missing_for_once_makes_no_other_look_new() -> None:
    known = first(nameless("ON_ROUTE", **SWIFT), nameless("DELIVERED", **BLUE))
    once = merged(known, nameless("DELIVERED", **BLUE), after=100)
    assert states(once) == states(known)
    back = merged(once, nameless("DELIVERED", **BLUE), nameless("ON_ROUTE", **SWIFT), after=200)
    assert (states(back), [one.closed for one in back]) == (states(known), [False, False])


def test_one_that_was_gone_and_comes_back_is_not_taken_for_the_other_that_goes_missing_then() -> None:
    known = first(nameless("DELIVERED"), nameless("ON_ROUTE"))
    for after in (100, 200):
        known = merged(known, nameless("ON_ROUTE"), after=after)
    assert [one.closed for one in known] == [True, False]
    back = merged(known, nameless("DELIVERED"), after=300)
    assert (states(back), [one.closed for one in back]) == ([("#1", "DELIVERED"), ("#2", "ON_ROUTE")], [False, False])


def test_a_service_of_another_courier_is_another_service() -> None:
    seen = merged(first(nameless("ON_ROUTE", **SWIFT)), nameless("ASSIGNED", **BLUE), after=100)
    assert states(seen) == [("#1", "ON_ROUTE"), ("#2", "ASSIGNED")]


def test_a_service_that_was_kept_by_its_place_in_the_list_is_found_again() -> None:
    old = (Shipment("#1", 1, "ON_ROUTE", courier="Swift"), Shipment("S-1#2", 2, "ON_ROUTE", courier="Blue Van"))
    seen = merged(old, nameless("DELIVERED", **BLUE), nameless("ON_ROUTE", **SWIFT))
    assert states(seen) == [("#1", "ON_ROUTE"), ("S-1#2", "DELIVERED")]


def test_each_shipment_has_a_key_of_its_own() -> None:
    known = first(nameless("ON_ROUTE"), service("ON_ROUTE", "#1"), service("ON_ROUTE", "#1"), service("ON_ROUTE", "a"))
    known = merged(known, *(service("ON_ROUTE", one) for one in ("#2", "#3", "a", "a", "b")), after=100)
    assert len({one.key for one in known}) == len(known)


def test_thousands_of_ids_that_are_made_up_cost_no_more_than_a_few() -> None:
    known: tuple[Shipment, ...] = ()
    for get in range(20):
        known = merged(known, *(service("ON_ROUTE", f"{get}-{place}") for place in range(100)), after=100.0 * get)
    assert len(merged(known, *(nameless("ON_ROUTE") for _ in range(100)), after=9000)) >= len(known)


@pytest.mark.parametrize("traits", [{}, SWIFT, {**ONE, **BLUE}, {"link": LINK}])
def test_many_services_that_nothing_tells_apart_cost_no_more_than_a_moment(traits: dict[str, Any]) -> None:
    seen = [nameless("ON_ROUTE", **traits) for _ in range(100)]
    known = tuple(
        shipment("ON_ROUTE", f"#{place}", place, created_at=traits.get("created_at"), courier=traits.get("courier"))
        for place in range(1, 201)
    )
    began = time.process_time()
    assert len(merged(known, *seen, after=100)) >= 200
    assert time.process_time() - began < 1


def test_a_link_that_many_services_share_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def judge(text: str) -> bool:
        judged.append(text)
        return False

    monkeypatch.setattr(service_identity, "is_placeholder", judge)
    known = first(*(nameless("ON_ROUTE", link=LINK) for _ in range(10)))
    assert len(service_identity.match(known, [nameless("ON_ROUTE", link=LINK) for _ in range(10)]).pairs) == 10
    assert judged == [LINK]


IDENTITIES = st.sampled_from([{"key": "a"}, {"key": "b"}, {"key": None, **SWIFT}, {"key": None, **BLUE}, {"key": None}])
STATUSES = st.sampled_from(["ASSIGNED", "ON_ROUTE", "INCIDENT", "DELIVERED", "RETURNED", "CANCELED", "UNKNOWN"])
services = st.lists(st.builds(lambda one, status: service(status, **one), IDENTITIES, STATUSES), max_size=4)


@given(st.lists(services, max_size=6), st.randoms())
def test_the_order_of_a_list_changes_nothing(gets: list[list[ShipmentSnapshot]], chance: Any) -> None:
    known: tuple[Shipment, ...] = ()
    for place, seen in enumerate(gets):
        known = merged(known, *seen, after=100.0 * place)
        shuffled = list(seen)
        chance.shuffle(shuffled)
        again = merged(known, *shuffled, after=100.0 * place)
        assert sorted(one.status for one in again) == sorted(one.status for one in known)
        assert len({one.key for one in known}) == len(known)


# ── its link ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "fields", "state"),
    [
        ("ON_ROUTE", {}, LinkState.AWAITED),
        ("ON_ROUTE", {"link": LINK}, LinkState.SHOWN),
        ("DELIVERED", {"link": LINK}, LinkState.SHOWN),
        ("DELIVERED", {}, LinkState.NOT_TO_COME),
        ("RETURNED", {}, LinkState.NOT_TO_COME),
        ("CANCELED", {"link": LINK}, LinkState.NOT_TO_COME),
        ("ON_ROUTE", {"link": LINK, "closed": True}, LinkState.NOT_TO_COME),
        ("ON_ROUTE", {"raw_url": "http://localhost:3000/x"}, LinkState.UNREADABLE),
        ("ON_ROUTE", {"raw_url": "ask the driver"}, LinkState.UNREADABLE),
        ("ON_ROUTE", {"raw_url": "n/a"}, LinkState.NOT_TO_COME),
        ("ASSIGNED", {"raw_url": LINK}, LinkState.AWAITED),
        ("ON_ROUTE", {"linkless_since": NOW - LINK_AWAITED_FOR + 1}, LinkState.AWAITED),
        ("ON_ROUTE", {"linkless_since": NOW - LINK_AWAITED_FOR}, LinkState.NOT_TO_COME),
    ],
)
def test_what_is_to_be_expected_of_a_link(status: str, fields: dict[str, Any], state: LinkState) -> None:
    one = shipment(status, **fields)
    assert link_state(one, NOW) is state
    assert awaits_link(order("ON_ROUTE", one, confirmed_at=NOW)) is (state is LinkState.AWAITED)


@pytest.mark.parametrize(("after", "awaited"), [(0, True), (LINK_AWAITED_FOR - 1, True), (LINK_AWAITED_FOR, False)])
def test_an_order_without_a_service_is_not_promised_a_link_for_ever(after: float, awaited: bool) -> None:
    assert awaits_link(order("ON_ROUTE", changed_at=NOW, confirmed_at=NOW + after)) is awaited


WITH_LINK = (shipment("ON_ROUTE", courier="Swift", link=LINK, raw_url=LINK),)


@pytest.mark.parametrize("value", [None, "N/A", "-", "javascript:alert(1)"])
def test_a_link_that_two_gets_a_minute_apart_do_not_show_is_let_go(value: str | None) -> None:
    known, found = WITH_LINK, []
    for after in (0, 59, 60):
        known = merged(known, service("ON_ROUTE", link=value), after=after)
        found.append(known[0].link)
    assert found == [LINK, LINK, None]
    assert merged(known, service("ON_ROUTE", link=LINK), after=100)[0].link == LINK


def test_a_link_that_is_missing_at_every_other_get_holds() -> None:
    known = WITH_LINK
    for after, value in ((0, None), (100, LINK), (200, None), (300, LINK), (400, None)):
        known = merged(known, service("ON_ROUTE", link=value), after=after)
        assert known[0].link == LINK


@pytest.mark.parametrize(
    ("seen", "link"),
    [
        pytest.param(service("CANCELED", link=LINK), None, id="given up"),
        pytest.param(service("ON_ROUTE", courier="Blue Van"), None, id="another courier"),
        pytest.param(service("ON_ROUTE", link=OTHER_LINK, courier="Blue Van"), OTHER_LINK, id="and its link"),
        pytest.param(service("ON_ROUTE", link=OTHER_LINK), OTHER_LINK, id="another link"),
        pytest.param(service("DELIVERED"), LINK, id="arrived"),
    ],
)
def test_what_ends_a_link_at_once(seen: ShipmentSnapshot, link: str | None) -> None:
    assert merged(WITH_LINK, seen)[0].link == link


@pytest.mark.parametrize("status", ["ON_ROUTE", "DELIVERED"])
@pytest.mark.parametrize("shown", [None, OTHER_LINK], ids=["withdrawn", "changed"])
def test_a_link_that_neither_of_two_shows_is_let_go_and_they_are_taken_in_again(status: str, shown: str | None) -> None:
    known, links = first(nameless("ON_ROUTE", link=LINK), nameless("ON_ROUTE")), []
    for after in (0, 59, 60, 61):
        known = merged(known, nameless(status), nameless(status, link=shown), after=after)
        links.append({one.link for one in known})
    assert links == [{LINK, None}] * 2 + [{None}, {shown, None}]
    assert [one.status for one in known] == [status] * 2


def test_a_link_that_is_missing_for_once_still_tells_which_of_two_it_is() -> None:
    known = first(nameless("ON_ROUTE", link=LINK), nameless("ON_ROUTE"))
    known = merged(known, nameless("ON_ROUTE"), nameless("ON_ROUTE"), after=30)
    known = merged(known, nameless("ON_ROUTE"), nameless("DELIVERED", link=LINK), after=80)
    assert states(known) == [("#1", "DELIVERED"), ("#2", "ON_ROUTE")]
    known = merged(known, nameless("ON_ROUTE"), nameless("DELIVERED"), after=100)
    assert [one.link for one in known] == [LINK, None]


@pytest.mark.parametrize("end", ["DELIVERED", "RETURNED"])
@pytest.mark.parametrize("links", [(None, None), (OTHER_LINK, OTHER_LINK), (OTHER_LINK, None)])
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_that_only_their_links_tell_apart_none_hands_its_end_to_the_other_with_its_link(
    end: str, links: tuple[str | None, str | None], turned: bool
) -> None:
    before, then = links
    known = first(nameless("CREATED", link=LINK), nameless(end, link=before))
    seen = nameless("ON_ROUTE", link=then), nameless(end, link=LINK)
    for after in (100, 200):
        known = merged(known, *(seen[::-1] if turned else seen), after=after)
        assert states(known) == [("#1", "ON_ROUTE"), ("#2", end)]
    assert [one.link for one in merged(known, *seen, after=300)] == [then, LINK]


@pytest.mark.parametrize("traits", [(SWIFT, BLUE), (ONE, TWO), ({"vehicle": "VAN"}, {"vehicle": "BIKE"})])
def test_of_two_that_more_tells_apart_one_takes_its_end_back_as_the_other_reaches_it(traits: Any) -> None:
    one, other = traits
    known = first(nameless("DELIVERED", **one), nameless("ON_ROUTE", **other))
    found = merged(known, nameless("ON_ROUTE", **one), nameless("DELIVERED", **other), after=100)
    assert states(found) == [("#1", "ON_ROUTE"), ("#2", "DELIVERED")]


# ── what the courier reports ahead of the order ──────────────────────────────


@pytest.mark.parametrize(
    ("known", "reported"),
    [
        (order("ON_ROUTE", shipment("DELIVERED")), "DELIVERED"),
        (order("INVOICED", shipment("DELIVERED")), "DELIVERED"),
        (order("ON_ROUTE", shipment("DELIVERED"), shipment("CANCELED", "s2", 2)), "DELIVERED"),
        (order("ON_ROUTE", shipment("DELIVERED"), shipment("ON_ROUTE", "s2", 2)), None),
        (order("INVOICED", shipment("ON_ROUTE", implies_on_route=True)), "ON_ROUTE"),
        (order("ON_ROUTE", shipment("ON_ROUTE", implies_on_route=True)), None),
        (order("ON_ROUTE", shipment("RETURNED")), "RETURNED"),
        (order("WAITING_FOR_PICKUP", shipment("DELIVERED")), None),
        (order("DELIVERED", shipment("DELIVERED")), None),
        (order("X_RAY", shipment("DELIVERED")), "DELIVERED"),
        (order("X_RAY", shipment("ON_ROUTE", implies_on_route=True)), None),
        (order("ON_ROUTE", shipment("DELIVERED", closed=True)), None),
        (order("ON_ROUTE"), None),
    ],
)
def test_what_a_courier_reports_ahead_of_the_order(known: Order, reported: str | None) -> None:
    assert courier_ahead(known) == reported
