"""The menu of how much a chat hears."""

from bot.telegram import keyboards
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.tracking.model import Level
from bot.words.texts import Text


def settings_text(request: Request, context: HandlerContext) -> Text:
    """Return how much the chat hears now, with a button for each level."""
    names = {level: context.renderer.plain(request.locale, f"level-name-{level.value}") for level in Level}
    now = names[context.follow_service.level(request.chat_id)]
    text = context.renderer.listing(request.locale, "settings", [("settings-levels", {})], level=now)
    return keyboards.with_buttons(text, keyboards.levels(names))
