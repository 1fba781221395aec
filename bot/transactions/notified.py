"""What a chat has been told, once a message has been sent to it: its state, its links, its packages."""

from collections.abc import Mapping
from dataclasses import replace

from bot.tracking.link_state import held_links, said_of_packages
from bot.tracking.model import PARCEL_KINDS, Kind, Notice, Order, Subscription, Ticks
from bot.tracking.parcel_news import (
    with_assigned_told,
    with_ends_told,
    with_news_told,
    with_old_troubles_over,
    with_open_told,
    with_told,
)
from bot.tracking.statuses import ON_ROUTE, look_up
from bot.transactions.claimed_notice import ClaimedNotice
from bot.words.texts import Text


def notified(
    subscription: Subscription, claimed: ClaimedNotice, text: Text, message_id: int | None, now: Ticks
) -> Subscription:
    """Return the subscription once the chat has seen the message."""
    seen = _notified(subscription, claimed, text, message_id, now)
    if claimed.order is None:
        return seen
    before, after = subscription.notified_parcels, seen.notified_parcels
    troubles = with_old_troubles_over(seen.notified_troubles, claimed.order, before=before, after=after)
    return _without_forgotten(replace(seen, notified_troubles=troubles), claimed.order)


def _without_forgotten(subscription: Subscription, order: Order) -> Subscription:
    """Forget what was said of services that the order has none of any more."""
    keys = {one.key for one in order.shipments}

    def kept(told: Mapping[str, str]) -> Mapping[str, str]:
        return {key: words for key, words in told.items() if key in keys}

    return replace(
        subscription,
        notified_links=kept(subscription.notified_links),
        notified_parcels=kept(subscription.notified_parcels),
        notified_troubles=kept(subscription.notified_troubles),
    )


def _notified(
    subscription: Subscription, claimed: ClaimedNotice, text: Text, message_id: int | None, now: Ticks
) -> Subscription:
    notice, order = claimed.notice, claimed.order
    links = notified_links(claimed, text)
    if notice.kind in {Kind.STATE, Kind.EDIT}:
        shown = replace(
            subscription,
            notified_links={**subscription.notified_links, **links},
            notified_troubles=_named_troubles(subscription, text),
            notified_parcels=shown_ends(subscription, claimed),
            shown_parcels=said_of_packages(order, notice.status) if order is not None else {},
        )
        return _with_state(shown, notice, message_id, now) if notice.kind is Kind.STATE else _refreshed(shown)
    told = replace(subscription, notified_links={**subscription.notified_links, **links})
    if notice.kind not in PARCEL_KINDS or notice.shipment is None or order is None:
        return told
    if notice.kind is Kind.PARCEL_MISTAKEN:
        told = replace(told, notified_troubles=_named_troubles(subscription, text))
    troubles, parcels = with_news_told(told, order, notice.shipment, notice.kind)
    return replace(told, notified_troubles=troubles, notified_parcels=parcels)


def _with_state(subscription: Subscription, notice: Notice, message_id: int | None, now: Ticks) -> Subscription:
    aged = "stale_age" in notice.payload
    return replace(
        subscription,
        notified_status=notice.status,
        maybe_notified_status=None,
        notified_message_id=message_id,
        # a GET that was under way while an aged card was sent is the fresh answer that the card lacks
        notified_at=Ticks(notice.payload.get("asked_at", now)) if aged else now,
        sent_stale=aged,
    )


def _refreshed(subscription: Subscription) -> Subscription:
    return replace(subscription, sent_stale=False)


def _named_troubles(subscription: Subscription, text: Text) -> Mapping[str, str]:
    troubles = subscription.notified_troubles
    for shipment, trouble in text.troubles:
        troubles = with_told(troubles, shipment, trouble)
    return troubles


def shown_ends(subscription: Subscription, claimed: ClaimedNotice) -> Mapping[str, str]:
    """Return what the chat was told of packages: an end only by a card that names it, or by the order's own end.

    A card of an order that is on its way takes back an end that no longer holds, and so does a correction.
    """
    notice, order, told = claimed.notice, claimed.order, subscription.notified_parcels
    if order is None:
        return told
    is_answer = notice.is_reply and (notice.kind is Kind.STATE or subscription.sent_stale)
    names_ends = notice.status == ON_ROUTE or look_up(notice.status or "").final
    if notice.kind is Kind.STATE and (notice.status == ON_ROUTE or notice.reverted_from is not None):
        told = with_open_told(told, order)
    if not is_answer and not (names_ends and notice.kind is Kind.STATE):
        return told
    told = with_assigned_told(told, order)
    return with_ends_told(told, order) if names_ends else told


def notified_links(claimed: ClaimedNotice, text: Text) -> dict[str, str]:
    """Return the links of the text, and those that had no room in it: else they would be pending for ever."""
    held = held_links(claimed.order) if claimed.order is not None else {}
    return {**{key: link for key, link in held.items() if _is_meant(claimed.notice, key)}, **dict(text.links)}


def _is_meant(notice: Notice, shipment: str) -> bool:
    return notice.kind in {Kind.STATE, Kind.EDIT} or (notice.kind is Kind.LINK and notice.shipment == shipment)
