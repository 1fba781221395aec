"""The data behind buttons, `action:argument`: written and read here and nowhere else. Pure, so that words can use it.

Buttons stay in chats for years: a letter may be added, none may change its meaning.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.words.limits import CALLBACK_DATA_BYTES
from bot.words.texts import Button, ButtonKind, ButtonStyle

SEPARATOR = ":"


class CallbackAction(StrEnum):
    """What a press asks for; behind it, what its argument is."""

    REFRESH = "r"  # a card: its subscription
    STOP = "s"  # the same
    STOP_LISTED = "x"  # one of a list: its subscription
    STOP_AWAITING = "w"  # the fingerprint of a number
    STOP_ALL = "a"
    SHOW_CARD = "c"  # a subscription
    SET_LANGUAGE = "l"  # a language
    SET_LEVEL = "v"  # a level
    FORGET = "f"  # FORGET_YES or FORGET_NO
    SEND_DRAFT = "t"  # a draft of staff's
    DISCARD_DRAFT = "u"  # the same
    LOOK_UP = "n"  # a number that is perhaps meant
    ASK = "i"  # an intent: the question that the button stands for
    MORE = "m"  # a card: its subscription
    BACK = "b"  # the same
    NAME = "y"  # the same
    SETTINGS = "e"  # the same
    ALL_GOOD = "g"  # the same
    MISSING = "d"  # the same
    FOUND = "h"  # the same
    CHECK = "k"  # the key of an order: what staff see of it
    SET_QUIET = "q"  # QUIET_ON or QUIET_OFF
    WHERE = "o"  # where the order number stands
    PANEL = "p"  # of staff: one of PANEL_…
    MUTE_ALERT = "M"  # the key of an alert: for an hour nothing of its kind in this chat
    CLOSE_ALERT = "D"  # the same: somebody is done with it
    UNMUTE_ALERT = "U"  # the same: its kind is heard of again in this chat

    CHECK_REFRESH = "kr"  # the order that staff look at: ask about it anew
    CHECK_BACK = "kb"  # the same: show the card again
    CHECK_DETAILS = "kd"  # the same
    CHECK_RESEND = "ks"  # the same
    CHECK_WRITE = "kw"  # the same
    CHECK_FOLLOWERS = "kf"  # the same
    CHECK_LINK = "kl"  # the same
    CHECK_NUMBER = "kn"  # a number of no order yet: ask about it anew


FORGET_YES, FORGET_NO = "yes", "no"
QUIET_ON, QUIET_OFF = "on", "off"
PANEL_HOME, PANEL_STUCK, PANEL_DAY, PANEL_ALERTS, PANEL_SETTINGS = "home", "stuck", "day", "alerts", "settings"
PANEL_SEARCH, PANEL_WRITE, PANEL_UNMUTE = "search", "write", "unmute"
OF_STAFF = frozenset(  # only staff's messages have these buttons
    {
        CallbackAction.SEND_DRAFT,
        CallbackAction.DISCARD_DRAFT,
        CallbackAction.CHECK,
        CallbackAction.PANEL,
        CallbackAction.MUTE_ALERT,
        CallbackAction.CLOSE_ALERT,
        CallbackAction.UNMUTE_ALERT,
        CallbackAction.CHECK_REFRESH,
        CallbackAction.CHECK_BACK,
        CallbackAction.CHECK_DETAILS,
        CallbackAction.CHECK_RESEND,
        CallbackAction.CHECK_WRITE,
        CallbackAction.CHECK_FOLLOWERS,
        CallbackAction.CHECK_LINK,
        CallbackAction.CHECK_NUMBER,
    }
)


@dataclass(frozen=True, slots=True)
class CallbackData:
    """What a button sends back when it is pressed. It proves nothing: who pressed may have written it."""

    action: CallbackAction
    argument: str = ""

    def pack(self) -> str:
        """Return it as Telegram carries it."""
        return f"{self.action.value}{SEPARATOR}{self.argument}"

    @classmethod
    def unpack(cls, data: str | None) -> Self | None:
        """Return what a button's data says, or None for data that is none of ours."""
        letter, separator, argument = (data or "").partition(SEPARATOR)
        if not separator or letter not in _LETTERS:
            return None
        return cls(CallbackAction(letter), argument)

    @property
    def row_id(self) -> int | None:
        """The argument as a row's id; None for anything that can't be one."""
        text = self.argument
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ROW_ID else None


def callback_button(
    label: str, action: CallbackAction, argument: object = "", *, style: ButtonStyle | None = None
) -> Button:
    """Return a button that calls the bot back."""
    return Button(label, ButtonKind.CALLBACK, CallbackData(action, str(argument)).pack(), style)


def fits_button(argument: str, action: CallbackAction = CallbackAction.LOOK_UP) -> bool:
    """Tell whether a button can carry this behind its letter."""
    return len(CallbackData(action, argument).pack().encode()) <= CALLBACK_DATA_BYTES


_LETTERS = frozenset(action.value for action in CallbackAction)
_LONGEST_ROW_ID = 18  # digits; SQLite's integers end there
