"""Parse lists as people write them: `1,2`, `1;2`, `1 2`, `[1, 2]`, `["1","2"]`. What is wrong is named by its place."""

import json
import re
from collections.abc import Iterable

from pydantic import SecretStr

from bot.settings.parsers import SECRET_LENGTH, secret_parser
from bot.settings.written import shown

_TELEGRAM_ID = re.compile(r"-?[0-9]{1,16}")
_PREFIX = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9._#-]{1,40}")
_SEPARATORS = r"[,;\uff0c\u3001\s]"
_BRACKETS = frozenset({"[]", "()", "{}"})
# ids that Telegram itself writes under: who is listed by one is everybody who is shown so, and nobody who could be told
_OF_NOBODY = {
    1087968824: "is @GroupAnonymousBot, in whose name the anonymous administrators of every group write",
    136817688: "is @Channel_Bot, in whose name channels write in every group",
    777000: "is Telegram itself, in whose name a linked channel's posts come into its group",
}
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})  # as word processors write a minus


def _split(text: str, separators: str) -> list[str]:
    """Return the items without brackets and quotes; empty ones are left out."""
    inside = text.strip()
    if inside[:1] + inside[-1:] in _BRACKETS and len(inside) > 1:
        inside = inside[1:-1]
    items = (item.strip() for item in re.split(separators, inside))
    return [bare for item in items if (bare := _unquote(item))]


def _unquote(item: str) -> str:
    return item[1:-1].strip() if len(item) > 1 and item[0] == item[-1] and item[0] in "\"'" else item


def _refuse(items: list[str], wrong: int, message: str) -> None:
    if len(items) == 1:
        raise ValueError(f"{message}{shown(items[wrong])}")
    raise ValueError(f"has a wrong part, number {wrong + 1} of {len(items)}{shown(items[wrong])}: {message}")


def parse_telegram_ids(text: str) -> frozenset[int]:
    """Parse Telegram ids: positive for people, negative for groups."""
    items = [item.translate(_MINUS) for item in _split(text, _SEPARATORS)]
    for place, item in enumerate(items):
        if item.startswith("@") or "t.me/" in item:
            _refuse(items, place, "a name is no id; an id is a whole number, and a group's begins with -")
        if not _TELEGRAM_ID.fullmatch(item) or not int(item):
            _refuse(items, place, "a Telegram id is a whole number, and a group's begins with -")
        if reason := _OF_NOBODY.get(int(item)):
            remedy = "write the id of the group itself, which begins with -, or of each person: @userinfobot tells them"
            _refuse(items, place, f"this id {reason}: strangers would be staff; {remedy}")
    return frozenset(int(item) for item in items)


def parse_prefixes(text: str) -> tuple[str, ...]:
    """Parse prefixes of order ids; their order is the one in which they are tried."""
    items = _split(text, _SEPARATORS)
    for place, item in enumerate(items):
        if not _PREFIX.fullmatch(item):
            _refuse(items, place, "the beginning of an order id is of letters, digits and - _ . #")
    return tuple(dict.fromkeys(items))


def parse_link_secrets(text: str) -> tuple[SecretStr, ...]:
    """Parse one secret, or two different ones separated by a comma; no part of one is ever shown."""
    items = _secrets(text)
    if len(items) > 2:
        raise ValueError("must be one secret, or two separated by a comma")
    if len(set(items)) < len(items):
        raise ValueError("holds the same secret twice")
    return tuple(_parse_secrets(items))


def _secrets(text: str) -> list[str]:
    """Split at commas alone, as a secret may hold any other sign; of brackets, only JSON's are none of its signs."""
    try:
        found = json.loads(text)
    except ValueError:
        return _split_plainly(text)
    is_list = isinstance(found, list) and all(isinstance(item, str) for item in found)
    return [item.strip() for item in found] if is_list else _split_plainly(text)


def _split_plainly(text: str) -> list[str]:
    return [bare for item in text.split(",") if (bare := _unquote(item.strip()))]


def _parse_secrets(items: list[str]) -> Iterable[SecretStr]:
    for place, item in enumerate(items, start=1):
        try:
            yield secret_parser(SECRET_LENGTH)(item)
        except ValueError as error:
            where = f"(number {place} of {len(items)}) " if len(items) > 1 else ""
            raise ValueError(f"{where}{error}") from None
