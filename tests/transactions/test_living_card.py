"""Whatever happens in whatever order: at rest a chat has one card with buttons, and it shows and has told the truth.

Excepted are messages of whose arrival nobody has learnt: they keep their buttons until somebody presses one.
"""

import os
import random
import sqlite3
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import chats, orders, outbox
from bot.tracking.card_content import Page
from bot.tracking.model import Keep, Kind, Level, Priority, Subscription
from bot.tracking.order_facts import order_facts
from bot.tracking.statuses import Stage, look_up
from bot.transactions import chat_state, delivery_results, follow
from bot.transactions.cards import put_edit, put_kept
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.claiming import claim
from bot.transactions.follow import FollowRequest, Requester
from bot.transactions.presses import answer_old_keyboard
from bot.transactions.reconcile import reconcile_chat
from tests.builders import (
    CHAT,
    NOW,
    decision_context,
    following,
    memory_store,
    order,
    row_of,
    shipment,
    stored,
    text_for,
)
from tests.transactions.one_chat import SUPERGROUP

ANA = Requester(CHAT, CHAT)
GROUP = -7
STATES = ("PENDING", "PICKING", "PACKING", "INVOICED", "ON_ROUTE", "WAITING_FOR_PICKUP", "DELIVERED", "RETURNED", "ODD")
PACKAGES = ("ASSIGNED", "ON_ROUTE", "INCIDENT", "ON_HOLD", "DELIVERED", "CANCELED")
LONG = "ONROUTE_LONG_TESTS" in os.environ
OUTCOMES = ("sent", "sent", "sent", "unknown", "not sent", "held up", "gone", "failed", "killed")


class World:
    """One chat, what stands in it, and what is on the wire to it."""

    def __init__(self, connection: sqlite3.Connection, chance: random.Random, chat_id: int) -> None:
        self.connection, self.chance, self.now = connection, chance, float(NOW)
        self.chat_id = chat_id
        self.row = row_of(stored(connection, order("PENDING", confirmed_at=NOW)))
        following(connection, self.order, chat_id, level=Level.MAIN)
        self.buttons: dict[int, str] = {}  # by message that has buttons: what it shows of the order
        self.unlearnt: set[int] = set()  # messages that arrived, and nobody knows
        self.removed: set[int] = set()
        self.flying: ClaimedNotice | None = None
        self.next_message = 100
        self.compare()

    @property
    def context(self) -> Any:
        return decision_context(self.now)

    @property
    def order(self) -> Any:
        return orders.load_by_id(self.connection, self.row)

    @property
    def subscription(self) -> Subscription | None:
        return chats.subscription_of(self.connection, self.chat_id, self.row)

    def compare(self) -> None:
        reconcile_chat(self.connection, self.chat_id, self.row, self.context)

    # ── what happens ──

    def moves(self) -> None:
        status, packages = self.chance.choice(STATES), self.chance.choices(PACKAGES, k=self.chance.randrange(3))
        seen = [shipment(one, f"s{place}", place, status_at=self.now - 9000) for place, one in enumerate(packages, 1)]
        for one in range(len(seen)):
            if self.chance.random() < 0.3:
                seen[one] = replace(seen[one], link=f"https://track.courier.com/{self.chance.randrange(3)}")
        known = self.order
        changed = replace(known, status=status, shipments=tuple(seen), confirmed_at=self.now)
        orders.save(self.connection, changed, before=known, now=self.now)
        self.compare()

    def claims(self) -> None:
        if self.flying is None:
            self.flying = next(filter(None, map(self._claim, self._due())), None)

    def ends(self, ending: str | None = None) -> None:
        if self.flying is None:
            return
        claimed, self.flying = self.flying, None
        ending = ending or self.chance.choice(OUTCOMES)
        if claimed.target in self.removed and ending in {"sent", "failed"}:
            ending = "target gone"
        if ending == "sent" or (ending in {"unknown", "killed"} and self.chance.random() < 0.5):
            self._arrives(claimed, is_learnt=ending == "sent")
        self._marks(claimed, ending)

    def presses(self) -> None:
        one = self.subscription
        if one is not None and one.notified_message_id is not None:
            put_edit(self.connection, one, self.context, page=Page.MORE, pressed=one.notified_message_id)

    def presses_an_old_one(self) -> None:
        one = self.subscription
        old = sorted(self.buttons.keys() - {one.notified_message_id if one is not None else None})
        if one is not None and old:
            pressed = self.chance.choice(old)
            if answer_old_keyboard(self.connection, one, self.context, pressed=pressed):
                del self.buttons[pressed]

    def asks(self) -> None:
        request = FollowRequest(replace(ANA, chat_id=self.chat_id), self.order.order_id, (self.order.order_id,))
        waits = self.chance.random() < 0.5
        follow.follow(self.connection, request, self.order, self.context, waits_for_api=waits, fresh=not waits)
        chat_state.meet(self.connection, request.requester, self.context)

    def is_reminded(self) -> None:
        one = self.subscription
        if one is not None:
            keep = self.chance.choice((Keep.REMINDER, Keep.LATE))
            put_kept(self.connection, one, self.context, keep, status=self.order.status)

    def stops(self) -> None:
        one = self.subscription
        if one is not None:
            follow.stop(self.connection, self.context, chat_id=self.chat_id, subscription_id=one.id)

    def changes_level(self) -> None:
        level = self.chance.choice(list(Level))
        chat_state.set_level(self.connection, self.context, chat_id=self.chat_id, level=level)

    def removes_the_card(self) -> None:
        one = self.subscription
        if one is not None and one.notified_message_id in self.buttons and self.flying is None:
            self.removed.add(one.notified_message_id)
            del self.buttons[one.notified_message_id]

    def group_moves(self) -> None:
        """Its messages of before can't be reached any more: nothing is said of their buttons."""
        if self.chat_id != GROUP:
            return
        chat_state.move(self.connection, self.context, old=GROUP, new=SUPERGROUP)
        self.chat_id = SUPERGROUP
        self.buttons.clear()
        self.removed.clear()
        self.next_message = 100  # the same numbers mean other messages there

    def waits(self) -> None:
        self.now += self.chance.choice((0.1, 1.0, 5.0, 30.0, 400.0))

    # ── what it leads to ──

    def comes_to_rest(self) -> None:
        """The chat can be written to, all calls work, and time goes on until nothing waits."""
        self.ends("sent")
        chat_state.meet(self.connection, replace(ANA, chat_id=self.chat_id), self.context)
        for _ in range(60):
            self.now += 61.0
            self.claims()
            if self.flying is None:
                assert self._due() == []
                return
            self.ends("sent")
        raise AssertionError("it never comes to rest")

    def holds(self) -> None:
        one = self.subscription
        certain = self.buttons.keys() - self.unlearnt
        if one is None:
            assert certain == set()
            return
        living = one.notified_message_id
        assert certain <= {living}
        state = self.order.status
        if living is not None and living not in self.removed:  # that it was removed is learnt by the next edit
            assert living in self.buttons
            assert self.buttons[living] == order_facts(self.order)
            assert one.card_status == state
        told = one.notified_status
        assert told is not None
        if look_up(state).key or (one.level is Level.EVERY and look_up(state).stage is not Stage.UNKNOWN):
            assert told == state or (state == "DELIVERED" and living not in self.buttons)
        assert not (look_up(told).key and look_up(state).stage not in {look_up(told).stage, Stage.UNKNOWN}) or (
            state == "DELIVERED" and living is None
        )

    def _due(self) -> list[Any]:
        found = (outbox.due(self.connection, self.now, priority=one, without=(), limit=9) for one in Priority)
        return [number for rows in found for number, _ in rows]

    def _claim(self, number: Any) -> ClaimedNotice | None:
        return claim(self.connection, number, self.chat_id, self.context)

    def _arrives(self, claimed: ClaimedNotice, *, is_learnt: bool) -> None:
        message = claimed.target
        if claimed.notice.chat_id != self.chat_id:
            return  # in the group of before
        if message is None:
            message, self.next_message = self.next_message, self.next_message + 1
        elif message in self.removed:
            return
        if claimed.notice.kind is Kind.FOLD:
            self.buttons.pop(message, None)
        elif claimed.target is None or message in self.buttons:
            self.buttons[message] = order_facts(claimed.order) if claimed.order is not None else ""
        if not is_learnt and claimed.target is None:
            self.unlearnt.add(message)

    def _marks(self, claimed: ClaimedNotice, ending: str) -> None:
        connection, context = self.connection, self.context
        text = text_for(claimed.order)
        match ending:
            case "sent":
                message = claimed.target or self.next_message - 1
                delivery_results.mark_sent(connection, claimed, text, message, context=context)
            case "unknown":
                delivery_results.mark_unknown(connection, claimed, "time-out", context=context)
            case "not sent":
                delivery_results.mark_not_sent(connection, claimed, context=context)
            case "held up":
                delivery_results.mark_rate_limited(connection, claimed, until=None, context=context)
            case "gone":
                delivery_results.mark_gone(connection, claimed, "blocked", context=context)
            case "failed":
                self._is_refused(claimed)
            case "target gone":
                delivery_results.mark_target_gone(connection, claimed, context=context)
            case _:
                delivery_results.release_at_start(connection, context=context)

    def _is_refused(self, claimed: ClaimedNotice) -> None:
        """A fold that is refused loses its buttons all the same; an edit is never refused here for good."""
        if claimed.notice.kind is Kind.FOLD:
            self._arrives(claimed, is_learnt=True)
            delivery_results.mark_sent(
                self.connection, claimed, text_for(claimed.order), claimed.target, context=self.context
            )
        elif claimed.notice.kind is Kind.EDIT:
            delivery_results.mark_not_sent(self.connection, claimed, context=self.context)
        else:
            delivery_results.mark_failed(self.connection, claimed, "can't parse entities", context=self.context)


@settings(max_examples=2000 if LONG else 100, deadline=None, derandomize=not LONG, database=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.sampled_from(Level), st.integers(0, 10_000))
def test_a_burst_of_three_seconds_makes_at_most_two_cards(waits: list[float], level: Level, seed: int) -> None:
    with memory_store() as connection:
        world = World(connection, random.Random(seed), CHAT)
        chat_state.set_level(connection, world.context, chat_id=CHAT, level=level)
        world.comes_to_rest()
        before, world.now = world.next_message, world.now + 400
        until = world.now + 3
        for wait in waits:
            world.now = min(world.now + wait, until)
            world.claims()
            world.ends("sent")
            world.moves()
        world.comes_to_rest()
        world.holds()
        assert world.next_message - before <= 2


ACTIONS = (
    *[World.moves] * 5, *[World.claims] * 6, *[World.ends] * 6, *[World.waits] * 4, World.presses, World.asks,
    World.is_reminded,
    World.stops, World.changes_level, World.removes_the_card, World.presses_an_old_one, World.group_moves,
)  # fmt: skip


@settings(max_examples=3000 if LONG else 300, deadline=None, derandomize=not LONG, database=None)
@given(st.lists(st.sampled_from(ACTIONS), max_size=30), st.sampled_from([CHAT, GROUP]), st.integers(0, 10_000))
def test_at_rest_there_is_one_card_with_buttons_that_shows_and_has_told_the_truth(
    actions: list[Any], chat_id: int, seed: int
) -> None:
    with memory_store() as connection:
        world = World(connection, random.Random(seed), chat_id)
        for action in actions:
            action(world)
        world.comes_to_rest()
        world.holds()
