"""The data that passes between the packages: orders, events, subscriptions, notices. Frozen, no behaviour, no I/O.

There are two clocks, each with a type. What decides something (most `*_at` fields) is in `Ticks`; what people are shown
(`since`, `observed_at`, the history) is in `Wall`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, NewType

OrderPk = NewType("OrderPk", int)  # the key of a row of `orders`; Pick and Pack's own is `order_id`
SubscriptionId = NewType("SubscriptionId", int)
NoticeId = NewType("NoticeId", int)  # the key of a row of the outbox
Ticks = NewType("Ticks", float)  # seconds on the service's clock: wall time at its start plus monotonic time since
Wall = NewType("Wall", float)  # Unix seconds; jumps where the machine's clock is corrected

NOTHING: Mapping[str, Any] = MappingProxyType({})


# ── what is known of an order ────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the order: only a name and a quantity, never a price."""

    name: str
    quantity: float | None = None


@dataclass(frozen=True, slots=True)
class Shipment:
    """One shipping service of an order.

    `key` names it here and never changes: Pick and Pack's serviceId where it had one from the start, else `#<number>`.
    `status_at`: when the first of the GETs in a row was sent that showed this status. `raw_url` is what the API showed
    last (for staff); `link` is the last URL of a snapshot in which the order or this service was ON_ROUTE or later, and
    the only one that is ever sent to a shopper. `linkless_since`: since which GET it could have had one and had none.
    `tracking_id` and `tracking_status`: the courier's own, for staff.
    """

    key: str
    position: int
    status: str
    courier: str | None = None
    vehicle: str | None = None
    raw_url: str | None = None
    link: str | None = None
    created_at: str | None = None
    tracking_id: str | None = None
    tracking_status: str | None = None
    implies_on_route: bool = False
    missing_since: Ticks | None = None
    closed: bool = False
    service_id: str | None = None
    status_at: Ticks | None = None
    linkless_since: Ticks | None = None


@dataclass(frozen=True, slots=True)
class RecentWebhook:
    """A webhook, kept on the order: one of the last minutes tells whether a GET is stale. `old` None: not said."""

    old: str | None
    new: str
    at: Ticks


@dataclass(frozen=True, slots=True)
class Order:
    """What is known of one order, `(hostname, order_id)`. `status` None: nothing yet. `id` None: not stored yet.

    `since`: when a webhook told the status; `observed_at`: when it was first seen, by webhook or GET. `webhook_at`: the
    last webhook; `polled_at`: when the last answered GET was sent; `confirmed_at`: when a GET was last taken as the
    truth; `changed_at`: when the order last changed. `unconfirmed_*`: a webhook that the API has neither confirmed nor
    contradicted yet. `pairs`: the steps told or shown in the last day; `chain`: the first and the last of the deferred
    webhooks that fit together, since the last answer; `by_chain`: only such a chain says the status. `ended`: the
    webhook that brought the final status, until a GET has been taken; `diverged_at`: when a GET last showed its `old`
    all the same. `unchanged_polls`: GETs in a row that showed no change; `not_found_count`: not-found answers in a
    row since `not_found_since`; `failures`: calls in a row that failed, the next one not before `retry_at`.
    `extra_polls`: GETs beside the regular ones, by reason, with the time each is due.
    """

    hostname: str
    order_id: str
    id: OrderPk | None = None
    status: str | None = None
    previous: str | None = None
    for_pickup: bool = False
    since: Wall | None = None
    observed_at: Wall | None = None
    webhook_at: Ticks | None = None
    polled_at: Ticks | None = None
    confirmed_at: Ticks | None = None
    changed_at: Ticks | None = None
    recent: tuple[RecentWebhook, ...] = ()
    unconfirmed_at: Ticks | None = None
    unconfirmed_status: str | None = None
    pairs: tuple[RecentWebhook, ...] = ()
    chain: tuple[RecentWebhook, ...] = ()
    by_chain: bool = False
    ended: RecentWebhook | None = None
    diverged_at: Ticks | None = None
    unchanged_polls: int = 0
    not_found_count: int = 0
    not_found_since: Ticks | None = None
    failures: int = 0
    retry_at: Ticks | None = None
    extra_polls: Mapping[str, Ticks] = field(default_factory=lambda: NOTHING)
    next_poll_at: Ticks | None = None
    urgent: bool = False
    shipments: tuple[Shipment, ...] = ()
    items: tuple[Item, ...] = ()


# ── who follows what ──────────────────────────────────────────────────────


class Level(StrEnum):
    """How much a chat wants to hear of one order."""

    EVERY = "every"
    MAIN = "main"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One chat follows one order; and what the chat was notified of last.

    `notified_status` None: nobody knows what the chat saw last. `maybe_notified_status`: sent with an unknown outcome,
    so it is not sent again by itself. `notified_message_id`, `notified_at`: the last state message. `notified_links`:
    by shipment key, the links that were sent in any message. `sent_stale`: the state message said how old its knowledge
    was; a fresh answer is edited in. `notified_troubles`: by shipment key, which of incident, hold and solved were
    sent, a blank between them, the last one last. `notified_parcels`: the same of assigned, delivered, returned
    and open (under way again). `shown_parcels`: what the state message says of the packages, as `link_state` writes
    and reads it.
    """

    id: SubscriptionId
    chat_id: int
    order: OrderPk
    level: Level = Level.EVERY
    label: str | None = None
    thread_id: int | None = None
    verified: bool = False
    notified_status: str | None = None
    maybe_notified_status: str | None = None
    notified_message_id: int | None = None
    notified_at: Ticks | None = None
    notified_links: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    sent_stale: bool = False
    notified_troubles: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    notified_parcels: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    shown_parcels: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    created_at: Ticks = Ticks(0.0)


@dataclass(frozen=True, slots=True)
class Chat:
    """A Telegram chat. `kind` is Telegram's (private, group, supergroup); `paused` is why it can't be written to.

    `met` is another number each time that somebody there writes, presses a button or lets the bot in again.
    """

    chat_id: int
    kind: str = "private"
    language: str | None = None
    language_code: str | None = None
    paused: str | None = None
    met: int = field(default=0, compare=False)


# ── what to send ─────────────────────────────────────────────────────────────


class Kind(StrEnum):
    """What an outbox row is about. The words for it are made when it is sent."""

    STATE = "state"
    ASSIGNED = "assigned"
    INCIDENT = "incident"
    HOLD = "hold"
    SOLVED = "solved"
    PARCEL_DELIVERED = "parcel-delivered"
    PARCEL_RETURNED = "parcel-returned"
    PARCEL_MISTAKEN = "parcel-mistaken"  # its end was told, and it is under way all the same
    LINK = "link"
    EDIT = "edit"  # the state message once more, with the links and ages of now
    NEVER_SEEN = "never-seen"  # an awaited number did not appear in 48 h
    ARCHIVED = "archived"
    REMINDER = "reminder"
    LATE = "late"
    NOTE = "note"  # staff's own words to followers
    ALERT = "alert"  # to staff


TROUBLE_KINDS = frozenset({Kind.INCIDENT, Kind.HOLD, Kind.SOLVED})
PARCEL_KINDS = TROUBLE_KINDS | {Kind.ASSIGNED, Kind.PARCEL_DELIVERED, Kind.PARCEL_RETURNED, Kind.PARCEL_MISTAKEN}


class Priority(IntEnum):
    """Which goes first: answers to a person, then notices, then edits."""

    ANSWER = 0
    NOTICE = 1
    EDIT = 2


class NoticeState(StrEnum):
    """open → claimed → sent; or closed (replaced, or not wanted any more), or failed (refused, or perhaps sent)."""

    OPEN = "open"
    CLAIMED = "claimed"
    SENT = "sent"
    CLOSED = "closed"
    FAILED = "aside"  # the value that databases hold


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one chat: what it is about, not its text.

    `order` is the key of the order that it is about, or None. `status` is the effective status that a STATE tells;
    `reverted_from` what the chat was notified of before, where this is a move back or from one end to another.
    `is_reply`: it answers a person. `shipment` is the key of the one it is about. `payload` holds the rest, as JSON
    values. `claim` is another number at each claim.
    """

    chat_id: int
    kind: Kind
    due_at: Ticks
    order: OrderPk | None = None
    status: str | None = None
    reverted_from: str | None = None
    shipment: str | None = None
    audible: bool = False
    is_reply: bool = False
    priority: Priority = Priority.NOTICE
    thread_id: int | None = None
    payload: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    id: NoticeId | None = None
    state: NoticeState = NoticeState.OPEN
    attempts: int = 0
    unknown_outcomes: int = 0
    made_at: Ticks = Ticks(0.0)
    claim: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A line of the order's history: `kind` is the verdict's value, or heard, chain, seen, unseen, service, link."""

    kind: str
    old: str | None
    new: str | None
    detail: str | None = None
