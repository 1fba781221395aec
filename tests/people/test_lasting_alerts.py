"""What lasts is told once when it begins and once when it ends, over restarts; Mute and Done hold what they say."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.store import chats, housekeeping, open_alerts, outbox
from bot.tracking.model import Kind, Notice
from bot.tracking.timing import DAY, HOUR
from bot.transactions import alert_presses
from bot.transactions import alerting as transactions
from bot.transactions.alert_presses import AlertPress, AlertPressed, Presser
from bot.transactions.alerting import MUTED_SECONDS, Alert
from tests.people.alerting_harness import BOSS, GROUP, UNTIL_MORNING, UNTIL_NIGHT, AlertingHarness

ANOTHER = 4343


async def starts(alerting: AlertingHarness, alert: Alert = Alert.DISK_LOW, *, subject: str = "") -> None:
    context = alerting.contexts.current()
    await alerting.database.write(
        partial(transactions.start, alert=alert, context=context, subject=subject, lasts=True, free=1)
    )


async def ends(
    alerting: AlertingHarness, alert: Alert = Alert.DISK_LOW, ending: Alert = Alert.DISK_FREE, *, subject: str = ""
) -> None:
    context = alerting.contexts.current()
    await alerting.database.write(
        partial(transactions.end, alert=alert, ending=ending, context=context, subject=subject, free=2)
    )


def shown(alerting: AlertingHarness, chat_id: int = BOSS) -> list[tuple[int, int]]:
    """The alerts that a chat shows with buttons: alert, message."""
    rows = alerting.database.reader.execute(
        "SELECT alert, message_id FROM outbox WHERE chat_id = ? AND kind = 'alert' AND state = 'sent' "
        "AND alert IS NOT NULL ORDER BY id",
        (chat_id,),
    )
    return [(row["alert"], row["message_id"]) for row in rows]


def waiting(alerting: AlertingHarness, chat_id: int = BOSS) -> list[float]:
    """In how many seconds each waiting alert of a chat is due."""
    rows = alerting.database.reader.execute(
        "SELECT due_at FROM outbox WHERE chat_id = ? AND kind = 'alert' AND state = 'open' ORDER BY id", (chat_id,)
    )
    return [row["due_at"] - alerting.clock.now() for row in rows]


async def presses(
    alerting: AlertingHarness, press: Callable[..., AlertPressed], chat_id: int = BOSS, name: str = "Bea"
) -> AlertPressed:
    alert_id, message_id = shown(alerting, chat_id)[-1]
    presser = Presser(who=chat_id, chat_id=chat_id, message_id=message_id, name=name)
    context = alerting.contexts.current()
    return await alerting.database.write(partial(press, alert_id=alert_id, context=context, presser=presser))


async def mutes(alerting: AlertingHarness, chat_id: int = BOSS) -> bool:
    return (await presses(alerting, alert_presses.mute, chat_id)).press is AlertPress.DONE


async def is_done_with(alerting: AlertingHarness, chat_id: int = BOSS, name: str = "Bea") -> AlertPress:
    return (await presses(alerting, alert_presses.close, chat_id, name)).press


def edits(alerting: AlertingHarness) -> list[Notice]:
    rows = alerting.database.reader.execute("SELECT id FROM outbox WHERE kind = 'alert-edit' ORDER BY id")
    found = (outbox.load(alerting.database.reader, row["id"]) for row in rows.fetchall())
    return [one for one in found if one is not None]


async def test_what_lasts_is_told_when_it_starts_and_when_it_ends_over_restarts(alerting: AlertingHarness) -> None:
    for _ in range(3):
        await starts(alerting)
        alerting.start()
    await alerting.sends()
    for _ in range(3):
        await ends(alerting)
        alerting.start()
    await starts(alerting)
    assert alerting.told(BOSS) == alerting.told(GROUP) == ["disk-low", "disk-free", "disk-low"]


async def test_two_of_a_kind_about_different_things_end_each_by_itself(alerting: AlertingHarness) -> None:
    await starts(alerting, subject="a")
    await starts(alerting, subject="b")
    await ends(alerting, subject="a")
    assert alerting.told() == ["disk-low", "disk-low", "disk-free"]
    assert [one.subject for one in open_alerts.all_open(alerting.database.reader, Alert.DISK_LOW)] == ["b"]


async def test_what_begins_and_ends_in_a_night_is_told_to_nobody(alerting: AlertingHarness) -> None:
    alerting.clock.advance(UNTIL_NIGHT)
    await starts(alerting)
    alerting.clock.advance(HOUR)
    await ends(alerting)
    alerting.clock.advance(UNTIL_MORNING)
    await alerting.sends()
    assert alerting.delivery.calls == []


async def test_a_muted_kind_is_told_in_an_hour_to_that_chat_and_at_once_to_the_others(
    alerting: AlertingHarness,
) -> None:
    await starts(alerting, subject="a")
    await alerting.sends()
    assert await mutes(alerting)
    await starts(alerting, subject="b")
    await starts(alerting, Alert.NOTHING_FOUND)
    assert waiting(alerting, BOSS) == [MUTED_SECONDS, 0.0]
    assert waiting(alerting, GROUP) == [0.0, 0.0]
    alerting.start()
    alerting.clock.advance(MUTED_SECONDS)
    await starts(alerting, subject="c")
    assert waiting(alerting, BOSS)[-1] == 0.0


async def test_what_waits_already_is_muted_with_its_kind(alerting: AlertingHarness) -> None:
    await starts(alerting, subject="a")
    await alerting.sends()
    await starts(alerting, subject="b")
    await mutes(alerting)
    assert waiting(alerting, BOSS) == [MUTED_SECONDS]


async def test_what_is_over_before_an_hour_is_is_not_told_to_who_muted_it(alerting: AlertingHarness) -> None:
    await starts(alerting, subject="a")
    await alerting.sends()
    await mutes(alerting)
    await starts(alerting, subject="b")
    await ends(alerting, subject="b")
    alerting.clock.advance(DAY)
    await alerting.sends()
    assert [call[:2] for call in alerting.delivery.calls if "disk" in str(call)].count((BOSS, "send")) == 1


async def test_done_takes_the_buttons_of_all_and_says_whose_work_it_was(alerting: AlertingHarness) -> None:
    await starts(alerting)
    await alerting.sends()
    assert await is_done_with(alerting, name="Bea <b>" + "x" * 100) is AlertPress.DONE
    assert await is_done_with(alerting, GROUP) is AlertPress.ALREADY
    assert {one.chat_id for one in edits(alerting)} == {BOSS, GROUP}
    before = len(alerting.delivery.calls)
    await alerting.sends()
    said = [str(call[2]["text"]) for call in alerting.delivery.calls[before:]]
    assert len(said) == 2
    assert all("done-by" in text and "Bea &lt;b&gt;" in text and "disk-low" in text for text in said)


async def test_who_has_not_heard_of_what_is_done_does_not(alerting: AlertingHarness) -> None:
    await starts(alerting, subject="a")
    await alerting.sends()
    await mutes(alerting, GROUP)
    await starts(alerting, subject="b")
    await alerting.sends()
    assert await is_done_with(alerting, BOSS) is AlertPress.DONE
    assert waiting(alerting, GROUP) == []
    assert [one.chat_id for one in edits(alerting)] == [GROUP, BOSS]  # GROUP's is of the mute


async def test_what_is_on_the_wire_while_somebody_is_done_loses_its_buttons_too(alerting: AlertingHarness) -> None:
    await starts(alerting)
    alerting.sender.start_due()
    [claimed] = [
        row["id"] for row in alerting.database.reader.execute("SELECT id FROM outbox WHERE chat_id = ?", (GROUP,))
    ]
    await alerting.sends()
    await alerting.database.write(
        lambda connection: connection.execute("UPDATE outbox SET state = 'open' WHERE id = ?", (claimed,)) and None
    )
    await alerting.database.write(
        lambda connection: open_alerts.mark_done(connection, 1, who=BOSS, name="Bea", now=alerting.clock.now())
    )
    await alerting.sends()
    assert [one.chat_id for one in edits(alerting)] == [GROUP]


async def test_the_end_of_what_somebody_is_done_with_is_told_unless_it_is_about_an_order(
    alerting: AlertingHarness,
) -> None:
    await starts(alerting)
    await alerting.sends()
    await is_done_with(alerting)
    await ends(alerting)
    assert alerting.told() == ["disk-low", "disk-free"]
    await alerting.is_due()  # stores an order
    context = alerting.contexts.current()
    work = partial(transactions.start, alert=Alert.STUCK, context=context, subject="1", lasts=True, number="1001-01")
    await alerting.database.write(partial(work, order=1))
    await alerting.sends()
    await is_done_with(alerting)
    await ends(alerting, Alert.STUCK, Alert.MOVES_AGAIN, subject="1")
    assert alerting.told() == ["disk-low", "disk-free", "stuck"]


@pytest.mark.parametrize("message_id", [0, 999])
async def test_a_press_that_shows_no_such_alert_changes_nothing(alerting: AlertingHarness, message_id: int) -> None:
    await starts(alerting)
    await alerting.sends()
    context = alerting.contexts.current()
    for alert_id in (1, 77):
        presser = Presser(who=BOSS, chat_id=BOSS, message_id=message_id, name="x")
        for press in (alert_presses.mute, alert_presses.unmute, alert_presses.close):
            work = partial(press, alert_id=alert_id, context=context, presser=presser)
            assert (await alerting.database.write(work)).press is AlertPress.OLD
    assert edits(alerting) == []


async def test_who_is_forgotten_is_named_no_more(alerting: AlertingHarness) -> None:
    await starts(alerting)
    await alerting.sends()
    await is_done_with(alerting, BOSS)
    await alerting.database.write(partial(chats.forget, chat_id=BOSS, until=None))
    await alerting.sends()
    [said] = [str(call[2]["text"]) for call in alerting.delivery.calls if "done-by" in str(call)]
    assert "Bea" not in said
    assert [tuple(row) for row in alerting.database.reader.execute("SELECT done_by, done_name FROM alerts")] == [
        (None, None)
    ]


async def test_in_a_group_that_has_moved_nothing_of_before_is_edited(alerting: AlertingHarness) -> None:
    await starts(alerting)
    await alerting.sends()
    await alerting.database.write(partial(chats.move, old=GROUP, new=-1001))
    assert await is_done_with(alerting, BOSS) is AlertPress.DONE
    assert [one.chat_id for one in edits(alerting)] == [BOSS]


async def test_five_presses_are_one_and_the_others_hear_what_was_done(alerting: AlertingHarness) -> None:
    await starts(alerting)
    await alerting.sends()
    assert [await mutes(alerting) for _ in range(5)] == [True, False, False, False, False]
    assert len(edits(alerting)) == 1
    again = await presses(alerting, alert_presses.mute)
    assert again.until == alerting.contexts.current().wall + MUTED_SECONDS
    assert [await is_done_with(alerting) for _ in range(5)] == [AlertPress.DONE, *[AlertPress.ALREADY] * 4]
    second = await presses(alerting, alert_presses.close, GROUP)
    assert (second.press, second.by, second.name) == (AlertPress.ALREADY, BOSS, "Bea")
    assert [await mutes(alerting) for _ in range(2)] == [False, False]
    actions = alerting.database.reader.execute("SELECT action FROM audit ORDER BY id").fetchall()
    assert [row["action"] for row in actions] == ["mute", "done"]


async def test_what_is_over_says_so_in_all_chats_and_needs_nobody(alerting: AlertingHarness) -> None:
    await starts(alerting)
    await alerting.sends()
    await ends(alerting)
    before = len(alerting.delivery.calls)
    await alerting.sends()
    said = [str(call[2]["text"]) for call in alerting.delivery.calls[before:] if "over-since" in str(call)]
    assert len(said) == 2
    assert all("alert-disk-low" in text for text in said)
    for press in (alert_presses.mute, alert_presses.close):
        assert (await presses(alerting, press)).press is AlertPress.OVER
    assert alerting.database.reader.execute("SELECT count(*) FROM audit").fetchone()[0] == 0
    await alerting.service.other_account("x")  # that has happened, and has no end
    await alerting.sends()
    assert await is_done_with(alerting) is AlertPress.DONE


async def test_a_mute_is_said_until_when_and_taken_back(alerting: AlertingHarness) -> None:
    await starts(alerting, subject="a")
    await alerting.sends()
    await mutes(alerting)
    await starts(alerting, subject="b")
    before = len(alerting.delivery.calls)
    await alerting.sends()
    [said] = [call for call in alerting.delivery.calls[before:] if "muted-until" in str(call)]
    assert said[0] == BOSS
    assert waiting(alerting) == [MUTED_SECONDS]
    assert (await presses(alerting, alert_presses.unmute)).press is AlertPress.DONE
    assert (await presses(alerting, alert_presses.unmute)).press is AlertPress.ALREADY
    assert waiting(alerting) == [0.0]
    before = len(alerting.delivery.calls)
    await alerting.sends()
    assert len([call for call in alerting.delivery.calls[before:] if call[0] == BOSS]) == 2
    assert "muted-until" not in str(alerting.delivery.calls[before:])


async def test_all_that_a_chat_has_muted_is_heard_of_again_at_once(alerting: AlertingHarness) -> None:
    for alert in (Alert.DISK_LOW, Alert.NOTHING_FOUND):
        await starts(alerting, alert)
        await alerting.sends()
        await mutes(alerting)
        await starts(alerting, alert, subject="b")
    unmute = partial(alert_presses.unmute_all, context=alerting.contexts.current(), chat_id=BOSS, who=BOSS)
    assert waiting(alerting) == [MUTED_SECONDS] * 2
    await alerting.database.write(unmute)
    assert waiting(alerting) == [0.0, 0.0]


async def test_an_alert_is_kept_as_long_as_it_lasts(alerting: AlertingHarness) -> None:
    await starts(alerting)
    await alerting.service.other_account("x")
    alerting.clock.advance(DAY)
    await alerting.database.write(partial(housekeeping.drop_old, before=alerting.clock.now()))
    kinds = [row["kind"] for row in alerting.database.reader.execute("SELECT kind FROM alerts")]
    assert kinds == ["disk-low"]
    assert {one.kind for one in alerting.alerts()} <= {Kind.ALERT}
