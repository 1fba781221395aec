"""Long troubles by a clock that is moved by hand: Telegram away for hours, the machine's clock set anew."""

import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.sending.outcome import NotSent
from bot.sending.pacing import Pacer
from bot.tracking.notifying import Policy
from bot.tracking.timing import PollIntervals
from bot.transactions.context import DecisionContext
from bot.transactions.record import apply_webhook
from tests.builders import NOW, following, open_database, order, status_changed, stored
from tests.sending.test_sender import SenderHarness

HOUR = 3600.0
WAY = ("PICKING", "READY_FOR_PACKING", "PACKING", "READY_FOR_INVOICING", "INVOICING", "INVOICED")
REFUSED = NotSent("connection refused")


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[SenderHarness]:
    database = open_database(tmp_path)
    yield SenderHarness(database)
    database.close()


async def follow(harness: SenderHarness, *numbers: str, chats: tuple[int, ...]) -> None:
    """Each chat follows each order and was told where it is."""

    def work(connection: sqlite3.Connection) -> None:
        for number in numbers:
            known = stored(connection, order("READY_FOR_PICKING", order_id=number))
            for chat_id in chats:
                following(connection, known, chat_id, told="READY_FOR_PICKING")

    await harness.database.write(work)


async def hear(harness: SenderHarness, old: str, new: str, number: str, *, debounce: float = 0.0) -> None:
    moment = DecisionContext(harness.clock.now(), harness.clock.wall(), Policy(debounce=debounce), PollIntervals())
    await harness.database.write(partial(apply_webhook, event=status_changed(old, new, number), context=moment))


async def test_after_six_hours_without_telegram_only_the_newest_state_of_each_order_is_told_in_each_chat(
    harness: SenderHarness,
) -> None:
    await follow(harness, "A-1", "B-1", chats=(601, 602, 603))
    harness.delivery.outcomes = [REFUSED] * 100_000
    old = "READY_FOR_PICKING"
    for new in WAY:  # a step each hour
        for number in ("A-1", "B-1"):
            await hear(harness, old, new, number)
        for _ in range(60):
            await harness.drain(seconds=60)
        old = new
    tried = len(harness.delivery.calls)
    assert 6 * 50 <= tried <= 3 * (6 * 60 + 10)  # about once a minute and chat, not more

    harness.delivery.outcomes = []
    for _ in range(10):
        await harness.drain(seconds=60)
    shown = [(kind, chat_id, options["text"]) for chat_id, kind, options in harness.delivery.calls[tried:]]
    told = [("send", chat_id, "card INVOICED") for chat_id in (601, 602, 603)]
    folded = [("edit", chat_id, "fold READY_FOR_PICKING") for chat_id in (601, 602, 603)]
    assert sorted(shown) == sorted([*told, *folded] * 2)


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
async def test_when_the_machines_clock_jumps_an_hour_nothing_bursts_and_nothing_stalls(
    harness: SenderHarness, jump: float
) -> None:
    harness.pacer = harness.sender._pacer = Pacer(28)
    chats = tuple(range(601, 701))
    await follow(harness, "A-1", chats=chats)
    await hear(harness, "READY_FOR_PICKING", "PICKING", "A-1", debounce=3.0)
    harness.clock.jump(jump)
    await harness.drain(seconds=2.9)
    assert harness.delivery.calls == []
    times = list[float]()
    while len(times) < len(chats) and harness.clock.now() < NOW + 10:
        await harness.drain(seconds=0.05)
        if len(times) < 50 <= len(harness.delivery.calls):
            harness.clock.jump(-jump)
        cards = [kind for _, kind, _ in harness.delivery.calls if kind == "send"]
        times += [harness.clock.now()] * (len(cards) - len(times))
    assert len(times) == len(chats)
    assert times[-1] - NOW < 3 + len(chats) / 20  # the first folds share the pace
    assert all(later - earlier >= 1.0 for earlier, later in zip(times, times[28:], strict=False))
