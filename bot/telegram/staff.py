"""The commands of staff but for `/check`: see `staff_check`. To everybody else these are unknown commands."""

from collections.abc import Sequence
from contextlib import nullcontext

from aiogram import Router
from aiogram.types import Message

from bot.people import links
from bot.people.links import TooLong
from bot.telegram.commands import Command
from bot.telegram.filters import FromAdmin, FromStaff, IsCommand, NamesOrders
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import with_buttons
from bot.telegram.request import Request
from bot.telegram.staff_questions import WRITE, WRITE_NUMBER
from bot.tracking.model import Order
from bot.tracking.visible import shows_something
from bot.transactions.inbox import Done, DoneKind, handling
from bot.transactions.staff import LONGEST_NOTE, Dispatch
from bot.understanding.numbers import leading_number
from bot.understanding.other_numbers import without_other_numbers
from bot.words.callbacks import CallbackAction
from bot.words.example import WHOLE_EXAMPLE
from bot.words.html.utf16 import utf16_length
from bot.words.texts import Text

USAGE = {
    "who": f"/who {WHOLE_EXAMPLE}",
    "resend": f"/resend {WHOLE_EXAMPLE}",
    "link": f"/link {WHOLE_EXAMPLE}",
}


async def who(message: Message, request: Request, context: HandlerContext, numbers: Sequence[str]) -> None:
    """Answer `/who ID` with those who follow an order."""
    for number in numbers:
        await answer_who(request, context, number)


async def answer_who(request: Request, context: HandlerContext, number: str) -> None:
    """Say who follows an order."""
    found = await context.staff_service.who(request.person, number)
    if found is None:
        await context.answer(request, "staff-unknown-order", number=number)
        return
    order, followers = found
    if not followers:
        await context.answer(request, "who-nobody", number=order.order_id)
        return
    rows = [
        ("who-row", {"chat": str(one.chat_id), "raw": one.notified_status or "–", "verified": one.verified})
        for one in followers
    ]
    await context.answer_list(request, "who-heading", rows, number=order.order_id, count=len(followers))


async def resend(message: Message, request: Request, context: HandlerContext, numbers: Sequence[str]) -> None:
    """Tell the state of `/resend ID` again to all followers."""
    for place, number in enumerate(numbers, 1):
        # each is done once; the message is settled by its last: until then it may be begun anew
        with nullcontext() if place == len(numbers) else handling(None):
            done = await context.staff_service.resend(request.person, number)
        if done is None:
            await context.answer(request, "staff-unknown-order", number=number)
        else:
            await context.reply(request, resent_text(request, context, *done))


def resent_text(request: Request, context: HandlerContext, order: Order, dispatch: Dispatch) -> Text:
    """Say to how many an order's state goes again, or that it has gone just now."""
    if dispatch.before is None:
        return context.done_text(request, Done(DoneKind.RESENT, order.order_id, count=dispatch.count))
    return context.text(
        request, "resend-just-now", number=order.order_id, time=context.clock_time(request, dispatch.before)
    )


async def tell(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Ask whether the words of `/tell ID TEXT` may go to all followers; for what is missing of it."""
    await take_note(request, context, *note_in(command.rest))


def note_in(text: str) -> tuple[str | None, str]:
    """Return the number that a text begins with, and what is behind it; the whole text where it begins otherwise."""
    number, words = leading_number(text)
    begins_otherwise = number is None or (not words and len(text.split()) > 1)
    return number, text if begins_otherwise else words


async def take_note(request: Request, context: HandlerContext, number: str | None, words: str) -> bool:
    """Ask whether a note may go out, or for its number or its words; what was given is kept. False: it can't go."""
    if (length := utf16_length(words)) > LONGEST_NOTE:
        await context.answer(request, "tell-too-long", limit=LONGEST_NOTE, length=length)
        return False
    if number is None and shows_something(words) and without_other_numbers(words) == words:
        await ask_number(request, context, words)
        return True
    if number is None:  # a card or a phone is not repeated
        await context.ask(request, WRITE, context.text(request, WRITE))
        return True
    return await _ask_to_tell(request, context, number, words)


async def ask_number(request: Request, context: HandlerContext, words: str) -> None:
    """Ask for which order's followers a note is."""
    text = context.renderer.answer(request.locale, WRITE_NUMBER, text=context.renderer.quoted(words))
    await context.ask(request, WRITE_NUMBER, text)


async def ask_words(request: Request, context: HandlerContext, number: str) -> None:
    """Ask what the followers of a stored order are to read."""
    asked = context.renderer.answer(request.locale, "write-ask", number=number)
    await context.ask(request, f"write-ask {number}", asked)


def close_prompt(message: Message, request: Request, context: HandlerContext) -> None:
    """Take the question away that a message has answered."""
    if message.reply_to_message is not None:
        context.prompts.close(request.chat_id, request.person, message.reply_to_message.message_id)


async def _ask_to_tell(request: Request, context: HandlerContext, number: str, text: str) -> bool:
    order = context.staff_service.find(number)
    if order is None:
        await context.answer(request, "staff-unknown-order", number=number)
        return False
    count = context.staff_service.count_followers(order)
    if count == 0:
        await context.answer(request, "who-nobody", number=order.order_id)
        return False
    if not shows_something(text):
        await ask_words(request, context, order.order_id)
        return True
    draft = await context.staff_service.draft(request.chat_id, order.order_id, text)
    send = context.button(request, "button-send", CallbackAction.SEND_DRAFT, draft)
    cancel = context.button(request, "button-cancel", CallbackAction.DISCARD_DRAFT, draft)
    note = [("note", {"number": order.order_id, "text": text})]
    shown = context.renderer.listing(request.locale, "tell-confirm", note, number=order.order_id, count=count)
    await context.reply(request, with_buttons(shown, [[send], [cancel]]))
    return True


async def link(message: Message, request: Request, context: HandlerContext, numbers: Sequence[str]) -> None:
    """Answer `/link ID` with a signed link."""
    if not context.config.link_secrets:
        await context.answer(request, "link-no-secret")
        return
    for number in numbers:
        await _link(request, context, number)


async def _link(request: Request, context: HandlerContext, number: str) -> None:
    made = await make_link(request, context, number)
    if made is not None:
        await context.reply(request, made[0])


async def make_link(request: Request, context: HandlerContext, number: str) -> tuple[Text, str] | None:
    """Make the signed link of an order: the text that gives it, and itself. None where that can't be; it is said."""
    if not context.config.link_secrets:
        await context.answer(request, "link-no-secret")
        return None
    payload = links.sign(number, context.config.link_secrets)
    if isinstance(payload, TooLong):
        await context.answer(request, "link-too-long", number=number)
        return None
    await context.staff_service.linked(request.person, number)
    url = links.deep_link(context.me.username or "", payload)
    return context.text(request, "link-made", number=number, url=url), url


async def not_admin(message: Message, request: Request, context: HandlerContext) -> None:
    """Refuse to resend and write to followers to staff who may only look."""
    await context.answer(request, "staff-not-admin")


async def usage(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Say how a command is written that no order number stands behind, and repeat nothing."""
    await context.answer(request, "staff-usage", command=USAGE[command.name])


def router() -> Router:
    """Return what staff alone can ask for; everybody else's falls through to the unknown command."""
    made = Router(name="staff")
    made.message.filter(FromStaff())
    on_message = made.message.register
    on_message(who, IsCommand("who"), NamesOrders())
    on_message(link, IsCommand("link"), NamesOrders())
    on_message(resend, IsCommand("resend"), FromAdmin(), NamesOrders())
    on_message(tell, IsCommand("tell"), FromAdmin())
    on_message(not_admin, IsCommand("resend", "tell"), ~FromAdmin())
    on_message(usage, IsCommand(*USAGE))
    return made
