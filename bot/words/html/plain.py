"""Reduce a message that Telegram has refused to what it can't refuse: no tags, and only buttons that surely work."""

import html
import re
from dataclasses import replace

from bot.words.html.markup import TAGS
from bot.words.html.utf16 import utf16_length, utf16_prefix
from bot.words.limits import CALLBACK_DATA_BYTES, TEXT_UNITS
from bot.words.texts import Button, ButtonKind, Text

_TAG = re.compile(rf"</?(?:{'|'.join(sorted(TAGS))})(?:\s(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)?\s*/?>", re.IGNORECASE)


def plain_text(text: Text) -> str:
    """Return the message without tags, shortened to Telegram's limit, with each URL button as a line at the end.

    Only Telegram's own tags are removed: any other `<` may belong to a name that should have been escaped.
    """
    content = html.unescape(_TAG.sub("", text.html)).strip()
    links = "".join(f"\n{button.label}: {button.value}" for button in _url_buttons(text))
    return utf16_prefix(utf16_prefix(content, TEXT_UNITS - utf16_length(links)) + links, TEXT_UNITS)


def plain_buttons(text: Text) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that can't be the reason for a refusal: callback buttons without a colour."""
    rows = (tuple(replace(button, style=None) for button in row if _surely_works(button)) for row in text.buttons)
    return tuple(row for row in rows if row)


def _url_buttons(text: Text) -> list[Button]:
    return [button for row in text.buttons for button in row if button.kind is ButtonKind.URL]


def _surely_works(button: Button) -> bool:
    if not button.label.strip():
        return False
    return button.kind is ButtonKind.CALLBACK and 1 <= len(button.value.encode()) <= CALLBACK_DATA_BYTES
