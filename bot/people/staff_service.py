"""Use cases of staff: what is stuck, the numbers of the day, who follows, sending again, writing to followers.

The caller has checked that the person is staff. Every call is recorded in the audit.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.people.audit import StaffAudit
from bot.people.open_alerts import OpenAlert
from bot.process.clock import Clock
from bot.store import chats, drafts, numbers, open_alerts, order_check, orders, reports, stuck
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.numbers import Moments
from bot.tracking.hours import midnight
from bot.tracking.model import Order, OrderFollower, Ticks, Wall
from bot.tracking.overview import Stats, StuckList
from bot.transactions import alert_presses
from bot.transactions import staff as transactions
from bot.transactions.alert_presses import AlertPressed, Presser
from bot.transactions.context import ContextSource, DecisionContext
from bot.transactions.inbox import Done, DoneKind, noting
from bot.transactions.staff import Dispatch
from bot.understanding.numbers import candidates

T = TypeVar("T")

WEEK_DAYS = 7
DRAFT_SECONDS = 900.0  # in which a note can be confirmed


class StaffService:
    """The use cases of staff. `who` is the person's id, or the group's where a person writes in its name.

    `pauses` returns how many pauses Telegram has asked for that are not over, and the seconds left of the longest;
    `open_alerts` what is wrong at the moment.
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
        open_alerts: Callable[[], Iterable[OpenAlert]] = tuple,
    ) -> None:
        self._database = database
        self._clock = clock
        self._contexts = contexts
        self._on_due = on_due
        self._prefixes = prefixes
        self._pauses = pauses
        self._open_alerts = open_alerts
        self._audit = StaffAudit(database, contexts)

    async def stuck(self, who: int) -> tuple[Wall, StuckList]:
        """Return what doesn't get on: orders, and the last day's messages that failed for good; and the time now."""
        await self._audit.note(who, "stuck")
        context = self._contexts.current()
        look = partial(stuck.stuck_list, now=context.now, clock_offset=context.clock_offset)
        return context.wall, await self._database.scan(look)

    async def stats(self, who: int) -> Stats:
        """Return the numbers of today and of the last seven days, by the store's calendar."""
        await self._audit.note(who, "stats")
        context = self._contexts.current()
        today, week = (_since_midnight(context, days_ago) for days_ago in (0, WEEK_DAYS - 1))
        counted = await self._database.scan(partial(numbers.stats, today=today, week=week))
        pauses, longest = self._pauses()
        return replace(counted, pauses=pauses, longest_pause=longest)

    def open_alerts(self) -> tuple[Wall, list[OpenAlert]]:
        """Return what is wrong at the moment, and the time now."""
        return self._contexts.current().wall, list(self._open_alerts())

    async def who(self, who: int, number: str) -> tuple[Order, list[OrderFollower]] | None:
        """Return who follows an order; None if it isn't known."""
        await self._audit.note(who, "who", number)
        order = self.find(number)
        if order is None or order.id is None:
            return None
        followers = await self._database.scan(partial(reports.followers_of, order_pk=order.id))
        wall_at = self._contexts.current().wall_at
        told = [(one, one.subscription.notified_at) for one in followers]
        return order, [one if at is None else replace(one, told_at=wall_at(at)) for one, at in told]

    async def resend(self, who: int, number: str) -> tuple[Order, Dispatch] | None:
        """Send the order's state again to all followers; return to how many, or None if the order isn't known."""
        order = self.find(number)
        if order is None or order.id is None:
            await self._audit.note(who, "resend", number, "unknown")
            return None
        work = partial(transactions.resend, context=self._contexts.current(), order_pk=order.id, who=who)
        return order, await self._write_once(work, DoneKind.RESENT, order)

    def count_followers(self, order: Order) -> int:
        """Count the followers of an order that can be written to."""
        assert order.id is not None  # noqa: S101 - a stored order
        return len(chats.followers(self._database.reader, order.id))

    def unreachable_followers(self, order: Order) -> list[tuple[str, int]]:
        """Count the followers of an order that can't be written to, by what Telegram says of them."""
        assert order.id is not None  # noqa: S101 - a stored order
        return order_check.unreachable_followers(self._database.reader, order.id)

    async def draft(self, chat_id: int, number: str, text: str) -> str:
        """Keep a note to the followers of an order until it is confirmed in this chat; return its name."""
        draft = Draft(secrets.token_urlsafe(8), number, text)
        await self._database.write(partial(drafts.put, chat_id=chat_id, draft=draft, now=self._clock.now()))
        return draft.name

    async def send_draft(self, who: int, chat_id: int, name: str) -> tuple[Done, Dispatch] | None:
        """Send a note to all followers, once; return what was done, or None if it is too old, or its order unknown."""
        draft = self._find_draft(chat_id, name)
        order = self.find(draft.number) if draft is not None else None
        if draft is None or order is None or order.id is None:
            return None
        work = partial(transactions.send_draft, context=self._contexts.current(), order=order, draft=draft, who=who)
        dispatch = await self._write_once(work, DoneKind.TOLD, order, text=draft.text)
        return Done(DoneKind.TOLD, order.order_id, count=dispatch.count, text=draft.text), dispatch

    async def discard_draft(self, chat_id: int, name: str) -> bool:
        """Delete a note that is not to be sent; False if it is too old, or was sent."""
        draft = self._find_draft(chat_id, name)
        if draft is None or draft.sent_at is not None:
            return False
        await self._database.write(partial(drafts.remove, name=name))
        return True

    def _find_draft(self, chat_id: int, name: str) -> Draft | None:
        return drafts.find(self._database.reader, chat_id, name, since=self._clock.now() - DRAFT_SECONDS)

    # ── alerts ───────────────────────────────────────────────────────────────

    async def mute_alert(self, alert_id: int, presser: Presser) -> AlertPressed:
        """Let a chat hear nothing of an alert's kind for an hour."""
        return await self._press(partial(alert_presses.mute, alert_id=alert_id, presser=presser))

    async def unmute_alert(self, alert_id: int, presser: Presser) -> AlertPressed:
        """Let a chat hear of an alert's kind again."""
        return await self._press(partial(alert_presses.unmute, alert_id=alert_id, presser=presser))

    async def close_alert(self, alert_id: int, presser: Presser) -> AlertPressed:
        """Let an alert be done for all of staff, in the presser's name."""
        return await self._press(partial(alert_presses.close, alert_id=alert_id, presser=presser))

    async def unmute_all(self, who: int, chat_id: int) -> None:
        """Let a chat hear of all kinds of alerts again."""
        await self._press(partial(alert_presses.unmute_all, chat_id=chat_id, who=who))

    def muted(self, chat_id: int) -> tuple[int, Wall]:
        """Return how many kinds of alerts a chat has muted, and until when at the latest."""
        context = self._contexts.current()
        kinds = open_alerts.muted_kinds(self._database.reader, chat_id, now=context.now)
        return len(kinds), context.wall_at(Ticks(max((until for _, until in kinds), default=0.0)))

    async def _press(self, work: Callable[..., T]) -> T:
        """Carry out a press on an alert, whose messages are edited then."""
        pressed = await self._database.write(partial(work, context=self._contexts.current()))
        self._on_due()
        return pressed

    # ── links and numbers ────────────────────────────────────────────────────

    async def linked(self, who: int, order_id: str) -> None:
        """Record that a signed link was made."""
        await self._audit.note(who, "link", order_id)

    def find(self, number: str) -> Order | None:
        """Find the known order that a number means, or None."""
        found = orders.find(self._database.reader, (number, *candidates(number, self._prefixes)))
        return found[0] if found else None

    async def _write_once(
        self, work: Callable[[sqlite3.Connection], Dispatch], kind: DoneKind, order: Order, *, text: str = ""
    ) -> Dispatch:
        """Write to followers, once; return to how many."""

        def done(dispatch: Dispatch) -> Done | None:
            is_new = dispatch.before is None
            return Done(kind, order.order_id, count=dispatch.count, text=text) if is_new else None

        dispatch = await self._database.write(noting(work, done))
        self._on_due()
        return dispatch


def _since_midnight(context: DecisionContext, days_ago: int) -> Moments:
    since = midnight(context.wall, context.store_hours.zone, days_ago=days_ago)
    return Moments(since=since, since_ticks=since - context.clock_offset, wall=context.wall)
