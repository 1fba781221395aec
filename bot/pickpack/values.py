"""Read single values out of Pick and Pack's JSON, whatever types they turn out to have. Pure, no I/O."""

import hashlib
import json
import math
import re
from typing import Any

from bot.tracking.statuses import normalise

MAX_ID_LENGTH = 200
MAX_STATUS_LENGTH = 64
MAX_HOSTNAME_LENGTH = 253
MAX_NAME_LENGTH = 300
MAX_URL_LENGTH = 2048

UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")  # control characters and lone surrogates


def parse_json_object(body: bytes) -> dict[str, Any]:
    """Parse a JSON object. Raises ValueError, whose text says what is wrong and repeats nothing of the body."""
    value, problem = None, "the body is not a JSON object"
    try:
        value = json.loads(body)
    except RecursionError:
        problem = "the JSON is nested too deeply"
    except ValueError:  # malformed JSON, bytes that are not text, a number of thousands of digits
        problem = "the body is not JSON"
    if isinstance(value, dict):
        return value
    # raised outside the `except`: the decoder's own error holds the whole body and must not travel along as context
    raise ValueError(problem)


def is_storable(value: str) -> bool:
    """Tell whether the database and a message can hold the text: no control characters, no lone surrogates."""
    return UNSTORABLE.search(value) is None


def objects(value: Any, limit: int) -> list[dict[str, Any]]:
    """Return the objects of a JSON array, at most `limit`; nothing where it is no array."""
    return [entry for entry in value if isinstance(entry, dict)][:limit] if isinstance(value, list) else []


def text(value: Any, max_length: int) -> str | None:
    """Return a text on one line, without unstorable characters and cut to `max_length`; None if nothing is left."""
    if not isinstance(value, str):
        return None
    words = value[: 4 * max_length].split()
    return UNSTORABLE.sub("", " ".join(words))[:max_length].strip() or None


def status_name(value: Any) -> str | None:
    """Return the normalised name of a status, or None where the value can't be one."""
    if not isinstance(value, str) or not value.strip() or len(value.strip()) > MAX_STATUS_LENGTH:
        return None
    status = normalise(value)
    return status if is_storable(status) else None


def link(value: Any) -> str | None:
    """Return the carrier's link unchanged, or None if it is too long: a cut one leads nowhere.

    Whether it is safe to show is decided where it is shown.
    """
    if not isinstance(value, str) or not value.strip() or len(value.strip()) > MAX_URL_LENGTH:
        return None
    url = value.strip()
    return url if is_storable(url) else None


def number(value: Any) -> float | None:
    """Return a finite number, also from a text that holds one; None for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        converted = float(value)
    except (ValueError, OverflowError):
        return None
    return converted if math.isfinite(converted) else None


def identity(value: Any, max_length: int) -> str | None:
    """Return an id as a text: numbers of any size exactly, a longer text shortened so that it stays unique."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 17.0 is 17
    whole = UNSTORABLE.sub("", " ".join(str(value).split()))
    if len(whole) <= max_length:
        return whole or None
    digest = hashlib.sha256(whole.encode()).hexdigest()[:32]
    return f"{whole[: max_length - len(digest) - 1]}~{digest}"
