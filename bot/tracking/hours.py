"""The store's opening hours, and how long until the store opens. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class StoreHours:
    """Minutes of the day in `zone`: `opens` 0-1439, `closes` 1-1440; `closes` before `opens` is over midnight."""

    opens: int = 0
    closes: int = DAY_MINUTES
    zone: tzinfo = UTC

    def is_open(self, wall: float) -> bool:
        """Return whether the store is open at this time."""
        here = datetime.fromtimestamp(wall, self.zone)
        minutes = here.hour * 60 + here.minute
        if self.opens < self.closes:
            return self.opens <= minutes < self.closes
        return minutes >= self.opens or minutes < self.closes


def is_night(wall: float, zone: tzinfo) -> bool:
    """Return whether it is between 22:00 and 8:00 in the zone."""
    return not 8 <= datetime.fromtimestamp(wall, zone).hour < 22


def until_open(hours: StoreHours, wall: float) -> float:
    """Return the seconds until the store opens, 0 while it is open; changes to and from summer time count."""
    if hours.is_open(wall):
        return 0.0
    here = datetime.fromtimestamp(wall, hours.zone)
    opening = here.replace(hour=hours.opens // 60, minute=hours.opens % 60, second=0, microsecond=0)
    if opening <= here:
        opening += timedelta(days=1)
    return max(0.0, opening.timestamp() - wall)
