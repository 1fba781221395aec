"""What an older Bot API server doesn't know (a tag, a kind of button), and a message without it. Pure.

A self-hosted server knows what Telegram knew when it was built. It refuses the whole message for what it doesn't know.
Telegram's own BUTTON_TYPE_INVALID is none of its words: that is a button that may not stand in this chat.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from bot.words.html.markup import TAGS
from bot.words.texts import Button, ButtonKind, Text

COPY_BUTTONS = "copy_text"
BUTTON_STYLES = "style"
EXPANDABLE = "expandable"  # a blockquote's attribute, which has no value
NEWEST_TAG = "tg-time"

_UNKNOWN_TAG = re.compile(r"unsupported (?:start )?tag \W?(?P<tag>[a-z-]+)", re.IGNORECASE)
_UNKNOWN_ATTRIBUTE = 'attribute of the tag "blockquote"'
_EXPANDABLE = "<blockquote expandable>"
_OWN_MISTAKES = ("invalid", "url", "end tag", "too_long", "too long")  # said of a known tag or button
_NO_KNOWN_ACTION = "text buttons are unallowed"  # of a button with no action that it knows


def unknown_feature(reason: str, text: Text) -> str | None:
    """Return what of this message the server may not know, by the words of its refusal; None if they name nothing."""
    named = _UNKNOWN_TAG.search(reason)
    if named is not None:
        tag = named["tag"].lower()
        return tag if tag in TAGS and _has_tag(text, tag) else None
    said = reason.lower()
    if "style" in said or "button" in said or "keyboard" in said:
        return _unknown_in_buttons(said, text)
    return _unknown_in_tags(said, text) if "parse entities" in said else None


def _unknown_in_buttons(said: str, text: Text) -> str | None:
    if "style" in said:
        return BUTTON_STYLES if _has_button(text, _is_styled) else None
    if _NO_KNOWN_ACTION not in said and _is_own_mistake(said):
        return None
    if _has_button(text, _copies):
        return COPY_BUTTONS
    return BUTTON_STYLES if _NO_KNOWN_ACTION not in said and _has_button(text, _is_styled) else None


def _unknown_in_tags(said: str, text: Text) -> str | None:
    if _UNKNOWN_ATTRIBUTE in said:
        return EXPANDABLE if _EXPANDABLE in text.html else None
    if _is_own_mistake(said):
        return None
    if _has_tag(text, NEWEST_TAG):
        return NEWEST_TAG
    return EXPANDABLE if _EXPANDABLE in text.html else None


def without(text: Text, features: Collection[str]) -> Text:
    """Return the message without these: a tag's content and a coloured button stay, a button that copies goes."""
    for tag in TAGS & set(features):
        text = replace(text, html=re.sub(rf"</?{tag}(?:\s[^<>]*)?>", "", text.html))
    if EXPANDABLE in features:
        text = replace(text, html=text.html.replace(_EXPANDABLE, "<blockquote>"))
    if COPY_BUTTONS in features and _has_button(text, _copies):
        rows = (tuple(button for button in row if not _copies(button)) for row in text.buttons)
        text = replace(text, buttons=tuple(row for row in rows if row))
    if BUTTON_STYLES in features and _has_button(text, _is_styled):
        text = replace(text, buttons=tuple(tuple(replace(one, style=None) for one in row) for row in text.buttons))
    return text


def _is_own_mistake(said: str) -> bool:
    return any(words in said for words in _OWN_MISTAKES)


def _has_tag(text: Text, tag: str) -> bool:
    return re.search(rf"<{tag}[\s>]", text.html) is not None


def _has_button(text: Text, fits: Callable[[Button], bool]) -> bool:
    return any(fits(button) for row in text.buttons for button in row)


def _copies(button: Button) -> bool:
    return button.kind is ButtonKind.COPY


def _is_styled(button: Button) -> bool:
    return button.style is not None
