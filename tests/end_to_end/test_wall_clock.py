"""The machine's clock is set while the real service runs."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import LOOK_SECONDS, PersonsChat, asked_again
from tests.end_to_end.service_process import started
from tests.key_catalog import key_folder

HOUR = 3600

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def clock_is_off(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the seconds by which the clock is off."""
    file = tmp_path_factory.mktemp("clock") / "seconds"
    file.write_text("0")
    return file


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(clock_is_off: Path) -> AsyncIterator[SimulatedWorld]:
    pace = {"POLL_SILENCE": 0.2, "POLL_SILENCE_MAX": 0.2, "SETTLE_SECONDS": 0, "SEND_RATE": 0}
    world = SimulatedWorld(cache_seconds=0)
    try:
        await world.start(LOCALES_OVERRIDE=key_folder(), **pace)
        await world.kill()  # it is started anew with a clock of its own, and all that it needs is there now
        world.pickpack.webhook.lose_share = 1.0
        service = ("-m", "tests.end_to_end.moved_clock_service", str(os.getpid()), str(clock_is_off))
        async with started(world, *service):
            while '"telegram": "ok"' not in (await world.get("/readyz"))[1]:  # noqa: ASYNC110 - the service tells nobody
                await asyncio.sleep(LOOK_SECONDS)
            yield world
    finally:
        await world.stop()


def set_clock(clock_is_off: Path, jump: int) -> None:
    clock_is_off.write_text(str(int(clock_is_off.read_text()) + jump))


@pytest.mark.parametrize("jump", [-HOUR, HOUR])
async def test_polling_goes_on_when_the_clock_is_set(
    world: SimulatedWorld, chat: PersonsChat, clock_is_off: Path, jump: int
) -> None:
    order_id = f"14120000{HOUR + jump:05d}-01"
    world.pickpack.put_order(order_id)
    await chat.follows(order_id)
    await asked_again(world, order_id)
    set_clock(clock_is_off, jump)
    await asked_again(world, order_id, times=5)
    await world.pickpack.set_status(order_id, "PICKING")
    await chat.told("state-picking", order=order_id)
    direction = "on" if jump > 0 else "back"
    assert f"clock was set {direction} by" in world.service.log.read_text()
    await chat.is_told_no_more()
