"""The store's opening hours on each day of the week, and how long until the store opens. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice

DAY_MINUTES = 24 * 60

# minutes of the day: opens 0-1439, closes 1-1440; a close before the opening is on the next day
Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]  # seven days, Monday first; a day without a span is closed


def every_day(opens: int, closes: int) -> Week:
    """Return a week whose days are all alike."""
    return (((opens, closes),),) * 7


ALWAYS_OPEN = every_day(0, DAY_MINUTES)


@dataclass(frozen=True, slots=True)
class StoreHours:
    """When the store is open, by the clocks of `zone`; at least one day of the week has a span."""

    week: Week = ALWAYS_OPEN
    zone: tzinfo = UTC

    def is_open(self, wall: float) -> bool:
        """Return whether the store is open at this time."""
        here = datetime.fromtimestamp(wall, self.zone)
        minutes = here.hour * 60 + here.minute
        today, yesterday = self.week[here.weekday()], self.week[here.weekday() - 1]
        return any(opens <= minutes < (closes if opens < closes else DAY_MINUTES) for opens, closes in today) or any(
            minutes < closes < opens for opens, closes in yesterday
        )


def is_night(wall: float, zone: tzinfo) -> bool:
    """Return whether it is between 22:00 and 8:00 in the zone."""
    return not 8 <= datetime.fromtimestamp(wall, zone).hour < 22


def midnight(wall: float, zone: tzinfo, *, days_ago: int = 0) -> float:
    """Return when the day of this time began in the zone, or one of the days before it."""
    today = datetime.fromtimestamp(wall, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return (today - timedelta(days=days_ago)).timestamp()


def until_open(hours: StoreHours, wall: float) -> float:
    """Return the seconds until the store opens, 0 while it is open; changes to and from summer time count."""
    if hours.is_open(wall):
        return 0.0
    return min(_openings(hours, wall)) - wall


def _openings(hours: StoreHours, wall: float) -> Iterator[float]:
    """Yield the next opening of each span: today's if it is still to come, or one of the seven days after."""
    midnight = datetime.fromtimestamp(wall, hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(8):
        day = midnight + timedelta(days=days)
        for opens, _ in hours.week[day.weekday()]:
            # an hour that comes twice opens the store both times: the second one may be what is still to come
            both = (day.replace(hour=opens // 60, minute=opens % 60, fold=fold).timestamp() for fold in (0, 1))
            yield from islice((one for one in both if one > wall), 1)
