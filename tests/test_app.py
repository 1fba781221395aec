"""The whole service in a test's own loop: what it does before Telegram has taken all that is set, and while it ends."""

import asyncio
import importlib
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

from bot import app, settings
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.store import chats, orders, outbox
from bot.store.connection import connect
from bot.store.database import Database
from bot.tracking.model import Kind, Notice, Ticks
from bot.tracking.timing import DAY
from bot.transactions import expire
from tests.builders import order

ANA = 1001
NOWHERE = "http://127.0.0.1:9"
SECRET = "a-secret-only-for-these-tests-000000"
HALF_A_REQUEST = (
    f"POST /webhooks/pickpack HTTP/1.1\r\nHost: here\r\nX-Webhook-Secret: {SECRET}\r\nContent-Length: 9\r\n\r\n{{"
).encode()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator() as simulator:
        simulator.add_user(ANA)
        yield simulator


class Service:
    """The service in this loop; a message is due when it starts."""

    def __init__(self, telegram: TelegramSimulator, folder: Path) -> None:
        self.port = unused_port()
        self._stopping = asyncio.Event()
        self._started = asyncio.Event()
        environment = {
            "BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.api_url,
            "TELEGRAM_UPDATES": "webhook",
            "PUBLIC_URL": "https://bot.example.com",
            "PICKPACK_API_KEY": "a-key-only-for-these-tests",
            "PICKPACK_TOKEN_URL": NOWHERE,
            "PICKPACK_TRACKING_URL": NOWHERE,
            "WEBHOOK_SECRET": SECRET,
            "DATABASE_PATH": str(folder / "bot.db"),
            "HTTP_HOST": "127.0.0.1",
            "HTTP_PORT": str(self.port),
        }
        self._settings = settings.load(environment, folder / "no.env")
        self.path = self._settings.database_path

    async def start(self) -> None:
        await asyncio.to_thread(_put_a_due_message, self.path)
        self._running = asyncio.create_task(app.run(self._settings, self._stopping, on_started=self._started.set))
        async with asyncio.timeout(10):
            await self._started.wait()

    async def stop(self) -> None:
        self._stopping.set()
        await self._running


def _put_a_due_message(path: Path) -> None:
    database = Database(path)
    database.open()
    database.close()
    with closing(connect(path)) as connection:
        now = time.time()
        chats.touch(connection, ANA, now=now)
        outbox.put(connection, [Notice(ANA, Kind.NOTE, Ticks(now), payload={"text": "Hello"})])


@pytest.fixture
def service(telegram: TelegramSimulator, tmp_path: Path) -> Service:
    return Service(telegram, tmp_path)


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(40):
        while not true():  # noqa: ASYNC110 - the service tells nobody
            await asyncio.sleep(0.01)


async def test_what_is_due_is_sent_though_telegram_takes_no_webhook(
    service: Service, telegram: TelegramSimulator
) -> None:
    refused = telegram.fail("500", methods={"setWebhook"})
    await service.start()
    try:
        await until(lambda: refused.hits)
        assert (await telegram.wait_for_message(ANA, "Hello")).text.endswith("Hello")
    finally:
        await service.stop()


async def test_a_start_of_telegrams_part_that_fails_is_tried_again(
    service: Service, telegram: TelegramSimulator, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setitem(sys.modules, "bot.telegram.room", None)  # as if it could not be imported
        await service.start()
        await until(lambda: "The task telegram failed and is started again" in caplog.text)
    try:
        assert (await telegram.wait_for_message(ANA, "Hello")).text.endswith("Hello")
    finally:
        await service.stop()


async def test_what_telegram_says_while_the_service_ends_begins_nothing_more(
    service: Service, telegram: TelegramSimulator
) -> None:
    """Sent without time to be marked, a message would be told again at the next start."""
    importlib.import_module("bot.telegram.room")
    one_thread = ThreadPoolExecutor(1)
    one_thread.submit(time.sleep, 0.4)  # the import takes so long
    asyncio.get_running_loop().set_default_executor(one_thread)
    await service.start()
    _, half_a_request = await asyncio.open_connection("127.0.0.1", service.port)
    half_a_request.write(HALF_A_REQUEST)
    await half_a_request.drain()
    stopping = asyncio.create_task(service.stop())
    await asyncio.sleep(0.8)
    half_a_request.close()
    await stopping
    assert telegram.calls_of("sendMessage") == []


async def test_a_service_that_is_told_to_end_while_its_port_is_in_use_ends(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", service.port)):
        starting = asyncio.create_task(service.start())
        await until(lambda: "Not listening yet" in caplog.text)
        async with asyncio.timeout(2):
            await service.stop()
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)


async def test_a_port_that_is_in_use_for_a_while_is_one_line_and_its_end_another(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.ingest.listener")
    with socket.create_server(("127.0.0.1", service.port)):
        starting = asyncio.create_task(service.start())
        await until(lambda: "Not listening yet" in caplog.text)
        await asyncio.sleep(1.2)  # it is tried twice more
    await starting
    said = [one.getMessage() for one in caplog.records if one.name == "bot.ingest.listener"]
    assert [one.partition(" ")[0] for one in said] == ["Not", "The"]


@pytest.mark.parametrize(("days", "absences"), [(31, 1), (0.5, 0)])
async def test_a_file_of_last_month_begins_with_an_absence(service: Service, days: float, absences: int) -> None:
    with closing(Database(service.path)) as database:
        database.open()
        latest = Ticks(time.time() - days * DAY)
        work = partial(orders.save, order=order("INVOICED", webhook_at=latest), before=None, now=latest)
        await database.write(work)
    await service.start()
    try:
        with closing(connect(service.path)) as connection:
            found = expire.absences(connection)
    finally:
        await service.stop()
    assert [round(one.seconds / DAY) for one in found] == [31] * absences
