"""Turn a message key and raw values into text in one language. Every message is made here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from babel.numbers import format_decimal

from bot.tracking.hours import ALWAYS_OPEN
from bot.tracking.statuses import DELIVERED
from bot.words.example import EXAMPLE
from bot.words.fluent import emoji
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.durations import format_duration
from bot.words.fluent.opening_hours import format_hours
from bot.words.fluent.times import babel_locale, clock_time, time_tag
from bot.words.html.escaping import Markup, code, escape
from bot.words.html.markup import MarkupError, visible_text
from bot.words.store_info import StoreInfo

# arguments that are formatted by their name
_TIMES = frozenset({"time", "until", "since"})
_DURATIONS = frozenset({"lasted", "usual", "median", "most"})
_CODES = frozenset({"number", "raw", "reason", "command", "service"})
_STAFF_TEXTS = frozenset({"text", "url"})  # written by the store itself: may be long and hold links
STAFF_TEXT_UNITS = 3000
_MAX_ARGUMENT = 2000  # fluent.runtime refuses strings from 2500 characters on


@dataclass(frozen=True)
class Localizer:
    """Formats messages in one language, for one store."""

    catalog: Catalog
    store: StoreInfo
    locale: str

    def html(self, key: str, **values: object) -> Markup:
        """Format the message `key` as HTML. Each value is escaped, truncated or formatted by its name, unless Markup.

        `number` (an order id, with an optional `label`) also sets `$order`; `status` also sets `$state`, its short
        phrase; `time`, `until` and `since` are Unix seconds; `lasted`, `usual`, `median` and `most` are durations; bool
        becomes yes or no; int and float stay numbers; None is empty.
        """
        arguments = self._arguments(values)
        long = {name: text for name, text in arguments.items() if isinstance(text, str) and len(text) > _MAX_ARGUMENT}
        arguments |= {name: _placeholder(name) for name in long}
        text = self.catalog.format(self.locale, key, **arguments)
        for name, passage in long.items():
            text = text.replace(_placeholder(name), passage)
        return Markup(text)

    def plain(self, key: str, **values: object) -> str:
        """Format the message `key` without tags, in full: for buttons, command descriptions, toasts."""
        if values:
            return self._plain(key, values)
        if key not in self._plain_texts:  # most buttons: they read the same under every message
            self._plain_texts[key] = self._plain(key, values)
        return self._plain_texts[key]

    def _plain(self, key: str, values: Mapping[str, object]) -> str:
        html = self.html(key, **values)
        try:
            return visible_text(html)
        except MarkupError:
            return unescape(html)

    def order_name(self, number: str, label: str | None = None) -> Markup:
        """Return what an order is called after the word for order: its label in quotes, else its number."""
        name = escape(label) if label else Markup()
        return Markup(self.catalog.format(self.locale, "order-label", label=name)) if name else code(number)

    def status_phrase(self, status: str, *, picked_up: bool = False) -> Markup:
        """Return the short phrase of a status, as in lists; an unknown status has a neutral one."""
        key = "short-collected" if picked_up and status == DELIVERED else emoji.short_key(status)
        return Markup(self.catalog.format(self.locale, key, **self._store_arguments))

    def quantity(self, amount: float) -> Markup:
        """Format a number as this language writes it."""
        return escape(format_decimal(amount, locale=babel_locale(self.locale)), links=True)

    def _arguments(self, values: Mapping[str, object]) -> dict[str, object]:
        arguments: dict[str, object] = {**self._store_arguments}
        if isinstance(number := values.get("number"), str):
            label = values.get("label")
            arguments["order"] = self.order_name(number, label if isinstance(label, str) else None)
        if isinstance(status := values.get("status"), str):
            arguments["state"] = self.status_phrase(status)
        return arguments | {name: self._argument(name, value) for name, value in values.items()}

    def _argument(self, name: str, value: object) -> object:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float):
            return self._number(name, value)
        return value if isinstance(value, Markup) else _markup(name, "" if value is None else str(value))

    def duration(self, seconds: float) -> Markup:
        """Format how long something lasted."""
        if seconds < 1:
            return Markup(self.catalog.format(self.locale, "under-a-second"))
        return escape(format_duration(seconds, self.locale), links=True)

    def clock(self, wall: float, *, now: float) -> Markup:
        """Format a time for staff: a clock time in the store's zone, with the day before it unless that is today."""
        return clock_time(wall, self.locale, self.store.timezone, now=now)

    def clocks(self, values: Mapping[str, object], *, now: float) -> dict[str, object]:
        """Return the values of a text of staff, with each time in them formatted so."""
        return {
            name: self.clock(value, now=now) if name in _TIMES and isinstance(value, int | float) else value
            for name, value in values.items()
        }

    def _number(self, name: str, value: float) -> object:
        if name in _TIMES:
            return time_tag(value, self.locale, self.store.timezone)
        return self.duration(value) if name in _DURATIONS else value

    @cached_property
    def _plain_texts(self) -> dict[str, str]:
        """What `plain` has made without values, by key."""
        return {}

    @cached_property
    def _store_arguments(self) -> Mapping[str, str]:
        """What every message may say of the store."""
        name, place = escape(self.store.name, links=True), self.pickup_place
        return {
            "store": name,
            "named": "yes" if name else "no",
            "hours": self.hours,
            "open": "always" if self.store.hours == ALWAYS_OPEN else "yes" if self.store.hours else "no",
            "contact": "yes" if self.store.contact_page else "no",
            "example": EXAMPLE,
            "place": place,
            "placed": "yes" if place else "no",
        }

    @property
    def hours(self) -> Markup:
        """The opening hours by weekday; empty if the store has not said them."""
        if not self.store.hours:
            return Markup()
        all_day = self.catalog.format(self.locale, "open-all-day")
        return escape(format_hours(self.store.hours, self.locale, all_day), links=True)

    @property
    def pickup_place(self) -> Markup:
        """Where every order is picked up, with its address; empty if the store has not said it."""
        parts = [escape(part, links=True) for part in (self.store.pickup_place, self.store.pickup_address)]
        return Markup(", ".join(part for part in parts if part))


def _markup(name: str, text: str) -> Markup:
    if name in _CODES:
        return code(text)
    if name in _STAFF_TEXTS:
        return escape(text, STAFF_TEXT_UNITS, lines=True, links=True)
    return escape(text)


def _placeholder(name: str) -> str:
    """Return what stands for a long argument while the message is formatted; cleaned text never holds it."""
    return f"\ufdd0{name}\ufdd0"
