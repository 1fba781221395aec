"""The buttons under answers: their data, written and read in one place. A press proves nothing: the press is checked.

`r:` refresh and `s:` stop a card's subscription, `x:` stop one of a list, `w:` stop awaiting, `a:` stop all, `c:` show
a card, `l:` language, `v:` level, `f:` forget, `t:` send what staff wrote, `u:` throw it away.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.tracking.model import Level, Order, Subscription
from bot.words.messages.buttons import button_label
from bot.words.texts import Button, ButtonKind, Text

Rows = Sequence[Sequence[Button]]

LANGUAGES_IN_A_ROW = 2
MOST_ORDERS = 30


def button(label: str, data: str) -> Button:
    """A button that calls the bot back; `data` is at most 64 bytes."""
    return Button(label, ButtonKind.CALLBACK, data)


def with_buttons(text: Text, rows: Rows) -> Text:
    """The text with these rows under its own."""
    return replace(text, buttons=(*text.buttons, *(tuple(row) for row in rows))) if rows else text


def read(data: str | None) -> tuple[str, str]:
    """What a press asks for: its sign and its argument; two empty strings for data that is none of ours."""
    sign, colon, argument = (data or "").partition(":")
    return (sign, argument) if colon else ("", "")


def number_in(argument: str) -> int | None:
    """A row's number; None for anything that can't be one."""
    return int(argument) if argument.isascii() and argument.isdecimal() and len(argument) <= 18 else None


def digest(number: str) -> str:
    """An awaited number may be longer than a button's data: its fingerprint is not."""
    return hashlib.sha256(number.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def orders(followed: Iterable[tuple[Subscription, Order]], sign: str, *, labels: bool) -> list[list[Button]]:
    """A row for each order, with its number, or its label where `labels` may be seen."""
    return [
        [button(button_label(subscription.label if labels else None, order.order_id), f"{sign}:{subscription.id}")]
        for subscription, order in list(followed)[:MOST_ORDERS]
    ]


def awaited(numbers: Iterable[str]) -> list[list[Button]]:
    """A row for each number that is awaited, to stop it."""
    return [[button(button_label(one), f"w:{digest(one)}")] for one in numbers]


def languages(available: Iterable[tuple[str, str]]) -> list[list[Button]]:
    """Each language by its own name."""
    all_of_them = [button(name, f"l:{locale}") for locale, name in available]
    starts = range(0, len(all_of_them), LANGUAGES_IN_A_ROW)
    return [all_of_them[start : start + LANGUAGES_IN_A_ROW] for start in starts]


def levels(names: dict[Level, str]) -> list[list[Button]]:
    """Each level in a row of its own."""
    return [[button(name, f"v:{level.value}")] for level, name in names.items()]
