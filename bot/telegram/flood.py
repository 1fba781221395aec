"""What the first of too many updates of a person gets: a word that the rest is skipped, once until all is answered."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.telegram.handler_context import HandlerContext
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.request import Request


class IsTooMany(Filter):
    """The update is one too many: whoever feeds it to the dispatcher says so."""

    async def __call__(self, event: TelegramObject, is_too_many: bool = False) -> bool:
        """Let aiogram ask for each event."""
        return is_too_many


async def message(message: Message, request: Request, context: HandlerContext) -> None:
    """Say that this message and what comes behind it are skipped."""
    await context.answer(request, "flood")


async def press(query: CallbackQuery) -> str:
    """Say that this press is skipped."""
    return "toast-flood"


def router() -> Router:
    """Return the handlers of what is one too many: they come before all that would do something."""
    made = Router(name="flood")
    made.callback_query.middleware(ToastMiddleware())
    made.message.register(message, IsTooMany())
    made.callback_query.register(press, IsTooMany())
    return made
