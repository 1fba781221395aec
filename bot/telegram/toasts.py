"""What a press is answered with for a moment: a message's key with its values; of staff's old buttons in their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiogram.types import CallbackQuery, InaccessibleMessage

from bot.telegram.request import Request
from bot.words.callbacks import OF_STAFF, CallbackData

OLD = "toast-old"
LONGEST_NUMBER = 80  # characters; a toast holds 200


@dataclass(frozen=True, slots=True)
class Toast:
    """A message of the catalog with its values; of a toast the tags don't show."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def toast_of(said: Toast | str | None, query: CallbackQuery, request: Request) -> Toast | None:
    """Return what a handler's answer to a press says; None: nothing. Of staff's old buttons never /orders."""
    if said == OLD and request.is_staff:
        pressed = CallbackData.unpack(query.data)
        if pressed is not None and pressed.action in OF_STAFF:
            number = _number_in(query)
            return Toast("toast-staff-old", {"number": number, "named": bool(number)})
    return Toast(said) if isinstance(said, str) else said


def _number_in(query: CallbackQuery) -> str:
    """Return the order that the pressed message is about: staff's messages show its number to be copied."""
    message = query.message
    if message is None or isinstance(message, InaccessibleMessage) or message.text is None:
        return ""
    codes = (one for one in message.entities or () if one.type == "code")
    number = next((one.extract_from(message.text) for one in codes), "")
    return number if len(number) <= LONGEST_NUMBER else ""
