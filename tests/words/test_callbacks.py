"""Buttons that are out in chats go on working: their data is written and read by one grammar that only grows."""

import pytest

from bot.words.callbacks import CallbackAction, CallbackData, callback_button
from bot.words.limits import CALLBACK_DATA_BYTES


def test_the_letters_that_are_out_in_chats_keep_their_meaning() -> None:
    assert {action.name: action.value for action in CallbackAction} == {
        "REFRESH": "r",
        "STOP": "s",
        "STOP_LISTED": "x",
        "STOP_AWAITING": "w",
        "STOP_ALL": "a",
        "SHOW_CARD": "c",
        "SET_LANGUAGE": "l",
        "SET_LEVEL": "v",
        "FORGET": "f",
        "SEND_DRAFT": "t",
        "DISCARD_DRAFT": "u",
        "LOOK_UP": "n",
        "ASK": "i",
        "MORE": "m",
        "BACK": "b",
        "NAME": "y",
        "SETTINGS": "e",
        "ALL_GOOD": "g",
        "MISSING": "d",
        "FOUND": "h",
        "CHECK": "k",
        "SET_QUIET": "q",
        "WHERE": "o",
        "MUTE_ALERT": "M",
        "UNMUTE_ALERT": "U",
        "CLOSE_ALERT": "D",
        "PANEL": "p",
        "CHECK_REFRESH": "kr",
        "CHECK_BACK": "kb",
        "CHECK_DETAILS": "kd",
        "CHECK_RESEND": "ks",
        "CHECK_WRITE": "kw",
        "CHECK_FOLLOWERS": "kf",
        "CHECK_LINK": "kl",
        "CHECK_NUMBER": "kn",
    }


@pytest.mark.parametrize("action", CallbackAction)
@pytest.mark.parametrize("argument", ["", "1", "pt-BR", "a:b", "é"])
def test_what_is_packed_is_unpacked(action: CallbackAction, argument: str) -> None:
    assert CallbackData.unpack(CallbackData(action, argument).pack()) == CallbackData(action, argument)


@pytest.mark.parametrize("data", [None, "", "r", "nonsense", ":", ":1", "z:1", "R:1", "rs:1", " r:1", "refresh:1"])
def test_what_is_none_of_ours_is_nothing(data: str | None) -> None:
    assert CallbackData.unpack(data) is None


@pytest.mark.parametrize(
    ("argument", "row_id"),
    [("7", 7), ("0", 0), ("", None), ("-1", None), ("²", None), ("٣", None), ("1_0", None), ("9" * 19, None)],
)
def test_only_digits_can_be_a_rows_id(argument: str, row_id: int | None) -> None:
    assert CallbackData(CallbackAction.STOP, argument).row_id == row_id


def test_the_longest_row_id_fits_a_button() -> None:
    assert len(callback_button("Stop", CallbackAction.STOP, 2**63).value.encode()) <= CALLBACK_DATA_BYTES
