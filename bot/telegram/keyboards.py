"""The rows of buttons under answers."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.tracking.model import Level, Order, Subscription
from bot.words.callbacks import QUIET_OFF, QUIET_ON, CallbackAction, callback_button
from bot.words.messages.buttons import button_label
from bot.words.texts import Button, Text

Rows = Sequence[Sequence[Button]]

LANGUAGES_IN_A_ROW = 2
MOST_ORDERS = 30


def with_buttons(text: Text, rows: Rows) -> Text:
    """Return the text with these rows under its own."""
    return replace(text, buttons=(*text.buttons, *(tuple(row) for row in rows))) if rows else text


def fingerprint(number: str) -> str:
    """Return what stands for an awaited number in a button's data, which the number itself may be too long for."""
    return hashlib.sha256(number.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def orders(
    followed: Iterable[tuple[Subscription, Order]], action: CallbackAction, *, labels: bool
) -> list[list[Button]]:
    """Return a row for each order, with its number, or its label where `labels` may be seen."""
    return [
        [callback_button(button_label(one.label if labels else None, order.order_id), action, one.id)]
        for one, order in list(followed)[:MOST_ORDERS]
    ]


def awaited(numbers: Iterable[str]) -> list[list[Button]]:
    """Return a row for each number that is awaited, to stop it."""
    return [[callback_button(button_label(one), CallbackAction.STOP_AWAITING, fingerprint(one))] for one in numbers]


def guesses(numbers: Iterable[str]) -> list[list[Button]]:
    """Return a row for each number that may be meant, to look it up."""
    return [[callback_button(button_label(one), CallbackAction.LOOK_UP, one)] for one in numbers]


def languages(available: Iterable[tuple[str, str]]) -> list[list[Button]]:
    """Return each language by its own name."""
    buttons = [callback_button(name, CallbackAction.SET_LANGUAGE, locale) for locale, name in available]
    starts = range(0, len(buttons), LANGUAGES_IN_A_ROW)
    return [buttons[start : start + LANGUAGES_IN_A_ROW] for start in starts]


def levels(names: Mapping[Level, str]) -> list[list[Button]]:
    """Return each level in a row of its own."""
    return [[callback_button(name, CallbackAction.SET_LEVEL, level.value)] for level, name in names.items()]


def quiet_switch(label: str, *, is_quiet: bool) -> list[list[Button]]:
    """Return the row that lets nothing ring at night, or lets it again."""
    return [[callback_button(label, CallbackAction.SET_QUIET, QUIET_OFF if is_quiet else QUIET_ON)]]
