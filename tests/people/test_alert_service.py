"""What staff hear: once for each thing that has happened, and in the store's hours where it can wait."""

import asyncio
import sqlite3
from functools import partial

import pytest

from bot.ingest.poller import Poller
from bot.ingest.recorder import EventRecorder
from bot.pickpack.errors import AuthenticationError, PickPackError, RateLimitError, UnreachableError
from bot.pickpack.health import OPENS_AFTER, ApiHealth, Breaker
from bot.process.condition import Condition
from bot.store import chats, key_value
from bot.tracking.events import NotFound, OrderSnapshot
from bot.tracking.timing import DAY, HOUR
from bot.transactions import record
from bot.transactions.alerting import CAN_WAIT, Alert
from bot.transactions.alerts import MOST_MISMAPPED, MOST_UNKNOWN
from tests.builders import LINK, contexts, nothing_due, order, service, snapshot_of, status_changed
from tests.people.alerting_harness import BOSS, GROUP, UNTIL_MORNING, UNTIL_NIGHT, AlertingHarness

# ── the API ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("course", "told"),
    [
        ("ok", []),
        ("down down ok ok", ["api-down", "api-up"]),
        ("refused refused ok", ["key-refused", "key-accepted"]),
        ("down refused ok", ["api-down", "key-refused", "key-accepted"]),
        ("refused down ok", ["key-refused", "api-down", "api-up"]),
        ("down ok down ok", ["api-down", "api-up", "api-down", "api-up"]),
    ],
)
@pytest.mark.parametrize("restarted", [False, True])
async def test_each_change_of_the_api_is_told_once_over_restarts_too(
    alerting: AlertingHarness, course: str, told: list[str], restarted: bool
) -> None:
    for health in course.split():
        await alerting.service.api_health(ApiHealth(health))
        if restarted:
            alerting.start()
    assert (alerting.told(BOSS), alerting.told(GROUP)) == (told, told)


async def test_trouble_with_the_api_or_the_key_waits_for_no_hours(alerting: AlertingHarness) -> None:
    alerting.clock.advance(UNTIL_NIGHT)
    for health in (ApiHealth.DOWN, ApiHealth.REFUSED, ApiHealth.OK):
        await alerting.service.api_health(health)
    assert {(one.due_at, one.audible) for one in alerting.alerts()} == {(alerting.clock.now(), True)}
    assert len(alerting.alerts()) == 3


class Api:
    """Pick and Pack as a list of answers, then it goes well."""

    def __init__(self, *answers: OrderSnapshot | PickPackError) -> None:
        self._answers = list(answers)

    async def fetch_order(self, _order_id: str) -> OrderSnapshot | NotFound:
        answer = self._answers.pop(0) if self._answers else snapshot_of("PICKING")
        if isinstance(answer, PickPackError):
            raise answer
        return answer


async def asked(alerting: AlertingHarness, *answers: OrderSnapshot | PickPackError) -> None:
    """Start the service, which asks the API as often as there are answers."""
    breaker = Breaker(lambda: 0.0)
    poller = Poller(
        Api(*answers),
        alerting.database,
        EventRecorder(alerting.database, contexts(alerting.clock, breaker=breaker), on_due=nothing_due),
        alerting.clock,
        breaker,
        condition=Condition("pickpack", alerting.clock),
        rate=float("inf"),
        due=asyncio.Event(),
        on_health_change=alerting.service.api_health,
        chance=lambda: 0.0,
    )
    for answer in answers:
        alerting.clock.advance(HOUR)  # past every pause of the breaker
        try:
            await poller.look_up("1001-01", person=1)
        except PickPackError as error:
            assert error is answer


async def test_a_key_that_was_mended_while_nobody_ran_is_told_and_its_next_refusal_too(
    alerting: AlertingHarness,
) -> None:
    await asked(alerting, AuthenticationError("401"))
    await asked(alerting, snapshot_of("PICKING"), snapshot_of("PICKING"))
    await asked(alerting, AuthenticationError("401"))
    assert alerting.told() == ["key-refused", "key-accepted", "key-refused"]


@pytest.mark.parametrize("first", [RateLimitError("429"), UnreachableError("no route")], ids=["429", "one failure"])
async def test_what_says_nothing_of_the_key_tells_nothing(alerting: AlertingHarness, first: PickPackError) -> None:
    await asked(alerting, AuthenticationError("401"))
    await asked(alerting, first)
    assert alerting.told() == ["key-refused"]


async def test_an_api_that_is_well_from_the_start_is_no_news(alerting: AlertingHarness) -> None:
    await asked(
        alerting, snapshot_of("PICKING"), *[UnreachableError("no route")] * (OPENS_AFTER - 1), snapshot_of("PICKING")
    )
    assert alerting.told() == []


# ── unknown statuses ─────────────────────────────────────────────────────────


async def test_an_unknown_status_is_told_once_for_each_value_and_restart(alerting: AlertingHarness) -> None:
    for status in ("FROZEN", "FROZEN", "MELTED"):
        await alerting.hears_of(order(status))
        alerting.start()
    assert [one.payload["args"] for one in alerting.alerts()] == [
        {"raw": "FROZEN", "number": "1001-01"},
        {"raw": "MELTED", "number": "1001-01"},
    ]


async def test_statuses_that_are_made_up_without_end_are_not_told_without_end(alerting: AlertingHarness) -> None:
    for number in range(MOST_UNKNOWN + 5):
        await alerting.hears_of(order(f"MADE_UP_{number}"))
    assert len(alerting.alerts(BOSS)) == MOST_UNKNOWN
    assert key_value.count(alerting.database.reader, "") == MOST_UNKNOWN


async def test_an_unknown_status_is_told_in_the_commit_that_found_it(alerting: AlertingHarness) -> None:
    def work(connection: sqlite3.Connection, *, fails: bool) -> None:
        event = status_changed("PICKING", "FROZEN")
        record.apply_webhook(connection, event, alerting.contexts.current())
        if fails:
            raise LookupError

    with pytest.raises(LookupError):
        await alerting.database.write(partial(work, fails=True))
    assert alerting.told() == []
    await alerting.database.write(partial(work, fails=False))
    assert alerting.told() == ["unknown-status"]


@pytest.mark.parametrize(("later", "waits"), [(0.0, 0.0), (UNTIL_NIGHT, UNTIL_MORNING)])
async def test_an_unknown_status_waits_for_the_stores_hours(
    alerting: AlertingHarness, later: float, waits: float
) -> None:
    alerting.clock.advance(later)
    await alerting.hears_of(order("FROZEN"))
    assert [one.due_at - alerting.clock.now() for one in alerting.alerts()] == [waits]


# ── webhooks that can't be read ──────────────────────────────────────────────


async def test_a_webhook_that_is_set_up_wrongly_is_told_once_for_each_set_of_fields_and_restart(
    alerting: AlertingHarness,
) -> None:
    for fields in ("order_id, status", "order_id, status", "data.orderId", "order_id, status"):
        await alerting.service.webhook_mismapped(fields)
        alerting.start()
        alerting.clock.advance(HOUR)
    assert [one.payload["args"] for one in alerting.alerts()] == [{"raw": "order_id, status"}, {"raw": "data.orderId"}]
    assert alerting.told(GROUP) == ["webhook-mismapped"] * 2


async def test_fields_that_vary_are_told_once_an_hour_at_most_over_a_restart_too(alerting: AlertingHarness) -> None:
    for number in range(10):
        await alerting.service.webhook_mismapped(f"made-up-{number}")
        alerting.start()
        alerting.clock.advance(HOUR / 10)
    assert [one.payload["args"] for one in alerting.alerts(BOSS)] == [{"raw": "made-up-0"}]
    await alerting.service.webhook_mismapped("made-up-3")  # not told yet, as it came too soon
    assert alerting.alerts(BOSS)[-1].payload["args"] == {"raw": "made-up-3"}


async def test_a_nights_varying_fields_are_one_alert_in_the_morning(alerting: AlertingHarness) -> None:
    alerting.clock.advance(UNTIL_NIGHT)
    for number in range(5):
        await alerting.service.webhook_mismapped(f"made-up-{number}")
        alerting.clock.advance(HOUR)
    assert len(alerting.alerts(BOSS)) == 1


async def test_fields_that_are_made_up_without_end_are_told_once_a_day_in_the_end(alerting: AlertingHarness) -> None:
    for number in range(MOST_MISMAPPED + 5):
        await alerting.service.webhook_mismapped(f"made-up-{number}")
        alerting.clock.advance(HOUR)
    assert len(alerting.alerts(BOSS)) == MOST_MISMAPPED
    alerting.clock.advance(DAY)
    for _ in range(2):
        await alerting.service.webhook_mismapped("another mistake, a year later")
    assert alerting.alerts(BOSS)[-1].payload["args"] == {"raw": "another mistake, a year later"}
    assert len(alerting.alerts(BOSS)) == MOST_MISMAPPED + 1
    assert key_value.count(alerting.database.reader, "webhook-mismapped") == MOST_MISMAPPED + 1


async def test_after_a_clock_that_was_ahead_what_cannot_be_read_is_told_of_again(alerting: AlertingHarness) -> None:
    alerting.clock.advance(365 * DAY)
    await alerting.service.webhook_mismapped("order_id, status")
    alerting.clock.advance(-365 * DAY)
    alerting.start()
    await alerting.service.webhook_mismapped("data.orderId")
    assert {"raw": "data.orderId"} in [one.payload["args"] for one in alerting.alerts(BOSS)]


async def test_a_webhook_that_is_set_up_wrongly_waits_for_the_stores_hours(alerting: AlertingHarness) -> None:
    alerting.clock.advance(UNTIL_NIGHT)
    await alerting.service.webhook_mismapped("order_id, status")
    assert [one.due_at - alerting.clock.now() for one in alerting.alerts(GROUP)] == [UNTIL_MORNING]


# ── links that can't be read ─────────────────────────────────────────────────


async def shows(alerting: AlertingHarness, value: str | None, *, courier: str | None = "Swift") -> None:
    """The API shows an order whose service has this value for a link."""
    snapshot = snapshot_of("ON_ROUTE", service("ON_ROUTE", f"of {courier}", value, courier=courier))
    context, sent_at = alerting.contexts.current(), alerting.clock.now()
    await alerting.database.write(partial(record.apply_snapshot, snapshot=snapshot, context=context, sent_at=sent_at))
    alerting.clock.advance(100)


async def test_a_value_that_is_no_link_is_told_once_for_each_courier_and_restart(alerting: AlertingHarness) -> None:
    for courier in ("Swift", "SWIFT", "Blue Van", None):
        for value in ("ask the driver", "http://localhost:3000/x"):
            await shows(alerting, value, courier=courier)
            alerting.start()
    assert [one.payload["args"] for one in alerting.alerts()] == [
        {"raw": "ask the driver", "courier": courier, "number": "1001-01", "order": 1}
        for courier in ("Swift", "Blue Van", "-")
    ]


@pytest.mark.parametrize("value", [LINK, None, "", "N/A", "-"])
async def test_a_link_and_what_holds_its_place_are_no_alert(alerting: AlertingHarness, value: str | None) -> None:
    await shows(alerting, value)
    assert alerting.told() == []


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ("https://ana:geheim@10.0.0.7/x?token=geheim&n=1#a=geheim", "https://…@10.0.0.7/x…"),
        ("http://10.0.0.7/x#geheim", "http://10.0.0.7/x…"),
        ("with eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln", "with ***"),
        ("http://localhost/x;jsessionid=geheim", "http://localhost/x…"),
        ("http:joe:geheim@localhost/x", "http:…@localhost/x"),
        ("ftp:\\\\joe:geheim@courier.com", "ftp:\\\\…@courier.com"),
        ("joe:geheim@courier.com/x", "…@courier.com/x"),
        ("ask joe&#64;example.com", "…@example.com"),
        ("see token=geheim", "see token=…"),
        ("apikey: geheim of the portal", "apikey:…"),
        ("http://localhost/" + "way/" * 200, "http://localhost/" + ("way/" * 11)[:43] + "…"),
    ],
)
async def test_of_a_value_that_is_no_link_staff_see_the_beginning_and_no_secret(
    alerting: AlertingHarness, value: str, raw: str
) -> None:
    await shows(alerting, value)
    assert [one.payload["args"]["raw"] for one in alerting.alerts()] == [raw]


async def test_couriers_that_are_made_up_without_end_are_not_told_without_end(alerting: AlertingHarness) -> None:
    for number in range(MOST_UNKNOWN + 5):
        await shows(alerting, "ask the driver", courier=f"Courier {number}")
    assert len(alerting.alerts(BOSS)) == MOST_UNKNOWN


# ── backups ──────────────────────────────────────────────────────────────────


async def test_a_backup_that_fails_is_told_once_until_one_has_been_made(alerting: AlertingHarness) -> None:
    for trouble in (None, "full", "full", None, None, "no right", "full"):
        await alerting.service.backup_result(trouble)
        alerting.start()
    assert alerting.told() == ["backup-failed", "backup-made", "backup-failed"]
    reasons = [one.payload["args"] for one in alerting.alerts() if one.payload["alert"] == "backup-failed"]
    assert reasons == [{"reason": "full"}, {"reason": "no right"}]


async def test_a_failed_backup_waits_for_the_stores_hours(alerting: AlertingHarness) -> None:
    alerting.clock.advance(UNTIL_NIGHT)
    await alerting.service.backup_result("full")
    assert [one.due_at - alerting.clock.now() for one in alerting.alerts(GROUP)] == [UNTIL_MORNING]


# ── who ──────────────────────────────────────────────────────────────────────


async def test_what_happens_while_there_are_no_staff_is_told_once_there_are(alerting: AlertingHarness) -> None:
    async def all_happens() -> None:
        await alerting.is_refused()
        await alerting.service.api_health(ApiHealth.REFUSED)
        await alerting.hears_of(order("FROZEN"))
        await alerting.service.backup_result("full")
        await alerting.service.webhook_mismapped("data.orderId")

    alerting.start(nobody=True)
    await all_happens()
    alerting.start(BOSS)
    assert alerting.told() == []
    await all_happens()
    assert alerting.told() == ["aside", "key-refused", "unknown-status", "backup-failed", "webhook-mismapped"]
    assert alerting.told(GROUP) == []


async def test_staff_who_cannot_be_written_to_are_left_alone(alerting: AlertingHarness) -> None:
    await alerting.is_due(BOSS)
    await alerting.database.write(partial(chats.pause, chat_id=BOSS, reason="blocked"))
    await alerting.service.api_health(ApiHealth.DOWN)
    await alerting.sends()
    assert [chat_id for chat_id, _kind, _options in alerting.delivery.calls] == [GROUP]


def test_trouble_that_stops_news_is_not_among_what_can_wait() -> None:
    assert {Alert.API_DOWN, Alert.API_UP, Alert.KEY_REFUSED, Alert.KEY_ACCEPTED} & CAN_WAIT == set()


# ── other accounts ───────────────────────────────────────────────────────────


async def test_another_account_is_told_once_by_name_over_a_restart(alerting: AlertingHarness) -> None:
    await alerting.service.other_account("Not-Mine")
    alerting.start()
    await alerting.service.other_account("not-mine ")
    await alerting.service.other_account("another")
    assert [one.payload["args"] for one in alerting.alerts()] == [{"raw": "Not-Mine"}, {"raw": "another"}]


async def test_another_account_waits_for_no_hours(alerting: AlertingHarness) -> None:
    alerting.clock.advance(UNTIL_NIGHT)
    await alerting.service.other_account("not-mine")
    assert {(one.due_at, one.audible) for one in alerting.alerts()} == {(alerting.clock.now(), True)}


async def test_of_accounts_that_somebody_makes_up_only_so_many_are_told(alerting: AlertingHarness) -> None:
    for number in range(MOST_UNKNOWN + 5):
        await alerting.service.other_account(f"made-up-{number}")
    assert len(alerting.told()) == MOST_UNKNOWN
