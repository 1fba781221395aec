"""A bare loop over aiogram, so many messages at once: what the sender is measured against.

`python -m benchmarks.peers.aiogram_sender URL` reads lines from standard input,
`MESSAGES AT_ONCE`, and prints a line when they are sent: the seconds that each took, as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from benchmarks.peers.one_message import BUTTON, FIRST_CHAT, HTML, TOKEN


async def _send_all(bot: Bot, chats: Iterator[int], seconds: list[float]) -> None:
    for chat_id in chats:
        begun = time.perf_counter()
        button = InlineKeyboardButton(text=BUTTON[0], callback_data=BUTTON[1].format(chat_id))
        markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
        await bot.send_message(chat_id, HTML, parse_mode="HTML", reply_markup=markup)
        seconds.append(time.perf_counter() - begun)


async def _main(url: str) -> None:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            messages, at_once = map(int, line.split())
            chats, seconds = iter(range(FIRST_CHAT, FIRST_CHAT + messages)), list[float]()
            await asyncio.gather(*(_send_all(bot, chats, seconds) for _ in range(at_once)))
            print(json.dumps(seconds), flush=True)
    finally:
        await bot.session.close()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
