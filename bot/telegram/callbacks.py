"""What the buttons do, but for those of a card: see `cards`.

A press proves nothing: each is checked, and answered with the key that its handler returns.
"""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.telegram.answers import answer_button
from bot.telegram.cards import NOT_YOURS, OLD, STOPPED, stop
from bot.telegram.filters import FromAdmin, MayManageChat, OwnAwaited, OwnSubscription, Pressed
from bot.telegram.follow_order import follow_order
from bot.telegram.handler_context import HandlerContext
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.request import Request
from bot.telegram.settings_menu import settings_text
from bot.telegram.toasts import Toast
from bot.tracking.model import Level, Subscription
from bot.transactions.inbox import Done, DoneKind
from bot.understanding.numbers import is_number
from bot.words.callbacks import FORGET_YES, QUIET_OFF, QUIET_ON, CallbackData
from bot.words.callbacks import CallbackAction as Action
from bot.words.texts import Text

SAVED = "toast-saved"


async def stop_awaiting(
    query: CallbackQuery, request: Request, context: HandlerContext, number: str, follower: int | None
) -> str:
    """Stop waiting for one number."""
    if not await context.may_manage(request, follower):
        return NOT_YOURS
    await context.stop_awaiting(request, number)
    return STOPPED


async def stop_all(query: CallbackQuery, request: Request, context: HandlerContext) -> str:
    """Follow and await nothing any more."""
    await context.follow_service.stop_all(request.chat_id)
    await context.reply(request, context.done_text(request, Done(DoneKind.STOPPED_ALL)))
    return SAVED


async def show_card(
    query: CallbackQuery, request: Request, context: HandlerContext, subscription: Subscription
) -> str | None:
    """Send the card of an order once more."""
    return None if await context.follow_service.show_card(request.requester, subscription.id) else OLD


async def look_up(
    query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData
) -> str | None:
    """Follow the order that was perhaps meant, as if its number had been sent."""
    if not is_number(callback.argument):
        return OLD
    await follow_order(request, context, callback.argument)
    return None


async def ask(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> str | None:
    """Answer the question that the button stands for."""
    return None if await answer_button(request, context, callback.argument) else OLD


async def set_language(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> str:
    """Speak another language in this chat."""
    language = callback.argument
    if language not in dict(context.renderer.languages()):
        return OLD
    await context.follow_service.set_language(request.chat_id, language)
    await context.answer(request.in_language(language), "language-changed")
    return SAVED


async def set_level(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> str:
    """Send more or less to this chat."""
    if callback.argument not in {level.value for level in Level}:
        return OLD
    await context.follow_service.set_level(request.chat_id, Level(callback.argument))
    await _replace(query, request, context, settings_text(request, context))
    return SAVED


async def set_quiet(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> str:
    """Let nothing ring at night in this chat, or let it again."""
    if callback.argument not in (QUIET_ON, QUIET_OFF):
        return OLD
    await context.follow_service.set_quiet_nights(request.chat_id, callback.argument == QUIET_ON)
    await _replace(query, request, context, settings_text(request, context))
    return SAVED


async def forget(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> None:
    """Forget the chat, or leave it as it is."""
    if callback.argument != FORGET_YES:
        await _replace(query, request, context, context.text(request, "forget-cancelled"))
        return
    cards = context.follow_service.card_messages(request.chat_id)  # while their numbers are still known
    await context.follow_service.forget(request.chat_id)
    await _replace(query, request, context, context.forgotten(request))
    # what is left of them for lack of time goes at its first press
    await context.replies.remove_buttons(request.chat_id, cards)


async def send_draft(
    query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData
) -> Toast | str | None:
    """Send staff's words to the followers, once."""
    sent = await context.staff_service.send_draft(request.person, request.chat_id, callback.argument)
    if sent is None:
        return _draft_gone(query, request, context)
    done, dispatch = sent
    if dispatch.before is not None:
        _let_buttons_go(query, request, context)
        by = "you" if dispatch.by == request.person else "another"
        return Toast("toast-sent-already", {"by": by, "time": context.clock_time(request, dispatch.before)})
    await _replace(query, request, context, context.done_text(request, done))
    return None


async def discard_draft(
    query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData
) -> str | None:
    """Throw staff's words away."""
    if not await context.staff_service.discard_draft(request.chat_id, callback.argument):
        return _draft_gone(query, request, context)
    await _replace(query, request, context, context.text(request, "tell-cancelled"))
    return None


def _draft_gone(query: CallbackQuery, request: Request, context: HandlerContext) -> str:
    """Say that a note waits no longer to be sent, and let its buttons go."""
    _let_buttons_go(query, request, context)
    return "toast-draft-gone"


def _let_buttons_go(query: CallbackQuery, request: Request, context: HandlerContext) -> None:
    if query.message is not None:
        context.follow_ups.start(context.replies.remove_buttons(request.chat_id, [query.message.message_id]))


async def not_yours(query: CallbackQuery) -> str:
    """Refuse what concerns the whole chat to whoever doesn't decide for it."""
    return NOT_YOURS


async def old(query: CallbackQuery) -> str:
    """Answer what no button of ours asks for, or asks for no longer."""
    return OLD


async def _replace(query: CallbackQuery, request: Request, context: HandlerContext, text: Text) -> None:
    if query.message is not None:
        await context.replies.edit(request.chat_id, query.message.message_id, text)


def router() -> Router:
    """Return the handlers of all presses; what none of them takes comes last."""
    made = Router(name="callbacks")
    made.callback_query.middleware(ToastMiddleware())
    on_press = made.callback_query.register
    on_press(stop, Pressed(Action.STOP_LISTED), OwnSubscription())
    on_press(stop_awaiting, Pressed(Action.STOP_AWAITING), OwnAwaited())
    on_press(show_card, Pressed(Action.SHOW_CARD), OwnSubscription())
    on_press(look_up, Pressed(Action.LOOK_UP))
    on_press(ask, Pressed(Action.ASK))
    on_press(stop_all, Pressed(Action.STOP_ALL), MayManageChat())
    on_press(set_language, Pressed(Action.SET_LANGUAGE), MayManageChat())
    on_press(set_level, Pressed(Action.SET_LEVEL), MayManageChat())
    on_press(set_quiet, Pressed(Action.SET_QUIET), MayManageChat())
    on_press(forget, Pressed(Action.FORGET), MayManageChat())
    of_the_chat = (Action.STOP_ALL, Action.SET_LANGUAGE, Action.SET_LEVEL, Action.SET_QUIET, Action.FORGET)
    on_press(not_yours, Pressed(*of_the_chat))
    on_press(send_draft, Pressed(Action.SEND_DRAFT), FromAdmin())
    on_press(discard_draft, Pressed(Action.DISCARD_DRAFT), FromAdmin())
    on_press(old)
    return made
