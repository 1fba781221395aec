"""The data that passes between the packages: orders, events, subscriptions, notices. Frozen, no behaviour, no I/O.

There are two clocks, each with a type. What decides something (most `*_at` fields) is in `Ticks`; what people are shown
(`since`, `observed_at`, the history) is in `Wall`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, NewType

from bot.tracking.lead import Lead

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
    """How many messages a chat gets about one order; what brings none stands on the card all the same."""

    MAIN = "main"
    EVERY = "every"
    KEY = "key"


class Receipt(StrEnum):
    """What somebody has answered to "delivered"; CLOSED: it is not asked any more."""

    GOOD = "good"
    MISSING = "missing"
    FOUND = "found"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One chat follows one order; what the chat was told, and what its card shows.

    Told is what came as a new message: `notified_*`; shown is what stands on the living card, also by an edit.
    `notified_message_id`: the living card, None: there is none. `notified_at`: when it was sent. `notified_links`: by
    shipment key, the links that were shown. `notified_troubles`: by shipment key, which of incident, hold and solved
    were told, a blank between them, the last one last. `notified_parcels`: the same of delivered, returned and open
    (under way again). `card_hash`: what the card shows, as `words` counts it; None: nobody knows. `card_status`,
    `card_shown_at`, `card_facts`: its status, since when it shows that, and the facts of the order (`order_facts`).
    `sent_stale`: it says how old its knowledge is; a fresh answer is edited in. `receipt`: see Receipt.
    """

    id: SubscriptionId
    chat_id: int
    order: OrderPk
    level: Level = Level.MAIN
    label: str | None = None
    thread_id: int | None = None
    verified: bool = False
    notified_status: str | None = None
    notified_message_id: int | None = None
    notified_at: Ticks | None = None
    notified_links: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    notified_troubles: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    notified_parcels: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    card_hash: str | None = None
    card_status: str | None = None
    card_shown_at: Ticks | None = None
    card_facts: str | None = None
    card_lead: Lead = field(default_factory=Lead)
    sent_stale: bool = False
    receipt: Receipt | None = None
    created_at: Ticks = Ticks(0.0)


@dataclass(frozen=True, slots=True)
class OrderFollower:
    """Who follows an order. `told_at`: when they were told last (wall time); `paused`: why they can't be written to."""

    subscription: Subscription
    paused: str | None = None
    told_at: Wall | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """A Telegram chat. `kind` is Telegram's (private, group, supergroup); `paused` is why it can't be written to.

    `quiet_nights`: nothing rings at night. `levels_changed`: it gets fewer messages than it did, and was not told so
    yet. `met` is another number each time that somebody there writes, presses a
    button or lets the bot in again.
    """

    chat_id: int
    kind: str = "private"
    language: str | None = None
    language_code: str | None = None
    paused: str | None = None
    quiet_nights: bool = False
    levels_changed: bool = False
    met: int = field(default=0, compare=False)


# ── what to send ─────────────────────────────────────────────────────────────


class Kind(StrEnum):
    """What an outbox row is about. The words for it are made when it is sent."""

    CARD = "card"  # the order as it is: a new message
    EDIT = "edit"  # the living card, as the order is now
    FOLD = "fold"  # a card that is not the living one any more becomes one line
    NAME = "name"  # asks what an order is to be called
    NEVER_SEEN = "never-seen"  # an awaited number did not appear in 48 h
    ARCHIVED = "archived"
    NOTE = "note"  # staff's own words to followers
    ALERT = "alert"  # to staff
    ALERT_EDIT = "alert-edit"  # an alert that somebody of staff is done with


class Keep(StrEnum):
    """Why a card is wanted whatever the chat was told: only such a row stays where nothing differs."""

    ANSWER = "answer"  # to a person
    REMINDER = "reminder"
    LATE = "late"
    AGAIN = "again"  # it may have been seen: its outcome is unknown


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

    `order` is the key of the order that it is about, or None. `status`: of a card what it shows (once it is claimed),
    or what a reminder is about; of a fold what its card showed. `keep`: of a card only. `payload` holds the rest, as
    JSON values. `claim` is another number at each claim. `events`: the lines of the history that it tells, as far as
    it tells any. `alert`: the key of the alert whose buttons it has.
    """

    chat_id: int
    kind: Kind
    due_at: Ticks
    order: OrderPk | None = None
    status: str | None = None
    audible: bool = False
    keep: frozenset[Keep] = frozenset()
    priority: Priority = Priority.NOTICE
    thread_id: int | None = None
    payload: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    id: NoticeId | None = None
    state: NoticeState = NoticeState.OPEN
    attempts: int = 0
    unknown_outcomes: int = 0
    made_at: Ticks = Ticks(0.0)
    claim: int | None = field(default=None, compare=False)
    events: tuple[int, ...] = ()
    alert: int | None = None

    @property
    def is_reply(self) -> bool:
        """Whether it answers a person."""
        return Keep.ANSWER in self.keep


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A line of the order's history.

    `kind` is the verdict's value, or heard, chain, seen, unseen, service, link, or receipt: what somebody has answered
    to "delivered".
    """

    kind: str
    old: str | None
    new: str | None
    detail: str | None = None
