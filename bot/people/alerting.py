"""What staff must hear: rows of the outbox like any other, once for each thing that has happened.

What has been said already is a fact in the database, so a restart says nothing twice.
"""

import sqlite3
from collections.abc import Iterable
from functools import partial

from bot.clock import Clock
from bot.news.poller import Health
from bot.store import chats, facts, outbox
from bot.store.database import Database
from bot.store.owing import Moment
from bot.tracking.model import Kind, Notice, Order

HEALTH_FACT = "api-health"
_HEALTH_ALERTS = {Health.DOWN: "api-down", Health.REFUSED: "key-refused", Health.OK: "api-up"}


class Alerting:
    """Tells staff. `staff`: user and group ids."""

    def __init__(self, database: Database, clock: Clock, *, staff: Iterable[int]) -> None:
        self._database = database
        self._clock = clock
        self._staff = tuple(sorted(staff))

    async def api_health(self, health: Health) -> None:
        """The API's health has changed: said once for each change, over restarts too."""
        await self._database.write(partial(self._record_health, health=health))

    def unknown_status(self, connection: sqlite3.Connection, order: Order, moment: Moment) -> None:
        """An order is at a status that we have no words for: said once for each value, in the commit that found it."""
        name = f"unknown-status:{order.status}"
        if facts.get(connection, name) is None:
            facts.put(connection, name, "told")
            self._tell(connection, "unknown-status", {"raw": order.status or "", "number": order.order_id}, moment.now)

    def _record_health(self, connection: sqlite3.Connection, health: Health) -> None:
        if facts.get(connection, HEALTH_FACT) == health.value or (
            health is Health.OK and facts.get(connection, HEALTH_FACT) is None
        ):
            return
        facts.put(connection, HEALTH_FACT, health.value)
        self._tell(connection, _HEALTH_ALERTS[health], {}, self._clock.now())

    def _tell(self, connection: sqlite3.Connection, alert: str, args: dict[str, str], now: float) -> None:
        for chat_id in self._staff:
            chats.touch(connection, chat_id, kind="private" if chat_id > 0 else "supergroup", now=now)
            notice = Notice(
                chat_id=chat_id,
                kind=Kind.ALERT,
                due_at=now,
                sound=True,
                payload={"alert": alert, "args": args},
                made_at=now,
            )
            outbox.put(connection, [notice])
