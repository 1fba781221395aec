"""Orders, each followed by chats that have been told where it is, written into a database before the service runs."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.process.clock import SystemClock
from bot.store import chats, migrations, orders
from bot.store.connection import connect
from bot.tracking.model import Level, Order, Ticks

HOSTNAME = "store"
FIRST_CHAT = 10_000


def follow_orders(database: Path, numbers: Iterable[str], status: str) -> None:
    """Write an order of each number at this status, with a chat that follows it; of a repeated number several."""
    now = SystemClock().now()
    with closing(connect(database)) as connection:
        migrations.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        for place, number in enumerate(numbers):
            chat_id = FIRST_CHAT + place
            order = orders.load(connection, HOSTNAME, number) or orders.save(
                connection, Order(HOSTNAME, number, status=status), before=None, now=now
            )
            assert order.id is not None
            chats.touch(connection, chat_id, language_code="en", now=now)
            made = chats.follow(
                connection,
                chat_id,
                order.id,
                level=Level.EVERY,
                thread_id=None,
                verified=False,
                follower=None,
                now=now,
            )
            chats.save_notified(connection, replace(made, notified_status=status, notified_at=Ticks(now)))
        connection.execute("COMMIT")
