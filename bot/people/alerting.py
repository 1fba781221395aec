"""What staff must hear: rows of the outbox like any other, once for each thing that has happened.

What has been said already is a fact in the database, so a restart says nothing twice. Nothing is kept as said while
there are no staff to hear it.
"""

import sqlite3
from collections.abc import Iterable
from enum import StrEnum
from functools import partial

from bot.news.poller import Health
from bot.process.clock import Clock
from bot.store import chats, facts, outbox
from bot.store.database import Database
from bot.tracking.hours import StoreHours, until_open
from bot.tracking.model import Kind, Notice, Order
from bot.tracking.timing import HOUR

HEALTH_FACT = "api-health"
BACKUP_FACT = "backup"
ASIDE_FACT = "aside-told"
UNKNOWN_FACT = "unknown-status:"
MOST_UNKNOWN = 50


class Alert(StrEnum):
    """All that staff may hear; the text of each is `alert-` and its value."""

    API_DOWN = "api-down"
    API_UP = "api-up"
    KEY_REFUSED = "key-refused"
    KEY_ACCEPTED = "key-accepted"
    UNKNOWN_STATUS = "unknown-status"
    BACKUP_FAILED = "backup-failed"
    ASIDE = "aside"


CAN_WAIT = frozenset({Alert.UNKNOWN_STATUS, Alert.BACKUP_FAILED, Alert.ASIDE})  # for the store's hours


class Alerting:
    """Tells staff. `staff`: user and group ids."""

    def __init__(self, database: Database, clock: Clock, *, staff: Iterable[int], hours: StoreHours) -> None:
        self._database = database
        self._clock = clock
        self._staff = tuple(sorted(staff))
        self._hours = hours

    async def api_health(self, health: Health) -> None:
        """How the API is, as of now: said once for each change, over restarts too. Raises StoreTrouble."""
        await self._database.write(partial(self._record_health, health=health))

    async def backed_up(self, trouble: str | None) -> None:
        """The daily backup failed, or was made (None): said once, until one has been made. Raises StoreTrouble."""
        if trouble is not None or facts.get(self._database.reader, BACKUP_FACT) is not None:
            await self._database.write(partial(self._record_backup, trouble=trouble))

    def unknown_status(self, connection: sqlite3.Connection, order: Order) -> None:
        """An order is at a status that we have no words for: said once for each value, in the commit that found it.

        Where there seems to be no end of them, somebody makes them up: no more is said, nor kept.
        """
        name = f"{UNKNOWN_FACT}{order.status}"
        if not self._staff or facts.get(connection, name) is not None:
            return
        if facts.count(connection, UNKNOWN_FACT) < MOST_UNKNOWN:
            facts.put(connection, name, "told")
            self._tell(connection, Alert.UNKNOWN_STATUS, raw=order.status or "", number=order.order_id)

    def aside(self, connection: sqlite3.Connection, notice: Notice, order: Order | None, reason: str) -> None:
        """A message was set aside: said in the commit of its mark, once an hour at most, never about an alert."""
        told = facts.get(connection, ASIDE_FACT)
        if not self._staff or notice.kind is Kind.ALERT or (told and self._clock.now() < float(told) + HOUR):
            return
        # the hour begins when it is heard: a night's troubles are one alert in the morning
        facts.put(connection, ASIDE_FACT, str(self._due_at(Alert.ASIDE)))
        number = order.order_id if order is not None else str(notice.payload.get("number", ""))
        self._tell(connection, Alert.ASIDE, number=number, reason=reason)

    def _record_health(self, connection: sqlite3.Connection, health: Health) -> None:
        before = facts.get(connection, HEALTH_FACT) or Health.OK
        if self._staff and before != health:
            facts.put(connection, HEALTH_FACT, health)
            self._tell(connection, _health_alert(before, health))

    def _record_backup(self, connection: sqlite3.Connection, trouble: str | None) -> None:
        told = facts.get(connection, BACKUP_FACT) is not None
        if trouble is None:
            facts.put(connection, BACKUP_FACT, None)
        elif self._staff and not told:
            facts.put(connection, BACKUP_FACT, "failed")
            self._tell(connection, Alert.BACKUP_FAILED, reason=trouble)

    def _due_at(self, alert: Alert) -> float:
        return self._clock.now() + (until_open(self._hours, self._clock.wall()) if alert in CAN_WAIT else 0.0)

    def _tell(self, connection: sqlite3.Connection, alert: Alert, **args: str) -> None:
        now, due_at = self._clock.now(), self._due_at(alert)
        for chat_id in self._staff:
            chats.touch(connection, chat_id, kind="private" if chat_id > 0 else "supergroup", now=now)
            notice = Notice(
                chat_id=chat_id,
                kind=Kind.ALERT,
                due_at=due_at,
                sound=True,
                payload={"alert": alert, "args": args},
                made_at=due_at,
            )
            outbox.put(connection, [notice])


def _health_alert(before: str, health: Health) -> Alert:
    if health is Health.OK:
        return Alert.KEY_ACCEPTED if before == Health.REFUSED else Alert.API_UP
    return Alert.KEY_REFUSED if health is Health.REFUSED else Alert.API_DOWN
