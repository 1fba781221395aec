"""What a chat has been notified of once a message was sent: status, troubles and links, as the text showed them."""

from dataclasses import replace

from bot.tracking.model import TROUBLE_KINDS, Kind, Notice, Subscription, Ticks
from bot.transactions.claimed_notice import ClaimedNotice
from bot.words.texts import Text


def notified(
    subscription: Subscription, claimed: ClaimedNotice, text: Text, message_id: int | None, now: Ticks
) -> Subscription:
    """Return the subscription as it is once this notice's text was shown."""
    notice = claimed.notice
    links = notified_links(claimed, text)
    troubles = {**subscription.notified_troubles, **dict(text.troubles)}
    if notice.kind is Kind.STATE:
        aged = "stale_age" in notice.payload
        return replace(
            subscription,
            notified_status=notice.status,
            maybe_notified_status=None,
            notified_message_id=message_id,
            # a GET that was under way while an aged card was sent is the fresh answer that the card lacks
            notified_at=Ticks(notice.payload.get("asked_at", now)) if aged else now,
            notified_links=links,
            sent_stale=aged,
            notified_troubles=troubles,
        )
    if notice.kind is Kind.EDIT:
        return replace(subscription, notified_links=links, sent_stale=False, notified_troubles=troubles)
    if notice.kind in TROUBLE_KINDS and notice.shipment is not None:
        troubles[notice.shipment] = notice.kind.value
    return replace(subscription, notified_links={**subscription.notified_links, **links}, notified_troubles=troubles)


def notified_links(claimed: ClaimedNotice, text: Text) -> dict[str, str]:
    """Return the links of the text, and those that had no room in it: else they would be pending for ever."""
    shipments = claimed.order.shipments if claimed.order is not None else ()
    meant = {one.key: one.link for one in shipments if one.link and _is_meant(claimed.notice, one.key)}
    return {**meant, **dict(text.links)}


def _is_meant(notice: Notice, shipment: str) -> bool:
    return notice.kind in {Kind.STATE, Kind.EDIT} or (notice.kind is Kind.LINK and notice.shipment == shipment)
