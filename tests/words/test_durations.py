"""Durations in short, as each language writes them."""

import pytest

from bot.tracking.timing import DAY, HOUR
from bot.words.fluent.durations import format_duration


@pytest.mark.parametrize(
    ("language", "one_hour", "longer"),
    [
        ("en", "1 hr", "1 day 1 hr"),
        ("es", "1 h", "1 d 1 h"),
        ("es-AR", "1 h", "1 d 1 h"),
        ("pt-BR", "1 h", "1 dia 1 h"),
        ("de", "1 Std.", "1 Tg. 1 Std."),
        ("it", "1 h", "1 giorno 1 h"),
    ],
)
def test_one_of_a_unit_is_written_like_more_of_it(language: str, one_hour: str, longer: str) -> None:
    assert format_duration(HOUR, language) == one_hour
    assert format_duration(DAY + HOUR, language) == longer
