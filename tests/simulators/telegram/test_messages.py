"""Messages: edits, replies, threads, documents, and who may write where."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
)
from aiogram.types import (
    BufferedInputFile,
    ReplyParameters,
)

from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.state import BotStatus
from tests.simulators.telegram.bot import ANA, keyboard, send


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
