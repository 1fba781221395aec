"""The card of one order that staff see, with its buttons: by `/check`, and by any command about an unknown order."""

from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import Rows, fingerprint, with_buttons
from bot.telegram.request import Request
from bot.tracking.model import Order
from bot.words.callbacks import CallbackAction as Action
from bot.words.callbacks import fits_button
from bot.words.messages.check_context import OrderCheck
from bot.words.texts import Button, Text

BETWEEN = "."  # of an order's key and the fingerprint of its id: a key is given again once its order is gone


def order_card(request: Request, context: HandlerContext, check: OrderCheck) -> Text:
    """Return what is known of an order, with the buttons under it."""
    text = context.renderer.order_check(check, request.locale, context.clock.wall())
    if check.order is None:
        return with_buttons(text, _rows_without_order(request, context, check.number))
    order = check.order
    for_admins = [
        order_button(request, context, "button-resend", Action.CHECK_RESEND, order),
        order_button(request, context, "button-write", Action.CHECK_WRITE, order),
    ]
    rows = [
        [
            order_button(request, context, "button-refresh", Action.CHECK_REFRESH, order),
            order_button(request, context, "button-details", Action.CHECK_DETAILS, order),
        ],
        for_admins if request.is_admin else [],
        [
            order_button(request, context, "button-followers", Action.CHECK_FOLLOWERS, order),
            order_button(request, context, "button-link", Action.CHECK_LINK, order),
        ],
    ]
    return with_buttons(text, [row for row in rows if row])


def _rows_without_order(request: Request, context: HandlerContext, number: str) -> Rows:
    if not fits_button(number, Action.CHECK_NUMBER):
        return ()
    return [[context.button(request, "button-refresh", Action.CHECK_NUMBER, number)]]


def details_rows(request: Request, context: HandlerContext, order: Order, page: int, pages: int) -> Rows:
    """Return the buttons under a page of the raw values: to the others, and back to the card."""
    others = (("button-later", page - 1), ("button-earlier", page + 1))
    turns = [
        order_button(request, context, key, Action.CHECK_DETAILS, order, page=other)
        for key, other in others
        if 0 <= other < pages
    ]
    back = order_button(request, context, "button-back", Action.CHECK_BACK, order)
    return [turns, [back]] if turns else [[back]]


def order_button(
    request: Request, context: HandlerContext, key: str, action: Action, order: Order, *, page: int = 0
) -> Button:
    """Return a button that names a stored order, and a page behind the first."""
    argument = f"{order.id}{BETWEEN}{fingerprint(order.order_id)}"
    return context.button(request, key, action, f"{argument}{BETWEEN}{page}" if page else argument)
