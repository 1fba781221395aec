"""Write the store's opening hours as a language does: "Mon–Fri 9:00 AM–8:00 PM; Sat 9:00 AM–2:00 PM"."""

from datetime import time
from functools import lru_cache
from itertools import groupby

from babel.dates import format_time, get_day_names

from bot.tracking.hours import ALWAYS_OPEN, Span, Week
from bot.words.fluent.times import babel_locale

_ALL_DAY = ALWAYS_OPEN[0]


@lru_cache(maxsize=64)
def format_hours(week: Week, locale: str, all_day: str) -> str:
    """Format a week. `all_day` is what a day is said to have on which the store never closes. Closed days aren't said.

    Days with the same hours are said together, where the first of them stands; a week of such days goes without names.
    """
    days_of: dict[tuple[Span, ...], list[int]] = {}
    for day, spans in enumerate(week):
        if spans:
            days_of.setdefault(spans, []).append(day)
    return "; ".join(
        f"{_days(days, locale)} {_spans(spans, locale, all_day)}".lstrip() for spans, days in days_of.items()
    )


def _days(days: list[int], locale: str) -> str:
    """Return "Mon–Wed, Fri"; nothing of a whole week. A run over the end of the week is one: "Sat–Mon"."""
    if len(days) == 7:
        return ""
    names = get_day_names("abbreviated", "stand-alone", babel_locale(locale))
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda one: one[1] - one[0])]
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == 6:
        runs = [*runs[1:-1], runs[-1] + runs[0]]
    ends = (dict.fromkeys((run[0], run[-1])) for run in runs)
    return ", ".join("–".join(names[day].removesuffix(".") for day in end) for end in ends)


def _spans(spans: tuple[Span, ...], locale: str, all_day: str) -> str:
    if spans == _ALL_DAY:
        return all_day
    return ", ".join(f"{_clock(opens, locale)}–{_clock(closes, locale)}" for opens, closes in spans)


def _clock(minutes: int, locale: str) -> str:
    return format_time(time(minutes // 60 % 24, minutes % 60), "short", locale=babel_locale(locale))
