"""In groups the bot speaks only when it is spoken to, and where it was spoken to."""

import pytest

from tests.message_keys import keys_in, says
from tests.telegram.bot_harness import ANA, BEN, BotHarness, Talk

GROUP, SUPERGROUP, ADMINISTRATOR = -2000, -1002000, 1009


@pytest.fixture
def group(harness: BotHarness) -> Talk:
    talk = harness.group(SUPERGROUP, ANA, BEN, ADMINISTRATOR)
    harness.telegram.add_member(SUPERGROUP, ADMINISTRATOR, "administrator")
    harness.put("A-1")
    return talk


@pytest.mark.parametrize("said", ["look, A-1!", "A-1", "hello", "/order@another_bot A-1", "/orders@another_bot"])
async def test_what_is_not_said_to_the_bot_is_not_answered(harness: BotHarness, group: Talk, said: str) -> None:
    harness.telegram.privacy_mode = False
    group.says(said, user_id=ANA)
    await group.hears_nothing(user_id=ANA)
    assert harness.order_lookup.asked == []


async def test_where_nobody_speaks_to_the_bot_nothing_is_kept_of_the_group(
    harness: BotHarness, group: Talk, ana: Talk
) -> None:
    harness.telegram.privacy_mode = False
    group.says("look, A-1!", user_id=ANA)
    harness.telegram.user_sends(group.id, "sticker", user_id=BEN)
    await ana.asks("/help")
    assert harness.rows("SELECT chat_id FROM chats") == [(ANA,)]
    assert len(harness.rows("SELECT * FROM updates")) == 1  # Ana's alone was ever in the inbox
    assert group.texts == []


async def test_groups_that_cannot_be_answered_keep_a_shopper_waiting_for_nothing(
    harness: BotHarness, ana: Talk
) -> None:
    groups = [harness.group(GROUP - place, BEN) for place in range(10)]
    for talk in groups:
        harness.telegram.fail("hang", chat_id=talk.id)
    try:
        for talk in groups * 15:
            talk.says("/orders", user_id=BEN)
        assert says(await ana.asks("/help"), "help")
        assert len(harness.rows("SELECT * FROM inbox WHERE chat_id < 0")) == 150
    finally:
        await harness.bot.stop()  # ends what hangs


async def test_an_unknown_command_is_answered_only_where_the_bot_is_named(group: Talk) -> None:
    group.says("/frobnicate", user_id=ANA)
    assert says(await group.asks("/frobnicate@onroute_bot", user_id=ANA), "unknown-command")
    await group.hears_nothing(user_id=ANA)


@pytest.mark.parametrize("command", ["/order A-1", "/order@onroute_bot A-1", "/ORDER@OnRoute_Bot A-1"])
async def test_a_command_with_or_without_the_bots_name_is_answered_to_the_message(group: Talk, command: str) -> None:
    said = group.says(command, user_id=ANA)
    card = await group.hears()
    assert says(card, "state-packing")
    assert card.reply_to == said.message_id


async def test_a_reply_to_the_bot_without_a_command_is_told_how_to_ask(group: Talk) -> None:
    card = await group.asks("/order A-1", user_id=ANA)
    hint = await group.asks("and A-2?", user_id=BEN, reply_to=card.message_id)
    assert says(hint, "group-hint")


async def test_a_group_reads_its_own_language_not_that_of_who_speaks(harness: BotHarness, group: Talk) -> None:
    harness.telegram.add_user(BEN, language_code="es")
    assert says(await group.asks("/orders", user_id=BEN), "list-empty")


async def test_answers_and_news_stay_in_the_thread_where_the_order_was_followed(harness: BotHarness) -> None:
    forum = harness.group(SUPERGROUP, ANA, forum=True)
    harness.telegram.set_topic(SUPERGROUP, 17)
    harness.put("A-1")
    assert (await forum.asks("/order A-1", user_id=ANA, thread_id=17)).thread_id == 17
    assert (await forum.asks("/orders", user_id=ANA, thread_id=17)).thread_id == 17
    await harness.moves("A-1", "CANCELED")
    news = await forum.hears("state-canceled")
    assert news.thread_id == 17


@pytest.mark.parametrize("command", ["/stop", "/stop A-1"])
async def test_who_followed_stops_and_another_member_does_not(harness: BotHarness, group: Talk, command: str) -> None:
    await group.asks("/order A-1", user_id=ANA)
    assert says(await group.asks(command, user_id=BEN), "not-yours-to-stop")
    assert len(harness.follow_service.followed(SUPERGROUP)) == 1
    assert says(await group.asks(command, user_id=ANA), "stopped", order="A-1")


@pytest.mark.parametrize("who", [{"user_id": ADMINISTRATOR}, {"user_id": ADMINISTRATOR, "anonymous": True}])
async def test_an_administrator_of_the_group_stops_what_others_follow(group: Talk, who: dict[str, int]) -> None:
    await group.asks("/order A-1", user_id=ANA)
    assert says(await group.asks("/stop", **who), "stopped", order="A-1")


async def test_the_stop_button_asks_whose_it_is(harness: BotHarness, group: Talk) -> None:
    await group.asks("/order A-1", user_id=ANA)
    assert says(await group.presses("button-stop", user_id=BEN), "toast-not-yours")
    assert len(harness.follow_service.followed(SUPERGROUP)) == 1
    assert says(await group.presses("button-stop", user_id=ANA), "toast-stopped")


@pytest.mark.parametrize("command", ["/language", "/settings", "/forget", "/export"])
async def test_what_concerns_the_whole_group_is_for_its_administrators(group: Talk, command: str) -> None:
    assert says(await group.asks(command, user_id=BEN), "group-admins-only")
    assert not says(await group.asks(command, user_id=ADMINISTRATOR), "group-admins-only")


async def test_a_member_cannot_press_an_administrators_menu(harness: BotHarness, group: Talk) -> None:
    await group.asks("/language", user_id=ADMINISTRATOR)
    assert says(await group.presses("l:es", user_id=BEN), "toast-not-yours")
    assert harness.rows("SELECT language FROM chats") == [(None,)]


async def test_a_group_that_becomes_a_supergroup_keeps_what_it_follows(harness: BotHarness) -> None:
    old = harness.group(GROUP, ANA, kind="group")
    harness.put("A-1", "PICKING")
    await old.asks("/order A-1", user_id=ANA)
    await old.asks("/order LATER-1", user_id=ANA)
    harness.telegram.upgrade_group(GROUP, SUPERGROUP)
    new = Talk(harness.telegram, SUPERGROUP)
    listed = await new.asks("/orders", user_id=ANA)
    assert says(listed, "list-row", number="A-1", state="short-picking")
    assert says(listed, "list-row-awaited", number="LATER-1")
    await harness.moves("A-1", "CANCELED")
    assert says(await new.hears(), "state-canceled")
    assert harness.rows("SELECT chat_id FROM chats") == [(SUPERGROUP,)]


async def test_a_move_that_nobody_told_of_is_learnt_from_the_first_refusal(harness: BotHarness) -> None:
    old = harness.group(GROUP, ANA, kind="group")
    harness.put("A-1", "PICKING")
    await old.asks("/order A-1", user_id=ANA)
    harness.telegram.add_group(SUPERGROUP)
    harness.telegram.state.chats[GROUP].upgraded_to = SUPERGROUP
    await harness.moves("A-1", "CANCELED")
    assert says(await Talk(harness.telegram, SUPERGROUP).hears(), "state-canceled")
    assert harness.rows("SELECT chat_id FROM chats") == [(SUPERGROUP,)]


async def test_in_a_group_nobody_is_told_to_send_a_number_alone(group: Talk) -> None:
    assert keys_in(await group.asks("/start", user_id=ANA)) == ["group-hint"]
    for said, key in (("/help", "help"), ("/orders", "list-empty")):
        assert says(await group.asks(said, user_id=ANA), key, way="group")
    await group.asks("/order A-1", user_id=ANA)
    assert says(await group.asks("/stop", user_id=ANA), "stopped", way="group")
