"""Read single values out of Pick and Pack's JSON, whatever types they turn out to have. Pure, no I/O."""

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from bot.tracking.statuses import normalise
from bot.tracking.visible import says_nothing, shows_something, trim

MAX_ID_LENGTH = 200
MAX_STATUS_LENGTH = 64
MAX_HOSTNAME_LENGTH = 253
MAX_NAME_LENGTH = 300
MAX_URL_LENGTH = 4096  # with the text around a link
SHOWN_URL_LENGTH = 200  # of one that is longer

UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")  # control characters and lone surrogates
_UNSTORABLE_IN_LINK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # a link may come in several lines
_UNREADABLE = "\ufffd"  # no link with it is ever shown, so staff are shown what was there
_MOST_STRINGS = 3  # in one another
_MOST_LISTS = 2  # in one another, around what they hold
_MOST_LINKS = 20
_NAMES = ("name", "value", "code", "description", "title")  # where an object stands for a text


def parse_json(body: bytes) -> Any:
    """Parse JSON. Raises ValueError, whose text says what is wrong and repeats nothing of the body."""
    try:
        return json.loads(body)
    except RecursionError:
        problem = "the JSON is nested too deeply"
    except ValueError:  # malformed JSON, bytes that are not text, a number of thousands of digits
        problem = "the body is not JSON"
    # raised outside the `except`: the decoder's own error holds the whole body and must not travel along as context
    raise ValueError(problem)


def parse_json_object(body: bytes) -> dict[str, Any]:
    """Parse a JSON object. Raises ValueError as `parse_json` does."""
    value = parse_json(body)
    if isinstance(value, dict):
        return value
    raise ValueError("the body is not a JSON object")


def is_storable(value: str) -> bool:
    """Tell whether the database and a message can hold the text: no control characters, no lone surrogates."""
    return UNSTORABLE.search(value) is None


def field(entry: Mapping[str, Any], *names: str) -> Any:
    """Return the first field with one of these names that holds anything; names are in small letters, without signs.

    `orderId`, `order_id` and `OrderID` are one name. None where there is no such field.
    """
    return next(iter(fields(entry, *names)), None)


def fields(entry: Mapping[str, Any], *names: str) -> list[Any]:
    """Return all fields with one of these names that hold anything, in the order of the names."""
    by_name = {fold_name(name): value for name, value in entry.items() if not is_empty(value)}
    return [by_name[name] for name in names if name in by_name]


def fold_name(name: str) -> str:
    """Return a field's name without case and signs."""
    return (name if name.isalnum() else "".join(filter(str.isalnum, name))).lower()


def is_empty(value: Any) -> bool:
    """Return whether a value is as good as an absent one: null, no letters, no entries."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not shows_something(value))


def opened(value: Any) -> Any:
    """Return what JSON inside of a string holds, also twice over; any other value as it is."""
    for _ in range(_MOST_STRINGS):
        if not (isinstance(value, str) and value.strip()[:1] in ("{", "[", '"')):
            break
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            break
    return value


def only_object(value: Any) -> dict[str, Any] | None:
    """Return an object, also from a string or as the one entry of a list; None for everything else."""
    value = opened(value)
    if isinstance(value, list) and len(value) == 1:
        value = opened(value[0])
    return value if isinstance(value, dict) else None


def entries(value: Any, known: frozenset[str], limit: int) -> list[tuple[str | None, Any]]:
    """Return what a list holds, each with its key where it is a map by id; a single object is a list of one.

    `known`: names of fields by which an object is told from a map. At most `limit`, each opened if it is a string.
    """
    value = opened(value)
    if isinstance(value, dict):
        is_one = not known.isdisjoint(map(fold_name, value))
        value = [(None, value)] if is_one else list(value.items())
    elif isinstance(value, list):
        value = [(None, entry) for entry in islice(_flat(value, limit), limit)]
    else:
        return []
    return [(key, opened(entry)) for key, entry in value[:limit] if entry is not None]


def _flat(listed: list[Any], limit: int, depth: int = _MOST_LISTS) -> Iterator[Any]:
    """Yield what a list holds, and what lists inside of it hold."""
    for entry in listed[:limit]:
        inner = opened(entry)
        if isinstance(inner, list) and depth:
            yield from _flat(inner, limit, depth - 1)
        else:
            yield inner


def text(value: Any, max_length: int) -> str | None:
    """Return a text on one line, without unstorable characters and cut to `max_length`; None if it shows nothing.

    Where an object stands for the text, it is its name.
    """
    if isinstance(value, dict):
        value = field(value, *_NAMES)
    if not isinstance(value, str):
        return None
    words = value[: 4 * max_length].split()
    return trim(UNSTORABLE.sub("", " ".join(words))[:max_length]) or None


def name(value: Any, max_length: int) -> str | None:
    """Return a text as `text` does, but None where a program wrote `null`, `N/A` or the like."""
    found = text(value, max_length)
    return None if found is None or says_nothing(found) else found


def identifier(value: Any) -> str | None:
    """Return an id as a text: numbers of any size exactly, a longer text shortened so that it stays unique."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 17.0 is 17
    whole = trim(UNSTORABLE.sub("", " ".join(str(value).split())))
    if len(whole) <= MAX_ID_LENGTH:
        return None if not whole or says_nothing(whole) else whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:32]
    return f"{whole[: MAX_ID_LENGTH - len(digest) - 1]}~{digest}"


def status_name(value: Any) -> str | None:
    """Return the normalised name of a status, cut where it is too long for one; None where the value can't be one."""
    if isinstance(value, dict):
        value = field(value, *_NAMES)
    if not isinstance(value, str) or says_nothing(value) or not is_storable(" ".join(value.split())):
        return None
    return shortened_status(value)


def shortened_status(said: str) -> str:
    """Return the normalised name of a status; no known one is as long as what is cut off."""
    return normalise(said.strip()[: 4 * MAX_STATUS_LENGTH])[:MAX_STATUS_LENGTH]


def link(value: Any) -> str | None:
    """Return what was typed where a link belongs, for whoever decides whether there is one in it; None for nothing."""
    if isinstance(value, list):
        return next(filter(None, map(link, value[:_MOST_LINKS])), None)
    if isinstance(value, dict):
        value = field(value, "url", "link", "href", "trackingurl", "value")
    if not isinstance(value, str) or is_empty(value):
        return None
    url = _UNSTORABLE_IN_LINK.sub(_UNREADABLE, value.strip())
    return url if len(url) <= MAX_URL_LENGTH else url[:SHOWN_URL_LENGTH] + _UNREADABLE


def number(value: Any) -> float | None:
    """Return a finite number, also from a text that holds one; None for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        converted = float(value)
    except (ValueError, OverflowError):
        return None
    return converted if math.isfinite(converted) else None
