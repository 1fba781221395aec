"""Many people who follow orders already, written into the service's database before it starts: for load and kills."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bot.clock import SystemClock
from bot.demo.world import World
from bot.store import chats, migrations, orders
from bot.store.database import connect
from bot.tracking.model import Level, Order


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows one order, and was told its state."""

    chat_id: int
    order_id: str


def settle_in(world: World, database: Path, followers: Iterable[Follower], status: str) -> None:
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
