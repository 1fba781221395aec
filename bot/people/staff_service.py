"""Use cases of staff: what is stuck, the numbers of the day, who follows, sending again, writing to followers.

The caller has checked that the person is staff. Every call is recorded in the audit.
"""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.process.clock import Clock
from bot.store import chats, orders, reports
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.reports import FailedNotice, OrderFollower, Stats, StuckOrder
from bot.tracking.model import Order
from bot.tracking.timing import DAY
from bot.transactions import staff as transactions
from bot.transactions.context import ContextSource
from bot.transactions.inbox import Done, DoneKind, noting
from bot.understanding.numbers import candidates

log = logging.getLogger(__name__)

MAX_LISTED = 30


class StaffService:
    """The use cases of staff. `who` is the person's id, or the group's where a person writes in its name.

    `pauses` returns how many pauses Telegram has asked for that are not over, and the seconds left of the longest.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        contexts: ContextSource,
        *,
        on_due: Callable[[], None],
        prefixes: Sequence[str] = (),
        pauses: Callable[[], tuple[int, float]] = lambda: (0, 0.0),
    ) -> None:
        self._database = database
        self._clock = clock
        self._contexts = contexts
        self._on_due = on_due
        self._prefixes = prefixes
        self._pauses = pauses

    async def stuck(self, who: int) -> tuple[list[StuckOrder], list[FailedNotice]]:
        """Return orders that don't move, and the last day's messages that failed for good."""
        await self._note(who, "stuck")
        context = self._contexts.current()

        def look(connection: sqlite3.Connection) -> tuple[list[StuckOrder], list[FailedNotice]]:
            since, offset = context.now - DAY, context.clock_offset
            orders_found = reports.stuck_orders(connection, context.now, MAX_LISTED, clock_offset=offset)
            return orders_found, reports.failed_notices(connection, since, MAX_LISTED, clock_offset=offset)

        return await self._database.scan(look)

    async def stats(self, who: int) -> tuple[float, Stats]:
        """Return the numbers of the last 24 hours, and since when (wall time) they count."""
        await self._note(who, "stats")
        now = self._clock.now()
        counted = await self._database.scan(partial(reports.stats, since=now - DAY, now=now))
        pauses, longest = self._pauses()
        return self._clock.wall() - DAY, replace(counted, pauses=pauses, longest_pause=longest)

    async def who(self, who: int, number: str) -> tuple[Order, list[OrderFollower]] | None:
        """Return who follows an order; None if it isn't known."""
        await self._note(who, "who", number)
        order = self.find(number)
        if order is None or order.id is None:
            return None
        return order, await self._database.scan(partial(reports.followers_of, order_pk=order.id))

    async def resend(self, who: int, number: str) -> tuple[Order, int] | None:
        """Send the order's state again to all followers; return how many, or None if the order isn't known."""
        order = self.find(number)
        if order is None or order.id is None:
            await self._note(who, "resend", number, "unknown")
            return None
        work = partial(transactions.resend, context=self._contexts.current(), order_pk=order.id, who=who)
        return order, await self._write_once(work, DoneKind.RESENT, order)

    def count_followers(self, order: Order) -> int:
        """Count the followers of an order that can be written to."""
        assert order.id is not None  # noqa: S101 - a stored order
        return len(chats.followers(self._database.reader, order.id))

    async def tell(self, who: int, number: str, text: str) -> tuple[Order, int] | None:
        """Send a text by staff to all followers; return how many, or None if the order isn't known."""
        order = self.find(number)
        if order is None or order.id is None:
            await self._note(who, "tell", number, "unknown")
            return None
        work = partial(transactions.send_note, context=self._contexts.current(), order=order, text=text, who=who)
        return order, await self._write_once(work, DoneKind.TOLD, order)

    async def linked(self, who: int, order_id: str) -> None:
        """Record that a signed link was made."""
        await self._note(who, "link", order_id)

    def find(self, number: str) -> Order | None:
        """Find the known order that a number means, or None."""
        found = orders.find(self._database.reader, (number, *candidates(number, self._prefixes)))
        return found[0] if found else None

    async def _write_once(self, work: Callable[[sqlite3.Connection], int], kind: DoneKind, order: Order) -> int:
        """Write to followers, once; return how many."""
        count = await self._database.write(noting(work, lambda count: Done(kind, order.order_id, count=count)))
        self._on_due()
        return count

    async def _note(self, who: int, action: str, order: str | None = None, detail: str | None = None) -> None:
        try:
            context = self._contexts.current()
            work = partial(
                transactions.record_action, context=context, who=who, action=action, order=order, detail=detail
            )
            await self._database.write(work)
        except StoreError as error:
            # staff must be able to look when the store can't be written; what changes something fails by itself
            log.warning("An action of staff was not kept: %s %s (%s)", action, who, error)
