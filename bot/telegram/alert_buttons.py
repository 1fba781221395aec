"""The buttons under an alert: Mute for an hour in this chat, and Done for all of staff. Each press is checked."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.telegram.filters import FromStaff, Pressed
from bot.telegram.handler_context import HandlerContext
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.request import Request
from bot.transactions.alerting import Closing
from bot.words.callbacks import CallbackAction, CallbackData

OLD = "toast-old"
_TOASTS = {Closing.DONE: "toast-alert-done", Closing.ALREADY: "toast-alert-already", Closing.OLD: OLD}


async def mute(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> str:
    """Say nothing of this kind here for an hour."""
    if callback.row_id is None or query.message is None:
        return OLD
    muted = await context.staff_service.mute_alert(
        request.person, callback.row_id, chat_id=request.chat_id, message_id=query.message.message_id
    )
    return "toast-muted" if muted else OLD


async def close(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> str:
    """Take the alert from everybody's list, in the name of whoever presses."""
    if callback.row_id is None or query.message is None:
        return OLD
    closing = await context.staff_service.close_alert(
        request.person,
        callback.row_id,
        chat_id=request.chat_id,
        message_id=query.message.message_id,
        name=query.from_user.full_name,
    )
    return _TOASTS[closing]


def router() -> Router:
    """Return the handlers of both; anybody else's press is an old one."""
    made = Router(name="alert buttons")
    made.callback_query.middleware(ToastMiddleware())
    made.callback_query.register(mute, Pressed(CallbackAction.MUTE_ALERT), FromStaff())
    made.callback_query.register(close, Pressed(CallbackAction.CLOSE_ALERT), FromStaff())
    return made
