"""Keyboards: colours, web apps, copy buttons and sizes, refused as Telegram refuses them."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo
from aiohttp import ClientSession

from bot.simulators.telegram.simulator import TelegramSimulator
from tests.simulators.telegram.bot import ANA, GROUP, keyboard, send

PAGE = WebAppInfo(url="https://shop.example.com/o/1001")


def rows(*sizes: int) -> InlineKeyboardMarkup:
    """Make a keyboard with this many buttons in each row."""
    one = InlineKeyboardButton(text="x", callback_data="x")
    return InlineKeyboardMarkup(inline_keyboard=[[one] * size for size in sizes])


async def refusal(telegram: TelegramSimulator, markup: object, method: str = "sendMessage", **more: object) -> str:
    """Send a keyboard that aiogram wouldn't build, and return what Telegram says of it."""
    message = {"chat_id": ANA, "text": "Ho", "reply_markup": markup, **more}
    url = f"{telegram.api_url}/bot{telegram.token}/{method}"
    async with ClientSession() as client, client.post(url, json=message) as answer:
        return str((await answer.json())["description"])


@pytest.mark.parametrize(
    ("style", "shown"),
    [("primary", "primary"), ("success", "success"), ("danger", "danger"), ("Danger", "danger"), ("default", None)],
)
async def test_a_button_has_one_of_three_colours_or_the_apps_own(
    telegram: TelegramSimulator, bot: Bot, style: str, shown: str | None
) -> None:
    await send(bot, "Hi", reply_markup=keyboard(callback_data="x", style=style))
    [message] = telegram.bot_messages(ANA)
    assert message.button("Press").get("style") == shown


@pytest.mark.parametrize("style", ["red", "secondary", "primary ", "#1d6fd1"])
async def test_another_colour_is_refused(telegram: TelegramSimulator, bot: Bot, style: str) -> None:
    number = await send(bot, "Hi")
    bad = keyboard(callback_data="x", style=style)
    words = "^.*Bad Request: can't parse inline keyboard button: invalid button style specified$"
    with pytest.raises(TelegramBadRequest, match=words):
        await send(bot, "Ho", reply_markup=bad)
    with pytest.raises(TelegramBadRequest, match=words):
        await bot.edit_message_text("Ho", chat_id=ANA, message_id=number, reply_markup=bad)
    with pytest.raises(TelegramBadRequest, match=words):
        await bot.edit_message_reply_markup(chat_id=ANA, message_id=number, reply_markup=bad)
    assert [(message.text, message.edits) for message in telegram.bot_messages(ANA)] == [("Hi", [])]


async def test_a_colour_that_is_no_text_is_refused(telegram: TelegramSimulator) -> None:
    styles: tuple[object, ...] = (["primary"], {}, True)
    for style in styles:
        said = await refusal(telegram, {"inline_keyboard": [[{"text": "x", "callback_data": "x", "style": style}]]})
        assert said == 'Bad Request: can\'t parse inline keyboard button: Field "style" must be of type String'


async def test_a_web_app_opens_from_private_chats_only(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(GROUP)
    telegram.add_group(-5, kind="group")
    await send(bot, "Hi", reply_markup=keyboard(web_app=PAGE))
    for group in (GROUP, -5):
        with pytest.raises(TelegramBadRequest, match=r"Bad Request: BUTTON_TYPE_INVALID$"):
            await send(bot, "Hi", chat_id=group, reply_markup=keyboard(web_app=PAGE))
        number = await send(bot, "Hi", chat_id=group)
        with pytest.raises(TelegramBadRequest, match=r"Bad Request: BUTTON_TYPE_INVALID$"):
            await bot.edit_message_reply_markup(chat_id=group, message_id=number, reply_markup=keyboard(web_app=PAGE))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://shop.example.com/", "'http://shop.example.com/' is invalid: Only HTTPS links are allowed$"),
        ("tg://resolve?domain=x", "is invalid: Only HTTPS links are allowed$"),
        ("https://localhost/", "is invalid: Wrong HTTP URL$"),
        ("https://", "is invalid: URL host is empty$"),
    ],
)
async def test_a_web_app_is_reached_by_https(bot: Bot, url: str, words: str) -> None:
    with pytest.raises(TelegramBadRequest, match=f"Bad Request: inline keyboard button Web App URL .*{words}"):
        await send(bot, "Hi", reply_markup=keyboard(web_app=WebAppInfo(url=url)))


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"web_app": {}}, 'Can\'t find field "url"'),
        ({"web_app": "https://example.com"}, 'Field "web_app" must be of type Object'),
        ({"copy_text": {}}, 'Can\'t find field "text"'),
        ({"copy_text": "1001"}, 'Field "copy_text" must be of type Object'),
    ],
)
async def test_a_button_without_its_parts_is_refused(
    telegram: TelegramSimulator, button: dict[str, Any], words: str
) -> None:
    said = await refusal(telegram, {"inline_keyboard": [[{"text": "x", **button}]]})
    assert said == f"Bad Request: can't parse inline keyboard button: {words}"


@pytest.mark.parametrize("sizes", [(8,), (8, 8, 1), (8,) * 12 + (4,), (1,) * 100])
async def test_eight_buttons_fit_a_row_and_a_hundred_a_keyboard(bot: Bot, sizes: tuple[int, ...]) -> None:
    assert await send(bot, "Hi", reply_markup=rows(*sizes))


@pytest.mark.parametrize("sizes", [(9,), (1, 9), (8,) * 12 + (5,), (1,) * 101])
async def test_more_buttons_are_refused(bot: Bot, sizes: tuple[int, ...]) -> None:
    number = await send(bot, "Hi")
    with pytest.raises(TelegramBadRequest, match=r"Bad Request: reply markup is too long$"):
        await send(bot, "Ho", reply_markup=rows(*sizes))
    with pytest.raises(TelegramBadRequest, match=r"Bad Request: reply markup is too long$"):
        await bot.edit_message_reply_markup(chat_id=ANA, message_id=number, reply_markup=rows(*sizes))


async def test_callback_data_is_measured_in_bytes(telegram: TelegramSimulator, bot: Bot) -> None:
    for data in ("x" * 64, "é" * 32, "😀" * 16):
        await send(bot, "Hi", reply_markup=keyboard(callback_data=data))
    for data in ("x" * 65, "é" * 32 + "x", "😀" * 16 + "x"):
        with pytest.raises(TelegramBadRequest, match=r"Bad Request: BUTTON_DATA_INVALID$"):
            await send(bot, "Hi", reply_markup=keyboard(callback_data=data))
    assert len(telegram.bot_messages(ANA)) == 3


async def test_an_edit_takes_inline_keyboards_only(telegram: TelegramSimulator, bot: Bot) -> None:
    number = await send(bot, "Hi", reply_markup=keyboard(callback_data="x"))
    for method in ("editMessageText", "editMessageReplyMarkup"):
        said = await refusal(telegram, {"remove_keyboard": True}, method, message_id=number)
        assert said == "Bad Request: inline keyboard expected"
    assert telegram.bot_messages(ANA)[0].text == "Hi"


async def test_a_button_that_opens_an_app_sends_no_press(telegram: TelegramSimulator, bot: Bot) -> None:
    number = await send(bot, "Hi", reply_markup=keyboard(web_app=PAGE))
    with pytest.raises(LookupError):
        telegram.user_presses(ANA, number, "x")
