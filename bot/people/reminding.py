"""What shoppers must hear later, without any news: a number that never appeared, an order that waits to be picked up.

Also the end of what is kept: silent orders are archived, old ones dropped, a copy of the database made each day.
"""

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.process.clock import Clock
from bot.store import audit, chats, facts, housekeeping, orders, outbox
from bot.store.database import Database
from bot.store.errors import StoreTrouble
from bot.store.housekeeping import Waiting
from bot.tracking.hours import StoreHours, until_open
from bot.tracking.model import Kind, Notice
from bot.tracking.timing import DAY, HOUR, backoff

log = logging.getLogger(__name__)

AT_ONCE = 200
LATE_AFTER = {  # how long a state may last before it is unusual
    "READY_FOR_HANDLING": DAY,
    "READY_FOR_PICKING": DAY,
    "PICKING": 4 * HOUR,
    "READY_FOR_PACKING": 4 * HOUR,
    "PACKING": 4 * HOUR,
    "PREPARING_SHIPPING": DAY,
    "READY_FOR_SHIPPING": DAY,
    "WAITING_FOR_DELIVERY_COMPANY": DAY,
    "ON_ROUTE": 3 * DAY,
}


@dataclass(frozen=True, slots=True)
class Keeping:
    """The settings that this room needs. `pickup_hours` 0: no reminders; `backups`: a folder, None for no backups."""

    keep_days: int
    pickup_hours: float
    tell_late: bool
    hours: StoreHours
    backups: Path | None = None


class Reminding:
    """Looks, now and then, for what has come due without any news.

    `backed_up` is told of each daily backup: why it failed, or None where one was made.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keeping: Keeping,
        *,
        woke: Callable[[], None],
        backed_up: Callable[[str | None], Awaitable[None]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._keeping = keeping
        self._woke = woke
        self._backed_up = backed_up
        self._backups_failed = 0
        self._no_backup_before = 0.0

    async def look(self) -> None:
        """One round. Raises StoreTrouble."""
        now = self._clock.now()
        await self._give_up_numbers(now)
        if self._keeping.pickup_hours > 0:
            before = now - self._keeping.pickup_hours * HOUR
            await self._remind(Kind.REMINDER, partial(housekeeping.waiting_for_pickup, told_before=before))
        if self._keeping.tell_late:
            for state, usual in LATE_AFTER.items():
                find = partial(housekeeping.standing_still, state=state, since_before=now - usual)
                await self._remind(Kind.LATE, find)
        await self._archive(now - self._keeping.keep_days * DAY)
        await self._database.write(partial(facts.drop_old_updates, before=now - 2 * DAY))
        # it names orders and says what staff wrote about them: kept no longer than those
        await self._database.write(partial(audit.drop_old, before=self._clock.wall() - self._keeping.keep_days * DAY))
        await self._back_up()

    async def _give_up_numbers(self, now: float) -> None:
        if chats.awaited_ended(self._database.reader, now, 1):
            await self._database.write(partial(_give_up, now=now))
            self._woke()

    async def _remind(self, kind: Kind, find: Callable[[sqlite3.Connection], list[Waiting]]) -> None:
        found = await self._database.scan(find)
        if found:
            # nobody is woken by a reminder
            due_at = self._clock.now() + until_open(self._keeping.hours, self._clock.wall())
            await self._database.write(partial(_put_reminders, found=found, kind=kind, due_at=due_at))
            self._woke()

    async def _archive(self, silent_since: float) -> None:
        silent = await self._database.scan(partial(housekeeping.forgotten_orders, silent_since=silent_since))
        if silent:
            now = self._clock.now()
            work = partial(_put_away, silent=silent, silent_since=silent_since, days=self._keeping.keep_days, now=now)
            await self._database.write(work)
            self._woke()
        dropped = await self._database.write(partial(housekeeping.drop_old, before=silent_since))
        if dropped:
            log.info("%d orders older than KEEP_DAYS were dropped", dropped)

    async def _back_up(self) -> None:
        folder = self._keeping.backups
        if folder is None or self._clock.now() < self._no_backup_before:
            return
        today = datetime.fromtimestamp(self._clock.wall(), self._keeping.hours.zone).date()
        try:
            made = await self._database.in_thread(
                partial(housekeeping.daily_backup, self._database.path, folder, today)
            )
        except StoreTrouble as trouble:
            await self._backup_failed(str(trouble))
            return
        self._backups_failed = 0
        if made is not None:
            log.info("Backup written to %s", made)
            await self._report_backup(None)

    async def _backup_failed(self, trouble: str) -> None:
        self._backups_failed += 1
        # ever more slowly: each try may fill the disk to the brim that the database lives on
        wait = backoff(self._backups_failed, first=60.0, most=HOUR)
        self._no_backup_before = self._clock.now() + wait
        log.error("Today's backup could not be made: %s; again in %.0f minutes", trouble, wait / 60)
        await self._report_backup(trouble)

    async def _report_backup(self, trouble: str | None) -> None:
        try:
            await self._backed_up(trouble)
        except StoreTrouble as error:
            log.warning("Could not keep how the backup went: %s", error)
        self._woke()


def _give_up(connection: sqlite3.Connection, now: float) -> None:
    """A number that did not appear in its time is told so, once."""
    for awaited in chats.awaited_ended(connection, now, AT_ONCE):
        chats.stop_awaiting(connection, awaited.chat_id, awaited.number)
        chat = chats.load(connection, awaited.chat_id)
        if chat is None or chat.paused is not None:
            continue
        notice = Notice(
            chat_id=awaited.chat_id,
            kind=Kind.NEVER_SEEN,
            due_at=now,
            thread_id=awaited.thread_id,
            payload={"number": awaited.number},
            made_at=now,
        )
        outbox.put(connection, [notice])


def _put_reminders(connection: sqlite3.Connection, found: list[Waiting], kind: Kind, due_at: float) -> None:
    for waiting in found:
        if housekeeping.reminded(connection, waiting):
            notice = Notice(
                chat_id=waiting.chat_id,
                kind=kind,
                due_at=due_at,
                order=waiting.order,
                status=waiting.state,
                sound=kind is Kind.REMINDER,
                thread_id=waiting.thread_id,
                made_at=due_at,
            )
            outbox.put(connection, [notice])


def _put_away(connection: sqlite3.Connection, silent: list[int], silent_since: float, days: int, now: float) -> None:
    """Followers are told once that nothing more will come of an order; then nobody follows it any more."""
    for row in housekeeping.still_forgotten(connection, silent, silent_since):
        for subscription in chats.followers(connection, row):
            outbox.close_for_order(connection, subscription.chat_id, row, reason="archived", now=now)
            notice = Notice(
                chat_id=subscription.chat_id,
                kind=Kind.ARCHIVED,
                due_at=now,
                order=row,
                thread_id=subscription.thread_id,
                payload={"days": days},
                made_at=now,
            )
            outbox.put(connection, [notice])
        chats.stop_all(connection, row)
        orders.schedule(connection, row, None, urgent=False)
