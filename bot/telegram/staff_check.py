"""What staff see of one order: `/check` and the buttons under its card. To everybody else these are unknown."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.people.order_arguments import may_be_an_id, misspelled
from bot.people.qr_code import draw_png
from bot.telegram import staff
from bot.telegram.commands import Command
from bot.telegram.filters import Found, FromAdmin, FromStaff, IsCommand, JustAnswered, Pressed
from bot.telegram.gathering import storable
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import fingerprint, with_buttons
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.order_card import BETWEEN, details_rows, order_card
from bot.telegram.page_turns import PATIENCE, MakePage
from bot.telegram.reach import reaches_somebody
from bot.telegram.request import Request
from bot.telegram.staff_questions import SEARCH, AnswersWrite, GivesNumber
from bot.telegram.toasts import OLD, Toast
from bot.tracking.model import Order, OrderPk
from bot.understanding.mentioned import Mentioned
from bot.words.callbacks import CallbackAction as Action
from bot.words.callbacks import CallbackData, callback_button, fits_button
from bot.words.example import WHOLE_EXAMPLE
from bot.words.messages.buttons import button_label
from bot.words.messages.check_context import OrderCheck
from bot.words.texts import Button, Text

ADMINS_ONLY = "toast-admins-only"
BRINGS_A_MESSAGE = (Action.CHECK, Action.CHECK_FOLLOWERS, Action.CHECK_LINK)
OF_AN_ORDER = (
    Action.CHECK_REFRESH, Action.CHECK_BACK, Action.CHECK_FOLLOWERS, Action.CHECK_LINK,
)  # fmt: skip
FOR_ADMINS = (Action.CHECK_RESEND, Action.CHECK_WRITE)
MOST_SHOWN = 5  # of what one message names, a card each; the rest is named, to be sent again
ASKING_SECONDS = 0.5  # that a press waits for the API's answer


class OfOrder(Filter):
    """The button names an order that is stored; the handler gets `order`, and `page` where it names one."""

    async def __call__(self, query: CallbackQuery, context: HandlerContext, callback: CallbackData) -> Found:
        """Let aiogram ask for each press."""
        key, print_of_id, page = [*callback.argument.split(BETWEEN, 2), "", ""][:3]
        row_id = CallbackData(callback.action, key).row_id
        order = None if row_id is None else context.order_checks.order_of(OrderPk(row_id))
        if order is None or fingerprint(order.order_id) != print_of_id:
            return False
        return {"order": order, "page": CallbackData(callback.action, page).row_id or 0}


# ── showing ──────────────────────────────────────────────────────────────────


async def check(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Answer `/check ID`, for which the API is asked now; of several one after the other. Without one, ask for it."""
    if not command.rest:
        await context.ask(request, SEARCH, context.text(request, SEARCH))
    elif not await show_orders(request, context, command.rest):
        await context.answer(request, "staff-usage", command=f"/check {WHOLE_EXAMPLE}")


async def show_orders(request: Request, context: HandlerContext, text: str) -> bool:
    """Show the orders that a text names, and offer what it may mean where none is known; return whether it does."""
    checks = await context.order_checks.check(request.person, text)
    for one in checks:
        await context.reply(request, order_card(request, context, one))
    guesses = [] if any(one.order for one in checks) else _guesses(text)
    if guesses:
        await context.answer(request, "guess-which", buttons=guesses, count=len(guesses))
    return bool(checks or guesses)


def _guesses(text: str) -> list[list[Button]]:
    """Return a button for each order that misspelled numbers may mean, which shows it like `/check`."""
    meant = (one for one in misspelled(text) if fits_button(one, Action.CHECK_NUMBER))
    return [[callback_button(button_label(one), Action.CHECK_NUMBER, one)] for one in meant]


def named_by_staff(context: HandlerContext, mentioned: Mentioned, read: Sequence[str] = ()) -> list[str]:
    """Return which of the words are orders' numbers. `read`: those that would be read in anybody's words."""
    certain = {*read, *(mentioned.words if mentioned.is_alone else mentioned.alike)}
    found = [one for one in mentioned.words if one in certain or context.order_checks.find_stored(one) is not None]
    return list(dict.fromkeys((*found, *read)))


async def show_each(request: Request, context: HandlerContext, numbers: Sequence[str]) -> None:
    """Show a card for each order, and name the rest where there are too many."""
    for number in numbers[:MOST_SHOWN]:
        await show_orders(request, context, number)
    if rest := numbers[MOST_SHOWN:]:
        named = context.order_names(request, rest)
        await context.answer(request, "numbers-rest", count=MOST_SHOWN, orders=named)


async def look_at(
    query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData
) -> str | None:
    """Answer the button under an alert about an order, like `/check`."""
    row_id = callback.row_id
    order = None if row_id is None else context.order_checks.order_of(OrderPk(row_id))
    if order is None:
        return OLD
    await context.reply(
        request, order_card(request, context, await context.order_checks.check_order(request.person, order))
    )
    _note_answered(query, request, context)
    return None


async def refresh(query: CallbackQuery, request: Request, context: HandlerContext, order: Order) -> str:
    """Ask the API about the order and show the card as it is now."""
    return await _ask_anew(query, request, context, partial(context.order_checks.check_order, request.person, order))


async def refresh_number(
    query: CallbackQuery, request: Request, context: HandlerContext, callback: CallbackData
) -> str | None:
    """Ask the API about a number that was none of an order yet."""
    if not may_be_an_id(callback.argument):
        return OLD

    async def check() -> OrderCheck:
        return await context.order_checks.check_number(request.person, callback.argument)

    return await _ask_anew(query, request, context, check)


async def _ask_anew(
    query: CallbackQuery, request: Request, context: HandlerContext, check: Callable[[], Awaitable[OrderCheck]]
) -> str:
    """Show the card as the API says now; what takes long is shown when it is there, and whoever presses hears so."""
    checks = list[OrderCheck]()

    async def page() -> Text:
        checks.append(await check())
        return order_card(request, context, checks[-1])

    is_shown = await _show(query, request, context, page, patience=ASKING_SECONDS)
    if not is_shown or not checks:
        return "toast-asking"
    return "toast-refreshed" if checks[-1].api_error is None else "toast-unreachable"


async def back(query: CallbackQuery, request: Request, context: HandlerContext, order: Order) -> None:
    """Show the card again."""

    async def page() -> Text:
        return order_card(request, context, await context.order_checks.look(order))

    await _show(query, request, context, page)


async def details(query: CallbackQuery, request: Request, context: HandlerContext, order: Order, page: int = 0) -> None:
    """Show the raw values in the card's place, and page by page all that was told."""

    async def make_page() -> Text:
        report = await context.order_checks.report(request.person, order)
        pages = context.renderer.staff_report(report, request.locale, context.clock.wall())
        shown = min(page, len(pages) - 1)
        return with_buttons(pages[shown], details_rows(request, context, order, shown, len(pages)))

    await _show(query, request, context, make_page)


async def followers(query: CallbackQuery, request: Request, context: HandlerContext, order: Order) -> None:
    """Say who follows the order, like `/who`."""
    await staff.answer_who(request, context, order)
    _note_answered(query, request, context)


async def link(query: CallbackQuery, request: Request, context: HandlerContext, order: Order) -> None:
    """Send the signed link of the order, like `/link`, with its QR code to be shown or printed."""
    made = await staff.make_link(request, context, order.order_id)
    if made is not None:
        text, url = made
        await context.replies.document(
            request.chat_id, "link.png", draw_png(url), text, thread_id=request.requester.thread_id
        )
    _note_answered(query, request, context)


# ── writing to followers: for admins ─────────────────────────────────────────


async def resend(query: CallbackQuery, request: Request, context: HandlerContext, order: Order) -> Toast | str | None:
    """Tell the order's state again to all followers, like `/resend`."""
    if not await reaches_somebody(request, context, order):
        return None
    done = await context.staff_service.resend(request.person, order.order_id)
    if done is None:
        return OLD
    if done[1].before is not None:
        return Toast("toast-resent-already", {"time": context.clock_time(request, done[1].before)})
    await context.reply(request, staff.resent_text(request, context, *done))
    return None


async def write(query: CallbackQuery, request: Request, context: HandlerContext, order: Order) -> str | None:
    """Ask what the order's followers are to read."""
    if not await reaches_somebody(request, context, order):
        return None
    if context.has_asked(request, f"write-ask {order.order_id}"):
        return "toast-asked-already"
    await staff.ask_words(request, context, order.order_id)
    return None


async def written(message: Message, request: Request, context: HandlerContext, number: str) -> None:
    """Take the answer for the words of `/tell ID TEXT`."""
    found = await context.order_checks.find_number(request.person, number)
    if await staff.take_words(request, context, found, storable(message.text or "")):
        staff.close_prompt(message, request, context)


async def numbered(message: Message, request: Request, context: HandlerContext, words: str) -> None:
    """Take the answer for the number of a note that was given without one."""
    found = await context.order_checks.find(request.person, storable(message.text or ""))
    if not found:
        await context.answer(request, "panel-search-unclear")
    elif await staff.take_words(request, context, found[0], words):
        staff.close_prompt(message, request, context)


def _note_answered(query: CallbackQuery, request: Request, context: HandlerContext) -> None:
    context.answered.note(request.chat_id, query.data, now=context.clock.now())


async def below(query: CallbackQuery) -> str:
    """Say that what the button brings has just come."""
    return "toast-below"


async def admins_only(query: CallbackQuery) -> str:
    """Refuse to resend and write to followers to staff who may only look."""
    return ADMINS_ONLY


async def _show(
    query: CallbackQuery, request: Request, context: HandlerContext, page: MakePage, *, patience: float = PATIENCE
) -> bool:
    if query.message is None:
        return False
    return await context.pages.show(request.chat_id, query.message.message_id, page, patience=patience)


def router() -> Router:
    """Return what staff alone can ask of one order; everybody else's falls through."""
    made = Router(name="staff check")
    made.message.filter(FromStaff())
    made.message.register(check, IsCommand("check"))
    made.message.register(written, FromAdmin(), AnswersWrite())
    made.message.register(numbered, FromAdmin(), GivesNumber())
    made.callback_query.filter(FromStaff())
    made.callback_query.middleware(ToastMiddleware())
    on_press = made.callback_query.register
    on_press(below, Pressed(*BRINGS_A_MESSAGE), JustAnswered())
    on_press(look_at, Pressed(Action.CHECK))
    on_press(refresh_number, Pressed(Action.CHECK_NUMBER))
    for action, handler in zip(OF_AN_ORDER, (refresh, back, followers, link), strict=True):
        on_press(handler, Pressed(action), OfOrder())
    on_press(details, Pressed(Action.CHECK_DETAILS), OfOrder())
    on_press(resend, Pressed(Action.CHECK_RESEND), FromAdmin(), OfOrder())
    on_press(write, Pressed(Action.CHECK_WRITE), FromAdmin(), OfOrder())
    on_press(admins_only, Pressed(*FOR_ADMINS), ~FromAdmin())
    return made
