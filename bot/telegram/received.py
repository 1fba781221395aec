"""An update as Telegram brings it, read, and as it may be kept: JSON of a bounded size, without personal numbers.

Of what people say in words only what was understood is kept; in commands and presses the numbers that are no order's
become zeros.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

from bot.telegram.commands import parse_command
from bot.telegram.gathering import storable
from bot.telegram.said import KEPT, Said
from bot.transactions.inbox import KeptUpdate
from bot.understanding.masking import LEFT_OUT, masked

log = logging.getLogger(__name__)

LONGEST_BODY = 128 * 1024  # the longest message, with the one that it answers, is half of that
STORABLE = range(-(2**63), 2**63)
PERSONAL = frozenset({"phone_number", "vcard"})  # of these nothing is kept
OURS = frozenset({"id", "type", "callback_data"})  # Telegram's own names and our buttons': nobody's words
PRESSED = ("callback_query", "data")
SAID = "said"  # beside Telegram's own names: what was understood
# of a message whose words were understood: who said it where, and nothing of what
ABOUT_THE_MESSAGE = frozenset(
    {
        "message_id",
        "date",
        "chat",
        "from",
        "sender_chat",
        "message_thread_id",
        "is_topic_message",
        "business_connection_id",
        "guest_query_id",
        "guest_bot_caller_user",
        "guest_bot_caller_chat",
        "direct_messages_topic",
        "is_automatic_forward",
    }
)

SaidIn = Callable[[Update], Said | None]


@dataclass(frozen=True, slots=True)
class ReceivedUpdate:
    """An update, what is kept of it until it is handled, and what somebody says in it in words."""

    update: Update
    kept: KeptUpdate
    said: Said | None = None


def nothing_said(_update: Update) -> Said | None:
    """Understand nothing: the update is kept as it is, but for its numbers."""
    return None


async def read_all(raw: Iterable[object], bot: Bot, said_in: SaidIn = nothing_said) -> list[ReceivedUpdate]:
    """Return the updates that can be read; the others are logged and skipped.

    A long message takes some hundredths of a second: between two of them all else has its turn.
    """
    received = list[ReceivedUpdate]()
    for each in raw:
        one = read(each, bot, said_in)
        if one is not None:
            received.append(one)
        await asyncio.sleep(0)
    return received


def read(raw: object, bot: Bot, said_in: SaidIn = nothing_said) -> ReceivedUpdate | None:
    """Return an update; None where it can't be decoded or is too large to be kept."""
    update = _decode(raw, bot)
    if update is None:
        return None
    try:
        chat_id, size = _chat_id_of(update), len(json.dumps(raw, separators=(",", ":")))
        if size > LONGEST_BODY or update.update_id not in STORABLE or (chat_id or 0) not in STORABLE:
            log.warning("An update of %d bytes can't be kept and is skipped", size)
            return None
        said = said_in(update)
        body = json.dumps(_kept_of(raw, said), separators=(",", ":"))
    except RecursionError:
        log.warning("An update is nested too deeply to be kept and is skipped")
        return None
    return ReceivedUpdate(update, KeptUpdate(update.update_id, chat_id, body), said)


def read_kept(kept: KeptUpdate, bot: Bot, said_in: SaidIn = nothing_said) -> ReceivedUpdate | None:
    """Return an update that was kept; None where it can't be decoded any more."""
    raw = json.loads(kept.body)
    understood = raw.pop(SAID, None)
    update = _decode(raw, bot)
    if update is None:
        return None
    try:
        said = said_in(update) if understood is None else KEPT.validate_python(understood)
    except ValidationError:  # of another version
        said = said_in(update)
    return ReceivedUpdate(update, kept, said)


def _kept_of(raw: Any, said: Said | None) -> Any:
    if said is None:
        return _storable(raw)
    message = raw["message"]
    kept = {name: _storable(value, name) for name, value in message.items() if name in ABOUT_THE_MESSAGE}
    kept["text"] = LEFT_OUT
    answered = message.get("reply_to_message")
    if isinstance(answered, dict):  # in a group only who answers the bot speaks to it
        about = {name: _storable(value, name) for name, value in answered.items() if name in ABOUT_THE_MESSAGE}
        kept["reply_to_message"] = about
    return {"update_id": raw["update_id"], "message": kept, SAID: KEPT.dump_python(said, mode="json")}


def _decode(raw: object, bot: Bot) -> Update | None:
    try:
        return Update.model_validate(raw, context={"bot": bot})
    except ValidationError as error:
        number = raw.get("update_id") if isinstance(raw, dict) else "?"
        log.warning("update %s can't be decoded and is skipped: %d faults", number, error.error_count())
        return None


def _chat_id_of(update: Update) -> int | None:
    """Return the chat that an update belongs to; what belongs to none may overtake."""
    if update.message is not None:
        return update.message.chat.id
    if update.callback_query is not None and update.callback_query.message is not None:
        return update.callback_query.message.chat.id
    return update.my_chat_member.chat.id if update.my_chat_member is not None else None


def _storable(value: Any, key: str = "", within: str = "") -> Any:
    """Return Telegram's values with zeros in the numbers that must not be kept, in whatever a person can fill in."""
    if isinstance(value, dict):
        return {name: _storable(inner, name, key) for name, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner, key, within) for inner in value]
    if not isinstance(value, str) or key in OURS or (within, key) == PRESSED:
        return value
    return "" if key in PERSONAL else _without_other_numbers(value)


def _without_other_numbers(text: str) -> str:
    """Return the text with zeros in cards, phones …; staff's words to followers are kept as they are or not at all."""
    readable = storable(text)  # what is left out would part a number, and is never read
    kept, command = masked(readable), parse_command(readable)
    return kept if kept == readable or command is None or command.name != "tell" else "/tell"  # answered with its usage
