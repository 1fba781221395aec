"""What is no command, or none of ours: an order number somewhere in it, or a helpful answer."""

from aiogram import Router
from aiogram.types import Message

from bot.telegram.filters import IsCommand
from bot.telegram.follow_order import follow_order
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.telegram.shopper import show_orders, stop_choice
from bot.transactions.inbox import handling
from bot.understanding.intents import Intent, recognize_intent
from bot.understanding.numbers import find_numbers


async def unknown_command(message: Message, request: Request, context: HandlerContext) -> None:
    """Say that there is no such command, to whoever meant this bot."""
    if request.addressed_to_bot:
        await context.answer(request, "unknown-command")


async def free_text(message: Message, request: Request, context: HandlerContext) -> None:
    """Follow each order number in what was said to the bot, or help; all that is no command is said to it."""
    if request.in_group:
        await context.answer(request, "group-hint")
        return
    numbers = find_numbers(request.text)
    for number in numbers[:-1]:
        with handling(None):  # the message is settled by its last number: until then it may be begun anew
            await follow_order(request, context, number)
    for number in numbers[-1:]:
        await follow_order(request, context, number)
    if not numbers:
        await _without_a_number(request, context)


async def _without_a_number(request: Request, context: HandlerContext) -> None:
    """Answer what was meant, as far as it can be told; else what the chat follows, or how to begin."""

    def phrases(key: str) -> list[str]:
        return [context.renderer.plain(locale, key) for locale, _ in context.renderer.languages()]

    contact = context.renderer.contact_buttons(request.locale)
    match recognize_intent(request.text, phrases):
        case Intent.STOP:  # not said as a command, so never stopped without a question
            choice = stop_choice(request, context)
            await context.answer(request, "stop-which" if choice else "stop-nothing", buttons=choice)
        case Intent.CANCEL:
            await context.answer(request, "cancel-elsewhere", buttons=contact)
        case Intent.THANKS:
            await context.answer(request, "thanked")
        case Intent.HELP:
            await context.answer(request, "help", buttons=contact, way=context.way(request))
        case None:
            await _not_understood(request, context)


async def _not_understood(request: Request, context: HandlerContext) -> None:
    contact = context.renderer.contact_buttons(request.locale)
    if request.text and await show_orders(request, context, "list-instead", below=contact):
        return
    key = "not-a-number" if request.text else "not-text"
    await context.answer(request, "start-by-link" if context.config.by_link_only else key, buttons=contact)


def router() -> Router:
    """Return the handlers of all messages that are left over: they come last."""
    made = Router(name="free text")
    made.message.register(unknown_command, IsCommand())
    made.message.register(free_text)
    return made
