"""When the store's day ends."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.tracking.closing import is_open_on, last_closing
from bot.tracking.hours import ALWAYS_OPEN, StoreHours, Week

NINE, TWO, EIGHT = 9 * 60, 14 * 60, 20 * 60
WEEK: Week = (*(((NINE, EIGHT),),) * 5, ((NINE, 13 * 60), (TWO, 18 * 60)), ())  # Saturday with a break, Sunday closed
LATE: Week = (((18 * 60, 2 * 60),),) * 7


@pytest.mark.parametrize(
    ("week", "now", "closed"),
    [
        (WEEK, "2026-11-27 19:59", "2026-11-26 20:00"),  # a Friday
        (WEEK, "2026-11-27 20:00", "2026-11-27 20:00"),
        (WEEK, "2026-11-28 15:00", "2026-11-27 20:00"),
        (WEEK, "2026-11-28 18:00", "2026-11-28 18:00"),
        (WEEK, "2026-11-29 19:00", "2026-11-28 18:00"),
        (WEEK, "2026-11-29 20:00", "2026-11-29 20:00"),
        (WEEK, "2026-11-30 08:00", "2026-11-29 20:00"),
        (LATE, "2026-11-28 01:00", "2026-11-27 02:00"),
        (LATE, "2026-11-28 02:00", "2026-11-28 02:00"),
        (ALWAYS_OPEN, "2026-11-28 23:59", "2026-11-28 00:00"),
    ],
)
def test_a_day_ends_with_its_last_closing(week: Week, now: str, closed: str) -> None:
    wall, end = (datetime.fromisoformat(one).replace(tzinfo=UTC).timestamp() for one in (now, closed))
    assert last_closing(StoreHours(week), wall) == end


def test_only_a_day_with_hours_is_an_open_one() -> None:
    hours = StoreHours(WEEK)
    for day, is_open in ((27, True), (28, True), (29, False)):
        end = last_closing(hours, datetime(2026, 11, day, 23, tzinfo=UTC).timestamp())
        assert is_open_on(hours, end) is is_open


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-06-01"])
def test_it_ends_by_the_clock_on_the_wall_where_clocks_change(day: str) -> None:
    zone = ZoneInfo("Europe/Madrid")
    hours = StoreHours((((NINE, EIGHT),),) * 7, zone)
    end = datetime.fromtimestamp(
        last_closing(hours, datetime.fromisoformat(f"{day} 23:00").replace(tzinfo=zone).timestamp()), zone
    )
    assert (end.date().isoformat(), end.hour) == (day, 20)
