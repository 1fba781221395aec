"""Staff's panel: one message with buttons, whose pages replace each other in it. `/start` and `/help` bring it.

To everybody else there is no panel: their `/help` is another one, and a button that they make up is an old one.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.telegram import staff, staff_check
from bot.telegram.filters import FromStaff, IsCommand, Pressed
from bot.telegram.gathering import storable
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import Rows, with_buttons
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.overview_pages import StuckPage, alerts_page, stats_page
from bot.telegram.request import Request
from bot.telegram.settings_menu import settings_text
from bot.telegram.staff_questions import SEARCH, WRITE, AnswersQuestion
from bot.telegram.toasts import OLD
from bot.words.callbacks import (
    PANEL_ALERTS,
    PANEL_DAY,
    PANEL_HOME,
    PANEL_SEARCH,
    PANEL_SETTINGS,
    PANEL_STUCK,
    PANEL_UNMUTE,
    PANEL_WRITE,
    CallbackAction,
    CallbackData,
)
from bot.words.texts import Button, Text

Page = Callable[[Request, HandlerContext], Awaitable[Text]]


async def show_panel(request: Request, context: HandlerContext) -> None:
    """Send the panel as a new message."""
    await context.reply(request, await _home(request, context))


async def help_(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/help` of staff."""
    await show_panel(request, context)


async def stuck(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/stuck`."""
    await context.reply(request, await _stuck(request, context))


async def stats(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/stats`."""
    await context.reply(request, await _stats(request, context))


async def turn(query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData) -> str | None:
    """Show a page in the message that was pressed, or ask what a button needs to know."""
    if callback.argument == PANEL_WRITE and not request.is_admin:
        return "staff-not-admin"
    if callback.argument in QUESTIONS:
        key = QUESTIONS[callback.argument]
        if context.has_asked(request, key):
            return "toast-asked-already"
        await context.ask(request, key, context.text(request, key))
        return None
    page = PAGES.get(callback.argument)
    if page is None or query.message is None:
        return OLD
    if callback.argument == PANEL_UNMUTE:
        await context.staff_service.unmute_all(request.person, request.chat_id)
    await context.pages.show(request.chat_id, query.message.message_id, partial(page, request, context))
    return None


async def search(message: Message, request: Request, context: HandlerContext) -> None:
    """Show the orders whose numbers were sent, like `/check`."""
    text = message.text or ""
    names_one = any(map(str.isdigit, text)) and await staff_check.show_orders(request, context, text)
    if names_one:
        staff.close_prompt(message, request, context)
    else:
        await context.answer(request, "panel-search-unclear")


async def write(message: Message, request: Request, context: HandlerContext) -> None:
    """Ask whether what was sent may go to the followers, like `/tell`; for what is missing of it."""
    number, words = staff.note_in(storable(message.text or ""))
    if not request.is_admin:
        await context.answer(request, "staff-not-admin")
    elif await staff.take_note(request, context, number, words):
        staff.close_prompt(message, request, context)


async def _home(request: Request, context: HandlerContext) -> Text:
    rows = [
        [("button-panel-search", PANEL_SEARCH), ("button-panel-stuck", PANEL_STUCK)],
        [("button-panel-today", PANEL_DAY), ("button-panel-alerts", PANEL_ALERTS)],
        [("button-panel-write", PANEL_WRITE), ("button-panel-settings", PANEL_SETTINGS)],
    ]
    if not (request.is_admin or request.in_group):  # in a group somebody else may be one
        rows[-1] = rows[-1][1:]
    buttons = [[_button(request, context, key, page) for key, page in row] for row in rows]
    return with_buttons(context.text(request, "panel"), buttons)


async def _stuck(request: Request, context: HandlerContext) -> Text:
    now, found = await context.staff_service.stuck(request.person)
    return with_buttons(StuckPage(request, context, now, found).text(), _ways(request, context, PANEL_STUCK))


async def _stats(request: Request, context: HandlerContext) -> Text:
    counted = await context.staff_service.stats(request.person)
    return with_buttons(stats_page(request, context, counted), _ways(request, context, PANEL_DAY))


async def _alerts(request: Request, context: HandlerContext) -> Text:
    now, found = context.staff_service.open_alerts()
    muted, until = context.staff_service.muted(request.chat_id)
    unmute: Rows = [[_button(request, context, "button-unmute-all", PANEL_UNMUTE)]] if muted else []
    page = alerts_page(request, context, now, found, muted=(muted, until))
    return with_buttons(page, [*unmute, *_ways(request, context, PANEL_ALERTS)])


async def _settings(request: Request, context: HandlerContext) -> Text:
    return settings_text(request, context)


def _ways(request: Request, context: HandlerContext, page: str) -> Rows:
    """Return the row that shows a page anew, or leads back to the panel."""
    refresh = _button(request, context, "button-refresh", page)
    return [[refresh, _button(request, context, "button-panel-home", PANEL_HOME)]]


def _button(request: Request, context: HandlerContext, key: str, page: str) -> Button:
    return context.button(request, key, CallbackAction.PANEL, page)


QUESTIONS = {PANEL_SEARCH: SEARCH, PANEL_WRITE: WRITE}
PAGES: Mapping[str, Page] = {
    PANEL_HOME: _home,
    PANEL_STUCK: _stuck,
    PANEL_DAY: _stats,
    PANEL_ALERTS: _alerts,
    PANEL_UNMUTE: _alerts,
    PANEL_SETTINGS: _settings,
}


def router() -> Router:
    """Return the panel's handlers; it stands before the commands that everybody has."""
    made = Router(name="panel")
    made.message.filter(FromStaff())
    on_message = made.message.register
    on_message(help_, IsCommand("help"))
    on_message(stuck, IsCommand("stuck"))
    on_message(stats, IsCommand("stats"))
    on_message(search, AnswersQuestion(SEARCH))
    on_message(write, AnswersQuestion(WRITE))
    made.callback_query.middleware(ToastMiddleware())
    made.callback_query.register(turn, Pressed(CallbackAction.PANEL), FromStaff())
    return made
