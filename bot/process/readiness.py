"""What /readyz says, in words: for `healthcheck` and `doctor`, which ask the running service."""

import json
from collections.abc import Mapping
from typing import Any

PARTS = ("database", "telegram", "pickpack")
ANSWERING = ("ok", "starting")


def in_words(body: Mapping[str, Any]) -> str:
    """Return how each part is: `telegram down since … (connection refused)`, `pickpack ok as of …`."""
    return ", ".join(_part(name, body) for name in PARTS)


def body_in_words(body: bytes) -> str:
    """Return the same of the body as it came; nothing, where it is somebody else's."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return in_words(found) if isinstance(found, dict) and PARTS[0] in found else ""


def troubled(body: Mapping[str, Any]) -> list[str]:
    """List the parts that are not as they should be."""
    return [name for name in PARTS if body.get(name) not in ANSWERING]


def _part(name: str, body: Mapping[str, Any]) -> str:
    state, reason = str(body.get(name)), _of(body, "reasons", name)
    if state in ANSWERING:
        at = _of(body, "as of", name)
        return f"{name} {state}" + (f" as of {at}" if at else "")
    since = _of(body, "since", name)
    return f"{name} {state}" + (f" since {since}" if since else "") + (f" ({reason})" if reason else "")


def _of(body: Mapping[str, Any], what: str, name: str) -> str:
    found = body.get(what)
    return str(found.get(name, "")) if isinstance(found, dict) else ""
