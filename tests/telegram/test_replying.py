"""Direct answers to people: their pace, and what a failed one teaches."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sending.outcome import Gone
from bot.sending.pacing import Pacer, PauseGate
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.telegram.replying import Replies
from bot.transactions.follow import Requester
from bot.words.callbacks import CallbackAction, callback_button
from bot.words.texts import Text
from tests.fakes import ManualClock
from tests.telegram.bot_harness import ANA, BotHarness, running_bot

GROUP = -1002000


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def strict(tmp_path: Path, clock: ManualClock) -> AsyncIterator[BotHarness]:
    """A bot whose Telegram has the real limits, on a clock that a test moves."""
    async with running_bot(tmp_path, telegram=TelegramSimulator(clock=clock, enforce_limits=True)) as harness:
        harness.talk(ANA)
        harness.group(GROUP, ANA, forum=True)
        yield harness


def replies_of(harness: BotHarness, clock: ManualClock) -> Replies:
    async def sleep(seconds: float) -> None:
        clock.advance(seconds)

    return Replies(harness.bot.delivery, harness.follow_service, PauseGate(Pacer(28), clock, sleep))


@pytest.mark.parametrize("chat_id", [ANA, GROUP])
async def test_who_asks_quickly_gets_every_answer_and_has_telegram_refuse_none(
    strict: BotHarness, clock: ManualClock, chat_id: int
) -> None:
    replies = replies_of(strict, clock)
    for number in range(50):
        await replies.send(chat_id, Text(f"answer {number}"))
    assert len(strict.telegram.bot_messages(chat_id)) == 50
    assert strict.telegram.flood_control.refusals == 0


async def test_who_presses_quickly_is_answered_at_once_ten_times_in_three_seconds(
    strict: BotHarness, clock: ManualClock
) -> None:
    replies = replies_of(strict, clock)
    for number in range(21):
        await replies.toast(str(number), chat_id=ANA)
    times = [call.at for call in strict.telegram.calls_of("answerCallbackQuery")]
    assert times[9] == times[0]
    assert times[20] - times[0] >= 6.0


async def test_buttons_are_taken_away_one_after_the_other_and_telegram_refuses_none(
    strict: BotHarness, clock: ManualClock
) -> None:
    replies = replies_of(strict, clock)
    button = callback_button("stop", CallbackAction.STOP, "1")
    for number in range(12):
        await replies.send(ANA, Text(f"card {number}", ((button,),)))
    cards = strict.telegram.bot_messages(ANA)
    await replies.remove_buttons(ANA, [card.message_id for card in reversed(cards)])
    assert [card.buttons for card in cards] == [[]] * 12
    assert strict.telegram.flood_control.refusals == 0


async def test_a_notice_that_failed_holds_up_no_answer(tmp_path: Path) -> None:
    async with running_bot(tmp_path, orders={"A-1": "PACKING"}) as harness:
        ana = harness.talk(ANA)
        failed = harness.telegram.fail(TelegramFault.SERVER_ERROR, methods=["sendMessage"], times=1)
        ana.says("A-1")
        await harness.telegram.wait_for(lambda: failed.hits == 1)
        ana.says("/privacy")
        try:
            await ana.hears("privacy")  # the clock stands still: the card's own wait never ends
        finally:
            harness.clock.advance(60)


async def test_a_403_to_an_answer_is_nothing_once_the_person_has_written_again(
    strict: BotHarness, clock: ManualClock
) -> None:
    replies, person = replies_of(strict, clock), Requester(ANA, ANA)
    await strict.follow_service.touch(person)
    strict.telegram.fail(TelegramFault.BLOCKED, chat_id=ANA, times=2)
    held = strict.telegram.fail(TelegramFault.SLOW, chat_id=ANA, times=1, seconds=0.3)
    answering = asyncio.create_task(replies.send(ANA, Text("held up")))
    await strict.telegram.wait_for(lambda: held.hits == 1)
    await strict.follow_service.touch(person)
    assert isinstance(await answering, Gone)
    assert is_paused(strict) is False
    assert isinstance(await replies.send(ANA, Text("and again")), Gone)
    assert is_paused(strict) is True


def is_paused(harness: BotHarness) -> bool:
    chat = harness.follow_service.chat(ANA)
    return chat is not None and chat.paused is not None


async def test_an_answer_that_finds_its_topic_deleted_lets_the_news_go_to_the_group(
    strict: BotHarness, clock: ManualClock
) -> None:
    strict.put("A-1")
    await strict.order_lookup.look_up("A-1")
    await strict.follow_service.follow(Requester(GROUP, ANA, "supergroup", thread_id=7), "A-1")
    await replies_of(strict, clock).send(GROUP, Text("x"), thread_id=7)
    [(subscription, _order)] = strict.follow_service.followed(GROUP)
    assert subscription.thread_id is None


async def test_a_refusal_of_the_menus_holds_up_no_message(tmp_path: Path) -> None:
    telegram = TelegramSimulator()
    refused = telegram.fail(TelegramFault.TOO_MANY, methods=["setMyCommands"], times=1, seconds=3600)
    async with running_bot(tmp_path, telegram=telegram, menus=True, waits_for_menus=False) as harness:
        await harness.telegram.wait_for(lambda: refused.hits == 1)
        ana = harness.talk(ANA)
        ana.says("/privacy")
        await ana.hears("privacy")
