"""The whole bot against a model: thousands of steps of orders, people, neighbours and crashes, in any order.

Not played, because not promised: events of another kind on the webhook's URL, services that lift an order, and services
without ids that go missing: nobody could tell which one is left. Not played either: what is no card, such as notes.
"""

import asyncio
import logging
import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.tracking.card_content import Page
from bot.tracking.model import Receipt
from tests.model.levels import FINAL, RANKS
from tests.model.pickpack import View
from tests.model.process import CHATS, KNOWN, LATER
from tests.model.telegram import OUTCOMES
from tests.model.world import DAY, Button, World
from tests.run_options import IN_MEMORY, LONG

LEAST_STEPS = 7_000
LEAST_OF_EACH = 200
PROFILE = settings(
    max_examples=5_000 if LONG else 130,
    stateful_step_count=100 if LONG else 50,
    derandomize=not LONG,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink] if LONG else [Phase.generate],  # shrinking takes minutes: only on request
    suppress_health_check=list(HealthCheck),
)

GROUP = min(CHATS)

chat = st.sampled_from(sorted(CHATS))
order = st.sampled_from([KNOWN, KNOWN, LATER])
status = st.sampled_from([*RANKS, "REPACKING"])
end = st.sampled_from([*sorted(FINAL), *sorted(FINAL), "ON_ROUTE"])
which = st.integers(0, 5)
outcome = st.sampled_from(sorted(OUTCOMES))
parcel = st.sampled_from(["one", "two"])
parcel_status = st.sampled_from(
    [None, "CREATED", "ASSIGNED", "INCIDENT", "ON_HOLD", "DELIVERED", "DELIVERED", "RETURNED", "CANCELED"]
)
views = st.builds(View, st.booleans(), st.booleans(), st.sampled_from([None, None, "one", "two"]))
link = st.sampled_from([None, "https://courier.com/1", "https://courier.com/2"])
mode = st.sampled_from(["current", "current", "stale", "stale", "failing", "not found"])
age = st.sampled_from([5.0, 29.0, 59.0])
seconds = st.sampled_from([0.5, 2.0, 4.0, 8.0, 20.0, 31.0, 64.0, 400.0])


button = st.sampled_from(["refresh", Page.MORE, Page.MORE, Page.CARD, Receipt.GOOD, Receipt.MISSING])


class Played:
    """What all runs together have come to."""

    steps = 0
    counts: ClassVar[Counter[str]] = Counter()


class Bot(RuleBasedStateMachine):
    """One life of the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.failed = True  # until it has begun
        self.folder = tempfile.TemporaryDirectory(dir=IN_MEMORY)
        self.runner = asyncio.Runner()
        self.world = World(Path(self.folder.name))
        self.runner.run(self.world.begin())
        self.failed = False

    def play(self, *parts: Coroutine[Any, Any, None]) -> None:
        """One step, and all that follows from it without time."""
        Played.steps += 1
        try:
            for part in (*parts, self.world.run_on()):
                self.runner.run(part)
        except BaseException:
            self.failed = True
            raise

    @initialize(upgraded=st.booleans())
    def begin(self, upgraded: bool) -> None:
        if upgraded:
            self.play(self.world.come_from_an_older_version())

    # ── Pick and Pack ────────────────────────────────────────────────────────

    @rule(order=order, status=status)
    def webhook(self, order: str, status: str) -> None:
        self.play(self.world.deliver(self.world.pickpack.walk(order, status)))

    @rule(order=order, status=status)
    def webhook_and_time(self, order: str, status: str) -> None:
        self.play(self.world.deliver(self.world.pickpack.walk(order, status)), self.world.wait(4.0))

    @rule(order=order, status=status)
    def webhook_is_late(self, order: str, status: str) -> None:
        event = self.world.pickpack.walk(order, status)
        self.world.pickpack.on_the_way += [event] if event is not None else []
        self.play()

    @rule(which=which)
    def late_webhook_comes(self, which: int) -> None:
        late = self.world.pickpack.on_the_way
        self.play(self.world.deliver(late.pop(which % len(late)) if late else None))

    @rule(order=order, statuses=st.lists(status, min_size=3, max_size=8))
    def burst(self, order: str, statuses: list[str]) -> None:
        """Many webhooks come within three seconds."""
        for one in statuses:
            event = self.world.pickpack.walk(order, one)
            self.play(self.world.deliver(event), self.world.wait(3.0 / len(statuses), hops=1))
        self.play(self.world.wait(8.0))

    @rule(which=which)
    def webhook_comes_again(self, which: int) -> None:
        heard = self.world.pickpack.heard[-6:]
        self.play(self.world.deliver(heard[-1 - which % len(heard)] if heard else None))

    @rule(which=which)
    def webhook_is_lost(self, which: int) -> None:
        late = self.world.pickpack.on_the_way
        if late:
            late.pop(which % len(late))
        self.play()

    @rule(which=st.integers(0, 99))
    def old_webhook_comes_again(self, which: int) -> None:
        heard = self.world.pickpack.heard
        self.play(self.world.deliver(heard[which % len(heard)] if heard else None))

    @rule(order=order, status=status)
    def webhook_does_not_say_what_was_before(self, order: str, status: str) -> None:
        event = self.world.pickpack.walk(order, status)
        self.play(self.world.deliver(replace(event, old=None) if event is not None else None))

    @rule(order=order, status=end, waits=st.lists(st.sampled_from([61.0, 6 * 3600.0, 18 * 3600.0]), max_size=4))
    def webhook_is_ahead_of_the_api(self, order: str, status: str, waits: list[float]) -> None:
        """A webhook, mostly of an end, that the API does not show, however often it is asked."""
        event = self.world.pickpack.announce(order, status)
        self.play(self.world.deliver(event))
        for seconds in waits:
            self.play(self.world.wait(seconds), self.world.poll(order, "current"))

    @rule(
        order=order,
        steps=st.lists(st.sampled_from(sorted(RANKS.keys() - {"PENDING"})), min_size=3, max_size=5, unique=True),
        answer=st.sampled_from([None, "not found", "stale", "current"]),
    )
    def webhook_is_lost_while_the_api_is_unusable(self, order: str, steps: list[str], answer: str | None) -> None:
        self.play(self.world.lose_one_of(order, sorted(steps, key=RANKS.__getitem__), answer))

    @rule(order=order, parcel=parcel, status=parcel_status, link=link)
    def parcel_changes(self, order: str, parcel: str, status: str | None, link: str | None) -> None:
        self.world.pickpack.change_parcel(order, parcel, status, link)
        self.play()

    @rule(
        order=order,
        chat=chat,
        parcel=parcel,
        statuses=st.lists(parcel_status, min_size=3, max_size=3),
        gets=st.lists(st.tuples(views, st.sampled_from([5.0, 31.0, 64.0, 1900.0])), min_size=2, max_size=6),
    )
    def parcel_alternates(
        self,
        order: str,
        chat: int,
        parcel: str,
        statuses: list[str | None],
        gets: list[tuple[View, float]],
    ) -> None:
        """A package goes to and fro between two statuses, while each GET shows the list otherwise."""
        self.world.pickpack.change_parcel(order, "two" if parcel == "one" else "one", statuses[2], None)
        if self.world.pickpack.truth[order] in FINAL:
            self.world.pickpack.put(order, "READY_FOR_SHIPPING")
        self.world.pickpack.mode = "current"
        self.play(self.world.follow(chat, order))
        for number, (view, seconds) in enumerate(gets):
            self.world.pickpack.change_parcel(order, parcel, statuses[number % 2], None)
            self.play(self.world.poll(order, "current", view=view), self.world.wait(seconds, hops=1))

    @rule(order=order, mode=mode, age=age)
    def poll(self, order: str, mode: str, age: float) -> None:
        self.play(self.world.poll(order, mode, age))

    # ── people ───────────────────────────────────────────────────────────────

    @rule(chat=chat, order=order)
    def follow(self, chat: int, order: str) -> None:
        self.play(self.world.follow(chat, order))

    @rule(chat=chat, order=order)
    def stop(self, chat: int, order: str) -> None:
        self.play(self.world.stop(chat, order))

    @rule(chat=chat)
    def forget(self, chat: int) -> None:
        self.play(self.world.forget(chat))

    @rule(chat=chat, order=order, which=which, button=button)
    def press(self, chat: int, order: str, which: int, button: Button) -> None:
        self.play(self.world.press(chat, order, which, button))

    @rule(chat=chat, order=order, status=status, button=button)
    def press_while_a_card_is_sent(self, chat: int, order: str, status: str, button: Button) -> None:
        self.world.telegram.slow = True
        event = self.world.pickpack.walk(order, status)
        self.play(self.world.deliver(event), self.world.wait(16.0), self.world.press(chat, order, 0, button))

    @rule(chat=chat, order=order, which=which)
    def delete_message(self, chat: int, order: str, which: int) -> None:
        self.play(self.world.delete_message(chat, order, which))

    @rule(chat=chat, quiet=st.booleans())
    def set_quiet_nights(self, chat: int, quiet: bool) -> None:
        self.play(self.world.set_quiet_nights(chat, quiet=quiet))

    @rule(chat=chat, order=order)
    def remind(self, chat: int, order: str) -> None:
        self.play(self.world.remind(chat, order))

    @rule(update=st.booleans())
    def move(self, update: bool) -> None:
        self.play(self.world.move(GROUP, update=update))

    @rule(chat=chat, level=st.sampled_from(["every", "main", "key"]))
    def set_level(self, chat: int, level: str) -> None:
        self.play(self.world.set_level(chat, level))

    @rule(chat=chat, update=st.booleans())
    def block(self, chat: int, update: bool) -> None:
        self.play(self.world.block(chat, update=update))

    @rule(chat=chat)
    def unblock(self, chat: int) -> None:
        self.play(self.world.touch(chat))

    # ── Telegram ─────────────────────────────────────────────────────────────

    @rule(order=order, status=status, chat=chat, outcomes=st.lists(outcome, min_size=1, max_size=3))
    def telegram_takes_it_so(self, order: str, status: str, chat: int, outcomes: list[str]) -> None:
        """An order moves, and Telegram answers one chat's messages like this."""
        self.world.telegram.script[chat].extend(outcomes)
        self.play(self.world.deliver(self.world.pickpack.walk(order, status)), self.world.wait(4.0))

    @rule(order=order, status=status)
    def on_the_wire(self, order: str, status: str) -> None:
        """An order moves, and what is told of it stays on the wire."""
        self.world.telegram.slow = True
        self.play(self.world.deliver(self.world.pickpack.walk(order, status)), self.world.wait(16.0))

    @rule(chat=chat, outcome=outcome)
    def lands(self, chat: int, outcome: str) -> None:
        self.world.telegram.land(chat, outcome)
        self.play()

    @rule(chat=chat, order=order, status=status, outcome=outcome)
    def blocked_on_the_wire(self, chat: int, order: str, status: str, outcome: str) -> None:
        """A person blocks the bot while a message is on the wire, and what became of that one is known after it."""
        self.world.telegram.slow = True
        event = self.world.pickpack.walk(order, status)
        self.play(self.world.deliver(event), self.world.wait(16.0), self.world.block(chat, update=True))
        self.lands(chat, outcome)

    @rule(chat=chat, order=order, status=status, update=st.booleans())
    def refused_before_it_came_back(self, chat: int, order: str, status: str, update: bool) -> None:
        """A chat removes the bot and lets it in again, before the refusal of a message arrives."""
        self.world.telegram.slow = True
        event = self.world.pickpack.walk(order, status)
        self.play(self.world.deliver(event), self.world.wait(16.0), self.world.block(chat, update=update))
        self.play(self.world.touch(chat))
        self.lands(chat, "gone")

    @rule()
    def all_land(self) -> None:
        self.world.telegram.land_all()
        self.play()

    # ── time, and the end of processes ───────────────────────────────────────

    @rule(seconds=st.sampled_from([-7200.0, -3600.0, 3600.0]))
    def machines_clock_is_set(self, seconds: float) -> None:
        self.world.clock.jump(seconds)
        self.play()

    @rule()
    def day_goes_by(self) -> None:
        self.play(self.world.wait(DAY))

    @rule()
    def night_comes(self) -> None:
        """Eight hours go by: of three times one is in the night."""
        self.play(self.world.wait(8 * 3600.0))

    @rule(seconds=seconds)
    def time_goes_by(self, seconds: float) -> None:
        self.play(self.world.wait(seconds))

    @rule(order=order, status=status, shown=st.booleans())
    def crash_on_the_wire(self, order: str, status: str, shown: bool) -> None:
        self.world.telegram.slow = True
        event = self.world.pickpack.walk(order, status)
        self.play(self.world.deliver(event), self.world.wait(16.0), self.world.crash(shown=shown))

    @rule(chat=chat, order=order, done=st.booleans())
    def killed_while_handling(self, chat: int, order: str, done: bool) -> None:
        self.play(self.world.kill_while_handling(chat, order, done=done))

    @rule()
    def restart(self) -> None:
        self.play(self.world.restart())

    # ── what must hold ───────────────────────────────────────────────────────

    @invariant()
    def no_promise_is_broken(self) -> None:
        self.failed = self.failed or bool(self.world.model.broken)
        assert not self.world.model.broken, self.world.model.broken

    @invariant()
    def only_who_is_gone_is_taken_for_gone(self) -> None:
        self.world.model.compare_pauses(self.world.silenced())
        self.no_promise_is_broken()

    @invariant()
    def at_most_one_of_each_waits(self) -> None:
        crowded = self.world.crowded()
        self.failed = self.failed or bool(crowded)
        assert not crowded, f"more than one waits: {crowded}"

    def teardown(self) -> None:
        try:
            if not self.failed:
                self.check_the_end()
        finally:
            with self.runner, self.folder:
                self.runner.run(self.world.end())
                self.world.close()

    def check_the_end(self) -> None:
        """Once both neighbours are well: nothing waits, the truth is known, and each chat was told it."""
        self.runner.run(self.world.come_to_rest())
        self.check_rest()  # before the truth is asked for: an answer would mend what was forgotten
        self.runner.run(self.world.learn_the_truth())
        self.check_rest()
        assert self.world.believed() == self.world.pickpack.truth
        Played.counts.update(self.world.model.counts)

    def check_rest(self) -> None:
        model, unfinished = self.world.model, self.world.unfinished()
        assert not model.broken, model.broken
        assert not unfinished, f"still in the outbox: {unfinished}"
        pickpack = self.world.pickpack
        wrong = model.discontent(self.world.believed(), pickpack.facts(), pickpack.incidents())
        assert not wrong, wrong


def test_the_bot_keeps_its_promises_whatever_happens_in_whatever_order(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "bot")  # each trouble that is played is logged
    run_state_machine_as_test(Bot, settings=PROFILE)
    counts = Played.counts
    assert Played.steps >= LEAST_STEPS, Played.steps
    assert counts["card"] >= Played.steps / 10, f"{counts} in {Played.steps} steps: nothing happens"
    assert min(counts["edit"], counts["fold"], counts["news of packages"]) >= LEAST_OF_EACH, counts
