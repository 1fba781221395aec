"""Which steps of a stored history a card shows, with which times."""

import itertools
from collections.abc import Sequence

import pytest

from bot.tracking.card_content import PastStep
from bot.tracking.model import Shipment, Wall
from bot.tracking.statuses import TABLE
from bot.tracking.timeline import LONGEST_TIMELINE, Step, What, states, timeline

ONE = (Shipment("A", 1, "ON_ROUTE"),)
TWO = (*ONE, Shipment("B", 2, "ON_ROUTE"))


def lines(*steps: tuple[str, str | None, str | None] | tuple[str, str | None, str | None, str]) -> list[PastStep]:
    """A history, the newest first, of these lines, the oldest first; a line is a minute after the one before it."""
    return [PastStep(Wall(60.0 * n), *step) for n, step in enumerate(steps)][::-1]


def heard(*statuses: str) -> list[tuple[str, str | None, str | None]]:
    return [("heard", old, new) for old, new in zip((None, *statuses[:-1]), statuses, strict=True)]


def shown(history: Sequence[PastStep], shipments: Sequence[Shipment] = ()) -> list[str]:
    """What the timeline says, the oldest first: a status, or a package and what it did."""
    return [step.status or f"{step.package} {step.what}" for step in timeline(history, shipments)][::-1]


def test_is_newest_first_and_shows_of_a_past_stage_only_its_first_step() -> None:
    history = lines(*heard("READY_FOR_HANDLING", "READY_FOR_PICKING", "PICKING", "READY_FOR_PACKING", "PACKING"))
    assert shown(history) == ["READY_FOR_HANDLING", "PICKING", "READY_FOR_PACKING", "PACKING"]
    assert [step.at for step in timeline(history, ())] == [Wall(240), Wall(180), Wall(120), Wall(0)]


def test_tells_what_was_only_seen_by_asking() -> None:
    history = lines(
        ("heard", None, "PICKING"), ("unseen", "PICKING", "INVOICED", "PACKING"), ("seen", "PICKING", "INVOICED")
    )
    assert [(step.status, step.by) for step in timeline(history, ())] == [("INVOICED", True), ("PICKING", False)]


def test_a_chain_of_webhooks_tells_a_time() -> None:
    assert not timeline(lines(("chain", "PICKING", "INVOICED")), ())[0].by


@pytest.mark.parametrize("kind", ["repeat", "held", "doubtful", "stale", "differs", "missed", "unseen", "link", "odd"])
def test_what_did_not_happen_to_the_order_is_left_out(kind: str) -> None:
    assert shown(lines(*heard("PICKING"), (kind, "PICKING", "PACKING"), (kind, None, None))) == ["PICKING"]


def test_moves_back_and_forth_are_told_as_they_were() -> None:
    history = lines(*heard("PICKING", "PACKING", "INVOICED", "PICKING", "PACKING"))
    assert shown(history) == ["PICKING", "INVOICED", "PICKING", "PACKING"]


def test_an_unknown_status_is_a_step_of_its_own() -> None:
    assert shown(lines(*heard("PICKING", "GIFT_WRAPPED", "PACKING"))) == ["PICKING", "GIFT_WRAPPED", "PACKING"]


def test_a_long_history_keeps_its_newest_lines() -> None:
    history = lines(*heard(*["PICKING", "PACKING", "INVOICED"] * 170))
    assert len(timeline(history, ())) == LONGEST_TIMELINE
    assert timeline(history, ())[0].status == "INVOICED"


def test_every_status_in_every_order_is_a_line_at_most_once_in_a_row() -> None:
    for status in (*TABLE, "ODD"):
        history = lines(*heard(status, status, "PACKING", status))
        steps = timeline(history, ())
        assert all(one.status != other.status for one, other in itertools.pairwise(steps))


def test_equal_times_keep_the_order_of_the_history() -> None:
    history = [PastStep(Wall(5.0), "heard", None, one) for one in ("INVOICED", "PACKING", "READY_FOR_HANDLING")]
    assert shown(history) == ["READY_FOR_HANDLING", "PACKING", "INVOICED"]


def test_no_history_is_no_timeline() -> None:
    assert timeline((), TWO) == ()
    assert states((), ()) == ()


class TestPackages:
    def test_an_only_package_that_leaves_is_the_order_that_leaves(self) -> None:
        history = lines(*heard("INVOICED"), ("service", "ASSIGNED", "PICKED", "A"), *heard("ON_ROUTE"))
        assert shown(history, ONE) == ["INVOICED", "ON_ROUTE"]
        assert timeline(history, ONE)[0] == Step(Wall(60.0), What.STATUS, "ON_ROUTE", by=True)

    def test_steps_at_the_store_are_not_told_after_the_package_has_left(self) -> None:
        left = ("service", "ASSIGNED", "PICKED", "A")
        assert shown(lines(*heard("PACKING"), left, *heard("INVOICED")), ONE) == ["PACKING", "ON_ROUTE"]
        assert shown(lines(*heard("PACKING"), left, *heard("PICKING")), ONE) == ["PACKING", "ON_ROUTE", "PICKING"]

    def test_several_leave_one_by_one(self) -> None:
        history = lines(
            *heard("INVOICED", "ON_ROUTE"),
            ("service", None, "ASSIGNED", "A"),
            ("service", None, "ON_ROUTE", "B"),
            ("service", "ASSIGNED", "ON_ROUTE", "A"),
            ("service", "ON_ROUTE", "DELIVERED", "B"),
        )
        assert shown(history, TWO) == ["INVOICED", "A courier", "B left", "A left", "B delivered"]

    def test_troubles_and_their_end_are_told(self) -> None:
        history = lines(
            *heard("ON_ROUTE"),
            ("service", "ON_ROUTE", "INCIDENT", "A"),
            ("service", "INCIDENT", "ON_ROUTE", "A"),
            ("service", "ON_ROUTE", "ON_HOLD", "A"),
            ("service", "ON_HOLD", "PICKED", "A"),
        )
        assert shown(history, ONE) == ["ON_ROUTE", "A incident", "A solved", "A hold", "A goes-on"]

    @pytest.mark.parametrize("end", ["DELIVERED", "RETURNED"])
    @pytest.mark.parametrize("shipments", [ONE, TWO])
    def test_an_end_that_is_taken_back_is_told_as_that(self, end: str, shipments: Sequence[Shipment]) -> None:
        history = lines(*heard("ON_ROUTE"), ("service", "ON_ROUTE", end, "A"), ("service", end, "ON_ROUTE", "A"))
        assert shown(history, shipments)[-2:] == [f"A {end.lower()}", "A again"]

    @pytest.mark.parametrize("end", ["DELIVERED", "RETURNED"])
    def test_the_end_of_an_only_package_is_the_orders(self, end: str) -> None:
        told = ("service", "ON_ROUTE", end, "A")
        assert shown(lines(*heard("ON_ROUTE"), told), ONE) == ["ON_ROUTE", f"A {end.lower()}"]
        assert shown(lines(*heard("ON_ROUTE"), told, *heard(end)), ONE) == ["ON_ROUTE", end]
        assert shown(lines(*heard("ON_ROUTE", end), told), ONE) == ["ON_ROUTE", end]

    def test_packages_that_do_not_count_any_more_are_left_out(self) -> None:
        gone = (*ONE, Shipment("B", 2, "ON_ROUTE", closed=True), Shipment("C", 3, "CANCELED"))
        history = lines(*heard("PACKING"), ("service", None, "ASSIGNED", "B"), ("service", None, "INCIDENT", "C"))
        assert shown(history, gone) == ["PACKING"]


def test_the_orders_own_states_are_the_first_of_each_stage() -> None:
    history = lines(*heard("READY_FOR_HANDLING", "PICKING", "PACKING"), ("service", None, "ASSIGNED", "A"))
    assert [(step.status, step.at) for step in states(history, ONE)] == [
        ("READY_FOR_HANDLING", Wall(0)),
        ("PICKING", Wall(60)),
    ]
