"""What each result of sending leaves: in the outbox, on the subscription, and pending for the chat."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.store import chats, orders, outbox
from bot.tracking.model import Kind, Level, Notice, NoticeId, NoticeState, Order, Priority, Subscription
from bot.tracking.timing import resend_wait
from bot.transactions import chat_state, delivery_results
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.follow import Requester
from bot.transactions.reconcile import reconcile_chat
from bot.words.texts import Text
from tests.builders import (
    CHAT,
    LINK,
    NOW,
    decision_context,
    following,
    memory_store,
    next_poll,
    order,
    row_of,
    shipment,
    stored,
    text_for,
)

LATER = NOW + 10.0
GROUP, SUPERGROUP = -7, -1007
STAFF = 4242


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as opened:
        yield opened


def put(connection: sqlite3.Connection, known: Order, kind: Kind = Kind.STATE, **fields: object) -> NoticeId:
    """Add a notice; return its id."""
    options = {"status": known.status, "made_at": NOW} | fields
    chat_id = options.pop("chat_id", CHAT)
    outbox.put(connection, [Notice(chat_id, kind, NOW, order=known.id, **options)])
    number = connection.execute("SELECT max(id) FROM outbox").fetchone()[0]
    assert isinstance(number, int)
    return NoticeId(number)


def claim(connection: sqlite3.Connection, number: NoticeId) -> ClaimedNotice:
    claimed = delivery_results.claim(connection, number, context=decision_context(NOW))
    assert claimed is not None
    return claimed


def told(connection: sqlite3.Connection, known: Order, chat_id: int = CHAT) -> Subscription:
    found = chats.subscription_of(connection, chat_id, row_of(known))
    assert found is not None
    return found


def move(connection: sqlite3.Connection, known: Order, **changes: object) -> Order:
    """Change the order while a message is being sent."""
    return orders.save(connection, replace(known, **changes), before=known, now=NOW)  # type: ignore[arg-type]


def row(connection: sqlite3.Connection, number: NoticeId) -> sqlite3.Row:
    found = connection.execute("SELECT * FROM outbox WHERE id = ?", (number,)).fetchone()
    assert isinstance(found, sqlite3.Row)
    return found


def waiting(connection: sqlite3.Connection, known: Order, chat_id: int = CHAT) -> list[tuple[Kind, str | None]]:
    """List what is open for the chat about the order."""
    notices = outbox.open_notices(connection, chat_id, row_of(known))
    return [(one.kind, one.status) for one in notices if one.state is NoticeState.OPEN]


# ── claims ───────────────────────────────────────────────────────────────────


def test_what_was_coalesced_before_it_was_claimed_is_not_sent(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING"))
    following(connection, known)
    number = put(connection, known)
    outbox.close(connection, [number], reason="folded", now=NOW)
    assert delivery_results.claim(connection, number, context=decision_context(NOW)) is None
    assert row(connection, number)["reason"] == "folded"


@pytest.mark.parametrize("kind", [Kind.STATE, Kind.INCIDENT, Kind.LINK, Kind.EDIT, Kind.REMINDER])
def test_a_notice_of_an_order_that_the_chat_has_stopped_following_is_not_sent(
    connection: sqlite3.Connection, kind: Kind
) -> None:
    known = stored(connection, order("PICKING"))
    chats.touch(connection, CHAT, now=NOW)
    number = put(connection, known, kind)
    assert delivery_results.claim(connection, number, context=decision_context(NOW)) is None
    assert row(connection, number)["state"] == "closed"


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.ARCHIVED])
def test_a_note_and_a_farewell_do_not_need_a_subscription(connection: sqlite3.Connection, kind: Kind) -> None:
    known = stored(connection, order("PICKING"))
    chats.touch(connection, CHAT, now=NOW)
    assert claim(connection, put(connection, known, kind)).subscription is None


def test_an_incident_that_the_states_text_has_named_meanwhile_is_not_sent(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("ON_ROUTE", shipment("INCIDENT")))
    following(connection, known)
    claimed = claim(connection, put(connection, known))
    incident = put(connection, known, Kind.INCIDENT, shipment="s1")
    delivery_results.mark_sent(connection, claimed, text_for(claimed.order), 1, context=decision_context(LATER))
    assert delivery_results.claim(connection, incident, context=decision_context(LATER)) is None


# ── sent ─────────────────────────────────────────────────────────────────────


def test_a_sent_state_is_what_the_chat_was_told_last(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("ON_ROUTE", shipment("INCIDENT", link=LINK)))
    following(connection, known)
    number = put(connection, known)
    claimed = claim(connection, number)
    delivery_results.mark_sent(connection, claimed, text_for(claimed.order), 42, context=decision_context(LATER))
    now = told(connection, known)
    assert (now.notified_status, now.notified_message_id, now.notified_at) == ("ON_ROUTE", 42, LATER)
    assert (now.notified_links, now.notified_troubles) == ({"s1": LINK}, {"s1": "incident"})
    assert (row(connection, number)["state"], row(connection, number)["message_id"]) == ("sent", 42)
    assert waiting(connection, known) == []


def test_what_came_while_the_message_was_being_sent_is_pending_once_it_is_marked(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PICKING"))
    following(connection, known)
    claimed = claim(connection, put(connection, known))
    move(connection, known, status="PACKING")
    delivery_results.mark_sent(connection, claimed, text_for(claimed.order), 1, context=decision_context(LATER))
    assert waiting(connection, known) == [(Kind.STATE, "PACKING")]


def test_a_link_that_came_while_the_message_was_being_sent_is_edited_in(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("ON_ROUTE", shipment("ON_ROUTE")))
    following(connection, known)
    claimed = claim(connection, put(connection, known))
    move(connection, known, shipments=(shipment("ON_ROUTE", link=LINK),))
    delivery_results.mark_sent(connection, claimed, text_for(claimed.order), 1, context=decision_context(LATER))
    assert waiting(connection, known) == [(Kind.EDIT, "ON_ROUTE")]


def test_a_chat_that_stopped_while_the_message_was_being_sent_gets_nothing(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PICKING"))
    subscription = following(connection, known)
    claimed = claim(connection, put(connection, known))
    chats.stop(connection, subscription.id)
    move(connection, known, status="PACKING")
    delivery_results.mark_sent(connection, claimed, text_for(claimed.order), 1, context=decision_context(LATER))
    assert waiting(connection, known) == []


@pytest.mark.parametrize("kind", [Kind.EDIT, Kind.LINK])
def test_a_link_that_the_words_leave_out_is_not_pending_for_ever(connection: sqlite3.Connection, kind: Kind) -> None:
    known = stored(connection, order("ON_ROUTE", shipment("ON_ROUTE", link=LINK)))
    following(connection, known, told="ON_ROUTE")
    claimed = claim(connection, put(connection, known, kind, shipment="s1", payload={"message_id": 77}))
    delivery_results.mark_sent(connection, claimed, Text("no link in here"), 1, context=decision_context(LATER))
    assert waiting(connection, known) == []


def test_the_answer_that_was_under_way_while_an_aged_card_was_sent_is_edited_in(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING", confirmed_at=NOW - 900))
    following(connection, known)
    claimed = claim(connection, put(connection, known, is_reply=True, payload={"asked_at": NOW}))
    aged = replace(claimed, notice=replace(claimed.notice, payload={"asked_at": NOW, "stale_age": 900.0}))
    delivery_results.mark_sent(connection, aged, Text("as of 15 minutes ago"), 1, context=decision_context(NOW + 5))
    assert waiting(connection, known) == []
    answered = move(connection, known, confirmed_at=NOW + 0.1)
    reconcile_chat(connection, CHAT, row_of(answered), decision_context(LATER))
    assert waiting(connection, known) == [(Kind.EDIT, "PICKING")]


def test_a_card_that_was_edited_with_the_fresh_answer_is_not_edited_again(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING", confirmed_at=NOW + 1))
    subscription = following(connection, known, told="PICKING")
    chats.save_notified(
        connection, replace(subscription, notified_status="PICKING", notified_message_id=7, sent_stale=True)
    )
    claimed = claim(connection, put(connection, known, Kind.EDIT, priority=Priority.EDIT, payload={"message_id": 7}))
    delivery_results.mark_sent(connection, claimed, Text("fresh"), 7, context=decision_context(LATER))
    assert (told(connection, known).sent_stale, waiting(connection, known)) == (False, [])


# ── unknown ──────────────────────────────────────────────────────────────────


def test_after_an_unknown_outcome_it_is_sent_once_more_and_then_fails_as_perhaps_told(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, told="PICKING")
    number = put(connection, known)
    claimed = claim(connection, number)
    delivery_results.mark_unknown(connection, claimed, Text("x"), "time-out", context=decision_context(LATER))
    assert (told(connection, known).notified_status, waiting(connection, known)) == (None, [(Kind.STATE, "PACKING")])
    claimed = claim(connection, number)
    delivery_results.mark_unknown(connection, claimed, Text("x"), "time-out", context=decision_context(LATER))
    assert (row(connection, number)["state"], row(connection, number)["reason"]) == ("aside", "perhaps told: time-out")
    assert (told(connection, known).maybe_notified_status, waiting(connection, known)) == ("PACKING", [])


def test_a_notice_of_unknown_outcome_keeps_its_place_before_later_ones(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("ON_ROUTE", shipment("INCIDENT")))
    following(connection, known, told="ON_ROUTE")
    incident = put(connection, known, Kind.INCIDENT, shipment="s1")
    claimed = claim(connection, incident)
    move(connection, known, shipments=(shipment("ON_ROUTE"),))
    delivery_results.mark_unknown(connection, claimed, Text("x"), "time-out", context=decision_context(LATER))
    assert [kind for kind, _ in waiting(connection, known)] == [Kind.INCIDENT, Kind.SOLVED]
    due = outbox.due(connection, NOW + 60, priority=Priority.NOTICE, without=(), limit=8)
    assert due == [(incident, CHAT)]


@pytest.mark.parametrize("level", list(Level))
def test_whoever_may_have_seen_what_no_longer_holds_is_told_what_does(
    connection: sqlite3.Connection, level: Level
) -> None:
    known = stored(connection, order("DELIVERED"))
    following(connection, known, told="PICKING", level=level)
    claimed = claim(connection, put(connection, known))
    move(connection, known, status="PACKING")
    delivery_results.mark_unknown(connection, claimed, Text("x"), "time-out", context=decision_context(LATER))
    assert waiting(connection, known) == [(Kind.STATE, "PACKING")]


@pytest.mark.parametrize("ending", ["unknown", "killed"])
def test_a_correction_of_unknown_outcome_is_still_one_when_the_order_has_gone_on(
    connection: sqlite3.Connection, ending: str
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, told="DELIVERED")
    reconcile_chat(connection, CHAT, row_of(known), decision_context(NOW))
    [correction] = outbox.open_notices(connection, CHAT, row_of(known))
    assert correction.id is not None
    claimed = claim(connection, correction.id)
    move(connection, known, status="INVOICED")
    if ending == "unknown":
        delivery_results.mark_unknown(connection, claimed, Text("x"), "time-out", context=decision_context(LATER))
    else:
        delivery_results.release_at_start(connection, context=decision_context(LATER))
    [told_on] = outbox.open_notices(connection, CHAT, row_of(known))
    assert (told_on.status, told_on.reverted_from, told_on.audible) == ("INVOICED", "DELIVERED", True)


# ── not sent, held up, gone, moved, aside ────────────────────────────────────


def test_what_was_not_sent_waits_again_and_counts_as_an_attempt(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, told="PICKING")
    number = put(connection, known)
    delivery_results.mark_not_sent(connection, claim(connection, number), context=decision_context(NOW))
    assert (row(connection, number)["state"], row(connection, number)["attempts"]) == ("open", 1)
    assert told(connection, known).notified_status == "PICKING"


def test_the_waits_after_failed_calls_grow_to_a_minute() -> None:
    assert [resend_wait(attempts) for attempts in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_only_the_newest_state_is_told_after_a_message_that_was_not_sent(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, told="PICKING")
    claimed = claim(connection, put(connection, known))
    move(connection, known, status="DELIVERED")
    delivery_results.mark_not_sent(connection, claimed, context=decision_context(NOW))
    assert waiting(connection, known) == [(Kind.STATE, "DELIVERED")]


def test_an_answer_that_was_asked_for_meanwhile_stands_for_the_notice_that_was_not_sent(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, told="PICKING")
    claimed = claim(connection, put(connection, known))
    answer = put(connection, known, is_reply=True, priority=Priority.ANSWER)
    delivery_results.mark_not_sent(connection, claimed, context=decision_context(NOW))
    assert [one.id for one in outbox.open_notices(connection, CHAT, row_of(known))] == [answer]


@pytest.mark.parametrize("ending", ["not sent", "held up", "unknown", "killed"])
def test_a_message_that_was_being_sent_when_its_follower_stopped_waits_no_more(
    connection: sqlite3.Connection, ending: str
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, told="PICKING")
    number = put(connection, known)
    claimed = claim(connection, number)
    chats.stop(connection, told(connection, known).id)
    match ending:
        case "not sent":
            delivery_results.mark_not_sent(connection, claimed, context=decision_context(NOW))
        case "held up":
            delivery_results.mark_rate_limited(connection, claimed, until=None, context=decision_context(NOW))
        case "unknown":
            delivery_results.mark_unknown(connection, claimed, Text("x"), "time-out", context=decision_context(NOW))
        case "killed":
            delivery_results.release_at_start(connection, context=decision_context(NOW))
    assert (row(connection, number)["state"], row(connection, number)["reason"]) == ("closed", "stopped")


def test_a_429_is_no_attempt_and_a_long_one_is_kept_for_a_restart(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known)
    number = put(connection, known)
    claimed = claim(connection, number)
    delivery_results.mark_rate_limited(connection, claimed, until=NOW + 3600, context=decision_context(NOW))
    assert (row(connection, number)["state"], row(connection, number)["attempts"]) == ("open", 0)
    assert chats.rate_limits(connection, NOW) == [(CHAT, NOW + 3600)]


def test_a_chat_that_is_gone_is_paused_and_all_that_waits_for_it_closed_others_untouched(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known)
    following(connection, known, 502)
    orders.schedule(connection, row_of(known), NOW + 1, urgent=False)
    claimed = claim(connection, put(connection, known))
    put(connection, known, Kind.INCIDENT, shipment="s1")
    put(connection, known, chat_id=502)
    delivery_results.mark_gone(connection, claimed, "blocked", context=decision_context(LATER))
    chat = chats.load(connection, CHAT)
    assert chat is not None
    assert (chat.paused, waiting(connection, known)) == ("blocked", [])
    assert waiting(connection, known, 502) == [(Kind.STATE, "PACKING")]
    assert next_poll(connection) == NOW + 1


def test_an_order_that_only_gone_chats_follow_is_not_asked_for(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known)
    orders.schedule(connection, row_of(known), NOW + 1, urgent=False)
    delivery_results.mark_gone(
        connection, claim(connection, put(connection, known)), "blocked", decision_context(LATER)
    )
    assert next_poll(connection) is None


def test_the_message_of_a_group_that_moved_goes_to_the_new_chat(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, GROUP)
    number = put(connection, known, chat_id=GROUP)
    delivery_results.mark_moved(connection, claim(connection, number), SUPERGROUP, context=decision_context(LATER))
    assert outbox.due(connection, LATER, priority=Priority.NOTICE, without=(), limit=8) == [(number, SUPERGROUP)]
    assert told(connection, known, SUPERGROUP).chat_id == SUPERGROUP


def test_a_state_that_telegram_refuses_fails_with_its_reason_and_not_tried_again(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, told="PICKING")
    number = put(connection, known)
    claimed = claim(connection, number)
    context = replace(decision_context(LATER), staff=(STAFF,))
    delivery_results.mark_failed(connection, claimed, Text("x"), "can't parse entities", context)
    alerts = connection.execute("SELECT chat_id, payload FROM outbox WHERE kind = 'alert'").fetchall()
    args = {"number": known.order_id, "reason": "can't parse entities"}
    assert [(one["chat_id"], json.loads(one["payload"])) for one in alerts] == [
        (STAFF, {"alert": "aside", "args": args})
    ]
    assert (row(connection, number)["state"], row(connection, number)["reason"]) == ("aside", "can't parse entities")
    assert (told(connection, known).notified_status, waiting(connection, known)) == ("PICKING", [])


@pytest.mark.parametrize("kind", [Kind.EDIT, Kind.LINK])
@pytest.mark.parametrize("text", [Text("x"), None], ids=["refused by Telegram", "could not be worded"])
def test_details_that_failed_are_not_tried_for_ever(
    connection: sqlite3.Connection, kind: Kind, text: Text | None
) -> None:
    known = stored(connection, order("ON_ROUTE", shipment("ON_ROUTE", link=LINK)))
    following(connection, known, told="ON_ROUTE")
    claimed = claim(connection, put(connection, known, kind, shipment="s1", payload={"message_id": 77}))
    delivery_results.mark_failed(connection, claimed, text, "no", context=decision_context(LATER))
    assert waiting(connection, known) == []


def test_a_first_link_whose_message_to_edit_is_gone_comes_as_a_message_of_its_own(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("ON_ROUTE", shipment("ON_ROUTE", link=LINK)))
    following(connection, known, told="ON_ROUTE")
    claimed = claim(connection, put(connection, known, Kind.EDIT, payload={"message_id": 77}))
    delivery_results.mark_edit_gone(connection, claimed, context=decision_context(LATER))
    assert waiting(connection, known) == [(Kind.LINK, "ON_ROUTE")]


# ── at start ─────────────────────────────────────────────────────────────────


def test_what_was_under_way_at_the_end_of_the_last_process_is_sent_again_and_is_no_attempt(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, told="PICKING")
    number = put(connection, known)
    claim(connection, number)
    assert delivery_results.release_at_start(connection, context=decision_context(LATER)) == 1
    assert (row(connection, number)["state"], row(connection, number)["attempts"]) == ("open", 0)
    assert told(connection, known).notified_status is None


def test_news_that_came_while_it_was_being_sent_takes_its_place_at_start(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING"))
    following(connection, known)
    claim(connection, put(connection, known))
    move(connection, known, status="PACKING")
    delivery_results.release_at_start(connection, context=decision_context(LATER))
    assert waiting(connection, known) == [(Kind.STATE, "PACKING")]


def test_after_a_crash_even_what_was_perhaps_told_before_is_told_again(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    subscription = following(connection, known)
    chats.save_notified(connection, replace(subscription, maybe_notified_status="PICKING"))
    claim(connection, put(connection, known))
    move(connection, known, status="PICKING")
    delivery_results.release_at_start(connection, context=decision_context(LATER))
    assert waiting(connection, known) == [(Kind.STATE, "PICKING")]


# ── outcomes that are older than what is known ───────────────────────────────


def test_a_403_that_was_held_up_pauses_no_chat_that_is_back(connection: sqlite3.Connection) -> None:
    """Kicked, back, and only then the answer to a call of before arrives."""
    known = stored(connection, order("PACKING"))
    following(connection, known)
    claimed = claim(connection, put(connection, known))
    chat_state.pause(connection, decision_context(NOW), chat_id=CHAT, reason="kicked")
    chat_state.meet(connection, Requester(CHAT, CHAT), decision_context(NOW))
    delivery_results.mark_gone(connection, claimed, "bot was kicked", context=decision_context(LATER))
    assert paused(connection) is None
    assert waiting(connection, known) == [(Kind.STATE, "PACKING")]


def test_a_403_in_flight_while_somebody_writes_is_tried_again_and_then_believed(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known)
    number = put(connection, known)
    claimed = claim(connection, number)
    chat_state.meet(connection, Requester(CHAT, CHAT), decision_context(NOW))
    delivery_results.mark_gone(connection, claimed, "blocked", context=decision_context(LATER))
    assert (paused(connection), row(connection, number)["state"]) == (None, "open")
    delivery_results.mark_gone(connection, claim(connection, number), "blocked", context=decision_context(LATER))
    assert (paused(connection), row(connection, number)["state"]) == ("blocked", "closed")


def test_a_group_that_goes_on_talking_where_nothing_may_be_written_is_not_tried_for_ever(
    connection: sqlite3.Connection,
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, GROUP)
    number = put(connection, known, chat_id=GROUP)
    attempts = 0
    while paused(connection, GROUP) is None:
        claimed = claim(connection, number)
        chat_state.meet(connection, Requester(GROUP, CHAT, "group"), decision_context(NOW))
        delivery_results.mark_gone(connection, claimed, "not enough rights", context=decision_context(LATER))
        attempts += 1
        assert attempts < 10
    assert attempts == 4


def test_a_person_who_was_forgotten_and_met_again_is_not_gone(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known)
    met = chats.load(connection, CHAT)
    assert met is not None
    chat_state.forget(connection, decision_context(NOW), chat_id=CHAT)
    chat_state.meet(connection, Requester(CHAT, CHAT), decision_context(NOW))
    chat_state.pause(connection, decision_context(NOW), chat_id=CHAT, reason="blocked", met=met.met)
    assert paused(connection) is None


@pytest.mark.parametrize("again", ["open", "claimed"])
@pytest.mark.parametrize(
    "ending", ["sent", "gone", "unknown", "not sent", "held up", "failed", "edit gone", "moved", "closed"]
)
def test_no_outcome_changes_a_row_that_has_got_the_number_of_one_that_was_forgotten(
    connection: sqlite3.Connection, ending: str, again: str
) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known)
    number = put(connection, known)
    claimed = claim(connection, number)
    chat_state.forget(connection, decision_context(NOW), chat_id=CHAT)
    following(connection, known)
    assert put(connection, known) == number
    if again == "claimed":
        claim(connection, number)
    mark(connection, claimed, ending)
    assert (row(connection, number)["state"], row(connection, number)["chat_id"]) == (again, CHAT)
    assert (paused(connection), told(connection, known).notified_status) == (None, None)


@pytest.mark.parametrize("ending", ["sent", "gone", "moved", "not sent", "unknown"])
def test_what_was_said_under_a_groups_old_id_counts_for_the_group_that_it_has_become(
    connection: sqlite3.Connection, ending: str
) -> None:
    """The migration is known already when the call of before ends."""
    known = stored(connection, order("PACKING"))
    following(connection, known, GROUP)
    number = put(connection, known, chat_id=GROUP)
    claimed = claim(connection, number)
    chat_state.move(connection, decision_context(NOW), old=GROUP, new=SUPERGROUP)
    mark(connection, claimed, ending)
    told_of = told(connection, known, SUPERGROUP)
    assert paused(connection, SUPERGROUP) is None
    assert (told_of.notified_status, told_of.notified_message_id) == ("PACKING" if ending == "sent" else None, None)
    assert waiting(connection, known, SUPERGROUP) == ([] if ending == "sent" else [(Kind.STATE, "PACKING")])


def test_a_migration_is_newer_than_that_the_old_id_was_gone(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING"))
    following(connection, known, GROUP)
    claimed = claim(connection, put(connection, known, chat_id=GROUP))
    delivery_results.mark_gone(connection, claimed, "group chat was upgraded", context=decision_context(NOW))
    chat_state.move(connection, decision_context(LATER), old=GROUP, new=SUPERGROUP)
    assert paused(connection, SUPERGROUP) is None
    assert waiting(connection, known, SUPERGROUP) == [(Kind.STATE, "PACKING")]


def test_no_message_of_before_is_edited_or_replied_to_where_a_group_has_moved(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PACKING", shipment("ASSIGNED", link=LINK)))
    following(connection, known, GROUP, told="PACKING")
    reply = put(connection, known, Kind.NOTE, chat_id=GROUP, payload={"reply_to": 3, "text": "x"})
    edit = put(connection, known, Kind.EDIT, chat_id=GROUP, payload={"message_id": 7})
    delivery_results.mark_moved(connection, claim(connection, edit), SUPERGROUP, context=decision_context(LATER))
    assert row(connection, edit)["state"] == "closed"
    assert json.loads(row(connection, reply)["payload"]) == {"text": "x"}
    assert told(connection, known, SUPERGROUP).notified_message_id is None


@pytest.mark.parametrize("follows_both", [False, True])
@pytest.mark.parametrize(
    ("ending", "told_now", "still_waiting"),
    [
        ("sent", "PACKING", []),
        ("not sent", "PICKING", [(Kind.STATE, "PACKING")]),
        ("held up", "PICKING", [(Kind.STATE, "PACKING")]),
        ("unknown", None, [(Kind.STATE, "PACKING")]),
        ("failed", "PICKING", []),
    ],
)
def test_what_is_being_sent_of_an_order_counts_for_the_one_that_it_turns_out_to_be(
    connection: sqlite3.Connection,
    ending: str,
    told_now: str | None,
    still_waiting: list[tuple[Kind, str | None]],
    follows_both: bool,
) -> None:
    """Two rows are merged while a message of the one that goes is being sent."""
    kept = stored(connection, order("PICKING"))
    other = stored(connection, replace(order("PACKING", webhook_at=NOW), hostname="another"))
    following(connection, other, told="PICKING")
    if follows_both:
        following(connection, kept, told="PICKING")
    claimed = claim(connection, put(connection, other))
    merged = orders.absorb(connection, kept, other)
    mark(connection, claimed, ending)
    assert told(connection, merged).notified_status == told_now
    assert waiting(connection, merged) == still_waiting


def paused(connection: sqlite3.Connection, chat_id: int = CHAT) -> str | None:
    chat = chats.load(connection, chat_id)
    return chat.paused if chat is not None else None


def mark(connection: sqlite3.Connection, claimed: ClaimedNotice, ending: str) -> None:
    """Let a call end in this way."""
    context = decision_context(LATER)
    match ending:
        case "sent":
            delivery_results.mark_sent(connection, claimed, Text("x"), 31, context=context)
        case "gone":
            delivery_results.mark_gone(connection, claimed, "bot was kicked", context=context)
        case "unknown":
            delivery_results.mark_unknown(connection, claimed, Text("x"), "time-out", context=context)
        case "not sent":
            delivery_results.mark_not_sent(connection, claimed, context=context)
        case "held up":
            delivery_results.mark_rate_limited(connection, claimed, until=LATER + 3600, context=context)
        case "failed":
            delivery_results.mark_failed(connection, claimed, Text("x"), "bad entity", context)
        case "edit gone":
            delivery_results.mark_edit_gone(connection, claimed, context=context)
        case "moved":
            delivery_results.mark_moved(connection, claimed, SUPERGROUP, context=context)
        case "closed":
            delivery_results.mark_closed(connection, claimed, "x", context=context)
