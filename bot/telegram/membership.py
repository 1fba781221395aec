"""What Telegram says of a chat: the bot was blocked, removed or welcomed back, or a group got another id."""

from aiogram import Router
from aiogram.types import ChatMemberBanned, ChatMemberLeft, ChatMemberRestricted, ChatMemberUpdated, Message

from bot.telegram.beginning import greet
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import GROUPS, Request
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
    """Write again to a chat that is known; say hello, once, in a group that the bot was added to."""
    chat = change.chat
    is_known = context.follow_service.chat(chat.id) is not None
    if not is_known and not _was_added_to_group(change):
        return
    code = change.from_user.language_code if chat.type not in GROUPS else None
    requester = Requester(chat.id, change.from_user.id, chat.type, code)
    await context.follow_service.touch(requester)  # from now on it is known, and greeted no more
    if not is_known:
        await _say_hello(requester, context)


async def _say_hello(requester: Requester, context: HandlerContext) -> None:
    is_staff = context.roles.is_staff(requester.chat_id, requester.person, speaks_for_another=False)
    request = Request(requester, addressed_to_bot=True, is_staff=is_staff)
    context.greetings.add(requester.chat_id, context.clock.now())
    await greet(request.in_language(context.locale_of(request)), context)


def _was_added_to_group(change: ChatMemberUpdated) -> bool:
    """Tell a group that the bot is new in from a channel, a person, and a group that made it an administrator."""
    was_there = change.old_chat_member
    was_out = isinstance(was_there, ChatMemberLeft | ChatMemberBanned) or (
        isinstance(was_there, ChatMemberRestricted) and not was_there.is_member
    )
    return was_out and change.chat.type in GROUPS


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
