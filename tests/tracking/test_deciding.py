"""What a webhook and a GET leave on an order besides its status. The tables themselves: test_decision_tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tracking import deciding
from bot.tracking.deciding import CACHE_SECONDS, POLL_SPACING, Verdict, effective_status
from bot.tracking.events import NotFound
from bot.tracking.model import Item, Order, RecentWebhook, Ticks, Wall
from bot.tracking.statuses import TABLE
from bot.tracking.timing import DAY, PollIntervals, next_poll
from tests.builders import LINK, NOW, order, service, shipment, snapshot_of, status_changed

WAITS = "WAITING_FOR_DELIVERY_COMPANY"
statuses = st.sampled_from([*TABLE, "X_RAY", "QUARANTINE"])


def after_webhook(known: Order, old: str, new: str, at: float = NOW) -> Order:
    return deciding.apply_webhook(known, status_changed(old, new), now=Ticks(at), wall=Wall(at)).order


def after_snapshot(known: Order, status: str, *services: tuple[str, str | None], at: float = NOW) -> Order:
    shown = [service(one, f"s{place}", link) for place, (one, link) in enumerate(services, 1)]
    return deciding.apply_snapshot(
        known, snapshot_of(status, *shown), sent_at=Ticks(at), now=Ticks(at), wall=Wall(at)
    ).order


# ── a webhook ────────────────────────────────────────────────────────────────


def test_a_heard_step_says_where_it_came_from_and_since_when_and_ends_the_quiet() -> None:
    known = after_webhook(order("PICKING", unchanged_polls=4, changed_at=NOW - 900), "PICKING", "PACKING")
    assert (known.status, known.previous, known.since, known.changed_at, known.unchanged_polls) == (
        "PACKING",
        "PICKING",
        NOW,
        NOW,
        0,
    )


def test_a_repeat_changes_nothing_but_when_the_order_was_heard() -> None:
    before = order("PACKING", previous="PICKING", since=NOW - 50, changed_at=NOW - 50)
    known = after_webhook(before, "PICKING", "PACKING")
    assert (known.webhook_at, known.since, known.changed_at, known.extra_polls) == (NOW, NOW - 50, NOW - 50, {})


@given(known=statuses, old=st.none() | statuses, new=statuses)
def test_what_is_held_or_doubtful_never_moves_the_order_and_is_always_asked_about(
    known: str, old: str | None, new: str
) -> None:
    decision = deciding.apply_webhook(order(known), status_changed(old, new), now=NOW, wall=NOW)
    if decision.verdict in {Verdict.DEFERRED, Verdict.CONFLICTING}:
        assert (decision.order.status, decision.order.unconfirmed_status) == (known, new)
        assert decision.order.extra_polls == {"unsure": NOW, "recheck": NOW + CACHE_SECONDS}
    else:
        assert (decision.order.status, decision.order.unconfirmed_at) == (new, None)


def test_between_two_statuses_that_nobody_knows_the_api_must_say() -> None:
    decision = deciding.apply_webhook(order("X_RAY"), status_changed("PICKING", "QUARANTINE"), now=NOW, wall=NOW)
    assert decision.verdict is Verdict.DEFERRED


def test_a_second_doubt_before_the_answer_keeps_the_early_ask_and_puts_off_the_late_one() -> None:
    once = after_webhook(order("INVOICED"), "PICKING", "PACKING")
    twice = after_webhook(once, "PENDING", "PICKING", NOW + 5)
    assert twice.extra_polls == {"unsure": NOW, "recheck": NOW + 5 + CACHE_SECONDS}


def test_a_doubt_soon_after_an_answer_that_did_not_end_the_last_one_waits_for_its_turn() -> None:
    doubted = after_webhook(order("INVOICED"), "PICKING", "PACKING")
    answered = after_snapshot(doubted, "INVOICED", at=NOW + 1)
    again = after_webhook(answered, "PICKING", "PACKING", NOW + 2)
    assert again.extra_polls["unsure"] == NOW + 1 + POLL_SPACING


def test_a_step_back_that_was_heard_ends_the_lift_by_a_shipment() -> None:
    lifted = after_snapshot(order("READY_FOR_SHIPPING"), "READY_FOR_SHIPPING", ("PICKED", None))
    assert effective_status(lifted) == "ON_ROUTE"
    assert effective_status(after_webhook(lifted, "READY_FOR_SHIPPING", "PACKING", NOW + 90)) == "PACKING"


def test_a_step_on_that_was_heard_keeps_the_lift_by_a_shipment() -> None:
    lifted = after_snapshot(order("READY_FOR_SHIPPING"), "READY_FOR_SHIPPING", ("PICKED", None))
    assert effective_status(after_webhook(lifted, "READY_FOR_SHIPPING", WAITS, NOW + 90)) == "ON_ROUTE"


@pytest.mark.parametrize("end", ["WAITING_FOR_PICKUP", "DELIVERED", "RETURNED", "CANCELED", "IDLE"])
def test_a_lift_does_not_hide_what_is_further_on(end: str) -> None:
    assert effective_status(order(end, shipment("ON_ROUTE", implies_on_route=True))) == end


def test_a_lift_does_not_hide_a_status_that_nobody_knows() -> None:
    assert effective_status(order("X_RAY", shipment("ON_ROUTE", implies_on_route=True))) == "X_RAY"


@pytest.mark.parametrize(
    ("way", "for_pickup"),
    [
        pytest.param(["WAITING_FOR_PICKUP"], True, id="ready for pickup"),
        pytest.param(["WAITING_FOR_PICKUP", "DELIVERED"], True, id="collected by the shopper"),
        pytest.param(["ON_ROUTE", "DELIVERED"], False, id="brought by a courier"),
        pytest.param(["WAITING_FOR_PICKUP", "ON_ROUTE", "DELIVERED"], False, id="brought after all"),
        pytest.param(["WAITING_FOR_PICKUP", "PACKING"], False, id="taken back into the store"),
    ],
)
def test_whether_the_shopper_collects_the_order(way: list[str], for_pickup: bool) -> None:
    known = order("INVOICED")
    for step in way:
        known = after_webhook(known, known.status or "", step)
    assert known.for_pickup is for_pickup


def test_a_thousand_copies_of_a_webhook_are_remembered_once_with_the_time_of_the_last() -> None:
    known = order("PACKING")
    for second in range(1000):
        known = after_webhook(known, "PICKING", "PACKING", NOW + second / 10)
    assert [(one.old, one.new, one.at) for one in known.recent] == [("PICKING", "PACKING", NOW + 99.9)]


def test_what_was_heard_minutes_ago_is_forgotten() -> None:
    known = after_webhook(
        order("PACKING", recent=(RecentWebhook("PICKING", "PACKING", NOW - 600),)), "PACKING", "INVOICED"
    )
    assert [one.new for one in known.recent] == ["INVOICED"]


def test_however_many_different_webhooks_come_few_are_remembered() -> None:
    known = order("PACKING")
    for number in range(500):
        known = after_webhook(known, f"ODD_{number}", f"ODDER_{number}")
    assert len(known.recent) <= 20


# ── details ──────────────────────────────────────────────────────────────────


def test_a_get_that_shows_the_order_on_its_way_without_a_link_is_not_asked_again_at_once() -> None:
    known = after_snapshot(order("INVOICED"), "ON_ROUTE", ("ON_ROUTE", None))
    assert sorted(known.extra_polls.values()) == [NOW + 31, NOW + 61]


def test_with_its_links_nobody_is_asked_for_them() -> None:
    assert after_snapshot(order("INVOICED"), "ON_ROUTE", ("ON_ROUTE", LINK)).extra_polls == {}


def test_while_one_of_two_links_is_wanting_the_api_is_asked_for_it() -> None:
    assert after_snapshot(order("INVOICED"), "ON_ROUTE", ("ON_ROUTE", LINK), ("ON_ROUTE", None)).extra_polls != {}


def test_the_link_that_came_ends_the_asks_for_it() -> None:
    waits = after_webhook(order("INVOICED"), "INVOICED", "ON_ROUTE")
    assert after_snapshot(waits, "ON_ROUTE", ("ON_ROUTE", LINK), at=NOW + 1).extra_polls == {}


def test_an_order_that_is_no_longer_on_its_way_needs_no_link() -> None:
    waits = after_webhook(order("INVOICED"), "INVOICED", "ON_ROUTE")
    assert after_webhook(waits, "ON_ROUTE", "DELIVERED", NOW + 10).extra_polls.keys() == {"final"}


# ── a GET ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ago", "verdict"),
    [(0.0, Verdict.STALE), (59.9, Verdict.STALE), (60.0, Verdict.TAKEN), (90.0, Verdict.TAKEN)],
    ids=["heard just now", "heard within the cache's time", "the cache has run out to the second", "heard long ago"],
)
def test_how_long_a_cache_may_lie(ago: float, verdict: Verdict) -> None:
    known = order("PACKING", recent=(RecentWebhook("PICKING", "PACKING", NOW - ago),))
    assert deciding.apply_snapshot(known, snapshot_of("PICKING"), sent_at=NOW, now=NOW, wall=NOW).verdict is verdict


def test_what_counts_is_when_the_get_was_sent_not_when_it_answered() -> None:
    known = order("PACKING", recent=(RecentWebhook("PICKING", "PACKING", NOW - 50),))
    assert (
        deciding.apply_snapshot(known, snapshot_of("PICKING"), sent_at=NOW, now=NOW + 20, wall=NOW).verdict
        is Verdict.STALE
    )


def test_a_status_left_and_come_back_to_may_be_shown_by_an_old_answer_and_nothing_of_it_is_taken() -> None:
    there_and_back = after_webhook(after_webhook(order("PICKING"), "PICKING", "PACKING"), "PACKING", "PICKING", NOW + 5)
    decision = deciding.apply_snapshot(
        there_and_back, snapshot_of("PICKING", service("PICKED", link=LINK)), sent_at=NOW + 9, now=NOW + 9, wall=NOW
    )
    assert (decision.verdict, decision.order.shipments, decision.fresh) == (Verdict.STALE, (), False)


def test_a_doubtful_webhook_makes_what_it_names_as_old_suspicious() -> None:
    doubted = after_webhook(order("PICKING"), "PACKING", "PENDING")
    assert doubted.unconfirmed_at is not None
    shown = deciding.apply_snapshot(doubted, snapshot_of("PACKING"), sent_at=NOW + 1, now=NOW + 1, wall=NOW)
    assert shown.verdict is Verdict.STALE


def test_a_stale_answer_is_asked_for_again_when_the_last_webhooks_cache_is_over() -> None:
    known = after_webhook(after_webhook(order("PICKING"), "PICKING", "PACKING"), "PACKING", "INVOICED", NOW + 20)
    assert after_snapshot(known, "PICKING", at=NOW + 25).extra_polls == {"recheck": NOW + 20 + CACHE_SECONDS}


def test_a_stale_answer_is_no_confirmation() -> None:
    known = after_webhook(order("PICKING", confirmed_at=NOW - 500), "PICKING", "PACKING")
    stale = after_snapshot(known, "PICKING", at=NOW + 5)
    assert (stale.polled_at, stale.confirmed_at, stale.status) == (NOW + 5, NOW - 500, "PACKING")


def test_an_answer_ends_the_asks_that_were_due_and_keeps_the_later_ones() -> None:
    known = order("PICKING", extra_polls={"unsure": NOW - 1, "recheck": NOW + 40})
    assert after_snapshot(known, "PICKING").extra_polls == {"recheck": NOW + 40}


def test_an_answer_ends_the_count_of_failures_and_of_misses() -> None:
    known = after_snapshot(
        order("PICKING", not_found_count=2, not_found_since=NOW - 9, failures=3, retry_at=NOW + 9), "PICKING"
    )
    assert (known.not_found_count, known.not_found_since, known.failures, known.retry_at) == (0, None, 0, None)


@pytest.mark.parametrize(
    ("shown", "after", "settled"),
    [
        pytest.param("DELIVERED", 1, True, id="an answer that shows what the webhook said"),
        pytest.param("PICKING", 1, False, id="another one, perhaps out of the cache"),
        pytest.param("PICKING", 60, True, id="another one, past the cache"),
    ],
)
def test_what_ends_a_doubt(shown: str, after: float, settled: bool) -> None:
    doubted = after_webhook(order("PICKING"), "ON_ROUTE", "DELIVERED")
    known = after_snapshot(doubted, shown, at=NOW + after)
    assert (known.unconfirmed_at is None, known.unconfirmed_status is None) == (settled, settled)
    assert known.status == shown


def test_each_answer_without_news_makes_the_order_quieter_and_news_ends_that() -> None:
    once = after_snapshot(order("PICKING"), "PICKING")
    twice = after_snapshot(once, "PICKING", at=NOW + 600)
    assert (
        once.unchanged_polls,
        twice.unchanged_polls,
        after_snapshot(twice, "PACKING", at=NOW + 1200).unchanged_polls,
    ) == (
        1,
        2,
        0,
    )


def test_a_service_that_changed_is_news_of_the_order() -> None:
    known = after_snapshot(
        order("ON_ROUTE", shipment("ON_ROUTE"), unchanged_polls=3, changed_at=NOW - 900), "ON_ROUTE", ("INCIDENT", None)
    )
    assert (known.unchanged_polls, known.changed_at) == (0, NOW)


def test_items_that_an_answer_leaves_out_are_kept() -> None:
    known = order("PICKING", items=(Item("Rice", 2),))
    assert after_snapshot(known, "PACKING").items == (Item("Rice", 2),)


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        pytest.param(None, "INVOICED", id="nothing was known"),
        pytest.param("PICKING", "READY_FOR_PACKING", id="the next step"),
        pytest.param("PICKING", "CANCELED", id="canceled, which may come at any time"),
        pytest.param("PICKING", "IDLE", id="handed off, which may come at any time"),
        pytest.param("PACKING", "PICKING", id="a step back"),
        pytest.param("PICKING", "X_RAY", id="a status that nobody knows"),
        pytest.param("X_RAY", "INVOICED", id="after one that nobody knows"),
    ],
)
def test_where_nothing_was_skipped_nothing_stands_as_unseen(known: str | None, shown: str) -> None:
    decision = deciding.apply_snapshot(order(known), snapshot_of(shown), sent_at=NOW, now=NOW, wall=NOW)
    assert [(line.kind, line.old, line.new) for line in decision.history] == [("seen", known, shown)]


def test_delivered_after_being_on_its_way_has_not_skipped_the_pickup() -> None:
    decision = deciding.apply_snapshot(order("ON_ROUTE"), snapshot_of("DELIVERED"), sent_at=NOW, now=NOW, wall=NOW)
    assert [line.kind for line in decision.history] == ["seen"]


# ── not found ────────────────────────────────────────────────────────────────


def test_an_order_that_was_given_up_as_not_found_is_asked_for_again_once_it_is_heard_of() -> None:
    given_up = order("PICKING", not_found_count=4, not_found_since=NOW - 2 * DAY)
    assert next_poll(given_up, PollIntervals(), followed=True) is None
    heard_of = after_webhook(given_up, "PICKING", "PACKING")
    assert next_poll(heard_of, PollIntervals(), followed=True) == NOW + PollIntervals().first


def test_a_miss_keeps_what_is_known_and_the_time_of_the_first_and_drops_what_was_asked() -> None:
    known = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK), extra_polls={"detail": NOW})
    once = deciding.apply_not_found(known, NotFound("1001-01"), sent_at=NOW)
    twice = deciding.apply_not_found(once.order, NotFound("1001-01"), sent_at=NOW + 3600).order
    assert (twice.status, twice.shipments, twice.not_found_count, twice.not_found_since) == (
        "ON_ROUTE",
        known.shipments,
        2,
        NOW,
    )
    assert once.order.extra_polls == {}
    assert [(line.kind, line.old) for line in once.history] == [("missed", "ON_ROUTE")]


@given(known=statuses, shown=statuses, old=statuses, new=statuses, ago=st.floats(0, 120))
def test_a_stale_answer_never_changes_what_a_shopper_is_told(
    known: str, shown: str, old: str, new: str, ago: float
) -> None:
    before = order(known, shipment("ON_ROUTE", implies_on_route=True), recent=(RecentWebhook(old, new, NOW - ago),))
    decision = deciding.apply_snapshot(
        before, snapshot_of(shown, service("DELIVERED", link=LINK)), sent_at=NOW, now=NOW, wall=NOW
    )
    if decision.verdict is Verdict.STALE:
        assert (effective_status(decision.order), decision.order.shipments) == (
            effective_status(before),
            before.shipments,
        )
        assert decision.order.extra_polls["recheck"] > NOW
        assert decision.fresh is False
    else:
        assert (decision.order.status, decision.order.confirmed_at, decision.fresh) == (shown, NOW, True)
