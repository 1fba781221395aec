"""Reminders and housekeeping over a real database, with a clock that is moved by hand."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from bot.people.alert_service import AlertService
from bot.people.maintenance import Maintenance, Retention
from bot.store import awaited_numbers, chats, housekeeping, orders, outbox
from bot.store.awaited_numbers import AwaitedNumber
from bot.store.database import Database
from bot.tracking.hours import StoreHours
from bot.tracking.model import Notice, Order
from bot.tracking.timing import AWAITED_FOR
from tests.builders import CHAT, NOW, contexts, following, order, row_of, stored
from tests.fakes import ManualClock

RETENTION = Retention(keep_days=30, pickup_hours=24, tell_late=False, hours=StoreHours(), page_days=1000)
THOUSANDS = 2 * housekeeping.STEP + 50


class RacedDatabase(Database):
    """A database where something may happen between what was found by a scan and what is done about it."""

    meanwhile: Callable[[sqlite3.Connection], object] | None = None

    async def scan(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        found = await super().scan(work)
        if found and self.meanwhile is not None:
            await self.write(self.meanwhile)
        return found


class RecordingAlertService(AlertService):
    """Records how each backup went."""

    backups: list[str | None]

    async def backup_result(self, failure: str | None) -> None:
        self.backups.append(failure)
        await super().backup_result(failure)


class MaintenanceHarness:
    """The service over a real database; `backups` is what it said of them.

    While `api_answers`, it has just said of each order what is known already, and has said all along of each number
    that there is none.
    """

    api_answers = True

    def __init__(self, database: RacedDatabase) -> None:
        self.database = database
        self.clock = ManualClock(NOW)
        self.backups: list[str | None] = []
        self.wake_ups = 0
        self.set()

    def set(self, **settings: Any) -> None:
        """Change settings of `RETENTION`; the service starts anew, as after a restart."""
        retention = replace(RETENTION, **settings)
        alerts = RecordingAlertService(self.database, contexts(self.clock), on_due=self._count_wake_up)
        alerts.backups = self.backups
        self.service = Maintenance(
            self.database, self.clock, contexts(self.clock), retention, alerts, on_due=self._count_wake_up
        )

    async def run_once(self, after: float = 0.0) -> list[Notice]:
        """Let time pass and look: what has been put into the outbox by that, the oldest first."""
        self.clock.advance(after)
        if self.api_answers:
            await self.answer()
        last = self.database.reader.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0]
        await self.service.run_once()
        rows = self.database.reader.execute("SELECT id FROM outbox WHERE id > ? ORDER BY id", (last,)).fetchall()
        return [one for row in rows if (one := outbox.load(self.database.reader, row["id"])) is not None]

    async def answer(self) -> None:
        """Let the API say what it has said before."""
        now = self.clock.now()

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE orders SET asked_at = ?, confirmed_at = ?", (now, now))
            connection.execute("UPDATE awaited SET answered_at = ?", (now,))

        await self.database.write(work)

    async def has(self, status: str, *told: int, number: str = "1001-01", **fields: Any) -> Order:
        """Store an order at a status since NOW, followed by chats that were notified of it."""

        def work(connection: sqlite3.Connection) -> Order:
            known = stored(connection, order(status, order_id=number, changed_at=NOW, **fields))
            for chat_id in told:
                following(connection, known, chat_id, told=status)
            return known

        return await self.database.write(work)

    async def moves(self, known: Order, status: str) -> Order:
        """Move the order to another status that its followers are notified of."""
        return await self.database.write(partial(self.move, known=known, status=status))

    def move(self, connection: sqlite3.Connection, known: Order, status: str) -> Order:
        now = self.clock.now()
        for one in chats.followers(connection, row_of(known)):
            chats.save_notified(connection, replace(one, notified_status=status, notified_at=now, card_status=status))
        return orders.save(connection, replace(known, status=status, changed_at=now), before=known, now=now)

    async def awaits(self, number: str, *candidates: str, chat_id: int = CHAT, thread_id: int | None = None) -> None:
        """Let a chat await a number that is not known."""

        def work(connection: sqlite3.Connection) -> None:
            chats.touch(connection, chat_id, now=NOW)
            awaited = AwaitedNumber(chat_id, number, candidates, thread_id=thread_id)
            awaited_numbers.add(connection, awaited, next_ask_at=NOW + 60, ends_at=NOW + AWAITED_FOR, now=NOW)

        await self.database.write(work)

    async def all_is_sent(self) -> None:
        """Mark all that is open as sent."""
        sql = "UPDATE outbox SET state = 'sent', done_at = ? WHERE state = 'open'"
        await self.database.write(lambda connection: connection.execute(sql, (self.clock.now(),)) and None)

    def count(self, table: str) -> int:
        found: int = self.database.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
        return found

    def _count_wake_up(self) -> None:
        self.wake_ups += 1
