"""A bare loop over python-telegram-bot, spoken to as `aiogram_sender` is."""

import asyncio
import json
import sys
import time

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import HTTPXRequest

from benchmarks.peers.one_message import BUTTON, FIRST_CHAT, HTML, TOKEN


async def _send_all(bot, chats, seconds):
    for chat_id in chats:
        begun = time.perf_counter()
        button = InlineKeyboardButton(BUTTON[0], callback_data=BUTTON[1].format(chat_id))
        await bot.send_message(chat_id, HTML, parse_mode="HTML", reply_markup=InlineKeyboardMarkup([[button]]))
        seconds.append(time.perf_counter() - begun)


async def _main(url):
    request = HTTPXRequest(connection_pool_size=64)
    async with Bot(TOKEN, base_url=f"{url}/bot", request=request) as bot:
        while line := await asyncio.to_thread(sys.stdin.readline):
            messages, at_once = map(int, line.split())
            chats, seconds = iter(range(FIRST_CHAT, FIRST_CHAT + messages)), []
            await asyncio.gather(*(_send_all(bot, chats, seconds) for _ in range(at_once)))
            print(json.dumps(seconds), flush=True)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
