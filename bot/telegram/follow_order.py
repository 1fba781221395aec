"""Follow an order for whoever asks, and say what became of it; the card itself comes from the outbox."""

import asyncio
from math import ceil

from bot.people.follow_result import FollowOutcome, FollowResult
from bot.people.limits import MAX_FOLLOWED
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import with_buttons
from bot.telegram.request import Request
from bot.tracking.timing import HOUR
from bot.transactions.follow import MOST_AWAITED
from bot.words.texts import Text

_ABOUT_THE_ORDER = {
    FollowOutcome.AWAITING: "not-there",
    FollowOutcome.AWAITING_ALREADY: "awaiting-already",
    FollowOutcome.API_ERROR: "api-trouble",
    FollowOutcome.LOOKING_UP: "looking-up",
}
_REFUSALS = {
    FollowOutcome.LINK_NEEDED: "link-required",
    FollowOutcome.PERSON_HIDDEN: "person-hidden",
}


async def follow_order(
    request: Request, context: HandlerContext, number: str, *, verified: bool = False, label: str | None = None
) -> None:
    """Follow the order that a number means (with `verified` it is the id of a signed link)."""
    result = await context.follow_service.follow(request.requester, number, verified=verified, label=label)
    await _answer(request, context, result)


async def _answer_later(request: Request, context: HandlerContext, later: "asyncio.Task[FollowResult]") -> None:
    await _answer(request, context, await later)


async def _answer(request: Request, context: HandlerContext, result: FollowResult) -> None:
    text = _text(request, context, result)
    if text is not None:
        await context.reply(request, text)
    if result.later is not None:
        context.follow_ups.start(_answer_later(request, context, result.later))


def _text(request: Request, context: HandlerContext, result: FollowResult) -> Text | None:
    """Return what is said of a result; None where the outbox says it, or nobody wants to know any more."""
    if result.outcome in _ABOUT_THE_ORDER:
        named = context.renderer.order_name(request.locale, result.number)
        return context.text(request, _ABOUT_THE_ORDER[result.outcome], order=named)
    if result.outcome in _REFUSALS:
        return context.text(request, _REFUSALS[result.outcome])
    if result.outcome is FollowOutcome.NO_ORDER:
        return with_buttons(context.text(request, "not-a-number"), context.renderer.contact_buttons(request.locale))
    return _limit_text(request, context, result)


def _limit_text(request: Request, context: HandlerContext, result: FollowResult) -> Text | None:
    """Return what is said where there is too much of something; None where it isn't a limit that answers."""
    match result.outcome:
        case FollowOutcome.TOO_MANY_FOLLOWED:
            return context.text(request, "follow-limit", count=MAX_FOLLOWED)
        case FollowOutcome.TOO_MANY_AWAITED:
            return context.text(request, "awaiting-limit", count=MOST_AWAITED)
        case FollowOutcome.TOO_MANY_LOOKUPS:
            return context.text(request, "look-up-limit", count=result.limit)
        case FollowOutcome.TOO_MANY_TODAY:
            return context.text(request, "day-limit", count=result.limit, hours=max(1, ceil(result.wait / HOUR)))
        case FollowOutcome.TOO_MANY_NOT_FOUND:
            return context.text(request, "wait", minutes=max(1, ceil(result.wait / 60)))
        case _:
            return None
