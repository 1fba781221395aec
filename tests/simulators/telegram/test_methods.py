"""The methods about the bot itself and about chats."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from aiohttp import ClientSession

from bot.simulators.telegram.simulator import TelegramSimulator
from tests.simulators.telegram.bot import ANA, BEN, GROUP, connected, send


async def test_a_wrong_token_is_unauthorized(telegram: TelegramSimulator) -> None:
    async with connected(telegram, "42:another") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_commands_are_kept_by_scope_and_language(telegram: TelegramSimulator, bot: Bot) -> None:
    everyone, staff = (
        [BotCommand(command="orders", description="Mine")],
        [BotCommand(command="check", description="It")],
    )
    await bot.set_my_commands(everyone, BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(
        [BotCommand(command="orders", description="Os meus")], BotCommandScopeAllPrivateChats(), language_code="pt"
    )
    await bot.set_my_commands(staff, BotCommandScopeChat(chat_id=ANA))
    assert [c.description for c in await bot.get_my_commands(BotCommandScopeAllPrivateChats())] == ["Mine"]
    assert [c.description for c in await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "pt")] == ["Os meus"]
    telegram.add_user(BEN, language_code="pt-BR")
    assert telegram.shown_commands(ANA)[0]["command"] == "check"
    assert telegram.shown_commands(BEN)[0]["description"] == "Os meus"
    await bot.delete_my_commands(BotCommandScopeChat(chat_id=ANA))
    assert telegram.shown_commands(ANA)[0]["description"] == "Mine"


@pytest.mark.parametrize(
    "command", [("UPPER", "x"), ("with-dash", "x"), ("x" * 33, "x"), ("ok", " "), ("ok", "x" * 257)]
)
async def test_invalid_commands_are_refused(bot: Bot, command: tuple[str, str]) -> None:
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND"):
        await bot.set_my_commands([BotCommand(command=command[0], description=command[1])])
    with pytest.raises(TelegramBadRequest, match="invalid language code"):
        await bot.set_my_commands([BotCommand(command="ok", description="x")], language_code="pt-BR")


async def test_descriptions_have_a_language_and_a_limit(bot: Bot) -> None:
    await bot.set_my_description("Tracks orders")
    await bot.set_my_short_description("Acompanha", language_code="pt")
    await bot.set_my_name("OnRoute")
    assert (await bot.get_my_description(language_code="pt")).description == "Tracks orders"
    assert (await bot.get_my_short_description(language_code="pt")).short_description == "Acompanha"
    assert (await bot.get_my_name()).name == "OnRoute"
    with pytest.raises(TelegramBadRequest):
        await bot.set_my_short_description("x" * 121)


async def test_chats_and_their_members_can_be_fetched(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(GROUP, "Staff")
    telegram.add_member(GROUP, ANA, "administrator")
    telegram.add_member(GROUP, BEN, "creator")
    assert (await bot.get_chat(GROUP)).title == "Staff"
    assert (await bot.get_chat(ANA)).type == "private"
    assert (await bot.get_chat_member(GROUP, ANA)).status == "administrator"
    assert {member.status for member in await bot.get_chat_administrators(GROUP)} == {"administrator", "creator"}
    assert (await bot.get_me()).username == "onroute_bot"
    await bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="not a member"):
        await send(bot, "Hi", chat_id=GROUP)


async def test_unknown_methods_and_json_bodies(telegram: TelegramSimulator) -> None:
    base = f"{telegram.api_url}/bot{telegram.token}"
    async with ClientSession() as client:
        async with client.post(f"{base}/sendFlowers") as answer:
            assert (answer.status, (await answer.json())["description"]) == (404, "Not Found: method not found")
        async with client.post(f"{base}/SENDMESSAGE", json={"chat_id": ANA, "text": "Hi"}) as answer:
            assert (await answer.json())["result"]["text"] == "Hi"
        async with client.get(f"{base}/sendMessage?chat_id={ANA}&text=Ho") as answer:
            assert answer.status == 200
        async with client.post(f"{base}/sendMessage", json=[1]) as answer:
            assert answer.status == 400
