"""Which notices a chat gets: levels, coalescing, debouncing, moves back, details, incidents, replies."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tracking.model import (
    Kind,
    Level,
    Notice,
    NoticeId,
    NoticeState,
    Order,
    OrderPk,
    Priority,
    Shipment,
    Subscription,
    Ticks,
)
from bot.tracking.notifying import ANSWER_WAIT, Comparison, Plan, Policy, plan, reply_to_follow, wants
from bot.tracking.statuses import TABLE, look_up
from tests.builders import CHAT, LINK, NOW, OTHER_LINK, notice, order, shipment, subscription

statuses = st.sampled_from([*TABLE, "X_RAY"])
ON_THE_WAY = order("ON_ROUTE", shipment("ON_ROUTE"), id=1)
WITH_LINK = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK), id=1)
TWO_LINKS = replace(WITH_LINK, shipments=(*WITH_LINK.shipments, shipment("ON_ROUTE", "s2", 2, link=OTHER_LINK)))


def planned(known: Order, to: Subscription, *notices: Notice, now: float = NOW, **fields: Any) -> Plan:
    policy, fresh = Policy(fields.get("debounce", 3.0), fields.get("possible", True)), fields.get("fresh", False)
    return plan(Comparison(to, replace(known, id=OrderPk(1)), notices, policy, Ticks(now), fresh))


def kinds(made: Plan) -> list[tuple[Kind, str | None]]:
    return [(one.kind, one.shipment) for one in made.make]


# ── levels ───────────────────────────────────────────────────────────────────


@given(state=statuses, told=statuses)
def test_a_level_wants_no_more_than_a_chattier_one(state: str, told: str) -> None:
    if wants(Level.KEY, state, told) and look_up(state).stage is not look_up(told).stage:
        assert wants(Level.MAIN, state, told)
    if wants(Level.MAIN, state, told):
        assert wants(Level.EVERY, state, told)


@given(state=statuses, level=st.sampled_from(Level))
def test_where_nobody_knows_what_a_chat_saw_every_level_wants_what_holds(state: str, level: Level) -> None:
    assert wants(level, state, None)


@given(level=st.sampled_from(Level), known=statuses, told=st.none() | statuses, perhaps=st.none() | statuses)
def test_no_chat_is_told_what_it_was_told_or_perhaps_told_last(
    level: Level, known: str, told: str | None, perhaps: str | None
) -> None:
    made = planned(order(known), subscription(told, level, maybe_notified_status=perhaps)).make
    states = [one.status for one in made if one.kind is Kind.STATE]
    assert states in ([], [known])
    assert known not in {told, perhaps} or states == []


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("end", ["ON_ROUTE", "WAITING_FOR_PICKUP", "DELIVERED", "RETURNED", "CANCELED", "IDLE"])
def test_what_is_key_reaches_every_level_with_sound(level: Level, end: str) -> None:
    assert [(one.status, one.audible) for one in planned(order(end), subscription("PICKING", level)).make] == [
        (end, True)
    ]


def test_a_stage_that_was_coalesced_away_underneath_it_is_told_by_main() -> None:
    made = planned(order("INVOICING"), subscription("PICKING", Level.MAIN), notice("PACKING"))
    assert (made.close, [one.status for one in made.make]) == ((9,), ["INVOICING"])


def test_a_chat_that_does_not_want_the_new_state_is_still_not_told_the_old_one() -> None:
    made = planned(order("PACKING"), subscription("PACKING", Level.KEY), notice("ON_ROUTE"))
    assert (made.close, made.make) == ((9,), ())


def test_a_notice_goes_to_the_thread_where_the_order_is_followed() -> None:
    assert planned(order("PACKING"), subscription("PICKING", thread_id=5)).make[0].thread_id == 5


def test_of_an_order_of_which_nothing_is_known_nothing_is_told() -> None:
    assert planned(order(None), subscription()) == Plan()


# ── coalescing and debouncing ────────────────────────────────────────────────────


def test_a_burst_is_never_put_off_twice() -> None:
    waiting, now = notice("PICKING", due_at=NOW + 3), NOW
    for step in ("READY_FOR_PACKING", "PACKING", "READY_FOR_INVOICING", "INVOICING"):
        now += 0.5
        waiting = replace(planned(order(step), subscription("PENDING"), waiting, now=now).make[0], id=NoticeId(9))
    assert (waiting.status, waiting.due_at) == ("INVOICING", NOW + 3)


def test_a_key_state_does_not_wait_for_the_routine_one_that_it_replaces() -> None:
    made = planned(order("CANCELED"), subscription("PENDING"), notice("PICKING", due_at=NOW + 3))
    assert [one.due_at for one in made.make] == [NOW]


def test_the_wait_for_details_is_not_taken_over_by_what_replaces_it() -> None:
    waiting = notice("ON_ROUTE", due_at=NOW + 15)
    assert planned(order("DELIVERED"), subscription("INVOICED"), waiting).make[0].due_at == NOW


def test_a_step_back_out_of_the_wait_for_details_is_debounced_on_its_own() -> None:
    waiting = notice("ON_ROUTE", due_at=NOW - 1)
    assert planned(order("READY_FOR_SHIPPING"), subscription("INVOICED"), waiting).make[0].due_at == NOW + 3


def test_coalescing_what_is_debounced_into_on_its_way_still_waits_for_the_link() -> None:
    waiting = notice("INVOICED", due_at=NOW + 1)
    assert planned(ON_THE_WAY, subscription("PICKING"), waiting).make[0].due_at == NOW + 15


def test_a_notice_of_what_holds_is_left_to_settle_even_if_the_api_has_just_answered() -> None:
    waiting = notice("PACKING", due_at=NOW + 2)
    assert planned(order("PACKING"), subscription("PICKING"), waiting, fresh=True) == Plan()


def test_of_two_notices_of_the_same_state_one_stays() -> None:
    made = planned(order("PACKING"), subscription("PICKING"), notice("PACKING", id=8), notice("PACKING", id=9))
    assert (made.close, made.make) == ((8,), ())


def test_while_one_is_being_sent_what_waits_behind_it_is_closed_but_an_answer_stays() -> None:
    wire = notice("PICKING", state=NoticeState.CLAIMED, id=7)
    made = planned(
        order("PACKING"), subscription(), wire, notice("PACKING", id=8), notice("PACKING", id=9, is_reply=True)
    )
    assert (made.close, made.make) == ((8,), ())


@given(known=statuses, told=st.none() | statuses, waiting=st.lists(statuses, max_size=3), level=st.sampled_from(Level))
def test_there_is_never_more_than_one_open_state_and_it_is_the_one_that_holds(
    known: str, told: str | None, waiting: list[str], level: Level
) -> None:
    notices = [notice(status, id=number) for number, status in enumerate(waiting, 1)]
    made = planned(order(known), subscription(told, level), *notices)
    left = [one.status for one in notices if one.id not in made.close]
    left += [one.status for one in made.make if one.kind is Kind.STATE]
    assert left in ([], [known])


# ── back ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("level", list(Level))
def test_a_move_back_from_what_was_told_reaches_every_level_at_once_and_with_sound(level: Level) -> None:
    made = planned(order("PICKING"), subscription("DELIVERED", level)).make[0]
    assert (made.reverted_from, made.due_at, made.audible) == ("DELIVERED", NOW, True)


def test_a_step_back_that_the_chat_never_saw_the_other_side_of_is_an_ordinary_step() -> None:
    made = planned(order("PACKING"), subscription("PICKING"), notice("INVOICED", due_at=NOW + 2)).make[0]
    assert (made.reverted_from, made.audible) == (None, False)


@pytest.mark.parametrize(
    ("waiting", "known", "taken_back"),
    [
        pytest.param({"status": "PACKING", "reverted_from": "DELIVERED"}, "INVOICED", "DELIVERED", id="on from it"),
        pytest.param({"status": "PACKING", "reverted_from": "DELIVERED"}, "PICKING", "DELIVERED", id="further back"),
        pytest.param({"status": "DELIVERED", "reverted_from": "RETURNED"}, "IDLE", "RETURNED", id="to another end"),
        pytest.param({"status": "PACKING", "reverted_from": "DELIVERED"}, "DELIVERED", None, id="there again"),
        pytest.param({"status": "DELIVERED"}, "PACKING", "DELIVERED", id="the end itself was perhaps seen"),
        pytest.param({"status": "PACKING"}, "INVOICED", None, id="nothing to take back"),
    ],
)
def test_what_a_chat_has_perhaps_seen_is_taken_back_though_nobody_knows_what_it_saw_last(
    waiting: dict[str, Any], known: str, taken_back: str | None
) -> None:
    made = planned(order(known), subscription(None), notice(**waiting, unknown_outcomes=1)).make[0]
    assert made.reverted_from == taken_back
    if taken_back is not None:
        assert (made.due_at, made.audible) == (NOW, True)


def test_an_answer_that_was_not_sent_yet_is_no_end_to_take_back() -> None:
    made = planned(order("PACKING"), subscription(None), notice("DELIVERED", is_reply=True, payload={})).make[0]
    assert made.reverted_from is None


@pytest.mark.parametrize(("known", "told"), [("X_RAY", "DELIVERED"), ("PICKING", "X_RAY")])
def test_nothing_is_a_move_back_from_or_to_a_status_that_nobody_knows(known: str, told: str) -> None:
    assert planned(order(known), subscription(told)).make[0].reverted_from is None


# ── details ──────────────────────────────────────────────────────────────────


def test_the_apis_answer_without_a_link_ends_the_wait_as_well() -> None:
    made = planned(ON_THE_WAY, subscription("INVOICED"), notice("ON_ROUTE", due_at=NOW + 9), fresh=True)
    assert made == Plan(expedite=(NoticeId(9),))


def test_what_is_due_already_is_not_hastened() -> None:
    assert planned(WITH_LINK, subscription("INVOICED"), notice("ON_ROUTE"), fresh=True) == Plan()


def test_news_that_is_no_answer_does_not_end_the_wait() -> None:
    assert planned(ON_THE_WAY, subscription("INVOICED"), notice("ON_ROUTE", due_at=NOW + 9)) == Plan()


def test_while_one_of_two_links_is_wanting_the_message_waits() -> None:
    known = replace(WITH_LINK, shipments=(*WITH_LINK.shipments, shipment("ON_ROUTE", "s2", 2)))
    assert planned(known, subscription("INVOICED")).make[0].due_at == NOW + 15


def test_a_parcel_that_has_arrived_needs_no_link() -> None:
    known = replace(WITH_LINK, shipments=(*WITH_LINK.shipments, shipment("DELIVERED", "s2", 2)))
    assert planned(known, subscription("INVOICED")).make[0].due_at == NOW


# ── links ────────────────────────────────────────────────────────────────────


def test_an_edit_names_the_message_and_comes_last_and_silently() -> None:
    made = planned(WITH_LINK, subscription("ON_ROUTE")).make[0]
    assert (made.kind, made.payload, made.priority, made.audible, made.due_at) == (
        Kind.EDIT,
        {"message_id": 77},
        Priority.EDIT,
        False,
        NOW,
    )


@pytest.mark.parametrize(
    ("shown", "after", "made"),
    [
        pytest.param({}, 300, [(Kind.EDIT, None)], id="two first links to the second: one edit"),
        pytest.param({}, 300.5, [(Kind.LINK, "s1"), (Kind.LINK, "s2")], id="later: a message for each"),
        pytest.param({"s1": LINK}, 900, [(Kind.LINK, "s2")], id="one shown, the other late: a message for it"),
        pytest.param({"s1": OTHER_LINK}, 900, [(Kind.EDIT, None)], id="one changed, one late: one edit shows both"),
        pytest.param({"s1": LINK, "s2": OTHER_LINK}, 900, [], id="both shown: nothing"),
    ],
)
def test_two_links_that_come_late(shown: dict[str, str], after: float, made: list[tuple[Kind, str | None]]) -> None:
    assert kinds(planned(TWO_LINKS, subscription("ON_ROUTE", notified_links=shown), now=NOW + after)) == made


def test_without_a_message_to_edit_even_a_changed_link_is_a_message_of_its_own() -> None:
    to = subscription("ON_ROUTE", notified_message_id=None, notified_links={"s1": OTHER_LINK})
    assert kinds(planned(WITH_LINK, to)) == [(Kind.LINK, "s1")]


def test_a_link_whose_message_waits_already_is_not_pending_twice() -> None:
    waiting = notice("ON_ROUTE", Kind.LINK, shipment="s1")
    assert kinds(planned(TWO_LINKS, subscription("ON_ROUTE"), waiting, now=NOW + 900)) == [(Kind.LINK, "s2")]


def test_while_an_edit_waits_no_other_is_made() -> None:
    assert planned(WITH_LINK, subscription("ON_ROUTE"), notice("ON_ROUTE", Kind.EDIT)) == Plan()


def test_links_wait_until_it_is_told_that_the_order_is_on_its_way() -> None:
    assert kinds(planned(WITH_LINK, subscription("INVOICED"))) == [(Kind.STATE, None)]


@pytest.mark.parametrize("status", ["DELIVERED", "RETURNED", "CANCELED"])
def test_the_link_of_a_parcel_at_its_end_is_not_pending(status: str) -> None:
    known = order("ON_ROUTE", shipment(status, link=LINK), shipment("ON_ROUTE", "s2", 2))
    to = subscription("ON_ROUTE", notified_parcels={"s1": status.lower()})
    assert planned(known, to) == Plan()


def test_the_link_of_a_service_that_has_vanished_is_not_pending() -> None:
    known = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK, closed=True))
    assert planned(known, subscription("ON_ROUTE")) == Plan()


def test_a_chat_that_was_perhaps_told_gets_the_link_as_a_message() -> None:
    to = subscription(None, maybe_notified_status="ON_ROUTE")
    assert kinds(planned(WITH_LINK, to, now=NOW + 10)) == [(Kind.LINK, "s1")]


@pytest.mark.parametrize(
    ("confirmed", "edited"),
    [(NOW - 900, False), (NOW, True), (NOW + 2, True)],
    ids=["known before it was sent", "asked while it was sent", "asked after it was sent"],
)
def test_a_card_that_showed_its_age_is_edited_once_with_the_fresh_answer(confirmed: float, edited: bool) -> None:
    known = order("PICKING", confirmed_at=confirmed)
    made = planned(known, subscription("PICKING", sent_stale=True), now=NOW + 5)
    assert [one.kind for one in made.make] == ([Kind.EDIT] if edited else [])


# ── troubles, parcels, couriers ──────────────────────────────────────────────

SHOWN = {"s1": LINK}


def with_status(status: str, *others: Shipment, **fields: Any) -> Order:
    """An order on its way with a parcel at this status, shown so by all GETs of the last ten minutes."""
    one = shipment(status, link=LINK, **{"status_at": NOW - 600, **fields})
    return order("ON_ROUTE", one, *others, confirmed_at=NOW)


@pytest.mark.parametrize(
    ("told", "status", "kind"),
    [
        pytest.param("", "INCIDENT", Kind.INCIDENT, id="an incident"),
        pytest.param("incident", "ON_HOLD", Kind.HOLD, id="from an incident to a hold"),
        pytest.param("hold", "INCIDENT", Kind.INCIDENT, id="from a hold to an incident"),
        pytest.param("hold", "ON_ROUTE", Kind.SOLVED, id="a hold is over"),
        pytest.param("incident", "PICKED", Kind.SOLVED, id="an incident is over"),
        pytest.param("incident solved", "INCIDENT", Kind.INCIDENT, id="the same trouble once more, and it lasts"),
        pytest.param("solved", "INCIDENT", Kind.INCIDENT, id="as it was kept by an older version"),
        pytest.param("incident solved", "ON_ROUTE", None, id="solved is not told twice"),
        pytest.param("hold", "ON_HOLD", None, id="a hold is not told twice"),
        pytest.param("", "ON_ROUTE", None, id="the end of a trouble that was never told is dropped"),
        pytest.param("incident", "CANCELED", None, id="given up is not solved"),
        pytest.param("incident", "RETURNED", None, id="come back is not solved"),
        pytest.param("incident", "LOST_IN_TRANSIT", None, id="what nobody knows is not solved"),
    ],
)
def test_troubles_that_follow_each_other(told: str, status: str, kind: Kind | None) -> None:
    to = subscription("ON_ROUTE", notified_links=SHOWN, notified_troubles={"s1": told})
    news = [one for one in kinds(planned(with_status(status), to)) if one[0] is not Kind.EDIT]
    assert news == ([(kind, "s1")] if kind else [])


@pytest.mark.parametrize(
    ("told", "status", "others", "kind"),
    [
        pytest.param("", "DELIVERED", ["ON_ROUTE"], Kind.PARCEL_DELIVERED, id="one of two delivered"),
        pytest.param("", "RETURNED", ["ON_ROUTE"], Kind.PARCEL_RETURNED, id="one of two returned"),
        pytest.param("assigned", "DELIVERED", ["ON_ROUTE"], Kind.PARCEL_DELIVERED, id="after its courier was told"),
        pytest.param("delivered", "DELIVERED", ["ON_ROUTE"], None, id="an end is not told twice"),
        pytest.param("delivered", "ON_ROUTE", ["ON_ROUTE"], None, id="an end that was none is no news"),
        pytest.param("", "DELIVERED", [], Kind.PARCEL_DELIVERED, id="the only one delivered"),
        pytest.param("", "DELIVERED", ["CANCELED"], Kind.PARCEL_DELIVERED, id="the only one that was not given up"),
        pytest.param("", "RETURNED", [], None, id="the only one returned: the order will say so"),
        pytest.param("", "RETURNED", ["DELIVERED"], Kind.PARCEL_RETURNED, id="the last of two returned"),
        pytest.param("delivered returned", "DELIVERED", ["ON_ROUTE"], Kind.PARCEL_DELIVERED, id="back, and it lasts"),
        pytest.param("", "CANCELED", ["ON_ROUTE"], None, id="one of two given up"),
    ],
)
def test_the_end_of_a_parcel(told: str, status: str, others: list[str], kind: Kind | None) -> None:
    rest = [shipment(one, f"s{place}", place) for place, one in enumerate(others, 2)]
    ends = {"s1": told} | {one.key: "delivered" for one in rest if one.status == "DELIVERED"}
    shown = {} if status == "CANCELED" else SHOWN
    made = kinds(
        planned(with_status(status, *rest), subscription("ON_ROUTE", notified_links=shown, notified_parcels=ends))
    )
    assert made == ([(kind, "s1")] if kind else [])


@pytest.mark.parametrize("told", ["delivered returned", "returned delivered returned"])
@pytest.mark.parametrize("fields", [{"status_at": NOW - 59}, {"status_at": None}, {"missing_since": NOW}])
def test_an_end_that_comes_back_is_told_again_only_once_it_has_lasted(told: str, fields: dict[str, Any]) -> None:
    known = with_status("DELIVERED", shipment("ON_ROUTE", "s2", 2), **fields)
    to = subscription("ON_ROUTE", notified_links=SHOWN, notified_parcels={"s1": told})
    assert planned(known, to) == Plan()


def test_when_the_last_parcels_arrive_together_one_message_stands_for_them() -> None:
    known = with_status("DELIVERED", shipment("DELIVERED", "s2", 2, link=OTHER_LINK))
    to = subscription("ON_ROUTE", notified_links={**SHOWN, "s2": OTHER_LINK})
    assert kinds(planned(known, to)) == [(Kind.PARCEL_DELIVERED, "s2")]


@pytest.mark.parametrize("state", ["WAITING_FOR_PICKUP", "DELIVERED", "RETURNED", "CANCELED", "IDLE"])
@pytest.mark.parametrize("status", ["DELIVERED", "RETURNED"])
def test_an_order_that_is_ready_or_at_its_end_speaks_for_its_parcels(state: str, status: str) -> None:
    known = replace(with_status(status, shipment("ON_ROUTE", "s2", 2)), status=state)
    assert planned(known, subscription(state)).make == ()


def test_what_is_told_of_a_parcel_that_is_no_longer_so_is_closed() -> None:
    waiting = notice("ON_ROUTE", Kind.PARCEL_DELIVERED, shipment="s1")
    made = planned(WITH_LINK, subscription("ON_ROUTE", notified_links=SHOWN), waiting)
    assert (made.close, made.make) == ((9,), ())


def test_what_is_told_of_a_parcel_and_still_so_stands() -> None:
    waiting = notice("ON_ROUTE", Kind.PARCEL_DELIVERED, shipment="s1")
    known = with_status("DELIVERED", shipment("ON_ROUTE", "s2", 2))
    assert planned(known, subscription("ON_ROUTE", notified_links=SHOWN), waiting) == Plan()


def test_while_an_answer_waits_that_shows_the_parcels_nothing_is_told_of_them() -> None:
    known = with_status("INCIDENT", shipment("DELIVERED", "s2", 2))
    answer = notice("ON_ROUTE", is_reply=True, payload={"asked_at": NOW})
    assert planned(known, subscription(), answer).make == ()


def test_a_trouble_that_is_told_replaces_the_one_that_still_waits() -> None:
    waiting = notice("ON_ROUTE", Kind.INCIDENT, shipment="s1")
    made = planned(with_status("ON_HOLD"), subscription("ON_ROUTE", notified_links=SHOWN), waiting)
    assert (made.close, kinds(made)) == ((9,), [(Kind.HOLD, "s1")])


def test_the_trouble_of_one_parcel_does_not_replace_that_of_another() -> None:
    waiting = notice("ON_ROUTE", Kind.INCIDENT, shipment="s2")
    known = with_status("ON_HOLD", shipment("INCIDENT", "s2", 2))
    made = planned(known, subscription("ON_ROUTE", notified_links=SHOWN), waiting)
    assert (made.close, kinds(made)) == ((), [(Kind.HOLD, "s1")])


def test_solved_is_told_when_the_incident_is_being_sent() -> None:
    wire = notice("ON_ROUTE", Kind.INCIDENT, shipment="s1", state=NoticeState.CLAIMED)
    made = planned(WITH_LINK, subscription("ON_ROUTE", notified_links=SHOWN), wire)
    assert (made.close, kinds(made)) == ((), [(Kind.SOLVED, "s1")])


def test_solved_is_told_where_nobody_knows_whether_the_incident_was_seen() -> None:
    released = notice("ON_ROUTE", Kind.INCIDENT, shipment="s1", unknown_outcomes=1)
    made = planned(WITH_LINK, subscription("ON_ROUTE", notified_links=SHOWN), released)
    assert (made.close, kinds(made)) == ((), [(Kind.SOLVED, "s1")])


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("INCIDENT", Kind.INCIDENT),
        ("ON_HOLD", Kind.HOLD),
        ("DELIVERED", Kind.PARCEL_DELIVERED),
        ("RETURNED", Kind.PARCEL_RETURNED),
    ],
)
def test_key_news_of_a_parcel_reaches_every_level_at_once_and_with_sound(level: Level, status: str, kind: Kind) -> None:
    to = subscription("ON_ROUTE", level, notified_links=SHOWN)
    made = planned(with_status(status, shipment("ON_ROUTE", "s2", 2)), to).make
    assert [(one.kind, one.due_at, one.audible) for one in made] == [(kind, NOW, True)]


@pytest.mark.parametrize(
    ("level", "state", "told", "made"),
    [
        pytest.param(Level.EVERY, "READY_FOR_SHIPPING", "", True, id="every step wants it"),
        pytest.param(Level.MAIN, "READY_FOR_SHIPPING", "", False, id="main does not"),
        pytest.param(Level.KEY, "READY_FOR_SHIPPING", "", False, id="key does not"),
        pytest.param(Level.EVERY, "ON_ROUTE", "", False, id="nobody does once it is on its way"),
        pytest.param(Level.EVERY, "READY_FOR_SHIPPING", "assigned", False, id="not twice"),
        pytest.param(Level.EVERY, "READY_FOR_SHIPPING", "delivered", False, id="not after what is further on"),
    ],
)
def test_that_a_courier_was_assigned(level: Level, state: str, told: str, made: bool) -> None:
    to = subscription(state, level, notified_parcels={"s1": told})
    found = planned(order(state, shipment("ASSIGNED")), to).make
    news = [(one.kind, one.due_at, one.audible) for one in found if one.kind is Kind.ASSIGNED]
    assert news == ([(Kind.ASSIGNED, NOW + 3, False)] if made else [])


def test_news_of_a_parcel_and_a_state_that_come_together_are_both_told() -> None:
    made = planned(with_status("INCIDENT"), subscription("INVOICED"))
    assert kinds(made) == [(Kind.STATE, None), (Kind.INCIDENT, "s1")]


# ── what a message says of the packages ──────────────────────────────────────

PROMISED, SHORT = {"*": "later 1"}, {"linkless_since": NOW - 86_400}
ONE = {"s1": "1/1  ", "link s1": LINK}


def on_its_way(status: str, **fields: Any) -> Order:
    return order("ON_ROUTE", shipment(status, **fields), confirmed_at=NOW)


@pytest.mark.parametrize(
    ("known", "shown", "links", "edited"),
    [
        pytest.param(ON_THE_WAY, PROMISED, {}, False, id="still to come"),
        pytest.param(order("ON_ROUTE"), {"*": "later 0"}, {}, False, id="of a service that is not shown yet"),
        pytest.param(on_its_way("DELIVERED"), PROMISED, {}, True, id="it arrived without one"),
        pytest.param(on_its_way("CANCELED"), PROMISED, {}, True, id="given up without one"),
        pytest.param(on_its_way("ON_ROUTE", closed=True), PROMISED, {}, True, id="gone from the API without one"),
        pytest.param(on_its_way("ON_ROUTE", raw_url="javascript:1"), PROMISED, {}, True, id="unreadable"),
        pytest.param(on_its_way("ON_ROUTE", raw_url="N/A"), PROMISED, {}, True, id="a placeholder"),
        pytest.param(on_its_way("ON_ROUTE", **SHORT), PROMISED, {}, True, id="none for a day"),
        pytest.param(WITH_LINK, PROMISED, SHOWN, True, id="it came in a message of its own"),
        pytest.param(WITH_LINK, ONE, SHOWN, False, id="shown with its link"),
        pytest.param(TWO_LINKS, ONE, {**SHOWN, "s2": OTHER_LINK}, True, id="one became two"),
        pytest.param(WITH_LINK, {**ONE, "s1": "1/2  ", "s2": "2/2  later"}, SHOWN, True, id="two became one"),
        pytest.param(on_its_way("DELIVERED", link=LINK), ONE, SHOWN, False, id="it arrived"),
        pytest.param(WITH_LINK, {**ONE, "=": "delivered"}, SHOWN, True, id="it had arrived and has not"),
        pytest.param(on_its_way("CANCELED"), ONE, SHOWN, True, id="given up: its link leads nowhere"),
        pytest.param(on_its_way("ON_ROUTE", closed=True, link=LINK), {}, SHOWN, True, id="gone, and its link"),
        pytest.param(on_its_way("ON_ROUTE"), {}, SHOWN, True, id="its link was withdrawn"),
    ],
)
def test_a_message_whose_words_about_packages_no_longer_hold_is_edited(
    known: Order, shown: dict[str, str], links: dict[str, str], edited: bool
) -> None:
    to = subscription("ON_ROUTE", notified_links=links, shown_parcels=shown, notified_parcels={"s1": "delivered"})
    assert kinds(planned(known, to, now=NOW + 900)) == ([(Kind.EDIT, None)] if edited else [])


def test_a_late_link_is_told_first_and_its_promise_mended_then() -> None:
    to = subscription("ON_ROUTE", shown_parcels=PROMISED)
    assert kinds(planned(WITH_LINK, to, now=NOW + 900)) == [(Kind.LINK, "s1")]


def test_a_link_that_is_gone_before_it_was_told_is_not_told() -> None:
    waiting = notice("ON_ROUTE", Kind.LINK, shipment="s1")
    assert planned(ON_THE_WAY, subscription("ON_ROUTE"), waiting, now=NOW + 900) == Plan(close=(NoticeId(9),))


# ── answers ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("ask", "wait"), [(True, ANSWER_WAIT), (False, 0.0)], ids=["asked", "not asked"])
def test_who_follows_is_answered_ahead_of_notices_with_sound(ask: bool, wait: float) -> None:
    made = reply_to_follow(subscription(thread_id=4), order("PICKING", id=1), now=NOW, ask=ask, message=6)
    assert (made.chat_id, made.status, made.due_at, made.priority) == (CHAT, "PICKING", NOW + wait, Priority.ANSWER)
    assert (made.audible, made.is_reply, made.thread_id, made.payload["reply_to"]) == (True, True, 4, 6)


def _answer(status: str) -> Notice:
    return replace(
        reply_to_follow(subscription(), order(status, id=1), now=NOW, ask=True, message=6),
        id=NoticeId(9),
        state=NoticeState.OPEN,
    )


def test_the_apis_answer_expedites_the_answer_to_a_person() -> None:
    assert planned(order("PICKING"), subscription(), _answer("PICKING"), fresh=True) == Plan(expedite=(NoticeId(9),))


@pytest.mark.parametrize(("fresh", "wait"), [(False, ANSWER_WAIT), (True, 0.0)], ids=["a webhook", "the answer"])
@pytest.mark.parametrize("told", [None, "PACKING"], ids=["to a new follower", "to one who knows the state already"])
def test_an_answer_that_changes_while_it_waits_stays_an_answer(fresh: bool, wait: float, told: str | None) -> None:
    result = planned(order("PACKING"), subscription(told, Level.KEY), _answer("PICKING"), fresh=fresh)
    made = result.make[0]
    assert (result.close, made.status, made.is_reply, made.priority) == ((9,), "PACKING", True, Priority.ANSWER)
    assert (made.due_at, made.payload["reply_to"], made.audible) == (NOW + wait, 6, True)


def test_an_answer_about_an_order_on_its_way_does_not_wait_longer_for_its_link() -> None:
    made = planned(ON_THE_WAY, subscription(), _answer("INVOICED")).make[0]
    assert made.due_at == NOW + ANSWER_WAIT


def test_notes_of_staff_and_reminders_are_never_coalesced() -> None:
    others = [notice(None, Kind.NOTE, id=8), notice("PICKING", Kind.REMINDER, id=9)]
    assert planned(order("PACKING"), subscription("PICKING"), *others).close == ()
