"""What shows something to a person, and what only looks like text to a program."""

import pytest

from bot.tracking.visible import says_nothing, shows_something, trim

NOTHING = [
    "", " ", "\t\n", "\u2800", "\u200b", "\u3164", "\u115f\u1160", "\uffa0", "\u00ad", "\ufeff", "\u2063", "\u0301",
    "\u20e3\ufe0f", "\u180e", "\ud800", "\x00", "\U000e0041", "\U0001d159", "\U00013441", "\ufffc", "\u061c \u202e",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_blanks_fillers_and_marks_alone_show_nothing(text: str) -> None:
    assert (shows_something(text), says_nothing(text), trim(text)) == (False, True, "")


@pytest.mark.parametrize("text", ["a", "é", "e\u0301", "👍", "👨\u200d👩", "0", "-", "한", "अ", "ا", "你"])
def test_letters_digits_signs_and_pictures_show_something(text: str) -> None:
    assert shows_something(f"\u200b{text} \u2800")
    assert trim(f"\u200b{text} \u2800") == text


@pytest.mark.parametrize(
    "text", ["null", " NULL ", "None", "undefined", "N/A", "n/a", "-", "{courier}", "{{ courier }}", "%s", "<name>"]
)
def test_what_programs_write_for_nothing_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["Nullarbor", "Nonesuch", "Swift", "7", "N/A Couriers"])
def test_a_name_that_holds_such_letters_says_something(text: str) -> None:
    assert not says_nothing(text)
