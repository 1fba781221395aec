"""Decide when webhooks that skipped steps vouch for each other, and which one is a copy of what has passed. Pure.

A webhook whose `old` is further on than the known status is deferred until the API has answered. Where it does not
answer, two or more of them in a row, each from where the last one ended, are a chain: only steps of this order fit
together like that, so its end becomes the status, as the store's notice.
"""

from collections.abc import Iterable

from bot.tracking.model import Order, RecentWebhook, Ticks
from bot.tracking.statuses import is_comparable, is_further

CHAIN_WAIT = 60.0  # seconds after its last webhook: the API, or a webhook that was overtaken, may still come
_REPEATED_WITHIN = 24 * 3600.0
_MOST_PAIRS = 60  # more than an order ever goes through in a day


def extend(order: Order, webhook: RecentWebhook, *, fits: bool) -> tuple[RecentWebhook, ...]:
    """Add a deferred webhook to the order's chain, of which the first and the last are kept; return the chain.

    `fits`: it is further on and did not come before. What the order had left before the chain's end says nothing of
    that end: it comes late, or is a copy. Of all else, one that doesn't fit ends the chain; one that fits but doesn't
    begin where the last one ended begins another, unless the order had left that behind.
    """
    chain = order.chain
    last = chain[-1] if chain else None
    if last is not None and not _may_follow(last, webhook):
        return chain
    if not fits or webhook.old is None or not is_comparable(webhook.old, webhook.new):
        return ()
    if last is not None and last.new == webhook.old:
        return chain[0], webhook
    return (webhook,) if _reaches(order, webhook) else ()


def _reaches(order: Order, webhook: RecentWebhook) -> bool:
    """Return whether a webhook begins further on, or at the known status: the one that was missing has come late."""
    old, known = webhook.old, order.status
    return old is not None and known is not None and (old == known or is_further(old, known))


def _may_follow(last: RecentWebhook, webhook: RecentWebhook) -> bool:
    """Return whether the order may have taken this step after the last one; where that can't be known, it may."""
    if (webhook.old, webhook.new) == (last.old, last.new):
        return False
    if webhook.old is None or not is_comparable(webhook.old, last.new):
        return True
    return webhook.old == last.new or is_further(webhook.old, last.new)


def due_at(order: Order) -> Ticks | None:
    """Return when the end of the order's chain becomes its status; None where there is no chain, or only one link."""
    if len(order.chain) < 2 or order.status is None:
        return None
    first, last = order.chain[0], order.chain[-1]
    if last.new == order.status or not _reaches(order, first):
        return None
    return Ticks(last.at + CHAIN_WAIT)


def remember(pairs: Iterable[RecentWebhook], step: RecentWebhook) -> tuple[RecentWebhook, ...]:
    """Keep the steps of the last 24 hours, each once."""
    kept = [one for one in pairs if one.at > step.at - _REPEATED_WITHIN and (one.old, one.new) != (step.old, step.new)]
    return (*kept[1 - _MOST_PAIRS :], step)


def is_known_step(pairs: Iterable[RecentWebhook], old: str | None, new: str, now: Ticks) -> bool:
    """Return whether this step was told or shown in the last 24 hours: a webhook may be a late copy of it."""
    return any((one.old, one.new) == (old, new) and one.at > now - _REPEATED_WITHIN for one in pairs)
