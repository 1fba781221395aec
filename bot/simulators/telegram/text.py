"""What Telegram accepts as a text: parse modes, lengths in UTF-16 units, numbers of entities, links found by itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.simulators.telegram.errors import Json, bad_request
from bot.simulators.telegram.html import CannotParse, parse_html, utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
FOUND_LINK = re.compile(
    r"https?://[^\s<>\"]*[^\s<>\".,;:!?)']"
    r"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|io|info|app|dev|co|br|de|es|fr|it|uk|ru|me)"
    r"(?:/[^\s<>\"]*)?(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as people see it, with its entities (offsets and lengths in UTF-16 units)."""

    text: str
    entities: tuple[Json, ...] = ()


def formatted(
    source: str, parse_mode: str | None, *, limit: int = TEXT_LIMIT, entities: Sequence[Json] = ()
) -> Formatted:
    """Reads `source` in its parse mode (html or none) and holds it against Telegram's limits.

    Raises ApiError: cannot parse, empty, too long, too many entities, an unknown parse mode.
    """
    if not source:
        raise bad_request("message text is empty")
    shown, own = _parsed(source, parse_mode) if parse_mode else (source, entities)
    trimmed = _trimmed(shown, own)
    if not trimmed.text:
        raise bad_request("text must be non-empty")
    if utf16_length(trimmed.text) > limit:
        raise bad_request("message is too long" if limit == TEXT_LIMIT else "message caption is too long")
    if len(trimmed.entities) > ENTITY_LIMIT:
        raise bad_request("ENTITIES_TOO_LONG")  # Telegram drops the rest in silence; here it shall be seen
    return Formatted(trimmed.text, (*trimmed.entities, *_found_links(trimmed)))


def _parsed(source: str, parse_mode: str) -> tuple[str, Sequence[Json]]:
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return parse_html(source)
    except CannotParse as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _trimmed(text: str, entities: Iterable[Json]) -> Formatted:
    """Blanks at both ends are not shown; entities move and shrink with them."""
    shift = utf16_length(text) - utf16_length(text.lstrip())
    shown = text.strip()
    length = utf16_length(shown)
    clipped = (_clipped(entity, shift, length) for entity in entities)
    return Formatted(shown, tuple(entity for entity in clipped if entity["length"] > 0))


def _clipped(entity: Json, shift: int, length: int) -> Json:
    start = max(0, entity["offset"] - shift)
    end = min(length, entity["offset"] - shift + entity["length"])
    return {**entity, "offset": start, "length": end - start}


def _found_links(text: Formatted) -> list[Json]:
    """Addresses that Telegram makes clickable by itself, bare hosts too, except inside code and links."""
    taken = [entity for entity in text.entities if entity["type"] in ("code", "pre", "text_link", "url")]
    links = (_url_entity(text.text, match) for match in FOUND_LINK.finditer(text.text))
    return [link for link in links if not any(_overlap(link, other) for other in taken)]


def _url_entity(text: str, match: re.Match[str]) -> Json:
    return {"type": "url", "offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0])}


def _overlap(one: Json, other: Json) -> bool:
    first, second = sorted((one, other), key=lambda entity: int(entity["offset"]))
    return bool(first["offset"] + first["length"] > second["offset"])
