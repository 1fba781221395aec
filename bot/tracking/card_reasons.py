"""Decide why a chat is to get a new card: what differs between the order now and what the chat was told. Pure.

Told is what came as a new message; what an edit has shown since changes nothing of it. So a key state that was first
shown by an edit rings all the same, and nothing that changed while a message was being sent is forgotten.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from bot.tracking import shipping
from bot.tracking.deciding import effective_status
from bot.tracking.lead import Lead, News
from bot.tracking.model import Keep, Level, Order, Subscription, Ticks
from bot.tracking.parcel_news import are_all_told_delivered, pending_news
from bot.tracking.statuses import (
    DELIVERED,
    ON_ROUTE,
    WAITING_FOR_PICKUP,
    Stage,
    is_further,
    look_up,
    takes_back,
)

LINK_EDIT_WINDOW = 300.0  # a first link within this time is edited in; later it comes with a card of its own
_SILENT_NEWS = frozenset({News.HOLD, News.INCIDENT_SOLVED, News.HOLD_SOLVED})


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a card is wanted. `urgent`: it waits for no other news; routine ones are debounced."""

    lead: Lead = field(default_factory=Lead)
    audible: bool = False
    urgent: bool = False


def card_reasons(order: Order, told: Subscription, *, now: Ticks) -> Reasons | None:
    """Return why the chat is to get a card by comparison; None where nothing that it is told of has changed.

    What `Keep` says is not looked at: see `with_kept`.
    """
    state = effective_status(order)
    if state is None:
        return None
    reasons = _state_reasons(order, told, state)
    if look_up(state).final:
        return reasons
    news = pending_news(order, told)
    links = _late_links(order, told, state, now)
    if not news and not links:
        return reasons
    before = reasons or Reasons()
    is_loud = any(one not in _SILENT_NEWS for one in news.values())
    lead = replace(before.lead, news=news, links=links)
    return Reasons(lead, before.audible or is_loud, urgent=before.urgent or is_loud)


def with_kept(reasons: Reasons | None, keep: AbstractSet[Keep]) -> Reasons | None:
    """Return why a card is wanted, with what keeps it whatever the comparison says."""
    if not keep:
        return reasons
    found = reasons or Reasons()
    lead = replace(found.lead, reminder=Keep.REMINDER in keep, late=Keep.LATE in keep)
    rings = bool(keep & {Keep.ANSWER, Keep.REMINDER})
    return Reasons(lead, found.audible or rings, urgent=True)


def is_another_stage(state: str, told: str) -> bool:
    """Return whether a chat that was told one status would call the other another stage of the order."""
    return look_up(state).stage is not look_up(told).stage


def is_taken_back(state: str, told: str | None) -> bool:
    """Return whether the state takes back what the chat was told: an earlier stage, or another end."""
    return told is not None and is_another_stage(state, told) and takes_back(state, told)


def _state_reasons(order: Order, subscription: Subscription, state: str) -> Reasons | None:
    told, row = subscription.notified_status, look_up(state)
    if told is None:
        return Reasons(Lead(first=True), audible=row.key, urgent=row.key)
    if state == told or row.stage is Stage.UNKNOWN:
        return None
    if is_taken_back(state, told):
        loud = row.key or look_up(told).key
        return Reasons(Lead(reverted_from=told), audible=loud, urgent=loud)
    if row.key:
        return None if is_told_by_packages(order, subscription, state) else Reasons(audible=True, urgent=True)
    if subscription.level is Level.EVERY:
        return Reasons()
    return Reasons() if subscription.level is Level.MAIN and is_another_stage(state, told) else None


def is_told_by_packages(order: Order, subscription: Subscription, state: str) -> bool:
    """Return whether the chat knows that the order was delivered, since it was told so of each package."""
    told = subscription.notified_status
    is_end_of_way = state == DELIVERED and told is not None and is_further(WAITING_FOR_PICKUP, told)
    return is_end_of_way and are_all_told_delivered(order, subscription)


def _late_links(order: Order, told: Subscription, state: str, now: Ticks) -> tuple[str, ...]:
    """Return the packages whose first link came so late that it is told, or that no card is there to show."""
    if state != ON_ROUTE or told.notified_status != ON_ROUTE or shipping.is_restless(order.shipments):
        return ()
    is_late = told.notified_message_id is None or now - (told.notified_at or 0.0) > LINK_EDIT_WINDOW
    links = (one.key for one in shipping.open_shipments(order.shipments) if one.link)
    return tuple(key for key in links if key not in told.notified_links) if is_late else ()
