"""What a chat has been told, and what its card shows, once a card or an edit has been sent to it."""

from dataclasses import replace

from bot.tracking.card_reasons import is_told_by_packages
from bot.tracking.link_state import held_links
from bot.tracking.model import Order, Subscription, Ticks
from bot.tracking.order_facts import order_facts
from bot.tracking.parcel_news import with_card_told, without_gone
from bot.tracking.statuses import DELIVERED, Stage, look_up
from bot.transactions.claimed_notice import ClaimedNotice


def told_by_card(subscription: Subscription, claimed: ClaimedNotice, now: Ticks) -> Subscription:
    """Return the subscription once the chat was told what a card says, whether or not it is the living one."""
    order, notice = _order(claimed), claimed.notice
    told = with_card_told(_with_links(subscription, order), order)
    return replace(
        told,
        notified_status=_status_told(subscription, notice.status),
        # a GET that was under way while an aged card was sent is the fresh answer that the card lacks
        notified_at=Ticks(notice.payload.get("asked_at", now)) if claimed.content.is_stale else now,
    )


def _status_told(subscription: Subscription, status: str | None) -> str | None:
    """Return the status that was told last: one that nobody knows takes back nothing that was told before."""
    is_known = status is not None and look_up(status).stage is not Stage.UNKNOWN
    return status if is_known or subscription.notified_status is None else subscription.notified_status


def shown_by_card(
    subscription: Subscription, claimed: ClaimedNotice, message_id: int | None, fingerprint: str | None, now: Ticks
) -> Subscription:
    """Return the subscription once a card has become its living one."""
    shown = _shown(told_by_card(subscription, claimed, now), claimed, fingerprint, now)
    return replace(shown, notified_message_id=message_id, card_lead=claimed.content.lead)


def shown_by_edit(
    subscription: Subscription, claimed: ClaimedNotice, fingerprint: str | None, now: Ticks
) -> Subscription:
    """Return the subscription once its card was edited: that tells nothing, but what the packages had told already."""
    order = _order(claimed)
    shown = _shown(without_gone(_with_links(subscription, order), order), claimed, fingerprint, now)
    shown = replace(shown, card_lead=claimed.content.lead)
    is_told = claimed.notice.status == DELIVERED and is_told_by_packages(order, subscription, DELIVERED)
    return replace(shown, notified_status=DELIVERED) if is_told else shown


def as_if_shown(subscription: Subscription, claimed: ClaimedNotice) -> Subscription:
    """Return the subscription once an edit was refused: it is not tried again before something else changes."""
    return replace(subscription, card_facts=order_facts(_order(claimed)), sent_stale=False)


def _shown(subscription: Subscription, claimed: ClaimedNotice, fingerprint: str | None, now: Ticks) -> Subscription:
    status = claimed.notice.status
    return replace(
        subscription,
        card_hash=fingerprint,
        card_status=status,
        card_shown_at=now,
        card_facts=order_facts(_order(claimed)),
        sent_stale=claimed.content.is_stale,
        receipt=subscription.receipt if status == DELIVERED else None,
    )


def _with_links(subscription: Subscription, order: Order) -> Subscription:
    """Add the links that hold, also those that had no room: else they would be pending for ever."""
    return replace(subscription, notified_links={**subscription.notified_links, **held_links(order)})


def _order(claimed: ClaimedNotice) -> Order:
    assert claimed.order is not None  # noqa: S101 - a card is about an order
    return claimed.order
