"""aiogram's bot as a client of the simulator, and what the tests send with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from bot.simulators.telegram.simulator import TelegramSimulator

ANA, BEN = 1001, 1002
GROUP = -1002000


@asynccontextmanager
async def connected(telegram: TelegramSimulator, token: str | None = None) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.api_url))
    try:
        yield Bot(token or telegram.token, session=session)
    finally:
        await (await session.create_session()).close()  # the session's own close waits for TLS that isn't there


async def send(bot: Bot, text: str, chat_id: int = ANA, **more: Any) -> int:
    return (await bot.send_message(chat_id, text, parse_mode="HTML", **more)).message_id


def keyboard(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**{"text": "Press", **button})]])
