"""Order + news + now → what is known afterwards. Pure: the tables of the design, row by row.

Webhooks name two statuses but carry no date and no id; GETs are the truth, but a cache may lie before it. Each function
returns a Decision: the order as it is now, lines for its history, and what its shipments tell.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.tracking import shipping
from bot.tracking.model import Event, HistoryEntry, NotFound, Order, OrderSnapshot, RecentWebhook, StatusChanged
from bot.tracking.statuses import (
    ON_ROUTE,
    TABLE,
    WAITING_FOR_PICKUP,
    is_comparable,
    is_further,
    look_up,
)

CACHE_SECONDS = 60.0  # twice the 30 s that are known of the API's cache
ASK_SPACING = 30.0  # however many doubtful webhooks come, an order is asked for once in this time
DETAIL_ASKS = {"detail-1": 31.0, "detail-2": 61.0}  # after ON_ROUTE without a link: past one cache, past two
_REMEMBERED = 3 * CACHE_SECONDS


class Verdict(StrEnum):
    """What was made of a piece of news."""

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
    events: tuple[Event, ...] = ()
    fresh: bool = False


def effective_status(order: Order) -> str | None:
    """The further of the order's own status and ON_ROUTE, where a shipment has lifted it there."""
    if order.status is None:
        return None
    lifted = any(shipment.implies_on_route for shipment in order.shipments)
    return ON_ROUTE if lifted and is_further(ON_ROUTE, order.status) else order.status


def apply_webhook(order: Order, news: StatusChanged, *, now: float, wall: float) -> Decision:
    """A webhook said old → new."""
    known = order.status
    heard = replace(order, webhook_at=now, recent=_remember(order.recent, RecentWebhook(news.old, news.new, now)))
    line = HistoryEntry("heard", news.old, news.new)
    if known == news.new:
        return Decision(Verdict.REPEAT, heard, (replace(line, kind="repeat"),))
    if known is None or known == news.old or _leaves_unknown(known, news.new):
        # what is heard of exists: a "not found" of before does not keep it from being asked for
        moved = replace(
            _move(heard, news.new, now), since=wall, observed_at=wall, not_found_count=0, not_found_since=None
        )
        return Decision(Verdict.TAKEN, _with_detail_asks(order, moved, now, at_once=True), (line,))
    verdict = Verdict.DEFERRED if _is_news(news.new, known) else Verdict.CONFLICTING
    unsure = replace(heard, unconfirmed_at=now, unconfirmed_status=news.new, extra_polls=_unconfirmed_polls(heard, now))
    return Decision(verdict, unsure, (replace(line, kind=verdict.value),))


def apply_snapshot(order: Order, news: OrderSnapshot, *, sent_at: float, now: float, wall: float) -> Decision:
    """A GET that was sent at `sent_at` shows the order."""
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
    if _is_stale(order.status, news.status, suspects):
        again = max(heard.at for heard in suspects) + CACHE_SECONDS
        stale = replace(answered, extra_polls={**answered.extra_polls, "recheck": again})
        return Decision(Verdict.STALE, stale, (HistoryEntry("stale", order.status, news.status),))
    return _take(order, answered, news, sent_at=sent_at, now=now, wall=wall)


def apply_not_found(order: Order, news: NotFound, *, sent_at: float) -> Decision:
    """A GET says that a known order does not exist: the state is kept, it is asked again ever more slowly."""
    missed = replace(
        order,
        polled_at=sent_at,
        extra_polls={},
        not_found_count=order.not_found_count + 1,
        not_found_since=order.not_found_since if order.not_found_count else sent_at,
        failures=0,
        retry_at=None,
    )
    return Decision(Verdict.MISSED, missed, (HistoryEntry("missed", order.status, None, news.order_id),))


def _take(before: Order, answered: Order, news: OrderSnapshot, *, sent_at: float, now: float, wall: float) -> Decision:
    changed = news.status != before.status
    moved = replace(_move(answered, news.status, now), since=None, observed_at=wall) if changed else answered
    merged = shipping.merge(moved.shipments, news.shipments, own_status=news.status, sent_at=sent_at)
    order = replace(moved, shipments=merged, items=news.items or moved.items, confirmed_at=sent_at)
    silent = before.status is None or look_up(news.status).final
    events = () if silent else shipping.events(before.shipments, merged)
    history = (*_steps(before.status, news.status), *shipping.history(before.shipments, merged))
    told_something = bool(changed or history)
    order = replace(
        _settled(order, news.status, sent_at),
        unchanged_polls=0 if told_something else before.unchanged_polls + 1,
        changed_at=now if told_something else before.changed_at,
    )
    order = _with_detail_asks(before, order, now, at_once=False)
    return Decision(Verdict.TAKEN if changed else Verdict.SAME, order, history, events, fresh=True)


def _move(order: Order, status: str, now: float) -> Order:
    """To another own status. A move back ends every lift: what lifted the order no longer holds."""
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
    """Does the answer come out of a cache that is older than what a webhook has said since?"""
    if known is None or not suspects:
        return False
    if any(heard.old == shown for heard in suspects):
        return True
    return shown != known and (is_further(known, shown) or not is_comparable(known, shown))


def _leaves_unknown(known: str, new: str) -> bool:
    """An unknown status has no rank, so any known one after it is taken."""
    return look_up(known).rank is None and look_up(new).rank is not None


def _is_news(new: str, known: str) -> bool:
    """Further on (steps were missed) or unknown (perhaps another kind of event): the API must say."""
    return is_further(new, known) or look_up(new).rank is None


def _unconfirmed_polls(order: Order, now: float) -> dict[str, float]:
    """At once, but once in ASK_SPACING; and one later ask, past the cache, that stands for all."""
    again = order.unconfirmed_at is not None and order.polled_at is not None  # a doubt that an answer has not ended
    earliest = max(now, (order.polled_at or 0.0) + ASK_SPACING) if again else now
    pending = order.extra_polls.get("unsure")
    return {
        **order.extra_polls,
        "unsure": earliest if pending is None else min(pending, earliest),
        "recheck": now + CACHE_SECONDS,
    }


def _settled(order: Order, shown: str, sent_at: float) -> Order:
    """A doubt ends with an answer that no cache can have held, or that shows what the webhook said."""
    if order.unconfirmed_at is None:
        return order
    if sent_at < order.unconfirmed_at + CACHE_SECONDS and shown != order.unconfirmed_status:
        return order
    asks = {reason: at for reason, at in order.extra_polls.items() if reason != "unsure"}
    return replace(order, unconfirmed_at=None, unconfirmed_status=None, extra_polls=asks)


def _with_detail_asks(before: Order, order: Order, now: float, *, at_once: bool) -> Order:
    """On its way and a link is wanting: ask at once (a webhook brings none), and past the cache; else no such asks."""
    wanting = effective_status(order) == ON_ROUTE and lacks_link(order)
    kept = {reason: at for reason, at in order.extra_polls.items() if wanting or reason not in {"detail", *DETAIL_ASKS}}
    if wanting and effective_status(before) != ON_ROUTE:
        kept |= {reason: now + wait for reason, wait in DETAIL_ASKS.items()}
        kept |= {"detail": now} if at_once else {}
    return order if kept == order.extra_polls else replace(order, extra_polls=kept)


def lacks_link(order: Order) -> bool:
    """True while a shopper on whose order a courier is under way has not got every link that there is to come."""
    open_ones = shipping.open_shipments(order.shipments)
    return not open_ones or any(one.link is None for one in open_ones)


def _remember(recent: Iterable[RecentWebhook], heard: RecentWebhook) -> tuple[RecentWebhook, ...]:
    """The last minutes' webhooks, one line for each pair of statuses: a thousand copies take no more room than one."""
    kept = [one for one in recent if one.at > heard.at - _REMEMBERED and (one.old, one.new) != (heard.old, heard.new)]
    return (*kept[-19:], heard)


def _steps(known: str | None, shown: str) -> tuple[HistoryEntry, ...]:
    """The step that a GET showed, and before it the ones that were skipped, as unseen."""
    if known == shown:
        return ()
    skipped = _between(known, shown)
    unseen = (HistoryEntry("unseen", known, shown, ", ".join(skipped)),) if skipped else ()
    return (*unseen, HistoryEntry("seen", known, shown))


def _between(known: str | None, shown: str) -> list[str]:
    """The statuses of the ordinary way between two; none where the end can come at any time."""
    if known is None or shown in {"CANCELED", "IDLE"} or not is_further(shown, known):
        return []
    low, high = TABLE[known].rank or 0, TABLE[shown].rank or 0
    way = [one for one in TABLE.values() if one.rank is not None and not (one.key and one.name != ON_ROUTE)]
    return [one.name for one in way if one.rank is not None and low < one.rank < high]
