"""The sender: what each outcome of a call does to the outbox, to the chat, and to what the chat was told."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.sending.outcome import Gone, Malformed, Moved, NotSent, Outcome, RetryAfter, Sent, TargetGone, Unknown
from bot.sending.pacing import Pacer
from bot.sending.sender import Sender
from bot.store import chats, orders, outbox
from bot.store.database import Database
from bot.tracking.card_content import CardContent
from bot.tracking.model import Chat, Keep, Kind, Level, Notice, NoticeId, Order, Priority, Subscription
from bot.tracking.order_facts import order_facts
from bot.transactions import cards, chat_state, delivery_results
from bot.transactions.claiming import claim
from bot.transactions.follow import Requester
from bot.transactions.reconcile import reconcile_chat
from bot.words.texts import Text
from tests.builders import (
    CHAT,
    NOW,
    contexts,
    decision_context,
    following,
    open_database,
    order,
    row_of,
    shipment,
    stored,
    text_for,
)
from tests.fakes import ManualClock, ScriptedDelivery


class Words:
    """Names the state; raises for the one that a test wants to be unsayable."""

    unsayable = "ODD"

    def __init__(self) -> None:
        self.ages: list[object] = []

    def notice(
        self,
        notice: Notice,
        order: Order | None,
        subscription: Subscription | None,
        chat: Chat,
        *,
        now: float,
        content: CardContent,
    ) -> Text:
        if notice.status == self.unsayable:
            raise KeyError(notice.status)
        self.ages.append(content.age if content.is_stale else "none")
        return replace(text_for(order), html=f"{notice.kind.value} {notice.status}")


class SenderHarness:
    """A sender over a real database with a clock that is moved by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = ManualClock(NOW)
        self.delivery = ScriptedDelivery()
        self.pacer = Pacer(0)
        self.words = Words()
        self.sender = Sender(
            database,
            self.clock,
            contexts(self.clock),
            self.pacer,
            renderer=self.words,
            transport=self.delivery,
            due=asyncio.Event(),
        )

    async def owe(
        self, status: str = "PICKING", chat_id: int = CHAT, number: str = "1001-01", **fields: object
    ) -> NoticeId:
        """Let the chat follow an order, make a notice of its status due, and return the notice's row."""

        def work(connection: sqlite3.Connection) -> NoticeId:
            known = stored(connection, order(status, order_id=number))
            following(connection, known, chat_id)
            notice = Notice(chat_id, Kind.CARD, NOW, order=known.id, **fields)  # type: ignore[arg-type]
            outbox.put(connection, [notice])
            found = outbox.open_notices(connection, chat_id, row_of(known))[0].id
            assert found is not None
            return found

        return await self.database.write(work)

    async def drain(self, *outcomes: Outcome, seconds: float = 0.0) -> None:
        """Let time pass, then send all that may be sent."""
        self.delivery.outcomes += outcomes
        self.clock.advance(seconds)
        for _ in range(50):
            self.sender.start_due()
            if not self.sender.busy:
                return
            while self.sender.busy:  # noqa: ASYNC110 - the sender has no reason to tell anybody
                await asyncio.sleep(0.001)

    def row(self, number: int) -> sqlite3.Row:
        found: sqlite3.Row = self.database.reader.execute("SELECT * FROM outbox WHERE id = ?", (number,)).fetchone()
        return found

    def is_done_with(self, edit: int) -> bool:
        """Whether an edit was made, of which nothing is kept."""
        return self.database.reader.execute("SELECT 1 FROM outbox WHERE id = ?", (edit,)).fetchone() is None

    def told(self, chat_id: int = CHAT) -> Subscription:
        return chats.subscriptions(self.database.reader, chat_id)[0]


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[SenderHarness]:
    database = open_database(tmp_path)
    yield SenderHarness(database)
    database.close()


async def test_what_was_sent_is_marked_and_is_what_the_chat_was_told(harness: SenderHarness) -> None:
    number = await harness.owe()
    await harness.drain(Sent(31))
    assert (harness.row(number)["state"], harness.row(number)["message_id"]) == ("sent", 31)
    assert (harness.told().notified_status, harness.told().notified_message_id) == ("PICKING", 31)


async def test_a_429_is_no_attempt_and_nothing_goes_before_its_time_is_over(harness: SenderHarness) -> None:
    number = await harness.owe()
    await harness.drain(RetryAfter(30))
    assert (harness.row(number)["state"], harness.row(number)["attempts"]) == ("open", 0)
    await harness.drain(seconds=29.9)
    assert len(harness.delivery.calls) == 1
    await harness.drain(seconds=0.3)
    assert harness.row(number)["state"] == "sent"


async def test_a_long_429_outlives_a_restart(harness: SenderHarness) -> None:
    await harness.owe()
    await harness.drain(RetryAfter(3600))
    assert chats.rate_limits(harness.database.reader, harness.clock.now())[0][0] == CHAT


async def test_a_429_of_one_chat_lets_another_go(harness: SenderHarness) -> None:
    first, second = await harness.owe(), await harness.owe(chat_id=502, number="2002-01")
    await harness.drain(RetryAfter(30))
    assert [harness.row(one)["state"] for one in (first, second)] == ["open", "sent"]


async def test_what_certainly_failed_is_tried_again_later(harness: SenderHarness) -> None:
    number = await harness.owe()
    await harness.drain(NotSent("502"))
    assert (harness.row(number)["state"], harness.row(number)["attempts"]) == ("open", 1)
    await harness.drain(seconds=10)
    assert harness.row(number)["state"] == "sent"


async def test_the_order_in_a_chat_is_kept_over_a_failure(harness: SenderHarness) -> None:
    await harness.owe("PICKING")
    await harness.owe("PACKING", number="2002-01")
    await harness.drain(NotSent("502"))
    await harness.drain(seconds=10)
    assert [call[2]["text"] for call in harness.delivery.calls] == ["card PICKING", "card PICKING", "card PACKING"]


async def test_an_unknown_outcome_is_sent_once_more_and_then_set_aside_as_perhaps_told(harness: SenderHarness) -> None:
    number = await harness.owe()
    await harness.drain(Unknown("time-out"))
    assert (harness.row(number)["state"], harness.told().notified_status) == ("open", None)
    await harness.drain(Unknown("time-out"), seconds=5)
    assert harness.row(number)["state"] == "aside"
    assert harness.row(number)["reason"].startswith("perhaps told")
    await harness.drain(seconds=3600)
    assert len(harness.delivery.calls) == 2


async def test_a_chat_that_is_gone_is_paused_and_its_other_notices_are_closed(harness: SenderHarness) -> None:
    await harness.owe()
    other = await harness.owe("PACKING", number="2002-01")
    await harness.drain(Gone("blocked"))
    chat = chats.load(harness.database.reader, CHAT)
    assert chat is not None
    assert (chat.paused, harness.row(other)["state"], len(harness.delivery.calls)) == ("blocked", "closed", 1)


async def test_a_chat_that_was_kicked_and_is_back_before_the_403_arrives_is_told(harness: SenderHarness) -> None:
    number = await harness.owe()
    harness.delivery.open.clear()
    harness.delivery.outcomes.append(Gone("bot was kicked"))
    harness.sender.start_due()
    try:
        while not harness.delivery.under_way:  # noqa: ASYNC110 - the call says nothing when it leaves
            await asyncio.sleep(0.001)
        pause = partial(chat_state.pause, context=decision_context(NOW), chat_id=CHAT, reason="kicked")
        await harness.database.write(pause)
        await harness.database.write(
            partial(chat_state.meet, requester=Requester(CHAT, CHAT), context=decision_context(harness.clock.now()))
        )
    finally:
        harness.delivery.open.set()
    await harness.drain()
    await harness.drain(seconds=10)
    chat = chats.load(harness.database.reader, CHAT)
    assert chat is not None
    assert chat.paused is None
    assert harness.row(number)["state"] == "closed"
    assert harness.told().notified_status == "PICKING"
    assert len(harness.delivery.calls) == 2


async def test_a_group_that_moved_gets_the_message_under_its_new_id(harness: SenderHarness) -> None:
    await harness.owe(chat_id=-5)
    await harness.drain(Moved(-1005))
    assert [call[0] for call in harness.delivery.calls] == [-5, -1005]


async def test_what_was_found_due_before_its_group_moved_takes_its_turn_in_the_new_one(harness: SenderHarness) -> None:
    await harness.owe(chat_id=-5)
    await harness.owe(chat_id=-1005, number="2002-01")
    harness.delivery.open.clear()
    move = partial(chat_state.move, context=decision_context(harness.clock.now()), old=-5, new=-1005)
    moving = asyncio.create_task(harness.database.write(move))
    harness.sender.start_due()
    await moving
    await harness.database.write(lambda _connection: None)  # what was claimed behind it is on the wire by now
    await asyncio.sleep(0)
    assert [call[0] for call in harness.delivery.calls] == [-1005]
    harness.delivery.open.set()
    await harness.drain()
    await harness.drain(seconds=10)
    assert [call[0] for call in harness.delivery.calls] == [-1005, -1005]


async def test_without_a_target_that_is_gone_the_message_goes_all_the_same(harness: SenderHarness) -> None:
    number = await harness.owe(thread_id=8, payload={"reply_to": 3})
    await harness.drain(TargetGone("reply"), TargetGone("thread"))
    assert [(call[2]["thread_id"], call[2]["reply_to"]) for call in harness.delivery.calls] == [
        (8, 3),
        (8, None),
        (None, None),
    ]
    assert harness.row(number)["state"] == "sent"


async def test_a_topic_that_was_deleted_is_forgotten_and_one_that_is_closed_is_not(harness: SenderHarness) -> None:
    for number, gone in (("1001-01", TargetGone("thread", for_good=False)), ("2002-01", TargetGone("thread"))):
        await harness.owe(number=number, thread_id=8)
        await harness.database.write(_in_topic)
        await harness.drain(gone, seconds=10)
        assert harness.told().thread_id == (None if gone.for_good else 8)
    await harness.owe("PACKING", number="3003-01", thread_id=harness.told().thread_id)
    await harness.drain(seconds=10)
    assert [call[2]["thread_id"] for call in harness.delivery.calls] == [8, None, 8, None, None]


async def test_what_waits_for_a_topic_that_was_deleted_does_not_try_it(harness: SenderHarness) -> None:
    await harness.owe(thread_id=8)
    await harness.owe("PACKING", number="2002-01", thread_id=8)
    await harness.owe("PACKING", number="3003-01", thread_id=9)
    await harness.drain(TargetGone("thread"))
    assert [call[2]["thread_id"] for call in harness.delivery.calls] == [8, None, None, 9]


def _in_topic(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE subscriptions SET thread_id = 8")


async def test_a_refused_message_is_sent_plain_and_then_set_aside_with_its_reason(harness: SenderHarness) -> None:
    number = await harness.owe()
    after = await harness.owe("PACKING", number="2002-01")
    await harness.drain(Malformed("bad entity"), Malformed("still bad"))
    assert [call[2]["plain"] for call in harness.delivery.calls[:2]] == [False, True]
    assert (harness.row(number)["state"], harness.row(number)["reason"]) == ("aside", "still bad")
    assert harness.row(after)["state"] == "sent"


async def test_what_cannot_be_worded_is_set_aside_and_blocks_nothing(harness: SenderHarness) -> None:
    number = await harness.owe("ODD")
    after = await harness.owe("PACKING", number="2002-01")
    await harness.drain()
    assert (harness.row(number)["state"], harness.row(after)["state"]) == ("aside", "sent")


async def show(harness: SenderHarness, status: str = "PICKING") -> NoticeId:
    """Let a card of the order be sent, then the order come to a status; return the edit that waits."""
    await harness.owe("READY_FOR_HANDLING")
    await harness.drain(Sent(31))

    def work(connection: sqlite3.Connection) -> NoticeId:
        known = orders.find(connection, ["1001-01"])[0]
        moved = orders.save(connection, replace(known, status=status), before=known, now=NOW)
        chats.set_level(connection, CHAT, Level.KEY)
        reconcile_chat(connection, CHAT, row_of(moved), decision_context(harness.clock.now(), debounce=0.0))
        (edit,) = outbox.open_notices(connection, CHAT, row_of(moved))
        assert edit.kind is Kind.EDIT
        assert edit.id is not None
        return edit.id

    return await harness.database.write(work)


async def test_a_link_whose_card_is_gone_comes_with_a_card_of_its_own(harness: SenderHarness) -> None:
    def work(connection: sqlite3.Connection) -> None:
        known = stored(connection, order("ON_ROUTE", shipment("ON_ROUTE", link="https://a.co/1")))
        following(connection, known, told="ON_ROUTE")
        connection.execute("UPDATE subscriptions SET card_facts = 'without the link'")
        reconcile_chat(connection, CHAT, row_of(known), decision_context(NOW, debounce=0.0))

    await harness.database.write(work)
    await harness.drain(TargetGone("edit"))
    assert [call[1] for call in harness.delivery.calls] == ["edit", "send"]
    assert harness.told().notified_links == {"s1": "https://a.co/1"}


async def test_an_edit_shows_the_newest_state_on_the_living_card_after_its_interval(harness: SenderHarness) -> None:
    edit = await show(harness)
    await harness.drain(seconds=19)
    assert len(harness.delivery.calls) == 1
    await harness.drain(seconds=1)
    assert harness.is_done_with(edit)
    assert harness.delivery.calls[-1][1:] == ("edit", {"text": "edit PICKING", "message_id": 31, "plain": False})
    assert (harness.told().card_status, harness.told().notified_status) == ("PICKING", "READY_FOR_HANDLING")


async def test_what_the_card_shows_already_makes_no_call(harness: SenderHarness) -> None:
    edit = await show(harness)
    known = orders.find(harness.database.reader, ["1001-01"])[0]
    same = replace(harness.told(), card_hash=text_for(known).fingerprint)
    await harness.database.write(partial(chats.save_notified, subscription=same))
    await harness.drain(seconds=20)
    assert (harness.is_done_with(edit), len(harness.delivery.calls)) == (True, 1)
    assert harness.told().card_facts == order_facts(known)


async def test_an_edit_of_unknown_outcome_is_made_again_as_often_as_needed(harness: SenderHarness) -> None:
    edit = await show(harness)
    await harness.drain(*[Unknown("time-out")] * 4, seconds=20)
    for _ in range(10):
        await harness.drain(seconds=60)
    assert [call[1] for call in harness.delivery.calls] == ["send", *["edit"] * 5]
    assert (harness.is_done_with(edit), harness.told().card_status) == (True, "PICKING")


async def test_an_edit_whose_outcome_stays_unknown_is_made_ever_more_rarely(harness: SenderHarness) -> None:
    await show(harness)
    harness.delivery.outcomes += [Unknown("connection reset")] * 1000
    for _ in range(300):
        await harness.drain(seconds=1)
    assert len(harness.delivery.calls) < 15


async def test_an_edit_that_telegram_refuses_is_not_made_again_before_something_changes(harness: SenderHarness) -> None:
    edit = await show(harness)
    await harness.drain(Malformed("bad entity"), Malformed("still bad"), seconds=20)
    await harness.drain(seconds=3600)
    assert (harness.row(edit)["state"], len(harness.delivery.calls)) == ("aside", 3)


async def test_a_fold_that_telegram_refuses_takes_the_buttons_all_the_same(harness: SenderHarness) -> None:
    await harness.owe("PICKING")
    await harness.drain(Sent(31))
    put_card = partial(put_answer, number="1001-01")
    await harness.database.write(put_card)
    await harness.drain(Sent(32), Malformed("bad"), Malformed("still bad"), seconds=5)
    assert [call[1] for call in harness.delivery.calls] == ["send", "send", "edit", "edit", "remove-buttons"]
    assert harness.delivery.calls[-1][2] == {"message_id": 31}
    assert outbox.backlog(harness.database.reader, harness.clock.now() + 3600)[0] == 0


async def test_the_card_before_is_folded_once_the_new_one_is_there(harness: SenderHarness) -> None:
    await harness.owe("PICKING")
    await harness.drain(Sent(31))
    await harness.database.write(partial(put_answer, number="1001-01"))
    await harness.drain(NotSent("502"), seconds=5)
    assert [call[1] for call in harness.delivery.calls] == ["send", "send"]
    await harness.drain(Sent(33), seconds=60)
    assert [(call[1], call[2].get("message_id")) for call in harness.delivery.calls[2:]] == [
        ("send", None),
        ("edit", 31),
    ]
    assert harness.delivery.calls[-1][2]["text"] == "fold PICKING"


async def test_in_a_chat_answers_go_first_then_cards_then_edits_and_one_call_at_a_time(harness: SenderHarness) -> None:
    await show(harness)
    await harness.owe("PACKING", number="2002-01")
    await harness.owe("INVOICED", number="3003-01", keep=frozenset({Keep.ANSWER}), priority=Priority.ANSWER)
    harness.delivery.open.clear()
    harness.clock.advance(20)
    harness.sender.start_due()
    while not harness.delivery.under_way:  # noqa: ASYNC110 - the call says nothing when it leaves
        await asyncio.sleep(0.001)
    harness.sender.start_due()
    harness.delivery.open.set()
    await harness.drain()
    shown = [call[2]["text"] for call in harness.delivery.calls[1:]]
    assert shown == ["card INVOICED", "card PACKING", "edit PICKING"]
    assert harness.delivery.most_under_way == 1


async def test_an_edit_under_way_at_a_kill_is_made_again_and_the_card_is_edited_where_it_is(
    harness: SenderHarness,
) -> None:
    edit = await show(harness)
    later = decision_context(NOW + 60)
    await harness.database.write(partial(claim, notice_id=edit, chat_id=CHAT, context=later))
    assert harness.told().card_hash is None  # nobody knows what it shows
    await harness.database.write(partial(delivery_results.release_at_start, context=later))
    await harness.drain(seconds=60)
    assert [(call[1], call[2].get("message_id")) for call in harness.delivery.calls] == [("send", None), ("edit", 31)]
    assert (harness.is_done_with(edit), harness.told().card_status) == (True, "PICKING")


async def test_a_card_that_the_person_removed_is_not_edited_again_and_the_next_one_is_sent_as_ever(
    harness: SenderHarness,
) -> None:
    edit = await show(harness)
    await harness.drain(TargetGone("message to edit not found"), seconds=20)
    assert (harness.row(edit)["state"], harness.told().notified_message_id) == ("closed", None)
    await harness.drain(seconds=3600)
    assert [call[1] for call in harness.delivery.calls] == ["send", "edit"]
    await harness.database.write(partial(put_answer, number="1001-01"))
    await harness.drain(seconds=1)
    assert [call[1] for call in harness.delivery.calls] == ["send", "edit", "send"]


async def test_a_fold_of_unknown_outcome_is_made_again_and_one_whose_message_is_gone_is_done(
    harness: SenderHarness,
) -> None:
    await harness.owe("PICKING")
    await harness.drain(Sent(31))
    await harness.database.write(partial(put_answer, number="1001-01"))
    await harness.drain(Sent(32), Unknown("time-out"), seconds=5)
    await harness.drain(Unknown("time-out"), seconds=60)
    await harness.drain(TargetGone("message to edit not found"), seconds=60)
    await harness.drain(seconds=3600)
    calls = [(call[1], call[2].get("message_id")) for call in harness.delivery.calls]
    assert calls == [("send", None), ("send", None), *[("edit", 31)] * 3]
    assert harness.told().notified_message_id == 32


async def test_a_card_whose_outcome_nobody_learnt_leaves_the_one_before_as_the_living_card(
    harness: SenderHarness,
) -> None:
    await harness.owe("PICKING")
    await harness.drain(Sent(31))
    await harness.database.write(partial(put_answer, number="1001-01"))
    await harness.drain(Unknown("time-out"), seconds=5)
    await harness.drain(Unknown("time-out"), seconds=5)
    await harness.drain(seconds=3600)
    calls = [(call[1], call[2].get("message_id")) for call in harness.delivery.calls]
    assert calls[:3] == [("send", None)] * 3
    assert set(calls[3:]) <= {("edit", 31)}
    assert harness.told().notified_message_id == 31


def put_answer(connection: sqlite3.Connection, number: str) -> None:
    """Put the card that answers somebody who has sent the number again."""
    known = orders.find(connection, [number])[0]
    mine = chats.subscription_of(connection, CHAT, row_of(known))
    assert mine is not None
    cards.put_card(connection, mine, known, decision_context(NOW), fresh=True)


async def test_no_more_than_eight_calls_are_under_way(harness: SenderHarness) -> None:
    for chat_id in range(600, 620):
        await harness.owe(chat_id=chat_id, number=f"{chat_id}-01")
    harness.delivery.open.clear()
    harness.sender.start_due()
    await asyncio.sleep(0.05)
    assert harness.delivery.under_way == 8
    harness.delivery.open.set()
    await harness.drain()
    assert (harness.delivery.most_under_way, len(harness.delivery.calls)) == (8, 20)


async def test_stopping_begins_no_call_that_waits_for_another(harness: SenderHarness) -> None:
    for chat_id in range(600, 612):
        await harness.owe(chat_id=chat_id, number=f"{chat_id}-01")
    harness.delivery.open.clear()
    harness.sender.start_due()
    await asyncio.sleep(0.05)
    stopping = asyncio.create_task(harness.sender.stop())
    await asyncio.sleep(0)
    harness.delivery.open.set()
    await stopping
    assert len(harness.delivery.calls) == 8
    states = Counter(state for (state,) in harness.database.reader.execute("SELECT state FROM outbox"))
    assert states == {"sent": 8, "open": 4}


async def test_what_was_under_way_at_a_kill_is_sent_again_and_newer_news_with_it(harness: SenderHarness) -> None:
    number = await harness.owe()
    await harness.database.write(partial(claim, notice_id=number, chat_id=CHAT, context=decision_context(NOW)))
    await harness.database.write(partial(delivery_results.release_at_start, context=decision_context(NOW)))
    await harness.drain()
    assert (harness.row(number)["state"], len(harness.delivery.calls)) == ("sent", 1)


async def test_a_stopped_chat_is_not_told_what_was_due(harness: SenderHarness) -> None:
    await harness.owe()
    await harness.database.write(lambda connection: chats.stop(connection, harness.told().id))
    await harness.drain()
    assert harness.delivery.calls == []


async def test_stopping_finishes_what_is_under_way(harness: SenderHarness) -> None:
    number = await harness.owe()
    harness.delivery.open.clear()
    harness.sender.start_due()
    stopping = asyncio.create_task(harness.sender.stop())
    await asyncio.sleep(0.02)
    assert not stopping.done()
    harness.delivery.open.set()
    await stopping
    assert harness.row(number)["state"] == "sent"


async def test_a_call_that_ends_in_a_way_nobody_thought_of_is_like_one_without_an_answer(
    harness: SenderHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left claimed, the chat would hear nothing more of the order until the next start."""

    async def broken(*_: object, **__: object) -> Outcome:
        raise LookupError("a case nobody thought of")

    number = await harness.owe()
    with monkeypatch.context() as patched:
        patched.setattr(harness.delivery, "send", broken)
        await harness.drain()
    assert (harness.row(number)["state"], harness.row(number)["unknowns"]) == ("open", 1)
    await harness.drain(seconds=10)
    assert harness.row(number)["state"] == "sent"


async def test_an_end_that_can_never_be_stored_keeps_no_place_for_ever(harness: SenderHarness) -> None:
    number = await harness.owe()
    async with asyncio.timeout(1):
        await harness.drain(Moved(2**70))
    assert harness.row(number)["state"] == "closed"
    after = await harness.owe("PACKING", number="2002-01")
    await harness.drain(seconds=10)
    assert harness.row(after)["state"] == "sent"


@pytest.mark.parametrize(
    ("known", "age"),
    [
        pytest.param({"confirmed_at": NOW - 900}, 900.0, id="by the last answer that was taken"),
        pytest.param(
            {"confirmed_at": NOW - 900, "webhook_at": NOW - 5, "polled_at": NOW - 60},
            900.0,
            id="neither by a webhook nor by an answer that was not taken",
        ),
        pytest.param({"webhook_at": NOW - 5}, None, id="no answer was ever taken: no time"),
        pytest.param({"confirmed_at": NOW}, "none", id="just answered"),
    ],
)
async def test_last_checked_counts_the_answers_that_were_taken(
    harness: SenderHarness, known: dict[str, float], age: object
) -> None:
    number = await harness.owe(keep=frozenset({Keep.ANSWER}), payload={"asked_at": NOW})

    def save(connection: sqlite3.Connection) -> None:
        found = orders.find(connection, ["1001-01"])[0]
        orders.save(connection, replace(found, **known), before=found, now=NOW)  # type: ignore[arg-type]

    await harness.database.write(save)
    await harness.drain(Sent(31))
    assert harness.words.ages == [age]
    assert harness.row(number)["state"] == "sent"
    assert harness.told().sent_stale is (age != "none")
