"""What stands under a message, in Telegram's own types: its buttons, or the request to reply to it."""

from collections.abc import Iterable
from urllib.parse import quote

from aiogram.types import CopyTextButton, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from bot.words.html.plain import plain_buttons
from bot.words.texts import Button, ButtonKind, Text

SHARE_PAGE = "https://t.me/share/url?url="


def shares(text: Text) -> bool:
    """Tell whether the text needs the bot's own name: a button passes on a link that starts it."""
    return any(button.kind is ButtonKind.SHARE for row in text.buttons for button in row)


def keyboard(text: Text, *, plain: bool = False, username: str | None = None) -> InlineKeyboardMarkup | None:
    """Return the text's buttons; without the bot's name (`username`) there is no link to share."""
    rows = [_row(row, username) for row in (plain_buttons(text) if plain else text.buttons)]
    shown = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=shown) if shown else None


def under_new_message(
    text: Text, *, plain: bool = False, username: str | None = None
) -> InlineKeyboardMarkup | ForceReply | None:
    """Return what stands under a new message: an edit can't ask for a reply."""
    return ForceReply(selective=True) if text.asks else keyboard(text, plain=plain, username=username)


def _row(row: Iterable[Button], username: str | None) -> list[InlineKeyboardButton]:
    return [made for button in row if (made := _button(button, username)) is not None]


def _button(button: Button, username: str | None) -> InlineKeyboardButton | None:
    label, style = button.label, button.style
    match button.kind:
        case ButtonKind.URL:
            return InlineKeyboardButton(text=label, style=style, url=button.value)
        case ButtonKind.CALLBACK:
            return InlineKeyboardButton(text=label, style=style, callback_data=button.value)
        case ButtonKind.COPY:
            return InlineKeyboardButton(text=label, style=style, copy_text=CopyTextButton(text=button.value))
        case ButtonKind.SHARE:
            if username is None:
                return None
            start = f"https://t.me/{username}?start={quote(button.value, safe='')}"
            return InlineKeyboardButton(text=label, style=style, url=SHARE_PAGE + quote(start, safe=""))
