"""What the finder gives: the order numbers of a text, those to offer, pasted start links, and why. Also its links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """An address that hides behind words of a text, and where these stand, in characters."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The order numbers of a text, in its order, each once."""

    numbers: tuple[str, ...] = ()  # to look up
    guesses: tuple[str, ...] = ()  # only to offer: "did you mean …?"
    payloads: tuple[str, ...] = ()  # of start links that may be signed: they go the way of the link, never to a look-up
    why: tuple[str, ...] = ()  # a reason for each span that was considered


def links_of(text: str, entities: Iterable[Mapping[str, object]]) -> tuple[Link, ...]:
    """Return the hidden addresses of Telegram's entities, whose places count UTF-16 units, without nonsense."""
    links = (_link(text, entity) for entity in entities if isinstance(entity, Mapping))
    return tuple(link for link in links if link is not None)


def _link(text: str, entity: Mapping[str, object]) -> Link | None:
    url, offset, length = entity.get("url"), entity.get("offset"), entity.get("length")
    if entity.get("type") != "text_link" or not isinstance(url, str) or not url.strip():
        return None
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 0:
        return Link(url, len(text), len(text))
    start = _characters(text, offset)
    return Link(url, start, _characters(text, offset + length))


def _characters(text: str, units: int) -> int:
    """Return how many characters a number of UTF-16 units is; no more than the text has."""
    counted = 0
    for place, sign in enumerate(text):
        if counted >= units:
            return place
        counted += 2 if ord(sign) > 0xFFFF else 1
    return len(text)
