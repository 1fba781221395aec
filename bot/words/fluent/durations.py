"""Format how long something lasted, as a language writes it in short: "1 hr 20 min", "2 d 3 h"."""

from babel import Locale
from babel.units import format_unit, get_unit_name

from bot.words.fluent.times import babel_locale

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_TENTHS_BELOW = 10.0  # seconds: quicker than that, tenths tell something


def format_duration(seconds: float, locale: str) -> str:
    """Return the two largest units of a duration; of one under a minute the seconds."""
    language = babel_locale(locale)
    if seconds < _TENTHS_BELOW:
        return format_unit(round(max(seconds, 0.0), 1), "second", length="short", locale=language)
    parts, left = list[tuple[str, int]](), round(seconds)
    for unit, size in _UNITS:
        number, left = divmod(left, size)
        parts.append((unit, number))
    first = next(place for place, (_, number) in enumerate(parts) if number)
    shown = [(unit, number) for unit, number in parts[first : first + 2] if number]
    return " ".join(_format_unit(number, unit, language) for unit, number in shown)


def _format_unit(number: int, unit: str, language: Locale) -> str:
    """Format a number of units; where Babel knows one form for all numbers, with that: it makes "1 horas" of "1 h"."""
    text = format_unit(number, unit, length="short", locale=language)
    if number != 1 or text != f"1 {get_unit_name(unit, length='short', locale=language)}":
        return text
    return format_unit(2, unit, length="short", locale=language).replace("2", "1")
