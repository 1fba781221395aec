"""Who may stop what in a group, what a group sees, and that an update nobody has taken comes again."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from multidict import CIMultiDict

from bot.telegram.long_poll import LongPoll
from bot.telegram.received import ReceivedUpdate
from bot.telegram.session import TelegramSession
from bot.telegram.update_processor import UpdateProcessor
from tests.message_keys import says
from tests.telegram.bot_harness import ANA, BEN, BotHarness, Talk, running_bot

GROUP = -1002000
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def test_another_member_cannot_stop_a_number_that_somebody_awaits(harness: BotHarness) -> None:
    group = harness.group(GROUP, ANA, BEN)
    await group.asks("/order 404404-01", user_id=ANA)
    for command in ("/stop", "/stop 404404-01"):
        answer = await group.asks(command, user_id=BEN)
        assert says(answer, "not-yours-to-stop")
    assert [one.number for one in harness.follow_service.awaited(GROUP)] == ["404404-01"]


async def test_who_asked_for_a_number_stops_waiting_for_it_by_button(harness: BotHarness) -> None:
    group = harness.group(GROUP, ANA, BEN)
    for number in ("404404-01", "505505-01"):
        await group.asks(f"/order {number}", user_id=ANA)
    await group.asks("/stop", user_id=ANA)
    await group.presses("404404-01", user_id=BEN)
    assert len(harness.follow_service.awaited(GROUP)) == 2
    await group.presses("404404-01", user_id=ANA)
    assert [one.number for one in harness.follow_service.awaited(GROUP)] == ["505505-01"]


@pytest.mark.parametrize("command", ["/orders", "/stop"])
async def test_a_group_sees_no_labels_on_buttons(harness: BotHarness, command: str) -> None:
    group = harness.group(GROUP, ANA, BEN)
    for number in ("1001-01", "2002-01"):
        await group.asks(f"/order {harness.put(number)} surgery supplies", user_id=ANA)
    answer = await group.asks(command, user_id=BEN)
    assert "1001-01" in answer.labels()
    assert "surgery supplies" not in answer.labels()


async def test_a_secret_that_is_no_text_is_refused_like_any_wrong_one(tmp_path: Path) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        assert await harness.bot.handle_webhook(CIMultiDict({SECRET_HEADER: "\udcff"}), b"{}") == 401


async def test_a_failure_is_counted_where_the_counters_have_a_place_for_it(harness: BotHarness, ana: Talk) -> None:
    harness.order_lookup.failing = RuntimeError("nobody may read this")
    answer = await ana.asks("1001-01")
    assert says(answer, "apology")
    assert harness.errors == ["shopper"]


async def test_what_there_is_no_room_for_is_not_confirmed(harness: BotHarness, ana: Talk) -> None:
    begun, go_on, handled = asyncio.Event(), asyncio.Event(), list[int]()

    async def slow(one: ReceivedUpdate) -> None:
        begun.set()
        await go_on.wait()
        handled.append(one.update.update_id)

    await harness.bot.stop_taking()
    ana.says("/privacy")  # ends the harness's own poll: nothing more is taken there
    await asyncio.sleep(0.2)
    harness.telegram.updates.pending.clear()
    bot = Bot(
        harness.telegram.token, session=TelegramSession(api=TelegramAPIServer.from_base(harness.telegram.api_url))
    )
    processor = UpdateProcessor(slow, harness.inbox, most=1)
    poll = LongPoll(bot, processor, kinds=["message"], clock=harness.clock, back=asyncio.Event())
    task = asyncio.create_task(poll.run())
    try:
        ana.says("/help")
        await begun.wait()
        harness.talk(BEN).says("/orders")
        calls = harness.telegram.calls
        before = len(calls)
        await harness.telegram.wait_for(lambda: len(calls) > before + 1)  # asked for again, as it was not taken
        assert [one.update["message"]["text"] for one in harness.telegram.updates.pending] == ["/orders"]
        go_on.set()
        await harness.telegram.wait_for(lambda: harness.telegram.updates.pending == [])
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await processor.finish()
        assert len(handled) == 2
    finally:
        go_on.set()
        task.cancel()
        await processor.finish()
        await bot.session.close()


async def test_after_stopping_nothing_new_is_begun_and_telegram_keeps_it(tmp_path: Path) -> None:
    async with running_bot(tmp_path) as harness:
        ana = harness.talk(ANA)
        await ana.asks("/help")
        await harness.bot.stop_taking()
        ana.says("/orders")
        await asyncio.sleep(0.2)
        await harness.bot.stop()
        assert [one.update["message"]["text"] for one in harness.telegram.updates.pending] == ["/orders"]
        assert len(ana.texts) == 1
