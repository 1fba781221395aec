"""Points in time as Telegram shows them: in the reader's zone and language, with a text in the store's zone besides."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

import babel
from babel.dates import format_skeleton, format_time, get_timezone_location

from bot.words.html.escaping import Markup, escaped

_LATEST = 9_999_999_999.0
SHOWN = "wdt"  # day of the week, short date, hours and minutes


def moment(wall: float, locale: str, zone: tzinfo) -> Markup:
    """Unix time as a `<tg-time>` entity; clients that don't know it show the text: the store's zone, named."""
    unix = int(min(max(wall, 0.0), _LATEST))
    return Markup(
        f'<tg-time unix="{unix}" format="{SHOWN}">{escaped(in_words(unix, locale, zone), links=True)}</tg-time>'
    )


def in_words(unix: float, locale: str, zone: tzinfo) -> str:
    """For example "Thu, Nov 5, 2:20 PM (Lima)"."""
    language = babel_locale(locale)
    local = datetime.fromtimestamp(unix, UTC).astimezone(zone)
    day = format_skeleton("MMMEd", local, locale=language)
    return f"{day}, {format_time(local, 'short', locale=language)} ({_zone_name(local, language)})"


@lru_cache(maxsize=64)
def babel_locale(locale: str) -> babel.Locale:
    """Babel's locale for one of ours; its parent, or English, where Babel has none."""
    for tag in (locale, locale.split("-", maxsplit=1)[0]):
        try:
            return babel.Locale.parse(tag, sep="-")
        except (ValueError, babel.UnknownLocaleError):
            continue
    return babel.Locale("en")


def _zone_name(local: datetime, language: babel.Locale) -> str:
    name = str(local.tzinfo)
    if "/" not in name or name.startswith("Etc/"):
        return local.tzname() or "UTC"
    return get_timezone_location(name, locale=language, return_city=True)
