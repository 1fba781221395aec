"""What /metrics shows of the service: how things stand when somebody asks."""

import math
import re
import sqlite3
from pathlib import Path

import pytest

from bot.gauges import STAGES_FOR, OrdersByStage, watch_service
from bot.ingest.webhook_log import WebhookLog
from bot.pickpack.errors import API_RESULTS
from bot.process.condition import Conditions, Trouble
from bot.process.metrics import Metrics
from bot.sending.outcome import OUTCOME_NAMES
from bot.sending.pacing import Pacer
from bot.sending.pauses import PAUSE_MARGIN
from bot.store import inbox
from bot.store.database import Database
from tests.builders import NOW, following, open_database, order, stored
from tests.fakes import ManualClock


def new_metrics() -> Metrics:
    return Metrics(outcomes=OUTCOME_NAMES, api_results=API_RESULTS)


def watch(
    metrics: Metrics, clock: ManualClock, conditions: Conditions, database: Database, pacer: Pacer | None = None
) -> None:
    webhook_log = WebhookLog()
    watch_service(
        metrics, clock, conditions=conditions, database=database, pacer=pacer or Pacer(28), webhook_log=webhook_log
    )


def values(metrics: Metrics) -> dict[str, float]:
    found = re.findall(r"^(onroute_\S+) (\S+)$", metrics.render().decode(), re.MULTILINE)
    return {name: float(value) for name, value in found}


async def test_up_and_last_answers_follow_what_is_known_of_both_neighbours(tmp_path: Path) -> None:
    clock, metrics = ManualClock(NOW), new_metrics()
    conditions = Conditions.unknown(clock)
    database = open_database(tmp_path)
    watch(metrics, clock, conditions, database)
    assert values(metrics)['onroute_up{part="telegram"}'] == 0
    assert math.isnan(values(metrics)['onroute_last_answer_timestamp_seconds{part="telegram"}'])
    conditions.telegram.answered()
    assert values(metrics)['onroute_up{part="telegram"}'] == 1
    assert values(metrics)['onroute_last_answer_timestamp_seconds{part="telegram"}'] == clock.wall()
    conditions.telegram.fail(Trouble("refused", "It is gone", "It is back"))
    assert values(metrics)['onroute_up{part="telegram"}'] == 0
    database.close()


async def test_queues_and_files_are_measured(tmp_path: Path) -> None:
    clock, metrics = ManualClock(NOW), new_metrics()
    database = open_database(tmp_path)
    watch(metrics, clock, Conditions.unknown(clock), database)
    await database.write(lambda connection: inbox.add(connection, (1, None, "{}"), now=NOW))
    shown = values(metrics)
    assert shown["onroute_inbox_waiting"] == 1
    assert shown["onroute_write_queue"] == 0
    assert shown["onroute_database_bytes"] == (tmp_path / "bot.db").stat().st_size
    assert shown["onroute_wal_bytes"] == (tmp_path / "bot.db-wal").stat().st_size
    database.close()
    assert values(metrics)["onroute_wal_bytes"] == 0
    assert math.isnan(values(metrics)["onroute_inbox_waiting"])  # nobody can read it any more


async def test_the_pauses_that_telegram_asks_for_are_shown(tmp_path: Path) -> None:
    clock, metrics, pacer = ManualClock(NOW), new_metrics(), Pacer(28)
    database = open_database(tmp_path)
    watch(metrics, clock, Conditions.unknown(clock), database, pacer)
    assert values(metrics)["onroute_telegram_pauses"] == 0
    pacer.note_retry_after(5001, 39.0, clock.now())
    shown = values(metrics)
    assert shown["onroute_telegram_pauses"] == 1
    assert shown["onroute_telegram_longest_pause_seconds"] == pytest.approx(39.0 + PAUSE_MARGIN)
    database.close()


async def test_each_commit_is_counted_with_the_writes_that_shared_it(tmp_path: Path) -> None:
    metrics = new_metrics()
    database = Database(tmp_path / "bot.db", on_commit=metrics.commit)
    database.open()
    await database.write(lambda connection: None)
    await database.write(lambda connection: None)
    database.close()
    shown = values(metrics)
    assert shown["onroute_commit_seconds_count"] == 2
    assert shown["onroute_commit_writes_sum"] == 2


async def test_followed_orders_are_counted_by_stage_and_seldom(tmp_path: Path) -> None:
    clock, metrics = ManualClock(NOW), new_metrics()
    database = open_database(tmp_path)
    shown = OrdersByStage(metrics, database, clock)

    async def follow(status: str, order_id: str) -> None:
        def work(connection: sqlite3.Connection) -> None:
            following(connection, stored(connection, order(status, order_id=order_id)))

        await database.write(work)

    def count(stage: str) -> float:
        return values(metrics)[f'onroute_orders_followed{{stage="{stage}"}}']

    assert count("on-its-way") == 0  # there from the start
    await follow("ON_ROUTE", "A-1")
    await follow("PICKING", "A-2")
    await database.write(lambda connection: stored(connection, order("PICKING", order_id="A-3")))  # nobody follows it
    await shown.refresh()
    assert (count("on-its-way"), count("being-prepared")) == (1, 1)
    await follow("DELIVERED", "A-4")
    await shown.refresh()
    assert count("delivered") == 0
    clock.advance(STAGES_FOR)
    await shown.refresh()
    assert count("delivered") == 1
    database.close()
    clock.advance(STAGES_FOR)
    (tmp_path / "bot.db").rename(tmp_path / "elsewhere.db")
    await shown.refresh()
    assert math.isnan(count("delivered"))
