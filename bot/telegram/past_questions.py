"""Which questions come too late for an order: it has left the store, or there is nothing to wait for any more."""

from dataclasses import replace

from bot.telegram.meant import Meant
from bot.tracking.deciding import effective_status
from bot.tracking.model import Order
from bot.tracking.shipping import PackagesEnd, packages_end
from bot.tracking.statuses import ON_ROUTE, WAITING_FOR_PICKUP, Stage, Status, look_up
from bot.understanding.understood import Intent

CANCELED = "CANCELED"
_ENDED = frozenset({Stage.DELIVERED, Stage.RETURNED, Stage.CANCELED})
_ONLY_ABOUT = {
    Intent.DELIVERED_NOT_RECEIVED: frozenset({Stage.DELIVERED}),
    Intent.WRONG_MISSING_OR_DAMAGED: frozenset({Stage.DELIVERED}),
    Intent.REFUND_OR_RETURN: _ENDED,
}


def card_says_it(intent: Intent, order: Order) -> bool:
    """Tell whether the order's card is the answer: it was delivered, returned, canceled, or waits to be fetched."""
    status = _status(order)
    match intent:
        case Intent.WHEN_ARRIVES | Intent.COURIER_QUESTION:
            return status.final or status.name == WAITING_FOR_PICKUP or _packages_end(order) is not None
        case Intent.PICKUP_QUESTION:
            return status.final
        case Intent.CANCEL:
            return status.name == CANCELED
        case _:
            return False


def about(intent: Intent, meant: Meant) -> Meant:
    """Narrow all that is followed to what the question can be about; the orders that were singled out stay."""
    stages = _ONLY_ABOUT.get(intent)
    if stages is None or not meant.is_all:
        return meant
    fitting = tuple(one for one in meant.followed if _stage(one[1]) in stages)
    return replace(meant, followed=fitting, awaited=()) if fitting else meant


def have_left(meant: Meant) -> str:
    """Return `ended` if all orders that are meant have ended, `yes` if all have left the store at least, else `no`."""
    if not meant.followed or meant.awaited or meant.unknown:
        return "no"
    if all(_stage(order) in _ENDED for _, order in meant.followed):
        return "ended"
    return "yes" if all(_has_left(order) for _, order in meant.followed) else "no"


def said_delivered(meant: Meant) -> str:
    """Return whether what is meant is reported as delivered: `yes`, `one`, `several`, `ended` or `unknown`.

    `ended`: of one that never will be. Of those that are not delivered yet, `one` or `several`.
    """
    if not meant.followed or meant.awaited or meant.unknown:
        return "unknown"
    if any(_stage(order) is Stage.DELIVERED for _, order in meant.followed):
        return "yes"
    if len(meant.followed) > 1:
        return "several"
    return "ended" if _stage(meant.followed[0][1]) in _ENDED else "one"


def _has_left(order: Order) -> bool:
    rank, first = _status(order).rank, look_up(ON_ROUTE).rank
    return rank is not None and first is not None and rank >= first


def _stage(order: Order) -> Stage:
    """Return where the order is, as its card says: the couriers may report an end before the order has one."""
    end = _packages_end(order)
    if end is None:
        return _status(order).stage
    return Stage.RETURNED if end is PackagesEnd.RETURNED else Stage.DELIVERED


def _packages_end(order: Order) -> PackagesEnd | None:
    return packages_end(order, effective_status(order) or "")


def _status(order: Order) -> Status:
    return look_up(effective_status(order) or "")
