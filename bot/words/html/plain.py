"""A refused message once more, without anything that Telegram could refuse: no tags, only buttons that surely work."""

import html
import re

from bot.words.texts import Button, ButtonKind, Text

TEXT_UNITS = 4096
CALLBACK_BYTES = 64
COPY_CHARACTERS = 256
TAGS = "a|b|strong|i|em|u|ins|s|strike|del|code|pre|span|blockquote|tg-spoiler|tg-emoji|tg-time"
TAG = re.compile(rf"</?(?:{TAGS})(?:\s(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)?\s*/?>", re.IGNORECASE)


def plain_text(text: Text) -> str:
    """What the message says, in at most 4096 UTF-16 units; addresses of URL buttons follow as lines of their own.

    Only Telegram's tags are taken out: any other `<` may be the very name that had not been escaped.
    """
    said = html.unescape(TAG.sub("", text.html)).strip()
    addresses = "".join(f"\n{button.label}: {button.value}" for button in _of_kind(text, ButtonKind.URL))
    return _cut(_cut(said, TEXT_UNITS - _units(addresses)) + addresses, TEXT_UNITS)


def plain_buttons(text: Text) -> tuple[tuple[Button, ...], ...]:
    """The buttons that can't be the reason of a refusal: callbacks and copies within their limits."""
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
            return 1 <= len(button.value) <= COPY_CHARACTERS
    return False


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _cut(text: str, units: int) -> str:
    """Never in the middle of a character."""
    return text.encode("utf-16-le", "replace")[: max(0, units) * 2].decode("utf-16-le", "ignore")
