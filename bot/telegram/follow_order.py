"""Follow an order for whoever asks, and say what became of it; the card itself comes from the outbox."""

import asyncio

from bot.people.following import Said, Wish
from bot.people.limits import MOST_FOLLOWED, MOST_LOOKED_UP
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import with_buttons
from bot.telegram.request import Request
from bot.transactions.follow import MOST_AWAITED
from bot.words.texts import Text

_ABOUT_THE_ORDER = {
    Said.AWAITING: "not-there",
    Said.AWAITING_ALREADY: "awaiting-already",
    Said.TROUBLE: "api-trouble",
    Said.LOOKING_UP: "looking-up",
}
_LIMITS = {
    Said.TOO_MANY_FOLLOWED: ("follow-limit", MOST_FOLLOWED),
    Said.TOO_MANY_AWAITED: ("awaiting-limit", MOST_AWAITED),
    Said.TOO_MANY_LOOKED_UP: ("look-up-limit", MOST_LOOKED_UP),
}


async def follow_order(
    request: Request, context: HandlerContext, number: str, *, verified: bool = False, label: str | None = None
) -> None:
    """Follow the order that a number means (with `verified` it is the id of a signed link)."""
    wish = await context.following.follow(request.asker, number, verified=verified, label=label)
    await _answer(request, context, wish)


async def _answer_later(request: Request, context: HandlerContext, later: "asyncio.Task[Wish]") -> None:
    await _answer(request, context, await later)


async def _answer(request: Request, context: HandlerContext, wish: Wish) -> None:
    text = _text(request, context, wish)
    if text is not None:
        await context.reply(request, text)
    if wish.later is not None:
        context.follow_ups.start(_answer_later(request, context, wish.later))


def _text(request: Request, context: HandlerContext, wish: Wish) -> Text | None:
    """Return what is said of a wish; None where the outbox says it, or nobody wants to know any more."""
    if wish.said in _ABOUT_THE_ORDER:
        named = context.renderer.order_name(request.locale, wish.number)
        return context.text(request, _ABOUT_THE_ORDER[wish.said], order=named)
    if wish.said in _LIMITS:
        key, count = _LIMITS[wish.said]
        return context.text(request, key, count=count)
    if wish.said is Said.NO_ORDER:
        return with_buttons(context.text(request, "not-a-number"), context.renderer.contact_buttons(request.locale))
    if wish.said is Said.TOO_MANY_MISSES:
        return context.text(request, "wait", minutes=max(1, round(wish.wait / 60 + 0.5)))
    return context.text(request, "link-required") if wish.said is Said.LINK_NEEDED else None
