"""Killed with SIGKILL under load, again and again, and at the moments that matter: nothing is lost, little repeated."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from bot.sending.pacing import MAX_CLAIMED, MAX_CONCURRENT_CALLS
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.world import SimulatedWorld
from bot.tracking.statuses import ON_ROUTE, TABLE, is_further
from tests.end_to_end.chats import PATIENCE, PersonsChat, saying_keys, stored, until
from tests.end_to_end.crashing_service import AFTER_COMMIT, BEFORE_COMMIT
from tests.end_to_end.seeding import SeededFollower, learn_step_messages, seed_followers, steps_shown
from tests.end_to_end.service_process import started
from tests.message_keys import button_of, says
from tests.run_options import LONG

pytestmark = pytest.mark.asyncio(loop_scope="module")

KILLS = 20 if LONG else 4
A_SECOND = 15
LATENCY = 0.1
START = "READY_FOR_PICKING"
WAY = [name for name in TABLE if is_further(name, "READY_FOR_PICKING") and not is_further(name, ON_ROUTE)]
FOLLOWERS = [SeededFollower(9_000 + place, f"LOAD-{place}") for place in range(KILLS * A_SECOND)]


@dataclass
class Load:
    """Webhooks at a steady rate, each moves an order one step; `answered`: which step of an order got its 200 last."""

    world: SimulatedWorld
    answered: dict[str, int] = field(default_factory=dict)
    count: int = 0
    refused: int = 0
    ended: bool = False

    async def run(self) -> None:
        under_way: set[asyncio.Task[None]] = set()
        for order_id, place in ((one.order_id, place) for place in range(len(WAY)) for one in FOLLOWERS):
            if self.ended:
                break
            task = asyncio.create_task(self._move(order_id, place))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            await asyncio.sleep(1 / A_SECOND)
        await asyncio.gather(*under_way)

    async def _move(self, order_id: str, place: int) -> None:
        order = self.world.pickpack.orders[order_id]
        old, order.status = order.status, WAY[place]
        body = {"orderId": order_id, "oldStatus": old, "newStatus": WAY[place], "hostname": order.hostname}
        if await self.world.pickpack.send_webhook(body) == 200:
            self.answered[order_id] = place
            self.count += 1
        else:
            self.refused += 1


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SimulatedWorld]:
    world = SimulatedWorld(cache_seconds=0)
    database = tmp_path_factory.mktemp("kills") / "bot.db"
    seed_followers(world, database, FOLLOWERS, START)
    async with saying_keys(world, SETTLE_SECONDS=0, SEND_RATE=0, DATABASE_PATH=database) as world:
        yield world


async def kill_and_restart(world: SimulatedWorld) -> int:
    """How many messages were under way at the kill."""
    await world.kill()
    claimed = stored(world, "SELECT count(*) FROM outbox WHERE state = 'claimed'")[0][0]
    await world.restart()
    await world.wait_until_ready()
    return int(str(claimed))


async def test_killed_under_load_all_that_was_answered_2xx_is_told_and_repeated_is_only_what_was_under_way(
    world: SimulatedWorld,
) -> None:
    steps = await learn_step_messages(world, 8_999, START, WAY)
    assert len(steps) == len(WAY)
    load, chance = Load(world), random.Random(7)
    world.telegram.latency = LATENCY
    sending = asyncio.create_task(load.run())
    under_way = []
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(1.0, 3.0))
        under_way.append(await kill_and_restart(world))
    load.ended = True
    await sending

    def told(one: SeededFollower) -> list[int]:
        return steps_shown(world, one, steps)

    def is_all_told() -> bool:
        return all(max(told(one)[-1:], default=-1) >= load.answered.get(one.order_id, -1) for one in FOLLOWERS)

    await until(lambda: stored(world, "SELECT count(*) FROM outbox WHERE state IN ('open', 'claimed')") == [(0,)], 30)
    assert is_all_told()
    repeats = sum(len(told(one)) - len(set(told(one))) for one in FOLLOWERS)
    print(f"\n{KILLS} kills: {load.count} answered 2xx, {load.refused} not, {under_way} under way, {repeats} repeated")  # noqa: T201 - with -s
    assert load.count > KILLS * A_SECOND
    assert max(under_way) <= MAX_CLAIMED
    assert repeats <= sum(min(one, MAX_CONCURRENT_CALLS) for one in under_way)
    # the card of an unknown outcome keeps its buttons until they are pressed
    keyboards = sum(len(PersonsChat(world, one.chat_id).keyboards) - 1 for one in FOLLOWERS if told(one))
    assert keyboards <= sum(under_way)


async def follower(world: SimulatedWorld, somebody: Callable[[], PersonsChat], order_id: str) -> PersonsChat:
    """Somebody who follows a new order."""
    person = somebody()
    world.pickpack.put_order(order_id, START)
    await person.follows(order_id)
    return person


async def test_killed_before_telegram_shows_a_message_it_is_told_once(
    world: SimulatedWorld, somebody: Callable[[], PersonsChat]
) -> None:
    person = await follower(world, somebody, "BEFORE-1")
    slow = world.telegram.fail(TelegramFault.SLOW, chat_id=person.id, times=1, seconds=1.5)
    await world.pickpack.set_status("BEFORE-1", "PICKING")
    await until(lambda: slow.hits == 1)
    assert await kill_and_restart(world) == 1
    await person.told("state-picking", order="BEFORE-1")
    await person.is_told_no_more()
    assert len(person.texts) == 2


async def test_killed_after_telegram_has_shown_a_message_and_before_its_answer_it_is_repeated_once(
    world: SimulatedWorld, somebody: Callable[[], PersonsChat]
) -> None:
    person = await follower(world, somebody, "AFTER-1")
    world.telegram.fail(TelegramFault.HANG, chat_id=person.id, times=1)
    await world.pickpack.set_status("AFTER-1", "PICKING")
    orphan = await person.told("state-picking", order="AFTER-1")
    assert await kill_and_restart(world) == 1
    living = await person.told("state-picking", order="AFTER-1")
    await person.is_told_no_more()
    assert len(person.texts) == 3
    assert person.keyboards == [orphan, living]
    press = world.telegram.user_presses(person.id, orphan.message_id, button_of(orphan, "button-more")["callback_data"])
    assert says((await world.telegram.wait_for_answer(press))["text"], "toast-old")
    await until(lambda: person.keyboards == [living])


@pytest.mark.parametrize(("moment", "is_stored"), [(BEFORE_COMMIT, False), (AFTER_COMMIT, True)])
async def test_killed_at_the_commit_before_the_webhook_is_answered_the_one_sent_again_is_told_once(
    world: SimulatedWorld, somebody: Callable[[], PersonsChat], moment: str, is_stored: bool
) -> None:
    order_id = f"COMMIT-{moment}-1"
    person = await follower(world, somebody, order_id)
    await world.terminate()
    async with started(
        world, "-m", "tests.end_to_end.crashing_service", "webhook", moment, str(os.getpid())
    ) as process:
        await world.pickpack.set_status(order_id, "PICKING")
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == -9
    assert world.pickpack.webhooks[-1].status is None
    sent = world.pickpack.webhooks[-1].body
    found = stored(world, "SELECT status FROM orders WHERE order_id = ?", order_id)
    assert found == [("PICKING" if is_stored else START,)]
    await world.restart()
    await world.wait_until_ready()
    assert await world.pickpack.send_webhook(sent) == 200
    await person.told("state-picking", order=order_id)
    await person.is_told_no_more()
    assert len(person.texts) == 2
