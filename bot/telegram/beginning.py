"""How somebody begins: START with or without a link, in private, in a group, as staff; and where the number stands."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.people.links import looks_signed
from bot.telegram.commands import Command
from bot.telegram.filters import IsCommand, Pressed
from bot.telegram.follow_order import follow_orders
from bot.telegram.handler_context import HandlerContext
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.panel import show_panel
from bot.telegram.request import Request
from bot.telegram.said import holds_example
from bot.telegram.start_links import wanted_by
from bot.words.callbacks import CallbackAction


async def start(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Answer `/start`, with or without the payload of a link, in a group too: that is how a link adds the bot there."""
    payload = command.first
    wanted = wanted_by(payload, request, context, rest=command.rest) if payload else None
    if wanted is not None:
        await follow_orders(request, context, [wanted])
    elif holds_example(command.rest):
        await context.answer(request, "example-sent", way=context.way(request))
    elif _may_name_order(payload):
        await context.answer(request, "link-bad", way=context.way(request))
    elif not context.greetings.take(request.chat_id, context.clock.now()):
        await greet(request, context)


async def greet(request: Request, context: HandlerContext) -> None:
    """Say who we are and what to do here."""
    if request.is_staff:
        await show_panel(request, context)
    elif request.in_group:
        await context.answer(request, "group-hello", way=context.way(request))
    else:
        await context.answer(request, "start-by-link" if context.needs_link(request) else "start")


async def where_number(query: CallbackQuery, request: Request, context: HandlerContext) -> None:
    """Say where the number stands or, if one is needed, the link."""
    await context.answer(request, "where-number", way=context.way(request))


def _may_name_order(payload: str) -> bool:
    """Tell a link that went wrong from a word that names no order: `true` of a group's link, a campaign's name."""
    return any(map(str.isdigit, payload)) or looks_signed(payload)


def router() -> Router:
    """Return the handlers of a beginning."""
    made = Router(name="beginning")
    made.message.register(start, IsCommand("start"))
    made.callback_query.middleware(ToastMiddleware())
    made.callback_query.register(where_number, Pressed(CallbackAction.WHERE))
    return made
