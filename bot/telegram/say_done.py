"""Say what an update has done, at once or after a restart: the process may have ended before anybody was told."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.telegram.filters import Found
from bot.telegram.handler_context import HandlerContext
from bot.telegram.middleware import ToastMiddleware
from bot.telegram.request import Request
from bot.transactions.inbox import Done, DoneKind

TOASTS = {
    DoneKind.STOPPED: "toast-stopped",
    DoneKind.STOPPED_AWAITING: "toast-stopped",
    DoneKind.STOPPED_ALL: "toast-saved",
}


class HasDone(Filter):
    """The update has done its work before a restart; whoever feeds it to the dispatcher says what."""

    async def __call__(self, event: TelegramObject, done: Done | None = None) -> Found:
        """Let aiogram ask for each event."""
        return {"done": done} if done is not None else False


async def message(message: Message, request: Request, context: HandlerContext, done: Done) -> None:
    """Answer a message whose work was done before a restart."""
    await context.reply(request, context.done_text(request, done))


async def press(query: CallbackQuery, request: Request, context: HandlerContext, done: Done) -> str | None:
    """Answer a press whose work was done before a restart."""
    text = context.done_text(request, done)
    if done.kind is DoneKind.TOLD and query.message is not None:
        await context.replies.edit(request.chat_id, query.message.message_id, text)
    else:
        await context.reply(request, text)
    return TOASTS.get(done.kind)


def router() -> Router:
    """Return the handlers of what was done before a restart: they come before all that would do it again."""
    made = Router(name="done")
    made.callback_query.middleware(ToastMiddleware())
    made.message.register(message, HasDone())
    made.callback_query.register(press, HasDone())
    return made
