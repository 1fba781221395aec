"""When the store's day ends: at its last closing, by the clocks of its zone. Pure."""

from datetime import datetime, timedelta

from bot.tracking.hours import DAY_MINUTES, Span, StoreHours
from bot.tracking.model import Wall


def last_closing(hours: StoreHours, wall: float) -> Wall:
    """Return the end of the last day that is over; a closed day ends when the latest of the others does."""
    midnight = datetime.fromtimestamp(wall, hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    ends = (_end_of(hours, midnight - timedelta(days=days)) for days in range(3))
    return next(Wall(one) for one in ends if one <= wall)


def is_open_on(hours: StoreHours, closing: float) -> bool:
    """Return whether the store was open on the day that ended then."""
    day = datetime.fromtimestamp(closing, hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = (day - timedelta(days=back) for back in range(2))
    return any(bool(hours.week[one.weekday()]) for one in days if _end_of(hours, one) == closing)


def _end_of(hours: StoreHours, midnight: datetime) -> float:
    spans = hours.week[midnight.weekday()] or tuple(span for day in hours.week for span in day)
    minutes = max(map(_end, spans))
    day = midnight + timedelta(days=minutes // DAY_MINUTES)  # by the clocks on the wall: a changed hour is not counted
    return day.replace(hour=minutes % DAY_MINUTES // 60, minute=minutes % 60).timestamp()


def _end(span: Span) -> int:
    opens, closes = span
    return closes if opens < closes else closes + DAY_MINUTES
