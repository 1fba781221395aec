"""Updates: long polling, webhooks, and what people do that makes them."""

import asyncio
import json

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
)
from aiohttp import web

from bot.simulators.telegram.simulator import TelegramSimulator
from tests.fakes import ManualClock
from tests.simulators.telegram.bot import ANA, BEN, GROUP, keyboard, send


async def test_updates_are_delivered_until_they_are_confirmed(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.user_says(ANA, "/start 1234", language_code="pt-BR")
    [update] = await bot.get_updates()
    assert update == (await bot.get_updates())[0]
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "pt-BR"
    assert await bot.get_updates(offset=update.update_id + 1) == []


async def test_a_long_poll_ends_with_the_first_update(telegram: TelegramSimulator, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.wait_for(lambda: telegram.calls_of("getUpdates"))
    telegram.user_sends(ANA, "photo", caption="1234")
    [update] = await poll
    assert update.message is not None
    assert (update.message.caption, bool(update.message.photo)) == ("1234", True)


@pytest.mark.parametrize("kind", ["sticker", "voice", "contact", "photo", "document", "location"])
async def test_every_kind_of_content_can_be_decoded(telegram: TelegramSimulator, bot: Bot, kind: str) -> None:
    telegram.user_sends(ANA, kind)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.content_type == kind


async def test_a_second_poller_ends_the_first_with_409(telegram: TelegramSimulator, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.wait_for(lambda: telegram.calls_of("getUpdates"))
    assert await bot.get_updates() == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("https://shop.example.com/webhooks/telegram")
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active; use deleteW"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_only_allowed_kinds_of_updates_are_kept(telegram: TelegramSimulator, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    telegram.user_blocks(ANA)
    telegram.user_unblocks(ANA)
    telegram.user_says(ANA, "hi")
    assert [update.event_type for update in await bot.get_updates()] == ["message"]


async def test_an_update_can_be_delivered_twice_and_old_ones_expire(
    telegram: TelegramSimulator, bot: Bot, clock: ManualClock
) -> None:
    telegram.user_says(ANA, "hi")
    [first] = await bot.get_updates()
    await bot.get_updates(offset=first.update_id + 1)
    telegram.push_update(first.model_dump(mode="json", exclude_none=True, by_alias=True))
    [again] = await bot.get_updates(offset=first.update_id + 1)
    assert again.update_id == first.update_id
    clock.advance(25 * 3600)
    assert await bot.get_updates() == []


async def test_in_groups_the_bot_receives_only_what_is_addressed_to_it(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(GROUP, forum=True)
    telegram.set_topic(GROUP, 7)
    own = await send(bot, "Hi", chat_id=GROUP, message_thread_id=7)
    telegram.user_says(GROUP, "1234", user_id=ANA)
    telegram.user_says(GROUP, "/order@another_bot 1", user_id=ANA)
    telegram.user_says(GROUP, "/order 1", user_id=ANA, thread_id=7)
    telegram.user_says(GROUP, "/stop", user_id=BEN, anonymous=True)
    telegram.user_says(GROUP, "thanks", user_id=BEN, reply_to=own, thread_id=7)
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [message.text for message in messages] == ["/order 1", "/stop", "thanks"]
    assert (messages[0].message_thread_id, messages[0].is_topic_message) == (7, True)
    assert messages[1].sender_chat is not None
    assert messages[1].sender_chat.id == GROUP


async def test_an_edited_message_of_a_person_makes_an_update(telegram: TelegramSimulator, bot: Bot) -> None:
    said = telegram.user_says(ANA, "1243")
    telegram.edit_user_message(ANA, said.message_id, "1234")
    edited = (await bot.get_updates())[-1].edited_message
    assert edited is not None
    assert edited.text == "1234"


async def test_a_press_can_be_answered_if_known_and_not_too_old(
    telegram: TelegramSimulator, bot: Bot, clock: ManualClock
) -> None:
    number = await send(bot, "Hi", reply_markup=keyboard(callback_data="x"))
    press = telegram.user_presses(ANA, number, "x")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(update.callback_query.id, "x" * 201)
    await bot.answer_callback_query(update.callback_query.id, "Done", show_alert=True)
    assert await telegram.wait_for_answer(press) == {"text": "Done", "show_alert": True, "url": ""}
    clock.advance(120)
    for number_of_press in (press.id, "unknown"):
        with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired or query ID"):
            await bot.answer_callback_query(number_of_press)


async def test_a_button_that_does_not_exist_can_only_be_pressed_by_forgery(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    number = await send(bot, "Hi")
    with pytest.raises(LookupError):
        telegram.user_presses(ANA, number, "stop:9")
    telegram.user_presses(ANA, number, "stop:9", forged=True)
    assert (await bot.get_updates())[0].callback_query is not None


async def test_updates_are_sent_to_the_webhook_until_it_accepts_them(bot: Bot, telegram: TelegramSimulator) -> None:
    seen: list[tuple[str, str | None, str]] = []

    async def take(request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        seen.append((request.path, request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body["message"]["text"]))
        return web.Response(status=503 if len(seen) < 3 else 200)

    app = web.Application()
    app.router.add_post("/webhooks/telegram", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.updates.deliver_to = f"http://127.0.0.1:{runner.addresses[0][1]}"
    telegram.user_says(ANA, "before")
    await bot.set_webhook("https://shop.example.com/webhooks/telegram", secret_token="s3cret_-")
    await telegram.wait_for(lambda: not telegram.updates.pending)
    telegram.user_says(ANA, "after")
    await telegram.wait_for(lambda: not telegram.updates.pending)
    await runner.cleanup()

    assert seen == [("/webhooks/telegram", "s3cret_-", text) for text in ("before", "before", "before", "after")]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert info.pending_update_count == 0


@pytest.mark.parametrize(
    ("url", "secret", "description"),
    [
        ("http://shop.example.com/x", None, "An HTTPS URL must be provided"),
        ("https://shop.example.com:8080/x", None, "only on ports 80, 88, 443 or 8443"),
        ("https://shop.example.com/x", "with blank", "unallowed characters"),
        ("https://shop.example.com/x", "x" * 257, "secret token is too long"),
    ],
)
async def test_an_invalid_webhook_is_refused(bot: Bot, url: str, secret: str | None, description: str) -> None:
    with pytest.raises(TelegramBadRequest, match=description):
        await bot.set_webhook(url, secret_token=secret)


async def test_deleting_a_webhook_keeps_pending_updates_unless_told_otherwise(
    bot: Bot, telegram: TelegramSimulator
) -> None:
    telegram.user_says(ANA, "hi")
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []
