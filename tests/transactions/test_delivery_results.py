"""What each result of sending leaves: in the outbox, in what the chat was told, and in what its card shows."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.store import chats, orders, outbox
from bot.tracking.card_content import FoldReason, Page
from bot.tracking.lead import Lead, News
from bot.tracking.model import Keep, Kind, Level, Notice, NoticeId, Receipt
from bot.tracking.timing import DAY, HOUR, resend_wait
from bot.transactions import chat_state, delivery_results, expire, follow, staff
from bot.transactions.cards import put_card, put_edit, put_kept
from bot.transactions.follow import FollowRequest, Requester
from bot.transactions.merging import merge_orders
from bot.transactions.reconcile import reconcile_chat
from tests.builders import (
    CHAT,
    LINK,
    NOW,
    OTHER_LINK,
    following,
    memory_store,
    next_poll,
    order,
    row_of,
    shipment,
    stored,
)
from tests.transactions.one_chat import NEW_CARD, OLD_CARD, SUPERGROUP, WIRE, OneChat, shows

GROUP, STAFF, ANA = -7, 4242, Requester(CHAT, CHAT)
AGAIN = frozenset({Keep.AGAIN})


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as opened:
        yield opened


@pytest.fixture
def chat(connection: sqlite3.Connection) -> OneChat:
    """A chat whose card, message 77, has told that its order is being picked."""
    return OneChat(connection)


def follows(one: OneChat, *, message: int | None = None, waits: bool = False) -> None:
    """Somebody in the chat names the order."""
    requester = replace(ANA, chat_id=one.chat_id, message_id=message)
    request = FollowRequest(requester, one.order.order_id, (one.order.order_id,))
    follow.follow(one.connection, request, one.order, one.context, waits_for_api=waits, fresh=not waits)


def stops(one: OneChat) -> None:
    assert follow.stop(one.connection, one.context, chat_id=one.chat_id, subscription_id=one.subscription.id)


# ── claims ───────────────────────────────────────────────────────────────────


def test_a_card_shows_what_holds_when_it_is_claimed_and_rings_for_that(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.moves("CANCELED")
    claimed = chat.claims()
    assert (claimed.notice.status, claimed.notice.audible, claimed.target) == ("CANCELED", True, None)


def test_an_edit_is_of_the_card_that_is_the_living_one_when_it_is_claimed(chat: OneChat) -> None:
    chat.moves("PACKING")
    [edit] = chat.open(Kind.EDIT)
    assert dict(edit.payload) == {}
    chats.save_notified(chat.connection, replace(chat.subscription, notified_message_id=81))
    assert chat.claims(Kind.EDIT).target == 81


@pytest.mark.parametrize(("pressed", "page"), [(OLD_CARD, Page.MORE), (OLD_CARD - 1, Page.CARD)])
def test_a_page_of_buttons_is_shown_only_on_the_card_that_was_pressed(chat: OneChat, pressed: int, page: Page) -> None:
    put_edit(chat.connection, chat.subscription, chat.context, page=Page.MORE, pressed=pressed)
    assert chat.claims(Kind.EDIT).content.page is page


@pytest.mark.parametrize("ending", ["not sent", "held up", "unknown", "killed"])
@pytest.mark.parametrize("card", [False, True], ids=["no card waits", "a card waits"])
def test_of_two_presses_the_newer_is_answered_where_the_edit_for_the_first_was_held_up(
    chat: OneChat, ending: str, card: bool
) -> None:
    put_edit(chat.connection, chat.subscription, chat.context, page=Page.MORE, pressed=OLD_CARD)
    claimed = chat.claims(Kind.EDIT)
    put_edit(chat.connection, chat.subscription, chat.context, pressed=OLD_CARD, checked=True)
    if card:
        chat.moves("CANCELED")
    chat.ends(claimed, ending)
    assert [one.payload["checked"] for one in chat.open(Kind.EDIT)] == [True]
    assert len(chat.open(Kind.CARD)) == card


def test_while_an_edit_is_on_the_wire_nobody_knows_what_the_card_shows(chat: OneChat) -> None:
    chats.save_notified(chat.connection, replace(chat.subscription, card_hash="before"))
    chat.moves("PACKING")
    claimed = chat.claims(Kind.EDIT)
    assert chat.subscription.card_hash is None
    assert claimed.subscription is not None
    assert claimed.subscription.card_hash == "before"
    chat.ends(claimed)
    assert chat.subscription.card_hash == shows(chat.order)


def test_what_was_taken_back_before_it_was_claimed_is_not_sent(chat: OneChat) -> None:
    chat.moves("INVOICED")
    [card] = chat.open()
    chat.moves("PICKING")
    assert card.id is not None
    assert (chat.try_claim(card.id), chat.waiting) == (None, [])


@pytest.mark.parametrize("kind", [Kind.CARD, Kind.EDIT, Kind.NAME])
def test_a_row_about_an_order_that_the_chat_follows_no_longer_is_not_sent(chat: OneChat, kind: Kind) -> None:
    number = put(chat, kind, keep=frozenset({Keep.AGAIN}))
    chats.stop(chat.connection, chat.subscription.id)
    assert chat.try_claim(number) is None
    assert reason_of(chat, number) == ("closed", "outdated")


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.ARCHIVED])
def test_a_note_and_a_farewell_do_not_need_a_subscription(chat: OneChat, kind: Kind) -> None:
    chats.stop(chat.connection, chat.subscription.id)
    assert chat.try_claim(put(chat, kind)) is not None


def test_a_note_replies_to_the_living_card(chat: OneChat) -> None:
    staff.send_note(chat.connection, chat.context, order=chat.order, text="x", who=STAFF)
    assert chat.claims(Kind.NOTE).notice.payload["reply_to"] == OLD_CARD


def test_an_edit_is_not_made_where_no_card_is(chat: OneChat) -> None:
    chat.moves("PACKING")
    [edit] = chat.open()
    chats.save_notified(chat.connection, replace(chat.subscription, notified_message_id=None))
    assert edit.id is not None
    assert chat.try_claim(edit.id) is None


def test_why_a_card_was_sent_stays_on_it_until_its_status_is_another(connection: sqlite3.Connection) -> None:
    chat = OneChat(connection, "PENDING", told=None)
    chat.compare()
    chat.sends()
    assert chat.subscription.card_lead == Lead(first=True)
    put_edit(connection, chat.subscription, chat.context)
    assert chat.sends(Kind.EDIT).content.lead == Lead(first=True)
    chat.moves("READY_FOR_HANDLING")
    assert chat.sends(Kind.EDIT).content.lead == Lead()
    assert chat.subscription.card_lead == Lead()


@pytest.mark.parametrize(("hour", "rings"), [(23, False), (3, False), (12, True)])
def test_at_night_nothing_rings_in_a_chat_that_wants_it_quiet(chat: OneChat, hour: int, rings: bool) -> None:
    chat.moves("CANCELED")
    chat.connection.execute("UPDATE chats SET quiet_nights = 1")
    chat.now = NOW - NOW % DAY + DAY + hour * HOUR
    assert chat.claims().notice.audible is rings


# ── sent ─────────────────────────────────────────────────────────────────────


def test_a_sent_card_is_the_living_one_and_the_one_before_is_folded_in_that_commit(chat: OneChat) -> None:
    chat.moves("ON_ROUTE", shipments=(shipment("INCIDENT", link=LINK),))
    assert chat.folds == []
    claimed = chat.claims()
    assert chat.folds == []
    chat.ends(claimed)
    told = chat.subscription
    assert (told.notified_status, told.notified_message_id, told.notified_at) == ("ON_ROUTE", NEW_CARD, chat.now)
    assert (told.card_status, told.card_shown_at, told.card_hash) == ("ON_ROUTE", chat.now, shows(chat.order))
    assert (told.notified_links, told.notified_troubles) == ({"s1": LINK}, {"s1": "incident"})
    assert (told.card_lead.news, chat.waiting) == ({"s1": News.INCIDENT}, [Kind.FOLD])
    [fold] = chat.open()
    assert (fold.payload["message_id"], fold.payload["why"], fold.status) == (OLD_CARD, "newer", "PICKING")
    assert fold.payload["shown_at"] == NOW


def test_a_fold_says_what_its_card_showed_last_not_what_it_was_sent_for(chat: OneChat) -> None:
    chat.moves("PACKING")
    chat.sends(Kind.EDIT)
    chat.moves("INVOICED")
    chat.sends()
    [fold] = chat.open()
    assert (fold.status, fold.payload["shown_at"]) == ("PACKING", NOW + 100)


def test_the_first_card_folds_nothing(connection: sqlite3.Connection) -> None:
    chat = OneChat(connection, told=None)
    chat.compare()
    chat.sends()
    assert (chat.living, chat.waiting) == (NEW_CARD, [])


def test_an_edit_tells_nothing_and_shows_what_it_shows(chat: OneChat) -> None:
    chat.moves("PACKING")
    chat.sends(Kind.EDIT)
    told = chat.subscription
    assert (told.notified_status, told.notified_message_id, told.notified_at) == ("PICKING", OLD_CARD, NOW)
    assert (told.card_status, told.card_shown_at, chat.waiting) == ("PACKING", chat.now, [])


def test_what_came_while_a_card_was_on_the_wire_is_compared_by_its_mark(chat: OneChat) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    chat.moves("CANCELED")
    assert chat.waiting == []
    chat.ends(claimed)
    assert chat.waiting == [Kind.FOLD, Kind.CARD]


def test_what_came_while_an_edit_was_on_the_wire_is_edited_in_after_its_mark(chat: OneChat) -> None:
    chat.moves("READY_FOR_PACKING")
    claimed = chat.claims(Kind.EDIT)
    chat.moves("PACKING")
    assert chat.waiting == []
    chat.ends(claimed)
    assert (chat.waiting, chat.subscription.card_status) == ([Kind.EDIT], "READY_FOR_PACKING")


def test_a_link_that_came_while_the_card_was_on_the_wire_is_edited_in(chat: OneChat) -> None:
    chat.moves("ON_ROUTE", shipments=(shipment("ON_ROUTE"),))
    claimed = chat.claims()
    chat.moves(shipments=(shipment("ON_ROUTE", link=LINK),))
    chat.ends(claimed)
    assert [(one.kind, one.due_at) for one in chat.open(Kind.EDIT)] == [(Kind.EDIT, chat.now)]
    assert chat.subscription.notified_links == {}


def test_an_edit_keeps_the_links_that_were_shown_and_adds_those_that_hold(chat: OneChat) -> None:
    chat.moves("ON_ROUTE", shipments=(shipment("ON_ROUTE", link=LINK),))
    chat.sends()
    chat.moves(shipments=(shipment("ON_ROUTE"), shipment("ON_ROUTE", "s2", 2, link=OTHER_LINK)))
    chat.sends(Kind.EDIT)
    assert chat.subscription.notified_links == {"s1": LINK, "s2": OTHER_LINK}


def test_an_edit_on_the_wire_when_a_card_is_wanted_is_followed_by_it(chat: OneChat) -> None:
    chat.moves("PACKING")
    claimed = chat.claims(Kind.EDIT)
    chat.moves("INVOICED")
    assert chat.waiting == [Kind.CARD]
    chat.ends(claimed)
    assert chat.waiting == [Kind.CARD]


def test_a_pressed_edit_that_waits_behind_a_card_shows_no_page_on_the_new_one(chat: OneChat) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    put_edit(chat.connection, chat.subscription, chat.context, page=Page.MORE, pressed=OLD_CARD)
    chat.ends(claimed)
    assert (edit := chat.claims(Kind.EDIT)).content.page is Page.CARD
    assert edit.target == NEW_CARD


def test_the_delivery_that_its_packages_have_told_is_told_by_the_edit(chat: OneChat) -> None:
    package = shipment("ON_ROUTE", link=LINK, status_at=NOW)
    chat.moves("ON_ROUTE", shipments=(package,))
    chat.sends()
    chat.moves(shipments=(replace(package, status="DELIVERED"),))
    chat.sends()
    chat.moves("DELIVERED")
    assert Kind.CARD not in chat.waiting
    chat.sends(Kind.EDIT)
    assert (chat.subscription.notified_status, chat.subscription.card_status) == ("DELIVERED", "DELIVERED")
    chat.moves("ON_ROUTE")
    assert chat.claims().content.lead.reverted_from == "DELIVERED"


def test_another_edit_tells_no_key_state(chat: OneChat) -> None:
    """A card that was perhaps seen is set aside; what has been shown by an edit since is still to be told."""
    chat.moves("PACKING")
    claimed = chat.claims(Kind.EDIT)
    orders.save(chat.connection, replace(chat.order, status="DELIVERED"), before=chat.order, now=chat.now)
    chat.ends(claimed)
    assert (chat.subscription.notified_status, chat.waiting) == ("PICKING", [Kind.CARD])


@pytest.mark.parametrize(("status", "kept"), [("DELIVERED", Receipt.MISSING), ("ON_ROUTE", None)])
def test_an_answer_to_delivered_is_forgotten_once_the_order_is_not(
    connection: sqlite3.Connection, status: str, kept: Receipt | None
) -> None:
    chat = OneChat(connection, "DELIVERED", told="DELIVERED")
    chats.set_receipt(connection, chat.subscription.id, Receipt.MISSING)
    chat.moves(status)
    put_card(connection, chat.subscription, chat.order, chat.context)
    chat.sends()
    assert chat.subscription.receipt is kept


def test_the_answer_that_was_under_way_while_an_aged_card_was_sent_is_edited_in(
    connection: sqlite3.Connection,
) -> None:
    chat = OneChat(connection, "PICKING", told=None, confirmed_at=NOW - 900)
    follows(chat, waits=True)
    chat.now = NOW + 5
    claimed = chat.sends()
    assert (claimed.content.is_stale, claimed.content.age, chat.waiting) == (True, 905, [])
    assert chat.subscription.sent_stale
    chat.moves(confirmed_at=NOW + 0.1)
    assert chat.waiting == [Kind.EDIT]
    assert not chat.sends(Kind.EDIT).content.is_stale
    assert (chat.subscription.sent_stale, chat.waiting) == (False, [])


def test_that_there_are_fewer_messages_now_is_said_once(chat: OneChat) -> None:
    chat.connection.execute("UPDATE chats SET levels_changed = 1")
    chat.moves("INVOICED")
    assert chat.sends().content.says_levels
    chat.moves("ON_ROUTE", shipments=())
    assert not chat.claims().content.says_levels


def test_that_there_are_fewer_messages_now_is_not_used_up_by_a_card_that_does_not_say_it(chat: OneChat) -> None:
    chat.connection.execute("UPDATE chats SET levels_changed = 1")
    chat.moves("DELIVERED")
    assert not chat.sends().content.says_levels
    chat.moves("INVOICED")
    assert chat.sends().content.says_levels


def test_who_has_chosen_a_level_is_not_told_of_the_levels(chat: OneChat) -> None:
    chat.connection.execute("UPDATE chats SET levels_changed = 1")
    chats.set_level(chat.connection, chat.chat_id, Level.KEY)
    chat.moves("ON_ROUTE", shipments=())
    assert not chat.sends().content.says_levels


def test_a_fold_is_done_once(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends()
    claimed = chat.sends(Kind.FOLD)
    assert (claimed.target, claimed.content.fold, chat.waiting) == (OLD_CARD, FoldReason.NEWER, [])
    assert chat.state_of(claimed)[0] == "sent"


@pytest.mark.parametrize("given_up", [{"status": "CANCELED"}, {"closed": True, "missing_since": NOW}])
@pytest.mark.parametrize("by", ["edit", "card"])
def test_a_trouble_of_a_package_that_was_given_up_is_told_again_if_it_comes_back_and_lasts(
    connection: sqlite3.Connection, given_up: dict[str, object], by: str
) -> None:
    package = shipment("INCIDENT", status_at=NOW - 9000)
    chat = OneChat(connection, "ON_ROUTE", package, told="ON_ROUTE")
    chat.compare()
    chat.sends()
    chat.moves(shipments=(replace(package, **given_up),))  # type: ignore[arg-type]
    assert chat.open(Kind.CARD) == []
    if by == "card":
        put_card(connection, chat.subscription, chat.order, chat.context)
    chat.sends(Kind.EDIT if by == "edit" else Kind.CARD)
    chat.moves(shipments=(replace(package, status="ON_ROUTE"),))
    assert chat.open(Kind.CARD) == []
    chat.moves(shipments=(package,))
    assert chat.claims().content.lead.news == {"s1": News.INCIDENT}


# ── unknown ──────────────────────────────────────────────────────────────────


def test_after_an_unknown_outcome_a_card_is_sent_once_more_whatever_else_is_wanted(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends(ending="unknown")
    [again] = chat.open()
    assert (again.kind, again.keep, again.unknown_outcomes) == (Kind.CARD, AGAIN, 1)
    assert (chat.subscription.notified_status, chat.living) == ("PICKING", OLD_CARD)
    chat.moves("PICKING")
    assert chat.waiting == [Kind.CARD]  # the chat may have seen the other one
    assert (chat.sends().notice.status, chat.folds) == ("PICKING", [OLD_CARD])


def test_a_second_unknown_outcome_sets_the_card_aside_as_told_and_the_old_one_lives_on(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends(ending="unknown")
    claimed = chat.sends(ending="unknown")
    assert chat.state_of(claimed) == ("aside", "perhaps told: time-out")
    assert (chat.subscription.notified_status, chat.living) == ("INVOICED", OLD_CARD)
    assert (chat.waiting, chat.folds) == ([Kind.EDIT], [])
    assert chat.sends(Kind.EDIT).target == OLD_CARD
    assert (chat.subscription.card_status, chat.waiting) == ("INVOICED", [])


def test_a_card_of_unknown_outcome_keeps_its_place(chat: OneChat) -> None:
    chat.moves("CANCELED")
    [card] = chat.open()
    chat.sends(ending="unknown")
    assert [(one.id, one.due_at) for one in chat.open()] == [(card.id, card.due_at)]


@pytest.mark.parametrize("kind", [Kind.EDIT, Kind.FOLD])
def test_an_edit_and_a_fold_of_unknown_outcome_are_made_as_often_as_needed(chat: OneChat, kind: Kind) -> None:
    if kind is Kind.FOLD:
        chat.moves("INVOICED")
        chat.sends()
    else:
        chat.moves("PACKING")
    for attempts in range(1, 6):
        chat.sends(kind, "unknown")
        assert [(one.attempts, one.kind) for one in chat.open()] == [(attempts, kind)]
    chat.sends(kind)
    assert chat.waiting == []


@pytest.mark.parametrize("ending", ["unknown", "killed"])
@pytest.mark.parametrize("level", list(Level))
def test_whoever_may_have_seen_what_no_longer_holds_is_told_what_does(
    connection: sqlite3.Connection, level: Level, ending: str
) -> None:
    chat = OneChat(connection, level=level)
    chat.moves("DELIVERED")
    claimed = chat.claims()
    chat.moves("PICKING")
    chat.ends(claimed, ending)
    assert chat.sends().notice.status == "PICKING"


@pytest.mark.parametrize("ending", ["unknown", "killed"])
def test_a_correction_of_unknown_outcome_is_still_one_when_the_order_has_gone_on(
    connection: sqlite3.Connection, ending: str
) -> None:
    chat = OneChat(connection, "DELIVERED", told="DELIVERED")
    chat.moves("PACKING")
    claimed = chat.claims()
    chat.moves("INVOICED")
    chat.ends(claimed, ending)
    again = chat.claims()
    assert (again.notice.status, again.content.lead.reverted_from, again.notice.audible) == (
        "INVOICED",
        "DELIVERED",
        True,
    )


# ── not sent, held up, failed, gone from the chat ────────────────────────────


@pytest.mark.parametrize(("ending", "attempts"), [("not sent", 1), ("held up", 0)])
@pytest.mark.parametrize(("status", "kind"), [("INVOICED", Kind.CARD), ("PACKING", Kind.EDIT)])
def test_what_certainly_did_not_arrive_is_open_again_and_told_nothing(
    chat: OneChat, ending: str, attempts: int, status: str, kind: Kind
) -> None:
    chat.moves(status)
    chat.sends(kind, ending)
    assert [(one.kind, one.attempts, one.keep) for one in chat.open()] == [(kind, attempts, frozenset())]
    assert (chat.subscription.notified_status, chat.living) == ("PICKING", OLD_CARD)


@pytest.mark.parametrize("ending", ["not sent", "held up", "failed", "gone"])
@pytest.mark.parametrize("known", ["before", None], ids=["", "nobody knew what it shows"])
def test_what_a_card_shows_is_known_as_well_as_before_where_its_edit_certainly_did_not_arrive(
    chat: OneChat, ending: str, known: str | None
) -> None:
    chats.save_notified(chat.connection, replace(chat.subscription, card_hash=known))
    chat.moves("PACKING")
    claimed = chat.claims(Kind.EDIT)
    if ending == "gone":  # of before somebody wrote there
        follow.touch(chat.connection, ANA, chat.context)
    chat.ends(claimed, ending)
    assert chat.subscription.card_hash == known


@pytest.mark.parametrize("ending", ["not sent", "held up", "failed"])
def test_an_edit_that_did_not_arrive_says_nothing_of_the_card_of_who_follows_again(chat: OneChat, ending: str) -> None:
    chats.save_notified(chat.connection, replace(chat.subscription, card_hash="before"))
    chat.moves("PACKING")
    claimed = chat.claims(Kind.EDIT)
    stops(chat)
    follows(chat)
    chat.ends(claimed, ending)
    assert chat.subscription.card_hash is None


def test_the_waits_after_failed_calls_grow_to_a_minute() -> None:
    assert [resend_wait(attempts) for attempts in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize("ending", ["not sent", "held up"])
def test_what_did_not_arrive_and_is_not_wanted_any_more_is_closed(chat: OneChat, ending: str) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    chat.moves("PICKING")
    chat.ends(claimed, ending)
    assert chat.waiting == []


def test_a_429_of_long_is_kept_for_a_restart(chat: OneChat) -> None:
    chat.moves("INVOICED")
    delivery_results.mark_rate_limited(chat.connection, chat.claims(), until=chat.now + 3600, context=chat.context)
    assert chats.rate_limits(chat.connection, chat.now) == [(CHAT, chat.now + 3600)]


def test_a_card_that_telegram_refuses_is_set_aside_as_told_with_an_alert_and_the_old_one_is_edited(
    chat: OneChat,
) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    context = replace(chat.context, staff=(STAFF,))
    delivery_results.mark_failed(chat.connection, claimed, "can't parse entities", context)
    alerts = chat.connection.execute("SELECT chat_id, payload FROM outbox WHERE kind = 'alert'").fetchall()
    args = {"number": chat.order.order_id, "reason": "can't parse entities", "order": chat.order.id}
    assert [(one["chat_id"], json.loads(one["payload"])) for one in alerts] == [
        (STAFF, {"alert": "aside", "args": args})
    ]
    assert chat.state_of(claimed) == ("aside", "can't parse entities")
    assert (chat.subscription.notified_status, chat.living, chat.waiting) == ("INVOICED", OLD_CARD, [Kind.EDIT])


def test_an_edit_that_is_refused_is_not_tried_before_something_else_changes(chat: OneChat) -> None:
    chat.moves("READY_FOR_PACKING")
    chat.sends(Kind.EDIT, "failed")
    assert chat.waiting == []
    chat.compare()
    assert chat.waiting == []
    chat.moves("PACKING")
    assert chat.waiting == [Kind.EDIT]


def test_a_fold_that_is_refused_is_done(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends()
    chat.sends(Kind.FOLD, "failed")
    assert (chat.waiting, chat.living) == ([], NEW_CARD)


def test_a_card_that_the_person_has_removed_is_not_edited_and_the_next_one_comes_as_ever(chat: OneChat) -> None:
    chat.moves("READY_FOR_PACKING")
    chat.sends(Kind.EDIT, "target gone")
    assert (chat.living, chat.waiting) == (None, [])
    chat.moves("PACKING")
    assert chat.waiting == []
    chat.moves("INVOICED")
    chat.sends()
    assert (chat.living, chat.waiting) == (NEW_CARD, [])


def test_a_fold_whose_message_is_gone_is_done(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends()
    chat.sends(Kind.FOLD, "target gone")
    assert (chat.waiting, chat.living) == ([], NEW_CARD)


def test_a_link_of_an_order_whose_card_was_removed_comes_with_a_card(chat: OneChat) -> None:
    chat.moves("ON_ROUTE", shipments=(shipment("ON_ROUTE"),))
    chat.sends()
    chat.now += 10
    put_edit(chat.connection, chat.subscription, chat.context)
    chat.sends(Kind.EDIT, "target gone")
    chat.moves(shipments=(shipment("ON_ROUTE", link=LINK),))
    assert chat.claims().content.lead.links == ("s1",)


# ── stopped, forgotten, archived ─────────────────────────────────────────────


def test_stop_folds_the_card_and_closes_what_waits_in_one_commit(chat: OneChat) -> None:
    chat.moves("PACKING")
    put_card(chat.connection, chat.subscription, chat.order, chat.context)
    stops(chat)
    assert chat.waiting == [Kind.FOLD]
    assert chat.claims(Kind.FOLD).content.fold is FoldReason.STOPPED


def test_a_fold_that_waits_outlives_a_stop(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends()
    stops(chat)
    assert chat.folds == [OLD_CARD, NEW_CARD]


def test_a_card_that_arrives_after_a_stop_is_folded(chat: OneChat) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    stops(chat)
    chat.ends(claimed)
    assert chat.folds == [OLD_CARD, NEW_CARD]
    assert {one.payload["why"] for one in chat.open()} == {"stopped"}
    assert chats.subscription_of(chat.connection, CHAT, chat.row) is None


@pytest.mark.parametrize("ending", ["not sent", "held up", "unknown", "killed"])
@pytest.mark.parametrize(("status", "kind"), [("INVOICED", Kind.CARD), ("PACKING", Kind.EDIT)])
def test_what_was_being_sent_at_a_stop_waits_no_more(chat: OneChat, status: str, kind: Kind, ending: str) -> None:
    chat.moves(status)
    claimed = chat.claims(kind)
    stops(chat)
    chat.ends(claimed, ending)
    assert chat.state_of(claimed) == ("closed", "stopped")
    assert chat.folds == [OLD_CARD]


def test_who_follows_again_while_a_card_of_before_is_on_the_wire_has_one_keyboard(chat: OneChat) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    stops(chat)
    follows(chat)
    chat.ends(claimed)
    assert chat.living == NEW_CARD
    chat.sends()
    assert (chat.living, chat.folds, chat.waiting.count(Kind.CARD)) == (NEW_CARD + 1, [OLD_CARD, NEW_CARD], 0)


def test_who_follows_again_while_an_answer_of_before_is_on_the_wire_gets_buttons_that_work(chat: OneChat) -> None:
    follows(chat)
    claimed = chat.claims()
    stops(chat)
    following(chat.connection, stored(chat.connection, order("PICKING", order_id="2002-01")), CHAT)
    follows(chat)
    assert claimed.subscription is not None
    assert claimed.subscription.id != chat.subscription.id, "its buttons are of the subscription that has ended"
    chat.ends(claimed)
    assert (chat.living, chat.folds, chat.waiting.count(Kind.CARD)) == (NEW_CARD, [OLD_CARD], 0)
    assert chat.claims(Kind.EDIT).target == NEW_CARD


@pytest.mark.parametrize("level", Level)
def test_an_answer_of_an_unknown_status_leaves_what_was_told_to_be_taken_back(
    connection: sqlite3.Connection, level: Level
) -> None:
    one = OneChat(connection, "DELIVERED", told="DELIVERED", level=level)
    one.moves("ODD")
    follows(one)
    assert one.sends().notice.status == "ODD"
    one.moves("PICKING")
    claimed = one.claims()
    assert (claimed.content.lead.reverted_from, claimed.notice.audible) == ("DELIVERED", True)


@pytest.mark.parametrize("told", ["ON_ROUTE", "DELIVERED"])
def test_what_was_told_before_an_answer_of_an_unknown_status_is_not_told_again(
    connection: sqlite3.Connection, told: str
) -> None:
    one = OneChat(connection, told, told=told)
    one.moves("ODD")
    follows(one)
    one.sends()
    one.moves(told)
    assert one.open(Kind.CARD) == []


def test_an_edit_of_before_a_stop_shows_nothing_to_who_follows_again(chat: OneChat) -> None:
    chat.moves("PACKING")
    claimed = chat.claims(Kind.EDIT)
    stops(chat)
    follows(chat)
    chat.ends(claimed)
    assert (chat.living, chat.subscription.card_status) == (None, None)
    chat.sends()
    assert (chat.living, chat.folds) == (NEW_CARD, [OLD_CARD])


def test_who_follows_again_is_told_the_state_first(chat: OneChat) -> None:
    stops(chat)
    follows(chat)
    assert chat.claims().content.lead.first


def test_an_archived_order_folds_its_card_and_a_card_on_the_wire_too(chat: OneChat) -> None:
    chat.moves("INVOICED", changed_at=NOW)
    claimed = chat.claims()
    silent = {"silent": [chat.row], "silent_since": chat.now + 1, "days": 30}
    expire.archive(chat.connection, chat.context, **silent)  # type: ignore[arg-type]
    chat.ends(claimed)
    assert chat.waiting == [Kind.FOLD, Kind.ARCHIVED, Kind.FOLD]
    assert chat.folds == [OLD_CARD, NEW_CARD]


@pytest.mark.parametrize("again", ["open", "claimed"])
@pytest.mark.parametrize("ending", [one for one in WIRE if one != "killed"])
def test_no_outcome_changes_a_row_that_has_got_the_number_of_one_that_was_forgotten(
    connection: sqlite3.Connection, ending: str, again: str
) -> None:
    chat = OneChat(connection, "INVOICED")
    chat.compare()
    claimed = chat.claims()
    chat_state.forget(connection, chat.context, chat_id=CHAT)
    following(connection, chat.order, told="PICKING")
    chat.compare()
    [newer] = chat.open()
    assert newer.id == claimed.notice.id
    if again == "claimed":
        chat.claims()
    chat.ends(claimed, ending)
    assert chat.state_of(claimed)[0] == again
    assert (chat.paused, chat.subscription.notified_status, chat.living) == (None, "PICKING", OLD_CARD)


# ── gone and back ────────────────────────────────────────────────────────────


def test_a_chat_that_is_gone_is_paused_and_all_that_waits_for_it_closed_others_untouched(chat: OneChat) -> None:
    connection = chat.connection
    following(connection, chat.order, 502, told="PICKING")
    orders.schedule(connection, chat.row, NOW + 1, urgent=False)
    chat.moves("INVOICED")
    claimed = chat.claims()
    put_edit(connection, chat.subscription, chat.context)
    chat.ends(claimed, "gone")
    assert (chat.paused, chat.waiting) == ("blocked", [])
    chat.chat_id = 502
    chat.compare()
    assert (chat.waiting, next_poll(connection)) == ([Kind.CARD], NOW + 1)


def test_an_order_that_only_gone_chats_follow_is_not_asked_for(chat: OneChat) -> None:
    orders.schedule(chat.connection, chat.row, NOW + 1, urgent=False)
    chat.moves("INVOICED")
    chat.sends(ending="gone")
    assert next_poll(chat.connection) is None


def test_a_chat_that_is_back_is_shown_each_order_and_its_folds_are_made(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends()
    chat.sends(Kind.FOLD, "gone")
    chat.moves("CANCELED")
    assert chat.waiting == []
    chat_state.meet(chat.connection, ANA, chat.context)
    assert sorted(chat.waiting) == [Kind.CARD, Kind.FOLD]
    assert chat.sends().notice.status == "CANCELED"
    assert (chat.living, chat.folds) == (NEW_CARD + 1, [OLD_CARD, NEW_CARD])


@pytest.mark.parametrize("ending", ["not sent", "held up", "unknown", "killed"])
@pytest.mark.parametrize("kind", [Kind.CARD, Kind.EDIT, Kind.FOLD])
def test_what_was_being_sent_when_the_chat_went_waits_no_more(chat: OneChat, kind: Kind, ending: str) -> None:
    if kind is Kind.EDIT:
        chat.moves("PACKING")
    else:
        chat.moves("INVOICED")
    if kind is Kind.FOLD:
        chat.sends()
    claimed = chat.claims(kind)
    chat_state.pause(chat.connection, chat.context, chat_id=CHAT, reason="blocked")
    chat.ends(claimed, ending)
    assert (chat.waiting, chat.state_of(claimed)) == ([], ("closed", "gone"))
    chat_state.meet(chat.connection, ANA, chat.context)
    assert chat.waiting == ([Kind.FOLD, Kind.CARD] if kind is Kind.FOLD else [Kind.CARD])


def test_a_fold_that_waited_when_the_chat_went_is_made_when_it_is_back(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends()
    chat_state.pause(chat.connection, chat.context, chat_id=CHAT, reason="kicked")
    assert chat.waiting == []
    chat_state.meet(chat.connection, ANA, chat.context)
    assert chat.folds == [OLD_CARD]


def test_a_403_that_was_held_up_pauses_no_chat_that_is_back(chat: OneChat) -> None:
    """Kicked, back, and only then the answer to a call of before arrives."""
    chat.moves("INVOICED")
    claimed = chat.claims()
    chat_state.pause(chat.connection, chat.context, chat_id=CHAT, reason="kicked")
    chat_state.meet(chat.connection, ANA, chat.context)
    chat.ends(claimed, "gone")
    assert (chat.paused, chat.waiting) == (None, [Kind.CARD])


def test_a_403_in_flight_while_somebody_writes_is_tried_again_and_then_believed(chat: OneChat) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    chat_state.meet(chat.connection, ANA, chat.context)
    chat.ends(claimed, "gone")
    assert (chat.paused, chat.waiting) == (None, [Kind.CARD])
    claimed = chat.sends(ending="gone")
    assert (chat.paused, chat.state_of(claimed)[0]) == ("blocked", "closed")


def test_a_group_that_goes_on_talking_where_nothing_may_be_written_is_not_tried_for_ever(
    connection: sqlite3.Connection,
) -> None:
    chat = OneChat(connection, chat_id=GROUP)
    chat.moves("INVOICED")
    attempts = 0
    while chat.paused is None:
        claimed = chat.claims()
        chat_state.meet(connection, Requester(GROUP, CHAT, "group"), chat.context)
        chat.ends(claimed, "gone")
        attempts += 1
        assert attempts < 10
    assert attempts == 4


def test_the_attempts_of_a_fold_begin_anew_when_the_chat_is_back(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends()
    for _ in range(delivery_results.MOST_GONE):
        chat.sends(Kind.FOLD, "not sent")
    chat.sends(Kind.FOLD, "gone")
    chat_state.meet(chat.connection, ANA, chat.context)
    claimed = chat.claims(Kind.FOLD)
    chat_state.meet(chat.connection, ANA, chat.context)
    chat.ends(claimed, "gone")
    assert (chat.paused, chat.folds) == (None, [OLD_CARD])


def test_a_person_who_was_forgotten_and_met_again_is_not_gone(chat: OneChat) -> None:
    met = chats.load(chat.connection, CHAT)
    assert met is not None
    chat_state.forget(chat.connection, chat.context, chat_id=CHAT)
    chat_state.meet(chat.connection, ANA, chat.context)
    chat_state.pause(chat.connection, chat.context, chat_id=CHAT, reason="blocked", met=met.met)
    assert chat.paused is None


# ── moved ────────────────────────────────────────────────────────────────────


@pytest.fixture
def group(connection: sqlite3.Connection) -> OneChat:
    return OneChat(connection, chat_id=GROUP)


def moved(one: OneChat) -> None:
    """The migration is known by an update."""
    chat_state.move(one.connection, one.context, old=GROUP, new=SUPERGROUP)
    one.chat_id = SUPERGROUP


@pytest.mark.parametrize(
    ("status", "again"), [("PICKING", [Kind.CARD]), ("DELIVERED", [])], ids=["active", "at its end"]
)
def test_a_group_that_moved_gets_one_silent_card_of_each_active_order(
    connection: sqlite3.Connection, status: str, again: list[Kind]
) -> None:
    group = OneChat(connection, status, told=status, chat_id=GROUP)
    moved(group)
    assert (group.living, group.waiting) == (None, again)
    if again:
        assert not group.sends().notice.audible
        assert (group.living, group.waiting) == (NEW_CARD, [])


@pytest.mark.parametrize("known", [False, True], ids=["by this call", "by an update before"])
def test_the_card_of_a_group_that_moved_goes_to_the_new_chat(group: OneChat, known: bool) -> None:
    group.moves("INVOICED")
    claimed = group.claims()
    if known:
        moved(group)
    group.ends(claimed, "moved")
    group.chat_id = SUPERGROUP
    assert group.waiting == [Kind.CARD]
    assert group.sends().notice.status == "INVOICED"
    assert (group.living, group.waiting) == (NEW_CARD, [])


def test_a_card_that_is_not_wanted_any_more_is_not_all_that_a_group_gets_that_moved(group: OneChat) -> None:
    group.moves("INVOICED")
    claimed = group.claims()
    group.moves("PICKING")
    group.ends(claimed, "moved")
    group.chat_id = SUPERGROUP
    assert group.sends().notice.status == "PICKING"
    assert (group.living, group.waiting) == (NEW_CARD, [])


def test_a_card_of_unknown_outcome_under_a_groups_old_id_is_no_card_in_the_new_one(group: OneChat) -> None:
    group.moves("INVOICED")
    group.sends(ending="unknown")
    old = group.claims()
    moved(group)
    group.ends(old, "unknown")
    group.sends()
    assert (group.living, group.waiting) == (NEW_CARD, [])


@pytest.mark.parametrize("seen", [False, True], ids=["", "perhaps seen"])
@pytest.mark.parametrize("first", ["the new chat's", "the old chat's"])
def test_a_card_under_a_groups_old_id_is_not_sent_again_where_the_new_one_was_shown_one(
    group: OneChat, first: str, seen: bool
) -> None:
    group.moves("INVOICED")
    if seen:
        group.sends(ending="unknown")
    old = group.claims()
    follows(group)
    moved(group)
    answer = group.claims()
    for call in (old, answer) if first == "the old chat's" else (answer, old):
        group.ends(call, "moved" if call is old else "sent")
    assert (group.living, group.waiting) == (NEW_CARD, [])


@pytest.mark.parametrize("ending", ["sent", "gone", "moved", "not sent", "held up", "unknown", "killed"])
@pytest.mark.parametrize(("status", "kind"), [("INVOICED", Kind.CARD), ("PACKING", Kind.EDIT)])
def test_what_was_on_the_wire_under_a_groups_old_id_ends_in_one_card_in_the_new_one(
    group: OneChat, ending: str, status: str, kind: Kind
) -> None:
    """The migration is known already when the call of before ends."""
    group.moves(status)
    claimed = group.claims(kind)
    moved(group)
    group.ends(claimed, ending)
    assert (group.paused, group.living) == (None, None)
    if Kind.EDIT in group.waiting:
        [edit] = group.open(Kind.EDIT)
        assert edit.id is not None
        assert group.try_claim(edit.id) is None
    assert group.waiting == [Kind.CARD]
    assert group.sends().notice.status == status
    assert (group.living, group.waiting) == (group.next_message - 1, [])


@pytest.mark.parametrize("ending", [*WIRE, "waits", "closed as it was gone"])
def test_nothing_is_folded_by_a_number_that_meant_another_chats_message(group: OneChat, ending: str) -> None:
    group.moves("INVOICED")
    group.sends()
    if ending == "closed as it was gone":
        chat_state.pause(group.connection, group.context, chat_id=GROUP, reason="kicked")
        moved(group)
    elif ending == "waits":
        moved(group)
    else:
        claimed = group.claims(Kind.FOLD)
        moved(group)
        group.ends(claimed, ending)
    for fold in group.open(Kind.FOLD):
        assert fold.id is not None
        assert group.try_claim(fold.id) is None


def test_a_migration_is_newer_than_that_the_old_id_was_gone(group: OneChat) -> None:
    group.moves("INVOICED")
    group.sends(ending="gone")
    moved(group)
    assert (group.paused, group.waiting) == (None, [Kind.CARD])


def test_no_message_of_before_is_replied_to_where_a_group_has_moved(group: OneChat) -> None:
    follows(group, message=3)
    moved(group)
    assert "reply_to" not in group.claims().notice.payload


def test_the_card_that_a_supergroup_has_already_stays_its_card(group: OneChat) -> None:
    following(group.connection, group.order, SUPERGROUP, told="PICKING")
    moved(group)
    assert (group.living, group.waiting) == (OLD_CARD, [])


def test_cards_that_wait_in_a_group_and_in_what_it_has_become_are_one(group: OneChat) -> None:
    following(group.connection, group.order, SUPERGROUP, told="PICKING")
    group.moves("INVOICED")
    reconcile_chat(group.connection, SUPERGROUP, group.row, group.context)
    moved(group)
    assert group.waiting == [Kind.CARD]


# ── merged ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("follows_both", [False, True])
@pytest.mark.parametrize(
    ("ending", "told_now", "waits"),
    [
        pytest.param("sent", "PACKING", [], id="sent"),
        pytest.param("not sent", "PENDING", [Kind.CARD], id="not sent"),
        pytest.param("held up", "PENDING", [Kind.CARD], id="held up"),
        pytest.param("unknown", "PENDING", [Kind.CARD], id="unknown"),
        pytest.param("killed", "PENDING", [Kind.CARD], id="killed"),
        pytest.param("failed", "PACKING", [], id="failed"),
    ],
)
def test_what_is_being_sent_of_an_order_counts_for_the_one_that_it_turns_out_to_be(
    connection: sqlite3.Connection, ending: str, told_now: str, waits: list[Kind], follows_both: bool
) -> None:
    """Two rows are merged while a card of the one that goes is being sent."""
    other = OneChat(connection, "PACKING", told="PENDING", webhook_at=NOW)
    kept = stored(connection, replace(order("PENDING"), hostname="another"))
    if follows_both:
        following(connection, kept, told="PENDING")
    other.compare()
    claimed = other.claims()
    merged = merge_orders(connection, kept, other.order, other.context)
    other.row = row_of(merged)
    other.ends(claimed, ending)
    assert other.subscription.notified_status == told_now
    assert [one for one in other.waiting if one is Kind.CARD] == waits


@pytest.mark.parametrize(("other_card", "folded"), [(OLD_CARD - 7, OLD_CARD - 7), (OLD_CARD + 7, OLD_CARD)])
@pytest.mark.parametrize("told", ["PENDING", "ON_ROUTE"])
def test_who_has_a_card_of_each_of_two_orders_that_are_one_keeps_the_newer(
    connection: sqlite3.Connection, other_card: int, folded: int, told: str
) -> None:
    one = OneChat(connection, "PICKING")
    other = stored(connection, replace(order(told), hostname="another"))
    second = following(connection, other, told=told)
    chats.save_notified(connection, replace(second, notified_message_id=other_card))
    merge_orders(connection, one.order, other, one.context)
    one.compare()
    assert one.folds == [folded]
    assert one.living == max(OLD_CARD, other_card)
    told_last = told if other_card > OLD_CARD else "PICKING"
    assert (one.subscription.notified_status, one.subscription.card_status) == (told_last, told_last)


def test_the_newer_card_of_two_orders_that_are_one_gets_the_buttons_of_the_subscription_that_stays(
    connection: sqlite3.Connection,
) -> None:
    one = OneChat(connection, "PICKING")
    other = stored(connection, replace(order("PICKING"), hostname="another"))
    second = following(connection, other, told="PICKING")
    chats.save_notified(connection, replace(second, notified_message_id=OLD_CARD + 7, card_hash="of the other's"))
    merge_orders(connection, one.order, other, one.context)
    one.compare()
    assert one.claims(Kind.EDIT).target == OLD_CARD + 7


def test_two_orders_that_are_one_with_a_card_waiting_each_have_one_card(connection: sqlite3.Connection) -> None:
    one = OneChat(connection, "INVOICED")
    one.compare()
    other = stored(connection, replace(order("INVOICED"), hostname="another"))
    following(connection, other, told=None)
    reconcile_chat(connection, CHAT, row_of(other), one.context)
    merge_orders(connection, one.order, other, one.context)
    one.compare()
    assert one.waiting == [Kind.CARD]


# ── at start ─────────────────────────────────────────────────────────────────


def test_a_card_on_the_wire_at_the_end_of_the_last_process_is_sent_again_and_is_no_attempt(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.claims()
    assert delivery_results.release_at_start(chat.connection, context=chat.context) == 1
    assert [(one.kind, one.keep, one.attempts) for one in chat.open()] == [(Kind.CARD, AGAIN, 0)]
    assert chat.subscription.notified_status == "PICKING"


@pytest.mark.parametrize(("now", "shown"), [("CANCELED", "CANCELED"), ("PICKING", "PICKING")])
def test_a_card_that_was_perhaps_seen_is_sent_again_as_the_order_is_now(chat: OneChat, now: str, shown: str) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    chat.moves(now)
    chat.ends(claimed, "killed")
    claimed = chat.sends()
    assert (claimed.notice.status, claimed.notice.audible) == (shown, now == "CANCELED")
    assert (chat.living, chat.folds) == (NEW_CARD, [OLD_CARD])


def test_an_edit_and_a_fold_on_the_wire_at_a_kill_are_made_again(chat: OneChat) -> None:
    chat.moves("INVOICED")
    chat.sends()
    fold = chat.claims(Kind.FOLD)
    chat.ends(fold, "killed")
    assert chat.folds == [OLD_CARD]
    chat.sends(Kind.FOLD)
    chat.moves(by_chain=True)
    edit = chat.claims(Kind.EDIT)
    chat.ends(edit, "killed")
    assert chat.waiting == [Kind.EDIT]


def test_nothing_that_was_told_is_forgotten_by_a_kill(chat: OneChat) -> None:
    before = chat.subscription
    chat.moves("INVOICED")
    chat.claims()
    delivery_results.release_at_start(chat.connection, context=chat.context)
    assert chat.subscription == before


# ── answers ──────────────────────────────────────────────────────────────────


def test_an_answer_takes_an_open_card_over_with_the_newest_message_to_reply_to(chat: OneChat) -> None:
    chat.moves("INVOICED")
    put_kept(chat.connection, chat.subscription, chat.context, Keep.AGAIN)
    follows(chat, message=5)
    follows(chat, message=6)
    claimed = chat.claims()
    assert (claimed.notice.keep, claimed.notice.payload["reply_to"]) == (AGAIN | {Keep.ANSWER}, 6)
    assert claimed.notice.audible


def test_who_asks_again_and_again_waits_no_longer_for_the_api(chat: OneChat) -> None:
    follows(chat, message=5, waits=True)
    [first] = chat.open()
    for message in range(6, 9):
        chat.now += 2
        follows(chat, message=message, waits=True)
    [card] = chat.open()
    assert (card.due_at, card.payload["reply_to"]) == (first.due_at, 8)


def test_while_an_answer_is_on_the_wire_no_other_is_put(chat: OneChat) -> None:
    follows(chat)
    claimed = chat.claims()
    for _ in range(4):
        follows(chat)
    assert chat.waiting == []
    chat.ends(claimed)
    assert chat.folds == [OLD_CARD]


def test_while_other_news_is_on_the_wire_an_answer_waits_behind_it(chat: OneChat) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    follows(chat)
    assert chat.waiting == [Kind.CARD]
    chat.ends(claimed)
    chat.sends()
    assert (chat.living, chat.folds) == (NEW_CARD + 1, [OLD_CARD, NEW_CARD])


def test_an_answer_that_waits_takes_in_a_card_that_was_not_sent(chat: OneChat) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    follows(chat, message=6)
    chat.ends(claimed, "not sent")
    [card] = chat.open()
    assert (card.is_reply, card.payload["reply_to"]) == (True, 6)


def test_an_answer_comes_though_nothing_has_changed(chat: OneChat) -> None:
    follows(chat)
    chat.compare()
    chat.sends()
    assert (chat.living, chat.folds, chat.waiting) == (NEW_CARD, [OLD_CARD], [Kind.FOLD])


def test_an_answer_needs_no_edit_of_the_card_before_it(connection: sqlite3.Connection) -> None:
    chat = OneChat(connection, level=Level.KEY)
    chat.moves("INVOICED")
    assert chat.waiting == [Kind.EDIT]
    follows(chat)
    assert chat.waiting == [Kind.CARD]


@pytest.mark.parametrize("waits", [True, False])
def test_what_staff_send_again_takes_nothing_from_an_answer_that_waits(chat: OneChat, waits: bool) -> None:
    if waits:
        follows(chat, message=6, waits=True)
    before = chat.open()
    staff.resend(chat.connection, chat.context, order_pk=chat.row, who=STAFF)
    [card] = chat.open()
    assert [(one.payload.get("reply_to"), one.priority) for one in before] in (
        [],
        [(card.payload.get("reply_to"), card.priority)],
    )


# ── levels ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("level", list(Level))
def test_a_change_of_level_tells_nothing_by_itself(connection: sqlite3.Connection, level: Level) -> None:
    chat = OneChat(connection, level=Level.KEY)
    chat.moves("INVOICED")
    chat.sends(Kind.EDIT)
    chat_state.set_level(connection, chat.context, chat_id=CHAT, level=level)
    assert chat.waiting == []


def test_what_a_new_level_does_not_want_is_only_shown(connection: sqlite3.Connection) -> None:
    chat = OneChat(connection, level=Level.MAIN)
    chat.moves("INVOICED")
    chat_state.set_level(connection, chat.context, chat_id=CHAT, level=Level.KEY)
    assert (chat.waiting, chat.subscription.notified_status) == ([Kind.EDIT], "PICKING")


@pytest.mark.parametrize("ending", ["sent", "not sent", "unknown"])
def test_a_level_that_changes_while_a_card_is_on_the_wire_loses_no_key_news(chat: OneChat, ending: str) -> None:
    chat.moves("INVOICED")
    claimed = chat.claims()
    chat.moves("CANCELED")
    chat_state.set_level(chat.connection, chat.context, chat_id=CHAT, level=Level.KEY)
    chat.ends(claimed, ending)
    assert chat.claims().notice.status == "CANCELED"


@pytest.mark.parametrize("told", ["ON_ROUTE", "DELIVERED"])
def test_a_level_that_changes_while_the_status_is_unknown_makes_nothing_told_twice_or_uncorrected(
    connection: sqlite3.Connection, told: str
) -> None:
    chat = OneChat(connection, told, told=told)
    chat.moves("X_RAY")
    chat.sends(Kind.EDIT)
    chat_state.set_level(connection, chat.context, chat_id=CHAT, level=Level.KEY)
    chat.moves(told)
    assert Kind.CARD not in chat.waiting
    chat.moves("PACKING")
    assert chat.claims().content.lead.reverted_from == told


# ── helpers of this file ─────────────────────────────────────────────────────


def put(one: OneChat, kind: Kind, **fields: object) -> NoticeId:
    """Add a row; return its id."""
    outbox.put(one.connection, [Notice(one.chat_id, kind, NOW, order=one.row, made_at=NOW, **fields)])  # type: ignore[arg-type]
    return NoticeId(one.connection.execute("SELECT max(id) FROM outbox").fetchone()[0])


def reason_of(one: OneChat, number: NoticeId) -> tuple[str, str]:
    found = one.connection.execute("SELECT state, reason FROM outbox WHERE id = ?", (number,)).fetchone()
    return found["state"], found["reason"]
