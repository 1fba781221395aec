"""STORE_HOURS, as people write opening hours."""

import pytest

from bot.settings.hours import OpeningHours, parse_hours

WORKDAYS, SATURDAY = ((540, 1200),), ((540, 840),)
USUAL = OpeningHours((*[WORKDAYS] * 5, SATURDAY, ()))
SIESTA = ((540, 780), (900, 1200))


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-20:00, Sa 09:00-14:00",
        "Mo-Fr 09:00-20:00; Sa 09:00-14:00; Su off",
        "Mo-Fr 09:00-20:00 Sa 09:00-14:00",
        "Mo-Su 09:00-20:00; Sa 09:00-14:00; Su closed",
        "mo,tu,we,th,fr 9:00-20:00,sa 9:00-14:00,",
        "Mon – Fri: 9:00 AM – 8:00 PM; Sat: 9am-2pm",
        "Monday to Friday from 9:00 to 20:00 and Saturdays 9:00 to 14:00",
        "lun-vie 9:00-20:00, sáb 9:00-14:00",
        "Lunes a viernes de 9:00 a 20:00 y sábados de 9:00 a 14:00; domingo cerrado",
        "seg-sex 9h-20h, sáb 9h-14h, dom fechado",
        "Segunda-feira a sexta-feira das 9h às 20h; sábado 09:00–14:00",
        "Mo-Th 09:00-20:00; Fr 09:00-20:00; Sa 09:00-14:00",
    ],
)
def test_days_may_be_written_in_many_ways(text: str) -> None:
    assert parse_hours(text) == USUAL
    assert str(USUAL) == "Mo-Fr 09:00-20:00; Sa 09:00-14:00"


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-13:00,15:00-20:00",
        "Mo-Fr 09:00-13:00, Mo-Fr 15:00-20:00",
        "Mo-Fr 15:00-20:00; Mo-Fr 09:00-13:00",
        "Mo-Fr 09:00-13:00 15:00-20:00",
    ],
)
def test_a_day_may_have_several_spans(text: str) -> None:
    assert parse_hours(text) == OpeningHours((*[SIESTA] * 5, (), ()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("09:00-13:00, 15:00-20:00", "09:00-13:00,15:00-20:00"),
        ("9.00-20.00", "09:00-20:00"),
        ("9-20", "09:00-20:00"),
        ("9 - 20h", "09:00-20:00"),
        ("9 a 20", "09:00-20:00"),
        ("9-20:30", "09:00-20:30"),
        ("18-2", "18:00-02:00"),
        ("0-24", "00:00-24:00"),
        ("9-13, 15-20", "09:00-13:00,15:00-20:00"),
        ("Mo-Fr 9-20, Sa 9-14", "Mo-Fr 09:00-20:00; Sa 09:00-14:00"),
        ("24/7", "00:00-24:00"),
        ("Mo-Su 00:00-24:00", "00:00-24:00"),
        ("Mo,We,Fr 9:00-13:00", "Mo,We,Fr 09:00-13:00"),
        ("Sa-Mo 10:00-12:00", "Mo,Sa-Su 10:00-12:00"),
        ("Fr,Sa 18:00-02:00", "Fr-Sa 18:00-02:00"),
        ("Mo-Su 09:00-20:00; Sa 10:00-14:00", "Mo-Fr,Su 09:00-20:00; Sa 10:00-14:00"),
        ("mar-jue 10:00-12:00", "Tu-Th 10:00-12:00"),
        ("12:00 AM-12:00 PM", "00:00-12:00"),
    ],
)
def test_hours_are_shown_as_they_can_be_written_again(text: str, shown: str) -> None:
    assert str(parse_hours(text)) == shown
    assert parse_hours(shown) == parse_hours(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9-5", "which half of the day"),
        ("9-8pm", "which half of the day"),
        ("Mo-Fr 9am-8", "which half of the day"),
        ("9-25", "no time of day"),
        ("1-5 9-20", "days and their hours"),  # weekdays by number
        ("9-9", "half of the day"),
        ("Mo-Fr", "days and their hours"),
        ("09:00-20:00 Mo-Fr", "days and their hours"),
        ("Mo 09:00-", "days and their hours"),
        ("Mo-We-Fr 09:00-10:00", "days and their hours"),
        ("", "days and their hours"),
        ("Se 09:00-20:00", "Mo, Tu"),  # segunda or sexta
        ("PH off", "holidays"),
        ("Mo-Fr off", "closed on every day"),
        ("Mo 09:00-09:00", "at the same time"),
        ("Mo 25:00-26:00", "no time of day"),
        ("13:00 pm-14:00 pm", "no time of day"),
        ("Mo-Su 09:00-20:00, Sa 10:00-14:00", "two spans of Sa"),
        ("18:00-02:00,23:00-24:00", "overlap"),
    ],
)
def test_what_is_doubtful_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_hours(text)
