"""A socket that systemd holds while the service is started again: no webhook is refused meanwhile."""

import asyncio
import socket
import time
from collections.abc import Iterator

import pytest

from bot.simulators.world import SimulatedWorld
from tests import as_systemd
from tests.end_to_end.chats import until
from tests.end_to_end.service_process import started

EVERY = 0.05  # seconds between two webhooks


@pytest.fixture
def handed() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listening:
        yield listening


async def test_webhooks_that_come_while_the_service_is_started_again_are_answered_200(handed: socket.socket) -> None:
    world, statuses, sent = SimulatedWorld(cache_seconds=0), list[int | None](), set[asyncio.Task[None]]()
    port, file = handed.getsockname()[1], handed.fileno()
    service = ("-m", "bot", "run")
    systemd = as_systemd.command(file)

    async def send(number: int) -> None:
        body = {"orderId": f"WAITS-{number}", "newStatus": "PICKING", "hostname": world.pickpack.hostname}
        statuses.append(await world.pickpack.send_webhook(body))

    async def keep_sending(ended: asyncio.Event) -> None:
        while not ended.is_set():
            sent.add(asyncio.create_task(send(len(sent))))
            await asyncio.sleep(EVERY)

    try:
        await world.start(HTTP_PORT=port)
        await world.kill()
        ended = asyncio.Event()
        async with started(world, *service, before=systemd, files=(file,)) as first:
            sending = asyncio.create_task(keep_sending(ended))
            await until(lambda: 200 in statuses)
            stopped_at = time.monotonic()
            first.terminate()
            await first.wait()
        async with started(world, *service, before=systemd, files=(file,)):
            away, so_far = time.monotonic() - stopped_at, len(statuses)
            await until(lambda: len(statuses) > so_far + 5)
            ended.set()
            await sending
            await asyncio.gather(*sent)
    finally:
        await world.stop()
    print(f"\n{len(statuses)} webhooks, {away:.2f} s away, {statuses.count(200)} answered 200")  # noqa: T201 - with -s
    assert away > EVERY
    assert set(statuses) == {200}
