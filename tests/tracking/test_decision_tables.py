"""The tables of the design, row by row: webhooks, GETs, shipments, coalescing, details. Every row is a case here."""

import itertools
from dataclasses import replace

import pytest

from bot.tracking import deciding, notifying, timing
from bot.tracking.deciding import Verdict, effective_status
from bot.tracking.events import NotFound
from bot.tracking.model import Kind, Level, NoticeState, Order, RecentWebhook, Ticks
from bot.tracking.notifying import Comparison, Plan, Policy
from bot.tracking.timing import DAY, HOUR, PollIntervals
from tests.builders import (
    LINK,
    NOW,
    OTHER_LINK,
    notice,
    order,
    service,
    shipment,
    snapshot_of,
    status_changed,
    subscription,
)

# ── a webhook says old → new; the order is known at s ────────────────────────


@pytest.mark.parametrize(
    ("known", "old", "new", "verdict", "then"),
    [
        pytest.param(None, "PENDING", "PICKING", Verdict.TAKEN, "PICKING", id="nothing known yet: taken"),
        pytest.param("PICKING", "PICKING", "PACKING", Verdict.TAKEN, "PACKING", id="old is what is known: taken"),
        pytest.param("PACKING", "PACKING", "PICKING", Verdict.TAKEN, "PICKING", id="a real step back: taken"),
        pytest.param("PICKING", "PICKING", "X_RAY", Verdict.TAKEN, "X_RAY", id="unknown, from what is known: taken"),
        pytest.param("PACKING", "PICKING", "PACKING", Verdict.REPEAT, "PACKING", id="new is what is known: a repeat"),
        pytest.param(
            "PACKING", "PACKING", "PACKING", Verdict.REPEAT, "PACKING", id="from a status to itself: a repeat"
        ),
        pytest.param(
            "PICKING", "PACKING", "INVOICED", Verdict.DEFERRED, "PICKING", id="further on, steps missed: held"
        ),
        pytest.param("PICKING", "PACKING", "X_RAY", Verdict.DEFERRED, "PICKING", id="unknown, from elsewhere: held"),
        pytest.param("INVOICED", "PICKING", "PACKING", Verdict.CONFLICTING, "INVOICED", id="an older step: doubtful"),
        pytest.param(
            "DELIVERED", "X_RAY", "PENDING", Verdict.CONFLICTING, "DELIVERED", id="from elsewhere, back: doubtful"
        ),
        pytest.param("X_RAY", "PICKING", "PACKING", Verdict.TAKEN, "PACKING", id="after an unknown any known is taken"),
        pytest.param(None, None, "PICKING", Verdict.TAKEN, "PICKING", id="old not said, nothing known yet: taken"),
        pytest.param("PACKING", None, "PACKING", Verdict.REPEAT, "PACKING", id="old not said, new is known: a repeat"),
        pytest.param("PICKING", None, "PACKING", Verdict.DEFERRED, "PICKING", id="old not said, the next step: held"),
        pytest.param("PACKING", None, "PICKING", Verdict.DEFERRED, "PACKING", id="old not said, a step back: held"),
        pytest.param("X_RAY", None, "PACKING", Verdict.DEFERRED, "X_RAY", id="old not said, after an unknown: held"),
        pytest.param("PICKING", None, "X_RAY", Verdict.DEFERRED, "PICKING", id="old not said, an unknown: held"),
    ],
)
def test_a_webhook(known: str | None, old: str | None, new: str, verdict: Verdict, then: str) -> None:
    decision = deciding.apply_webhook(order(known), status_changed(old, new), now=NOW, wall=NOW)
    assert (decision.verdict, decision.order.status) == (verdict, then)
    assert decision.history[0].kind == {Verdict.TAKEN: "heard"}.get(verdict, verdict.value)


def test_only_a_change_that_was_heard_has_a_since() -> None:
    told = deciding.apply_webhook(order("PICKING"), status_changed("PICKING", "PACKING"), now=NOW, wall=NOW).order
    assert told.since == NOW
    shown = deciding.apply_snapshot(
        told, snapshot_of("INVOICED"), sent_at=NOW + 100, now=NOW + 100, wall=NOW + 100
    ).order
    assert (shown.since, shown.observed_at) == (None, NOW + 100)


def test_a_doubt_is_asked_about_at_once_and_again_past_the_cache() -> None:
    known = order("INVOICED", polled_at=NOW - 5)
    doubt = deciding.apply_webhook(known, status_changed("PICKING", "PACKING"), now=NOW, wall=NOW).order
    assert sorted(doubt.extra_polls.values()) == [NOW, NOW + 60]


def test_three_hundred_doubtful_webhooks_in_five_minutes_are_asked_about_once_in_thirty_seconds() -> None:
    known, asked, now = order("INVOICED"), [], NOW
    for _ in range(300):
        now += 1
        known = deciding.apply_webhook(known, status_changed("PICKING", "PACKING"), now=now, wall=now).order
        if min(known.extra_polls.values()) <= now:
            asked.append(now)
            known = deciding.apply_snapshot(known, snapshot_of("INVOICED"), sent_at=now, now=now, wall=now).order
    assert 2 <= len(asked) <= 11
    assert all(later - earlier >= 30 for earlier, later in itertools.pairwise(asked))


# ── a GET shows t ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("known", "recent", "shown", "verdict"),
    [
        pytest.param("PACKING", ("PICKING", "PACKING", 10), "PICKING", Verdict.STALE, id="what a webhook left: stale"),
        pytest.param("PICKING", ("PACKING", "PICKING", 10), "PACKING", Verdict.STALE, id="left backwards: stale"),
        pytest.param("PACKING", ("X", "PACKING", 10), "PICKING", Verdict.STALE, id="further back, just heard: stale"),
        pytest.param("PACKING", ("X", "PACKING", 10), "ODD", Verdict.STALE, id="not comparable, just heard: stale"),
        pytest.param(
            "PACKING", ("PICKING", "PACKING", 61), "PICKING", Verdict.TAKEN, id="the cache has run out: taken"
        ),
        pytest.param("PACKING", ("PICKING", "PACKING", 10), "INVOICED", Verdict.TAKEN, id="further on: taken"),
        pytest.param("PACKING", ("PICKING", "PACKING", 10), "PACKING", Verdict.SAME, id="the same: merged"),
        pytest.param("PACKING", None, "PICKING", Verdict.TAKEN, id="back, nothing heard: taken"),
        pytest.param(None, None, "PICKING", Verdict.TAKEN, id="nothing known yet: taken"),
    ],
)
def test_a_get(known: str | None, recent: tuple[str, str, float] | None, shown: str, verdict: Verdict) -> None:
    webhooks = tuple(RecentWebhook(old, new, NOW - ago) for old, new, ago in ([recent] if recent else []))
    before = order(known, recent=webhooks)
    decision = deciding.apply_snapshot(
        before, snapshot_of(shown, service("ON_ROUTE", link=LINK)), sent_at=NOW, now=NOW, wall=NOW
    )
    assert decision.verdict is verdict
    if verdict is Verdict.STALE:
        assert (decision.order.status, decision.order.shipments) == (known, ())
        assert decision.order.extra_polls == {"recheck": webhooks[0].at + 60}
    else:
        assert (decision.order.status, decision.fresh) == (shown, True)


def test_a_webhook_that_came_while_the_get_was_under_way_makes_its_answer_stale() -> None:
    known = deciding.apply_webhook(order("PICKING"), status_changed("PICKING", "PACKING"), now=NOW + 1, wall=NOW).order
    assert (
        deciding.apply_snapshot(known, snapshot_of("PICKING"), sent_at=NOW, now=NOW + 2, wall=NOW).verdict
        is Verdict.STALE
    )


def test_skipped_steps_stand_in_the_history_as_unseen() -> None:
    decision = deciding.apply_snapshot(
        order("PICKING"), snapshot_of("READY_FOR_INVOICING"), sent_at=NOW, now=NOW, wall=NOW
    )
    assert [line.kind for line in decision.history] == ["unseen", "seen"]
    assert decision.history[0].detail == "READY_FOR_PACKING, PACKING"


def test_a_known_order_that_is_not_found_keeps_its_state_and_is_asked_for_at_1_6_and_24_hours() -> None:
    dues: list[float] = []
    known = order("PACKING", changed_at=NOW)
    for _ in range(4):
        known = deciding.apply_not_found(known, NotFound("1001-01"), sent_at=max([NOW, *dues])).order
        due = timing.next_poll(known, PollIntervals(), followed=True)
        dues += [due] if due is not None else []
    assert (known.status, dues) == ("PACKING", [NOW + HOUR, NOW + 6 * HOUR, NOW + DAY])


@pytest.mark.parametrize("late", [0.0, 25 * HOUR, 100 * HOUR])
@pytest.mark.parametrize("outage_before", [2, 3])
def test_an_order_that_is_lost_is_not_given_up_at_once_after_an_outage(late: float, outage_before: int) -> None:
    waits: list[float] = []
    at, known = NOW, order("PACKING", changed_at=NOW)
    for number in (1, 2, 3):
        at += late if number == outage_before else 0.0
        known = deciding.apply_not_found(known, NotFound("1001-01"), sent_at=at).order
        due = timing.next_poll(known, PollIntervals(), followed=True)
        assert due is not None
        waits.append(due - at)
        at = due
    assert waits == [HOUR, 5 * HOUR, 18 * HOUR]
    last = deciding.apply_not_found(known, NotFound("1001-01"), sent_at=at).order
    assert timing.next_poll(last, PollIntervals(), followed=True) is None


# ── shipments ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "after", "others", "told"),
    [
        pytest.param("PENDING", "ASSIGNED", (), [], id="assigned: no news once it is on its way"),
        pytest.param("ON_ROUTE", "INCIDENT", (), [Kind.INCIDENT], id="an incident"),
        pytest.param("ON_ROUTE", "ON_HOLD", (), [Kind.HOLD], id="a hold"),
        pytest.param("INCIDENT", "ON_HOLD", (), [Kind.HOLD], id="from an incident to a hold"),
        pytest.param("INCIDENT", "ON_ROUTE", (), [Kind.SOLVED], id="solved"),
        pytest.param("INCIDENT", "CANCELED", (), [], id="given up is not solved"),
        pytest.param("INCIDENT", "UNKNOWN", (), [], id="no readable status is no news"),
        pytest.param("ON_ROUTE", "DELIVERED", ("ON_ROUTE",), [Kind.PARCEL_DELIVERED], id="one of two delivered"),
        pytest.param("ON_ROUTE", "RETURNED", ("ON_ROUTE",), [Kind.PARCEL_RETURNED], id="one of two returned"),
        pytest.param("ON_ROUTE", "DELIVERED", (), [Kind.PARCEL_DELIVERED], id="the only one delivered"),
        pytest.param("ON_ROUTE", "RETURNED", (), [], id="the only one returned: the order will say so"),
    ],
)
def test_a_shipment(before: str, after: str, others: tuple[str, ...], told: list[Kind]) -> None:
    rest = [shipment(status, f"o{place}", place + 2) for place, status in enumerate(others)]
    known = order("ON_ROUTE", shipment(before), *rest)
    now = [service(after), *(service(one.status, one.key) for one in rest)]
    shown = deciding.apply_snapshot(known, snapshot_of("ON_ROUTE", *now), sent_at=NOW, now=NOW, wall=NOW).order
    troubles = {"s1": "incident"} if before == "INCIDENT" else {}
    assert [one.kind for one in _plan(shown, "ON_ROUTE", notified_troubles=troubles).make] == told


def test_once_the_order_is_final_its_shipments_tell_nothing() -> None:
    known = order("DELIVERED", shipment("DELIVERED"))
    decision = deciding.apply_snapshot(
        known, snapshot_of("DELIVERED", service("INCIDENT")), sent_at=NOW, now=NOW, wall=NOW
    )
    assert _plan(decision.order, "DELIVERED").make == ()
    assert [line.kind for line in decision.history] == ["service"]


def _walk(*steps: tuple[str, str]) -> list[str | None]:
    """Order's own status and its service's at each GET; the effective status after each."""
    known, states = order(None), []
    for place, (own, status) in enumerate(steps):
        at = NOW + 100 * place
        known = deciding.apply_snapshot(known, snapshot_of(own, service(status)), sent_at=at, now=at, wall=at).order
        states.append(effective_status(known))
    return states


def test_a_collected_service_lifts_the_order_and_an_incident_does_not_put_it_back() -> None:
    waits = "WAITING_FOR_DELIVERY_COMPANY"
    states = _walk(
        (waits, "ASSIGNED"), (waits, "PICKED"), (waits, "INCIDENT"), (waits, "ON_HOLD"), (waits, "DELIVERED")
    )
    assert states == [waits, "ON_ROUTE", "ON_ROUTE", "ON_ROUTE", "ON_ROUTE"]


def test_the_lift_ends_when_the_orders_own_status_moves_back() -> None:
    assert _walk(("READY_FOR_SHIPPING", "PICKED"), ("PACKING", "PICKED")) == ["ON_ROUTE", "PACKING"]


def test_a_service_missing_from_two_gets_a_minute_apart_is_closed() -> None:
    known = order("ON_ROUTE", shipment("ON_ROUTE"))
    once = deciding.apply_snapshot(known, snapshot_of("ON_ROUTE"), sent_at=NOW, now=NOW, wall=NOW).order
    twice = deciding.apply_snapshot(once, snapshot_of("ON_ROUTE"), sent_at=NOW + 60, now=NOW + 60, wall=NOW).order
    assert [once.shipments[0].closed, twice.shipments[0].closed] == [False, True]


@pytest.mark.parametrize(
    ("own", "status", "url", "link"),
    [
        pytest.param("READY_FOR_SHIPPING", "ASSIGNED", LINK, None, id="before it leaves: kept for staff only"),
        pytest.param("READY_FOR_SHIPPING", "PICKED", LINK, LINK, id="by the service"),
        pytest.param("ON_ROUTE", "ASSIGNED", LINK, LINK, id="by the order"),
        pytest.param("ON_ROUTE", "ON_ROUTE", "http://localhost:3000/x", None, id="no public host"),
        pytest.param("ON_ROUTE", "ON_ROUTE", "javascript:alert(1)", None, id="not http"),
    ],
)
def test_which_link_may_be_sent(own: str, status: str, url: str, link: str | None) -> None:
    known = deciding.apply_snapshot(
        order("PACKING"), snapshot_of(own, service(status, link=url)), sent_at=NOW, now=NOW, wall=NOW
    ).order
    assert (known.shipments[0].raw_url, known.shipments[0].link) == (url, link)


# ── which notices a chat gets ─────────────────────────────────────────────────────


def _plan(known: Order, told: str | None, *notices: object, **fields: object) -> Plan:
    level = fields.pop("level", Level.EVERY)
    now, fresh = fields.pop("now", NOW), fields.pop("fresh", False)
    policy = fields.pop("policy", Policy(debounce=3.0))
    one = subscription(told, level, **fields)  # type: ignore[arg-type]
    return notifying.plan(Comparison(one, replace(known, id=1), notices, policy, now, fresh))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "told", "state", "is_pending"),
    [
        pytest.param(Level.EVERY, "PICKING", "READY_FOR_PACKING", True, id="every: each step"),
        pytest.param(Level.EVERY, "PICKING", "PICKING", False, id="every: not what was told"),
        pytest.param(Level.MAIN, "READY_FOR_PACKING", "PACKING", False, id="main: not within a stage"),
        pytest.param(Level.MAIN, "PICKING", "PACKING", True, id="main: another stage"),
        pytest.param(Level.KEY, "PICKING", "PACKING", False, id="key: no routine"),
        pytest.param(Level.KEY, "PICKING", "DELIVERED", True, id="key: the end"),
        pytest.param(Level.KEY, "WAITING_FOR_PICKUP", "PICKING", True, id="key: what was told no longer holds"),
        pytest.param(Level.KEY, "PICKING", "ODD", False, id="key: an unknown one is routine"),
    ],
)
def test_what_a_level_wants(level: Level, told: str, state: str, is_pending: bool) -> None:
    assert bool(_plan(order(state), told, level=level).make) is is_pending


def test_a_routine_step_is_debounced_and_arrives_silently_a_key_one_goes_at_once_with_sound() -> None:
    routine, key = _plan(order("PACKING"), "PICKING").make[0], _plan(order("CANCELED"), "PICKING").make[0]
    assert (routine.due_at, routine.audible) == (NOW + 3, False)
    assert (key.due_at, key.audible) == (NOW, True)


def test_a_new_state_replaces_the_waiting_one_and_keeps_its_earlier_time() -> None:
    waiting = notice("PICKING", due_at=NOW + 1)
    plan = _plan(order("PACKING"), "READY_FOR_PICKING", waiting)
    assert plan.close == (9,)
    assert [(one.status, one.due_at) for one in plan.make] == [("PACKING", NOW + 1)]


def test_back_at_what_was_told_the_waiting_notice_is_closed_and_none_is_made() -> None:
    plan = _plan(order("PICKING"), "PICKING", notice("PACKING"))
    assert (plan.close, plan.make) == ((9,), ())


def test_while_a_state_is_being_sent_none_is_made() -> None:
    assert _plan(order("PACKING"), "READY_FOR_PICKING", notice("PICKING", state=NoticeState.CLAIMED)).make == ()


def test_a_state_told_with_an_unknown_outcome_is_not_told_again_by_itself() -> None:
    assert _plan(order("PACKING"), None, maybe_notified_status="PACKING").make == ()


def test_a_move_back_says_what_was_told_before() -> None:
    assert _plan(order("PICKING"), "PACKING").make[0].reverted_from == "PACKING"


# ── details ──────────────────────────────────────────────────────────────────

ON_THE_WAY = order("ON_ROUTE", shipment("ON_ROUTE"))
WITH_LINK = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK))


@pytest.mark.parametrize(
    ("known", "possible", "wait"),
    [
        pytest.param(ON_THE_WAY, True, 15, id="without a link it waits 15 s"),
        pytest.param(ON_THE_WAY, False, 0, id="where nobody can be asked it does not wait"),
        pytest.param(WITH_LINK, True, 0, id="with its link it goes at once"),
    ],
)
def test_on_its_way_waits_for_its_link(known: Order, possible: bool, wait: float) -> None:
    made = _plan(known, "INVOICED", policy=Policy(details_possible=possible)).make
    assert [one.due_at for one in made] == [NOW + wait]


def test_the_apis_answer_ends_the_wait() -> None:
    assert _plan(WITH_LINK, "INVOICED", notice("ON_ROUTE", due_at=NOW + 10), fresh=True).expedite == (9,)


def test_on_its_way_without_a_link_is_asked_about_now_and_past_the_cache() -> None:
    known = deciding.apply_webhook(order("INVOICED"), status_changed("INVOICED", "ON_ROUTE"), now=NOW, wall=NOW).order
    assert sorted(known.extra_polls.values()) == [NOW, NOW + 31, NOW + 61]


@pytest.mark.parametrize(
    ("shown", "after", "kind"),
    [
        pytest.param({}, 299, Kind.EDIT, id="a first link within five minutes is edited in"),
        pytest.param({}, 301, Kind.LINK, id="later it is a message of its own"),
        pytest.param({"s1": OTHER_LINK}, 9000, Kind.EDIT, id="a changed link is always an edit"),
        pytest.param({"s1": LINK}, 10, None, id="a link that was shown is not shown again"),
    ],
)
def test_a_link_that_comes_late(shown: dict[str, str], after: float, kind: Kind | None) -> None:
    made = _plan(WITH_LINK, "ON_ROUTE", notified_links=shown, now=NOW + after).make
    assert [one.kind for one in made] == ([kind] if kind else [])


def test_no_edit_once_the_order_has_left_the_state() -> None:
    gone = order("DELIVERED", shipment("DELIVERED", link=LINK))
    plan = _plan(gone, "DELIVERED", notice("ON_ROUTE", Kind.EDIT))
    assert (plan.close, plan.make) == ((9,), ())


# ── packages ─────────────────────────────────────────────────────────────────

TROUBLED = order("ON_ROUTE", shipment("INCIDENT", link=LINK))
SHOWN = {"s1": LINK}


@pytest.mark.parametrize(
    ("told", "known", "kinds"),
    [
        pytest.param({}, TROUBLED, [Kind.INCIDENT], id="an incident is told"),
        pytest.param({"s1": "incident"}, TROUBLED, [], id="not twice"),
        pytest.param({"s1": "incident"}, WITH_LINK, [Kind.SOLVED], id="its end is told"),
        pytest.param({}, WITH_LINK, [], id="the end of a trouble that was never told is dropped"),
    ],
)
def test_a_trouble(told: dict[str, str], known: Order, kinds: list[Kind]) -> None:
    plan = _plan(known, "ON_ROUTE", notified_links=SHOWN, notified_troubles=told)
    assert [one.kind for one in plan.make] == kinds


def test_solved_replaces_the_incident_that_still_waits_and_neither_is_told() -> None:
    waiting = notice("ON_ROUTE", Kind.INCIDENT, shipment="s1")
    plan = _plan(WITH_LINK, "ON_ROUTE", waiting, notified_links=SHOWN)
    assert (plan.close, plan.make) == ((9,), ())


def test_news_of_a_package_never_replaces_a_state() -> None:
    plan = _plan(TROUBLED, "INVOICED", notice("ON_ROUTE"))
    assert (plan.close, [one.kind for one in plan.make]) == ((), [Kind.INCIDENT])


# ── when to look again ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("state", "unchanged_polls", "wait"),
    [
        pytest.param("PICKING", 0, 600, id="poll_intervals"),
        pytest.param("PICKING", 2, 2400, id="doubling"),
        pytest.param("PICKING", 9, 3600, id="up to the longest"),
        pytest.param("READY_FOR_SHIPPING", 9, 600, id="awaiting the courier: no doubling"),
        pytest.param("ON_ROUTE", 9, 300, id="on its way: half"),
    ],
)
def test_the_silence_after_which_an_order_is_asked_for(state: str, unchanged_polls: int, wait: float) -> None:
    known = order(state, changed_at=NOW, polled_at=NOW, unchanged_polls=unchanged_polls)
    assert timing.next_poll(known, PollIntervals(600, 3600), followed=True) == NOW + wait
    assert timing.next_poll(known, PollIntervals(600, 3600), followed=False) is None


def test_a_finished_order_is_asked_for_after_6_24_and_72_hours_and_then_no_more() -> None:
    asked = [NOW, NOW + 6 * HOUR, NOW + DAY, NOW + 3 * DAY]
    dues = [
        timing.next_poll(order("DELIVERED", changed_at=NOW, polled_at=at), PollIntervals(), followed=True)
        for at in asked
    ]
    assert dues == [NOW + 6 * HOUR, NOW + DAY, NOW + 3 * DAY, None]


def test_an_order_that_was_silent_for_a_week_is_asked_for_once_a_day() -> None:
    known = order("PICKING", changed_at=NOW - 8 * DAY, polled_at=NOW, unchanged_polls=50)
    assert timing.next_poll(known, PollIntervals(), followed=True) == NOW + DAY


def test_an_order_that_only_webhooks_have_named_is_asked_for_like_a_number_not_seen_yet() -> None:
    known = deciding.apply_webhook(order(None), status_changed("PENDING", "PICKING"), now=NOW, wall=NOW).order
    waits, at = [], NOW
    for _ in range(7):
        known = deciding.apply_not_found(known, NotFound("1001-01"), sent_at=at).order
        due = timing.next_poll(known, PollIntervals(), followed=True)
        assert due is not None
        waits.append(due - at)
        at = due
    assert tuple(waits) == timing.AWAITED_WAITS
    on = deciding.apply_webhook(known, status_changed("PICKING", "READY_FOR_PACKING"), now=at, wall=at).order
    soon = timing.next_poll(on, PollIntervals(), followed=True)
    assert soon is not None
    assert soon <= at + 60


@pytest.mark.parametrize("outage", [0.0, 2 * DAY, 30 * DAY])
@pytest.mark.parametrize("jitter", [-1.0, 0.0, 1.0])
def test_an_order_that_only_webhooks_have_named_is_given_up_once_the_api_has_denied_it_for_two_days(
    outage: float, jitter: float
) -> None:
    known = deciding.apply_webhook(order(None), status_changed("PENDING", "PICKING"), now=NOW, wall=NOW).order
    at: Ticks | None = NOW
    last = NOW
    answered = 0.0
    for number in range(100):
        if at is None:
            break
        late = outage if number == 1 else 0.0
        answered += at - last
        last = Ticks(at + late)
        known = deciding.apply_not_found(known, NotFound("1001-01"), sent_at=last).order
        at = timing.next_poll(known, PollIntervals(), followed=True, jitter=jitter)
    assert at is None
    assert 1.5 * DAY <= answered <= timing.AWAITED_FOR + 5 * HOUR
    assert last - NOW >= timing.AWAITED_FOR


@pytest.mark.parametrize(
    ("absences", "before"),
    [
        pytest.param([], 10, id="always there"),
        pytest.param([(95, 20)], 30, id="an absence in it"),
        pytest.param([(95, 20), (85, 40)], 70, id="two, the second only by the first"),
        pytest.param([(50, 20)], 10, id="an absence before it"),
        pytest.param([(90, 5)], 10, id="an absence that ends where it begins"),
    ],
)
def test_how_long_ago_it_is_without_absences(absences: list[tuple[float, float]], before: float) -> None:
    found = timing.counted_before(100, 10, [timing.Absence(*one) for one in absences])
    assert 100 - found == before


def test_a_clock_that_jumps_a_month_ahead_makes_no_order_one_that_was_silent_for_a_week() -> None:
    known = order("PICKING", changed_at=NOW - 31 * DAY, polled_at=NOW, unchanged_polls=3)
    assert timing.next_poll(known, PollIntervals(), followed=True) == NOW + HOUR
