"""What the buttons of an order's card do. They act on the living card only: any other keyboard is answered and goes."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.people.refresher import RefreshOutcome
from bot.telegram.filters import OnLivingCard, OwnSubscription, Pressed
from bot.telegram.handler_context import HandlerContext
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.request import Request
from bot.telegram.settings_menu import settings_text
from bot.tracking.card_content import Page
from bot.tracking.model import Receipt, Subscription
from bot.words.callbacks import CallbackAction as Action
from bot.words.callbacks import CallbackData

OLD, NOT_YOURS, STOPPED, NOTED, MOMENT = (
    "toast-old",
    "toast-not-yours",
    "toast-stopped",
    "toast-noted",
    "toast-moment",
)
REFRESHED = {
    RefreshOutcome.ASKED: "toast-refreshed",
    RefreshOutcome.TOO_SOON: "toast-too-soon",
    RefreshOutcome.API_ERROR: "toast-trouble",
}
PAGES = {Action.MORE: Page.MORE, Action.BACK: Page.CARD}
RECEIPTS = {Action.ALL_GOOD: Receipt.GOOD, Action.MISSING: Receipt.MISSING, Action.FOUND: Receipt.FOUND}
OF_A_CARD = (Action.REFRESH, Action.STOP, Action.NAME, Action.SETTINGS, *PAGES, *RECEIPTS)


async def refresh(
    query: CallbackQuery, request: Request, context: HandlerContext, subscription: Subscription, pressed: int
) -> str:
    """Ask the API about the order, politely, and show what is known."""
    outcome = await context.card_service.refresh(request.person, subscription, pressed=pressed)
    return OLD if outcome is None else REFRESHED[outcome]


async def turn_page(
    query: CallbackQuery, context: HandlerContext, subscription: Subscription, callback: CallbackData, pressed: int
) -> str | None:
    """Show the other buttons of the card, or those of before."""
    shown = await context.card_service.show_page(subscription, PAGES[callback.action], pressed=pressed)
    return None if shown else OLD


async def answer_receipt(
    query: CallbackQuery,
    request: Request,
    context: HandlerContext,
    subscription: Subscription,
    *,
    callback: CallbackData,
    pressed: int,
) -> str:
    """Keep whether somebody has what was delivered; in a group that is for who follows it to say."""
    if request.in_group and context.follow_service.follower_of(subscription.id) != request.person:
        return NOT_YOURS
    receipt = RECEIPTS[callback.action]
    noted = await context.card_service.answer_receipt(request.person, subscription, receipt, pressed=pressed)
    return NOTED if noted else OLD


async def ask_name(
    query: CallbackQuery, request: Request, context: HandlerContext, subscription: Subscription
) -> str | None:
    """Ask what the order is to be called; not in a group, where a name would tell the others too much."""
    if request.in_group:
        return OLD
    return None if await context.card_service.ask_name(subscription) else OLD


async def settings(query: CallbackQuery, request: Request, context: HandlerContext) -> str | None:
    """Show how much the chat hears, as a message of its own."""
    if not await context.may_manage(request):
        return NOT_YOURS
    await context.reply(request, settings_text(request, context))
    return None


async def stop(query: CallbackQuery, request: Request, context: HandlerContext, subscription: Subscription) -> str:
    """Stop following one order."""
    if not await context.may_manage(request, context.follow_service.follower_of(subscription.id)):
        return NOT_YOURS
    return STOPPED if await context.stop(request, subscription) else OLD


async def old_keyboard(
    query: CallbackQuery, request: Request, context: HandlerContext, subscription: Subscription
) -> str:
    """Answer a press on what is not the order's card any more, or was never known to be: its keyboard goes."""
    if not _is_its_keyboard(query, request, context, subscription) or query.message is None:
        return OLD
    message_id = query.message.message_id
    if not await context.card_service.answer_old_keyboard(subscription, pressed=message_id):
        return MOMENT
    context.follow_ups.start(context.replies.remove_buttons(request.chat_id, [message_id]))
    return OLD


async def ended(query: CallbackQuery, request: Request, context: HandlerContext) -> str:
    """Answer a card of an order that this chat follows no longer, and take its buttons away."""
    if query.message is not None and _is_its_keyboard(query, request, context, None):
        message_id = query.message.message_id
        context.follow_ups.start(context.replies.remove_buttons(request.chat_id, [message_id]))
    return OLD


def _is_its_keyboard(
    query: CallbackQuery, request: Request, context: HandlerContext, subscription: Subscription | None
) -> bool:
    """Tell whether the pressed button is under the message: a press can be forged, and name any message.

    Of a message that is too old Telegram does not show the keyboard; in a group it may be that of another order.
    """
    message = query.message
    if message is None:
        return False
    if isinstance(message, Message):
        rows = message.reply_markup.inline_keyboard if message.reply_markup is not None else []
        return any(button.callback_data == query.data for row in rows for button in row)
    if not request.in_group:
        return True
    return subscription is not None and context.card_service.is_about(subscription, message.message_id)


def router() -> Router:
    """Return the handlers of a card's buttons; it is asked before those of all other presses."""
    made = Router(name="cards")
    made.callback_query.middleware(ToastMiddleware())
    on_press = made.callback_query.register
    on_press(ended, Pressed(*OF_A_CARD), ~OwnSubscription())
    on_press(old_keyboard, Pressed(*OF_A_CARD), OwnSubscription(), ~OnLivingCard())
    on_press(refresh, Pressed(Action.REFRESH), OwnSubscription(), OnLivingCard())
    on_press(turn_page, Pressed(*PAGES), OwnSubscription(), OnLivingCard())
    on_press(answer_receipt, Pressed(*RECEIPTS), OwnSubscription(), OnLivingCard())
    on_press(ask_name, Pressed(Action.NAME), OwnSubscription(), OnLivingCard())
    on_press(settings, Pressed(Action.SETTINGS), OwnSubscription(), OnLivingCard())
    on_press(stop, Pressed(Action.STOP), OwnSubscription())
    return made
