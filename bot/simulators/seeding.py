"""Many people who follow orders already, written into the service's database before it starts: for load and kills."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bot.process.clock import SystemClock
from bot.simulators.world import SimulatedWorld
from bot.store import chats, migrations, orders
from bot.store.database import connect
from bot.tracking.model import Level, Order

PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows one order, and was told its state."""

    chat_id: int
    order_id: str


def settle_in(world: SimulatedWorld, database: Path, followers: Iterable[Follower], status: str) -> None:
    """Each order exists, at `status`, and each follower has been told so. The service must not run."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(database)) as connection:
        migrations.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        for one in followers:
            world.telegram.add_user(one.chat_id, language_code="en")
            if one.order_id not in world.pickpack.orders:
                world.pickpack.put_order(one.order_id, status)
            _follow(connection, one, world.pickpack.hostname, status)
        connection.execute("COMMIT")


async def learn_steps(world: SimulatedWorld, chat_id: int, start: str, way: Sequence[str]) -> dict[str, int]:
    """How the message of each step of `way` begins, without the order's number: the step's place."""
    order_id, known, seen = "WORDS-1", dict[str, int](), 0
    world.telegram.add_user(chat_id, language_code="en")
    world.pickpack.put_order(order_id, start)
    world.telegram.user_says(chat_id, order_id)
    for place in range(-1, len(way)):
        if place >= 0:
            await world.pickpack.set_status(order_id, way[place])
        message = await world.telegram.wait_for_message(chat_id, order_id, PATIENCE, after=seen)
        known[_beginning(message.text, order_id)], seen = place, message.message_id
    return {beginning: place for beginning, place in known.items() if place >= 0}


def steps_told(world: SimulatedWorld, one: Follower, known: Mapping[str, int]) -> list[int]:
    """The places of the steps that a follower sees, oldest first. Raises KeyError for a message of another kind."""
    return [known[_beginning(message.text, one.order_id)] for message in world.telegram.bot_messages(one.chat_id)]


def _beginning(text: str, order_id: str) -> str:
    return text.splitlines()[0].replace(order_id, "")


def _follow(connection: sqlite3.Connection, one: Follower, hostname: str, status: str) -> None:
    now = SystemClock().now()
    known = orders.load(connection, hostname, one.order_id) or orders.save(
        connection, Order(hostname, one.order_id, status=status), before=None, now=now
    )
    assert known.id is not None  # noqa: S101 - stored in the line above
    chats.touch(connection, one.chat_id, now=now)
    made = chats.follow(
        connection, one.chat_id, known.id, level=Level.EVERY, thread_id=None, verified=False, follower=None, now=now
    )
    chats.save_told(connection, replace(made, told_status=status, told_sent_at=now))
