"""Telegram's HTML, read strictly: what is not certain to be accepted is refused here, before Telegram refuses it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

TEXT_LIMIT = 4096  # UTF-16 units after parsing
ENTITY_LIMIT = 100

_PLAIN_TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler"}
)
_TAG_WITH_VALUE = {
    "a": re.compile(r'href="(https?://|tg://|mailto:|tel:)[^"<>\s]+"\Z'),
    "span": re.compile(r'class="tg-spoiler"\Z'),
    "blockquote": re.compile(r"expandable\Z"),
    "code": re.compile(r'class="language-[\w+-]+"\Z'),
    "tg-emoji": re.compile(r'emoji-id="[0-9]+"\Z'),
    "tg-time": re.compile(r'unix="[0-9]{1,10}" format="(r|w?[dD]?[tT]?)"\Z'),
}
TAGS = _PLAIN_TAGS | _TAG_WITH_VALUE.keys()
_TOKEN = re.compile(r"<(?P<slash>/?)(?P<tag>[a-z-]+)(?: (?P<value>[^<>]*))?>|(?P<escape>&[#\w]+;)|(?P<text>[^<>&]+)")
_ESCAPE = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});\Z")


class BadMarkup(ValueError):
    """Telegram would refuse the text; the message says why, in words for a translator."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag (`tag` is its name, `closes` whether it ends), or text as it is written (`tag` None) and as it is shown."""

    written: str
    shown: str = ""
    tag: str | None = None
    closes: bool = False


def units(text: str) -> int:
    """Return the length as Telegram counts it: in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def head(text: str, room: int) -> str:
    """Return as much of the beginning as fits into `room` UTF-16 units, and never half a character."""
    kept = 0
    for character in text:
        room -= units(character)
        if room < 0:
            break
        kept += 1
    return text[:kept]


def pieces(source: str) -> Iterator[Piece]:
    """Take HTML apart into tags and text. Raises BadMarkup, also for tags left open at the end."""
    stack: list[str] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise BadMarkup(f"{source[position]!r} must be written as {html.escape(source[position])}")
        position = match.end()
        yield _piece(match, stack)
    if stack:
        raise BadMarkup(f"<{stack[-1]}> is not closed")


def shown(source: str) -> str:
    """The text as people see it. Raises BadMarkup."""
    return "".join(piece.shown for piece in pieces(source))


def _piece(match: re.Match[str], stack: list[str]) -> Piece:
    if match["text"]:
        return Piece(match[0], match[0])
    if match["escape"]:
        if not _ESCAPE.match(match[0]):
            raise BadMarkup(f"{match[0]} is no escape that Telegram knows")
        return Piece(match[0], html.unescape(match[0]))
    if match["slash"]:
        return _closing(match, stack)
    _refuse_unknown(match["tag"], match["value"])
    stack.append(match["tag"])
    return Piece(match[0], tag=match["tag"])


def _closing(match: re.Match[str], stack: list[str]) -> Piece:
    tag = match["tag"]
    if match["value"] is not None or not stack or stack.pop() != tag:
        raise BadMarkup(f"{match[0]} closes nothing that is open")
    return Piece(match[0], tag=tag, closes=True)


def _refuse_unknown(tag: str, value: str | None) -> None:
    if value is None:
        if tag not in _PLAIN_TAGS:
            raise BadMarkup(f"<{tag}> is not for Telegram")
        return
    pattern = _TAG_WITH_VALUE.get(tag)
    if pattern is None or not pattern.match(value):
        raise BadMarkup(f"<{tag} {value}> is not for Telegram")
