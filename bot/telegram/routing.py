"""Which handler gets an update: aiogram's dispatcher with all our routers, in the order in which they are asked."""

from collections.abc import Callable

from aiogram import Dispatcher

from bot.telegram import (
    alert_buttons,
    beginning,
    callbacks,
    cards,
    flood,
    free_text,
    membership,
    panel,
    say_done,
    shopper,
    staff,
    staff_check,
)
from bot.telegram.errors import apologise
from bot.telegram.middleware import RequestMiddleware


def build_dispatcher(on_error: Callable[[str], None]) -> Dispatcher:
    """Return a dispatcher that lacks its `context` only; `on_error` is told for whom a handler has failed."""
    dispatcher = Dispatcher(disable_fsm=True, on_error=on_error)
    dispatcher.update.outer_middleware(RequestMiddleware())
    dispatcher.errors.register(apologise)
    talking = (membership, say_done, flood, staff, staff_check, panel, beginning, shopper, free_text)
    for module in (*talking, cards, alert_buttons, callbacks):
        dispatcher.include_router(module.router())
    return dispatcher
