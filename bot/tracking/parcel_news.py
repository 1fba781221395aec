"""Decide what a chat is to be told of each package: a trouble, that it is over, its end. Pure.

Like a state, this is told by comparison: of what the API shows of a package with what this chat was told of it. What
comes and goes from one GET to the next is told once. What was told before and came back after something else was told
is told again only once it has lasted: an end for two GETs, a cache's time apart, a trouble for ten minutes. An end that
was told and no longer holds is corrected after half an hour. Each time it comes back it must last twice as long, so
that what goes to and fro makes no stream of messages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.tracking.deciding import CACHE_SECONDS, effective_status
from bot.tracking.lead import News
from bot.tracking.model import Order, Shipment, Subscription
from bot.tracking.shipping import are_all_delivered, counted_shipments, is_any_missing, is_restless, open_shipments
from bot.tracking.statuses import WAITING_FOR_PICKUP, look_up

_INCIDENT, _HOLD, _SOLVED = "incident", "hold", "solved"  # what is kept of what was told of a package's troubles
_DELIVERED, _RETURNED, _OPEN = "delivered", "returned", "open"  # … of its end; open: under way again after that
_TROUBLES = {"INCIDENT": _INCIDENT, "ON_HOLD": _HOLD}
_OPEN_TROUBLES = {_INCIDENT, _HOLD}
_ENDS = {"DELIVERED": _DELIVERED, "RETURNED": _RETURNED}
_WELL = frozenset({"CREATED", "PENDING", "ASSIGNED", "PICKED", "ON_ROUTE"})  # a trouble is over; of others nobody knows
_NEWS_OF_WORD = {
    _INCIDENT: News.INCIDENT,
    _HOLD: News.HOLD,
    _DELIVERED: News.DELIVERED,
    _RETURNED: News.RETURNED,
}
_SOLVED_NEWS = {_INCIDENT: News.INCIDENT_SOLVED, _HOLD: News.HOLD_SOLVED}
_MISTAKEN_NEWS = {_DELIVERED: News.NOT_DELIVERED, _RETURNED: News.NOT_RETURNED}
_TROUBLE_NEWS = {News.INCIDENT, News.HOLD, *_SOLVED_NEWS.values()}
TROUBLE_AGAIN_AFTER = 600.0  # how long a trouble must last, or be over, that was told before
MISTAKEN_AFTER = 1800.0  # how long the API must show a package under way before an end that was told is taken back
MOST_WORDS = 12  # kept of what was told of a package; the older ones say nothing any more


def pending_news(order: Order, told: Subscription) -> dict[str, News]:
    """Return what is to be told of the packages, by shipment key."""
    found = {one.key: _wanted(order, one, told) for one in counted_shipments(order.shipments)}
    return {key: news for key, news in found.items() if news is not None}


def with_card_told(told: Subscription, order: Order) -> Subscription:
    """Return what the chat was told of the packages, once a card has shown them all as they are now.

    Of an order that is ready for pickup a card says nothing of their ends: they were brought to that place.
    """
    troubles, parcels = told.notified_troubles, told.notified_parcels
    names_ends = effective_status(order) != WAITING_FOR_PICKUP
    for one in counted_shipments(order.shipments):
        parcels = _with_end(parcels, one) if names_ends else parcels
        troubles = _with_trouble(troubles, one)
    return without_gone(replace(told, notified_troubles=troubles, notified_parcels=parcels), order)


def without_gone(told: Subscription, order: Order) -> Subscription:
    """Return what the chat was told, once its card shows some packages no longer: their troubles went with them.

    What was said of services that the order has none of any more is forgotten.
    """
    troubles = told.notified_troubles
    for one in order.shipments:
        is_given_up = one.closed or one.status == "CANCELED"
        if is_given_up and last_told(troubles, one.key) in _OPEN_TROUBLES:
            troubles = with_told(troubles, one.key, _SOLVED)
    keys = {one.key for one in order.shipments}

    def kept(words: Mapping[str, str]) -> Mapping[str, str]:
        return {key: said for key, said in words.items() if key in keys}

    return replace(
        told,
        notified_links=kept(told.notified_links),
        notified_parcels=kept(told.notified_parcels),
        notified_troubles=kept(troubles),
    )


def _with_end(parcels: Mapping[str, str], shipment: Shipment) -> Mapping[str, str]:
    if shipment.status in _ENDS:
        return with_told(parcels, shipment.key, _ENDS[shipment.status])
    return with_told(parcels, shipment.key, _OPEN) if end_told(parcels, shipment.key) else parcels


def _with_trouble(troubles: Mapping[str, str], shipment: Shipment) -> Mapping[str, str]:
    if shipment.status in _TROUBLES:
        return with_told(troubles, shipment.key, _TROUBLES[shipment.status])
    is_over = shipment.status not in _ENDS and last_told(troubles, shipment.key) in _OPEN_TROUBLES
    return with_told(troubles, shipment.key, _SOLVED) if is_over else troubles


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


def end_told(told: Mapping[str, str], shipment: str) -> str | None:
    """Return delivered or returned where the chat takes the package for that; else None."""
    word = last_told(told, shipment)
    return word if word in _MISTAKEN_NEWS else None


def _wanted(order: Order, shipment: Shipment, told: Subscription) -> News | None:
    state = effective_status(order)
    if state is None or look_up(state).final or _is_count_unsure(order, shipment):
        return None
    news = _trouble(order, shipment, told) or _end(order, shipment, told) or _mistaken(order, shipment, told)
    is_trouble = news in _TROUBLE_NEWS
    return news if is_trouble or state != WAITING_FOR_PICKUP else None  # delivered to the pickup point is not delivered


def _is_count_unsure(order: Order, shipment: Shipment) -> bool:
    """Return whether a package is missing from the last answer: gone, replaced by this one, or left out for once.

    Until that is clear nobody knows how many there are, nor that this one is not the missing one. What has lasted is
    not held back: else packages that are missing in turns would never be told of.
    """
    unsure = is_any_missing(order.shipments) or is_restless(order.shipments)
    return unsure and not _has_lasted(order, shipment)


def _trouble(order: Order, shipment: Shipment, told: Subscription) -> News | None:
    words = told.notified_troubles.get(shipment.key, "").split()
    last = words[-1] if words else ""
    word = _TROUBLES.get(shipment.status)
    if word is not None:
        return _NEWS_OF_WORD[word] if _is_news(order, shipment, word, words, TROUBLE_AGAIN_AFTER) else None
    # with an end that was told the trouble was over: only that may be taken back
    is_over = last in _OPEN_TROUBLES and shipment.status in _WELL and not end_told(told.notified_parcels, shipment.key)
    if not is_over or not _is_news(order, shipment, _SOLVED, words, TROUBLE_AGAIN_AFTER):
        return None
    return _SOLVED_NEWS[last]


def _end(order: Order, shipment: Shipment, told: Subscription) -> News | None:
    word = _ENDS.get(shipment.status)
    if word is None or not _is_untold(order, shipment, told):
        return None
    # of an only one that went back the order itself will tell
    is_told = shipment.status == "DELIVERED" or len(counted_shipments(order.shipments)) > 1
    return _NEWS_OF_WORD[word] if is_told or open_shipments(order.shipments) else None


def _mistaken(order: Order, shipment: Shipment, told: Subscription) -> News | None:
    """Take back an end that was told, once the package has been under way again for long."""
    is_under_way = shipment.status in _WELL or shipment.status in _TROUBLES
    end = end_told(told.notified_parcels, shipment.key)
    if not is_under_way or end is None:
        return None
    before = told.notified_parcels[shipment.key].split().count(_OPEN)
    return _MISTAKEN_NEWS[end] if _has_lasted(order, shipment, MISTAKEN_AFTER * 2**before) else None


def _is_untold(order: Order, shipment: Shipment, told: Subscription) -> bool:
    words = told.notified_parcels.get(shipment.key, "").split()
    word = _ENDS.get(shipment.status)
    return word is not None and _is_news(order, shipment, word, words, CACHE_SECONDS)


def are_all_told_delivered(order: Order, told: Subscription) -> bool:
    """Return whether the chat was told that each package of the order was delivered."""
    counted = counted_shipments(order.shipments)
    are_told = all(last_told(told.notified_parcels, one.key) == _DELIVERED for one in counted)
    return are_told and are_all_delivered(counted)


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
