"""What Telegram says of a chat when an answer is sent is kept, as with any other message."""

from tests.message_keys import says
from tests.telegram.bot_harness import ANA, BotHarness, Talk

GROUP, SUPERGROUP = -2000, -1002000


async def test_who_could_not_be_answered_gets_nothing_until_they_write_again(harness: BotHarness, ana: Talk) -> None:
    await ana.asks(harness.put("A-1", "PICKING"))
    await ana.hears_nothing()
    harness.telegram.fail("blocked", chat_id=ANA, times=1, methods={"sendMessage"})
    ana.says("/help")
    card = await ana.asks("/privacy")
    shown = [card, await ana.hears()]
    assert any(says(one, "state-picking") for one in shown), "it was paused: who is back is shown each order"
    assert any(says(one, "privacy") for one in shown)


async def test_a_group_that_moved_while_it_was_answered_is_told_at_its_new_place(harness: BotHarness) -> None:
    group, supergroup = harness.group(GROUP, ANA, kind="group"), harness.group(SUPERGROUP, ANA)
    for number in ("A-1", "B-2"):
        await harness.shown(group, f"/order {harness.put(number, 'PICKING')}", user_id=ANA)
    harness.telegram.fail("migrated", chat_id=GROUP, times=1, methods={"sendMessage"}, new_chat_id=SUPERGROUP)
    group.says("/orders", user_id=ANA)
    await supergroup.hears("list-heading")
    await harness.moves("A-1", "CANCELED")
    await supergroup.hears("headline-canceled", order="A-1")
