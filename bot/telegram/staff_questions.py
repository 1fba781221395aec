"""What the bot asks of staff, to be replied to: it is known again by its words, so that nothing need be kept."""

from aiogram.filters import Filter
from aiogram.types import Message

from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request

SEARCH, WRITE = "panel-search", "panel-write"


def answered_message(message: Message, request: Request, context: HandlerContext) -> Message | None:
    """Return the message of ours to which a message of staff replies; None if it replies to none, or is a command."""
    answered = message.reply_to_message
    if not request.is_staff or request.command is not None or answered is None or answered.from_user is None:
        return None
    return answered if answered.from_user.id == context.me.id else None


def question_answered(message: Message, request: Request, context: HandlerContext) -> str | None:
    """Return the key of the question of ours that a message of staff replies to; None if it replies to none."""
    question = answered_message(message, request, context)
    if question is None:
        return None
    for locale, _name in context.renderer.languages():
        for key in (SEARCH, WRITE):
            if question.text == context.renderer.plain(locale, key):
                return key
    return None


class AnswersQuestion(Filter):
    """The message replies to this question."""

    def __init__(self, key: str) -> None:
        self.key = key

    async def __call__(self, event: Message, request: Request, context: HandlerContext) -> bool:
        """Let aiogram ask for each message."""
        return question_answered(event, request, context) == self.key
