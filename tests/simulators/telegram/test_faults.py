"""Flood control, injected faults, and what tests can observe."""

import asyncio
import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)

from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.telegram.simulator import TelegramEvent, TelegramSimulator
from tests.fakes import ManualClock
from tests.simulators.telegram.bot import ANA, GROUP, connected, keyboard, send


async def test_too_many_messages_are_refused_and_early_calls_counted(clock: ManualClock) -> None:
    async with TelegramSimulator(clock=clock, enforce_limits=True) as telegram, connected(telegram) as bot:
        telegram.add_user(ANA)
        telegram.add_group(GROUP)
        for _ in range(4):
            await send(bot, "Hi")
        for _ in range(2):
            with pytest.raises(TelegramRetryAfter) as refusal:
                await send(bot, "Hi")
            assert refusal.value.retry_after == 1
        assert telegram.early_calls == 1
        clock.advance(1)
        await send(bot, "Hi")
        assert telegram.early_calls == 1

        number = 0
        for _ in range(20):
            clock.advance(0.1)
            number = await send(bot, "Hi", chat_id=GROUP)
        with pytest.raises(TelegramRetryAfter) as refusal:
            await bot.edit_message_text("Ho", chat_id=GROUP, message_id=number)
        assert refusal.value.retry_after == 59


async def test_the_bot_as_a_whole_has_thirty_a_second(clock: ManualClock) -> None:
    async with TelegramSimulator(clock=clock, enforce_limits=True) as telegram, connected(telegram) as bot:
        for person in range(1, 32):
            telegram.add_user(person)
        for person in range(1, 31):
            await send(bot, "Hi", chat_id=person)
        with pytest.raises(TelegramRetryAfter):
            await send(bot, "Hi", chat_id=31)
        with pytest.raises(TelegramRetryAfter):
            await bot.get_me()


async def test_a_fault_ends_after_a_number_of_calls_or_when_healed(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.fail(TelegramFault.SERVER_ERROR, times=1)
    lasting = telegram.fail("blocked", chat_id=ANA, methods=["sendMessage"])
    with pytest.raises(Exception, match="Internal Server Error"):
        await send(bot, "Hi")
    for _ in range(2):
        with pytest.raises(TelegramForbiddenError):
            await send(bot, "Hi")
    await bot.get_updates()
    telegram.heal(lasting)
    await send(bot, "Hi")
    assert lasting.hits == 2
    assert [call.outcome for call in telegram.calls_of("sendMessage")] == ["500 Internal Server Error"] + [
        "403 Forbidden: bot was blocked by the user"
    ] * 2 + ["ok"]


async def test_the_unparsable_fault_spares_plain_texts(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.fail(TelegramFault.UNPARSABLE)
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await send(bot, "Hi")
    await bot.send_message(ANA, "Hi", parse_mode=None)


@pytest.mark.parametrize(("kind", "shown"), [(TelegramFault.RESET_BEFORE, 0), (TelegramFault.RESET_AFTER, 1)])
async def test_a_reset_happens_before_or_after_the_message_is_shown(
    telegram: TelegramSimulator, bot: Bot, kind: TelegramFault, shown: int
) -> None:
    telegram.fail(kind, times=1)
    with pytest.raises(TelegramNetworkError):
        await send(bot, "Hi")
    assert len(telegram.bot_messages(ANA)) == shown


async def test_while_down_connections_are_refused_and_afterwards_the_port_is_the_same(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    await send(bot, "before")
    address = telegram.api_url
    await telegram.go_down()
    with pytest.raises(TelegramNetworkError, match="ClientConnectorError"):
        await send(bot, "while down")
    await telegram.come_back()
    await send(bot, "after")
    assert telegram.api_url == address
    assert [message.text for message in telegram.bot_messages(ANA)] == ["before", "after"]


async def test_the_conflict_fault_affects_only_polling(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.fail(TelegramFault.CONFLICT)
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    await send(bot, "Hi")


async def test_subscribers_get_all_events(telegram: TelegramSimulator, bot: Bot) -> None:
    events: list[TelegramEvent] = []
    unsubscribe = telegram.subscribe(events.append)
    telegram.user_says(ANA, "1234")
    number = await send(bot, "Hi", reply_markup=keyboard(callback_data="x"))
    press = telegram.user_presses(ANA, number, "x")
    await bot.answer_callback_query(press.id)
    await bot.edit_message_text("Ho", chat_id=ANA, message_id=number)
    await bot.delete_message(ANA, number)
    telegram.user_blocks(ANA)
    unsubscribe()
    telegram.user_unblocks(ANA)
    visible = [event.kind for event in events if not event.kind.startswith("call")]
    assert visible == ["said", "shown", "pressed", "answered", "edited", "deleted", "member"]
    assert json.dumps([event.data for event in events])


async def test_waiting_for_a_message_finds_it_or_lists_the_chats_messages(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    waiting = asyncio.create_task(telegram.wait_for_message(ANA, "route"))
    await send(bot, "picked")
    await send(bot, "on route")
    assert (await waiting).message_id == 2
    with pytest.raises(TimeoutError, match="picked"):
        await telegram.wait_for_message(ANA, lambda message: message.silent, timeout=0.01)
    with pytest.raises(TimeoutError):
        await telegram.wait_for_message(ANA, after=2, timeout=0.01)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"text": '<tg-time unix="1" format="t">12:00</tg-time>', "parse_mode": "HTML"},
            'Unsupported start tag "tg-time"',
        ),
        (
            {"text": "x", "reply_markup": keyboard(copy_text={"text": "1"})},
            "Text buttons are unallowed",
        ),
    ],
)
async def test_an_older_server_refuses_what_is_newer(more: dict[str, Any], words: str) -> None:
    async with TelegramSimulator() as telegram, connected(telegram) as bot:
        telegram.add_user(ANA)
        await bot.send_message(ANA, **more)
        telegram.is_older = True
        with pytest.raises(TelegramBadRequest, match=words):
            await bot.send_message(ANA, **more)
        await bot.send_message(ANA, "<b>x</b>", parse_mode="HTML")


async def test_a_429_of_a_method_pauses_that_method_only() -> None:
    async with TelegramSimulator() as telegram, connected(telegram) as bot:
        telegram.add_user(ANA)
        telegram.fail(TelegramFault.TOO_MANY, methods=["setMyName"], times=1, seconds=60)
        for _ in range(2):
            with pytest.raises(TelegramRetryAfter):
                await bot.set_my_name("x")
        await send(bot, "Hi")
        assert telegram.early_calls == 1
