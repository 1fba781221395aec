"""Look, every half minute, at what nobody reports: staff hear once that it starts, and once when it ends."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.process.clock import Clock
from bot.process.condition import Condition
from bot.store import numbers, open_alerts
from bot.store.database import Database
from bot.store.day_report import day_report
from bot.store.errors import StoreError
from bot.store.stuck import stuck_orders
from bot.tracking.closing import is_open_on, last_closing
from bot.tracking.model import Wall
from bot.tracking.timing import HOUR
from bot.transactions import alert_checks as transactions
from bot.transactions.alerting import Alert
from bot.transactions.alerts import webhooks_readable
from bot.transactions.context import ContextSource, DecisionContext

log = logging.getLogger(__name__)

MEGABYTE = 1_000_000
LOW_FREE, ENOUGH_FREE = 500 * MEGABYTE, 750 * MEGABYTE
FEW_NUMBERS = 5  # different numbers, none of which the API finds
SILENCE = HOUR / 2  # without a webhook, before what is found by asking says anything of webhooks
LOST_NEWS = 3  # found by asking since the last webhook
STUCK_EVERY = HOUR / 6
LATEST_DIGEST = 12 * HOUR  # after the store has closed; later nobody wants yesterday's numbers


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Wall times of the last webhook that was taken, and of the last that wasn't, and its counted result."""

    taken_at: float | None = None
    refused_at: float | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many different numbers the API did not find since the start, and whether it has found any."""

    missing: int = 0
    found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is looked at. `free`: bytes on the database's disk, None where nobody can tell."""

    telegram: Condition
    webhooks: Callable[[], Webhooks]
    numbers: Callable[[], Numbers]
    free: Callable[[], int | None]


class AlertChecks:
    """Compares what is with what staff were told. `on_due` is called after each look."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        contexts: ContextSource,
        signs: Signs,
        *,
        on_due: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._contexts = contexts
        self._signs = signs
        self._on_due = on_due
        self._started_at = clock.wall()
        self._stuck_from = 0.0

    async def run_once(self) -> None:
        """Look at everything; what can't be stored now is looked at again."""
        context = self._contexts.current()
        if not context.staff:
            return
        for check in (self._token, self._disk, self._numbers, self._webhooks, self._stuck, self._digest):
            try:
                await check(context)
            except StoreError as error:
                log.debug("Staff could not be alerted: %s", error)
        self._on_due()

    async def _token(self, context: DecisionContext) -> None:
        telegram, is_open = self._signs.telegram, self._is_open(Alert.TOKEN_ACCEPTED)
        if telegram.refused and not is_open:
            await self._database.write(partial(transactions.token_refused, context=context))
        elif telegram.up and is_open:
            await self._database.write(partial(transactions.token_accepted, context=context))

    async def _disk(self, context: DecisionContext) -> None:
        free, is_open = self._signs.free(), self._is_open(Alert.DISK_LOW)
        if free is None:
            return
        if free >= ENOUGH_FREE if is_open else free < LOW_FREE:
            work = partial(transactions.disk, context=context, is_low=not is_open, free=free // MEGABYTE)
            await self._database.write(work)

    async def _numbers(self, context: DecisionContext) -> None:
        seen, is_open = self._signs.numbers(), self._is_open(Alert.NOTHING_FOUND)
        if seen.found and is_open:
            await self._database.write(partial(transactions.found_again, context=context))
        elif not seen.found and seen.missing >= FEW_NUMBERS and not is_open:
            await self._database.write(partial(transactions.nothing_found, context=context, count=seen.missing))

    async def _webhooks(self, context: DecisionContext) -> None:
        """Compare webhooks with what is found by asking; soon after a start that is what came while nobody ran."""
        webhooks = self._signs.webhooks()
        await self._readable(webhooks, context)
        if self._is_open(Alert.WEBHOOKS_SILENT) or self._is_open(Alert.WEBHOOKS_REFUSED):
            if webhooks.taken_at is not None:
                taken_at = Wall(webhooks.taken_at)
                await self._database.write(partial(transactions.webhooks_back, context=context, taken_at=taken_at))
            return
        since = max(webhooks.taken_at or 0.0, self._started_at + SILENCE)
        if context.wall - (webhooks.taken_at or 0.0) < SILENCE or context.wall <= since:
            return
        lost = await self._database.scan(partial(numbers.lost, since=since, wall=context.wall))
        is_refused = (webhooks.refused_at or 0.0) > since and webhooks.result not in {"mismapped", "ignored"}
        if lost >= (1 if is_refused else LOST_NEWS):
            secret = webhooks.result == "wrong-secret"
            work = partial(transactions.webhooks_lost, context=context, lost=lost, refused=is_refused, secret=secret)
            await self._database.write(work)

    async def _readable(self, webhooks: Webhooks, context: DecisionContext) -> None:
        """Look whether webhooks that couldn't be read can: for an hour none couldn't, and one was taken."""
        is_over = webhooks.result != "mismapped" or context.wall - (webhooks.refused_at or 0.0) >= HOUR
        is_open = bool(open_alerts.all_open(self._database.reader, Alert.WEBHOOK_MISMAPPED))
        if is_over and is_open and webhooks.taken_at is not None:
            taken_at = Wall(webhooks.taken_at)
            await self._database.write(partial(webhooks_readable, context=context, taken_at=taken_at))

    async def _stuck(self, context: DecisionContext) -> None:
        """Look for orders that don't move; while the API can't be asked, nobody knows."""
        if context.now < self._stuck_from or not context.policy.details_possible:
            return
        self._stuck_from = context.now + STUCK_EVERY
        find = partial(stuck_orders, now=context.now, clock_offset=context.clock_offset)
        found = await self._database.scan(find)
        if found or open_alerts.all_open(self._database.reader, Alert.STUCK):
            await self._database.write(partial(transactions.stuck, context=context, found=found))

    async def _digest(self, context: DecisionContext) -> None:
        closing = last_closing(context.store_hours, context.wall)
        since = transactions.digest_due(self._database.reader, closing)
        if since is None:
            if not transactions.has_begun(self._database.reader):
                await self._database.write(partial(transactions.note_day, closing=closing))
            return
        count = partial(day_report, since=since, clock_offset=context.clock_offset, now=context.now)
        report = await self._database.scan(count)
        is_late = context.wall - closing > LATEST_DIGEST
        if is_late or (report.is_quiet and not is_open_on(context.store_hours, closing)):
            await self._database.write(partial(transactions.note_day, closing=closing))
        else:
            await self._database.write(partial(transactions.digest, context=context, closing=closing, report=report))

    def _is_open(self, alert: Alert) -> bool:
        return open_alerts.find_open(self._database.reader, alert, "") is not None
