"""A message as data: HTML and buttons, without any type of a Telegram library."""

from dataclasses import dataclass
from enum import StrEnum


class ButtonKind(StrEnum):
    """What pressing a button does: open a URL, call the bot back, or copy text."""

    URL = "url"
    CALLBACK = "callback"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `value` is the URL, the callback data or the text to copy; `limits` says how long they may be."""

    label: str
    kind: ButtonKind
    value: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message: HTML as Telegram parses it, and rows of buttons.

    `links` are the couriers' links that it shows, `troubles` the open incidents and holds that it names; both are by
    shipment key.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()
