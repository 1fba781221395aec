"""Decide what a chat is to be told of each package: that a courier was chosen, a trouble, its end. Pure.

Like a state, this is told by comparison: of what the API shows of a package with what this chat was told of it. What
comes and goes from one GET to the next is told once. What was told before and came back after something else was told
is told again only once it has lasted: an end for two GETs, a cache's time apart, a trouble for ten minutes. An end that
was told and no longer holds is corrected after half an hour. Each time it comes back it must last twice as long, so
that what goes to and fro makes no stream of messages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.tracking.deciding import CACHE_SECONDS, effective_status
from bot.tracking.model import (
    PARCEL_KINDS,
    TROUBLE_KINDS,
    Kind,
    Level,
    Notice,
    NoticeState,
    Order,
    Shipment,
    Subscription,
)
from bot.tracking.shipping import are_all_delivered, counted_shipments, is_any_missing, is_restless, open_shipments
from bot.tracking.statuses import ON_ROUTE, SHIPMENT_ENDS, WAITING_FOR_PICKUP, look_up

_TROUBLES = {"INCIDENT": Kind.INCIDENT, "ON_HOLD": Kind.HOLD}
_OPEN_TROUBLES = {Kind.INCIDENT.value, Kind.HOLD.value}
_ENDS = {"DELIVERED": Kind.PARCEL_DELIVERED, "RETURNED": Kind.PARCEL_RETURNED}
_WELL = frozenset({"CREATED", "PENDING", "ASSIGNED", "PICKED", "ON_ROUTE"})  # a trouble is over; of others nobody knows
_OPEN = "open"  # it is under way again, after its end was told
_WORDS = {
    Kind.ASSIGNED: "assigned",
    Kind.PARCEL_DELIVERED: "delivered",
    Kind.PARCEL_RETURNED: "returned",
    Kind.PARCEL_MISTAKEN: _OPEN,
}
_ABOUT_ENDS = {*_ENDS.values(), Kind.PARCEL_MISTAKEN}
_END_WORDS = {_WORDS[kind] for kind in _ENDS.values()}
TROUBLE_AGAIN_AFTER = 600.0  # how long a trouble must last, or be over, that was told before
MISTAKEN_AFTER = 1800.0  # how long the API must show a package under way before an end that was told is taken back
MOST_WORDS = 12  # kept of what was told of a package; the older ones say nothing any more


def pending_news(order: Order, subscription: Subscription, notices: Iterable[Notice]) -> dict[str, Kind]:
    """Return what is to be told: by shipment key, the kind of notice. `notices`: those that are open or being sent."""
    found: dict[str, Kind] = {}
    mine = [one for one in notices if one.kind in PARCEL_KINDS]
    under_way = _as_told(subscription, [one for one in mine if one.state is NoticeState.CLAIMED])
    perhaps = _as_told(under_way, [one for one in mine if is_perhaps_seen(one)])
    for shipment in counted_shipments(order.shipments):
        about = {one.kind for one in mine if one.shipment == shipment.key and is_perhaps_seen(one)}
        kind = _wanted(order, shipment, under_way)
        if about and kind not in about:  # it stands for something that no longer holds
            kind = _wanted(order, shipment, perhaps)
        if kind is not None:
            found[shipment.key] = kind
    return found


def is_true(order: Order, subscription: Subscription, notice: Notice) -> bool:
    """Return whether a notice about a package still says what the chat is to be told."""
    return pending_news(order, subscription, ()).get(notice.shipment or "") is notice.kind


def is_perhaps_seen(notice: Notice) -> bool:
    """Return whether the notice waits to be sent again since nobody knows whether it arrived."""
    return notice.state is NoticeState.OPEN and notice.unknown_outcomes > 0


def with_told(told: Mapping[str, str], shipment: str, word: str) -> dict[str, str]:
    """Return what was told of each package, with one more word about one of them."""
    if last_told(told, shipment) == word:
        return dict(told)
    words = [*told.get(shipment, "").split(), word]
    return {**told, shipment: " ".join(words[-MOST_WORDS:])}


def last_told(told: Mapping[str, str], shipment: str) -> str | None:
    """Return what was told of a package last."""
    words = told.get(shipment, "").split()
    return words[-1] if words else None


def with_news_told(
    subscription: Subscription, order: Order, shipment: str, kind: Kind
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the troubles and the parcels that the chat was told of, once it was told this."""
    troubles, parcels = _with_word(
        subscription.notified_troubles, subscription.notified_parcels, shipment=shipment, kind=kind
    )
    if kind is Kind.PARCEL_DELIVERED and are_all_delivered(order.shipments):
        parcels = with_ends_told(parcels, order)
    return troubles, parcels


def with_old_troubles_over(
    troubles: Mapping[str, str], order: Order, *, before: Mapping[str, str], after: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the troubles that the chat was told of, once an end of `before` was taken back in `after`.

    A trouble of before that end is nothing that could be solved now.
    """
    for shipment in order.shipments:
        taken_back = end_told(before, shipment.key) and not end_told(after, shipment.key)
        if taken_back and shipment.status in _WELL and last_told(troubles, shipment.key) in _OPEN_TROUBLES:
            troubles = with_told(troubles, shipment.key, Kind.SOLVED.value)
    return troubles


def _with_word(
    troubles: Mapping[str, str], parcels: Mapping[str, str], *, shipment: str, kind: Kind
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Add what a message says. A package that was told to have ended and now has a trouble is under way again."""
    if kind not in TROUBLE_KINDS:
        return troubles, with_told(parcels, shipment, _WORDS[kind])
    if end_told(parcels, shipment):
        parcels = with_told(parcels, shipment, _OPEN)
    return with_told(troubles, shipment, kind.value), parcels


def end_told(told: Mapping[str, str], shipment: str) -> str | None:
    """Return delivered or returned where the chat takes the package for that; else None."""
    word = last_told(told, shipment)
    return word if word in _END_WORDS else None


def with_ends_told(told: Mapping[str, str], order: Order) -> Mapping[str, str]:
    """Return what was told of each package, once the chat has been shown the ends of them all."""
    for shipment in order.shipments:
        if shipment.status in _ENDS:
            told = with_told(told, shipment.key, _WORDS[_ENDS[shipment.status]])
    return told


def with_assigned_told(told: Mapping[str, str], order: Order) -> Mapping[str, str]:
    """Return what was told of each package, once the chat has been answered: an assigned courier is no news then."""
    for shipment in order.shipments:
        if shipment.status == "ASSIGNED":
            told = with_told(told, shipment.key, _WORDS[Kind.ASSIGNED])
    return told


def with_open_told(told: Mapping[str, str], order: Order) -> Mapping[str, str]:
    """Return what was told of each package, once the chat was told that those it took for ended are not at their end.

    So their end is news again.
    """
    for shipment in order.shipments:
        if shipment.status not in SHIPMENT_ENDS and end_told(told, shipment.key):
            told = with_told(told, shipment.key, _OPEN)
    return told


def _as_told(subscription: Subscription, notices: Sequence[Notice]) -> Subscription:
    """Return the subscription as it would be if these notices had been sent."""
    troubles, parcels = subscription.notified_troubles, subscription.notified_parcels
    for one in notices:
        if one.shipment is not None:
            troubles, parcels = _with_word(troubles, parcels, shipment=one.shipment, kind=one.kind)
    return replace(subscription, notified_troubles=troubles, notified_parcels=parcels)


def _wanted(order: Order, shipment: Shipment, told: Subscription) -> Kind | None:
    state = effective_status(order)
    if state is None or look_up(state).final or _is_count_unsure(order, shipment):
        return None
    kind = _trouble(order, shipment, told) or _end(order, shipment, told) or _mistaken(order, shipment, told)
    if kind is not None and not (kind in _ABOUT_ENDS and state == WAITING_FOR_PICKUP):
        return kind  # delivered to the pickup point is not delivered
    is_new = not told.notified_troubles.get(shipment.key) and not told.notified_parcels.get(shipment.key)
    assigned = shipment.status == "ASSIGNED" and told.level is Level.EVERY and state != ON_ROUTE
    return Kind.ASSIGNED if assigned and is_new else None


def _is_count_unsure(order: Order, shipment: Shipment) -> bool:
    """Return whether a package is missing from the last answer: gone, replaced by this one, or left out for once.

    Until that is clear nobody knows how many there are, nor that this one is not the missing one. What has lasted is
    not held back: else packages that are missing in turns would never be told of.
    """
    unsure = is_any_missing(order.shipments) or is_restless(order.shipments)
    return unsure and not _has_lasted(order, shipment)


def _trouble(order: Order, shipment: Shipment, told: Subscription) -> Kind | None:
    words = told.notified_troubles.get(shipment.key, "").split()
    kind = _TROUBLES.get(shipment.status)
    is_in_trouble = last_told(told.notified_troubles, shipment.key) in _OPEN_TROUBLES
    if is_in_trouble and shipment.status in _WELL and not end_told(told.notified_parcels, shipment.key):
        kind = Kind.SOLVED  # with an end that was told the trouble was over: only that may be taken back
    return kind if kind is not None and _is_news(order, shipment, kind.value, words, TROUBLE_AGAIN_AFTER) else None


def _end(order: Order, shipment: Shipment, told: Subscription) -> Kind | None:
    kind = _ENDS.get(shipment.status)
    if kind is None or not _is_untold(order, shipment, told):
        return None
    if open_shipments(order.shipments):
        return kind
    counted = counted_shipments(order.shipments)
    if are_all_delivered(counted):  # one message stands for all of them
        return kind if shipment == [one for one in counted if _is_untold(order, one, told)][-1] else None
    return kind if len(counted) > 1 else None  # of an only one that went back the order itself will tell


def _mistaken(order: Order, shipment: Shipment, told: Subscription) -> Kind | None:
    """Take back an end that was told, once the package has been under way again for long."""
    is_under_way = shipment.status in _WELL or shipment.status in _TROUBLES
    if not is_under_way or not end_told(told.notified_parcels, shipment.key):
        return None
    before = told.notified_parcels[shipment.key].split().count(_OPEN)
    return Kind.PARCEL_MISTAKEN if _has_lasted(order, shipment, MISTAKEN_AFTER * 2**before) else None


def _is_untold(order: Order, shipment: Shipment, told: Subscription) -> bool:
    words = told.notified_parcels.get(shipment.key, "").split()
    kind = _ENDS.get(shipment.status)
    return kind is not None and _is_news(order, shipment, _WORDS[kind], words, CACHE_SECONDS)


def _is_news(order: Order, shipment: Shipment, word: str, told: Sequence[str], seconds: float) -> bool:
    """Return whether this is not what was told last, and, if it was told before, whether it has lasted since.

    The first time it comes back it must have lasted for `seconds`, then twice as long each time.
    """
    if word not in told:
        return True
    return word != told[-1] and _has_lasted(order, shipment, seconds * 2 ** (told.count(word) - 1))


def _has_lasted(order: Order, shipment: Shipment, seconds: float = CACHE_SECONDS) -> bool:
    if shipment.status_at is None or shipment.missing_since is not None or order.confirmed_at is None:
        return False
    return order.confirmed_at - shipment.status_at >= seconds
