"""In groups the bot speaks only when it is spoken to, and where it was spoken to."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.people import links
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.state import BotStatus
from bot.telegram.update_processor import MAX_WAITING_OF_A_CHAT
from tests.message_keys import keys_in, says
from tests.telegram.bot_harness import ANA, BEN, LINK_SECRET, BotHarness, Talk, running_bot

GROUP, SUPERGROUP, ADMINISTRATOR, CHANNEL = -2000, -1002000, 1009, -1007777


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


async def test_all_who_ask_in_one_group_while_the_bot_is_down_are_answered(tmp_path: Path) -> None:
    async with TelegramSimulator() as telegram:
        people = range(2001, 2001 + MAX_WAITING_OF_A_CHAT + 6)
        group = Talk(telegram, telegram.add_group(SUPERGROUP))
        for person in people:
            telegram.add_user(person)
            telegram.add_member(SUPERGROUP, person)
            group.says("/orders", user_id=person)
        async with running_bot(tmp_path, telegram=telegram):
            for _ in people:
                assert says(await group.hears(), "list-empty")


async def test_who_floods_a_group_is_told_so_once_and_nobody_else_is_skipped(tmp_path: Path) -> None:
    async with TelegramSimulator() as telegram:
        group = Talk(telegram, telegram.add_group(SUPERGROUP))
        for person in (ANA, BEN):
            telegram.add_user(person)
            telegram.add_member(SUPERGROUP, person)
        for _ in range(2 * MAX_WAITING_OF_A_CHAT):
            group.says("/orders", user_id=ANA)
        group.says("/start", user_id=BEN)
        async with running_bot(tmp_path, telegram=telegram):
            await group.hears("flood")
        answers = [keys_in(one) for one in telegram.bot_messages(group.id)]
        listed = [["list-empty"]] * MAX_WAITING_OF_A_CHAT
        assert answers == [listed[0], ["group-hello"], *listed[1:], ["flood"]]


async def test_who_presses_too_often_while_the_bot_is_down_gets_a_toast_once(tmp_path: Path) -> None:
    async with TelegramSimulator() as telegram:
        ana = Talk(telegram, telegram.add_user(ANA))
        async with running_bot(tmp_path, telegram=telegram):
            message = await ana.asks("/language")
        presses = [
            telegram.user_presses(ANA, message.message_id, "l:en", forged=True)
            for _ in range(2 * MAX_WAITING_OF_A_CHAT)
        ]
        async with running_bot(tmp_path, telegram=telegram):
            told = await telegram.wait_for_answer(presses[MAX_WAITING_OF_A_CHAT])
            assert says(str(told["text"]), "toast-flood")


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
    hint = await group.asks("and mine?", user_id=BEN, reply_to=card.message_id)
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
    card = await harness.shown(group, "/order A-1", user_id=ANA)
    [(subscription, _order)] = harness.follow_service.followed(SUPERGROUP)
    assert says(await group.presses_data(card, f"s:{subscription.id}", user_id=BEN), "toast-not-yours")
    assert len(harness.follow_service.followed(SUPERGROUP)) == 1
    assert says(await group.presses_data(card, f"s:{subscription.id}", user_id=ANA), "toast-stopped")


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
    assert says(listed, "list-row", number="A-1", state="short-being-prepared")
    assert says(listed, "list-row-awaited", number="LATER-1")
    await harness.moves("A-1", "CANCELED")
    await new.hears("state-canceled")
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
    assert keys_in(await group.asks("/start", user_id=ANA)) == ["group-hello"]
    for said, key in (("/help", "help"), ("/orders", "list-empty")):
        assert says(await group.asks(said, user_id=ANA), key, way="group")
    await group.asks("/order A-1", user_id=ANA)
    assert says(await group.asks("/stop", user_id=ANA), "stopped", way="group")


# ── where Telegram hides the person ──────────────────────────────────────────


def posted(text: str, **changes: Any) -> dict[str, Any]:
    """A message of somebody as Telegram brings it."""
    chat = {"id": SUPERGROUP, "type": "supergroup", "title": "The group"} | changes.pop("chat", {})
    sender = {"id": ANA, "is_bot": False, "first_name": "Ana"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return {"message_id": 9000, "date": 1, "chat": chat, "from": sender, "text": text, "entities": entities} | changes


AS_CHANNEL: dict[str, Any] = {
    "from": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
    "sender_chat": {"id": CHANNEL, "type": "channel", "title": "The channel"},
}
HIDDEN: list[dict[str, Any]] = [
    AS_CHANNEL,
    {
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
        "sender_chat": {"id": SUPERGROUP, "type": "supergroup", "title": "The group"},
    },
]


@pytest.mark.parametrize("sender", HIDDEN, ids=["channel", "anonymous administrator"])
async def test_whoever_is_hidden_is_told_to_write_as_themselves(
    harness: BotHarness, group: Talk, sender: dict[str, Any]
) -> None:
    harness.telegram.push_update({"message": posted("/order A-1", **sender)})
    assert says(await group.hears(), "person-hidden")
    assert harness.order_lookup.asked == []
    await group.asks("/order A-1", user_id=ANA)
    harness.telegram.push_update({"message": posted("/order A-1", **sender)})
    assert says(await group.hears(), "headline-being-prepared", order="A-1")


async def test_a_signed_link_needs_nobodys_name(harness: BotHarness, group: Talk) -> None:
    payload = links.sign("A-1", [LINK_SECRET])
    harness.telegram.push_update({"message": posted(f"/start@onroute_bot {payload}", **AS_CHANNEL)})
    assert says(await group.hears(), "headline-being-prepared", order="A-1")


async def test_what_one_channel_follows_another_does_not_stop(harness: BotHarness, group: Talk) -> None:
    payload = links.sign("A-1", [LINK_SECRET])
    harness.telegram.push_update({"message": posted(f"/start@onroute_bot {payload}", **AS_CHANNEL)})
    await group.hears("state-packing")
    other = AS_CHANNEL | {"sender_chat": {"id": CHANNEL - 1, "type": "channel", "title": "Another"}}
    harness.telegram.push_update({"message": posted("/stop A-1", **other)})
    assert says(await group.hears(), "not-yours-to-stop")
    harness.telegram.push_update({"message": posted("/stop A-1", **AS_CHANNEL)})
    assert says(await group.hears(), "stopped", order="A-1")


# ── where a chat is not its audience ─────────────────────────────────────────

NOT_OURS: dict[str, dict[str, Any]] = {
    "a channel's direct messages": {"chat": {"is_direct_messages": True}},
    "a topic of them": {"direct_messages_topic": {"topic_id": 3}},
    "what a linked channel posted": AS_CHANNEL | {"is_automatic_forward": True},
    "a chat lent to a business": {"business_connection_id": "lent"},
    "a guest's question": {"guest_query_id": "asked"},
    "another bot": {"from": {"id": 3003, "is_bot": True, "first_name": "Robot"}},
}


@pytest.mark.parametrize("place", NOT_OURS.values(), ids=NOT_OURS)
@pytest.mark.parametrize("said", ["/order A-1", "/order@onroute_bot A-1", "/orders@onroute_bot", "/stop@onroute_bot"])
async def test_where_a_chat_is_not_its_audience_nothing_is_said_asked_or_kept(
    harness: BotHarness, group: Talk, ana: Talk, place: dict[str, Any], said: str
) -> None:
    harness.telegram.push_update({"message": posted(said, **place)})
    await ana.asks("/help")
    assert group.texts == []
    assert harness.order_lookup.asked == []
    assert harness.rows("SELECT chat_id FROM chats") == [(ANA,)]


async def test_a_press_in_a_channels_direct_messages_shows_nothing(harness: BotHarness, group: Talk, ana: Talk) -> None:
    await group.asks("/order A-1", user_id=ANA)
    before = len(group.texts)
    [(row,)] = harness.rows("SELECT id FROM subscriptions")
    message = posted("an old card", chat={"is_direct_messages": True})
    press = {"id": "77", "from": {"id": BEN, "is_bot": False, "first_name": "Ben"}, "chat_instance": "1"}
    harness.telegram.push_update({"callback_query": press | {"data": f"c:{row}", "message": message}})
    await ana.asks("/help")
    assert len(group.texts) == before


async def test_a_bot_that_may_not_write_is_not_welcomed_back(harness: BotHarness, group: Talk, ana: Talk) -> None:
    await group.asks("/order A-1", user_id=ANA)
    harness.telegram.user_blocks(SUPERGROUP)
    await ana.asks("/help")
    harness.telegram.change_bot_status(SUPERGROUP, BotStatus.RESTRICTED)
    await ana.asks("/help")
    assert harness.rows("SELECT paused IS NOT NULL FROM chats WHERE chat_id = ?", SUPERGROUP) == [(1,)]
    sends = len(harness.telegram.calls_of("sendMessage", chat_id=SUPERGROUP))
    await harness.moves("A-1", "CANCELED")
    await ana.asks("/help")
    assert len(harness.telegram.calls_of("sendMessage", chat_id=SUPERGROUP)) == sends
    harness.telegram.user_unblocks(SUPERGROUP)
    assert says(await group.hears(), "headline-canceled", order="A-1")


async def test_a_bot_that_is_muted_writes_no_more(harness: BotHarness, group: Talk, ana: Talk) -> None:
    await group.asks("/order A-1", user_id=ANA)
    harness.telegram.change_bot_status(SUPERGROUP, BotStatus.RESTRICTED)
    await ana.asks("/help")
    assert harness.rows("SELECT paused IS NOT NULL FROM chats WHERE chat_id = ?", SUPERGROUP) == [(1,)]


async def test_what_an_order_is_called_in_a_group_is_shown_nowhere_and_not_kept(
    harness: BotHarness, group: Talk
) -> None:
    await group.asks("/order A-1 surgery supplies", user_id=ANA)
    await group.asks("/order LATER-1 divorce papers", user_id=ANA)
    await group.asks("/orders", user_id=BEN)
    await harness.moves("A-1", "CANCELED")
    await group.hears("state-canceled")
    await group.asks("/stop A-1", user_id=ANA)
    await group.asks("/stop LATER-1", user_id=ANA)
    shown = json.dumps([[message.text, message.labels()] for message in harness.telegram.bot_messages(SUPERGROUP)])
    assert "surgery" not in shown and "divorce" not in shown
    exported = await harness.follow_service.export(SUPERGROUP)
    assert exported is not None and b"surgery" not in exported and b"divorce" not in exported
