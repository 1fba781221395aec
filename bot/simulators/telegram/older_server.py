"""Refuse what an older Bot API server doesn't know, in its words: the tag <tg-time>, and buttons that copy a text."""

from bot.simulators.telegram.errors import bad_request
from bot.simulators.telegram.parameters import Parameters


def refuse_what_is_newer(parameters: Parameters) -> None:
    """Raise ApiError for a message with something of the kind."""
    for name in ("text", "caption"):
        offset = parameters.text(name).find("<tg-time")
        if parameters.text("parse_mode") and offset >= 0:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "tg-time" at byte offset {offset}')
    markup = parameters.json_value("reply_markup") or {}
    rows = markup.get("inline_keyboard", [])
    if any("copy_text" in button for row in rows for button in row):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
