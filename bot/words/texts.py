"""A message as data: HTML and buttons, without any type of a Telegram library."""

from dataclasses import dataclass
from enum import StrEnum


class ButtonKind(StrEnum):
    """What pressing a button does: open a URL, call the bot back, copy text, or share a link that starts the bot."""

    URL = "url"
    CALLBACK = "callback"
    COPY = "copy"
    SHARE = "share"


class ButtonStyle(StrEnum):
    """Which colour a button has, in apps that have colours."""

    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `value` is the URL, the callback data, the text to copy, or the payload of a link that starts the bot.

    `limits` says how long they may be.
    """

    label: str
    kind: ButtonKind
    value: str
    style: ButtonStyle | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A message: HTML as Telegram parses it, and rows of buttons.

    `fingerprint`: of a card, what it shows without the times that tick by themselves; None for every other message.
    `asks`: the person is asked to reply to it with words of their own.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    fingerprint: str | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class CardWords:
    """A card without its buttons. `shown`: a digest of the lines of which its fingerprint is made."""

    html: str
    shown: str
