"""Messages that Telegram refuses, or that can't be worded, as staff hear of them."""

import sqlite3

from bot.pickpack.health import ApiHealth
from bot.sending.outcome import Malformed, Sent
from bot.store import outbox
from bot.tracking.model import Kind, Notice
from bot.tracking.timing import DAY, HOUR
from bot.words.texts import Text
from tests.builders import CHAT, NOW, following, order, stored
from tests.message_keys import says
from tests.people.alerting_harness import BOSS, GROUP, UNTIL_MORNING, UNTIL_NIGHT, AlertingHarness


async def test_a_message_that_telegram_refuses_is_told_with_its_order_and_reason(alerting: AlertingHarness) -> None:
    await alerting.is_refused("1001-01")
    assert [(one.payload["alert"], one.payload["args"]) for one in alerting.alerts(GROUP)] == [
        ("aside", {"number": "1001-01", "reason": "can't parse <b>", "order": 1})
    ]
    await alerting.sends()
    alert = Text(str(alerting.delivery.calls[-1][2]["text"]))
    assert "check-why-format" in alert.html and "parse" not in alert.html
    assert says(alert, "alert-aside", number="1001-01")


async def test_one_about_no_order_is_told_with_the_number_that_it_was_about(alerting: AlertingHarness) -> None:
    await alerting.is_refused(None, Kind.NEVER_SEEN)
    assert [one.payload["args"]["number"] for one in alerting.alerts()] == ["4004"]


async def test_what_cannot_be_worded_is_told_too(alerting: AlertingHarness) -> None:
    def work(connection: sqlite3.Connection) -> None:
        known = stored(connection, order("PICKING"))
        following(connection, known)
        outbox.put(connection, [Notice(CHAT, Kind.CARD, NOW, order=known.id, payload={"unsayable": True})])

    await alerting.database.write(work)
    await alerting.sends()
    assert [one.payload["args"]["reason"] for one in alerting.alerts()] == ["could not be worded: KeyError"]


async def test_a_message_that_goes_plain_is_no_matter_for_staff(alerting: AlertingHarness) -> None:
    await alerting.is_due()
    await alerting.sends(Malformed("can't parse"), Sent(5))
    assert alerting.told() == []


async def test_however_many_are_refused_staff_hear_of_it_once_an_hour(alerting: AlertingHarness) -> None:
    for _ in range(5):
        await alerting.is_refused()
        alerting.clock.advance(HOUR / 5 - 1)
        alerting.start()
    assert len(alerting.alerts()) == 1
    alerting.clock.advance(5)
    await alerting.is_refused()
    await alerting.is_refused()
    assert len(alerting.alerts()) == 2


async def test_a_nights_refusals_are_one_alert_in_the_morning(alerting: AlertingHarness) -> None:
    alerting.clock.advance(UNTIL_NIGHT)
    for _ in range(10):
        await alerting.is_refused()
        alerting.clock.advance(HOUR)
    assert [one.due_at for one in alerting.alerts()] == [NOW + UNTIL_NIGHT + UNTIL_MORNING]
    alerting.clock.advance(HOUR)
    await alerting.sends()
    await alerting.is_refused()
    assert len(alerting.alerts()) == 1
    alerting.clock.advance(HOUR)
    await alerting.is_refused()
    assert len(alerting.alerts()) == 2


async def test_after_a_clock_that_was_ahead_what_is_refused_is_told_of_again(alerting: AlertingHarness) -> None:
    alerting.clock.advance(365 * DAY)
    await alerting.is_refused()
    alerting.clock.advance(-365 * DAY)
    alerting.start()
    await alerting.is_refused()
    assert len(alerting.alerts()) == 2


async def test_of_an_alert_that_is_refused_nothing_is_said(alerting: AlertingHarness) -> None:
    await alerting.service.api_health(ApiHealth.DOWN)
    await alerting.sends(*[Malformed("no")] * 4)
    assert (alerting.told(BOSS), alerting.told(GROUP)) == (["api-down"], ["api-down"])
    assert alerting.database.reader.execute("SELECT count(*) FROM outbox WHERE state = 'aside'").fetchone()[0] == 2
