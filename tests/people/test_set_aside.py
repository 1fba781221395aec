"""Messages that Telegram refuses, or that can't be worded, as staff hear of them."""

import sqlite3

from bot.pickpack.health import ApiHealth
from bot.sending.outcome import Malformed, Sent
from bot.store import outbox
from bot.tracking.model import Kind, Notice
from bot.tracking.timing import HOUR
from bot.words.texts import Text
from tests.builders import CHAT, NOW, following, order, stored
from tests.message_keys import says
from tests.people.staffroom import BOSS, GROUP, UNTIL_MORNING, UNTIL_NIGHT, Staffroom


async def test_a_message_that_telegram_refuses_is_told_with_its_order_and_reason(room: Staffroom) -> None:
    await room.is_refused("1001-01")
    assert [(one.payload["alert"], one.payload["args"]) for one in room.alerts(GROUP)] == [
        ("aside", {"number": "1001-01", "reason": "can't parse <b>"})
    ]
    await room.sends()
    alert = Text(str(room.delivery.calls[-1][2]["text"]))
    assert "can't parse &lt;b&gt;" in alert.html
    assert says(alert, "alert-aside", number="1001-01", reason="can't parse <b>")


async def test_one_about_no_order_is_told_with_the_number_that_it_was_about(room: Staffroom) -> None:
    await room.is_refused(None, Kind.NEVER_SEEN)
    assert [one.payload["args"]["number"] for one in room.alerts()] == ["4004"]


async def test_what_cannot_be_worded_is_told_too(room: Staffroom) -> None:
    def work(connection: sqlite3.Connection) -> None:
        known = stored(connection, order("PICKING"))
        following(connection, known)
        outbox.put(connection, [Notice(CHAT, Kind.STATE, NOW, order=known.id, payload={"unsayable": True})])

    await room.database.write(work)
    await room.sends()
    assert [one.payload["args"]["reason"] for one in room.alerts()] == ["could not be worded: KeyError"]


async def test_a_message_that_goes_plain_is_no_matter_for_staff(room: Staffroom) -> None:
    await room.is_due()
    await room.sends(Malformed("can't parse"), Sent(5))
    assert room.told() == []


async def test_however_many_are_refused_staff_hear_of_it_once_an_hour(room: Staffroom) -> None:
    for _ in range(5):
        await room.is_refused()
        room.clock.advance(HOUR / 5 - 1)
        room.start()
    assert len(room.alerts()) == 1
    room.clock.advance(5)
    await room.is_refused()
    await room.is_refused()
    assert len(room.alerts()) == 2


async def test_a_nights_refusals_are_one_alert_in_the_morning(room: Staffroom) -> None:
    room.clock.advance(UNTIL_NIGHT)
    for _ in range(10):
        await room.is_refused()
        room.clock.advance(HOUR)
    assert [one.due_at for one in room.alerts()] == [NOW + UNTIL_NIGHT + UNTIL_MORNING]
    room.clock.advance(HOUR)
    await room.sends()
    await room.is_refused()
    assert len(room.alerts()) == 1
    room.clock.advance(HOUR)
    await room.is_refused()
    assert len(room.alerts()) == 2


async def test_of_an_alert_that_is_refused_nothing_is_said(room: Staffroom) -> None:
    await room.alerting.api_health(ApiHealth.DOWN)
    await room.sends(*[Malformed("no")] * 4)
    assert (room.told(BOSS), room.told(GROUP)) == (["api-down"], ["api-down"])
    assert room.database.reader.execute("SELECT count(*) FROM outbox WHERE state = 'aside'").fetchone()[0] == 2
