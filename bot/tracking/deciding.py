"""Decide what is known of an order after a webhook or an answer of the API. Pure.

Webhooks name two statuses but carry no date and no id; GETs are the truth, but may come out of a stale cache. Each
function returns a Decision: the order as it is now, and lines for its history.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.tracking import chains, shipping, skipped
from bot.tracking.events import NotFound, OrderSnapshot, StatusChanged
from bot.tracking.link_state import awaits_link
from bot.tracking.model import HistoryEntry, Order, RecentWebhook, Ticks, Wall
from bot.tracking.statuses import (
    ON_ROUTE,
    WAITING_FOR_PICKUP,
    is_comparable,
    is_further,
    look_up,
)

CACHE_SECONDS = 60.0  # twice the 30 s that are known of the API's cache
POLL_SPACING = 30.0  # an order is polled once in this time, however many conflicting webhooks come
END_DISPUTED_FOR = 24 * 3600.0  # how long an end that a webhook told stands though GETs show the step before it
DETAIL_POLLS = {"detail-1": 31.0, "detail-2": 61.0}  # after ON_ROUTE without a link: past one cache, past two
MISSING_WAIT = shipping.MISSING_SECONDS + 1.0  # by then a package that was missing is back or gone
_REMEMBERED = 3 * CACHE_SECONDS


class Verdict(StrEnum):
    """How a webhook or an answer was taken."""

    TAKEN = "taken"
    REPEAT = "repeat"
    DEFERRED = "held"
    CONFLICTING = "doubtful"
    STALE = "stale"
    DIVERGING = "differs"
    SAME = "same"
    NOT_FOUND = "missed"


@dataclass(frozen=True, slots=True)
class Decision:
    """`fresh`: a GET was taken as the truth, so nothing waits longer for details. `event`: the key of its last line."""

    verdict: Verdict
    order: Order
    history: tuple[HistoryEntry, ...] = ()
    fresh: bool = False
    event: int | None = None


def effective_status(order: Order) -> str | None:
    """Return the order's own status, or ON_ROUTE where a shipment implies that it is further than that."""
    if order.status is None:
        return None
    lifted = any(shipment.implies_on_route and not shipment.closed for shipment in order.shipments)
    return ON_ROUTE if lifted and is_further(ON_ROUTE, order.status) else order.status


def apply_webhook(order: Order, event: StatusChanged, *, now: Ticks, wall: Wall) -> Decision:
    """Apply a webhook, which says old → new, or only new: then the API must say whether it follows what is known."""
    known, step = order.status, RecentWebhook(event.old, event.new, now)
    known_step = chains.is_known_step(order.pairs, event.old, event.new, now)
    noted = replace(
        order, webhook_at=now, recent=_remember(order.recent, step), pairs=chains.remember(order.pairs, step)
    )
    line = HistoryEntry("heard", event.old, event.new)
    if known == event.new:  # one that goes back to it from the end of a chain ends that
        repeated = replace(noted, chain=chains.extend(order, step, fits=False))
        return Decision(Verdict.REPEAT, repeated, (replace(line, kind="repeat"),))
    follows = known == event.old or (known is not None and event.old is not None and _leaves_unknown(known, event.new))
    if known is None or (follows and not known_step):
        return Decision(Verdict.TAKEN, _take_webhook(order, noted, step, now, wall), (line,))
    # known, and left since: a late copy, or the same once more: only the API can tell
    deferred = event.old in {None, known} or _needs_confirmation(event.new, known)
    verdict = Verdict.DEFERRED if deferred else Verdict.CONFLICTING
    unconfirmed = replace(
        noted,
        unconfirmed_at=now,
        unconfirmed_status=event.new,
        extra_polls=_unconfirmed_polls(noted, now),
        chain=chains.extend(order, step, fits=deferred and not known_step),
    )
    return Decision(verdict, unconfirmed, (replace(line, kind=verdict.value),))


def take_chain(order: Order, *, now: Ticks, wall: Wall) -> Decision | None:
    """Take the end of a chain of deferred webhooks as the status, if it is due; else return None.

    The doubt stays: the API is asked as soon as it answers.
    """
    due = chains.due_at(order)
    if due is None or due > now:
        return None
    last = order.chain[-1]
    told_at = Wall(wall - (now - last.at))
    moved = replace(_take_webhook(order, order, last, now, told_at), previous=last.old, by_chain=True, chain=())
    return Decision(Verdict.TAKEN, moved, (HistoryEntry("chain", order.status, last.new),))


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
        chain=(),
    )
    suspects = [webhook for webhook in order.recent if webhook.at > sent_at - CACHE_SECONDS]
    if _is_stale(order.status, snapshot.status, suspects):
        again = Ticks(max(webhook.at for webhook in suspects) + CACHE_SECONDS)
        stale = replace(answered, extra_polls={**answered.extra_polls, "recheck": again})
        return Decision(Verdict.STALE, stale, (HistoryEntry("stale", order.status, snapshot.status),))
    if _disputes_the_end(order, snapshot.status, sent_at):
        line = HistoryEntry(Verdict.DIVERGING.value, order.status, snapshot.status)
        return Decision(Verdict.DIVERGING, replace(answered, diverged_at=sent_at), (line,))
    return _take(order, answered, snapshot, sent_at=sent_at, now=now, wall=wall)


def apply_not_found(order: Order, answer: NotFound, *, sent_at: Ticks) -> Decision:
    """Apply a "not found" of a known order: its state is kept, it is polled ever more slowly."""
    not_found = replace(
        order,
        polled_at=sent_at,
        extra_polls={},
        not_found_count=order.not_found_count + 1,
        not_found_since=order.not_found_since if order.not_found_count else sent_at,
        failures=0,
        retry_at=None,
        chain=(),
    )
    return Decision(Verdict.NOT_FOUND, not_found, (HistoryEntry("missed", order.status, None, answer.order_id),))


def _take_webhook(before: Order, noted: Order, step: RecentWebhook, now: Ticks, wall: Wall) -> Order:
    """Take what a webhook said. `wall`: when it came."""
    # an order that webhooks name exists: earlier "not found" answers no longer keep it from being polled
    missing = bool(before.not_found_count) and before.webhook_at is not None and before.confirmed_at is None
    moved = _move(noted, step.new, now, since=wall, observed_at=wall)
    if before.not_found_count:
        moved = replace(moved, not_found_count=int(missing), not_found_since=now if missing else None)
    if look_up(step.new).final:
        moved = replace(moved, ended=step, extra_polls={**moved.extra_polls, "final": Ticks(now + CACHE_SECONDS)})
    return _with_detail_polls(before, moved, now, at_once=True)


def _take(
    before: Order, answered: Order, snapshot: OrderSnapshot, *, sent_at: Ticks, now: Ticks, wall: Wall
) -> Decision:
    changed = snapshot.status != before.status
    moved = _move(answered, snapshot.status, now, since=None, observed_at=wall) if changed else answered
    merged = shipping.merge(moved.shipments, snapshot.shipments, own_status=snapshot.status, sent_at=sent_at)
    order = replace(
        moved,
        shipments=merged,
        items=snapshot.items or moved.items,
        confirmed_at=sent_at,
        pairs=_with_shown_step(before, snapshot.status, sent_at),
        by_chain=False,
        ended=None,
        diverged_at=None,
    )
    history = (*skipped.steps(before.status, snapshot.status), *shipping.history(before.shipments, merged))
    told_something = bool(changed or history)
    order = replace(
        _confirmed(order, snapshot.status, sent_at),
        unchanged_polls=0 if told_something else before.unchanged_polls + 1,
        changed_at=now if told_something else before.changed_at,
    )
    order = _with_missing_poll(_with_detail_polls(before, order, now, at_once=False), sent_at)
    return Decision(Verdict.TAKEN if changed else Verdict.SAME, order, history, fresh=True)


def _move(order: Order, status: str, now: Ticks, *, since: Wall | None, observed_at: Wall) -> Order:
    """Move to another own status. A move back means that no shipment implies ON_ROUTE any more."""
    back = order.status is not None and is_further(order.status, status)
    shipments = tuple(replace(one, implies_on_route=False) for one in order.shipments) if back else order.shipments
    return replace(
        order,
        status=status,
        previous=order.status,
        for_pickup=status == WAITING_FOR_PICKUP or (order.for_pickup and status != ON_ROUTE and not back),
        since=since,
        observed_at=observed_at,
        changed_at=now,
        unchanged_polls=0,
        shipments=shipments,
        chain=() if back else order.chain,
        by_chain=False,
        ended=None,
        diverged_at=None,
    )


def _is_stale(known: str | None, shown: str, suspects: list[RecentWebhook]) -> bool:
    """Return whether the answer comes out of a cache that is older than what a webhook has said since."""
    if known is None or not suspects:
        return False
    if any(webhook.old == shown for webhook in suspects):
        return True
    return shown != known and (is_further(known, shown) or not is_comparable(known, shown))


def _disputes_the_end(order: Order, shown: str, sent_at: Ticks) -> bool:
    """Return whether a GET still shows what a webhook said the order has left for good: one of the two is late.

    A shopper who was told of an end is not told otherwise before it is clear that the webhook was wrong.
    """
    ended = order.ended
    if ended is None or shown == order.status or sent_at >= ended.at + END_DISPUTED_FOR:
        return False
    return shown in _left_for(order, ended)


def _left_for(order: Order, ended: RecentWebhook) -> set[str | None]:
    """Return what the order has left for its end, and for the ends before that which no GET has been taken since."""
    left = {ended.old}
    for step in reversed(order.pairs):
        if step.new in left and look_up(step.new).final and step.at > (order.confirmed_at or 0.0):
            left.add(step.old)
    return left


def _with_shown_step(before: Order, shown: str, sent_at: Ticks) -> tuple[RecentWebhook, ...]:
    """Remember the step that a GET showed: its webhook may still come, when the order has gone back."""
    changed = before.status is not None and before.status != shown
    return chains.remember(before.pairs, RecentWebhook(before.status, shown, sent_at)) if changed else before.pairs


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
    polls = {reason: at for reason, at in order.extra_polls.items() if reason != "unsure"}
    return replace(order, unconfirmed_at=None, unconfirmed_status=None, extra_polls=polls)


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


def _with_missing_poll(order: Order, sent_at: Ticks) -> Order:
    """Ask again soon where a package is missing while another has news, which waits until it is clear how many are."""
    has_news = any(one.missing_since is None and one.status_at == sent_at for one in order.shipments)
    if not has_news or not shipping.is_any_missing(order.shipments):
        return order
    return replace(order, extra_polls={**order.extra_polls, "missing": Ticks(sent_at + MISSING_WAIT)})


def _remember(recent: Iterable[RecentWebhook], webhook: RecentWebhook) -> tuple[RecentWebhook, ...]:
    """Keep the last minutes' webhooks, one for each pair of statuses: a thousand copies take no more room than one."""
    kept = [
        one for one in recent if one.at > webhook.at - _REMEMBERED and (one.old, one.new) != (webhook.old, webhook.new)
    ]
    return (*kept[-19:], webhook)
