"""Find secrets where they don't belong: in a setting that shoppers or a log may see, or in another secret's place.

A problem names settings, never a value.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from urllib.parse import unquote

from bot.settings.written import SECRETS

SHORTEST = 8  # anything shorter stands in other texts by chance
TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{30,}")
BOT_TOKEN_SHAPE = re.compile(r"(?<![0-9])[0-9]{5,20}:[A-Za-z0-9_-]{30,}")


def misplaced_secrets(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each setting that holds a secret that isn't its own, and what is wrong with it."""
    secrets = {name: _parts(name, texts[name]) for name in SECRETS if texts.get(name)}
    yield from _alike(secrets)
    for name, text in texts.items():
        if name not in SECRETS and (held := _held(text, secrets)):
            yield name, f"holds {held}, which must stay secret; take it out"


def _parts(name: str, text: str) -> list[str]:
    """Return the secrets in a text: of LINK_SECRET there may be two. What can be no token is reported by itself."""
    if name == "BOT_TOKEN" and not TOKEN.fullmatch(text):
        return []
    parts = re.split(r"[\s,\[\]\"']+", text) if name == "LINK_SECRET" else [text]
    return [one for one in parts if len(one) >= SHORTEST]


def _held(text: str, secrets: Mapping[str, list[str]]) -> str:
    written = text, unquote(text)
    names = [name for name, own in secrets.items() if any(one in form for one in own for form in written)]
    if names:
        return f"the value of {' and '.join(names)}"
    return "what looks like a bot's token" if any(map(BOT_TOKEN_SHAPE.search, written)) else ""


def _alike(secrets: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield the secrets that are another one, a part of it, or of the shape of a bot's token without being one.

    Of two, the later one is named: it is asked for when the other is known.
    """
    found: dict[str, str] = {}
    for (first, ones), (second, others) in combinations(secrets.items(), 2):
        pairs = [(one, other) for one in ones for other in others]
        if any(one == other for one, other in pairs):
            found.setdefault(second, f"is the same as {first}; each secret has a value of its own")
        elif any(one in other or other in one for one, other in pairs):
            found.setdefault(second, f"holds {first}, or is a part of it; each secret has a value of its own")
    for name, own in secrets.items():
        if name != "BOT_TOKEN" and any(map(BOT_TOKEN_SHAPE.search, own)):
            found.setdefault(name, "holds what looks like a bot's token, which belongs into BOT_TOKEN alone")
    yield from found.items()
