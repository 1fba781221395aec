"""Check texts as Telegram does: parse modes, lengths, numbers of entities; and find links in them.

The limits are stated here anew, not imported from the product: this is an independent check.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.simulators.telegram.entities import LOOKS, QUOTES, overlap, settled
from bot.simulators.telegram.errors import Json, bad_request
from bot.simulators.telegram.html import HtmlParseError, parse_html, utf16_length

MAX_TEXT_LENGTH = 4096
MAX_CAPTION_LENGTH = 1024
MAX_ENTITIES = 100
PLAIN_LINK = re.compile(
    r"https?://[^\s<>\"]*[^\s<>\".,;:!?)']"
    r"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|io|info|app|dev|co|br|de|es|fr|it|uk|ru|me)"
    r"(?:/[^\s<>\"]*)?(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as people see it, with its entities (offsets and lengths in UTF-16 units)."""

    text: str
    entities: tuple[Json, ...] = ()


def parse_text(
    source: str, parse_mode: str | None, *, limit: int = MAX_TEXT_LENGTH, entities: Sequence[Json] = ()
) -> FormattedText:
    """Parse `source` in its parse mode (html or none) and check it against Telegram's limits.

    Raises ApiError if it cannot be parsed, is empty or too long, or has too many entities.
    """
    if not source:
        raise bad_request("message text is empty")
    text, found = _parsed(source, parse_mode) if parse_mode else (source, entities)
    trimmed = _trimmed(text, found)
    if not trimmed.text:
        raise bad_request("text must be non-empty")
    if utf16_length(trimmed.text) > limit:
        raise bad_request("message is too long" if limit == MAX_TEXT_LENGTH else "message caption is too long")
    if len(trimmed.entities) > MAX_ENTITIES:
        raise bad_request("ENTITIES_TOO_LONG")  # Telegram silently drops the rest; a test should notice
    return FormattedText(trimmed.text, settled((*trimmed.entities, *_plain_links(trimmed))))


def _parsed(source: str, parse_mode: str) -> tuple[str, Sequence[Json]]:
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return parse_html(source)
    except HtmlParseError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _trimmed(text: str, entities: Iterable[Json]) -> FormattedText:
    """Cut the spaces at both ends, and move and shrink the entities accordingly."""
    shift = utf16_length(text) - utf16_length(text.lstrip())
    shown = text.strip()
    length = utf16_length(shown)
    clipped = (_clipped(entity, shift, length) for entity in entities)
    return FormattedText(shown, tuple(entity for entity in clipped if entity["length"] > 0))


def _clipped(entity: Json, shift: int, length: int) -> Json:
    start = max(0, entity["offset"] - shift)
    end = min(length, entity["offset"] - shift + entity["length"])
    return {**entity, "offset": start, "length": end - start}


def _plain_links(text: FormattedText) -> list[Json]:
    """Find the links that Telegram makes clickable by itself, bare hosts too, except inside code and links."""
    taken = [entity for entity in text.entities if entity["type"] not in (*LOOKS, *QUOTES)]
    links = (_url_entity(text.text, match) for match in PLAIN_LINK.finditer(text.text))
    return [link for link in links if not any(overlap(link, other) for other in taken)]


def _url_entity(text: str, match: re.Match[str]) -> Json:
    return {"type": "url", "offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0])}
