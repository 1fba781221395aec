"""Many updates at once: what one chat sends does not keep the others from being heard."""

import asyncio
from pathlib import Path

from aiogram.types import Update

from bot.people.processed_updates import ProcessedUpdates
from bot.telegram.update_processor import MAX_CONCURRENT_UPDATES, UpdateProcessor
from tests.builders import open_database
from tests.fakes import ManualClock

FLOODER, ANA = 6666, 1001


def update(number: int, chat_id: int) -> Update:
    message = {"message_id": number, "date": 1_790_000_000, "chat": {"id": chat_id, "type": "private"}, "text": "hi"}
    return Update.model_validate({"update_id": number, "message": message})


async def test_a_chat_that_floods_while_it_cannot_be_answered_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    held, handled = asyncio.Event(), list[int]()

    async def handle(one: Update) -> None:
        assert one.message is not None
        if one.message.chat.id == FLOODER:
            await held.wait()
        handled.append(one.message.chat.id)

    database = open_database(tmp_path)
    processor = UpdateProcessor(handle, ProcessedUpdates(database, ManualClock()))
    try:
        async with asyncio.timeout(2):
            for number in range(2 * MAX_CONCURRENT_UPDATES):
                assert await processor.begin(update(number, FLOODER))
            assert await processor.begin(update(9999, ANA))
            while ANA not in handled:  # noqa: ASYNC110 - the handler tells nobody
                await asyncio.sleep(0.005)
    finally:
        held.set()
        await processor.finish()
        database.close()
    assert 0 < handled.count(FLOODER) < MAX_CONCURRENT_UPDATES / 2


async def test_chats_that_flood_hold_one_slot_each(tmp_path: Path) -> None:
    held, handled = asyncio.Event(), list[int]()

    async def handle(one: Update) -> None:
        assert one.message is not None
        if one.message.chat.id < FLOODER + 10:
            await held.wait()
        handled.append(one.message.chat.id)

    database = open_database(tmp_path)
    processor = UpdateProcessor(handle, ProcessedUpdates(database, ManualClock()), most=11)
    try:
        async with asyncio.timeout(2):
            for number in range(100):
                assert await processor.begin(update(number, FLOODER + number % 10))
            for number in range(100, 130):
                assert await processor.begin(update(number, ANA + 100_000 + number))
            while len(handled) < 30:  # noqa: ASYNC110 - the handler tells nobody
                await asyncio.sleep(0.005)
    finally:
        held.set()
        await processor.finish()
        database.close()
    assert len(handled) == 130
