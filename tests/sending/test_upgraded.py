"""The first hours of this version over a database of before living cards: nobody hears anything twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.sending.pacing import Pacer
from bot.sending.sender import Sender
from bot.store import chats, orders
from bot.store.database import Database
from bot.tracking.events import ShipmentSnapshot
from bot.tracking.model import Level, Subscription
from bot.transactions import delivery_results, record
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import Text
from tests.builders import (
    CHAT,
    NOW,
    contexts,
    decision_context,
    open_database,
    row_of,
    service,
    snapshot_of,
    status_changed,
)
from tests.fakes import ManualClock, ScriptedDelivery
from tests.key_catalog import key_catalog
from tests.message_keys import says
from tests.store.before_cards import BUBBLE, NEWS, BeforeCards

OTHER_CHAT = 502


class Upgraded:
    """This version's sender over the older version's file, with keys for words and a clock that is moved by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = ManualClock(NOW)
        self.delivery = ScriptedDelivery()
        self.sender = Sender(
            database,
            self.clock,
            contexts(self.clock),
            Pacer(0),
            renderer=Renderer(key_catalog(), StoreInfo()),
            transport=self.delivery,
            due=asyncio.Event(),
        )

    @property
    def calls(self) -> list[tuple[int, str, object]]:
        """Chat, kind and, of an edit, the message that was called for."""
        return [(chat_id, kind, options.get("message_id")) for chat_id, kind, options in self.delivery.calls]

    def text(self, number: int) -> Text:
        return Text(str(self.delivery.calls[number][2]["text"]))

    def told(self, chat_id: int = CHAT) -> Subscription:
        return chats.subscriptions(self.database.reader, chat_id)[0]

    async def starts(self) -> None:
        """Release what was on the wire when the older version was stopped, and send all that is due."""
        moment = decision_context(self.clock.now())
        await self.database.write(partial(delivery_results.release_at_start, context=moment))
        await self.drain()

    async def drain(self, seconds: float = 120.0) -> None:
        """Let time pass, and send all that is due."""
        self.clock.advance(seconds)
        for _ in range(50):
            self.sender.start_due()
            if not self.sender.busy:
                return
            while self.sender.busy:  # noqa: ASYNC110 - the sender has no reason to tell anybody
                await asyncio.sleep(0.001)

    async def hears(self, old: str, new: str) -> None:
        """A webhook comes, and then what it makes due is sent."""
        moment = decision_context(self.clock.now())
        await self.database.write(partial(record.apply_webhook, event=status_changed(old, new), context=moment))
        await self.drain()

    async def asks(self, status: str, *services: ShipmentSnapshot) -> None:
        """The API answers, and then what that makes due is sent."""
        known = orders.find(self.database.reader, ["1001-01"])[0]
        moment = decision_context(self.clock.now())
        answer = snapshot_of(status, *services)
        work = partial(record.apply_snapshot, snapshot=answer, context=moment, sent_at=moment.now, known=row_of(known))
        await self.database.write(work)
        await self.drain()


@pytest.fixture
def before(tmp_path: Path) -> BeforeCards:
    return BeforeCards(tmp_path)


@asynccontextmanager
async def started(before: BeforeCards) -> AsyncIterator[Upgraded]:
    """Start this version over the file."""
    before.close()
    database = open_database(before.folder)
    upgraded = Upgraded(database)
    try:
        await upgraded.starts()
        yield upgraded
    finally:
        await asyncio.to_thread(database.close)


@pytest.mark.parametrize("level", Level)
async def test_what_was_told_is_not_told_again(before: BeforeCards, level: Level) -> None:
    before.chat(level=level)
    for status, parcels in (("PICKING", "CREATED"), ("ON_ROUTE", "ON_ROUTE"), ("DELIVERED", "DELIVERED")):
        number = f"{status}-01"
        before.follows(before.order(status, number, s1=parcels), status, level=level)
    async with started(before) as upgraded:
        await upgraded.drain(3600)
        assert upgraded.calls == []


async def test_the_next_answer_of_the_api_is_edited_into_the_old_bubble_and_no_other(before: BeforeCards) -> None:
    before.chat()
    before.follows(
        before.order("ON_ROUTE", s1="INCIDENT", s2="DELIVERED", s3="ASSIGNED"),
        "ON_ROUTE",
        troubles={"s1": "incident"},
        parcels={"s2": "delivered", "s3": "assigned"},
    )
    services = (service("INCIDENT", "s1"), service("DELIVERED", "s2"), service("ASSIGNED", "s3"))
    async with started(before) as upgraded:
        await upgraded.asks("ON_ROUTE", *services)
        assert upgraded.calls == [(CHAT, "edit", BUBBLE)]
        await upgraded.asks("ON_ROUTE", *services)
        assert upgraded.calls == [(CHAT, "edit", BUBBLE)]
        assert upgraded.told().notified_message_id == BUBBLE


@pytest.mark.parametrize("state", ["open", "claimed"])
async def test_all_that_waited_comes_as_one_card_and_then_the_old_bubble_is_folded(
    before: BeforeCards, state: str
) -> None:
    before.chat()
    before.chat(OTHER_CHAT)
    order = before.order("ON_ROUTE", s1="INCIDENT")
    for chat_id in (CHAT, OTHER_CHAT):
        before.follows(order, "PICKING", chat_id=chat_id)
        for kind in (*NEWS, "assigned", "edit"):
            before.row(kind, order, chat_id=chat_id, state=state, message_id=BUBBLE)
        before.row("state", order, chat_id=chat_id, answer=True)
    async with started(before) as upgraded:
        await upgraded.drain()
        for chat_id in (CHAT, OTHER_CHAT):
            card, fold = (number for number, call in enumerate(upgraded.calls) if call[0] == chat_id)
            assert [upgraded.calls[one][1:] for one in (card, fold)] == [("send", None), ("edit", BUBBLE)]
            assert not says(upgraded.text(card), "fold")
            assert says(upgraded.text(fold), "fold")
            assert upgraded.told(chat_id).notified_status == "ON_ROUTE"
        await upgraded.asks("ON_ROUTE", service("INCIDENT", "s1"))
        assert [kind for _, kind, _ in upgraded.calls].count("send") == 2


async def test_an_edit_that_was_on_the_wire_is_made_again_in_the_old_bubble(before: BeforeCards) -> None:
    before.chat()
    order = before.order("PICKING")
    before.follows(order, "PICKING")
    before.row("edit", order, state="claimed", message_id=BUBBLE)
    async with started(before) as upgraded:
        assert upgraded.calls == [(CHAT, "edit", BUBBLE)]
        assert upgraded.told().card_status == "PICKING"


@pytest.mark.parametrize("kind", ["note", "archived"])
async def test_a_message_of_its_own_that_was_on_the_wire_comes_and_the_bubble_stays_the_card(
    before: BeforeCards, kind: str
) -> None:
    before.chat()
    order = before.order("PICKING")
    before.follows(order, "PICKING")
    before.row(kind, order, state="claimed", text="Hello", number="1001-01", reason="old")
    async with started(before) as upgraded:
        assert upgraded.calls == [(CHAT, "send", None), (CHAT, "edit", BUBBLE)]
        assert says(upgraded.text(1), "step-being-prepared")
        assert upgraded.told().notified_message_id == BUBBLE


async def test_a_step_within_the_stage_is_edited_into_the_bubble_and_the_next_stage_is_a_card(
    before: BeforeCards,
) -> None:
    before.chat()
    before.follows(before.order("PICKING"), "PICKING")
    async with started(before) as upgraded:
        await upgraded.hears("PICKING", "PACKING")
        assert upgraded.calls == [(CHAT, "edit", BUBBLE)]
        await upgraded.hears("PACKING", "INVOICED")
        assert upgraded.calls[1:] == [(CHAT, "send", None), (CHAT, "edit", BUBBLE)]
        assert [says(upgraded.text(number), "fold") for number in range(3)] == [False, False, True]
        await upgraded.hears("INVOICED", "ON_ROUTE")
        assert upgraded.calls[3:] == [(CHAT, "send", None), (CHAT, "edit", 2)]


async def test_that_there_are_fewer_messages_now_is_said_on_the_next_card_alone(before: BeforeCards) -> None:
    before.chat()
    before.follows(before.order("PICKING"), "PICKING")
    async with started(before) as upgraded:
        await upgraded.hears("PICKING", "INVOICED")
        await upgraded.hears("INVOICED", "ON_ROUTE")
        said = [says(upgraded.text(number), "levels-changed") for number in range(len(upgraded.calls))]
        assert [call[1] for call in upgraded.calls] == ["send", "edit", "send", "edit"]
        assert said == [True, False, False, False]


@pytest.mark.parametrize("level", ["main", "key"])
async def test_who_had_chosen_fewer_messages_is_not_told_that_there_are_fewer(before: BeforeCards, level: str) -> None:
    before.chat(level=level)
    before.follows(before.order("PICKING"), "PICKING", level=level)
    async with started(before) as upgraded:
        await upgraded.hears("PICKING", "ON_ROUTE")
        assert not any(says(upgraded.text(number), "levels-changed") for number in range(len(upgraded.calls)))


async def test_what_was_perhaps_seen_is_not_told_as_something_new(before: BeforeCards) -> None:
    before.chat()
    before.follows(before.order("PICKING"), None, perhaps="PICKING")
    async with started(before) as upgraded:
        await upgraded.asks("PICKING")
        assert upgraded.calls == []
        await upgraded.hears("PICKING", "INVOICED")
        assert upgraded.calls == [(CHAT, "send", None)]
