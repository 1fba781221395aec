"""Regular chores: reminders, giving up awaited numbers, archiving and deleting old orders, the daily backup."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.people.alert_service import AlertService
from bot.people.staff_service import DRAFT_SECONDS
from bot.process.clock import Clock
from bot.store import audit, awaited_numbers, backup, drafts, housekeeping, key_value, lookups, receipts
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.housekeeping import MOST_TOLD, LongWait
from bot.tracking.hours import StoreHours
from bot.tracking.model import Keep, OrderPk, Ticks
from bot.tracking.timing import DAY, HOUR, Absence, backoff, counted_before
from bot.transactions import expire
from bot.transactions import receipts as receipt_transactions
from bot.transactions.context import ContextSource

log = logging.getLogger(__name__)

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
class Retention:
    """The settings of the chores. `pickup_hours` 0: no reminders; `backups`: a folder, None for no backups.

    `page_days`: how long after its end an order can still be answered to.
    """

    keep_days: int
    pickup_hours: float
    tell_late: bool
    hours: StoreHours
    backups: Path | None = None
    page_days: float = 7.0


class Maintenance:
    """Does what is due by time alone, without any event. `on_due` is called after each write of notices."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        contexts: ContextSource,
        retention: Retention,
        alert_service: AlertService,
        *,
        on_due: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._retention = retention
        self._contexts = contexts
        self._alert_service = alert_service
        self._on_due = on_due
        self._started_at = clock.now()
        self._absences: list[Absence] = []
        self._backups_failed = 0
        self._no_backup_before = 0.0

    async def run_once(self) -> None:
        """Do all chores that are due. Raises StoreError."""
        now = self._clock.now()
        self._absences = expire.absences(self._database.reader)
        await self._give_up_numbers(now)
        if self._retention.hours.is_open(self._clock.wall()):  # reminders wake nobody
            await self._remind_all()
        await self._close_receipts(self._before(self._retention.page_days * DAY))
        await self._archive(self._before(self._retention.keep_days * DAY))
        await self._database.write(partial(key_value.drop_old_updates, before=now - 2 * DAY))
        await self._database.write(partial(lookups.drop_old, before=now - DAY))
        await self._database.write(partial(drafts.drop_old, before=now - DRAFT_SECONDS))
        # the audit names orders and what staff wrote about them: kept no longer than the orders
        await self._database.write(partial(audit.drop_old, before=self._clock.wall() - self._retention.keep_days * DAY))
        await self._database.empty_log()  # what was forgotten is in it for a minute at most, and it stays short
        await self._back_up()

    async def _remind_all(self) -> None:
        if self._retention.pickup_hours > 0:
            notified_before = self._before(self._retention.pickup_hours * HOUR)
            await self._remind(Keep.REMINDER, housekeeping.long_pickup(notified_before), MOST_TOLD)
        if self._retention.tell_late:
            left = MOST_TOLD
            for state, usual in LATE_AFTER.items():
                left -= await self._remind(Keep.LATE, housekeeping.late_in(state, self._before(usual)), left)

    def _before(self, seconds: float) -> Ticks:
        """Return the time so long ago, counting only the time in which the service was there."""
        return counted_before(self._clock.now(), seconds, self._absences)

    @property
    def _answered_since(self) -> float:
        """Since when the API must have answered about an order: in this life of the service, and lately."""
        return max(self._started_at, self._clock.now() - HOUR)

    async def _give_up_numbers(self, now: float) -> None:
        if awaited_numbers.expired(self._database.reader, now, 1, answered_since=self._started_at):
            work = partial(expire.give_up_numbers, context=self._contexts.current(), answered_since=self._started_at)
            await self._database.write(work)
            self._on_due()

    async def _remind(self, keep: Keep, wait: LongWait, limit: int) -> int:
        """Remind those who wait for so long, the API having been asked first; return how many."""
        since = self._answered_since
        await self._ask_first(partial(housekeeping.unchecked_reminders, wait=wait, asked_before=since))
        find = partial(housekeeping.due_reminders, wait=wait, confirmed_since=since, limit=limit)
        found = await self._database.scan(find)
        if found:
            context = self._contexts.current()
            await self._database.write(partial(expire.remind, context=context, found=found, keep=keep))
            self._on_due()
        return len(found)

    async def _ask_first(self, find: Callable[[sqlite3.Connection], list[OrderPk]]) -> None:
        unchecked = await self._database.scan(find)
        if unchecked:
            work = partial(expire.ask_first, context=self._contexts.current(), unchecked=unchecked)
            await self._database.write(work)

    async def _close_receipts(self, ended_before: float) -> None:
        """Ask nobody any more whether they have what was delivered long ago."""
        find = partial(receipts.unanswered, ended_before=ended_before, limit=MOST_TOLD)
        found = await self._database.scan(find)
        if found:
            context = self._contexts.current()
            close = partial(receipt_transactions.close, context=context, found=found, ended_before=ended_before)
            await self._database.write(close)
            self._on_due()

    async def _archive(self, silent_since: float) -> None:
        since = self._answered_since
        await self._ask_first(partial(housekeeping.unchecked_inactive, silent_since=silent_since, asked_before=since))
        silent = await self._database.scan(
            partial(housekeeping.inactive_orders, silent_since=silent_since, asked_since=since)
        )
        if silent:
            work = partial(
                expire.archive,
                context=self._contexts.current(),
                silent=silent,
                silent_since=silent_since,
                days=self._retention.keep_days,
            )
            await self._database.write(work)
            self._on_due()
        dropped = await self._database.write(partial(housekeeping.drop_old, before=silent_since))
        await self._database.write(partial(housekeeping.drop_idle_chats, before=silent_since))
        if dropped:
            log.info("%d orders older than KEEP_DAYS were dropped", dropped)

    async def _back_up(self) -> None:
        folder = self._retention.backups
        if folder is None or self._clock.now() < self._no_backup_before:
            return
        today = datetime.fromtimestamp(self._clock.wall(), self._retention.hours.zone).date()
        try:
            made = await self._database.in_thread(partial(backup.daily_backup, self._database.path, folder, today))
        except StoreError as error:
            await self._backup_failed(str(error))
            return
        self._backups_failed = 0
        if made is not None:
            log.info("Backup written to %s", made)
            await self._alert_service.backup_result(None)

    async def _backup_failed(self, reason: str) -> None:
        self._backups_failed += 1
        # ever more slowly: each try may fill the disk to the brim that the database lives on
        wait = backoff(self._backups_failed, first=60.0, most=HOUR)
        self._no_backup_before = self._clock.now() + wait
        log.error("Today's backup could not be made: %s; again in %.0f minutes", reason, wait / 60)
        await self._alert_service.backup_result(reason)
