"""Find which service of an answer is which of the shipments that are known. Pure.

A service is known by its id, wherever in the list it stands. One without an id is known by what stays the same about
it: when it was made, its link, its courier; so is one whose id has changed, by the first two. Where several are equally
alike, the statuses decide, so that a list in another order changes nothing; and where that could take one package for
another, nothing of these services is taken. Nor does a link decide alone that one package hands its end to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.tracking.addresses import is_placeholder
from bot.tracking.events import ShipmentSnapshot
from bot.tracking.model import Shipment
from bot.tracking.statuses import SHIPMENT_ENDS

NO_STATUS = "UNKNOWN"  # a service without a readable status is kept for its link, and changes nothing that is known
MOST_CANDIDATES = 200  # known shipments that an answer is compared with: those under way, then the newest


@dataclass(frozen=True, slots=True)
class Matching:
    """`pairs`: by key of the known shipment, the service that it is. `new`: services that are none of the known.

    `unclear`: keys of known shipments that may be any of several services; what is known of them stays as it is.
    """

    pairs: dict[str, ShipmentSnapshot]
    new: tuple[ShipmentSnapshot, ...]
    unclear: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Likeness:
    score: int
    known: int
    seen: int


def match(known: Sequence[Shipment], seen: Sequence[ShipmentSnapshot]) -> Matching:
    """Match the services of an answer with the known shipments, the surest first."""
    candidates = _candidates(known)
    found = _by_id(candidates, seen)
    unclear: set[int] = set()
    skipped: set[int] = set()
    likenesses = sorted(_likenesses(candidates, seen, found), key=lambda one: -one.score)
    for _, level in groupby(likenesses, key=lambda one: one.score):
        known_taken, seen_taken = {*found, *unclear}, {*found.values(), *skipped}
        free = [one for one in level if one.known not in known_taken and one.seen not in seen_taken]
        for group in _groups(free):
            pairs = _pair(group, candidates, seen)
            if pairs is None:
                unclear |= {one.known for one in group}
                skipped |= {one.seen for one in group}
            else:
                found |= pairs
    found = _with_ends_kept(found, candidates, seen)
    # what may be one of the unclear ones is no new service either
    taken = {*found.values(), *skipped, *(one.seen for one in likenesses if one.known in unclear)}
    return Matching(
        pairs={candidates[one].key: seen[place] for one, place in found.items()},
        new=tuple(one for place, one in enumerate(seen) if place not in taken),
        unclear=frozenset(candidates[one].key for one in unclear),
    )


def _candidates(known: Sequence[Shipment]) -> list[Shipment]:
    newest_first = sorted(known, key=lambda one: (one.closed, -one.position))
    return sorted(newest_first[:MOST_CANDIDATES], key=lambda one: (one.closed, one.position))


def _by_id(candidates: Sequence[Shipment], seen: Sequence[ShipmentSnapshot]) -> dict[int, int]:
    """Match by ids that name one service and one shipment: place of the shipment → place of the service."""
    known_ids, seen_ids = [one.service_id for one in candidates], [one.service_id for one in seen]
    return {
        place: seen_ids.index(one)
        for place, one in enumerate(known_ids)
        if one is not None and known_ids.count(one) == 1 and seen_ids.count(one) == 1
    }


def _likenesses(
    candidates: Sequence[Shipment], seen: Sequence[ShipmentSnapshot], found: dict[int, int]
) -> Iterable[_Likeness]:
    named = set(found.values())
    known_ids, seen_ids = {one.service_id for one in candidates}, {one.service_id for one in seen}
    links = _telling_links(candidates, seen)
    for place, one in enumerate(candidates):
        for other_place, other in enumerate(seen):
            if place in found or other_place in named:
                continue
            may_be_renamed = one.service_id not in seen_ids and other.service_id not in known_ids
            if _differ(one.service_id, other.service_id) and not (may_be_renamed and _is_renamed(one, other, links)):
                continue
            score = _score(one, other, links)
            if score is not None:
                yield _Likeness(score, place, other_place)


def _telling_links(candidates: Sequence[Shipment], seen: Sequence[ShipmentSnapshot]) -> frozenset[str]:
    """Return the links that are known and seen again, without those that only say that there is none."""
    again = {one.raw_url for one in candidates} & {one.tracking_url for one in seen}
    return frozenset(one for one in again if one is not None and not is_placeholder(one))


def _is_renamed(known: Shipment, seen: ShipmentSnapshot, links: frozenset[str]) -> bool:
    """Return whether all but the id says that this is the same service."""
    if _differ(known.created_at, seen.created_at) or _differ(courier_name(known.courier), courier_name(seen.courier)):
        return False
    return _same(known.created_at, seen.created_at) or _has_same_link(known, seen, links)


def _score(known: Shipment, seen: ShipmentSnapshot, links: frozenset[str]) -> int | None:
    """Return how alike the two are; None if they are certainly two."""
    same_link = _has_same_link(known, seen, links)
    same_time = _same(known.created_at, seen.created_at)
    same_id = _same(known.service_id, seen.service_id)
    if _differ(known.created_at, seen.created_at) and not same_link:
        return None
    courier, other_courier = courier_name(known.courier), courier_name(seen.courier)
    if _differ(courier, other_courier) and not (same_id or same_time or same_link):
        return None
    same_courier, same_vehicle = _same(courier, other_courier), _same(known.vehicle, seen.vehicle)
    nameless = known.service_id is None and seen.service_id is None
    return 32 * same_id + 16 * same_time + 8 * same_link + 4 * same_courier + 2 * same_vehicle + nameless


def courier_name(typed: str | None) -> str | None:
    """Return what a courier is known by, however its name is spelled."""
    return " ".join(typed.casefold().split()) if typed is not None else None


def _has_same_link(known: Shipment, seen: ShipmentSnapshot, links: frozenset[str]) -> bool:
    return seen.tracking_url in links and known.raw_url == seen.tracking_url


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _groups(likenesses: Sequence[_Likeness]) -> Iterable[list[_Likeness]]:
    """Part the pairs into groups that share no shipment and no service."""
    by_known: dict[int, list[_Likeness]] = {}
    by_seen: dict[int, list[_Likeness]] = {}
    for one in likenesses:
        by_known.setdefault(one.known, []).append(one)
        by_seen.setdefault(one.seen, []).append(one)
    while by_known:
        group: list[_Likeness] = []
        reached = [next(iter(by_known))]
        while reached:
            pairs = by_known.pop(reached.pop(), ())
            group += pairs
            reached += [other.known for one in pairs for other in by_seen.pop(one.seen, ())]
        yield group


def _pair(
    group: Sequence[_Likeness], candidates: Sequence[Shipment], seen: Sequence[ShipmentSnapshot]
) -> dict[int, int] | None:
    """Pair equal statuses first, those under way before those that were gone; None where a mistake would be seen."""
    shipments = sorted({one.known for one in group})
    # by their status, not by their place in the list, which means nothing
    services = sorted(
        {one.seen for one in group}, key=lambda place: (seen[place].status == NO_STATUS, seen[place].status)
    )
    # ids that have all changed tell nothing apart
    renamed = all(_differ(candidates[one.known].service_id, seen[one.seen].service_id) for one in group)
    if len({_traits(candidates[place], with_id=not renamed) for place in shipments}) > 1:
        return None
    pairs: dict[int, int] = {}
    for place in shipments:
        alike = [one for one in services if seen[one].status == candidates[place].status]
        if alike:
            pairs[place] = alike[0]
            services.remove(alike[0])
    rest = [place for place in shipments if place not in pairs]
    return pairs | dict(zip(rest, services, strict=False))


def _with_ends_kept(
    found: dict[int, int], candidates: Sequence[Shipment], seen: Sequence[ShipmentSnapshot]
) -> dict[int, int]:
    """Pair anew where one shipment would hand its end to another that only its link tells apart: the link moved."""
    kept = dict(found)
    for losing in found:
        end = candidates[losing].status
        if end not in SHIPMENT_ENDS or seen[kept[losing]].status in {end, NO_STATUS}:
            continue
        for gaining in found:
            gains = candidates[gaining].status != end == seen[kept[gaining]].status
            if gains and _only_links_differ(losing, gaining, kept, candidates, seen):
                kept[losing], kept[gaining] = kept[gaining], kept[losing]
                break
    return kept


def _only_links_differ(
    one: int, other: int, found: dict[int, int], candidates: Sequence[Shipment], seen: Sequence[ShipmentSnapshot]
) -> bool:
    """Return whether, but for links, each of two shipments could as well be the service that the other is."""

    def likeness(known: int, paired: int) -> int | None:
        shipment, service = candidates[known], seen[found[paired]]
        return None if _differ(shipment.service_id, service.service_id) else _score(shipment, service, frozenset())

    as_paired, crossed = (likeness(one, one), likeness(other, other)), (likeness(one, other), likeness(other, one))
    return None not in crossed and sum(filter(None, crossed)) >= sum(filter(None, as_paired))


def _traits(shipment: Shipment, *, with_id: bool) -> tuple[str | None, ...]:
    named = shipment.service_id if with_id else None
    return named, shipment.created_at, courier_name(shipment.courier), shipment.vehicle, shipment.raw_url
