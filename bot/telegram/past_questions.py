"""Which questions come too late for an order: it has left the store, or there is nothing to wait for any more."""

from bot.telegram.meant import Meant
from bot.tracking.deciding import effective_status
from bot.tracking.model import Order
from bot.tracking.statuses import ON_ROUTE, WAITING_FOR_PICKUP, Status, look_up
from bot.understanding.understood import Intent

CANCELED = "CANCELED"


def card_says_it(intent: Intent, order: Order) -> bool:
    """Tell whether the order's card is the answer: it was delivered, returned, canceled, or waits to be fetched."""
    status = _status(order)
    match intent:
        case Intent.WHEN_ARRIVES | Intent.COURIER_QUESTION:
            return status.final or status.name == WAITING_FOR_PICKUP
        case Intent.PICKUP_QUESTION:
            return status.final
        case Intent.CANCEL:
            return status.name == CANCELED
        case _:
            return False


def have_left(meant: Meant) -> bool:
    """Tell whether all orders that are meant are known to have left the store, or to have ended."""
    known = bool(meant.followed) and not meant.awaited and not meant.unknown
    return known and all(_has_left(order) for _, order in meant.followed)


def _has_left(order: Order) -> bool:
    rank, first = _status(order).rank, look_up(ON_ROUTE).rank
    return rank is not None and first is not None and rank >= first


def _status(order: Order) -> Status:
    return look_up(effective_status(order) or "")
