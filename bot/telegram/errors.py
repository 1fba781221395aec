"""What a handler raises ends here: it is logged and counted, and the person gets an apology."""

import logging
from collections.abc import Callable

from aiogram.types import ErrorEvent

from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request

log = logging.getLogger(__name__)


async def apologise(
    event: ErrorEvent, context: HandlerContext, on_error: Callable[[str], None], request: Request | None = None
) -> None:
    """Say sorry to whoever asked, if somebody did."""
    update = event.update
    place = "?" if request is None else request.chat_id
    log.error("Update %s of chat %s failed", update.update_id, place, exc_info=event.exception)
    on_error("update" if request is None else "staff" if request.is_staff else "shopper")
    if request is None:
        return
    if update.callback_query is not None:
        await context.toast(request, update.callback_query.id, "toast-apology", alert=True)
    else:
        await context.answer(request, "apology")
