"""What holds of every comparison, whatever the order and the chat were told: levels, one row, packages told once."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tracking.card_reasons import card_reasons
from bot.tracking.lead import News
from bot.tracking.model import Keep, Kind, Level, NoticeState, Order, Priority, Shipment, Subscription, Ticks
from bot.tracking.notifying import Plan
from bot.tracking.order_facts import order_facts
from bot.tracking.statuses import TABLE, is_further, look_up
from tests.builders import LINK, NOW, OTHER_LINK, notice, order, shipment, subscription
from tests.tracking.comparing import CARD, lead, planned

statuses = st.sampled_from([*TABLE, "X_RAY"])
levels = st.sampled_from(Level)


def told_of(known: Order, to: Subscription) -> dict[str, News]:
    """What a card is to tell of the packages."""
    found = card_reasons(known, to, now=Ticks(NOW))
    return dict(found.lead.news) if found is not None else {}


# ── levels ───────────────────────────────────────────────────────────────────


@given(state=statuses, told=statuses)
def test_a_level_wants_no_more_than_a_chattier_one(state: str, told: str) -> None:
    key, main, every = (
        card_reasons(order(state), subscription(told, level), now=Ticks(NOW)) is not None
        for level in (Level.KEY, Level.MAIN, Level.EVERY)
    )
    assert key <= main <= every


@given(state=statuses, told=st.none() | statuses, level=levels)
def test_nobody_is_told_what_was_told_last_and_everybody_what_is_key_or_no_longer_holds(
    state: str, told: str | None, level: Level
) -> None:
    wanted = card_reasons(order(state), subscription(told, level), now=Ticks(NOW))
    if state == told:
        assert wanted is None
    if told is None or (look_up(state).key and state != told):
        assert wanted is not None
    if told is not None and is_further(told, state) and look_up(told).stage is not look_up(state).stage:
        assert wanted is not None
        assert wanted.lead.reverted_from == told
    if wanted is not None:
        assert wanted.audible >= look_up(state).key


# ── one row ──────────────────────────────────────────────────────────────────

keeps = st.frozensets(st.sampled_from(Keep), max_size=2)
rows = st.lists(
    st.tuples(st.sampled_from([Kind.CARD, Kind.EDIT]), keeps, st.booleans(), st.floats(-5, 20), statuses),
    max_size=4,
)


@given(known=st.tuples(statuses, st.booleans()), told=st.none() | statuses, shown=statuses, waiting=rows, level=levels)
def test_there_is_never_more_than_one_card_and_one_edit_and_no_edit_that_nobody_waits_for_beside_a_card(
    known: tuple[str, bool], told: str | None, shown: str, waiting: list[Any], level: Level
) -> None:
    state, fresh = known
    notices = [
        notice(
            status if keep & {Keep.REMINDER, Keep.LATE} else None,
            kind,
            id=number,
            keep=keep if kind is Kind.CARD else frozenset(),
            priority=Priority.ANSWER if pressed or Keep.ANSWER in keep else Priority.EDIT,
            due_at=NOW + due,
            made_at=NOW - 5,
        )
        for number, (kind, keep, pressed, due, status) in enumerate(waiting, 1)
    ]
    to = subscription(told, level, card_facts=order_facts(order(shown)))
    made = planned(order(state), to, *notices, fresh=fresh)
    changed = {one.id: one for one in made.change}
    left = [changed.get(one.id, one) for one in notices if one.id not in made.close] + list(made.make)
    cards = [one for one in left if one.kind is Kind.CARD]
    edits = [one for one in left if one.kind is Kind.EDIT]
    assert len(cards) <= 1
    assert not cards or all(one.priority is Priority.ANSWER for one in edits)
    assert len([one for one in edits if one.priority is not Priority.ANSWER]) <= 1
    answers = frozenset[Keep]().union(*(one.keep for one in notices)) & {Keep.ANSWER, Keep.AGAIN}
    assert not answers or answers <= cards[0].keep
    assert all(one.due_at <= NOW + 20 for one in left)


@given(steps=st.lists(st.tuples(statuses, st.floats(0, 1.5)), max_size=12), level=levels)
def test_a_burst_is_one_card_that_is_never_put_off(steps: list[tuple[str, float]], level: Level) -> None:
    to, now, due = subscription("PENDING", level, notified_at=NOW - 60), NOW, None
    waiting = None
    for status, wait in steps:
        now += wait
        made = planned(order(status, confirmed_at=now), to, *([waiting] if waiting else []), now=now, possible=False)
        cards = [one for one in (*made.make, *made.change) if one.kind is Kind.CARD]
        if waiting is not None and made.close:
            waiting, due = None, None
        if cards:
            assert due is None or cards[0].due_at <= due
            waiting = replace(cards[0], id=9)  # type: ignore[arg-type]
            due = waiting.due_at
            assert due <= now + 3


# ── troubles ─────────────────────────────────────────────────────────────────


def with_status(status: str, *others: Shipment, **fields: Any) -> Order:
    """An order on its way with a parcel at this status, shown so by all GETs of the last ten minutes."""
    one = shipment(status, link=LINK, **{"status_at": NOW - 600, **fields})
    return order("ON_ROUTE", one, *others, confirmed_at=NOW)


@pytest.mark.parametrize(
    ("told", "status", "news"),
    [
        pytest.param("", "INCIDENT", News.INCIDENT, id="an incident"),
        pytest.param("incident", "ON_HOLD", News.HOLD, id="from an incident to a hold"),
        pytest.param("hold", "INCIDENT", News.INCIDENT, id="from a hold to an incident"),
        pytest.param("hold", "ON_ROUTE", News.HOLD_SOLVED, id="a hold is over"),
        pytest.param("incident", "PICKED", News.INCIDENT_SOLVED, id="an incident is over"),
        pytest.param("incident solved", "INCIDENT", News.INCIDENT, id="the same trouble once more, and it lasts"),
        pytest.param("solved", "INCIDENT", News.INCIDENT, id="as it was kept by an older version"),
        pytest.param("incident solved", "ON_ROUTE", None, id="solved is not told twice"),
        pytest.param("hold", "ON_HOLD", None, id="a hold is not told twice"),
        pytest.param("", "ON_ROUTE", None, id="the end of a trouble that was never told is dropped"),
        pytest.param("incident", "CANCELED", None, id="given up is not solved"),
        pytest.param("incident", "RETURNED", None, id="come back is not solved"),
        pytest.param("incident", "LOST_IN_TRANSIT", None, id="what nobody knows is not solved"),
    ],
)
def test_troubles_that_follow_each_other(told: str, status: str, news: News | None) -> None:
    to = subscription("ON_ROUTE", notified_troubles={"s1": told})
    assert told_of(with_status(status), to) == ({"s1": news} if news else {})


@pytest.mark.parametrize("told", ["incident solved", "incident solved incident solved"])
def test_a_trouble_that_comes_back_is_told_again_only_once_it_has_lasted(told: str) -> None:
    known = with_status("INCIDENT", status_at=NOW - 599)
    assert told_of(known, subscription("ON_ROUTE", notified_troubles={"s1": told})) == {}


# ── ends ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "status", "others", "news"),
    [
        pytest.param("", "DELIVERED", ["ON_ROUTE"], News.DELIVERED, id="one of two delivered"),
        pytest.param("", "RETURNED", ["ON_ROUTE"], News.RETURNED, id="one of two returned"),
        pytest.param("assigned", "DELIVERED", ["ON_ROUTE"], News.DELIVERED, id="as it was kept by an older version"),
        pytest.param("delivered", "DELIVERED", ["ON_ROUTE"], None, id="an end is not told twice"),
        pytest.param("delivered", "ON_ROUTE", ["ON_ROUTE"], None, id="an end that was none is no news yet"),
        pytest.param("", "DELIVERED", [], News.DELIVERED, id="the only one delivered"),
        pytest.param("", "DELIVERED", ["CANCELED"], News.DELIVERED, id="the only one that was not given up"),
        pytest.param("", "RETURNED", [], None, id="the only one returned: the order will say so"),
        pytest.param("", "RETURNED", ["DELIVERED"], News.RETURNED, id="the last of two returned"),
        pytest.param("delivered returned", "DELIVERED", ["ON_ROUTE"], News.DELIVERED, id="back, and it lasts"),
        pytest.param("", "CANCELED", ["ON_ROUTE"], None, id="one of two given up"),
    ],
)
def test_the_end_of_a_parcel(told: str, status: str, others: list[str], news: News | None) -> None:
    rest = [shipment(one, f"s{place}", place) for place, one in enumerate(others, 2)]
    ends = {"s1": told} | {one.key: "delivered" for one in rest if one.status == "DELIVERED"}
    to = subscription("ON_ROUTE", notified_parcels=ends)
    assert told_of(with_status(status, *rest), to) == ({"s1": news} if news else {})


@pytest.mark.parametrize("told", ["delivered returned", "returned delivered returned"])
@pytest.mark.parametrize("fields", [{"status_at": NOW - 59}, {"status_at": None}, {"missing_since": NOW}])
def test_an_end_that_comes_back_is_told_again_only_once_it_has_lasted(told: str, fields: dict[str, Any]) -> None:
    known = with_status("DELIVERED", shipment("ON_ROUTE", "s2", 2), **fields)
    assert told_of(known, subscription("ON_ROUTE", notified_parcels={"s1": told})) == {}


def test_when_the_last_parcels_arrive_together_one_card_tells_of_both() -> None:
    known = with_status("DELIVERED", shipment("DELIVERED", "s2", 2, link=OTHER_LINK))
    to = subscription("ON_ROUTE")
    assert [one.kind for one in planned(known, to, fresh=True).make] == [Kind.CARD]
    assert lead(known, to).news == {"s1": News.DELIVERED, "s2": News.DELIVERED}


@pytest.mark.parametrize("state", ["WAITING_FOR_PICKUP", "DELIVERED", "RETURNED", "CANCELED", "IDLE"])
@pytest.mark.parametrize("status", ["DELIVERED", "RETURNED"])
def test_an_order_that_is_ready_or_at_its_end_speaks_for_its_parcels(state: str, status: str) -> None:
    known = replace(with_status(status, shipment("ON_ROUTE", "s2", 2)), status=state)
    assert told_of(known, subscription(state)) == {}


@pytest.mark.parametrize("state", ["WAITING_FOR_PICKUP", "READY_FOR_SHIPPING", "PACKING"])
def test_a_trouble_is_told_wherever_the_order_is(state: str) -> None:
    known = replace(with_status("INCIDENT"), status=state)
    assert told_of(known, subscription(state)) == {"s1": News.INCIDENT}


def test_what_is_told_of_a_parcel_that_is_no_longer_so_is_closed() -> None:
    known = with_status("ON_ROUTE")
    to = subscription("ON_ROUTE", notified_links={"s1": LINK}, card_facts=order_facts(known))
    assert planned(known, to, notice()) == Plan(close=(9,))  # type: ignore[arg-type]


def test_what_is_told_of_a_parcel_and_still_so_stands() -> None:
    known = with_status("DELIVERED", shipment("ON_ROUTE", "s2", 2))
    told = subscription("ON_ROUTE", notified_links={"s1": LINK}, notified_at=NOW - 9)
    assert planned(known, told, notice()) == Plan()


def test_a_trouble_that_comes_while_another_is_on_the_wire_waits_for_its_mark() -> None:
    wire = notice(state=NoticeState.CLAIMED)
    assert planned(with_status("ON_HOLD"), subscription("ON_ROUTE"), wire) == Plan()


@pytest.mark.parametrize("status", ["DELIVERED", "RETURNED", "CANCELED"])
def test_the_link_of_a_parcel_at_its_end_is_no_news(status: str) -> None:
    known = order("ON_ROUTE", shipment(status, link=LINK), shipment("ON_ROUTE", "s2", 2))
    to = subscription("ON_ROUTE", notified_parcels={"s1": status.lower()}, notified_at=NOW - 900)
    assert card_reasons(known, to, now=Ticks(NOW)) is None


def test_the_link_of_a_service_that_has_vanished_is_no_news() -> None:
    known = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK, closed=True))
    assert card_reasons(known, subscription("ON_ROUTE", notified_at=NOW - 900), now=Ticks(NOW)) is None


@pytest.mark.parametrize(
    ("shown", "late"),
    [
        pytest.param({}, ("s1", "s2"), id="two at once are one card"),
        pytest.param({"s1": LINK}, ("s2",), id="one shown, the other late"),
        pytest.param({"s1": OTHER_LINK}, ("s2",), id="one changed, the other late: the card shows both"),
        pytest.param({"s1": LINK, "s2": OTHER_LINK}, (), id="both shown"),
    ],
)
def test_two_links_that_come_late(shown: dict[str, str], late: tuple[str, ...]) -> None:
    known = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK), shipment("ON_ROUTE", "s2", 2, link=OTHER_LINK))
    to = subscription("ON_ROUTE", notified_links=shown, notified_at=NOW - 900)
    found = card_reasons(known, to, now=Ticks(NOW))
    assert (found.lead.links if found is not None else ()) == late


def test_links_wait_until_it_is_told_that_the_order_is_on_its_way() -> None:
    known = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK))
    [card] = planned(known, subscription("INVOICED")).make
    assert (card.kind.value, lead(known, subscription("INVOICED")).links) == (CARD, ())
