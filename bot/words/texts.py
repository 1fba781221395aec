"""What the words room hands out: a text and its buttons as data, without any Telegram type."""

from dataclasses import dataclass
from enum import StrEnum

CALLBACK_BYTES = 64  # Telegram's limits on what a button may hold
COPY_LIMIT = 256


class ButtonKind(StrEnum):
    """What a press does: opens an address, calls the bot back, copies text."""

    URL = "url"
    CALLBACK = "callback"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Button:
    """`value` is the address, the callback data (at most CALLBACK_BYTES) or the text to copy (COPY_LIMIT)."""

    label: str
    kind: ButtonKind
    value: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message: HTML as Telegram parses it, and rows of buttons.

    `links` are the courier links it shows and `troubles` the open incidents and holds it names, both by shipment key.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()
