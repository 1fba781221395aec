"""Which requests a handler gets: aiogram's filters over our `Request`. What one has found is handed to the handler."""

from typing import Any, Literal

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, TelegramObject

from bot.telegram.commands import Command
from bot.telegram.follow_order import MOST_AT_ONCE
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import fingerprint
from bot.telegram.request import Request
from bot.tracking.model import Subscription, SubscriptionId
from bot.understanding.numbers import order_arguments
from bot.words.callbacks import CallbackAction, CallbackData

Found = Literal[False] | dict[str, Any]  # aiogram's way to hand on: arguments by name


class IsCommand(Filter):
    """The message is one of these commands, or any where none is named; the handler gets `command`.

    Not aiogram's `Command`: that one takes captions for commands and `/order@` for `/order`, and compares names in a
    way that makes `/ſtop` a `/stop`; and whether a message is a command decides, before any filter, whether it is
    addressed to the bot at all.
    """

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    async def __call__(self, event: TelegramObject, request: Request) -> Found:
        """Let aiogram ask for each message."""
        command = request.command
        if command is None or (self.names and command.name not in self.names):
            return False
        return {"command": command}


class NamesOrders(Filter):
    """Order numbers stand behind the command; the handler gets `numbers`."""

    async def __call__(self, event: TelegramObject, command: Command) -> Found:
        """Let aiogram ask for each command."""
        numbers, _ = order_arguments(command.rest)
        return {"numbers": numbers[:MOST_AT_ONCE]} if numbers else False


class FromStaff(Filter):
    """Whoever acts is staff."""

    async def __call__(self, event: TelegramObject, request: Request) -> bool:
        """Let aiogram ask for each event."""
        return request.is_staff


class FromAdmin(Filter):
    """Whoever acts is staff that may resend and write to followers."""

    async def __call__(self, event: TelegramObject, request: Request) -> bool:
        """Let aiogram ask for each event."""
        return request.is_admin


class MayManageChat(Filter):
    """Whoever acts decides for the whole chat: in private everybody, in a group its administrators."""

    async def __call__(self, event: TelegramObject, request: Request, context: HandlerContext) -> bool:
        """Let aiogram ask for each event; in a group this asks Telegram."""
        return await context.may_manage(request)


class Pressed(Filter):
    """The button asks for one of these; the handler gets `callback`.

    Not aiogram's `CallbackData`: words write buttons too, and import no aiogram.
    """

    def __init__(self, *actions: CallbackAction) -> None:
        self.actions = frozenset(actions)

    async def __call__(self, query: CallbackQuery) -> Found:
        """Let aiogram ask for each press."""
        callback = CallbackData.unpack(query.data)
        return {"callback": callback} if callback is not None and callback.action in self.actions else False


class JustAnswered(Filter):
    """The same button has brought its message just now."""

    async def __call__(self, query: CallbackQuery, request: Request, context: HandlerContext) -> bool:
        """Let aiogram ask for each press."""
        return context.answered.is_repeat(request.chat_id, query.data, now=context.clock.now())


class OwnSubscription(Filter):
    """The button names a subscription of the chat that it is pressed in; the handler gets `subscription`."""

    async def __call__(
        self, event: TelegramObject, request: Request, context: HandlerContext, callback: CallbackData
    ) -> Found:
        """Let aiogram ask for each press."""
        row_id = callback.row_id
        found = None if row_id is None else context.follow_service.subscription(request.chat_id, SubscriptionId(row_id))
        return {"subscription": found} if found is not None else False


class OnLivingCard(Filter):
    """The button is under the living card of this subscription; the handler gets `pressed`, the message's number."""

    async def __call__(self, query: CallbackQuery, subscription: Subscription) -> Found:
        """Let aiogram ask for each press."""
        if query.message is None or query.message.message_id != subscription.notified_message_id:
            return False
        return {"pressed": query.message.message_id}


class OwnAwaited(Filter):
    """The button names a number that the chat waits for; the handler gets `number` and `follower`."""

    async def __call__(
        self, event: TelegramObject, request: Request, context: HandlerContext, callback: CallbackData
    ) -> Found:
        """Let aiogram ask for each press."""
        for one in context.follow_service.awaited(request.chat_id):
            if fingerprint(one.number) == callback.argument:
                return {"number": one.number, "follower": one.follower}
        return False
