"""The store's hours as each language writes them."""

import pytest

from bot.tracking.hours import Week, every_day
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.localizer import Localizer
from bot.words.store_info import StoreInfo

DAY, SATURDAY, SIESTA, NIGHT, ALL_DAY = (
    ((540, 1200),), ((540, 840),), ((540, 780), (900, 1200)), ((1080, 120),), ((0, 1440),)
)  # fmt: skip
CATALOG = Catalog()


def said(week: Week, locale: str) -> str:
    return Localizer(CATALOG, StoreInfo(hours=week), locale).hours


@pytest.mark.parametrize(
    ("week", "english", "spanish", "portuguese"),
    [
        (every_day(540, 1200), "9:00 AM–8:00 PM", "9:00–20:00", "09:00–20:00"),
        (
            (*[DAY] * 5, SATURDAY, ()),
            "Mon–Fri 9:00 AM–8:00 PM; Sat 9:00 AM–2:00 PM",
            "lun–vie 9:00–20:00; sáb 9:00–14:00",
            "seg–sex 09:00–20:00; sáb 09:00–14:00",
        ),
        (
            (SIESTA, (), SIESTA, (), SIESTA, (), ()),
            "Mon, Wed, Fri 9:00 AM–1:00 PM, 3:00 PM–8:00 PM",
            "lun, mié, vie 9:00–13:00, 15:00–20:00",
            "seg, qua, sex 09:00–13:00, 15:00–20:00",
        ),
        (
            (DAY, (), (), (), (), DAY, DAY),
            "Sat–Mon 9:00 AM–8:00 PM",
            "sáb–lun 9:00–20:00",
            "sáb–seg 09:00–20:00",
        ),
        (
            ((), (), (), (), NIGHT, NIGHT, ALL_DAY),
            "Fri–Sat 6:00 PM–2:00 AM; Sun 24 hours",
            "vie–sáb 18:00–2:00; dom 24 horas",
            "sex–sáb 18:00–02:00; dom 24 horas",
        ),
    ],
)
def test_hours_are_said_by_weekday_on_the_readers_clock(
    week: Week, english: str, spanish: str, portuguese: str
) -> None:
    assert [said(week, one) for one in ("en", "es", "es-AR", "pt-BR")] == [english, spanish, spanish, portuguese]


def test_hours_that_are_not_known_are_not_said() -> None:
    assert said((), "en") == ""
