"""The buttons under an alert: Mute for an hour in this chat, Unmute, and Done for all of staff. Each is checked."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.telegram.filters import FromStaff, Pressed
from bot.telegram.handler_context import HandlerContext
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.request import Request
from bot.telegram.toasts import OLD, Toast
from bot.transactions.alert_presses import AlertPress, AlertPressed, Presser
from bot.words.callbacks import CallbackAction, CallbackData


async def mute(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> Toast | str:
    """Say nothing of this kind here for an hour."""
    if callback.row_id is None:
        return OLD
    pressed = await context.staff_service.mute_alert(callback.row_id, _presser(query, request))
    if pressed.until is None:
        return await _ended(query, request, context, pressed)
    key = "toast-muted" if pressed.press is AlertPress.DONE else "toast-muted-already"
    return Toast(key, {"time": context.clock_time(request, pressed.until)})


async def unmute(
    query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData
) -> Toast | str:
    """Say again here what is of this kind."""
    if callback.row_id is None:
        return OLD
    pressed = await context.staff_service.unmute_alert(callback.row_id, _presser(query, request))
    if pressed.press is AlertPress.OLD:
        return await _ended(query, request, context, pressed)
    return "toast-unmuted" if pressed.press is AlertPress.DONE else "toast-not-muted"


async def close(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> Toast | str:
    """Take the alert from everybody's list, in the name of whoever presses."""
    if callback.row_id is None:
        return OLD
    pressed = await context.staff_service.close_alert(callback.row_id, _presser(query, request))
    return "toast-alert-done" if pressed.press is AlertPress.DONE else await _ended(query, request, context, pressed)


async def _ended(query: CallbackQuery, request: Request, context: HandlerContext, pressed: AlertPressed) -> Toast | str:
    """Say why nothing is left to do; of an alert that is no longer stored the buttons go here."""
    if pressed.press is AlertPress.OVER:
        return "toast-alert-over"
    if pressed.press is AlertPress.ALREADY:
        by = "you" if pressed.by == request.person else "another" if pressed.name else "unknown"
        return Toast("toast-alert-already", {"by": by, "name": pressed.name or ""})
    if query.message is not None:
        context.follow_ups.start(context.replies.remove_buttons(request.chat_id, [query.message.message_id]))
    return OLD


def _presser(query: CallbackQuery, request: Request) -> Presser:
    message_id = query.message.message_id if query.message is not None else 0
    return Presser(who=request.person, chat_id=request.chat_id, message_id=message_id, name=query.from_user.full_name)


def router() -> Router:
    """Return the handlers of these; anybody else's press is an old one."""
    made = Router(name="alert buttons")
    made.callback_query.middleware(ToastMiddleware())
    made.callback_query.register(mute, Pressed(CallbackAction.MUTE_ALERT), FromStaff())
    made.callback_query.register(unmute, Pressed(CallbackAction.UNMUTE_ALERT), FromStaff())
    made.callback_query.register(close, Pressed(CallbackAction.CLOSE_ALERT), FromStaff())
    return made
