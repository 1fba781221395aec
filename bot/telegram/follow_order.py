"""Follow the orders that somebody names, and say what became of it; the cards themselves come from the outbox."""

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from math import ceil

from bot.people.follow_result import FollowOutcome, FollowResult
from bot.people.limits import MAX_FOLLOWED
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import with_buttons
from bot.telegram.request import Request
from bot.tracking.timing import HOUR
from bot.transactions.follow import MOST_AWAITED
from bot.transactions.inbox import handling
from bot.words.texts import Text

MOST_AT_ONCE = 10  # of one message; the rest is named, to be sent again
_ABOUT_THE_ORDER = {
    FollowOutcome.AWAITING: ("not-there", "not-there-several"),
    FollowOutcome.AWAITING_ALREADY: ("awaiting-already", "awaiting-already-several"),
    FollowOutcome.API_ERROR: ("api-trouble", "api-trouble-several"),
    FollowOutcome.LOOKING_UP: ("looking-up", "looking-up-several"),
}
_REFUSALS = frozenset({FollowOutcome.LINK_NEEDED, FollowOutcome.PERSON_HIDDEN})
_LIMITS = frozenset(
    {
        FollowOutcome.TOO_MANY_FOLLOWED,
        FollowOutcome.TOO_MANY_AWAITED,
        FollowOutcome.TOO_MANY_LOOKUPS,
        FollowOutcome.TOO_MANY_TODAY,
        FollowOutcome.TOO_MANY_NOT_FOUND,
    }
)  # of which the next number would meet the same


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number, or (`verified`) the order id of a signed link."""

    number: str
    verified: bool = False


async def follow_order(
    request: Request, context: HandlerContext, number: str, *, verified: bool = False, label: str | None = None
) -> None:
    """Follow the order that a number means (with `verified` it is the id of a signed link)."""
    result = await context.follow_service.follow(request.requester, number, verified=verified, label=label)
    await _answer(request, context, result)
    _answer_later(request, context, result)


async def follow_orders(request: Request, context: HandlerContext, wanted: Sequence[Wanted]) -> None:
    """Follow what one message names; what is said of several in the same way is said once."""
    now, rest = wanted[:MOST_AT_ONCE], wanted[MOST_AT_ONCE:]
    if len(wanted) == 1:
        await follow_order(request, context, now[0].number, verified=now[0].verified)
        return
    results = list[FollowResult]()
    for place, one in enumerate(now, 1):
        # the message is settled by its last number: until then it may be begun anew
        with nullcontext() if place == len(now) else handling(None):
            result = await context.follow_service.follow(request.requester, one.number, verified=one.verified)
        is_first = all(before.outcome is not FollowOutcome.LOOKING_UP for before in results)
        results.append(result)
        if result.outcome is FollowOutcome.LOOKING_UP and is_first:  # whoever waits hears so at once
            await context.answer(request, "looking-up-several")
        _answer_later(request, context, result)
    later = [one.number for one in rest]
    await _answer_several(request, context, results, later)
    if later and not {one.outcome for one in results} & {*_REFUSALS, *_LIMITS}:
        named = context.order_names(request, later)
        await context.answer(request, "numbers-rest", count=len(now), orders=named)


async def _answer_several(
    request: Request, context: HandlerContext, results: Sequence[FollowResult], later: Sequence[str]
) -> None:
    limit = next((one.outcome for one in reversed(results) if one.outcome in _LIMITS), None)
    for outcome in dict.fromkeys(one.outcome for one in results):
        alike = [one for one in results if one.outcome is outcome]
        if outcome is FollowOutcome.LOOKING_UP:
            continue
        if len(alike) == 1 and outcome in _ABOUT_THE_ORDER:
            await _answer(request, context, alike[0])
        elif outcome in _ABOUT_THE_ORDER:
            named = context.order_names(request, [one.number for one in alike])
            await context.answer(request, _ABOUT_THE_ORDER[outcome][1], orders=named)
        else:
            await _refuse(request, context, alike, later if outcome is limit else ())


async def _refuse(
    request: Request, context: HandlerContext, alike: Sequence[FollowResult], later: Sequence[str]
) -> None:
    """Say once what the limit is, and which numbers it has met, or would have: those that were left for later."""
    text = _text(request, context, alike[0])
    if text is None:
        return
    numbers = [*(one.number for one in alike if one.number), *later]
    if numbers and alike[0].outcome not in _REFUSALS:
        named = context.order_names(request, numbers)
        rest = context.text(request, "not-looked-up", count=len(numbers), orders=named)
        text = Text(f"{text.html}\n{rest.html}", text.buttons)
    await context.reply(request, text)


def _answer_later(request: Request, context: HandlerContext, result: FollowResult) -> None:
    """Answer once more when a lookup has ended that takes long."""

    async def wait_and_answer(later: "asyncio.Task[FollowResult]") -> None:
        await _answer(request, context, await later)

    if result.later is not None:
        context.follow_ups.start(wait_and_answer(result.later))


async def _answer(request: Request, context: HandlerContext, result: FollowResult) -> None:
    text = _text(request, context, result)
    if text is not None:
        await context.reply(request, text)


def _text(request: Request, context: HandlerContext, result: FollowResult) -> Text | None:
    """Return what is said of a result; None where the outbox says it, or nobody wants to know any more."""
    if result.outcome in _ABOUT_THE_ORDER:
        named = context.renderer.order_name(request.locale, result.number)
        return context.text(request, _ABOUT_THE_ORDER[result.outcome][0], order=named)
    if result.outcome is FollowOutcome.LINK_NEEDED:
        return context.text(request, "link-required")
    if result.outcome is FollowOutcome.PERSON_HIDDEN:
        return with_buttons(context.text(request, "person-hidden"), context.private_chat(request))
    if result.outcome is FollowOutcome.NO_ORDER:
        return no_number(request, context)
    return _limit_text(request, context, result)


def no_number(request: Request, context: HandlerContext) -> Text:
    """Return what is said to whoever sent something else for an order number; none is asked for if a link is needed."""
    return context.text(request, "link-required" if context.needs_link(request) else "not-a-number")


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
            return context.text(request, "day-limit", count=result.limit, wait=max(1, ceil(result.wait / HOUR)))
        case FollowOutcome.TOO_MANY_NOT_FOUND:
            return context.text(request, "wait", minutes=max(1, ceil(result.wait / 60)))
        case _:
            return None
