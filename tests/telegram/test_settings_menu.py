"""/settings: how much a chat hears, and whether anything rings there at night."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.simulators.telegram.state import ShownMessage
from bot.tracking.hours import StoreHours
from bot.tracking.statuses import ON_ROUTE
from tests.message_keys import says
from tests.telegram.bot_harness import ANA, BEN, BotHarness, Talk, running_bot

GROUP = -1002000
EVENING = "Asia/Tokyo"  # where it is half past ten at night when it is noon here
LEVELS = ("level-name-main", "level-name-every", "level-name-key")


def row_of(harness: BotHarness, chat_id: int = ANA) -> int:
    [(subscription, _order)] = harness.follow_service.followed(chat_id)
    return subscription.id


def is_quiet(message: ShownMessage) -> bool:
    return says(message, "settings-nights", quiet="yes")


async def test_the_menu_shows_what_is_set_and_the_default_first(ana: Talk) -> None:
    menu = await ana.asks("/settings")
    assert says(menu, "settings", level="level-name-main")
    assert says(menu, "settings-nights", quiet="no")
    labels = [button["text"] for row in menu.buttons for button in row]
    assert all(says(label, key) for label, key in zip(labels, (*LEVELS, "button-quiet-nights"), strict=True))


async def test_nights_are_made_quiet_and_loud_again(harness: BotHarness, ana: Talk) -> None:
    menu = await ana.asks("/settings")
    assert says(await ana.presses("button-quiet-nights"), "toast-saved")
    await harness.telegram.wait_for(lambda: is_quiet(menu))
    assert says(await ana.presses("button-loud-nights"), "toast-saved")
    await harness.telegram.wait_for(lambda: not is_quiet(menu))


@pytest.mark.parametrize("data", ["q:", "q:maybe", "q:1", "q:ON"])
async def test_a_forged_switch_changes_nothing(harness: BotHarness, ana: Talk, data: str) -> None:
    menu = await ana.asks("/settings")
    assert says(await ana.presses_data(menu, data), "toast-old")
    chat = harness.follow_service.chat(ANA)
    assert chat is not None
    assert not chat.quiet_nights


@pytest.mark.parametrize(
    ("zone", "is_on", "silent"), [(EVENING, True, True), (EVENING, False, False), ("UTC", True, False)]
)
async def test_at_night_key_news_come_without_sound_where_that_is_wished(
    tmp_path: Path, zone: str, is_on: bool, silent: bool
) -> None:
    hours = StoreHours(zone=ZoneInfo(zone))
    async with running_bot(tmp_path, orders={"A-1": "PACKING"}, store_hours=hours) as harness:
        ana = harness.talk(ANA)
        await ana.asks("A-1")
        await harness.follow_service.set_quiet_nights(ANA, is_on)
        harness.clock.advance(60)
        await harness.moves("A-1", ON_ROUTE)
        harness.clock.advance(30)
        harness.sending_due.set()
        card = await ana.hears("state-on-route")
        assert card.silent is silent


async def test_the_export_names_the_switch(harness: BotHarness, ana: Talk) -> None:
    await ana.asks("/settings")
    await ana.presses("button-quiet-nights")
    exported = await harness.follow_service.export(ANA)
    assert exported is not None
    assert b'"quiet_nights": 1' in exported


async def test_a_card_leads_to_the_settings_as_a_message_of_its_own(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    card = await ana.asks("A-1")
    before = card.text
    await ana.presses_data(card, f"e:{row_of(harness)}")
    assert says(await ana.hears(), "settings")
    assert card.text == before


async def test_in_a_group_only_its_administrators_change_and_see_the_settings(harness: BotHarness) -> None:
    group = harness.group(GROUP, ANA, BEN)
    harness.telegram.add_member(GROUP, BEN, "administrator")
    harness.put("A-1")
    card = await group.asks("/order A-1", user_id=ANA)
    row = row_of(harness, GROUP)
    assert says(await group.presses_data(card, f"e:{row}", user_id=ANA), "toast-not-yours")
    assert says(await group.presses_data(card, "q:on", user_id=ANA), "toast-not-yours")
    assert await group.presses_data(card, f"e:{row}", user_id=BEN) == ""
    assert says(await group.hears(), "settings")
    assert says(await group.presses("button-quiet-nights", user_id=BEN), "toast-saved")
    chat = harness.follow_service.chat(GROUP)
    assert chat is not None
    assert chat.quiet_nights
