"""What an older Bot API server doesn't know (a tag, a kind of button), and a message without it. Pure.

A self-hosted server knows what Telegram knew when it was built. It refuses the whole message for what it doesn't know.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from bot.words.html.markup import TAGS
from bot.words.texts import ButtonKind, Text

COPY_BUTTONS = "copy_text"
NEWEST_TAG = "tg-time"

_UNKNOWN_TAG = re.compile(r"unsupported (?:start )?tag \W?(?P<tag>[a-z-]+)", re.IGNORECASE)
_OWN_MISTAKES = ("invalid", "url", "end tag", "too_long", "too long")  # said of a known tag or button
_UNKNOWN_BUTTON = ("text buttons are unallowed", "button_type_invalid")  # of a button with no action that it knows


def unknown_feature(reason: str, text: Text) -> str | None:
    """Return what of this message the server may not know, by the words of its refusal; None if they name nothing."""
    named = _UNKNOWN_TAG.search(reason)
    if named is not None:
        tag = named["tag"].lower()
        return tag if tag in TAGS and _has_tag(text, tag) else None
    said = reason.lower()
    if any(words in said for words in _OWN_MISTAKES) and not any(words in said for words in _UNKNOWN_BUTTON):
        return None
    if ("button" in said or "keyboard" in said) and _has_copy_button(text):
        return COPY_BUTTONS
    return NEWEST_TAG if "parse entities" in said and _has_tag(text, NEWEST_TAG) else None


def without(text: Text, features: Collection[str]) -> Text:
    """Return the message without these: of a tag its content stays, a copy button is left out."""
    for tag in TAGS & set(features):
        text = replace(text, html=re.sub(rf"</?{tag}(?:\s[^<>]*)?>", "", text.html))
    if COPY_BUTTONS in features and _has_copy_button(text):
        rows = (tuple(button for button in row if button.kind is not ButtonKind.COPY) for row in text.buttons)
        text = replace(text, buttons=tuple(row for row in rows if row))
    return text


def _has_tag(text: Text, tag: str) -> bool:
    return re.search(rf"<{tag}[\s>]", text.html) is not None


def _has_copy_button(text: Text) -> bool:
    return any(button.kind is ButtonKind.COPY for row in text.buttons for button in row)
