"""Say to staff which followers of an order can be written to: in the same words wherever something would go to them."""

from collections.abc import Iterator, Mapping

from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.tracking.model import Order

Row = tuple[str, Mapping[str, object]]  # a key with its values


async def reaches_somebody(request: Request, context: HandlerContext, order: Order) -> bool:
    """Return whether anything can be sent to the followers of an order; where it can't, say why."""
    if context.staff_service.count_followers(order):
        return True
    unreachable = _unreachable(request, context, order)
    key = "who-unreachable" if unreachable else "who-nobody"
    text = context.renderer.answer(request.locale, key, number=order.order_id, **unreachable)
    await context.reply(request, text)
    return False


def who_else(request: Request, context: HandlerContext, order: Order) -> Iterator[Row]:
    """Yield the line about the followers that nothing reaches, besides those whom it reaches."""
    if unreachable := _unreachable(request, context, order):
        yield "who-rest", unreachable


def _unreachable(request: Request, context: HandlerContext, order: Order) -> dict[str, object]:
    counted = context.staff_service.unreachable_followers(order)
    if not counted:
        return {}
    why = context.renderer.telegram_reasons(request.locale, counted)
    return {"count": sum(count for _, count in counted), "why": why}
