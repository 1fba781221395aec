"""Parse STORE_HOURS: `09:00-20:00` for every day, or by weekday as in OpenStreetMap's `opening_hours`.

`Mo-Fr 09:00-13:00,15:00-20:00; Sa 09:00-14:00; Su off`, with names of days in English, Spanish or Portuguese.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

DAY_MINUTES = 24 * 60
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NAMES = (  # a beginning of two letters or more is enough where it means one day only
    ("monday", "lunes", "segunda"),
    ("tuesday", "martes", "terca"),
    ("wednesday", "miercoles", "quarta", "weds"),
    ("thursday", "jueves", "quinta"),
    ("friday", "viernes", "sexta"),
    ("saturday", "sabado"),
    ("sunday", "domingo"),
)
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|hrs|hs|h)?(?!\w)"
_SPAN = re.compile(rf"{_CLOCK}\s*-\s*{_CLOCK}")
_CLOSED = re.compile("off|closed|cerrado|fechado")
_RULE = re.compile(
    rf"(?P<days>[a-z][a-z.,\s-]*?)??[\s:]*(?P<hours>{_CLOSED.pattern}|{_SPAN.pattern}(?:[\s,]*{_SPAN.pattern})*)"
    r"\s*(?P<end>[,;]?)\s*"
)
_DAYS_BY_NUMBER = re.compile(r"[0-7]\s*-\s*[0-7][\s,]+\d")  # 1-5 9-20 is Monday to Friday, not one to five
_WORDS = {  # what people write for a sign, or for nothing
    r"24\s*/\s*7": "00:00-24:00",
    "[\u2010-\u2015\u2212]|\\b(?:a|to|until|hasta|ate|as)\\b": "-",
    r"\b(?:y|e|and)\b|&": ",",
    r"-feiras?\b|\b(?:de|das|from)\b": "",
}
HOURS_SHAPE = "must be HH:MM-HH:MM, or days and their hours, such as Mo-Fr 09:00-20:00, Sa 09:00-14:00"
HALF_DAY = "doesn't say which half of the day is meant: write it as 09:00-20:00, or as 9am-8pm"
TIME_SHAPE = "holds what is no time of day, 00:00 to 24:00"
DAY_SHAPE = "names a day that is none of Mo, Tu, We, Th, Fr, Sa, Su (holidays can't be said)"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The spans of each day, Monday first, in minutes since midnight: opens 0-1439, closes 1-1440.

    A span that closes before it opens goes past midnight; a day without any is closed.
    """

    week: tuple[tuple[Span, ...], ...]

    @classmethod
    def daily(cls, *spans: Span) -> "OpeningHours":
        """Return hours that are the same on every day."""
        return cls((spans,) * 7)

    def __str__(self) -> str:
        days_of: dict[tuple[Span, ...], list[int]] = {}
        for day, spans in enumerate(self.week):
            if spans:
                days_of.setdefault(spans, []).append(day)
        return "; ".join(f"{_format_days(days)} {_format_spans(spans)}".lstrip() for spans, days in days_of.items())


def _format_days(days: Sequence[int]) -> str:
    if len(days) == 7:
        return ""
    runs = ([day for _, day in run] for _, run in groupby(enumerate(days), lambda one: one[1] - one[0]))
    return ",".join("-".join(DAYS[end] for end in dict.fromkeys((run[0], run[-1]))) for run in runs)


def _format_spans(spans: Sequence[Span]) -> str:
    return ",".join("-".join(f"{end // 60:02}:{end % 60:02}" for end in span) for span in spans)


# ── parsing ──────────────────────────────────────────────────────────────────


def parse_hours(text: str) -> OpeningHours:
    """Parse the hours of every day, or of days; 00:00-24:00 is always open."""
    week: dict[int, list[Span]] = {}
    for days, spans, replaces in _rules(_plain(text)):
        for day in days:
            week[day] = spans if replaces or not spans else [*week.get(day, []), *spans]
    _refuse_overlaps(week)
    if not any(week.values()):
        raise ValueError("is closed on every day")
    return OpeningHours(tuple(tuple(sorted(week.get(day, []))) for day in range(7)))


def _plain(text: str) -> str:
    """Return the text in small letters without accents, with signs for words such as "to"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    for pattern, sign in _WORDS.items():
        plain = re.sub(pattern, sign, plain)
    return plain.strip(" ,;")


def _rules(text: str) -> Iterator[tuple[list[int], list[Span], bool]]:
    """Yield days, their spans, and whether these replace what was said of the days before.

    They do behind a semicolon, as in OpenStreetMap, unless it is about the very same days: nobody says those in vain.
    """
    position, before, separator = 0, list[int](), ""
    while position < len(text) or not before:
        rule = _RULE.match(text, position)
        if not rule or _DAYS_BY_NUMBER.match(rule["hours"]):
            raise ValueError(HOURS_SHAPE)
        days = _days(rule["days"]) if rule["days"] else list(range(7))
        yield days, [_span(one) for one in _SPAN.finditer(rule["hours"])], separator == ";" and days != before
        position, before, separator = rule.end(), days, rule["end"]


def _days(text: str) -> list[int]:
    """Return the days of a list such as "mo-we,fr"; a run may go over the end of the week."""
    days: list[int] = []
    for run in text.strip(" ,.").split(","):
        first, *rest = (_day(word) for word in run.split("-"))
        if len(rest) > 1:
            raise ValueError(HOURS_SHAPE)
        days += [(first + step) % 7 for step in range((rest[0] - first) % 7 + 1 if rest else 1)]
    return days


def _day(text: str) -> int:
    word = text.strip(" .")
    singular = word.removesuffix("s")
    found = [
        day
        for day, names in enumerate(_NAMES)
        if len(word) > 1 and any(name.startswith(word) or name == singular for name in names)
    ]
    if len(found) != 1:
        raise ValueError(DAY_SHAPE)
    return found[0]


def _span(match: re.Match[str]) -> Span:
    opens, closes = (_minutes(*match.groups()[start : start + 3]) for start in (0, 3))
    _refuse_half_days(match, opens, closes)
    if opens >= DAY_MINUTES:
        raise ValueError(TIME_SHAPE)
    if opens == closes:
        raise ValueError("opens and closes at the same time; always open is 00:00-24:00")
    return opens, closes or DAY_MINUTES


def _minutes(hour: str, minute: str | None, suffix: str | None) -> int:
    hours, minutes, half = int(hour), int(minute or 0), (suffix or "")[:1]
    if half in ("a", "p"):
        if not 1 <= hours <= 12:
            raise ValueError(TIME_SHAPE)
        hours = hours % 12 + (12 if half == "p" else 0)
    if minutes > 59 or hours * 60 + minutes > DAY_MINUTES:
        raise ValueError(TIME_SHAPE)
    return hours * 60 + minutes


def _refuse_half_days(match: re.Match[str], opens: int, closes: int) -> None:
    """Refuse `9-5` and `9-8pm`, whose half of the day nobody knows; `9-20` can mean one thing only."""
    is_bare = [match[hour + 1] is None and match[hour + 2] is None for hour in (1, 4)]
    is_half = [(match[hour + 2] or "")[:1] in ("a", "p") for hour in (1, 4)]
    if any(is_bare) and (any(is_half) or closes <= opens < DAY_MINUTES // 2):
        raise ValueError(HALF_DAY)


def _refuse_overlaps(week: Mapping[int, Sequence[Span]]) -> None:
    for day, spans in week.items():
        ends = sorted((opens, closes if opens < closes else DAY_MINUTES) for opens, closes in spans)
        if any(opens < closes for (_, closes), (opens, _) in pairwise(ends)):
            raise ValueError(f"names two spans of {DAYS[day]} that overlap: say its hours in one place")
