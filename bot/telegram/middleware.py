"""What happens around handlers: before all of them a `Request` is made, after each press it is answered."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, cast

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject, Update

from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request, request_from
from bot.telegram.said import NOTHING_SAID, Said
from bot.telegram.toasts import toast_of
from bot.words.callbacks import FORGET_YES, CallbackAction, CallbackData

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]  # aiogram's


class RequestMiddleware(BaseMiddleware):
    """Hands `request` to filters, handlers and the error handler; what nobody said to the bot ends here.

    It stands around whole updates, because only what is added there reaches aiogram's error handlers.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Let aiogram call it for each update."""
        update, context = cast(Update, event), data["context"]
        if _concerns_the_chat(update):
            return await handler(update, data)
        request = self._request(update, context, data.get("said") or NOTHING_SAID)
        if request is not None:
            data["request"] = request  # before anything is stored: if that fails, somebody must be told
            chat = await context.follow_service.touch(request.requester)
            data["request"] = request.in_language(context.renderer.locale(chat))
            return await handler(update, data)
        if update.callback_query is not None:
            asked = request_from(update, context.me, context.roles)
            await self._answer_old(update.callback_query, context, asked)
        return None

    def _request(self, update: Update, context: HandlerContext, said: Said) -> Request | None:
        """Return the request, in the language of its chat or, for a new one, of the person; None if there is none.

        A press makes no chat known: an old card in a chat that was forgotten must not bring it back.
        """
        request = request_from(update, context.me, context.roles)
        if request is None:
            return None
        if update.message is None and context.follow_service.chat(request.chat_id) is None:
            return None
        return replace(request, said=said, locale=context.locale_of(request))

    async def _answer_old(self, query: CallbackQuery, context: HandlerContext, asked: Request | None) -> None:
        """Answer a press on what this bot knows nothing of, and keep nothing of it.

        In a chat of ours (`asked`) it is what /forget has left on the screen: its buttons are taken away.
        """
        locale = context.renderer.locale_for(query.from_user.language_code)
        chat_id = query.from_user.id if query.message is None else query.message.chat.id
        await context.replies.toast(query.id, context.renderer.plain(locale, "toast-old"), chat_id=chat_id)
        if query.message is None or asked is None:
            return
        if query.data == CallbackData(CallbackAction.FORGET, FORGET_YES).pack():  # it is done, and perhaps never said
            done = context.forgotten(asked.in_language(locale))
            await context.replies.edit(chat_id, query.message.message_id, done)
        else:
            await context.replies.remove_buttons(chat_id, [query.message.message_id])


class ToastMiddleware(BaseMiddleware):
    """Answers each press, once, with what its handler returns: a toast, its key, or None (without a word)."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> None:
        """Let aiogram call it for each press; not its `CallbackAnswerMiddleware`, which answers failed ones too."""
        query, request = cast(CallbackQuery, event), data["request"]
        said = toast_of(await handler(event, data), query, request)
        context: HandlerContext = data["context"]
        key, values = (None, None) if said is None else (said.key, said.values)
        await context.toast(request, query.id, key, values=values)


def _concerns_the_chat(update: Update) -> bool:
    """Tell what Telegram says of a chat from what somebody in it says."""
    if update.my_chat_member is not None:
        return True
    return update.message is not None and update.message.migrate_to_chat_id is not None
