"""The shapes that pass between the rooms: orders, news, subscriptions, notices. Frozen, no behaviour, no I/O.

Times are seconds as float. `*_at` fields that decide something are on the service's clock (wall time at start plus
monotonic time since); `since`, `seen_at` and everything in the history are wall time (Unix seconds), because they
are shown to people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any

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

    `key` is Pick and Pack's serviceId, or `#<position>` where it has none. `raw_url` is what the API showed last
    (for staff); `link` is the last URL of a snapshot in which the order or this service was ON_ROUTE or later, and
    the only one that is ever sent to a shopper.
    """

    key: str
    position: int
    status: str
    courier: str | None = None
    vehicle: str | None = None
    raw_url: str | None = None
    link: str | None = None
    created_at: str | None = None
    lifts: bool = False
    missing_since: float | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A webhook of the last minutes, kept on the order: it tells whether a later GET came out of a stale cache."""

    old: str
    new: str
    at: float


@dataclass(frozen=True, slots=True)
class Order:
    """What is known of one `(hostname, order_id)`. `status` None: nothing yet. `id` is the store's row, or None.

    `heard_at`: last webhook; `asked_at`: when the last answered GET was sent; `confirmed_at`: when a GET was last taken
    as the truth; `news_at`: when the order last changed. `unsure_*`: a webhook that the API has not settled yet.
    `quiet`: GETs in a row without a change; `misses`: not-found answers in a row since `missed_at`; `failures`: calls
    in a row that failed, not before `retry_at` again. `asks`: extra GETs by reason, with the time each is due.
    """

    hostname: str
    order_id: str
    id: int | None = None
    status: str | None = None
    previous: str | None = None
    for_pickup: bool = False
    since: float | None = None
    seen_at: float | None = None
    heard_at: float | None = None
    asked_at: float | None = None
    confirmed_at: float | None = None
    news_at: float | None = None
    recent: tuple[Heard, ...] = ()
    unsure_at: float | None = None
    unsure_status: str | None = None
    quiet: int = 0
    misses: int = 0
    missed_at: float | None = None
    failures: int = 0
    retry_at: float | None = None
    asks: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    next_poll_at: float | None = None
    urgent: bool = False
    shipments: tuple[Shipment, ...] = ()
    items: tuple[Item, ...] = ()


# ── news: one thing learnt ───────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class StatusHeard:
    """A webhook said old → new (both normalised)."""

    hostname: str
    order_id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShipmentSeen:
    """One service as a snapshot shows it; `status` normalised, absent, null and empty fields all None."""

    service_id: str | None
    status: str
    courier: str | None = None
    vehicle: str | None = None
    tracking_url: str | None = None
    created_at: str | None = None


@dataclass(frozen=True, slots=True)
class SnapshotSeen:
    """A GET answered. `order_id` is as Pick and Pack writes it."""

    hostname: str
    order_id: str
    status: str
    shipments: tuple[ShipmentSeen, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """A GET answered that there is no such order (or that it is another account's: to us the same)."""

    order_id: str


News = StatusHeard | SnapshotSeen | NotFound


# ── what a person wants ──────────────────────────────────────────────────────


class Level(StrEnum):
    """How much a chat wants to hear of one order."""

    EVERY = "every"
    MAIN = "main"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One chat follows one order, with what that chat was told last.

    `told_status` None: not known what the chat saw last. `perhaps_status`: told with an unknown outcome, so it is not
    told again by itself. `told_message_id`, `told_sent_at`, `told_links`: the last state message and the links in it,
    by shipment key; `told_aged`: it carried the age of what it said, so a fresh answer is edited in. `told_troubles`:
    by shipment key, the last of incident / hold / solved that was told.
    """

    id: int
    chat_id: int
    order: int
    level: Level = Level.EVERY
    label: str | None = None
    thread_id: int | None = None
    verified: bool = False
    told_status: str | None = None
    perhaps_status: str | None = None
    told_message_id: int | None = None
    told_sent_at: float | None = None
    told_links: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    told_aged: bool = False
    told_troubles: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    created_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Chat:
    """A Telegram chat. `kind` is Telegram's (private, group, supergroup); `paused` is why it can't be written to."""

    chat_id: int
    kind: str = "private"
    language: str | None = None
    language_code: str | None = None
    paused: str | None = None


# ── what to tell ─────────────────────────────────────────────────────────────


class Kind(StrEnum):
    """What an outbox row is about. The words for it are made when it is sent."""

    STATE = "state"
    ASSIGNED = "assigned"
    INCIDENT = "incident"
    HOLD = "hold"
    SOLVED = "solved"
    PARCEL_DELIVERED = "parcel-delivered"
    PARCEL_RETURNED = "parcel-returned"
    LINK = "link"
    EDIT = "edit"  # the state message once more, with the links and ages of now
    NEVER_SEEN = "never-seen"  # an awaited number did not appear in 48 h
    ARCHIVED = "archived"
    REMINDER = "reminder"
    LATE = "late"
    NOTE = "note"  # staff's own words to followers
    ALERT = "alert"  # to staff


TROUBLE_KINDS = frozenset({Kind.INCIDENT, Kind.HOLD, Kind.SOLVED})


class Lane(IntEnum):
    """Which goes first: answers to a person, then notices, then edits."""

    ANSWER = 0
    NOTICE = 1
    EDIT = 2


class NoticeState(StrEnum):
    """open → claimed → sent; or closed (folded, stopped), or aside (malformed, or perhaps told)."""

    OPEN = "open"
    CLAIMED = "claimed"
    SENT = "sent"
    CLOSED = "closed"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell one chat: what happened, not the text.

    `order` is the store's row of the order (None: not about one). `status` is the effective status that a STATE tells;
    `back_from` what the chat was told before, where this is a move back. `answer`: it answers a person's own message.
    `shipment` is the key of the one it is about. `payload` holds the rest, as JSON values.
    """

    chat_id: int
    kind: Kind
    due_at: float
    order: int | None = None
    status: str | None = None
    back_from: str | None = None
    shipment: str | None = None
    sound: bool = False
    answer: bool = False
    lane: Lane = Lane.NOTICE
    thread_id: int | None = None
    payload: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    id: int | None = None
    state: NoticeState = NoticeState.OPEN
    attempts: int = 0
    unknowns: int = 0
    made_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a snapshot showed about one shipment, worth telling: a Kind and the shipment's key."""

    kind: Kind
    shipment: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A line of the order's history: `kind` heard, held, doubtful, repeat, seen, unseen, stale, service, missed."""

    kind: str
    old: str | None
    new: str | None
    detail: str | None = None
