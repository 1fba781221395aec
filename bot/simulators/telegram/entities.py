"""Settle which entities a text keeps, as Telegram does: what may be inside what, what is cut, what becomes one."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.simulators.telegram.errors import Json

LOOKS = ("bold", "italic", "underline", "strikethrough", "spoiler")  # they may overlap, and are cut where needed
QUOTES = ("blockquote", "expandable_blockquote")
PLAIN_INSIDE = frozenset({"pre", "code", "date_time"})  # nothing else is inside these
# of two with the same extent, the first one here counts as the outer one
_OUTERMOST_FIRST = (*QUOTES, "pre", "code", "date_time", "text_link", "text_mention", "url", *LOOKS, "custom_emoji")
_RANKS = {kind: rank for rank, kind in enumerate(_OUTERMOST_FIRST)}


def settled(entities: Iterable[Json]) -> tuple[Json, ...]:
    """Return the entities that stay, sorted, the outer one first."""
    given = sorted(entities, key=_place)
    quotes = _apart(entity for entity in given if entity["type"] in QUOTES)
    whole = _apart(entity for entity in given if entity["type"] not in (*LOOKS, *QUOTES))
    whole = [entity for entity in whole if not any(_sticks_out(entity, quote) for quote in quotes)]
    looks = _cut([entity for entity in given if entity["type"] in LOOKS], [*quotes, *whole])
    return tuple(sorted((*quotes, *whole, *looks), key=_place))


def overlap(one: Json, other: Json) -> bool:
    """Tell whether two entities have a unit in common."""
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def _place(entity: Json) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], _RANKS.get(entity["type"], _RANKS["url"])


def _end(entity: Json) -> int:
    return int(entity["offset"] + entity["length"])


def _apart(entities: Iterable[Json]) -> list[Json]:
    """Drop what overlaps an earlier one; the outer one is earlier."""
    kept: list[Json] = []
    for entity in entities:
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _sticks_out(entity: Json, quote: Json) -> bool:
    return overlap(entity, quote) and (entity["offset"] < quote["offset"] or _end(entity) > _end(quote))


def _cut(looks: list[Json], others: list[Json]) -> Iterator[Json]:
    """Cut the looks where another entity begins or ends; what is inside code or a time is plain."""
    joined = [look for kind in LOOKS for look in _joined(kind, looks)]
    edges = {edge for other in others for edge in (other["offset"], _end(other))} | {one["offset"] for one in joined}
    plain = [other for other in others if other["type"] in PLAIN_INSIDE]
    for look in joined:
        bounds = sorted({look["offset"], _end(look)} | {edge for edge in edges if look["offset"] < edge < _end(look)})
        for start, end in pairwise(bounds):
            piece = {"type": look["type"], "offset": start, "length": end - start}
            if not any(overlap(piece, other) for other in plain):
                yield piece


def _joined(kind: str, looks: list[Json]) -> list[Json]:
    """Join the looks of a kind that overlap or touch."""
    joined: list[Json] = []
    for look in (one for one in looks if one["type"] == kind):
        if joined and look["offset"] <= _end(joined[-1]):
            end = max(_end(joined[-1]), _end(look))
            joined[-1] = {**joined[-1], "length": end - joined[-1]["offset"]}
        else:
            joined.append(look)
    return joined
