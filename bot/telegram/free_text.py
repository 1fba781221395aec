"""What is no command, or none of ours: the orders that it names, and an answer to what its writer wants."""

from aiogram import Router
from aiogram.types import Message

from bot.people import links
from bot.telegram import keyboards
from bot.telegram.answers import BESIDE_A_NUMBER, NOT_FOR_STAFF, ONLY_NAMED, answer
from bot.telegram.filters import IsCommand
from bot.telegram.follow_order import Wanted, follow_orders
from bot.telegram.handler_context import HandlerContext
from bot.telegram.meant import named
from bot.telegram.naming import name_order
from bot.telegram.request import Request
from bot.telegram.said import Said, SaidKind
from bot.telegram.staff_words import show_what_staff_name
from bot.telegram.start_links import wanted_by
from bot.telegram.store_answers import MOST_GUESSES
from bot.words.callbacks import fits_button


async def unknown_command(message: Message, request: Request, context: HandlerContext) -> None:
    """Say that there is no such command, to whoever meant this bot."""
    if request.addressed_to_bot:
        await context.answer(request, "unknown-command")


async def free_text(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer what was said to the bot; all that is no command is said to it. Of an album without words only one."""
    said = request.said
    if said.name is not None and await name_order(message, request, context, said.name):
        return
    is_first = context.albums.add(request.chat_id, said.album)
    if said.kind is not SaidKind.WORDS:
        if not is_first:
            return
        await context.answer(request, "not-text", kind=said.kind.value, way=context.way(request))
    elif await show_what_staff_name(request, context, said):
        return
    elif said.example and not said.names_orders:
        await context.answer(request, "example-sent", way=context.way(request))
    elif not said.names_orders or said.understood.intent in ONLY_NAMED:
        await answer(request, context, said)
    else:
        await _about_orders(request, context, said)


async def _about_orders(request: Request, context: HandlerContext, said: Said) -> None:
    """Follow the orders that were named, after an answer to what is asked of them; offer what may be meant."""
    wanted = _wanted(request, context, said)
    intent = said.understood.intent
    if intent in BESIDE_A_NUMBER and not (request.is_staff and intent in NOT_FOR_STAFF):
        await answer(request, context, said, card_follows=True)
    await _offer_guesses(request, context, said)
    if None in wanted:
        await context.answer(request, "link-bad", way=context.way(request))
    await follow_orders(request, context, [one for one in wanted if one is not None])


def _wanted(request: Request, context: HandlerContext, said: Said) -> list[Wanted | None]:
    """Return what is to be followed, each once; None for a link that is not valid."""
    pasted = [wanted_by(payload, request, context) for payload in said.understood.payloads]
    meant = {one.casefold() for payload in said.understood.payloads for one in links.ids_meant(payload)}
    typed = [Wanted(number) for number in said.understood.numbers if number.casefold() not in meant]
    return list(dict.fromkeys((*pasted, *typed)))


async def _offer_guesses(request: Request, context: HandlerContext, said: Said) -> None:
    """Offer what is only perhaps meant: nothing is looked up until a button is pressed."""
    guesses = [one for one in said.understood.guesses if fits_button(one)][:MOST_GUESSES]
    if guesses and context.needs_link(request):
        unknown = named(request, context, guesses).unknown
        guesses = [one for one in guesses if one not in unknown]  # what the chat follows may be shown
        if not guesses and not said.understood.numbers:
            await context.answer(request, "link-required")
    if not guesses:
        return
    await context.answer(request, "guess-which", buttons=keyboards.guesses(guesses), count=len(guesses))


def router() -> Router:
    """Return the handlers of all messages that are left over: they come last."""
    made = Router(name="free text")
    made.message.register(unknown_command, IsCommand())
    made.message.register(free_text)
    return made
