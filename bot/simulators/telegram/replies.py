"""Read what a message replies to, and check that it is there, as the Bot API does."""

import json
from dataclasses import dataclass

from bot.simulators.telegram.errors import Json, bad_request
from bot.simulators.telegram.parameters import Parameters
from bot.simulators.telegram.state import ShownMessage, TelegramState

MAX_QUOTE_LENGTH = 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """The message that is answered, and the part of it that is quoted."""

    target: ShownMessage
    quote: str | None = None


def read_reply(state: TelegramState, chat_id: int, parameters: Parameters) -> Reply | None:
    """Return what a new message in this chat replies to; None if nothing. Raises ApiError."""
    given = _given(parameters)
    if not given:
        return None
    target_chat = given.get("chat_id") or chat_id
    target = state.find(state.chat(_number(target_chat, "chat_id")).id, _number(given["message_id"], "message_id"))
    if target is not None:
        return Reply(target, _quote(target, given.get("quote")))
    if given.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _given(parameters: Parameters) -> Json:
    """Return the reply parameters; the older names of them count too."""
    given = parameters.values.get("reply_parameters")
    if given is None:
        number = parameters.integer("reply_to_message_id")
        without = parameters.flag("allow_sending_without_reply")
        return {} if number is None else {"message_id": number, "allow_sending_without_reply": without}
    parsed = _parsed(given) if isinstance(given, str) else given
    if not isinstance(parsed, dict):
        raise bad_request("object expected as reply parameters")
    if parsed and parsed.get("message_id") is None:
        raise bad_request('can\'t find field "message_id"')
    return parsed


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise bad_request("can't parse reply parameters JSON object") from None


def _number(value: object, name: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise bad_request(f'field "{name}" must be a Number') from None


def _quote(target: ShownMessage, quote: object) -> str | None:
    if not quote:
        return None
    words = str(quote)
    if words not in target.text or len(words) > MAX_QUOTE_LENGTH:
        raise bad_request("QUOTE_TEXT_INVALID")
    return words
