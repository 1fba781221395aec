"""What the bot asks of staff, to be replied to: it is known again by its words, so that nothing need be kept."""

from aiogram.filters import Filter
from aiogram.types import Message

from bot.telegram.filters import Found
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.words.html.markup import visible_text

SEARCH, WRITE = "panel-search", "panel-write"
WRITE_NUMBER = "write-number"


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


def _asked_with(
    entity: str, message: Message, request: Request, context: HandlerContext
) -> tuple[str | None, str | None]:
    """Return what a text of staff replies to, and the first part of that which is such an entity; None for neither."""
    asked = answered_message(message, request, context)
    if asked is None or asked.text is None or message.text is None:
        return None, None
    parts = (one.extract_from(asked.text) for one in asked.entities or () if one.type == entity)
    return asked.text, next(parts, None)


class AnswersQuestion(Filter):
    """The message replies to this question."""

    def __init__(self, key: str) -> None:
        self.key = key

    async def __call__(self, event: Message, request: Request, context: HandlerContext) -> bool:
        """Let aiogram ask for each message."""
        return question_answered(event, request, context) == self.key


class AnswersWrite(Filter):
    """The message answers the question what followers of an order are to read; the handler gets `number`."""

    async def __call__(self, message: Message, request: Request, context: HandlerContext) -> Found:
        """Let aiogram ask for each message."""
        asked, number = _asked_with("code", message, request, context)
        # it is known by its words, so that it is answered after a restart too
        languages = (locale for locale, _ in context.renderer.languages())
        is_ours = number is not None and any(
            asked == visible_text(context.renderer.answer(one, "write-ask", number=number).html) for one in languages
        )
        return {"number": number} if is_ours else False


class GivesNumber(Filter):
    """The message answers the question which order a note is for; the handler gets `words`, the note."""

    async def __call__(self, event: Message, request: Request, context: HandlerContext) -> Found:
        """Let aiogram ask for each message."""
        asked, words = _asked_with("blockquote", event, request, context)
        if asked is None or words is None:
            return False
        ours = (
            context.renderer.plain(locale, WRITE_NUMBER, text=context.renderer.quoted(words))
            for locale, _name in context.renderer.languages()
        )
        return {"words": words} if asked in ours else False
