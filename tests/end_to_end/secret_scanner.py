"""Looks for secrets in whatever was said, in every spelling in which one may have got there."""

import base64
import html
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, quote_plus

SIGNS = "+/=%&?#'\"\\<>~:;@"  # each is written in another way by somebody
LENGTH = 12  # of a piece that no chance makes


def with_signs() -> str:
    """A new secret: signs that are escaped here and there, between two pieces that no escaping changes."""
    return f"{secrets.token_hex(LENGTH)}{SIGNS}{secrets.token_hex(LENGTH)}"


def pieces(secret: str) -> Iterator[str]:
    """What stays of a secret in plain, in URLs, in JSON, in Python's and HTML's escapes: words, and it as a whole."""
    yield from (secret, quote(secret), quote(secret, safe=""), quote_plus(secret), html.escape(secret))
    yield from (json.dumps(secret)[1:-1], repr(secret)[1:-1], secret.encode().hex())
    words = "".join(sign if sign.isalnum() or sign in "_-" else " " for sign in secret).split()
    yield from (word for word in words if len(word) >= LENGTH)
    yield from _encoded(secret.encode())


def _encoded(secret: bytes) -> Iterator[str]:
    """Base64 of it after nought to two other bytes, without the characters that its neighbours decide too."""
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(b"\0" * before + secret).decode()[4 if before else 0 : -4]


def leaks(secrets_by_name: Mapping[str, Iterable[str]], said: str | bytes) -> list[str]:
    """A line for each secret that is in there: its name, and what stands before it."""
    text = said.decode("latin-1") if isinstance(said, bytes) else said
    found = []
    for name, values in secrets_by_name.items():
        for piece in (piece for value in values for piece in pieces(value)):
            at = text.find(piece)
            if at >= 0:
                found.append(f"{name} after {text[max(0, at - 120) : at]!r}")
                break
    return found
