"""The tables of the card, row by row and level by level: a new card, with or without sound, an edit, or nothing."""

from dataclasses import replace
from typing import Any

import pytest

from bot.tracking.lead import Lead, News
from bot.tracking.model import Item, Keep, Kind, Level, Notice, NoticeState, Order, Priority, Subscription
from bot.tracking.notifying import ANSWER_WAIT, Plan, answer_card, pressed_edit
from bot.tracking.order_facts import order_facts
from bot.tracking.statuses import TABLE
from tests.builders import CHAT, LINK, NOW, OTHER_LINK, notice, order, shipment, subscription
from tests.tracking.comparing import CARD, EDIT, NOTHING, RINGS, SILENT, compared, lead, planned, reasons, rings

LEVELS = [Level.MAIN, Level.EVERY, Level.KEY]
KEY_STATES = [status.name for status in TABLE.values() if status.key]
LONG_AGO = NOW - 1000.0  # long enough that nothing has to settle, and that links are late


def follower(shown: Order, level: Level = Level.MAIN, *, told: str | None = None, **fields: Any) -> Subscription:
    """A chat whose card shows that order, and which was told its status; `told`: it was told another, by a card."""
    facts = {"card_facts": order_facts(shown), "card_shown_at": LONG_AGO, "notified_at": LONG_AGO}
    return subscription(told or shown.status, level, **{**facts, "card_status": shown.status, **fields})


def on_its_way(*statuses: str, **fields: Any) -> Order:
    """An order on its way with a package at each of these statuses, as all answers of the last ten minutes showed."""
    packages = [
        shipment(status, f"s{place}", place, status_at=NOW - 600, link=f"{LINK}{place}", **fields)
        for place, status in enumerate(statuses, 1)
    ]
    return order("ON_ROUTE", *packages, confirmed_at=NOW)


LINKS = {"s1": f"{LINK}1", "s2": f"{LINK}2"}

# ── the state ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("state", ["PENDING", "PICKING", "INVOICED", "ODD", *KEY_STATES])
def test_what_is_told_first_is_a_card_that_rings_if_it_is_key(state: str, level: Level) -> None:
    known = order(state, confirmed_at=NOW)
    assert compared(known, subscription(None, level)) == (CARD, state in KEY_STATES)
    assert lead(known, subscription(None, level)) == Lead(first=True)


@pytest.mark.parametrize(
    ("told", "state", "main", "every", "key"),
    [
        pytest.param("PENDING", "READY_FOR_HANDLING", EDIT, (CARD, SILENT), EDIT, id="a step: received"),
        pytest.param("PICKING", "PACKING", EDIT, (CARD, SILENT), EDIT, id="a step: being prepared"),
        pytest.param("READY_FOR_INVOICING", "INVOICED", EDIT, (CARD, SILENT), EDIT, id="a step: packed"),
        pytest.param("PREPARING_SHIPPING", "READY_FOR_SHIPPING", EDIT, (CARD, SILENT), EDIT, id="a step: waiting"),
        pytest.param("PACKING", "PICKING", EDIT, (CARD, SILENT), EDIT, id="back within a stage"),
        pytest.param("READY_FOR_PICKING", "PICKING", (CARD, SILENT), (CARD, SILENT), EDIT, id="a stage: prepared"),
        pytest.param("PACKING", "READY_FOR_INVOICING", (CARD, SILENT), (CARD, SILENT), EDIT, id="a stage: packed"),
        pytest.param("INVOICED", "PREPARING_SHIPPING", (CARD, SILENT), (CARD, SILENT), EDIT, id="a stage: waiting"),
        pytest.param("PENDING", "INVOICED", (CARD, SILENT), (CARD, SILENT), EDIT, id="stages were left out"),
        pytest.param("PICKING", "ON_ROUTE", (CARD, RINGS), (CARD, RINGS), (CARD, RINGS), id="on its way"),
        pytest.param("PICKING", "WAITING_FOR_PICKUP", (CARD, RINGS), (CARD, RINGS), (CARD, RINGS), id="ready"),
        pytest.param("ON_ROUTE", "DELIVERED", (CARD, RINGS), (CARD, RINGS), (CARD, RINGS), id="delivered"),
        pytest.param("WAITING_FOR_PICKUP", "DELIVERED", (CARD, RINGS), (CARD, RINGS), (CARD, RINGS), id="picked up"),
        pytest.param("ON_ROUTE", "RETURNED", (CARD, RINGS), (CARD, RINGS), (CARD, RINGS), id="returned"),
        pytest.param("PICKING", "CANCELED", (CARD, RINGS), (CARD, RINGS), (CARD, RINGS), id="canceled"),
        pytest.param("PICKING", "IDLE", (CARD, RINGS), (CARD, RINGS), (CARD, RINGS), id="handed off"),
        pytest.param("PACKING", "ODD", EDIT, EDIT, EDIT, id="unknown"),
        pytest.param("ON_ROUTE", "ODD", EDIT, EDIT, EDIT, id="unknown, after a key state"),
        pytest.param("ODD", "PACKING", (CARD, SILENT), (CARD, SILENT), EDIT, id="from an unknown one"),
        pytest.param("ODD", "DELIVERED", (CARD, RINGS), (CARD, RINGS), (CARD, RINGS), id="from an unknown one to key"),
        pytest.param("PACKING", "PACKING", NOTHING, NOTHING, NOTHING, id="the same"),
        pytest.param("DELIVERED", "DELIVERED", NOTHING, NOTHING, NOTHING, id="the same end"),
    ],
)
def test_a_state_against_the_one_that_was_told(told: str, state: str, main: object, every: object, key: object) -> None:
    known = order(state, confirmed_at=NOW)
    assert [compared(known, follower(order(told), level)) for level in LEVELS] == [main, every, key]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("told", "state", "loud"),
    [
        pytest.param("PICKING", "READY_FOR_HANDLING", SILENT, id="from a routine stage"),
        pytest.param("READY_FOR_SHIPPING", "PICKING", SILENT, id="over two stages"),
        pytest.param("ON_ROUTE", "INVOICED", RINGS, id="from on its way"),
        pytest.param("WAITING_FOR_PICKUP", "PICKING", RINGS, id="from ready for pickup"),
        pytest.param("WAITING_FOR_PICKUP", "ON_ROUTE", RINGS, id="from a key state to a key state"),
        pytest.param("DELIVERED", "ON_ROUTE", RINGS, id="from delivered"),
        pytest.param("CANCELED", "PICKING", RINGS, id="from canceled"),
        pytest.param("RETURNED", "DELIVERED", RINGS, id="a correction between ends, back"),
        pytest.param("DELIVERED", "RETURNED", RINGS, id="a correction between ends, on"),
        pytest.param("CANCELED", "IDLE", RINGS, id="a correction between ends, handed off"),
    ],
)
def test_a_move_back_is_a_card_at_every_level_and_says_so(told: str, state: str, level: Level, loud: bool) -> None:
    known, to = order(state, confirmed_at=NOW), follower(order(told), level)
    assert compared(known, to) == (CARD, loud)
    assert lead(known, to).reverted_from == told


STEP = (EDIT, (CARD, SILENT), EDIT)
STAGE = ((CARD, SILENT), (CARD, SILENT), EDIT)
KEY = ((CARD, RINGS), (CARD, RINGS), (CARD, RINGS))


@pytest.mark.parametrize(
    ("told", "shown", "state", "gets"),
    [
        pytest.param("PENDING", "PICKING", "READY_FOR_HANDLING", STEP, id="back to the stage that was told"),
        pytest.param("PENDING", "INVOICED", "PICKING", STAGE, id="back to a stage that was not told"),
        pytest.param("PENDING", "INVOICED", "PENDING", (EDIT, EDIT, EDIT), id="back to what was told"),
        pytest.param("PENDING", "ON_ROUTE", "ON_ROUTE", KEY, id="a key state that was only shown"),
        pytest.param("DELIVERED", "PICKING", "PICKING", KEY, id="a correction that was only shown"),
    ],
)
def test_what_an_edit_has_shown_was_not_told(told: str, shown: str, state: str, gets: tuple[object, ...]) -> None:
    known = order(state, confirmed_at=NOW)
    assert tuple(compared(known, follower(order(shown), level, told=told)) for level in LEVELS) == gets


@pytest.mark.parametrize("level", LEVELS)
def test_a_delivery_that_each_package_has_told_is_an_edit(level: Level) -> None:
    known = replace(on_its_way("DELIVERED", "DELIVERED"), status="DELIVERED")
    to = follower(on_its_way("ON_ROUTE"), level, notified_parcels={"s1": "delivered", "s2": "delivered"})
    assert compared(known, to) == EDIT
    one_untold = replace(to, notified_parcels={"s1": "delivered"})
    assert compared(known, one_untold) == (CARD, RINGS)
    back_since = replace(to, notified_parcels={"s1": "delivered", "s2": "delivered open"})
    assert compared(known, back_since) == (CARD, RINGS)
    picked_up = replace(to, notified_status="WAITING_FOR_PICKUP")
    assert compared(known, picked_up) == (CARD, RINGS)


@pytest.mark.parametrize("level", LEVELS)
def test_of_an_order_of_which_nothing_is_known_nothing_is_told(level: Level) -> None:
    assert planned(order(None), subscription(None, level)) == Plan()


# ── packages ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("packages", "troubles", "parcels", "gets", "news"),
    [
        pytest.param(["INCIDENT"], "", "", (CARD, RINGS), News.INCIDENT, id="an incident"),
        pytest.param(["INCIDENT"], "incident", "", NOTHING, None, id="an incident that was told"),
        pytest.param(["ON_HOLD"], "", "", (CARD, SILENT), News.HOLD, id="a hold"),
        pytest.param(["ON_HOLD"], "incident", "", (CARD, SILENT), News.HOLD, id="a hold after an incident"),
        pytest.param(["INCIDENT"], "hold", "", (CARD, RINGS), News.INCIDENT, id="an incident after a hold"),
        pytest.param(["ON_ROUTE"], "incident", "", (CARD, SILENT), News.INCIDENT_SOLVED, id="an incident is over"),
        pytest.param(["PICKED"], "hold", "", (CARD, SILENT), News.HOLD_SOLVED, id="a hold is over"),
        pytest.param(["CANCELED", "ON_ROUTE"], "incident", "", NOTHING, None, id="given up is not solved"),
        pytest.param(["DELIVERED", "ON_ROUTE"], "", "", (CARD, RINGS), News.DELIVERED, id="one of two delivered"),
        pytest.param(["RETURNED", "ON_ROUTE"], "", "", (CARD, RINGS), News.RETURNED, id="one of two returned"),
        pytest.param(["DELIVERED"], "", "", (CARD, RINGS), News.DELIVERED, id="the only one delivered"),
        pytest.param(["RETURNED"], "", "", NOTHING, None, id="the only one returned: the order will say so"),
        pytest.param(["DELIVERED", "ON_ROUTE"], "", "delivered", NOTHING, None, id="an end that was told"),
        pytest.param(["DELIVERED", "ON_ROUTE"], "incident", "", (CARD, RINGS), News.DELIVERED, id="after a trouble"),
    ],
)
def test_a_package_against_what_was_told_of_it(
    packages: list[str], troubles: str, parcels: str, gets: object, news: News | None
) -> None:
    known = on_its_way(*packages)
    for level in LEVELS:
        to = follower(known, level, notified_troubles={"s1": troubles}, notified_parcels={"s1": parcels})
        to = replace(to, notified_links=LINKS)
        assert compared(known, to) == gets
        assert news is None or dict(lead(known, to).news) == {"s1": news}


@pytest.mark.parametrize("level", LEVELS)
def test_an_end_that_was_told_and_does_not_hold_is_taken_back_with_sound(level: Level) -> None:
    known = on_its_way("ON_ROUTE", "ON_ROUTE")
    known = replace(known, confirmed_at=NOW + 1800)
    to = follower(known, level, notified_parcels={"s1": "delivered"}, notified_links=LINKS)
    assert compared(known, to) == (CARD, RINGS)
    assert dict(lead(known, to).news) == {"s1": News.NOT_DELIVERED}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("state", ["DELIVERED", "RETURNED", "CANCELED", "IDLE"])
def test_after_an_end_packages_are_not_compared(state: str, level: Level) -> None:
    known = replace(on_its_way("INCIDENT", "DELIVERED"), status=state)
    assert compared(known, follower(known, level)) == NOTHING


@pytest.mark.parametrize(
    ("told", "state", "packages", "loud"),
    [
        pytest.param("READY_FOR_SHIPPING", "ON_ROUTE", ["ON_HOLD"], RINGS, id="a key state and a hold"),
        pytest.param("ON_ROUTE", "ON_ROUTE", ["INCIDENT", "ON_HOLD"], RINGS, id="an incident and a hold"),
        pytest.param("READY_FOR_PICKING", "PACKING", ["ON_HOLD", "ASSIGNED"], SILENT, id="a stage and a hold"),
        pytest.param("READY_FOR_PICKING", "PACKING", ["INCIDENT", "ASSIGNED"], RINGS, id="a stage and an incident"),
        pytest.param("ON_ROUTE", "ON_ROUTE", ["DELIVERED", "ON_HOLD"], RINGS, id="an end and a hold"),
    ],
)
def test_several_reasons_are_one_card_with_the_loudest_sound(
    told: str, state: str, packages: list[str], loud: bool
) -> None:
    known, to = replace(on_its_way(*packages), status=state), follower(order(told), notified_links=LINKS)
    [card] = planned(known, to, fresh=True).make
    assert (card.kind, rings(known, to)) == (Kind.CARD, loud)
    assert set(lead(known, to).news) == {
        one.key for one in known.shipments if one.status in {"INCIDENT", "ON_HOLD", "DELIVERED"}
    }


# ── what is only shown ───────────────────────────────────────────────────────

WAITS = order("READY_FOR_SHIPPING", shipment("PENDING"), confirmed_at=NOW)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("before", "now", "gets"),
    [
        pytest.param(WAITS, replace(WAITS, shipments=(shipment("ASSIGNED"),)), EDIT, id="a courier is assigned"),
        pytest.param(WAITS, replace(WAITS, shipments=(shipment("PENDING", courier="Swift"),)), EDIT, id="its name"),
        pytest.param(WAITS, replace(WAITS, items=(Item("Milk", 2),)), EDIT, id="an item"),
        pytest.param(WAITS, replace(WAITS, by_chain=True), EDIT, id="only the store's news says so"),
        pytest.param(
            WAITS, replace(WAITS, shipments=(*WAITS.shipments, shipment("PENDING", "s2", 2))), EDIT, id="a package"
        ),
        pytest.param(
            WAITS,
            replace(WAITS, polled_at=NOW, webhook_at=NOW, confirmed_at=NOW + 9, unchanged_polls=3, changed_at=NOW),
            NOTHING,
            id="a repeat, or a poll that changes nothing",
        ),
        pytest.param(
            WAITS,
            replace(WAITS, shipments=(shipment("PENDING", vehicle="VAN", tracking_id="1", raw_url="x"),)),
            NOTHING,
            id="what no card shows",
        ),
    ],
)
def test_what_is_no_news_is_edited_in_where_the_card_shows_it(
    before: Order, now: Order, gets: str, level: Level
) -> None:
    assert compared(now, follower(before, level)) == gets


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("shown", "after", "card", "gets"),
    [
        pytest.param({}, 300, 77, EDIT, id="a first link within five minutes"),
        pytest.param({}, 301, 77, (CARD, SILENT), id="a first link later"),
        pytest.param({}, 5, None, (CARD, SILENT), id="a first link where no card is"),
        pytest.param({"s1": OTHER_LINK}, 9000, 77, EDIT, id="a changed link"),
        pytest.param({"s1": OTHER_LINK}, 9000, None, NOTHING, id="a changed link where no card is"),
        pytest.param({"s1": LINK}, 9000, 77, EDIT, id="a link that came back"),
    ],
)
def test_a_link(shown: dict[str, str], after: float, card: int | None, gets: object, level: Level) -> None:
    before = order("ON_ROUTE", shipment("ON_ROUTE"), confirmed_at=NOW)
    known = replace(before, shipments=(shipment("ON_ROUTE", link=LINK),))
    to = follower(before, level, notified_at=NOW, notified_links=shown, notified_message_id=card)
    assert compared(known, to, now=NOW + after) == gets
    if isinstance(gets, tuple):
        assert lead(known, to, now=NOW + after).links == ("s1",)


@pytest.mark.parametrize("level", LEVELS)
def test_a_withdrawn_link_is_edited_out(level: Level) -> None:
    before = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK), confirmed_at=NOW)
    known = replace(before, shipments=(shipment("ON_ROUTE"),))
    assert compared(known, follower(before, level, notified_links={"s1": LINK})) == EDIT


def test_where_packages_change_their_names_all_the_time_no_link_is_the_first_of_one() -> None:
    gone = [shipment("ON_ROUTE", f"x{n}", n, closed=True, missing_since=NOW - n) for n in range(1, 6)]
    known = order("ON_ROUTE", *gone, shipment("ON_ROUTE", "s9", 9, link=LINK), confirmed_at=NOW)
    assert compared(known, follower(known)) == NOTHING


@pytest.mark.parametrize(
    ("confirmed", "gets"),
    [
        pytest.param(NOW - 900, NOTHING, id="known before it was sent"),
        pytest.param(NOW, EDIT, id="asked while it was sent"),
        pytest.param(NOW + 2, EDIT, id="asked after it was sent"),
    ],
)
def test_a_card_that_showed_an_age_is_edited_once_the_api_has_answered(confirmed: float, gets: str) -> None:
    known = order("PICKING", confirmed_at=confirmed)
    to = follower(known, notified_at=NOW, sent_stale=True)
    assert compared(known, to, now=NOW + 5) == gets
    assert [one.due_at for one in planned(known, to, now=NOW + 5).make] == ([NOW + 5] if gets == EDIT else [])


def test_without_a_living_card_nothing_is_edited() -> None:
    to = follower(order("PICKING"), notified_message_id=None)
    assert compared(order("PACKING"), to) == NOTHING
    assert compared(order("PACKING"), replace(to, sent_stale=True)) == NOTHING
    assert compared(order("INVOICED"), to) == (CARD, SILENT)


# ── when it is due ───────────────────────────────────────────────────────────

LEAVING = order("ON_ROUTE", shipment("ON_ROUTE"))
LEFT = order("ON_ROUTE", shipment("ON_ROUTE", link=LINK))


@pytest.mark.parametrize(
    ("known", "how", "wait"),
    [
        pytest.param(order("INVOICED"), {}, 3, id="routine news settles"),
        pytest.param(order("CANCELED"), {}, 0, id="key news doesn't"),
        pytest.param(order("READY_FOR_HANDLING"), {}, 3, id="back from routine news settles"),
        pytest.param(LEAVING, {}, 15, id="on its way waits for its link"),
        pytest.param(LEAVING, {"fresh": True}, 0, id="the API has just answered without one"),
        pytest.param(LEAVING, {"possible": False}, 0, id="nobody can be asked"),
        pytest.param(LEFT, {}, 0, id="its link is there"),
        pytest.param(
            replace(LEFT, shipments=(*LEFT.shipments, shipment("ON_ROUTE", "s2", 2))), {}, 15, id="one of two links"
        ),
        pytest.param(
            replace(LEFT, shipments=(*LEFT.shipments, shipment("DELIVERED", "s2", 2))), {}, 0, id="one has arrived"
        ),
    ],
)
def test_when_a_new_card_is_due(known: Order, how: dict[str, bool], wait: float) -> None:
    [card] = planned(known, follower(order("PICKING")), **how).make
    assert (card.kind, card.due_at) == (Kind.CARD, NOW + wait)


def test_an_incident_is_due_now_and_a_hold_settles() -> None:
    for status, wait in (("INCIDENT", 0), ("ON_HOLD", 3)):
        known = on_its_way(status)
        assert [one.due_at for one in planned(known, follower(known, notified_links=LINKS)).make] == [NOW + wait]


@pytest.mark.parametrize("known", [order("CANCELED"), order("PACKING"), LEFT], ids=["key", "routine", "on its way"])
def test_no_card_is_due_before_the_last_one_has_settled(known: Order) -> None:
    to = follower(order("READY_FOR_PICKING"), notified_at=NOW - 1)
    [card] = planned(known, to).make
    assert card.due_at == (NOW + 3 if known.status == "PACKING" else NOW + 2)


def test_a_last_card_of_a_clock_that_was_ahead_holds_nothing_up() -> None:
    [card] = planned(order("CANCELED"), follower(order("PICKING"), notified_at=NOW + 9000)).make
    assert card.due_at <= NOW + 3


@pytest.mark.parametrize(
    ("waiting", "known", "how", "due"),
    [
        pytest.param({"due_at": NOW + 1}, order("PACKING"), {}, NOW + 1, id="a burst is never put off"),
        pytest.param({"due_at": NOW + 3}, order("CANCELED"), {}, NOW, id="key news hastens it"),
        pytest.param({"due_at": NOW + 1}, LEAVING, {}, NOW + 15, id="on its way waits for its link all the same"),
        pytest.param({"due_at": NOW + 9, "made_at": NOW - 11}, LEAVING, {}, NOW + 9, id="20 s after it was made"),
        pytest.param(
            {"due_at": NOW + 14, "made_at": NOW - 1}, LEAVING, {}, NOW + 14, id="no repeat prolongs that wait"
        ),
        pytest.param({"due_at": NOW + 9, "made_at": NOW - 6}, LEAVING, {"fresh": True}, NOW, id="the answer hastens"),
        pytest.param({"due_at": NOW + 15}, order("DELIVERED"), {}, NOW, id="that wait is not taken over by key news"),
        pytest.param({"due_at": NOW + 15}, order("PACKING"), {}, NOW + 3, id="nor by routine news"),
        pytest.param({"due_at": NOW - 1}, order("PACKING"), {}, NOW - 1, id="what is due stays so"),
        pytest.param({"due_at": NOW + 2}, order("PACKING"), {"fresh": True}, NOW + 2, id="an answer: it still settles"),
    ],
)
def test_when_a_card_that_waits_is_due(waiting: dict[str, Any], known: Order, how: dict[str, bool], due: float) -> None:
    card = notice(**{"made_at": NOW, **waiting})
    made = planned(known, follower(order("READY_FOR_PICKING")), card, **how)
    assert (made.close, made.make) == ((), ())
    assert [one.due_at for one in made.change or (card,)] == [due]


@pytest.mark.parametrize("keep", [frozenset[Keep](), frozenset({Keep.REMINDER}), frozenset({Keep.AGAIN})])
def test_a_card_that_waited_while_another_was_sent_is_due_once_that_one_has_settled(keep: frozenset[Keep]) -> None:
    waiting = notice(made_at=NOW - 9, due_at=NOW - 9, keep=keep)
    told = follower(order("PICKING"), notified_at=NOW - 1)
    assert [one.due_at for one in planned(order("CANCELED"), told, waiting).change] == [NOW + 2]


def test_an_answer_that_waited_while_another_card_was_sent_is_due_at_once() -> None:
    waiting = notice(made_at=NOW - 9, due_at=NOW - 9, keep=frozenset({Keep.ANSWER}))
    assert planned(order("CANCELED"), follower(order("PICKING"), notified_at=NOW - 1), waiting).change == ()


@pytest.mark.parametrize(
    ("chat", "shown", "due"),
    [
        pytest.param(CHAT, NOW, NOW + 20, id="20 s after it was shown"),
        pytest.param(CHAT, NOW - 19, NOW + 3, id="never before it has settled"),
        pytest.param(-7, NOW, NOW + 60, id="60 s in a group"),
        pytest.param(CHAT, NOW + 9000, NOW + 20, id="a clock that was ahead holds nothing up"),
        pytest.param(CHAT, None, NOW + 3, id="nobody knows"),
    ],
)
def test_when_an_edit_is_due(chat: int, shown: float | None, due: float) -> None:
    to = replace(follower(order("PICKING"), card_shown_at=shown), chat_id=chat)
    [edit] = planned(order("PACKING"), to).make
    assert (edit.kind, edit.due_at, edit.priority, edit.payload) == (Kind.EDIT, due, Priority.EDIT, {})


def test_a_new_link_is_edited_in_at_once() -> None:
    to = follower(LEAVING, notified_at=NOW - 1, card_shown_at=NOW - 1)
    [edit] = planned(LEFT, to).make
    assert (edit.kind, edit.due_at) == (Kind.EDIT, NOW)
    waiting = notice(kind=Kind.EDIT, priority=Priority.EDIT, due_at=NOW + 19)
    assert [one.due_at for one in planned(LEFT, to, waiting).change] == [NOW]


def test_later_changes_keep_the_earlier_time_of_an_edit() -> None:
    waiting = notice(kind=Kind.EDIT, priority=Priority.EDIT, due_at=NOW + 1)
    assert planned(order("PACKING"), follower(order("PICKING"), card_shown_at=NOW), waiting) == Plan()


# ── what keeps a card ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("keep", "known", "loud"),
    [
        pytest.param({Keep.ANSWER}, order("PICKING"), RINGS, id="an answer always rings"),
        pytest.param({Keep.REMINDER}, order("WAITING_FOR_PICKUP"), RINGS, id="a reminder rings"),
        pytest.param({Keep.LATE}, order("PICKING"), SILENT, id="that it takes long does not"),
        pytest.param({Keep.AGAIN}, order("PICKING"), SILENT, id="again: there is nothing else to say"),
        pytest.param({Keep.AGAIN}, order("CANCELED"), RINGS, id="again: as the reasons say"),
        pytest.param({Keep.AGAIN, Keep.REMINDER}, order("WAITING_FOR_PICKUP"), RINGS, id="again, a reminder"),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_what_is_kept_is_wanted_whatever_was_told(keep: set[Keep], known: Order, loud: bool, level: Level) -> None:
    told = order("PICKING") if known.status == "CANCELED" else known
    card, to = notice(keep=frozenset(keep)), follower(told, level)
    assert planned(known, to, card) == Plan()
    assert rings(known, to, card) is loud


@pytest.mark.parametrize("keep", [Keep.REMINDER, Keep.LATE])
def test_what_holds_of_a_state_goes_with_it(keep: Keep) -> None:
    waiting = notice("PICKING", keep=frozenset({keep}))
    assert planned(order("PACKING"), follower(order("PACKING")), waiting) == Plan(close=(9,))  # type: ignore[arg-type]
    still = planned(order("PICKING"), follower(order("PICKING")), waiting)
    assert still == Plan()
    gone_on = planned(order("INVOICED"), follower(order("PICKING")), waiting)
    assert [(one.keep, one.status) for one in gone_on.change] == [(frozenset(), "PICKING")]


def test_a_card_that_nothing_keeps_and_that_is_not_wanted_is_closed() -> None:
    known = order("PICKING")
    assert planned(known, follower(known), notice()) == Plan(close=(9,))  # type: ignore[arg-type]


# ── rows that wait, rows on the wire ─────────────────────────────────────────


def test_one_row_takes_all_reasons_in() -> None:
    waiting = [notice(id=7, keep=frozenset({Keep.AGAIN})), notice(id=8, due_at=NOW + 2)]
    made = planned(order("PACKING"), follower(order("PENDING")), *waiting)
    assert (made.close, made.make) == ((8,), ())
    assert [(one.id, one.keep) for one in made.change] in ([], [(7, frozenset({Keep.AGAIN}))])


def test_of_several_cards_the_newest_answer_stays_with_what_keeps_the_others() -> None:
    answer = frozenset({Keep.ANSWER})
    waiting = [notice(id=7, keep=answer), notice(id=8, keep=answer), notice(id=9, keep=frozenset({Keep.AGAIN}))]
    made = planned(order("PACKING"), follower(order("PACKING")), *waiting)
    assert set(made.close) == {7, 9}
    assert [(one.id, one.keep) for one in made.change] == [(8, answer | {Keep.AGAIN})]


def test_a_card_makes_an_edit_needless_but_not_one_that_somebody_waits_for() -> None:
    edit = notice(kind=Kind.EDIT, priority=Priority.EDIT, id=7)
    pressed = notice(kind=Kind.EDIT, priority=Priority.ANSWER, id=8)
    made = planned(order("INVOICED"), follower(order("PICKING")), edit, pressed)
    assert (made.close, [one.kind for one in made.make]) == ((7,), [Kind.CARD])
    waits = planned(order("INVOICED"), follower(order("PICKING")), notice(id=5, due_at=NOW + 3), edit, pressed)
    assert (waits.close, waits.make) == ((7,), ())


def test_an_edit_that_is_not_wanted_any_more_is_closed_but_not_one_that_somebody_waits_for() -> None:
    edit = notice(kind=Kind.EDIT, priority=Priority.EDIT, id=7)
    pressed = notice(kind=Kind.EDIT, priority=Priority.ANSWER, id=8)
    known = order("PICKING")
    assert planned(known, follower(known), edit, pressed).close == (7,)


def test_while_a_card_is_on_the_wire_nothing_is_decided() -> None:
    wire = notice(state=NoticeState.CLAIMED, id=6)
    for known in (order("DELIVERED"), order("PACKING"), order("PENDING")):
        rows = [notice(id=7), notice(kind=Kind.EDIT, priority=Priority.EDIT, id=8)]
        assert planned(known, follower(order("PICKING")), wire, *rows) == Plan()


def test_while_an_edit_is_on_the_wire_no_other_is_made_but_a_card_is() -> None:
    wire = notice(kind=Kind.EDIT, state=NoticeState.CLAIMED, id=6)
    assert planned(order("PACKING"), follower(order("PICKING")), wire) == Plan()
    assert [one.kind for one in planned(order("INVOICED"), follower(order("PICKING")), wire).make] == [Kind.CARD]


def test_rows_of_their_own_are_never_taken_in() -> None:
    others = [notice(kind=kind, id=number) for number, kind in enumerate((Kind.NOTE, Kind.FOLD, Kind.ARCHIVED), 5)]
    made = planned(order("INVOICED"), follower(order("PICKING")), *others)
    assert (made.close, made.change, [one.kind for one in made.make]) == ((), (), [Kind.CARD])


def test_a_row_goes_to_the_topic_where_the_order_is_followed() -> None:
    for known in (order("INVOICED"), order("PACKING")):
        assert [one.thread_id for one in planned(known, follower(order("PICKING"), thread_id=5)).make] == [5]


# ── answers ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("ask", "wait"), [(True, ANSWER_WAIT), (False, 0.0)], ids=["asked", "not asked"])
def test_who_follows_is_answered_ahead_of_everything(ask: bool, wait: float) -> None:
    made = answer_card(subscription(thread_id=4), now=NOW, ask=ask, message=6)
    assert (made.kind, made.due_at, made.priority) == (Kind.CARD, NOW + wait, Priority.ANSWER)
    assert (made.is_reply, made.thread_id, made.payload["reply_to"]) == (True, 4, 6)


def answer() -> Notice:
    return replace(answer_card(subscription(), now=NOW, ask=True, message=6), id=9)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "how", "due"),
    [
        pytest.param(order("PICKING"), {"fresh": True}, NOW + 1, id="the API's answer makes it due"),
        pytest.param(order("PACKING"), {}, NOW + 5, id="a webhook doesn't"),
        pytest.param(LEAVING, {}, NOW + 5, id="it waits no longer for a link"),
        pytest.param(LEAVING, {"fresh": True}, NOW + 1, id="not even for that of another answer"),
        pytest.param(order("CANCELED"), {}, NOW + 5, id="key news comes with it"),
    ],
)
@pytest.mark.parametrize("told", [None, "PICKING", "PACKING"])
def test_when_an_answer_is_due_that_waits_for_the_api(
    known: Order, how: dict[str, bool], due: float, told: str | None
) -> None:
    made = planned(known, subscription(told, Level.KEY), answer(), now=NOW + 1, **how)
    assert (made.close, made.make) == ((), ())
    [card] = made.change or (answer(),)
    assert (card.due_at, card.is_reply, card.priority, card.payload["reply_to"]) == (due, True, Priority.ANSWER, 6)


def test_a_press_is_answered_at_once_by_an_edit() -> None:
    made = pressed_edit(subscription("PICKING", thread_id=4), now=NOW)
    assert (made.kind, made.due_at, made.priority, made.thread_id) == (Kind.EDIT, NOW, Priority.ANSWER, 4)


def test_what_is_urgent_is_what_is_loud() -> None:
    assert reasons(order("CANCELED"), follower(order("PICKING"))).urgent
    assert not reasons(order("PACKING"), follower(order("PENDING"))).urgent
