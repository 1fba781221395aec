"""What each wish is answered with, after what the chat follows. No wish does anything: it gets words and a button."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.telegram import keyboards
from bot.telegram.follow_order import no_number
from bot.telegram.handler_context import HandlerContext
from bot.telegram.meant import Question, Row, all_of_chat, choice, meant_by, rows, stop_choice
from bot.telegram.past_questions import card_says_it
from bot.telegram.request import Request
from bot.telegram.said import NOTHING_SAID, Said
from bot.telegram.settings_menu import settings_text
from bot.telegram.store_answers import BY_THE_STORE, say_hours, say_who_can
from bot.tracking.deciding import effective_status
from bot.tracking.model import Order
from bot.tracking.service_identity import courier_name
from bot.tracking.shipping import counted_shipments, packages_end, pickup_doubt
from bot.tracking.statuses import ON_ROUTE, WAITING_FOR_PICKUP
from bot.understanding.understood import Intent
from bot.words.callbacks import CallbackAction
from bot.words.example import WHOLE_EXAMPLE
from bot.words.html.escaping import Markup, escape

ASKED_BY_BUTTON = {
    Intent.WHERE_IS_IT: "button-ask-where",
    Intent.WRONG_MISSING_OR_DAMAGED: "button-ask-wrong",
    Intent.TALK_TO_HUMAN: "button-ask-store",
}
# a number beside these says which order it is; nobody asked to follow it, so that is only offered
ONLY_NAMED = frozenset(
    {
        Intent.CANCEL,
        Intent.CHANGE_ADDRESS_OR_ORDER,
        Intent.REFUND_OR_RETURN,
        Intent.STOP_MESSAGES,
        Intent.PRIVACY_OR_DELETE_DATA,
    }
)
# answered also where a number stands beside them, whose card follows; to all others the card is the answer
BESIDE_A_NUMBER = frozenset(
    {
        Intent.WHEN_ARRIVES,
        Intent.DELIVERED_NOT_RECEIVED,
        Intent.WRONG_MISSING_OR_DAMAGED,
        Intent.COMPLAINT_OR_INSULT,
        Intent.PAYMENT_OR_INVOICE,
        Intent.TALK_TO_HUMAN,
        Intent.STORE_HOURS_OR_PLACE,
        Intent.PICKUP_QUESTION,
        Intent.COURIER_QUESTION,
        Intent.SETTINGS_OR_MUTE,
        Intent.LANGUAGE_CHANGE,
    }
)
# staff are the store: nobody sends them there
NOT_FOR_STAFF = frozenset({*BY_THE_STORE, Intent.STORE_HOURS_OR_PLACE, Intent.PICKUP_QUESTION, Intent.COURIER_QUESTION})


Answer = Callable[[Request, HandlerContext, Question], Awaitable[None]]


async def answer(request: Request, context: HandlerContext, said: Said, *, card_follows: bool = False) -> None:
    """Answer what somebody wants, in one message."""
    question = Question(said, meant_by(request, context, said), card_follows)
    only = question.meant.only_order
    if request.is_staff and _is_for_the_store(question):
        await _staff(request, context, question)
    elif only is not None and card_says_it(question.intent, only[1]):
        if not card_follows:
            await context.follow_service.show_card(request.requester, only[0].id)
    elif question.intent in BY_THE_STORE:
        await say_who_can(request, context, question)
    else:
        await _ANSWERS[question.intent](request, context, question)


async def answer_button(request: Request, context: HandlerContext, argument: str) -> bool:
    """Answer one of the questions that we offer as buttons; False if it is none of them."""
    asked = next((intent for intent in ASKED_BY_BUTTON if intent.value == argument), None)
    if asked is not None:
        understood = replace(NOTHING_SAID.understood, intent=asked)
        await answer(request, context, Said(understood))
    return asked is not None


def _is_for_the_store(question: Question) -> bool:
    follows_none = question.meant.follows == "none" and not question.card_follows
    asks_in_vain = follows_none and question.intent in {Intent.WHERE_IS_IT, Intent.WHEN_ARRIVES}
    return question.intent in NOT_FOR_STAFF or asks_in_vain or question.intent is Intent.SMALLTALK_OR_UNKNOWN


async def _staff(request: Request, context: HandlerContext, question: Question) -> None:
    number = next(iter(question.said.understood.numbers), WHOLE_EXAMPLE)
    await context.answer(request, "staff-hint", command=f"/check {number}")


# ── how it stands ────────────────────────────────────────────────────────────


async def _where(request: Request, context: HandlerContext, question: Question) -> None:
    only = question.meant.only_order
    if only is not None:
        await context.follow_service.show_card(request.requester, only[0].id)
    elif question.meant.follows == "none":
        await context.answer(request, "how-to-begin", way=context.way(request))
    elif question.meant.followed:
        await _say(request, context, question, "say-which", buttons=choice(request, question.meant))
    else:
        await _not_seen_yet(request, context, question)


async def _not_seen_yet(request: Request, context: HandlerContext, question: Question) -> None:
    """Say since when a number is looked for, what may be wrong with it, and how to end that."""
    numbers = question.meant.awaited
    if len(numbers) > 1:
        await _say(request, context, question, "list-heading", buttons=keyboards.awaited(numbers))
        return
    since = {one.number: one.since for one in context.follow_service.awaited(request.chat_id)}
    order = context.renderer.order_name(request.locale, numbers[0])
    stop = context.button(
        request, "button-stop-looking", CallbackAction.STOP_AWAITING, keyboards.fingerprint(numbers[0])
    )
    buttons = [[stop], *context.contact(request)]
    moment = context.renderer.moment(request.locale, since[numbers[0]])
    await context.answer(request, "say-awaited", buttons=buttons, order=order, time=moment)


async def _when(request: Request, context: HandlerContext, question: Question) -> None:
    pages = _courier_pages(request, context, question)
    buttons = pages or _choice(request, question)
    await _say(request, context, question, "say-when", buttons=buttons, link=bool(pages))


async def _courier(request: Request, context: HandlerContext, question: Question) -> None:
    pages = _courier_pages(request, context, question)
    contact = context.contact(request)
    several = _choice(request, question) if question.meant.follows == "several" else []
    buttons = [*(pages or several), *contact]
    only = question.meant.only_order
    is_away = only is not None and _is_under_way(only[1])
    state = "link" if pages else "several" if several else "awaited" if is_away else "none"
    carriers = _carriers(only[1]) if only is not None else []
    carrier = carriers[0] if len(carriers) == 1 else None
    known = "several" if len(carriers) > 1 else "yes" if carrier else "no"
    values = {"courier": state, "carrier": carrier, "known": known}
    await _say(request, context, question, "say-courier", buttons=buttons, **values)


def _is_under_way(order: Order) -> bool:
    status = effective_status(order) or ""
    return status == ON_ROUTE and packages_end(order, status) is None


def _carriers(order: Order) -> list[str | None]:
    """Return who brings an order, each courier once; None among them for what is not known. Without any name, none."""
    named = {courier_name(one.courier): one.courier for one in counted_shipments(order.shipments)}
    return list(named.values()) if any(named.values()) else []


async def _pickup(request: Request, context: HandlerContext, question: Question) -> None:
    only = question.meant.only_order
    status = None if only is None else effective_status(only[1])
    doubt = None if only is None else pickup_doubt(only[1], status or "")
    ready = doubt.value if doubt else {WAITING_FOR_PICKUP: "yes", ON_ROUTE: "way"}.get(status or "", "no")
    contact = context.contact(request)
    place = context.renderer.map_buttons(request.locale) if status == WAITING_FOR_PICKUP else ()
    buttons = [*contact, *place] if doubt else [*place, *contact]  # where in doubt, the store knows more than the map
    await _say(request, context, question, "say-pickup", buttons=buttons, ready=ready)


def _choice(request: Request, question: Question) -> keyboards.Rows:
    """Return a button for the card of each order that isn't shown by itself."""
    return [] if question.card_follows else choice(request, question.meant)


def _courier_pages(request: Request, context: HandlerContext, question: Question) -> keyboards.Rows:
    only = question.meant.only_order
    return () if only is None else context.renderer.track_buttons(request.locale, only[1])


# ── the bot itself ───────────────────────────────────────────────────────────


async def _greeting(request: Request, context: HandlerContext, question: Question) -> None:
    if request.in_group:
        await context.answer(request, context.hint(request, private="group-hint"))
        return
    await _say(request, context, question, "say-greeting", buttons=choice(request, question.meant))


async def _thanks(request: Request, context: HandlerContext, question: Question) -> None:
    await context.answer(request, "thanked")


async def _help(request: Request, context: HandlerContext, question: Question) -> None:
    begin: Row = ("how-to-begin", {"way": context.way(request)})
    listing = context.renderer.listing(request.locale, "say-help", [begin])
    await context.reply(request, keyboards.with_buttons(listing, context.ways_on(request, "how-to-begin")))


async def _privacy(request: Request, context: HandlerContext, question: Question) -> None:
    await context.answer(request, "say-privacy")


async def _stop(request: Request, context: HandlerContext, question: Question) -> None:
    """Offer to stop: what is said in words, not as a command, stops nothing without a question."""
    meant = all_of_chat(request, context) if question.meant.is_all else question.meant
    if meant.follows == "none" and meant.unknown:
        orders, everything = context.order_names(request, meant.unknown), all_of_chat(request, context)
        lines: list[Row] = [("stop-which", {})] if everything.follows != "none" else []
        listing = context.renderer.listing(request.locale, "stop-not-followed", lines, orders=orders)
        await context.reply(request, keyboards.with_buttons(listing, stop_choice(request, context, everything)))
        return
    key = "stop-nothing" if meant.follows == "none" else "stop-which"
    await context.answer(request, key, buttons=stop_choice(request, context, meant))


async def _settings(request: Request, context: HandlerContext, question: Question) -> None:
    if await context.may_manage(request):
        await context.reply(request, settings_text(request, context))
    else:
        await context.answer(request, "group-admins-only")


async def _language(request: Request, context: HandlerContext, question: Question) -> None:
    """Offer the language that was named; else all, and say which we have."""
    if not await context.may_manage(request):
        await context.answer(request, "group-admins-only")
        return
    available = context.renderer.languages()
    named = {*question.said.languages}
    others = named - {request.locale.split("-")[0]}
    wanted = [one for one in available if one[0].split("-")[0] in others]
    spoken = {locale.split("-")[0] for locale, _ in available}
    key = "language-choose" if named & spoken else "language-missing" if named else "say-languages"
    names = Markup(", ".join(escape(name) for _, name in available))
    await context.answer(request, key, buttons=keyboards.languages(wanted or available), languages=names)


async def _unsure(request: Request, context: HandlerContext, question: Question) -> None:
    reply_to = question.said.reply_to
    if question.said.tried_number:
        await context.reply(request, no_number(request, context))
    elif reply_to is not None and context.follow_service.is_note(request.chat_id, reply_to):
        contact = context.contact(request)
        listing = context.renderer.listing(request.locale, "say-note-reply", [("way-to-store", {})])
        await context.reply(request, keyboards.with_buttons(listing, contact))
    elif request.in_group:
        await context.answer(request, context.hint(request, private="group-hint"))
    else:
        buttons = [
            [context.button(request, key, CallbackAction.ASK, intent.value)] for intent, key in ASKED_BY_BUTTON.items()
        ]
        await context.answer(request, "say-unsure", buttons=buttons)


async def _say(
    request: Request,
    context: HandlerContext,
    question: Question,
    key: str,
    *,
    buttons: keyboards.Rows = (),
    **values: object,
) -> None:
    """Answer with a sentence and how the orders stand; who follows none is told how to begin."""
    lines = [] if question.card_follows else rows(request, context, question.meant)
    if question.meant.follows == "none" and not question.card_follows:
        lines = [("how-to-begin", {"way": context.way(request)})]
        buttons = [*context.where(request), *(buttons or context.contact(request))]
    listing = context.renderer.listing(request.locale, key, lines, follows=question.meant.follows, **values)
    await context.reply(request, keyboards.with_buttons(listing, buttons))


_ANSWERS: dict[Intent, Answer] = {
    Intent.GREETING: _greeting,
    Intent.WHERE_IS_IT: _where,
    Intent.WHEN_ARRIVES: _when,
    Intent.STORE_HOURS_OR_PLACE: say_hours,
    Intent.PICKUP_QUESTION: _pickup,
    Intent.COURIER_QUESTION: _courier,
    Intent.STOP_MESSAGES: _stop,
    Intent.SETTINGS_OR_MUTE: _settings,
    Intent.THANKS: _thanks,
    Intent.HELP_OR_WHAT_IS_THIS: _help,
    Intent.LANGUAGE_CHANGE: _language,
    Intent.PRIVACY_OR_DELETE_DATA: _privacy,
    Intent.SMALLTALK_OR_UNKNOWN: _unsure,
}
