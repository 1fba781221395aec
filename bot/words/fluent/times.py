"""Format points in time: as Telegram's `<tg-time>`, with a text in the store's time zone for apps that ignore it."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

import babel
from babel.dates import format_skeleton, format_time

from bot.words.html.escaping import Markup, escape

TIME_FORMAT = "wdt"  # of <tg-time>: day of the week, short date, hours and minutes
_MAX_UNIX = 9_999_999_999.0
_READ_AS = {"es-AR": "es"}  # with a clock of 24 hours, as people there write it; Babel has one of 12


def time_tag(wall: float, locale: str, zone: tzinfo) -> Markup:
    """Format Unix time as a `<tg-time>` tag: apps show it in the reader's zone and language, old ones its text."""
    unix = _unix(wall)
    text = escape(format_date_time(unix, locale, zone), links=True)
    return Markup(f'<tg-time unix="{unix}" format="{TIME_FORMAT}">{text}</tg-time>')


def relative_time_tag(wall: float, locale: str, zone: tzinfo, *, now: float) -> Markup:
    """Format Unix time as a tag that apps show as "2 minutes ago"; old ones show the clock time."""
    return Markup(f'<tg-time unix="{_unix(wall)}" format="r">{clock_time(wall, locale, zone, now=now)}</tg-time>')


def clock_time(wall: float, locale: str, zone: tzinfo, *, now: float) -> Markup:
    """Format Unix time as a clock in the store's zone, with the day before it unless that is today."""
    language = babel_locale(locale)
    local, today = (datetime.fromtimestamp(_unix(one), UTC).astimezone(zone) for one in (wall, now))
    clock = format_time(local, "short", locale=language)
    if local.date() == today.date():
        return escape(clock, links=True)
    return escape(f"{format_skeleton('MMMd', local, locale=language)}, {clock}", links=True)


def format_date_time(unix: float, locale: str, zone: tzinfo) -> str:
    """Format Unix time in a zone, for example "Thu, Nov 5, 2:20 PM"."""
    language = babel_locale(locale)
    local = datetime.fromtimestamp(unix, UTC).astimezone(zone)
    day = format_skeleton("MMMEd", local, locale=language)
    return f"{day}, {format_time(local, 'short', locale=language)}"


@lru_cache(maxsize=64)
def babel_locale(locale: str) -> babel.Locale:
    """Return Babel's locale for a language of the catalog, or for its parent language, or English."""
    for tag in (_READ_AS.get(locale, locale), locale.split("-", maxsplit=1)[0]):
        try:
            return babel.Locale.parse(tag, sep="-")
        except (ValueError, babel.UnknownLocaleError):
            continue
    return babel.Locale("en")


def _unix(wall: float) -> int:
    return int(min(max(wall, 0.0), _MAX_UNIX))
