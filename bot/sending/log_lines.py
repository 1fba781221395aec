"""What the log says of a message: enough to find it by its order or by the event that it tells, none of its words."""

from bot.tracking.model import Notice
from bot.transactions.claimed_notice import ClaimedNotice


def named(claimed: ClaimedNotice) -> str:
    """Return what a line of the log calls a message: its order, chat, kind, events and attempts; never its words."""
    notice = claimed.notice
    events = "".join(f", event {event}" for event in notice.events)
    return (
        f"order {_order_of(claimed) or '-'}, chat {notice.chat_id}, {notice.kind}{events}, attempt {_attempt(notice)}"
    )


def fields(claimed: ClaimedNotice) -> dict[str, object]:
    """Return the same for machines. `event` is the newest of the events that the message tells."""
    notice = claimed.notice
    return {
        "fields": {
            "order": _order_of(claimed),
            "chat": notice.chat_id,
            "kind": notice.kind,
            "event": notice.events[-1] if notice.events else None,
            "events": notice.events,
            "attempts": _attempt(notice),
        }
    }


def _order_of(claimed: ClaimedNotice) -> str | None:
    return claimed.order.order_id if claimed.order is not None else None


def _attempt(notice: Notice) -> int:
    return notice.attempts + notice.unknown_outcomes + 1
