"""What Telegram says of a chat: the bot was blocked, removed or welcomed back, or a group got another id."""

from aiogram import Router
from aiogram.types import ChatMemberBanned, ChatMemberLeft, ChatMemberRestricted, ChatMemberUpdated, Message

from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import GROUPS
from bot.transactions.follow import Requester


async def may_not_write(change: ChatMemberUpdated) -> bool:
    """Tell a chat that has blocked, removed or muted the bot: restricted without the right to write is no welcome."""
    match change.new_chat_member:
        case ChatMemberLeft() | ChatMemberBanned():
            return True
        case ChatMemberRestricted(is_member=is_member, can_send_messages=can_send):
            return not (is_member and can_send)
        case _:
            return False


async def removed(change: ChatMemberUpdated, context: HandlerContext) -> None:
    """Write nothing more to a chat that has blocked, removed or muted the bot."""
    if context.follow_service.chat(change.chat.id) is not None:
        await context.follow_service.pause(change.chat.id, "the bot was blocked, removed or muted")


async def welcomed(change: ChatMemberUpdated, context: HandlerContext) -> None:
    """Write again to a chat that is known."""
    chat = change.chat
    if context.follow_service.chat(chat.id) is not None:
        code = change.from_user.language_code if chat.type not in GROUPS else None
        await context.follow_service.touch(Requester(chat.id, change.from_user.id, chat.type, code))


async def migrated(message: Message, context: HandlerContext) -> None:
    """Take everything of a group to its new id."""
    assert message.migrate_to_chat_id is not None  # noqa: S101 - the filter has asked
    await context.follow_service.move(message.chat.id, message.migrate_to_chat_id)


async def has_migrated(message: Message) -> bool:
    """Tell a group's farewell. Not `F`: aiogram asks that one in a thread, and what comes next would overtake it."""
    return message.migrate_to_chat_id is not None


def router() -> Router:
    """Return the handlers of what nobody has said."""
    made = Router(name="membership")
    made.my_chat_member.register(removed, may_not_write)
    made.my_chat_member.register(welcomed)
    made.message.register(migrated, has_migrated)
    return made
