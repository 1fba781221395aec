"""Deferred webhooks that vouch for each other, late copies, and final steps that the API does not show, row by row."""

from typing import Any

import pytest

from bot.tracking import chains, deciding, timing
from bot.tracking.deciding import Verdict
from bot.tracking.events import NotFound, StatusChanged
from bot.tracking.model import Order, RecentWebhook
from bot.tracking.timing import DAY, HOUR, PollIntervals
from tests.builders import HOST, LINK, NOW, ORDER_ID, order, service, snapshot_of, status_changed

Steps = list[tuple[str, str]]


def after_webhooks(known: Order, steps: Steps, *, start: Any = NOW, spacing: float = 1.0) -> Order:
    for place, (old, new) in enumerate(steps):
        at = start + place * spacing
        known = deciding.apply_webhook(known, status_changed(old, new), now=at, wall=at).order
    return known


def after_snapshot(known: Order, status: str, at: Any) -> Order:
    return deciding.apply_snapshot(known, snapshot_of(status), sent_at=at, now=at, wall=at).order


# ── chains ───────────────────────────────────────────────────────────────────

A, B, C, D, E = "READY_FOR_PICKING", "PICKING", "READY_FOR_PACKING", "PACKING", "READY_FOR_INVOICING"


@pytest.mark.parametrize(
    ("steps", "end"),
    [
        pytest.param([(B, C)], None, id="a single one waits"),
        pytest.param([(B, C), (C, D)], D, id="two that fit together"),
        pytest.param([(B, C), (C, D), (D, E)], E, id="three"),
        pytest.param(
            [(C, "INVOICED"), ("INVOICED", "ON_ROUTE")], "ON_ROUTE", id="with steps that the store leaves out"
        ),
        pytest.param([(B, C), (C, B)], B, id="there and back, past the known one"),
        pytest.param([(B, C), (C, B), (B, C)], None, id="there and back and there: a step heard before"),
        pytest.param([(B, C), (D, E)], None, id="a gap"),
        pytest.param([(B, C), (D, E), (E, "INVOICED")], "INVOICED", id="after a gap, two that fit again"),
        pytest.param([(C, D), (B, C)], None, id="swapped"),
        pytest.param([(B, "X_RAY"), ("X_RAY", D)], None, id="over one that nobody knows"),
        pytest.param([(B, C), (C, "X_RAY")], None, id="to one that nobody knows"),
        pytest.param([(B, C), (C, D), ("PENDING", "READY_FOR_HANDLING")], D, id="an older step comes late"),
        pytest.param([(D, E), (E, "INVOICED"), (B, C)], "INVOICED", id="one that was overtaken comes late"),
        pytest.param([(C, D), (B, C), (D, E)], E, id="swapped, and the one after them"),
        pytest.param([(B, C), (C, D), (E, "PENDING")], None, id="back behind the known one, from further on"),
        pytest.param([(B, C), (C, D), ("X_RAY", "PENDING")], None, id="from one that nobody knows"),
        pytest.param([(B, C), (C, "PENDING")], None, id="back behind the known one"),
        pytest.param([(B, C), (C, A), (C, D)], None, id="back to the known one, and on from where that was left"),
        pytest.param([(B, C), (C, D), ("PENDING", A)], D, id="a late copy of what brought the known one"),
        pytest.param([(B, C), (B, C)], None, id="a copy is no second one"),
        pytest.param([(B, C), (C, D), (C, D), (C, D)], D, id="copies of the last say nothing new"),
        pytest.param([(B, C), (C, D), (B, C)], D, id="a late copy of its first"),
        pytest.param([(B, C), (C, D), (D, E), (C, D)], E, id="a late copy of its middle"),
        pytest.param([(D, E), (B, C), (C, D), (D, E)], None, id="a step heard before, from its end"),
        pytest.param([(A, B), (C, D), (D, E), (B, C)], E, id="what was missing has come, and all fit"),
        pytest.param([(C, D), (A, B), (D, E)], E, id="a step that is taken meanwhile breaks nothing"),
        pytest.param([(C, D), (A, B), (B, C), (D, E)], E, id="all have come, one late"),
        pytest.param([("PENDING", B), (B, C), (C, D)], D, id="after one from behind the known one"),
        pytest.param([("PENDING", B), (B, C)], None, id="one from behind the known one is no first link"),
        pytest.param([(C, D), (D, E), (A, "PENDING")], None, id="a step back that is taken meanwhile"),
        pytest.param([(C, D), (D, E), (A, "CANCELED")], None, id="an end that is taken meanwhile"),
    ],
)
def test_what_is_a_chain(steps: Steps, end: str | None) -> None:
    known = after_webhooks(order(A), steps)
    decision = deciding.take_chain(known, now=NOW + 100, wall=NOW + 100)
    assert (decision.order.status if decision is not None else None) == end


def test_a_webhook_that_does_not_say_where_it_came_from_is_no_link_of_a_chain() -> None:
    nameless = RecentWebhook(None, D, NOW)
    first = RecentWebhook(B, C, NOW)
    assert chains.extend(order(A, chain=(first,)), nameless, fits=True) == ()


def test_after_an_unknown_status_nothing_is_a_chain() -> None:
    known = after_webhooks(order("X_RAY"), [("PICKING", "QUARANTINE"), ("QUARANTINE", "X_RAY_2")])
    assert chains.due_at(known) is None


def test_a_chain_is_taken_sixty_seconds_after_its_last_webhook() -> None:
    known = after_webhooks(order(A), [(B, C), (C, D)], spacing=30.0)
    assert chains.due_at(known) == NOW + 90
    assert deciding.take_chain(known, now=NOW + 89.9, wall=NOW + 89.9) is None
    taken = deciding.take_chain(known, now=NOW + 95, wall=NOW + 1095)
    assert taken is not None
    assert (taken.order.status, taken.order.previous, taken.order.by_chain) == (D, C, True)
    assert taken.order.since == NOW + 1030  # when its last webhook came, on the wall
    assert (taken.order.unconfirmed_status, chains.due_at(taken.order)) == (D, None)
    assert [(line.kind, line.old, line.new) for line in taken.history] == [("chain", A, D)]


@pytest.mark.parametrize("answer", ["same", "stale", "not found", "another"])
def test_any_answer_makes_the_chain_void(answer: str) -> None:
    known = after_webhooks(order(A), [(B, C), (C, D)])
    at = NOW + 20
    if answer == "not found":
        known = deciding.apply_not_found(known, NotFound(ORDER_ID), sent_at=at).order
    else:
        known = after_snapshot(known, {"same": A, "stale": C, "another": B}[answer], at)
    assert chains.due_at(known) is None
    # and what comes after the answer is a chain of its own
    known = after_webhooks(known, [(D, E), (E, "INVOICED")], start=NOW + 30)
    assert chains.due_at(known) == NOW + 91


def test_what_follows_a_chain_is_taken_as_ever_and_no_longer_by_the_chain_alone() -> None:
    known = after_webhooks(order(A), [(B, C), (C, D)])
    taken = deciding.take_chain(known, now=NOW + 61, wall=NOW + 61)
    assert taken is not None
    on = deciding.apply_webhook(taken.order, status_changed(D, E), now=NOW + 70, wall=NOW + 70)
    assert (on.verdict, on.order.status, on.order.by_chain) == (Verdict.TAKEN, E, False)
    assert after_snapshot(taken.order, D, NOW + 70).by_chain is False


def test_a_chain_that_ends_on_its_way_asks_for_the_link() -> None:
    known = after_webhooks(order(A), [("INVOICED", "READY_FOR_SHIPPING"), ("READY_FOR_SHIPPING", "ON_ROUTE")])
    taken = deciding.take_chain(known, now=NOW + 61, wall=NOW + 61)
    assert taken is not None
    assert "detail" in taken.order.extra_polls


# ── copies that come late ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("steps", "verdict", "status"),
    [
        pytest.param(
            [("ON_ROUTE", "DELIVERED"), ("DELIVERED", "ON_ROUTE"), ("ON_ROUTE", "DELIVERED")],
            Verdict.DEFERRED,
            "ON_ROUTE",
            id="there, back, and a late copy",
        ),
        pytest.param(
            [("ON_ROUTE", "PACKING"), ("PACKING", "ON_ROUTE"), ("ON_ROUTE", "PACKING")],
            Verdict.DEFERRED,
            "ON_ROUTE",
            id="a step back, once more",
        ),
        pytest.param(
            [("ON_ROUTE", "DELIVERED"), ("DELIVERED", "X_RAY"), ("ON_ROUTE", "DELIVERED")],
            Verdict.CONFLICTING,
            "X_RAY",
            id="a copy after an unknown status",
        ),
        pytest.param(
            [("ON_ROUTE", "DELIVERED"), ("DELIVERED", "ON_ROUTE")], Verdict.TAKEN, "ON_ROUTE", id="a step back, once"
        ),
        pytest.param(
            [("ON_ROUTE", "DELIVERED"), ("ON_ROUTE", "DELIVERED")], Verdict.REPEAT, "DELIVERED", id="a copy at once"
        ),
    ],
)
def test_a_step_heard_before(steps: Steps, verdict: Verdict, status: str) -> None:
    known = after_webhooks(order("ON_ROUTE"), steps[:-1])
    last = deciding.apply_webhook(known, status_changed(*steps[-1]), now=NOW + 600, wall=NOW + 600)
    assert (last.verdict, last.order.status) == (verdict, status)
    if verdict is Verdict.DEFERRED:
        assert min(last.order.extra_polls.values()) <= NOW + 600


def test_a_step_heard_before_is_told_once_the_api_shows_it() -> None:
    known = after_webhooks(order("PICKING"), [("PICKING", "PACKING"), ("PACKING", "PICKING"), ("PICKING", "PACKING")])
    assert known.status == "PICKING"
    assert after_snapshot(known, "PACKING", known.extra_polls["recheck"]).status == "PACKING"


def test_a_day_later_it_is_a_step_like_any_other() -> None:
    known = after_webhooks(order("PICKING"), [("PICKING", "PACKING"), ("PACKING", "PICKING")])
    again = deciding.apply_webhook(known, status_changed("PICKING", "PACKING"), now=NOW + DAY + 1, wall=NOW + DAY + 1)
    assert again.verdict is Verdict.TAKEN


def test_the_webhook_of_a_step_that_a_get_showed_first_is_a_copy_too() -> None:
    known = after_snapshot(order("PICKING"), "PACKING", NOW)
    known = after_webhooks(known, [("PACKING", "PICKING")], start=NOW + 100)
    late = deciding.apply_webhook(known, status_changed("PICKING", "PACKING"), now=NOW + 200, wall=NOW + 200)
    assert (late.verdict, late.order.status) == (Verdict.DEFERRED, "PICKING")


def test_however_many_different_steps_come_few_are_remembered() -> None:
    known = after_webhooks(order("PACKING"), [(f"ODD_{number}", f"ODDER_{number}") for number in range(500)])
    assert len(known.pairs) <= 60


# ── the end ──────────────────────────────────────────────────────────────────

ENDS = [
    ("ON_ROUTE", "DELIVERED"),
    ("WAITING_FOR_PICKUP", "DELIVERED"),
    ("ON_ROUTE", "RETURNED"),
    ("DELIVERED", "RETURNED"),
    ("PICKING", "CANCELED"),
    ("PACKING", "IDLE"),
]


@pytest.mark.parametrize(("old", "end"), ENDS)
def test_a_final_state_that_a_webhook_brought_is_checked_after_sixty_seconds_if_anybody_follows(
    old: str, end: str
) -> None:
    known = after_webhooks(order(old), [(old, end)])
    assert timing.next_poll(known, PollIntervals(), followed=True) == NOW + 60
    assert timing.next_poll(known, PollIntervals(), followed=False) is None
    confirmed = after_snapshot(known, end, NOW + 60)
    assert timing.next_poll(confirmed, PollIntervals(), followed=True) == NOW + DAY
    assert confirmed.ended is None


def test_the_final_end_of_a_chain_is_checked_too() -> None:
    known = after_webhooks(order("PICKING"), [("INVOICED", "ON_ROUTE"), ("ON_ROUTE", "DELIVERED")])
    taken = deciding.take_chain(known, now=NOW + 61, wall=NOW + 61)
    assert taken is not None
    assert taken.order.extra_polls["final"] == NOW + 61 + 60


@pytest.mark.parametrize(("old", "end"), ENDS)
def test_a_get_that_still_shows_the_step_before_the_end_tells_nothing_for_a_day(old: str, end: str) -> None:
    known, asked = after_webhooks(order(old, confirmed_at=NOW - 500), [(old, end)]), []
    for _ in range(3):
        at: Any = timing.next_poll(known, PollIntervals(), followed=True)
        assert at is not None
        asked.append(at - NOW)
        decision = deciding.apply_snapshot(
            known, snapshot_of(old, service("INCIDENT", link=LINK)), sent_at=at, now=at, wall=at
        )
        known = decision.order
        if len(asked) < 3:
            assert (decision.verdict, known.status, known.shipments) == (Verdict.DIVERGING, end, ())
            assert (known.diverged_at, known.confirmed_at) == (at, NOW - 500)
            assert [line.kind for line in decision.history] == ["differs"]
    assert asked == [60, 6 * HOUR, DAY]
    assert (decision.verdict, known.status, known.diverged_at) == (Verdict.TAKEN, old, None)


def test_another_step_than_the_one_before_is_the_apis_word_at_once() -> None:
    known = after_webhooks(order("ON_ROUTE"), [("ON_ROUTE", "DELIVERED")])
    assert after_snapshot(known, "PACKING", NOW + 60).status == "PACKING"


def test_once_the_api_has_shown_the_end_it_may_take_it_back_at_once() -> None:
    known = after_snapshot(after_webhooks(order("ON_ROUTE"), [("ON_ROUTE", "DELIVERED")]), "DELIVERED", NOW + 60)
    assert after_snapshot(known, "ON_ROUTE", NOW + 6 * HOUR).status == "ON_ROUTE"


def test_an_end_that_only_the_api_showed_may_be_taken_back_at_once() -> None:
    known = after_snapshot(order("ON_ROUTE"), "DELIVERED", NOW)
    assert after_snapshot(known, "ON_ROUTE", NOW + 60).status == "ON_ROUTE"


def test_the_end_as_the_first_thing_heard_stands_as_well() -> None:
    known = after_webhooks(Order(HOST, ORDER_ID), [("ON_ROUTE", "DELIVERED")])
    assert after_snapshot(known, "ON_ROUTE", NOW + 60).status == "DELIVERED"


def test_a_step_on_from_the_end_that_a_webhook_tells_is_taken() -> None:
    event = StatusChanged(HOST, ORDER_ID, "DELIVERED", "RETURNED")
    known = after_webhooks(order("ON_ROUTE"), [("ON_ROUTE", "DELIVERED")])
    decision = deciding.apply_webhook(known, event, now=NOW + 30, wall=NOW + 30)
    assert (decision.verdict, decision.order.status) == (Verdict.TAKEN, "RETURNED")


def test_an_end_after_an_end_leaves_what_was_before_both_behind_for_a_day() -> None:
    known = after_webhooks(order("ON_ROUTE"), [("ON_ROUTE", "DELIVERED")])
    known = after_snapshot(known, "ON_ROUTE", NOW + 61)
    known = after_webhooks(known, [("DELIVERED", "RETURNED"), ("RETURNED", "IDLE")], start=NOW + 100)
    answers = ((162, "ON_ROUTE"), (300, "DELIVERED"), (400, "RETURNED"), (DAY, "ON_ROUTE"))
    for at, shown in ((NOW + after, shown) for after, shown in answers):
        decision = deciding.apply_snapshot(known, snapshot_of(shown), sent_at=at, now=at, wall=at)
        known = decision.order
        assert (decision.verdict, known.status, known.diverged_at) == (Verdict.DIVERGING, "IDLE", at)
    assert after_snapshot(known, "ON_ROUTE", NOW + DAY + 102).status == "ON_ROUTE"


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([("PICKING", "CANCELED"), ("ON_ROUTE", "DELIVERED")], id="of another kind, and not taken"),
        pytest.param(
            [("ON_ROUTE", "PICKING"), ("PICKING", "ON_ROUTE"), ("ON_ROUTE", "DELIVERED")], id="no end in between"
        ),
    ],
)
def test_what_led_to_no_end_of_the_orders_is_the_apis_word_at_once(steps: Steps) -> None:
    known = after_webhooks(order("ON_ROUTE"), steps)
    assert known.status == "DELIVERED"
    assert after_snapshot(known, "PICKING", NOW + 100).status == "PICKING"


def test_an_end_after_one_that_the_api_has_shown_leaves_only_that_one_behind() -> None:
    known = after_snapshot(after_webhooks(order("ON_ROUTE"), [("ON_ROUTE", "DELIVERED")]), "DELIVERED", NOW + 61)
    known = after_webhooks(known, [("DELIVERED", "RETURNED")], start=NOW + 100)
    assert after_snapshot(known, "DELIVERED", NOW + 161).status == "RETURNED"
    assert after_snapshot(known, "ON_ROUTE", NOW + 161).status == "ON_ROUTE"


def test_an_end_that_is_reached_again_is_confirmed_by_the_api() -> None:
    steps = [("ON_ROUTE", "DELIVERED"), ("DELIVERED", "RETURNED"), ("RETURNED", "DELIVERED")]
    known = after_snapshot(after_webhooks(order("ON_ROUTE"), steps), "DELIVERED", NOW + 100)
    assert (known.status, known.ended, known.diverged_at) == ("DELIVERED", None, None)
