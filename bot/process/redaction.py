"""Strikes secrets out of a text, in whatever spelling they got into it."""

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator

HIDDEN = "***"
SHORTEST_SECRET = 4  # striking out anything shorter would eat the log

# No \b in front: after an escaped line break there is none. Better a word too many than a token in the log.
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"bot[0-9]+(:|%3[Aa])[A-Za-z0-9_-]+"), f"bot{HIDDEN}"),
    (re.compile(r"eyJ[A-Za-z0-9_-]{6,}(\.[A-Za-z0-9_-]*){0,2}"), HIDDEN),  # a JWT: new ones come every 15 minutes
    (re.compile(r"([?&](?:secret|token|api_?key)=)[^&\s\"'\\]*", re.IGNORECASE), rf"\g<1>{HIDDEN}"),
    (re.compile(r"(Bearer|Basic)(?:\s|%20)+[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), rf"\g<1> {HIDDEN}"),
)


class Redaction:
    """Knows the secrets in every spelling in which one could get into a text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: dict[str, re.Pattern[str]] = {}
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Strike this out from now on as well."""
        self._spellings |= {one: _any_spelling(one) for one in _parts(secret) if len(one) >= SHORTEST_SECRET}
        # the longest first, or the rest of a longer one would stay
        self._spellings = dict(sorted(self._spellings.items(), key=lambda item: len(item[0]), reverse=True))

    def clean(self, text: str) -> str:
        """Give the text with *** for each secret, each token in a URL, each JWT."""
        for spelling in self._spellings.values():
            text = spelling.sub(HIDDEN, text)
        for shape, put in _SHAPES:
            text = shape.sub(put, text)
        return text


def _parts(secret: str) -> Iterator[str]:
    yield secret
    if re.fullmatch(r"[0-9]+:.{20,}", secret):  # the bot's number is public, what follows it is not
        yield secret.partition(":")[2]


def _any_spelling(secret: str) -> re.Pattern[str]:
    """The secret with each of its signs escaped or not, as often as anybody does it, or all of it in base64."""
    runs = re.findall(r"\\+|[^\\]", secret)
    encoded = {re.escape(one) for one in _base64(secret.encode("utf-8", "surrogateescape"))}
    whole = "".join(_any_escape(run) for run in runs)
    return re.compile("|".join([whole, *(one for one in encoded if len(one) >= SHORTEST_SECRET)]))


def _any_escape(sign: str) -> str:
    """One sign, or a run of backslashes, as Python, JSON, URLs and HTML write it, also twice: \", \\\", %22, %2522."""
    if sign.isascii() and sign.isalnum():
        return sign
    percents = "".join(f"%(?:25)*(?i:{byte:02x})" for byte in sign.encode("utf-8", "surrogateescape"))
    if sign[0] == "\\":
        return rf"(?:{percents}|\\{{{len(sign)},}}+)"
    escaped = re.escape(json.dumps(sign)[1:-1].lstrip("\\"))
    spelt = {re.escape(sign), escaped, *(["[+]"] if sign == " " else [])}
    # the longer ones first: what follows is no part of them
    return rf"(?:{percents}|{re.escape(html.escape(sign))}|\\*+(?:{'|'.join(sorted(spelt))}))"


def _base64(secret: bytes) -> Iterator[str]:
    """Base64 of the secret wherever it lies in a longer text (`user:secret`): the characters that it alone decides."""
    for before in range(3):
        first, last = -(-before * 8 // 6), (before + len(secret)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(b"\0" * before + secret).decode()[first:last]
