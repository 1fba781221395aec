"""A refused message once more, without anything that Telegram could refuse: no tags, only buttons that surely work."""

import html
import re

from bot.words.html.markup import TAGS, TEXT_LIMIT, head, units
from bot.words.texts import CALLBACK_BYTES, COPY_LIMIT, Button, ButtonKind, Text

_TAG = re.compile(rf"</?(?:{'|'.join(sorted(TAGS))})(?:\s(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)?\s*/?>", re.IGNORECASE)


def plain_text(text: Text) -> str:
    """Return what the message says, in at most TEXT_LIMIT UTF-16 units; the addresses of its buttons follow.

    Only Telegram's tags are taken out: any other `<` may be the very name that had not been escaped.
    """
    said = _sendable(html.unescape(_TAG.sub("", text.html)).strip())
    addresses = _sendable("".join(f"\n{one.label}: {one.value}" for one in _of_kind(text, ButtonKind.URL)))
    return head(head(said, TEXT_LIMIT - units(addresses)) + addresses, TEXT_LIMIT)


def plain_buttons(text: Text) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that can't be the reason of a refusal: callbacks and copies within their limits."""
    rows = (tuple(button for button in row if _surely_works(button)) for row in text.buttons)
    return tuple(row for row in rows if row)


def _of_kind(text: Text, kind: ButtonKind) -> list[Button]:
    return [button for row in text.buttons for button in row if button.kind is kind]


def _surely_works(button: Button) -> bool:
    if not button.label.strip():
        return False
    match button.kind:
        case ButtonKind.CALLBACK:
            return 1 <= len(button.value.encode()) <= CALLBACK_BYTES
        case ButtonKind.COPY:
            return 1 <= len(button.value) <= COPY_LIMIT
    return False


def _sendable(text: str) -> str:
    """Return the text with a question mark for each lone surrogate: no request could hold it."""
    return text.encode("utf-8", "replace").decode()
