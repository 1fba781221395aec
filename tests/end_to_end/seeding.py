"""Write many followers into the service's database before it starts, and tell what each of them was shown later.

For load tests and for tests that kill the service.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bot.process.clock import SystemClock
from bot.simulators.world import SimulatedWorld
from bot.store import chats, migrations, orders
from bot.store.connection import connect
from bot.tracking.model import Level, Order, Ticks
from bot.words.callbacks import CallbackAction

MESSAGE_TIMEOUT = 15.0
SENTENCE = 1  # the line of a card that its status has for itself; line 0 is the stage's


@dataclass(frozen=True, slots=True)
class SeededFollower:
    """A chat that follows one order and has been told its state."""

    chat_id: int
    order_id: str


def seed_followers(world: SimulatedWorld, database: Path, followers: Iterable[SeededFollower], status: str) -> None:
    """Create each order at `status`, and each follower as having been told so. The service must not be running."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(database)) as connection:
        migrations.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        for follower in followers:
            world.telegram.add_user(follower.chat_id, language_code="en")
            if follower.order_id not in world.pickpack.orders:
                world.pickpack.put_order(follower.order_id, status)
            _follow(connection, follower, world.pickpack.hostname, status)
        connection.execute("COMMIT")


async def learn_step_messages(
    world: SimulatedWorld, chat_id: int, start: str, statuses: Sequence[str]
) -> dict[str, int]:
    """Map the sentence on the card of each of `statuses` to its index, by following one order through them."""
    order_id, steps, last_message = "WORDS-1", dict[str, int](), 0
    world.telegram.add_user(chat_id, language_code="en")
    world.pickpack.put_order(order_id, start)
    world.telegram.user_says(chat_id, "/settings")
    settings = await world.telegram.wait_for_message(chat_id, None, MESSAGE_TIMEOUT)
    press = world.telegram.user_presses(chat_id, settings.message_id, f"{CallbackAction.SET_LEVEL}:{Level.EVERY}")
    await world.telegram.wait_for_answer(press)
    world.telegram.user_says(chat_id, order_id)
    for step in range(-1, len(statuses)):
        if step >= 0:
            await world.pickpack.set_status(order_id, statuses[step])
        message = await world.telegram.wait_for_message(chat_id, order_id, MESSAGE_TIMEOUT, after=last_message)
        steps[message.text.splitlines()[SENTENCE]], last_message = step, message.message_id
    return {line: step for line, step in steps.items() if step >= 0}


def steps_shown(world: SimulatedWorld, follower: SeededFollower, steps: Mapping[str, int]) -> list[int]:
    """List the indexes of the steps that a follower was told, oldest first. Raises StopIteration for any other."""
    messages = world.telegram.bot_messages(follower.chat_id)
    return [next(steps[line] for line in message.sent_text.splitlines() if line in steps) for message in messages]


def _follow(connection: sqlite3.Connection, follower: SeededFollower, hostname: str, status: str) -> None:
    now = SystemClock().now()
    order = orders.load(connection, hostname, follower.order_id) or orders.save(
        connection, Order(hostname, follower.order_id, status=status), before=None, now=now
    )
    assert order.id is not None
    chats.touch(connection, follower.chat_id, now=now)
    subscription = chats.follow(
        connection,
        follower.chat_id,
        order.id,
        level=Level.EVERY,
        thread_id=None,
        verified=False,
        follower=None,
        now=now,
    )
    chats.save_notified(connection, replace(subscription, notified_status=status, notified_at=Ticks(now)))
