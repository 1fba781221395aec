"""Remove secrets from text, however they are escaped or encoded in it."""

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator

HIDDEN = "***"
SHORTEST_SECRET = 4  # replacing anything shorter would make the log unreadable

# What is redacted without being known. No pattern starts with \b: there is no word boundary after an escaped line break
# (`\neyJ…`), and one word too many is better than a token in the log.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"bot[0-9]+(:|%3[Aa])[A-Za-z0-9_-]+"), f"bot{HIDDEN}"),
    (re.compile(r"eyJ[A-Za-z0-9_-]{6,}(\.[A-Za-z0-9_-]*){0,2}"), HIDDEN),  # a JWT: there is a new one every 15 minutes
    (re.compile(r"([?&](?:secret|token|api_?key)=)[^&\s\"'\\]*", re.IGNORECASE), rf"\g<1>{HIDDEN}"),
    (re.compile(r"(Bearer|Basic)(?:\s|%20)+[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), rf"\g<1> {HIDDEN}"),
)


class Redaction:
    """Replaces the secrets it knows, in every spelling, and whatever looks like a token."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: dict[str, re.Pattern[str]] = {}
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Redact this secret too from now on."""
        self._spellings |= {part: _any_spelling(part) for part in _parts(secret) if len(part) >= SHORTEST_SECRET}
        # the longest first: replacing a secret that is part of a longer one would leave the rest of that one
        self._spellings = dict(sorted(self._spellings.items(), key=lambda item: len(item[0]), reverse=True))

    def clean(self, text: str) -> str:
        """Return the text with *** for each secret, each token in a URL and each JWT."""
        for spelling in self._spellings.values():
            text = spelling.sub(HIDDEN, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text


def _parts(secret: str) -> Iterator[str]:
    yield secret
    if re.fullmatch(r"[0-9]+:.{20,}", secret):  # a bot token: the id before the colon is public, the rest is not
        yield secret.partition(":")[2]


def _any_spelling(secret: str) -> re.Pattern[str]:
    """Match the secret with any of its characters escaped, however often, or all of it in base64."""
    runs = re.findall(r"\\+|[^\\]", secret)
    encoded = {re.escape(text) for text in _base64(secret.encode("utf-8", "surrogateescape"))}
    whole = "".join(_any_escape(run) for run in runs)
    return re.compile("|".join([whole, *(text for text in encoded if len(text) >= SHORTEST_SECRET)]))


def _any_escape(character: str) -> str:
    """Match a character (or a run of backslashes) as Python, JSON, URLs and HTML escape it, nested too: %2522."""
    if character.isascii() and character.isalnum():
        return character
    percent_encoded = "".join(f"%(?:25)*(?i:{byte:02x})" for byte in character.encode("utf-8", "surrogateescape"))
    if character[0] == "\\":
        return rf"(?:{percent_encoded}|\\{{{len(character)},}}+)"
    json_escaped = re.escape(json.dumps(character)[1:-1].lstrip("\\"))
    spellings = {re.escape(character), json_escaped, *(["[+]"] if character == " " else [])}
    # the longer alternatives first, so that none leaves a part of an escape behind
    return rf"(?:{percent_encoded}|{re.escape(html.escape(character))}|\\*+(?:{'|'.join(sorted(spellings))}))"


def _base64(secret: bytes) -> Iterator[str]:
    """Encode the secret at each of the three offsets at which it can start in a longer text, such as `user:secret`.

    Only the characters that the secret alone determines are returned.
    """
    for offset in range(3):
        first, last = -(-offset * 8 // 6), (offset + len(secret)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(b"\0" * offset + secret).decode()[first:last]
