"""Messages: edits, replies, threads, documents, and who may write where."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
)
from aiogram.types import BufferedInputFile, Message, ReplyParameters
from aiohttp import ClientSession

from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.state import BotStatus
from tests.fakes import ManualClock
from tests.simulators.telegram.bot import ANA, GROUP, keyboard, send


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot) -> None:
    number = await send(bot, "<b>Hi</b>", reply_markup=keyboard(callback_data="x"))
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content"):
        await bot.edit_message_text(
            "<strong>Hi</strong>", None, ANA, number, parse_mode="HTML", reply_markup=keyboard(callback_data="x")
        )


async def test_an_edit_without_a_keyboard_removes_it(telegram: TelegramSimulator, bot: Bot) -> None:
    number = await send(bot, "Hi", reply_markup=keyboard(callback_data="x"))
    await bot.edit_message_text("Hi", chat_id=ANA, message_id=number)
    [message] = telegram.bot_messages(ANA)
    assert message.buttons == []
    assert [edit.text for edit in message.edits] == ["Hi"]
    await bot.edit_message_reply_markup(chat_id=ANA, message_id=number, reply_markup=keyboard(callback_data="y"))
    assert message.button("Press")["callback_data"] == "y"


async def test_missing_targets_are_refused(telegram: TelegramSimulator, bot: Bot) -> None:
    number = await send(bot, "Hi")
    telegram.user_deletes(ANA, number)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("Ho", chat_id=ANA, message_id=number)
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await send(bot, "Hi", reply_parameters=ReplyParameters(message_id=number))
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await send(bot, "Hi", message_thread_id=3)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(ANA, number)
    assert await send(bot, "Hi", reply_parameters=ReplyParameters(message_id=9, allow_sending_without_reply=True))


async def test_a_persons_message_cannot_be_edited(telegram: TelegramSimulator, bot: Bot) -> None:
    said = telegram.user_says(ANA, "1234")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("Ho", chat_id=ANA, message_id=said.message_id)


async def test_a_document_arrives_with_its_bytes(telegram: TelegramSimulator, bot: Bot) -> None:
    shown = await bot.send_document(ANA, BufferedInputFile(b"{}", "export.json"), caption="Yours")
    [message] = telegram.bot_messages(ANA)
    assert (message.file, message.kind, message.text) == (b"{}", "document", "Yours")
    assert shown.document is not None
    assert shown.document.file_name == "export.json"
    assert (await bot.send_photo(ANA, BufferedInputFile(b"PNG", "qr.png"))).photo


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await send(bot, "Hi", chat_id=7)


async def test_a_block_makes_an_update_and_refuses_messages_until_the_unblock(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    telegram.user_blocks(ANA)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await send(bot, "Hi")
    telegram.user_unblocks(ANA)
    await send(bot, "Hi")
    members = [update.my_chat_member for update in await bot.get_updates()]
    assert [member.new_chat_member.status for member in members if member] == ["kicked", "member"]


async def test_a_group_may_restrict_or_remove_the_bot_or_be_upgraded(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(-5, kind="group")
    telegram.change_bot_status(-5, BotStatus.RESTRICTED)
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await send(bot, "Hi", chat_id=-5)
    telegram.user_blocks(-5)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the group chat"):
        await send(bot, "Hi", chat_id=-5)
    telegram.user_unblocks(-5)
    telegram.upgrade_group(-5, -1005)
    await send(bot, "Hi", chat_id=-1005)
    updates = await bot.get_updates()
    assert [u.message.migrate_to_chat_id for u in updates if u.message and u.message.migrate_to_chat_id] == [-1005]


async def test_an_edit_rings_nothing_and_keeps_the_messages_time(
    telegram: TelegramSimulator, bot: Bot, clock: ManualClock
) -> None:
    loud = await send(bot, "Hi", reply_markup=keyboard(callback_data="x"))
    silent = await send(bot, "Ho", disable_notification=True)
    sent_at = int(clock.wall())
    clock.advance(90)
    for number in (loud, silent):
        shown = await bot.edit_message_text("Hello", chat_id=ANA, message_id=number)
        assert isinstance(shown, Message)
        assert (int(shown.date.timestamp()), shown.edit_date) == (sent_at, sent_at + 90)
    clock.advance(30)
    shown = await bot.edit_message_reply_markup(
        chat_id=ANA, message_id=silent, reply_markup=keyboard(callback_data="y")
    )
    assert isinstance(shown, Message)
    assert (int(shown.date.timestamp()), shown.edit_date) == (sent_at, sent_at + 120)
    assert [message.message_id for message in telegram.rung(ANA)] == [loud]
    assert [message.message_id for message in telegram.bot_messages(ANA)] == [loud, silent]


async def test_a_message_rings_once_unless_it_is_silent(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.user_says(ANA, "1234")
    loud = await send(bot, "Hi")
    await send(bot, "Ho", disable_notification=True)
    document = await bot.send_document(ANA, BufferedInputFile(b"{}", "export.json"))
    await bot.delete_message(ANA, loud)
    assert [message.message_id for message in telegram.rung(ANA)] == [loud, document.message_id]


async def test_an_edit_of_a_keyboard_to_the_same_one_is_refused(telegram: TelegramSimulator, bot: Bot) -> None:
    number = await send(bot, "<b>Hi</b>", reply_markup=keyboard(callback_data="x", style="primary"))
    same = keyboard(callback_data="x", style="PRIMARY")
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content"):
        await bot.edit_message_reply_markup(chat_id=ANA, message_id=number, reply_markup=same)
    await bot.edit_message_reply_markup(
        chat_id=ANA, message_id=number, reply_markup=keyboard(callback_data="x", style="danger")
    )
    await bot.edit_message_reply_markup(chat_id=ANA, message_id=number)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(chat_id=ANA, message_id=number)
    [message] = telegram.bot_messages(ANA)
    assert (message.html, message.buttons, len(message.edits)) == ("<b>Hi</b>", [], 2)


async def test_the_keyboard_alone_can_be_edited_only_where_the_text_can(telegram: TelegramSimulator, bot: Bot) -> None:
    said = telegram.user_says(ANA, "1234")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_reply_markup(chat_id=ANA, message_id=said.message_id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_reply_markup(chat_id=ANA, message_id=99)
    telegram.user_blocks(ANA)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.edit_message_reply_markup(chat_id=ANA, message_id=said.message_id)


async def test_a_document_has_no_text_to_edit(bot: Bot) -> None:
    document = await bot.send_document(ANA, BufferedInputFile(b"{}", "export.json"), caption="Yours")
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("Ho", chat_id=ANA, message_id=document.message_id)
    await bot.edit_message_reply_markup(
        chat_id=ANA, message_id=document.message_id, reply_markup=keyboard(callback_data="x")
    )


async def test_a_reply_names_what_it_answers_and_may_quote_it(telegram: TelegramSimulator, bot: Bot) -> None:
    card = await send(bot, "🛒 <b>Being prepared</b>\nSome items may change.")
    shown = await bot.send_message(ANA, "A note", reply_parameters=ReplyParameters(message_id=card))
    assert shown.reply_to_message is not None
    assert (shown.reply_to_message.message_id, shown.quote) == (card, None)
    shown = await bot.send_message(
        ANA, "A note", reply_parameters=ReplyParameters(message_id=card, quote="Some items may change.")
    )
    assert shown.quote is not None
    assert (shown.quote.text, shown.quote.position) == ("Some items may change.", 18)
    with pytest.raises(TelegramBadRequest, match=r"Bad Request: QUOTE_TEXT_INVALID$"):
        await send(bot, "A note", reply_parameters=ReplyParameters(message_id=card, quote="All items"))
    assert [message.quote for message in telegram.bot_messages(ANA)] == [None, None, "Some items may change."]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ([1], "object expected as reply parameters"),
        ("{", "can't parse reply parameters JSON object"),
        ({"quote": "x"}, 'can\'t find field "message_id"'),
        ({"message_id": "x"}, 'field "message_id" must be a Number'),
        ({"message_id": 99}, "message to be replied not found"),
        ({"message_id": 1, "chat_id": 7}, "chat not found"),
        ({"message_id": 1, "chat_id": GROUP}, "message to be replied not found"),
    ],
)
async def test_reply_parameters_are_checked(telegram: TelegramSimulator, reply: object, words: str) -> None:
    telegram.add_group(GROUP)
    telegram.user_says(ANA, "1234")
    message = {"chat_id": ANA, "text": "Hi", "reply_parameters": reply}
    url = f"{telegram.api_url}/bot{telegram.token}/sendMessage"
    async with ClientSession() as client, client.post(url, json=message) as answer:
        assert (await answer.json())["description"] == f"Bad Request: {words}"
    assert telegram.bot_messages(ANA) == []


async def test_a_topic_is_answered_where_it_is(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(GROUP, forum=True)
    telegram.set_topic(GROUP, 7)
    asked = telegram.user_says(GROUP, "/orders", user_id=ANA, thread_id=7)
    shown = await bot.send_message(GROUP, "Hi", message_thread_id=7)
    assert (shown.message_thread_id, shown.is_topic_message) == (7, True)
    # a reply is in the topic of what it answers
    shown = await bot.send_message(GROUP, "Hi", reply_parameters=ReplyParameters(message_id=asked.message_id))
    assert shown.message_thread_id == 7
    # the general topic has no number of its own
    for thread in (1, 8):
        with pytest.raises(TelegramBadRequest, match="message thread not found"):
            await send(bot, "Hi", chat_id=GROUP, message_thread_id=thread)
    telegram.set_topic(GROUP, 7, "closed")
    with pytest.raises(TelegramBadRequest, match=r"Bad Request: TOPIC_CLOSED$"):
        await send(bot, "Hi", chat_id=GROUP, message_thread_id=7)
    # an edit needs no topic
    await bot.edit_message_text("Ho", chat_id=GROUP, message_id=shown.message_id)


async def test_a_group_without_topics_ignores_the_thread(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(GROUP)
    shown = await bot.send_message(GROUP, "Hi", message_thread_id=7)
    assert (shown.message_thread_id, shown.is_topic_message) == (None, None)
