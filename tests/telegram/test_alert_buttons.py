"""The buttons under an alert: who may press them, what each does, and that a press comes to nothing for others."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest

from bot.simulators.telegram.state import ShownMessage
from bot.tracking.model import OrderPk
from bot.transactions import alerting
from bot.transactions.alerting import MUTED_SECONDS, Alert
from tests.builders import contexts
from tests.message_keys import button_of, says
from tests.telegram.bot_harness import ADMIN, ANA, STAFF, STAFF_GROUP, BotHarness, Talk, running_bot


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[BotHarness]:
    async with running_bot(tmp_path, alerted=(STAFF, ADMIN, STAFF_GROUP), orders={"A-1": "PACKING"}) as harness:
        harness.group(STAFF_GROUP, ADMIN)
        for person in (STAFF, ADMIN):
            harness.talk(person)
        yield harness


async def alert(harness: BotHarness, *, subject: str = "") -> None:
    """Staff are alerted to something that lasts."""
    context = contexts(harness.clock, staff=(STAFF, ADMIN, STAFF_GROUP)).current()
    work = partial(alerting.start, alert=Alert.DISK_LOW, context=context, subject=subject, lasts=True, free=1)
    await harness.database.write(work)
    harness.sending_due.set()


def done(message: ShownMessage) -> Callable[[], bool]:
    return lambda: says(message, "done-by", known="yes") and says(message, "alert-disk-low")


def over(message: ShownMessage) -> Callable[[], bool]:
    return lambda: says(message, "over-since")


async def test_done_is_seen_by_all_of_staff_with_the_name_of_who_it_was(harness: BotHarness) -> None:
    await alert(harness)
    staff, group = Talk(harness.telegram, STAFF), Talk(harness.telegram, STAFF_GROUP)
    shown = [await one.hears("alert-disk-low") for one in (staff, Talk(harness.telegram, ADMIN), group)]
    assert says(await group.presses("button-done", user_id=ADMIN), "toast-alert-done")
    for message in shown:
        await harness.telegram.wait_for(done(message))
        assert message.labels() == []
    assert harness.rows("SELECT who, action, detail FROM audit WHERE action = 'done'") == [(ADMIN, "done", "disk-low")]


async def test_a_second_done_says_that_somebody_was_quicker(harness: BotHarness) -> None:
    await alert(harness)
    staff, admin = Talk(harness.telegram, STAFF), Talk(harness.telegram, ADMIN)
    message, other = await staff.hears("alert-disk-low"), await admin.hears("alert-disk-low")
    data = button_of(other, "button-done")["callback_data"]
    await staff.presses_data(message, data)
    assert says(await admin.presses_data(other, data), "toast-alert-already", by="another")
    assert says(await staff.presses_data(message, data), "toast-alert-already", by="you")


@pytest.mark.parametrize("name", ["button-mute", "button-done"])
async def test_an_alert_that_is_over_says_so_and_has_no_buttons(harness: BotHarness, name: str) -> None:
    await alert(harness)
    staff = Talk(harness.telegram, STAFF)
    message = await staff.hears("alert-disk-low")
    data = button_of(message, name)["callback_data"]
    context = contexts(harness.clock, staff=(STAFF,)).current()
    end = partial(alerting.end, alert=Alert.DISK_LOW, ending=Alert.DISK_FREE, context=context, free=9)
    await harness.database.write(end)
    assert says(await staff.presses_data(message, data), "toast-alert-over")
    harness.sending_due.set()
    await harness.telegram.wait_for(lambda: says(message, "over-since"))
    assert message.labels() == []


async def test_what_is_muted_says_until_when_and_is_taken_back_under_it_or_in_the_panel(harness: BotHarness) -> None:
    await alert(harness)
    staff = Talk(harness.telegram, STAFF)
    message = await staff.hears("alert-disk-low")
    for unmute in ("button-unmute", "button-unmute-all"):
        data = button_of(message, "button-mute")["callback_data"]
        assert says(await staff.presses_data(message, data), "toast-muted")
        assert says(await staff.presses_data(message, data), "toast-muted-already")
        await harness.telegram.wait_for(lambda: says(message, "muted-until"))
        if unmute == "button-unmute":
            assert says(await staff.presses(unmute), "toast-unmuted")
        else:
            await staff.asks("/help")
            await staff.presses("button-panel-alerts")
            assert says(harness.telegram.bot_messages(STAFF)[-1], "open-muted", count=1)
            await staff.presses(unmute)
            assert not says(harness.telegram.bot_messages(STAFF)[-1], "open-muted")
        await harness.telegram.wait_for(lambda: not says(message, "muted-until"))
    assert harness.rows("SELECT action FROM audit ORDER BY id") == [("mute",), ("unmute",)] * 2


@pytest.mark.parametrize("mutes_first", [True, False])
async def test_an_alert_that_somebody_is_done_with_says_when_it_is_over_and_that_it_is_muted(
    harness: BotHarness, mutes_first: bool
) -> None:
    await alert(harness)
    staff, admin = Talk(harness.telegram, STAFF), Talk(harness.telegram, ADMIN)
    message, other = await staff.hears("alert-disk-low"), await admin.hears("alert-disk-low")
    if mutes_first:
        assert says(await staff.presses("button-mute"), "toast-muted")
        await harness.telegram.wait_for(lambda: says(message, "muted-until"))
    assert says(await staff.presses("button-done"), "toast-alert-done")
    await harness.telegram.wait_for(done(message))
    await harness.telegram.wait_for(done(other))
    assert says(message, "muted-until") is mutes_first
    assert message.labels() == (["⟦button-unmute⟧"] if mutes_first else [])
    assert other.labels() == []

    context = contexts(harness.clock, staff=(STAFF, ADMIN)).current()
    end = partial(alerting.end, alert=Alert.DISK_LOW, ending=Alert.DISK_FREE, context=context, free=9)
    await harness.database.write(end)
    harness.sending_due.set()
    for one in (message, other):
        await harness.telegram.wait_for(over(one))
        assert says(one, "done-by", known="yes")
    assert says(message, "muted-until") is mutes_first
    if mutes_first:
        assert says(await staff.presses("button-unmute"), "toast-unmuted")
        await harness.telegram.wait_for(lambda: not says(message, "muted-until"))
        assert says(message, "over-since")
        assert message.labels() == []


async def test_mute_silences_a_kind_in_one_chat_for_an_hour(harness: BotHarness) -> None:
    await alert(harness, subject="a")
    staff, admin = Talk(harness.telegram, STAFF), Talk(harness.telegram, ADMIN)
    await staff.hears("alert-disk-low")
    await admin.hears("alert-disk-low")
    assert says(await staff.presses("button-mute"), "toast-muted")
    await alert(harness, subject="b")
    await admin.hears("alert-disk-low")
    await staff.hears_nothing()
    harness.clock.advance(MUTED_SECONDS)
    harness.sending_due.set()
    await staff.hears("alert-disk-low")


@pytest.mark.parametrize("name", ["button-mute", "button-done"])
async def test_nobody_else_presses_an_alerts_buttons(harness: BotHarness, name: str) -> None:
    await alert(harness)
    staff = Talk(harness.telegram, STAFF)
    data = button_of(await staff.hears("alert-disk-low"), name)["callback_data"]
    ana = harness.talk(ANA)
    message = await ana.asks("/help")
    assert says(await ana.presses_data(message, data), "toast-old")
    other = await staff.asks("/help")
    for forged in (data, f"{data[:2]}77", f"{data[:2]}", f"{data[:2]}x", f"{data[:2]}{'9' * 30}"):
        assert says(await staff.presses_data(other, forged), "toast-staff-old", named="no")
    assert harness.rows("SELECT done_at FROM alerts") == [(None,)]
    assert harness.rows("SELECT * FROM alert_mutes") == []


async def test_the_order_of_an_alert_is_shown_like_check(harness: BotHarness) -> None:
    await harness.order_lookup.look_up("A-1")
    context = contexts(harness.clock, staff=(STAFF,)).current()
    work = partial(
        alerting.start, alert=Alert.STUCK, context=context, number="A-1", status="PACKING", why="slow", since=1
    )
    await harness.database.write(partial(work, order=OrderPk(1)))
    harness.sending_due.set()
    staff = Talk(harness.telegram, STAFF)
    await staff.hears("alert-stuck")
    await staff.presses("button-check")
    assert says(await staff.hears(), "check-heading", number="A-1")
