"""Refuse what an older Bot API server doesn't know: <tg-time>, expandable quotes, copying and coloured buttons."""

import re
from collections.abc import Iterator

from bot.simulators.telegram.errors import bad_request
from bot.simulators.telegram.parameters import Parameters

NEWER = re.compile(r"<tg-time|(?<=<blockquote )expandable")


def refuse_what_is_newer(parameters: Parameters) -> None:
    """Raise ApiError for a message with something of the kind."""
    for why in (*_newer_in_tags(parameters), *_newer_in_buttons(parameters)):
        raise bad_request(why)


def _newer_in_tags(parameters: Parameters) -> Iterator[str]:
    for name in ("text", "caption"):
        found = NEWER.search(parameters.text(name)) if parameters.text("parse_mode") else None
        if found is None:
            continue
        why = 'Unsupported start tag "tg-time"'
        if found[0] == "expandable":
            why = 'Expected equal sign in declaration of an attribute of the tag "blockquote"'
        yield f"can't parse entities: {why} at byte offset {found.start()}"


def _newer_in_buttons(parameters: Parameters) -> Iterator[str]:
    markup = parameters.json_value("reply_markup") or {}
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    if any("copy_text" in button for button in buttons):
        yield "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    if any("style" in button for button in buttons):
        yield 'can\'t parse inline keyboard button: Field "style" is not supported'
