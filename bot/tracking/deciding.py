"""Decide what is known of an order after a webhook or an answer of the API. Pure.

Webhooks name two statuses but carry no date and no id; GETs are the truth, but may come out of a stale cache. Each
function returns a Decision: the order as it is now, and lines for its history.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.tracking import shipping
from bot.tracking.link_state import awaits_link
from bot.tracking.model import (
    HistoryEntry,
    NotFound,
    Order,
    OrderSnapshot,
    RecentWebhook,
    StatusChanged,
    Ticks,
    Wall,
)
from bot.tracking.statuses import (
    ON_ROUTE,
    TABLE,
    WAITING_FOR_PICKUP,
    is_comparable,
    is_further,
    look_up,
)

CACHE_SECONDS = 60.0  # twice the 30 s that are known of the API's cache
POLL_SPACING = 30.0  # an order is polled once in this time, however many conflicting webhooks come
DETAIL_POLLS = {"detail-1": 31.0, "detail-2": 61.0}  # after ON_ROUTE without a link: past one cache, past two
_REMEMBERED = 3 * CACHE_SECONDS


class Verdict(StrEnum):
    """How a webhook or an answer was taken."""

    TAKEN = "taken"
    REPEAT = "repeat"
    DEFERRED = "held"
    CONFLICTING = "doubtful"
    STALE = "stale"
    SAME = "same"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Decision:
    """`fresh`: a GET was taken as the truth, so nothing that waits for details needs to wait longer."""

    verdict: Verdict
    order: Order
    history: tuple[HistoryEntry, ...] = ()
    fresh: bool = False


def effective_status(order: Order) -> str | None:
    """Return the order's own status, or ON_ROUTE where a shipment implies that it is further than that."""
    if order.status is None:
        return None
    lifted = any(shipment.implies_on_route for shipment in order.shipments)
    return ON_ROUTE if lifted and is_further(ON_ROUTE, order.status) else order.status


def apply_webhook(order: Order, event: StatusChanged, *, now: Ticks, wall: Wall) -> Decision:
    """Apply a webhook, which says old → new."""
    known = order.status
    heard = replace(order, webhook_at=now, recent=_remember(order.recent, RecentWebhook(event.old, event.new, now)))
    line = HistoryEntry("heard", event.old, event.new)
    if known == event.new:
        return Decision(Verdict.REPEAT, heard, (replace(line, kind="repeat"),))
    if known is None or known == event.old or _leaves_unknown(known, event.new):
        # an order that webhooks name exists: earlier "not found" answers no longer keep it from being polled
        moved = replace(
            _move(heard, event.new, now), since=wall, observed_at=wall, not_found_count=0, not_found_since=None
        )
        return Decision(Verdict.TAKEN, _with_detail_polls(order, moved, now, at_once=True), (line,))
    verdict = Verdict.DEFERRED if _needs_confirmation(event.new, known) else Verdict.CONFLICTING
    unsure = replace(
        heard, unconfirmed_at=now, unconfirmed_status=event.new, extra_polls=_unconfirmed_polls(heard, now)
    )
    return Decision(verdict, unsure, (replace(line, kind=verdict.value),))


def apply_snapshot(order: Order, snapshot: OrderSnapshot, *, sent_at: Ticks, now: Ticks, wall: Wall) -> Decision:
    """Apply the answer to a GET that was sent at `sent_at`."""
    answered = replace(
        order,
        polled_at=sent_at,
        extra_polls={reason: at for reason, at in order.extra_polls.items() if at > sent_at},
        not_found_count=0,
        not_found_since=None,
        failures=0,
        retry_at=None,
    )
    suspects = [heard for heard in order.recent if heard.at > sent_at - CACHE_SECONDS]
    if _is_stale(order.status, snapshot.status, suspects):
        again = Ticks(max(heard.at for heard in suspects) + CACHE_SECONDS)
        stale = replace(answered, extra_polls={**answered.extra_polls, "recheck": again})
        return Decision(Verdict.STALE, stale, (HistoryEntry("stale", order.status, snapshot.status),))
    return _take(order, answered, snapshot, sent_at=sent_at, now=now, wall=wall)


def apply_not_found(order: Order, answer: NotFound, *, sent_at: Ticks) -> Decision:
    """Apply a "not found" of a known order: its state is kept, it is polled ever more slowly."""
    missed = replace(
        order,
        polled_at=sent_at,
        extra_polls={},
        not_found_count=order.not_found_count + 1,
        not_found_since=order.not_found_since if order.not_found_count else sent_at,
        failures=0,
        retry_at=None,
    )
    return Decision(Verdict.MISSED, missed, (HistoryEntry("missed", order.status, None, answer.order_id),))


def _take(
    before: Order, answered: Order, snapshot: OrderSnapshot, *, sent_at: Ticks, now: Ticks, wall: Wall
) -> Decision:
    changed = snapshot.status != before.status
    moved = replace(_move(answered, snapshot.status, now), since=None, observed_at=wall) if changed else answered
    merged = shipping.merge(moved.shipments, snapshot.shipments, own_status=snapshot.status, sent_at=sent_at)
    order = replace(moved, shipments=merged, items=snapshot.items or moved.items, confirmed_at=sent_at)
    history = (*_steps(before.status, snapshot.status), *shipping.history(before.shipments, merged))
    told_something = bool(changed or history)
    order = replace(
        _confirmed(order, snapshot.status, sent_at),
        unchanged_polls=0 if told_something else before.unchanged_polls + 1,
        changed_at=now if told_something else before.changed_at,
    )
    order = _with_detail_polls(before, order, now, at_once=False)
    return Decision(Verdict.TAKEN if changed else Verdict.SAME, order, history, fresh=True)


def _move(order: Order, status: str, now: Ticks) -> Order:
    """Move to another own status. A move back means that no shipment implies ON_ROUTE any more."""
    back = order.status is not None and is_further(order.status, status)
    shipments = tuple(replace(one, implies_on_route=False) for one in order.shipments) if back else order.shipments
    return replace(
        order,
        status=status,
        previous=order.status,
        for_pickup=status == WAITING_FOR_PICKUP or (order.for_pickup and status != ON_ROUTE and not back),
        since=None,
        changed_at=now,
        unchanged_polls=0,
        shipments=shipments,
    )


def _is_stale(known: str | None, shown: str, suspects: list[RecentWebhook]) -> bool:
    """Return whether the answer comes out of a cache that is older than what a webhook has said since."""
    if known is None or not suspects:
        return False
    if any(heard.old == shown for heard in suspects):
        return True
    return shown != known and (is_further(known, shown) or not is_comparable(known, shown))


def _leaves_unknown(known: str, new: str) -> bool:
    """Return whether this leaves an unknown status: it has no rank, so any known one after it is taken."""
    return look_up(known).rank is None and look_up(new).rank is not None


def _needs_confirmation(new: str, known: str) -> bool:
    """Return whether it is further on (steps were missed) or unknown (perhaps another kind of event).

    Either way the API must confirm it.
    """
    return is_further(new, known) or look_up(new).rank is None


def _unconfirmed_polls(order: Order, now: Ticks) -> dict[str, Ticks]:
    """Poll at once, but once in POLL_SPACING, and once more when the API's cache has expired."""
    again = order.unconfirmed_at is not None and order.polled_at is not None  # a doubt that an answer has not ended
    earliest = max(now, Ticks((order.polled_at or 0.0) + POLL_SPACING)) if again else now
    pending = order.extra_polls.get("unsure")
    return {
        **order.extra_polls,
        "unsure": earliest if pending is None else min(pending, earliest),
        "recheck": Ticks(now + CACHE_SECONDS),
    }


def _confirmed(order: Order, shown: str, sent_at: Ticks) -> Order:
    """End a doubt by an answer that no cache can have held, or that shows what the webhook said."""
    if order.unconfirmed_at is None:
        return order
    if sent_at < order.unconfirmed_at + CACHE_SECONDS and shown != order.unconfirmed_status:
        return order
    asks = {reason: at for reason, at in order.extra_polls.items() if reason != "unsure"}
    return replace(order, unconfirmed_at=None, unconfirmed_status=None, extra_polls=asks)


def _with_detail_polls(before: Order, order: Order, now: Ticks, *, at_once: bool) -> Order:
    """Poll for links while the order is on its way without one: at once (webhooks bring none), and past the cache."""
    wanting = effective_status(order) == ON_ROUTE and awaits_link(order)
    kept = {
        reason: at for reason, at in order.extra_polls.items() if wanting or reason not in {"detail", *DETAIL_POLLS}
    }
    if wanting and effective_status(before) != ON_ROUTE:
        kept |= {reason: Ticks(now + wait) for reason, wait in DETAIL_POLLS.items()}
        kept |= {"detail": now} if at_once else {}
    return order if kept == order.extra_polls else replace(order, extra_polls=kept)


def _remember(recent: Iterable[RecentWebhook], heard: RecentWebhook) -> tuple[RecentWebhook, ...]:
    """Keep the last minutes' webhooks, one for each pair of statuses: a thousand copies take no more room than one."""
    kept = [one for one in recent if one.at > heard.at - _REMEMBERED and (one.old, one.new) != (heard.old, heard.new)]
    return (*kept[-19:], heard)


def _steps(known: str | None, shown: str) -> tuple[HistoryEntry, ...]:
    """Return the history of a step that a GET showed: before it, the statuses that were skipped, as unseen."""
    if known == shown:
        return ()
    skipped = _between(known, shown)
    unseen = (HistoryEntry("unseen", known, shown, ", ".join(skipped)),) if skipped else ()
    return (*unseen, HistoryEntry("seen", known, shown))


def _between(known: str | None, shown: str) -> list[str]:
    """List the usual statuses between two; none where the order can end at any time."""
    if known is None or shown in {"CANCELED", "IDLE"} or not is_further(shown, known):
        return []
    low, high = TABLE[known].rank or 0, TABLE[shown].rank or 0
    way = [one for one in TABLE.values() if one.rank is not None and not (one.key and one.name != ON_ROUTE)]
    return [one.name for one in way if one.rank is not None and low < one.rank < high]
