"""Use cases of staff who look at one order: how it stands, what its followers see and were told, and the raw report.

The caller has checked that the person is staff. Every look is recorded in the audit.
"""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypedDict

from bot.people.audit import StaffAudit
from bot.people.order_arguments import is_slashed, named_before, named_by
from bot.people.refresher import OrderLookup
from bot.pickpack.errors import PickPackError
from bot.store import history, open_alerts, order_check, orders, receipts, reports
from bot.store.database import Database
from bot.store.errors import InvalidValueError
from bot.store.numbers import WEBHOOK_PATIENCE
from bot.store.outbox import SENT_SILENTLY
from bot.tracking.model import Keep, Kind, NoticeState, Order, OrderPk, Priority, Ticks, Wall
from bot.tracking.shown_order import order_shown
from bot.transactions.alerting import Alert
from bot.transactions.context import ContextSource, DecisionContext
from bot.transactions.receipts import staff_told
from bot.understanding.numbers import candidates, is_never_an_order, is_number
from bot.words.messages.check_context import CardsShown, Missed, OrderCheck, Stopped, Waiting
from bot.words.messages.staff_report import MAX_ROWS, HistoryRow, StaffReport
from bot.words.messages.told_lines import Found, ToldRow

_NO_PACKAGE = (None, None, None)
SHORT_WAIT = 60.0  # seconds that need no reason: a message's turn comes
CHECK_TIMEOUT = 10.0  # staff prefer waiting for the API's answer to a quick look at the store


class OrderChecks:
    """Shows staff any order: followed or not, awaited, and with whatever id Pick and Pack has given it."""

    def __init__(
        self,
        database: Database,
        contexts: ContextSource,
        order_lookup: OrderLookup,
        *,
        prefixes: Sequence[str] = (),
    ) -> None:
        self._database = database
        self._contexts = contexts
        self._order_lookup = order_lookup
        self._prefixes = prefixes
        self._audit = StaffAudit(database, contexts)

    async def check(self, who: int, text: str) -> list[OrderCheck]:
        """Ask the API now for what staff have typed, and return what is known; nothing if it can be no order's id."""
        return await self._each_named(text, partial(self.check_number, who))

    async def find(self, who: int, text: str) -> list[OrderCheck]:
        """Find what staff have typed behind another command, in the same way; what is stored is not asked for."""
        return await self._each_named(text, partial(self.find_number, who))

    async def find_before(self, who: int, text: str) -> tuple[OrderCheck | None, str]:
        """Find the order that a text begins with; return the words behind it too."""
        number, words = named_before(text, self._is_known)
        return (None if number is None else await self.find_number(who, number)), words

    async def _each_named(self, text: str, look: Callable[[str], Awaitable[OrderCheck]]) -> list[OrderCheck]:
        named = named_by(text, self._is_known)
        if named.whole is not None:
            check = await look(named.whole)
            if check.order is not None or check.waiting.chats or not named.numbers:
                return [check]
        return [await look(number) for number in named.numbers]

    async def find_number(self, who: int, number: str) -> OrderCheck:
        """Find the order of a number as it stands; what is stored is not asked for."""
        order = self.find_stored(number)
        return await self.check_number(who, number) if order is None else OrderCheck(order.order_id, order)

    def _is_known(self, order_id: str) -> bool:
        return bool(orders.find(self._database.reader, [order_id]))

    async def check_order(self, who: int, order: Order) -> OrderCheck:
        """Ask the API now about a stored order, and return what is known."""
        return await self.check_number(who, order.order_id, order)

    async def look(self, order: Order) -> OrderCheck:
        """Return what is known of a stored order, without asking the API."""
        return await self._database.scan(partial(self._checked, number=order.order_id, order=order))

    async def report(self, who: int, order: Order) -> StaffReport:
        """Return the raw values of a stored order."""
        await self._audit.note(who, "check", order.order_id, "details")
        return await self._database.scan(partial(self._report, order=order, context=self._contexts.current()))

    def order_of(self, order_pk: OrderPk) -> Order | None:
        """Return a stored order; None if it isn't stored (any more)."""
        return orders.load_by_id(self._database.reader, order_pk)

    def find_stored(self, number: str) -> Order | None:
        """Find the known order with this id, or that the number means; None if there is none."""
        found = orders.find(self._database.reader, (number, *candidates(number, self._prefixes)))
        return found[0] if found else None

    async def check_number(self, who: int, number: str, known: Order | None = None) -> OrderCheck:
        """Ask the API now about a number as it stands, and return what is known. `known`: the stored order it is."""
        await self._audit.note(who, "check", number)
        known = known or self.find_stored(number)
        api_error = None
        found: Order | None = None
        try:
            async with asyncio.timeout(CHECK_TIMEOUT):
                found = await self._ask(who, known, number)
        except TimeoutError:
            api_error = f"no answer in {CHECK_TIMEOUT:.0f} s"
        except (PickPackError, InvalidValueError) as error:
            api_error = str(error)
        order = (
            self.find_stored(found.order_id if found is not None else number) if known is None else self._again(known)
        )
        looked = partial(self._checked, number=number if order is None else order.order_id, order=order)
        return replace(await self._database.scan(looked), api_error=api_error)

    def _again(self, known: Order) -> Order | None:
        return None if known.id is None else self.order_of(known.id)

    async def _ask(self, who: int, known: Order | None, number: str) -> Order | None:
        if known is not None:
            return await self._order_lookup.look_up(known.order_id, person=who, known=known.id)
        for order_id in self._ids_meant(number):
            found = await self._order_lookup.look_up(order_id, person=who)
            if found is not None:
                return found
        return None

    def _ids_meant(self, number: str) -> tuple[str, ...]:
        """Return the ids to ask for: a number as it is written elsewhere too, anything else only as it stands."""
        if is_never_an_order(number) and not is_slashed(number):
            return ()
        meant = candidates(number, self._prefixes) if is_number(number) else ()
        return meant if number in meant else (number, *meant)

    def _checked(self, connection: sqlite3.Connection, *, number: str, order: Order | None) -> OrderCheck:
        context = self._contexts.current()
        names = tuple(dict.fromkeys((number, *candidates(number, self._prefixes))))
        waiting = _waiting(order_check.waiting_for(connection, names), context)
        if order is None or order.id is None:
            return OrderCheck(number, waiting=waiting, clock_offset=context.clock_offset)
        found = _only_found(connection, order, context)
        return OrderCheck(
            number,
            order,
            found=next((how for status, how in reversed(found.values()) if status == order.status), None),
            cards=tuple(
                _cards_shown(order, row) for row in order_check.cards_shown(connection, order.id, context.staff)
            ),
            told=_told(connection, order, context, found),
            waiting=waiting,
            staff_told=staff_told(connection, order.id, context.now),
            promises=context.policy.details_possible,
            clock_offset=context.clock_offset,
            missed=_missed(connection, order.id, context),
            stopped=_stopped(connection, order.id, context),
        )

    def _report(self, connection: sqlite3.Connection, order: Order, context: DecisionContext) -> StaffReport:
        assert order.id is not None  # noqa: S101 - a stored order
        followers = reports.followers_of(connection, order.id)
        return StaffReport(
            order=order,
            followers=len(followers),
            paused=sum(one.paused is not None for one in followers),
            awaiting=reports.count_awaiting(connection, order.order_id),
            history=tuple(
                HistoryRow(row["at"], row["kind"], row["old"], row["new"], row["detail"], row["count"])
                for row in history.newest(connection, order.id, MAX_ROWS)
            ),
            told=_told(connection, order, context, _only_found(connection, order, context)),
            clock_offset=context.clock_offset,
        )


def _waiting(row: sqlite3.Row, context: DecisionContext) -> Waiting:
    since, next_ask_at = (
        None if at is None else context.wall_at(Ticks(at)) for at in (row["since"], row["next_ask_at"])
    )
    return Waiting(row["chats"], since, next_ask_at)


def _missed(connection: sqlite3.Connection, order_pk: OrderPk, context: DecisionContext) -> Missed:
    since, alerted_at = order_check.missed_since(connection, order_pk), receipts.alert_due_at(connection, order_pk)
    alert = open_alerts.newest_of_order(connection, Alert.NOT_RECEIVED, order_pk)
    return Missed(
        None if since is None else Wall(since),
        None if alerted_at is None else context.wall_at(alerted_at),
        (alert.done_name or "") if alert is not None and alert.is_done else None,
    )


def _stopped(connection: sqlite3.Connection, order_pk: OrderPk, context: DecisionContext) -> Stopped | None:
    chats, last_at = order_check.stopped(connection, order_pk)
    return None if last_at is None else Stopped(chats, context.wall_at(Ticks(last_at)))


def _cards_shown(order: Order, row: sqlite3.Row) -> CardsShown:
    shown = order_check.card_shown(row)
    return CardsShown(
        row["chats"],
        is_private=bool(row["is_private"]),
        status=row["card_status"] if row["has_card"] else None,
        receipt=shown.receipt,
        lead=shown.card_lead,
        paused=row["paused"],
        order=order_shown(order, shown),
        staff=row["staff"],
    )


def _told(
    connection: sqlite3.Connection, order: Order, context: DecisionContext, found: Mapping[int, tuple[str, Found]]
) -> tuple[ToldRow, ...]:
    assert order.id is not None  # noqa: S101 - a stored order
    rows = order_check.told(connection, order.id)
    events = {row["events"]: [int(one) for one in row["events"].split()] for row in rows if row["events"]}
    services = order_check.services_news(connection, sorted({lines[-1] for lines in events.values()}))
    has_notes = any(row["kind"] == Kind.NOTE for row in rows)
    notes = order_check.notes_written(connection, order.order_id) if has_notes else []

    def told_row(row: sqlite3.Row) -> ToldRow:
        lines = events.get(row["events"])
        package, before, service = services.get(lines[-1], _NO_PACKAGE) if lines else _NO_PACKAGE
        at, last_at = context.wall_at(Ticks(row["at"])), context.wall_at(Ticks(row["last_at"]))
        return ToldRow(
            at=at,
            kind=Kind(row["kind"]),
            state=NoticeState(row["state"]),
            chats=frozenset(chats := json.loads(row["chats"])),
            status=row["status"],
            keep=frozenset(map(Keep, row["keep"].split())),
            priority=Priority(row["lane"]),
            reason=row["reason"],
            paused=row["paused"],
            event=lines[-1] if lines else None,
            package=package,
            service=service,
            service_before=before,
            found=found[lines[-1]][1] if lines and lines[-1] in found else None,
            text=row["text"] or "",
            author=_author(row["text"], at, notes),
            is_silent=row["sound"] == SENT_SILENTLY,
            repeats=row["messages"] - len(chats),
            place=row["first"],
            last_at=last_at,
            was_tried=bool(row["was_tried"]),
            **_wait(row, context),
        )

    return tuple(map(told_row, rows))


class _Wait(TypedDict, total=False):
    waits_until: Wall
    is_held: bool


def _wait(row: sqlite3.Row, context: DecisionContext) -> _Wait:
    """Return until when a message waits, where that is more than its turn."""
    if row["state"] != NoticeState.OPEN:
        return {}
    held_until, due_at = row["held_until"] or 0.0, row["due_at"]
    until = max(held_until, due_at)
    if until <= context.now + SHORT_WAIT:
        return {}
    return {"waits_until": context.wall_at(Ticks(until)), "is_held": held_until >= due_at}


def _author(text: str | None, at: Wall, notes: Sequence[sqlite3.Row]) -> str | None:
    """Return who wrote a note: it was sent before it was told."""
    written = [one for one in notes if one["text"] == text]
    before = [one for one in written if one["at"] <= at + 1.0] or written[:1]
    return str(before[-1]["author"]) if before else None


def _only_found(connection: sqlite3.Connection, order: Order, context: DecisionContext) -> dict[int, tuple[str, Found]]:
    """Return to what an order has come by the lines of its history that no webhook told, and how we know."""
    assert order.id is not None  # noqa: S101 - a stored order
    late = Found.WEBHOOK_MISSED
    return {
        line: (row["new"], late if context.wall - row["at"] > WEBHOOK_PATIENCE else Found.WEBHOOK_MAY_COME)
        for line, row in order_check.only_found(connection, order.id).items()
    }
