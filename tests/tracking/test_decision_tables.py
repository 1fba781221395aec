"""The tables of the design, row by row: webhooks, GETs, shipments, when to ask. Every row is a case here."""

import itertools

import pytest

from bot.tracking import deciding, timing
from bot.tracking.deciding import Verdict, effective_status
from bot.tracking.events import NotFound
from bot.tracking.model import RecentWebhook, Ticks
from bot.tracking.order_facts import order_facts
from bot.tracking.timing import DAY, HOUR, PollIntervals
from tests.builders import (
    LINK,
    NOW,
    order,
    service,
    shipment,
    snapshot_of,
    status_changed,
    subscription,
)
from tests.tracking.comparing import NOTHING, compared

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


def test_once_the_order_is_final_its_shipments_tell_nothing() -> None:
    known = order("DELIVERED", shipment("DELIVERED"))
    decision = deciding.apply_snapshot(
        known, snapshot_of("DELIVERED", service("INCIDENT")), sent_at=NOW, now=NOW, wall=NOW
    )
    told = subscription("DELIVERED", card_facts=order_facts(known))
    assert compared(decision.order, told) == NOTHING
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


# ── details ──────────────────────────────────────────────────────────────────


def test_on_its_way_without_a_link_is_asked_about_now_and_past_the_cache() -> None:
    known = deciding.apply_webhook(order("INVOICED"), status_changed("INVOICED", "ON_ROUTE"), now=NOW, wall=NOW).order
    assert sorted(known.extra_polls.values()) == [NOW, NOW + 31, NOW + 61]


# ── when to look again ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("state", "unchanged_polls", "wait"),
    [
        pytest.param("PICKING", 0, 600, id="poll_intervals"),
        pytest.param("PICKING", 2, 2400, id="doubling"),
        pytest.param("PICKING", 9, 3600, id="up to the longest"),
        pytest.param("READY_FOR_SHIPPING", 9, 540, id="awaiting the courier: a little sooner, no doubling"),
        pytest.param("ON_ROUTE", 9, 600, id="on its way: no doubling"),
        pytest.param("WAITING_FOR_PICKUP", 9, 600, id="ready for pickup: no doubling"),
    ],
)
def test_the_silence_after_which_an_order_is_asked_for(state: str, unchanged_polls: int, wait: float) -> None:
    known = order(state, changed_at=NOW, polled_at=NOW, unchanged_polls=unchanged_polls)
    assert timing.next_poll(known, PollIntervals(600, 3600), followed=True) == NOW + wait
    assert timing.next_poll(known, PollIntervals(600, 3600), followed=False) is None


@pytest.mark.parametrize(
    ("ended", "waits"),
    [
        pytest.param(None, [DAY, 3 * DAY], id="the API has shown it"),
        pytest.param(
            RecentWebhook("ON_ROUTE", "DELIVERED", Ticks(NOW)), [6 * HOUR, DAY, 3 * DAY], id="only a webhook says so"
        ),
    ],
)
def test_a_finished_order_is_asked_for_a_few_times_and_then_no_more(
    ended: RecentWebhook | None, waits: list[float]
) -> None:
    dues = [
        timing.next_poll(
            order("DELIVERED", changed_at=NOW, polled_at=NOW + asked, ended=ended), PollIntervals(), followed=True
        )
        for asked in (0, *waits)
    ]
    assert dues == [*(NOW + wait for wait in waits), None]


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
