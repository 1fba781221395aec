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


def order_button(request: Request, context: HandlerContext, key: str, action: Action, order: Order) -> Button:
    """Return a button that names a stored order."""
    return context.button(request, key, action, f"{order.id}{BETWEEN}{fingerprint(order.order_id)}")
