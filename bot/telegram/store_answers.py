"""What only the store can do: the answer says so as the order stands, then the way to a person there."""

from bot.telegram import keyboards
from bot.telegram.handler_context import HandlerContext
from bot.telegram.meant import Question, Row, rows, state_phrase
from bot.telegram.past_questions import about, have_left, said_delivered
from bot.telegram.request import Request
from bot.understanding.understood import Intent
from bot.words.callbacks import fits_button

MOST_GUESSES = 3
BY_THE_STORE = {
    Intent.DELIVERED_NOT_RECEIVED: "say-not-received",
    Intent.WRONG_MISSING_OR_DAMAGED: "say-wrong",
    Intent.CANCEL: "say-cancel",
    Intent.CHANGE_ADDRESS_OR_ORDER: "say-change",
    Intent.REFUND_OR_RETURN: "say-refund",
    Intent.PAYMENT_OR_INVOICE: "say-payment",
    Intent.COMPLAINT_OR_INSULT: "say-complaint",
    Intent.TALK_TO_HUMAN: "say-person",
}


async def say_who_can(request: Request, context: HandlerContext, question: Question) -> None:
    """Name who can do it and the way there, then how the orders stand."""
    lines: list[Row] = [("way-to-store", {})]
    is_short = request.in_group and not question.said.understood.numbers
    meant = about(question.intent, question.meant)
    is_for_a_person = question.intent is Intent.TALK_TO_HUMAN  # orders below would only distract
    if not is_for_a_person and not question.card_follows and not is_short:
        lines += rows(request, context, meant)
    buttons = [*context.contact(request), *_offers(request, context, question)]
    only = meant.only_order
    listing = context.renderer.listing(
        request.locale,
        BY_THE_STORE[question.intent],
        lines,
        left=have_left(meant),
        delivered=said_delivered(meant),
        state="" if only is None else state_phrase(request, context, *only),
    )
    await context.reply(request, keyboards.with_buttons(listing, buttons))


async def say_hours(request: Request, context: HandlerContext, question: Question) -> None:
    """Say when the store is open, if it has said so, and the way there."""
    listing = context.renderer.listing(request.locale, "say-store-hours", [("way-to-store", {})])
    await context.reply(request, keyboards.with_buttons(listing, context.contact(request)))


def _offers(request: Request, context: HandlerContext, question: Question) -> keyboards.Rows:
    """Return a button for each order that was named and is not followed: to be looked up, if that is wanted."""
    if question.card_follows or context.needs_link(request):
        return []
    return keyboards.guesses(one for one in question.meant.unknown[:MOST_GUESSES] if fits_button(one))
