"""One language's voice: keys and raw values in, ready HTML out. Whatever is said in a message is said here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from html import unescape
from typing import Any

from babel.numbers import format_decimal

from bot.tracking.statuses import DELIVERED
from bot.words.fluent import emoji
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.times import babel_locale, moment
from bot.words.html.escaping import Markup, clean, code, cut, escaped
from bot.words.html.markup import pieces

_TIMES = frozenset({"time", "until"})
_CODES = frozenset({"number", "raw", "old", "new", "host", "reason", "command"})
_STORE_WORDS = frozenset({"text", "url"})  # staff's own: may be long, may hold links
LONG = 3000  # UTF-16 units of a text that staff wrote
_PLACEABLE_LIMIT = 2000  # fluent.runtime refuses plain strings from 2500 characters on


@dataclass(frozen=True, slots=True)
class StoreWords:
    """What is said of the store: its name (may be empty), its zone, opening hours as text, where to ask it."""

    name: str = ""
    timezone: tzinfo = field(default=UTC)
    hours: str = ""
    contact_url: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Says keys in one language, for one store."""

    catalog: Catalog
    store: StoreWords
    locale: str

    def line(self, key: str, **values: object) -> Markup:
        """The text of `key` as HTML; every value that isn't Markup already is escaped, cut or formatted by its name.

        `number` (an order id, with an optional `label`) brings `$order`; `status` brings `$state`, its short phrase;
        `time` and `until` are Unix seconds; bool becomes yes / no; int and float stay numbers; None is empty.
        """
        given = self._arguments(values)
        long = {name: text for name, text in given.items() if isinstance(text, str) and len(text) > _PLACEABLE_LIMIT}
        text = self.catalog.format(self.locale, key, **(given | {name: _stand_in(name) for name in long}))
        for name, passage in long.items():
            text = text.replace(_stand_in(name), passage)
        return Markup(text)

    def plain(self, key: str, **values: object) -> str:
        """The text of `key` as it is shown: for buttons, command descriptions, toasts. Cut nowhere."""
        return _shown(self.line(key, **values))

    def order(self, number: str, label: str | None = None) -> Markup:
        """How an order is called after the word for order: its label in the language's quotes, else its number."""
        name = escaped(label) if label else Markup()
        text = self.catalog.format(self.locale, "order-label", label=name) if name else code(number)
        return Markup(text)

    def short(self, status: str, *, collected: bool = False) -> Markup:
        """The short phrase of a status, as lists name it; the neutral one for a status that the table doesn't hold."""
        key = "short-collected" if collected and status == DELIVERED else emoji.short_key(status)
        return Markup(self.catalog.format(self.locale, key, **self._of_store()))

    def moment(self, wall: float) -> Markup:
        """Unix time as Telegram's own entity."""
        return moment(wall, self.locale, self.store.timezone)

    def quantity(self, amount: float) -> Markup:
        """A number as this language writes it."""
        return escaped(format_decimal(amount, locale=babel_locale(self.locale)), links=True)

    def _arguments(self, values: Mapping[str, object]) -> dict[str, Any]:
        given = self._of_store()
        if isinstance(number := values.get("number"), str):
            label = values.get("label")
            given["order"] = self.order(number, label if isinstance(label, str) else None)
        if isinstance(status := values.get("status"), str):
            given["state"] = self.short(status)
        given |= {name: self._argument(name, value) for name, value in values.items()}
        return given

    def _argument(self, name: str, value: object) -> Any:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if name in _TIMES and isinstance(value, int | float):
            return self.moment(value)
        if isinstance(value, int | float):
            return value
        return value if isinstance(value, Markup) else self._markup(name, "" if value is None else str(value))

    def _markup(self, name: str, text: str) -> Markup:
        if name in _CODES:
            return code(text)
        if name in _STORE_WORDS:
            return escaped(text, LONG, lines=True, links=True)
        return escaped(text)

    def _of_store(self) -> dict[str, Any]:
        name = escaped(self.store.name, links=True)
        return {"store": name, "named": "yes" if name else "no", "hours": escaped(self.store.hours, links=True)}


def _stand_in(name: str) -> str:
    """What a long text is called while the message is made; no cleaned text holds these characters."""
    return f"\ufdd0{name}\ufdd0"


def button_label(*names: str | None) -> str:
    """The first name that shows anything, at most 20 UTF-16 units: what a phone shows of a button without cutting it.

    A dash where none does: people name orders with signs that can't be seen, and no button may be without a text.
    """
    shown = (cut(clean(name), 20) for name in names if name)
    return next(filter(None, shown), "–")


def _shown(markup: str) -> str:
    try:
        return "".join(piece.shown for piece in pieces(markup))
    except ValueError:
        return unescape(markup)
