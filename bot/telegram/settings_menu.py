"""The menu of how much a chat hears, and whether anything rings there at night."""

from bot.telegram import keyboards
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.tracking.model import Level
from bot.words.callbacks import PANEL_HOME, CallbackAction
from bot.words.texts import Text


def settings_text(request: Request, context: HandlerContext) -> Text:
    """Return what is set for the chat, with a button for each level and one for its nights."""
    names = {level: context.renderer.plain(request.locale, f"level-name-{level.value}") for level in Level}
    now = names[context.follow_service.level(request.chat_id)]
    chat = context.follow_service.chat(request.chat_id)
    is_quiet = chat is not None and chat.quiet_nights
    rows: list[tuple[str, dict[str, object]]] = [
        ("settings-levels", {}),
        ("settings-nights", {"quiet": "yes" if is_quiet else "no"}),
    ]
    if request.is_staff:
        rows.append(("panel-settings", {"admin": request.is_admin}))
    text = context.renderer.listing(request.locale, "settings", rows, level=now)
    switch = context.renderer.plain(request.locale, "button-loud-nights" if is_quiet else "button-quiet-nights")
    buttons = [*keyboards.levels(names), *keyboards.quiet_switch(switch, is_quiet=is_quiet)]
    if request.is_staff:
        buttons.append([context.button(request, "button-panel-home", CallbackAction.PANEL, PANEL_HOME)])
    return keyboards.with_buttons(text, buttons)
