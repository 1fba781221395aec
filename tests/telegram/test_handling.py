"""Many updates at once: what one chat sends does not keep the others from being heard."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiogram import Bot

from bot.people.update_inbox import UpdateInbox
from bot.store.database import Database
from bot.telegram.received import ReceivedUpdate, read
from bot.telegram.update_processor import (
    MAX_WAITING_OF_A_CHAT,
    MAX_WAITING_OF_A_PERSON,
    Handle,
    UpdateProcessor,
    say_nothing,
)
from tests.builders import open_database
from tests.fakes import ManualClock

FLOODER, ANA, GROUP = 6666, 1001, -3000
FLOODERS = 150
BOT = Bot("123456789:AAsimulatorsimulatorsimulatorsimulat")


def update(number: int, chat_id: int, person: int | None = None) -> ReceivedUpdate:
    chat = {"id": chat_id, "type": "private" if chat_id > 0 else "group"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": chat, "text": "hi"}
    if person is not None:
        message["from"] = {"id": person, "is_bot": False, "first_name": "Somebody"}
    made = read({"update_id": number, "message": message}, BOT)
    assert made is not None
    return made


class Handlers:
    """Handlers that are held up for flooders' chats; `handled` are the chats of what has been handled."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.handled: list[int] = []

    async def __call__(self, one: ReceivedUpdate) -> None:
        assert one.update.message is not None
        if one.update.message.chat.id >= FLOODER:
            await self.open.wait()
        self.handled.append(one.update.message.chat.id)

    async def have(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110 - the handlers tell nobody
                await asyncio.sleep(0.005)


@pytest.fixture
async def handlers() -> AsyncIterator[Handlers]:
    made = Handlers()
    yield made
    made.open.set()


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(tmp_path)


@pytest.fixture
async def begin(database: Database, handlers: Handlers) -> AsyncIterator[Callable[..., UpdateProcessor]]:
    """Makes processors, which are ended before the database is closed."""
    made = list[UpdateProcessor]()

    def make(handle: Handle = handlers, most: int = 5000, refuse: Handle = say_nothing) -> UpdateProcessor:
        made.append(UpdateProcessor(handle, UpdateInbox(database, ManualClock()), most=most, refuse=refuse))
        return made[-1]

    yield make
    handlers.open.set()
    for one in made:
        await one.cancel()
    await asyncio.to_thread(database.close)


async def test_a_chat_that_floods_while_it_cannot_be_answered_keeps_nobody_else_waiting(
    begin: Callable[..., UpdateProcessor], handlers: Handlers
) -> None:
    processor = begin()
    for number in range(1, 200):
        assert await processor.take([update(number, FLOODER)])
    assert await processor.take([update(9999, ANA)])
    await handlers.have(lambda: ANA in handlers.handled)
    handlers.open.set()
    await processor.finish()
    assert handlers.handled.count(FLOODER) == MAX_WAITING_OF_A_CHAT


async def test_in_a_group_each_person_has_a_bound_of_their_own(
    begin: Callable[..., UpdateProcessor], handlers: Handlers
) -> None:
    processor = begin()
    people = [update(number, GROUP, person=7000 + number) for number in range(1, 2 * MAX_WAITING_OF_A_CHAT)]
    flood = [update(500 + number, GROUP, person=FLOODER) for number in range(100)]
    assert await processor.take([*flood, *people])
    await processor.finish()
    assert len(handlers.handled) == len(people) + MAX_WAITING_OF_A_CHAT


async def test_in_a_group_ones_second_message_waits_behind_everybodys_first(
    begin: Callable[..., UpdateProcessor],
) -> None:
    handled = list[tuple[int, int]]()

    async def handle(one: ReceivedUpdate) -> None:
        assert one.update.message is not None and one.update.message.from_user is not None
        handled.append((one.update.message.from_user.id, one.update.update_id))

    processor = begin(handle)
    flood = [update(number, GROUP, person=FLOODER) for number in (1, 2, 3)]
    assert await processor.take([*flood, update(4, GROUP, person=ANA), update(5, GROUP, person=ANA)])
    await processor.finish()
    assert handled == [(FLOODER, 1), (ANA, 4), (FLOODER, 2), (ANA, 5), (FLOODER, 3)]


async def test_in_a_group_whoever_comes_late_takes_turns_with_those_who_were_answered_before(
    begin: Callable[..., UpdateProcessor],
) -> None:
    handled = list[int]()

    async def handle(one: ReceivedUpdate) -> None:
        assert one.update.message is not None and one.update.message.from_user is not None
        handled.append(one.update.message.from_user.id)
        if one.update.update_id == 10:
            flood = [update(number, GROUP, person=FLOODER) for number in range(11, 16)]
            assert await processor.take([*flood, update(16, GROUP, person=ANA), update(17, GROUP, person=ANA)])

    processor = begin(handle)
    assert await processor.take([update(number, GROUP, person=ANA) for number in range(1, 11)])
    await processor.finish()
    assert handled[10:] == [FLOODER, FLOODER, ANA, FLOODER, ANA, FLOODER, FLOODER]


async def test_what_telegram_brings_twice_is_no_flood(
    begin: Callable[..., UpdateProcessor], handlers: Handlers
) -> None:
    told = list[int]()

    async def refuse(one: ReceivedUpdate) -> None:
        told.append(one.update.update_id)

    processor = begin(refuse=refuse)
    first = [update(number, FLOODER, FLOODER) for number in range(1, MAX_WAITING_OF_A_CHAT + 1)]
    assert await processor.take(first)
    assert await processor.take(first)
    assert await processor.take([update(number, FLOODER, FLOODER) for number in range(100, 110)])
    handlers.open.set()
    await processor.finish()
    assert told == [100]


async def test_in_many_groups_one_person_has_one_bound_in_all(
    begin: Callable[..., UpdateProcessor], handlers: Handlers
) -> None:
    processor = begin()
    flood = [update(number, GROUP - number // 10, person=FLOODER) for number in range(1, 5 * MAX_WAITING_OF_A_PERSON)]
    assert await processor.take([*flood, update(9999, ANA)])
    await processor.finish()
    assert len(handlers.handled) == MAX_WAITING_OF_A_PERSON + 1


async def test_who_floods_is_told_once_behind_what_is_answered_and_again_only_after_it_was_over(
    begin: Callable[..., UpdateProcessor], handlers: Handlers
) -> None:
    told = list[int]()

    async def refuse(one: ReceivedUpdate) -> None:
        assert len(handlers.handled) == MAX_WAITING_OF_A_CHAT
        told.append(one.update.update_id)

    processor = begin(refuse=refuse)
    assert await processor.take([update(number, FLOODER, FLOODER) for number in range(100, 200)])
    handlers.open.set()
    await processor.finish()
    assert told == [100 + MAX_WAITING_OF_A_CHAT]
    handlers.handled.clear()
    assert await processor.take([update(number, FLOODER, FLOODER) for number in range(200, 300)])
    await processor.finish()
    assert told == [100 + MAX_WAITING_OF_A_CHAT, 200 + MAX_WAITING_OF_A_CHAT]


async def test_that_what_comes_is_left_to_telegram_is_logged_once(
    begin: Callable[..., UpdateProcessor], handlers: Handlers, caplog: pytest.LogCaptureFixture
) -> None:
    processor = begin(most=10)
    assert await processor.take([update(number, FLOODER + number) for number in range(1, 11)])
    for _ in range(3):
        assert not await processor.take([update(99, ANA)])
    assert [record.getMessage() for record in caplog.records if "left to Telegram" in record.getMessage()] != []
    assert len(caplog.records) == 1


async def test_however_many_chats_cannot_be_answered_nobody_else_waits(
    begin: Callable[..., UpdateProcessor], handlers: Handlers
) -> None:
    processor = begin()
    flood = [update(number, FLOODER + number % FLOODERS) for number in range(1, 10 * FLOODERS + 1)]
    assert await processor.take(flood)
    assert await processor.take([update(9999, ANA)])
    await handlers.have(lambda: ANA in handlers.handled)
    assert handlers.handled == [ANA]
    handlers.open.set()
    await processor.finish()
    assert len(handlers.handled) == len(flood) + 1


async def test_a_flood_of_all_is_left_to_telegram_until_there_is_room(
    begin: Callable[..., UpdateProcessor], handlers: Handlers
) -> None:
    processor = begin(most=10)
    assert await processor.take([update(number, FLOODER + number) for number in range(1, 11)])
    assert not await processor.take([update(99, ANA)])
    handlers.open.set()
    await handlers.have(lambda: len(handlers.handled) == 10)
    await processor.finish()
    assert await processor.take([update(99, ANA)])
    await handlers.have(lambda: ANA in handlers.handled)


async def test_a_chats_updates_are_handled_in_their_order_one_after_the_other(
    begin: Callable[..., UpdateProcessor],
) -> None:
    order, under_way = list[int](), list[int]()

    async def handle(one: ReceivedUpdate) -> None:
        under_way.append(one.update.update_id)
        await asyncio.sleep(0)
        order.append(under_way.pop())
        assert under_way == []

    processor = begin(handle)
    await asyncio.gather(*(processor.take([update(number, ANA)]) for number in range(1, 11)))
    await processor.finish()
    assert order == list(range(1, 11))


async def test_who_gives_up_waiting_for_the_200_is_not_forgotten(
    begin: Callable[..., UpdateProcessor], handlers: Handlers
) -> None:
    """What is stored counts as seen: brought again it would never be handled."""
    taking = asyncio.create_task(begin().take([update(1, ANA)]))
    await asyncio.sleep(0)
    taking.cancel()
    await handlers.have(lambda: handlers.handled == [ANA])


async def test_once_closed_what_waits_behind_another_stays_in_the_inbox(
    begin: Callable[..., UpdateProcessor], handlers: Handlers, database: Database
) -> None:
    processor = begin()
    assert await processor.take([update(number, FLOODER) for number in (1, 2, 3)])
    await asyncio.sleep(0)
    processor.close()
    handlers.open.set()
    await processor.finish()
    assert handlers.handled == [FLOODER]
    rows = database.reader.execute("SELECT update_id FROM inbox ORDER BY update_id")
    assert [row[0] for row in rows] == [2, 3]
    assert not await processor.take([update(4, ANA)])


async def test_a_handler_that_fails_beyond_any_apology_leaves_its_chat_alive(
    begin: Callable[..., UpdateProcessor], handlers: Handlers, database: Database
) -> None:
    async def handle(one: ReceivedUpdate) -> None:
        if one.update.update_id == 1:
            raise RuntimeError("nobody may read this")
        await handlers(one)

    processor = begin(handle)
    assert await processor.take([update(1, ANA), update(2, ANA)])
    await handlers.have(lambda: handlers.handled == [ANA])
    await processor.finish()
    assert database.reader.execute("SELECT count(*) FROM inbox").fetchone()[0] == 0
