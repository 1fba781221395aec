"""The commands of staff but for `/check`: see `staff_check`. To everybody else these are unknown commands."""

from contextlib import nullcontext

from aiogram import Router
from aiogram.types import Message

from bot.people import links
from bot.people.links import TooLong
from bot.telegram.commands import Command
from bot.telegram.filters import FromAdmin, FromStaff, IsCommand
from bot.telegram.gathering import storable
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import with_buttons
from bot.telegram.order_card import order_card
from bot.telegram.reach import Row, reaches_somebody, who_else
from bot.telegram.request import Request
from bot.telegram.staff_questions import WRITE, WRITE_NUMBER
from bot.tracking.model import Order, OrderFollower
from bot.tracking.visible import shows_something
from bot.transactions.inbox import Done, DoneKind, handling
from bot.transactions.staff import LONGEST_NOTE, Dispatch
from bot.understanding.other_numbers import without_other_numbers
from bot.words.callbacks import CallbackAction
from bot.words.example import WHOLE_EXAMPLE
from bot.words.html.utf16 import utf16_length
from bot.words.messages.check_context import OrderCheck
from bot.words.texts import Text

USAGE = {
    "who": f"/who {WHOLE_EXAMPLE}",
    "resend": f"/resend {WHOLE_EXAMPLE}",
    "link": f"/link {WHOLE_EXAMPLE}",
}


async def who(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Answer `/who ID` with those who follow an order."""
    for order in await _orders_named(request, context, command):
        await answer_who(request, context, order)


async def answer_who(request: Request, context: HandlerContext, order: Order) -> None:
    """Say who follows an order."""
    found = await context.staff_service.who(request.person, order.order_id)
    if found is None or not found[1]:
        await context.answer(request, "who-nobody", number=order.order_id)
        return
    order, followers = found
    rows = [("who-row", _who_row(request, context, order, one)) for one in followers]
    await context.answer_list(request, "who-heading", rows, number=order.order_id, count=len(followers))


def _who_row(request: Request, context: HandlerContext, order: Order, one: OrderFollower) -> dict[str, object]:
    subscription = one.subscription
    return {
        "chat": str(subscription.chat_id),
        "told": subscription.notified_status is not None,
        "what": context.renderer.told_phrase(request.locale, order, subscription),
        "clock": "" if one.told_at is None else context.clock_time(request, one.told_at),
        "verified": subscription.verified,
        "paused": one.paused is not None,
        "why": context.renderer.telegram_reasons(request.locale, [(one.paused, 1)]),
    }


async def _orders_named(request: Request, context: HandlerContext, command: Command) -> list[Order]:
    """Return the orders that stand behind a command; of each that isn't known, show what `/check` shows."""
    found = await context.order_checks.find(request.person, command.rest)
    if not found:
        await context.answer(request, "staff-usage", command=USAGE[command.name])
    for one in found:
        if one.order is None:
            await context.reply(request, order_card(request, context, one))
    return [one.order for one in found if one.order is not None]


async def resend(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Tell the state of `/resend ID` again to all followers."""
    found = await _orders_named(request, context, command)
    for place, order in enumerate(found, 1):
        # each is done once; the message is settled by its last: until then it may be begun anew
        with nullcontext() if place == len(found) else handling(None):
            await answer_resend(request, context, order)


async def answer_resend(request: Request, context: HandlerContext, order: Order) -> None:
    """Tell the state of an order again to all followers, and say to whom, or that it has gone just now."""
    if not await reaches_somebody(request, context, order):
        return
    done = await context.staff_service.resend(request.person, order.order_id)
    if done is not None:
        await context.reply(request, resent_text(request, context, *done))


def resent_text(request: Request, context: HandlerContext, order: Order, dispatch: Dispatch) -> Text:
    """Say to how many an order's state goes again, or that it has gone just now."""
    if dispatch.before is not None:
        time = context.clock_time(request, dispatch.before)
        return context.text(request, "resend-just-now", number=order.order_id, time=time)
    said = context.done_text(request, Done(DoneKind.RESENT, order.order_id, count=dispatch.count))
    return context.renderer.with_lines(request.locale, said, who_else(request, context, order))


# ── writing to followers ─────────────────────────────────────────────────────


async def tell(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Ask whether the words of `/tell ID TEXT` may go to all followers; for what is missing of it."""
    await take_note(request, context, storable(command.rest))


async def take_note(request: Request, context: HandlerContext, text: str) -> bool:
    """Ask whether a note may go out, or for its number or its words; what was given is kept. False: it can't go."""
    found, words = await context.order_checks.find_before(request.person, text)
    if found is None:
        return await _ask_number(request, context, text)
    return await take_words(request, context, found, words)


async def take_words(request: Request, context: HandlerContext, found: OrderCheck, words: str) -> bool:
    """Ask whether words may go to the followers of an order that was found, or for the words. False: they can't go."""
    if await _is_too_long(request, context, words):
        return False
    if found.order is None:
        await context.reply(request, order_card(request, context, found))
        return False
    if not await reaches_somebody(request, context, found.order):
        return False
    if shows_something(words):
        await _show_draft(request, context, found.order, words)
    else:
        await ask_words(request, context, found.order.order_id)
    return True


async def _is_too_long(request: Request, context: HandlerContext, words: str) -> bool:
    length = utf16_length(words)
    if length > LONGEST_NOTE:
        await context.answer(request, "tell-too-long", limit=LONGEST_NOTE, length=length)
    return length > LONGEST_NOTE


async def _ask_number(request: Request, context: HandlerContext, words: str) -> bool:
    """Ask for which order's followers a note is; a card or a phone in it is not repeated."""
    if await _is_too_long(request, context, words):
        return False
    if shows_something(words) and without_other_numbers(words) == words:
        asked = context.renderer.answer(request.locale, WRITE_NUMBER, text=context.renderer.quoted(words))
        await context.ask(request, WRITE_NUMBER, asked)
    else:
        await context.ask(request, WRITE, context.text(request, WRITE))
    return True


async def ask_words(request: Request, context: HandlerContext, number: str) -> None:
    """Ask what the followers of a stored order are to read."""
    asked = context.renderer.answer(request.locale, "write-ask", number=number)
    await context.ask(request, f"write-ask {number}", asked)


def close_prompt(message: Message, request: Request, context: HandlerContext) -> None:
    """Take the question away that a message has answered."""
    if message.reply_to_message is not None:
        context.prompts.close(request.chat_id, request.person, message.reply_to_message.message_id)


async def _show_draft(request: Request, context: HandlerContext, order: Order, text: str) -> None:
    draft = await context.staff_service.draft(request.chat_id, order.order_id, text)
    send = context.button(request, "button-send", CallbackAction.SEND_DRAFT, draft)
    cancel = context.button(request, "button-cancel", CallbackAction.DISCARD_DRAFT, draft)
    rows = [*who_else(request, context, order), ("note", {"number": order.order_id, "text": text})]
    count = context.staff_service.count_followers(order)
    shown = context.renderer.listing(request.locale, "tell-confirm", rows, number=order.order_id, count=count)
    await context.reply(request, with_buttons(shown, [[send], [cancel]]))


async def link(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Answer `/link ID` with a signed link; also of an order that will come only."""
    if not context.config.link_secrets:
        await context.answer(request, "link-no-secret")
        return
    found = await context.order_checks.find(request.person, command.rest)
    if not found:
        await context.answer(request, "staff-usage", command=USAGE[command.name])
    for one in found:
        await _link(request, context, one)


async def _link(request: Request, context: HandlerContext, check: OrderCheck) -> None:
    made = await make_link(request, context, check.number)
    if made is not None:
        unseen: list[Row] = [] if check.order is not None else [("link-unseen", {"known": check.api_error is None})]
        await context.reply(request, context.renderer.with_lines(request.locale, made[0], unseen))


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


def router() -> Router:
    """Return what staff alone can ask for; everybody else's falls through to the unknown command."""
    made = Router(name="staff")
    made.message.filter(FromStaff())
    on_message = made.message.register
    on_message(who, IsCommand("who"))
    on_message(link, IsCommand("link"))
    on_message(resend, IsCommand("resend"), FromAdmin())
    on_message(tell, IsCommand("tell"), FromAdmin())
    on_message(not_admin, IsCommand("resend", "tell"), ~FromAdmin())
    return made
