"""Parse the HTML that Telegram accepts, strictly: what Telegram might refuse is refused here first."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAGS_WITHOUT_ATTRIBUTE = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler"}
)
# tag → the attributes that it may have
_ATTRIBUTES = {
    "a": re.compile(r'href="(https?://|tg://|mailto:|tel:)[^"<>\s]+"\Z'),
    "span": re.compile(r'class="tg-spoiler"\Z'),
    "blockquote": re.compile(r"expandable\Z"),
    "code": re.compile(r'class="language-[\w+-]+"\Z'),
    "tg-emoji": re.compile(r'emoji-id="[0-9]+"\Z'),
    "tg-time": re.compile(r'unix="[0-9]{1,10}" format="(r|w?[dD]?[tT]?)"\Z'),
}
TAGS = _TAGS_WITHOUT_ATTRIBUTE | _ATTRIBUTES.keys()
_TOKEN = re.compile(
    r"<(?P<slash>/?)(?P<tag>[a-z-]+)(?: (?P<attributes>[^<>]*))?>|(?P<escape>&[#\w]+;)|(?P<text>[^<>&]+)"
)
_ESCAPE = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});\Z")


class MarkupError(ValueError):
    """Telegram would refuse the text. The message says why, in words for a translator."""


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the source: a tag (`tag` is its name, `closes` tells an end tag), or text (`tag` is None).

    `text` is what a reader sees of it.
    """

    source: str
    text: str = ""
    tag: str | None = None
    closes: bool = False


def tokenize(source: str) -> Iterator[Token]:
    """Split HTML into tags and text. Raises MarkupError, also for tags that are never closed."""
    open_tags: list[str] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise MarkupError(f"{source[position]!r} must be written as {html.escape(source[position])}")
        position = match.end()
        yield _token(match, open_tags)
    if open_tags:
        raise MarkupError(f"<{open_tags[-1]}> is not closed")


def visible_text(source: str) -> str:
    """Return the text that readers see. Raises MarkupError."""
    return "".join(token.text for token in tokenize(source))


def _token(match: re.Match[str], open_tags: list[str]) -> Token:
    if match["text"]:
        return Token(match[0], match[0])
    if match["escape"]:
        if not _ESCAPE.match(match[0]):
            raise MarkupError(f"{match[0]} is no escape that Telegram knows")
        return Token(match[0], html.unescape(match[0]))
    if match["slash"]:
        return _end_tag(match, open_tags)
    _refuse_unknown(match["tag"], match["attributes"])
    open_tags.append(match["tag"])
    return Token(match[0], tag=match["tag"])


def _end_tag(match: re.Match[str], open_tags: list[str]) -> Token:
    tag = match["tag"]
    if match["attributes"] is not None or not open_tags or open_tags.pop() != tag:
        raise MarkupError(f"{match[0]} closes nothing that is open")
    return Token(match[0], tag=tag, closes=True)


def _refuse_unknown(tag: str, attributes: str | None) -> None:
    if attributes is None:
        if tag not in _TAGS_WITHOUT_ATTRIBUTE:
            raise MarkupError(f"<{tag}> is not for Telegram")
        return
    pattern = _ATTRIBUTES.get(tag)
    if pattern is None or not pattern.match(attributes):
        raise MarkupError(f"<{tag} {attributes}> is not for Telegram")
