"""What staff hear of that nobody reports: once when it starts and once when it ends; and the day's digest."""

import sqlite3
from dataclasses import replace
from functools import partial

import pytest

from bot.people.alert_checks import (
    FEW_NUMBERS,
    LATEST_DIGEST,
    LOST_NEWS,
    LOW_FREE,
    SILENCE,
    STUCK_EVERY,
    AlertChecks,
    Numbers,
    Signs,
    Webhooks,
)
from bot.process.condition import Condition, Trouble
from bot.store import chats, orders
from bot.tracking.model import Order
from bot.tracking.timing import DAY, HOUR
from bot.transactions import record
from bot.transactions.alert_checks import MOST_STUCK
from tests.builders import CHAT, following, nothing_due, order, snapshot_of, status_changed, stored
from tests.people.alerting_harness import BOSS, GROUP, AlertingHarness

UNTIL_CLOSING = 5 * HOUR + 46 * 60 + 40  # the clock begins at 14:13:20, the store closes at 20:00
REFUSED = Trouble("BOT_TOKEN", "refused", "taken", serious=True)
SILENT = Trouble("no answer", "silent", "answers")


class Watched:
    """The checks over what a test says of the world."""

    def __init__(self, alerting: AlertingHarness) -> None:
        self.alerting = alerting
        self.telegram = Condition("telegram", alerting.clock)
        self.webhooks, self.numbers, self.free = Webhooks(), Numbers(), LOW_FREE * 10
        self.restart()

    def restart(self, *, nobody: bool = False) -> None:
        self.alerting.start(nobody=nobody)
        signs = Signs(
            telegram=self.telegram,
            webhooks=lambda: self.webhooks,
            numbers=lambda: self.numbers,
            free=lambda: self.free,
        )
        harness = self.alerting
        self.checks = AlertChecks(harness.database, harness.clock, harness.contexts, signs, on_due=nothing_due)

    async def looks(self, after: float = 0.0) -> list[str]:
        """Let time pass, and look twice: all that was told so far."""
        self.alerting.clock.advance(after)
        await self.checks.run_once()
        await self.checks.run_once()
        return self.alerting.told(BOSS)

    async def has(self, number: str = "1001-01", status: str = "PICKING", *, followed: bool = True) -> Order:
        def work(connection: sqlite3.Connection) -> Order:
            now = self.alerting.clock.now()
            known = stored(connection, order(status, order_id=number, changed_at=now, confirmed_at=now))
            if followed:
                following(connection, known, CHAT, told=status)
            return known

        return await self.alerting.database.write(work)

    async def asks(self, status: str, number: str = "1001-01") -> None:
        """The API shows an order at a status."""
        clock = self.alerting.clock
        snapshot = snapshot_of(status, order_id=number)
        context = self.alerting.contexts.current()
        await self.alerting.database.write(
            partial(record.apply_snapshot, snapshot=snapshot, context=context, sent_at=clock.now())
        )


@pytest.fixture
def watched(alerting: AlertingHarness) -> Watched:
    return Watched(alerting)


# ── the token ────────────────────────────────────────────────────────────────


async def test_a_token_that_was_refused_is_told_once_it_is_accepted_over_a_restart(watched: Watched) -> None:
    watched.telegram.fail(REFUSED)
    assert await watched.looks() == []
    watched.restart()
    assert await watched.looks(HOUR) == []
    watched.telegram.answered()
    assert await watched.looks() == ["token-accepted"]
    [alert] = watched.alerting.alerts(GROUP)
    assert alert.payload["args"] == {"since": watched.alerting.clock.wall() - HOUR}


async def test_that_telegram_was_silent_is_no_refusal(watched: Watched) -> None:
    watched.telegram.fail(SILENT)
    await watched.looks()
    watched.telegram.answered()
    assert await watched.looks() == []


# ── the disk ─────────────────────────────────────────────────────────────────


async def test_a_disk_that_is_nearly_full_is_told_once_and_that_it_has_room_again(watched: Watched) -> None:
    assert await watched.looks() == []
    watched.free = LOW_FREE - 1
    assert await watched.looks() == ["disk-low"]
    watched.restart()
    watched.free = LOW_FREE + 1  # hardly more: it would come and go
    assert await watched.looks() == ["disk-low"]
    watched.free = LOW_FREE * 2
    assert await watched.looks() == ["disk-low", "disk-free"]


# ── an API of another account ────────────────────────────────────────────────


async def test_an_api_that_finds_nothing_is_told_once_and_that_it_does(watched: Watched) -> None:
    watched.numbers = Numbers(FEW_NUMBERS - 1)
    assert await watched.looks() == []
    watched.numbers = Numbers(FEW_NUMBERS)
    assert await watched.looks() == ["nothing-found"]
    watched.restart()
    watched.numbers = Numbers(FEW_NUMBERS + 1)
    assert await watched.looks() == ["nothing-found"]
    watched.numbers = Numbers(0, found=True)
    assert await watched.looks() == ["nothing-found", "found-again"]


# ── webhooks ─────────────────────────────────────────────────────────────────


async def lost(watched: Watched, count: int) -> None:
    """Asking finds so much news."""
    for _ in range(count):
        known = watched.alerting.database.reader.execute("SELECT count(*) FROM orders").fetchone()[0]
        number = f"N-{known}"
        await watched.has(number)
        await watched.asks("PACKING", number)


async def test_webhooks_that_are_missed_while_asking_finds_news_are_told_once_until_one_comes(
    watched: Watched,
) -> None:
    watched.webhooks = Webhooks(taken_at=watched.alerting.clock.wall())
    watched.alerting.clock.advance(SILENCE + 60)
    await lost(watched, LOST_NEWS - 1)
    assert await watched.looks() == []
    await lost(watched, LOST_NEWS + 1)
    assert await watched.looks(60) == ["webhooks-silent"]
    watched.restart()
    assert await watched.looks(60) == ["webhooks-silent"]
    watched.webhooks = Webhooks(taken_at=watched.alerting.clock.wall())
    assert await watched.looks() == ["webhooks-silent", "webhooks-back"]


async def test_what_came_while_nobody_ran_is_no_lost_webhook(watched: Watched) -> None:
    await lost(watched, LOST_NEWS)
    assert await watched.looks(SILENCE + 60) == []


async def test_without_news_silence_says_nothing(watched: Watched) -> None:
    assert await watched.looks(3 * HOUR) == []


@pytest.mark.parametrize(("result", "secret"), [("wrong-secret", True), ("other-account", False)])
async def test_webhooks_that_are_refused_while_asking_finds_news_are_told_at_any_hour(
    watched: Watched, result: str, secret: bool
) -> None:
    watched.alerting.clock.advance(UNTIL_CLOSING + HOUR)
    await lost(watched, 1)
    watched.webhooks = Webhooks(refused_at=watched.alerting.clock.wall(), result=result)
    assert await watched.looks(60) == ["webhooks-refused"]
    [alert] = watched.alerting.alerts()
    assert (alert.payload["args"], alert.due_at) == ({"secret": secret}, watched.alerting.clock.now())


async def test_a_stranger_who_knocks_alerts_nobody(watched: Watched) -> None:
    watched.alerting.clock.advance(SILENCE * 2)
    watched.webhooks = Webhooks(refused_at=watched.alerting.clock.wall(), result="wrong-secret")
    assert await watched.looks(60) == []


async def test_webhooks_that_could_not_be_read_are_over_once_one_is_and_an_hour_brought_no_other(
    watched: Watched,
) -> None:
    clock = watched.alerting.clock
    for fields in ("order_id, status", "data.orderId"):
        await watched.alerting.service.webhook_mismapped(fields)
        clock.advance(HOUR)
    watched.webhooks = Webhooks(clock.wall(), clock.wall() - 1, "mismapped")
    assert await watched.looks() == ["webhook-mismapped"] * 2
    await watched.alerting.sends()
    assert await watched.looks(HOUR) == ["webhook-mismapped"] * 2 + ["webhooks-readable"]
    await watched.alerting.service.webhook_mismapped("data.orderId")
    assert watched.alerting.told()[-1] == "webhook-mismapped"


# ── orders that don't move ───────────────────────────────────────────────────


async def test_an_order_that_does_not_move_is_told_once_and_that_it_does(watched: Watched) -> None:
    known = await watched.has()
    await watched.has("UNFOLLOWED", followed=False)
    assert await watched.looks() == []
    assert await watched.looks(DAY + HOUR) == ["stuck"]
    [alert] = watched.alerting.alerts()
    assert {**alert.payload["args"], "since": 0} == {
        "number": "1001-01", "status": "PICKING", "why": "slow", "order": known.id, "since": 0,
        "reported": "", "times": 0,
    }  # fmt: skip
    watched.restart()
    assert await watched.looks(HOUR) == ["stuck"]
    await watched.alerting.sends()
    await watched.asks("PACKING")
    assert await watched.looks(STUCK_EVERY) == ["stuck", "moves-again"]


async def test_an_order_that_nobody_follows_any_more_is_not_said_to_move(watched: Watched) -> None:
    known = await watched.has()
    await watched.looks(DAY + HOUR)
    await watched.alerting.sends()
    assert known.id is not None
    await watched.alerting.database.write(partial(chats.stop_all, order_pk=known.id))
    assert await watched.looks(STUCK_EVERY) == ["stuck"]


async def test_very_many_orders_that_do_not_move_are_a_few_alerts_a_day(watched: Watched) -> None:
    for number in range(MOST_STUCK * 3):
        await watched.has(f"N-{number}")
    assert await watched.looks(DAY + HOUR) == ["stuck"] * MOST_STUCK
    watched.restart()
    assert await watched.looks(HOUR) == ["stuck"] * MOST_STUCK


# ── the digest ───────────────────────────────────────────────────────────────


async def hears(watched: Watched, status: str = "READY_FOR_SHIPPING") -> None:
    """By default a status in which an order may stay for a day."""
    event = status_changed("PICKING", status)
    context = watched.alerting.contexts.current()
    await watched.alerting.database.write(partial(record.apply_webhook, event=event, context=context))


async def test_when_the_store_closes_staff_hear_what_the_day_brought_once(watched: Watched) -> None:
    await watched.looks()
    await watched.has()
    await hears(watched)
    assert await watched.looks(UNTIL_CLOSING - 60) == []
    assert await watched.looks(60) == ["digest"]
    watched.restart()
    assert await watched.looks(HOUR) == ["digest"]
    [alert] = watched.alerting.alerts(GROUP)
    said = alert.payload["args"]
    assert (said["orders"], said["delivered"], said["lost"], said["undelivered"]) == (1, 0, 0, 0)
    assert said["time"] == alert.due_at
    assert (await watched.looks(23 * HOUR)).count("digest") == 2


async def test_a_closed_day_without_events_has_no_digest(watched: Watched) -> None:
    source = watched.alerting.contexts
    week = source.current().store_hours.week
    closed = replace(source.current().store_hours, week=(*week[:3], (), *week[4:]))  # NOW is a Monday
    source._store_hours = closed  # the setting of this test
    await watched.looks()
    await watched.looks(UNTIL_CLOSING)
    told = [len(await watched.looks(DAY)) for _ in range(4)]
    assert told == [2, 3, 3, 4]


async def test_a_digest_that_is_very_late_is_not_told(watched: Watched) -> None:
    await watched.looks()
    await watched.has()
    await hears(watched)
    assert await watched.looks(UNTIL_CLOSING + LATEST_DIGEST + HOUR) == []


async def test_news_that_no_webhook_brought_is_counted_once_it_was_in_no_doubt(watched: Watched) -> None:
    await watched.looks()
    await watched.has()
    await watched.asks("PACKING")
    await watched.looks(UNTIL_CLOSING)
    assert watched.alerting.alerts()[-1].payload["args"]["lost"] == 1
    assert orders.find(watched.alerting.database.reader, ["1001-01"])[0].status == "PACKING"


async def test_where_no_staff_are_set_nothing_is_noted(watched: Watched) -> None:
    watched.restart(nobody=True)
    watched.free = 1
    watched.telegram.fail(REFUSED)
    await watched.looks(UNTIL_CLOSING)
    watched.restart()
    assert await watched.looks() == ["disk-low"]
