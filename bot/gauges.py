"""What /metrics shows beside what is counted: how things stand at the moment at which somebody asks."""

import platform
import sqlite3
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__
from bot.ingest.webhook_log import WebhookLog
from bot.process.clock import Clock
from bot.process.condition import Condition, Conditions
from bot.process.metrics import Metrics
from bot.store import inbox, outbox, reports
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.tracking.statuses import Stage, look_up

if TYPE_CHECKING:  # the listener shows these before there is a pacer
    from bot.sending.pacing import Pacer

STAGES_FOR = 15.0  # seconds for which the orders are not counted again: that reads all of them
UNKNOWN = float("nan")


def watch_service(
    metrics: Metrics,
    clock: Clock,
    *,
    conditions: Conditions,
    database: Database,
    pacer: "Pacer",
    webhook_log: WebhookLog,
) -> None:
    """Let the metrics show how the service and what it depends on are."""
    metrics.build({"version": __version__, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version})
    for one in (conditions.database, conditions.telegram, conditions.pickpack):
        _watch_condition(metrics, one)
    metrics.watch(
        "last_webhook_timestamp_seconds",
        "When the last webhook was taken, in Unix time; NaN if never",
        lambda: UNKNOWN if webhook_log.last.taken_at is None else webhook_log.last.taken_at,
    )
    _watch_queues(metrics, database, clock)
    _watch_files(metrics, database.path)
    pauses = pacer.pauses_in_force
    metrics.watch("telegram_pauses", "Pauses after a 429 that are not over", lambda: pauses(clock.now())[0])
    metrics.watch(
        "telegram_longest_pause_seconds", "Seconds left of the longest of these", lambda: pauses(clock.now())[1]
    )


def _watch_condition(metrics: Metrics, condition: Condition) -> None:
    name = condition.name
    metrics.watch("up", "Whether the database and both neighbours answer", lambda: condition.up, part=name)
    metrics.watch(
        "last_answer_timestamp_seconds",
        "When it last answered, in Unix time; NaN if never",
        lambda: UNKNOWN if condition.last_answer_at is None else condition.last_answer_at,
        part=name,
    )


def _watch_queues(metrics: Metrics, database: Database, clock: Clock) -> None:
    def backlog() -> tuple[int, float]:
        return outbox.backlog(database.reader, clock.now())

    metrics.watch("outbox_backlog", "Notices that are due and not yet sent", lambda: backlog()[0])
    metrics.watch("outbox_oldest_seconds", "Age of the oldest due notice", lambda: backlog()[1])
    metrics.watch("inbox_waiting", "Updates of Telegram not yet handled", lambda: inbox.count(database.reader))
    metrics.watch("write_queue", "Writes that wait for a commit", lambda: database.waiting)


def _watch_files(metrics: Metrics, path: Path) -> None:
    for name, file in (("database", path), ("wal", path.with_name(f"{path.name}-wal"))):
        metrics.watch(f"{name}_bytes", f"Size of the {name}'s file", partial(_size, file))


def _size(file: Path) -> float:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


class OrdersByStage:
    """Shows how many orders are followed, by stage; counts them anew when somebody asks, seldom."""

    def __init__(self, metrics: Metrics, database: Database, clock: Clock) -> None:
        self._metrics, self._database, self._clock = metrics, database, clock
        self._counted_at = -STAGES_FOR
        self._show(dict.fromkeys(Stage, 0))

    async def refresh(self) -> None:
        """Count, unless that was done a moment ago. What can't be counted is shown as NaN."""
        if self._clock.now() - self._counted_at >= STAGES_FOR:
            self._counted_at = self._clock.now()
            self._show(await self._count())

    async def _count(self) -> dict[Stage, float]:
        try:
            found = await self._database.scan(reports.followed_by_status)
        except (StoreError, sqlite3.Error):
            return dict.fromkeys(Stage, UNKNOWN)
        counts: Counter[Stage] = Counter()
        for status, number in found.items():
            counts[look_up(status).stage] += number
        return {stage: counts[stage] for stage in Stage}

    def _show(self, counts: dict[Stage, float]) -> None:
        values = {stage.value: number for stage, number in counts.items()}
        self._metrics.show("orders_followed", "Orders that somebody follows, by stage", "stage", values)
