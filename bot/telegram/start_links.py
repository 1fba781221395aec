"""The payload of a link that opens the bot, pressed or pasted: which order it means, and whether it is proven."""

from bot.people import links
from bot.telegram.follow_order import Wanted
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.understanding.numbers import leading_number
from bot.understanding.order_forms import form_of


def wanted_by(payload: str, request: Request, context: HandlerContext, *, rest: str = "") -> Wanted | None:
    """Return what a payload is to follow; None if the link is not valid. `rest`: what follows it in the message."""
    linked = links.read(payload, context.config.link_secrets)
    if linked is not None:
        return Wanted(linked, verified=True)
    if context.needs_link(request):
        return None
    number = _outdated(payload) if links.looks_signed(payload) else leading_number(rest or payload)[0]
    return Wanted(number) if number is not None else None


def _outdated(payload: str) -> str | None:
    """Return the order of a link whose secret is used no longer: as a number, which it proves no more than typing it.

    Only a known form tells such a link from any text; the payload itself is never a number.
    """
    return next((one for one in links.ids_meant(payload) if form_of(one) is not None), None)
