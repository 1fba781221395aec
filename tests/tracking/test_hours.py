"""The store's hours: when it is open, and how long until it opens."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.tracking.hours import StoreHours, Week, every_day, is_night, until_open
from bot.tracking.timing import HOUR

DAYTIME, NIGHTLY, ALWAYS = (9 * 60, 20 * 60), (20 * 60, 4 * 60), (0, 24 * 60)
UNTIL_MIDNIGHT = (8 * 60 + 30, 24 * 60)
NEW_YORK, SANTIAGO = "America/New_York", "America/Santiago"


def at(text: str, zone: str = "UTC", *, fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp()


@pytest.mark.parametrize(
    ("hours", "time", "waits"),
    [
        (DAYTIME, "08:59:59", 1),
        (DAYTIME, "09:00", 0),
        (DAYTIME, "19:59:59", 0),
        (DAYTIME, "20:00", 13 * HOUR),
        (DAYTIME, "00:00", 9 * HOUR),
        (NIGHTLY, "19:59:30", 30),
        (NIGHTLY, "20:00", 0),
        (NIGHTLY, "23:59:59", 0),
        (NIGHTLY, "00:00", 0),
        (NIGHTLY, "03:59:59", 0),
        (NIGHTLY, "04:00", 16 * HOUR),
        (UNTIL_MIDNIGHT, "23:59:59", 0),
        (UNTIL_MIDNIGHT, "00:00", 8.5 * HOUR),
        (ALWAYS, "00:00", 0),
        (ALWAYS, "23:59:59", 0),
    ],
)
def test_what_can_wait_waits_for_the_stores_hours(hours: tuple[int, int], time: str, waits: float) -> None:
    assert until_open(StoreHours(every_day(*hours), UTC), at(f"2026-05-05 {time}")) == waits


@pytest.mark.parametrize(
    ("zone", "hours", "time", "waits"),
    [
        pytest.param(NEW_YORK, DAYTIME, "2026-05-05 21:00", 12 * HOUR, id="a night like others"),
        pytest.param(NEW_YORK, DAYTIME, "2026-03-07 21:00", 11 * HOUR, id="an hour is left out"),
        pytest.param(NEW_YORK, DAYTIME, "2026-10-31 21:00", 13 * HOUR, id="an hour comes twice"),
        pytest.param(NEW_YORK, NIGHTLY, "2026-03-08 04:00", 16 * HOUR, id="after the change"),
        pytest.param(SANTIAGO, (0, 60), "2026-09-05 22:00", 2 * HOUR, id="the hour that it opens at is left out"),
        pytest.param("Asia/Kathmandu", DAYTIME, "2026-05-05 08:15", 0.75 * HOUR, id="a zone of quarters of an hour"),
    ],
)
def test_hours_are_those_of_the_clocks_on_the_stores_wall(
    zone: str, hours: tuple[int, int], time: str, waits: float
) -> None:
    assert until_open(StoreHours(every_day(*hours), ZoneInfo(zone)), at(time, zone)) == waits


WEEKDAYS: Week = (((540, 1200),),) * 5 + (((540, 840),), ())  # Mo-Fr 9-20, Sa 9-14
SIESTA: Week = (((540, 780), (900, 1200)),) * 6 + ((),)
NIGHTS: Week = ((), (), (), (), ((1080, 120),), ((1080, 120),), ())  # Fr, Sa 18-2


@pytest.mark.parametrize(
    ("week", "time", "waits"),  # 2026-05-04 is a Monday
    [
        (WEEKDAYS, "2026-05-08 20:00", 13 * HOUR),
        (WEEKDAYS, "2026-05-09 13:59:59", 0),
        (WEEKDAYS, "2026-05-09 14:00", 43 * HOUR),
        (WEEKDAYS, "2026-05-10 10:00", 23 * HOUR),
        (SIESTA, "2026-05-04 12:59:59", 0),
        (SIESTA, "2026-05-04 13:00", 2 * HOUR),
        (SIESTA, "2026-05-09 20:00", 37 * HOUR),
        (NIGHTS, "2026-05-09 01:59:59", 0),
        (NIGHTS, "2026-05-09 02:00", 16 * HOUR),
        (NIGHTS, "2026-05-10 01:00", 0),
        (NIGHTS, "2026-05-08 01:00", 17 * HOUR),
        (NIGHTS, "2026-05-10 02:00", (4 * 24 + 22 + 18) * HOUR),
        (((), ()) + (((540, 600),),) + ((),) * 4, "2026-05-06 10:00", 167 * HOUR),
    ],
)
def test_each_day_of_the_week_has_its_own_hours(week: Week, time: str, waits: float) -> None:
    assert until_open(StoreHours(week, UTC), at(time)) == waits


def test_a_weekend_in_which_the_clocks_change_is_waited_for_as_long_as_it_is() -> None:
    store = StoreHours(WEEKDAYS, ZoneInfo(NEW_YORK))
    assert until_open(store, at("2026-03-07 14:00", NEW_YORK)) == 42 * HOUR
    assert until_open(store, at("2026-10-31 14:00", NEW_YORK)) == 44 * HOUR


@pytest.mark.parametrize(("fold", "waits"), [(0, 1.5 * HOUR), (1, 0.5 * HOUR)])
def test_an_hour_that_comes_twice_is_waited_for_once(fold: int, waits: float) -> None:
    hours = StoreHours(every_day(2 * 60, 20 * 60), ZoneInfo(NEW_YORK))
    assert until_open(hours, at("2026-11-01 01:30", NEW_YORK, fold=fold)) == waits


@pytest.mark.parametrize("hours", [DAYTIME, NIGHTLY, UNTIL_MIDNIGHT, ALWAYS])
@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01", "2026-07-01"])
def test_after_the_wait_the_store_is_open_whenever_it_began(hours: tuple[int, int], day: str) -> None:
    store = StoreHours(every_day(*hours), ZoneInfo(NEW_YORK))
    for minute in range(0, 26 * 60, 7):
        wall = at(f"{day} 00:00", NEW_YORK) + 60.0 * minute
        wait = until_open(store, wall)
        assert store.is_open(wall + wait)
        assert wait == 0 or not store.is_open(wall + wait - 1)


@pytest.mark.parametrize("zone", ["UTC", NEW_YORK, SANTIAGO, "Asia/Kathmandu", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("time", "is_it"),
    [("21:59:59", False), ("22:00", True), ("23:59:59", True), ("00:00", True), ("07:59:59", True), ("08:00", False)],
)
def test_it_is_night_from_ten_to_eight_on_the_stores_clock(zone: str, time: str, is_it: bool) -> None:
    assert is_night(at(f"2026-05-05 {time}", zone), ZoneInfo(zone)) is is_it


@pytest.mark.parametrize(("day", "hours"), [("2026-03-07", 9), ("2026-10-31", 11), ("2026-07-01", 10)])
def test_a_night_in_which_the_clocks_change_ends_at_eight_all_the_same(day: str, hours: int) -> None:
    begins, zone = at(f"{day} 22:00", NEW_YORK), ZoneInfo(NEW_YORK)
    assert all(is_night(begins + 60.0 * minute, zone) for minute in range(hours * 60))
    assert not is_night(begins + hours * HOUR, zone)
