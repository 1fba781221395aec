"""Sample values for messages, such as try the grammar, and every message rendered with them.

In their place, as chats: see `bot.demo.specimens`.
"""

from collections.abc import Iterator
from typing import Any

from bot.tracking.card_content import CardContent, FoldReason, Page, PastStep, StaffTold
from bot.tracking.hours import every_day
from bot.tracking.lead import Lead, News
from bot.tracking.model import (
    Chat,
    Kind,
    Level,
    Notice,
    Order,
    OrderPk,
    Receipt,
    Shipment,
    Subscription,
    SubscriptionId,
    Ticks,
    Wall,
)
from bot.tracking.statuses import DELIVERED, ON_ROUTE, TABLE, WAITING_FOR_PICKUP, is_further, look_up
from bot.words.fluent.checking import STORE_VARIABLES
from bot.words.fluent.files import default_folder, entries, read_files
from bot.words.fluent.patterns import references
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import Text

WHEN = 1_790_000_000.0
NUMBER = "MKT-v527103anml-01"
LABEL = "mamá’s <gift>"
STORES = (
    StoreInfo(),
    StoreInfo(
        "eMercado",
        hours=every_day(9 * 60, 18 * 60),
        contact_url="https://emercado.com/ask",
        pickup_place="eMercado Centro",
        pickup_address="Calle 5 & 6",
        pickup_map_url="https://maps.example.com/5",
    ),
    StoreInfo("Écolo & Fils"),
)
COURIERS = ("amazon", "Óscar Envíos")
SAMPLES: dict[str, Any] = {
    "delivered": "one", "left": "no",
    "tracking": "TRK-1",
    "number": NUMBER, "label": LABEL, "courier": COURIERS[0], "n": 1, "days": 30, "count": 5,
    "minutes": 2, "wait": 2, "carrier": COURIERS[0], "known": True,
    "state": "—", "raw": "RAW", "reason": "reason", "time": WHEN, "level": "—",
    "name": "A",
    "followers": 3, "paused": 1, "awaiting": 0, "vehicle": "VAN", "link": "-",
    "shown": True, "closed": False, "command": "/check ID", "value": 7, "verified": True, "chat": "1", "limit": 2000,
    "length": 2100, "copies": "yes", "follows": "one", "kind": "voice", "ready": "yes", "orders": NUMBER,
    "languages": "English, español", "statuses": "A, B",
    "url": "https://t.me/bot?start=x", "by_link": False, "way": "number", "labelled": False,
    "service": "DELIVERED", "since": WHEN, "good": 1, "missing": 2, "quiet": True,
    "clock": "9:41 AM", "what": "A", "before": "B", "why": "A", "clauses": "A, B", "timed": "since",
    "lost": 3, "free": 100, "stuck": 2, "undelivered": 1, "secret": True, "how": "down", "lasted": 60, "median": 60,
    "most": 3600, "own": True, "reported": "—", "today": 1, "week": 7, "usual": 3600, "there": 1, "by": "A",
    "times": 4, "total": 2, "text": "Hello", "webhook": "missed", "cause": "A", "named": True,
    "all": True, "told": True, "alerted": "9:41 AM", "staff": 1, "first": "9:41 AM",
    "last": "9:41 AM", "messages": 2, "held": "no",
    "author": "A",
}  # fmt: skip


def order(
    status: str, *, links: int = 0, packages: int | None = None, trouble: str | None = None, **more: Any
) -> Order:
    """Make an order with these shipments."""
    count = links if packages is None else packages
    shipments = tuple(
        Shipment(
            f"S{n}",
            n,
            trouble if trouble and n == 1 else "ON_ROUTE",
            courier=COURIERS[(n - 1) % 2],
            link=f"https://track.example{n}.com/t/{n}" if n <= links else None,
        )
        for n in range(1, count + 1)
    )
    return Order("shop", NUMBER, id=OrderPk(1), status=status, shipments=shipments, **{"since": WHEN, **more})


def subscription(label: str | None = None, **more: Any) -> Subscription:
    """Make a subscription to the order."""
    return Subscription(SubscriptionId(7), 1, OrderPk(1), label=label, **more)


def told(
    renderer: Renderer,
    language: str,
    one: Order,
    *,
    follower: Subscription | None = None,
    kind: Kind = Kind.CARD,
    chat_kind: str = "private",
    payload: dict[str, Any] | None = None,
    **content: Any,
) -> Text:
    """Render the message that a chat would be shown; `content` is what CardContent takes."""
    row = Notice(1, kind, Ticks(0.0), order=OrderPk(1), status=one.status, payload=payload or {})
    chat = Chat(1, chat_kind, language=language)
    return renderer.notice(row, one, follower or subscription(), chat, now=WHEN + 900, content=CardContent(**content))


def past(*statuses: str, end: float = WHEN) -> tuple[PastStep, ...]:
    """Make a history in which webhooks told these statuses, ten minutes apart."""
    before = (None, *statuses)
    lines = [
        PastStep(Wall(end - 600 * n), "heard", old, new)
        for n, (old, new) in enumerate(zip(reversed(before[:-1]), reversed(statuses), strict=True))
    ]
    return tuple(lines)


WAY = past("READY_FOR_HANDLING", "PICKING", "PACKING", "INVOICED", "READY_FOR_SHIPPING", ON_ROUTE, end=WHEN - 300)
OF_PACKAGES = (
    PastStep(Wall(WHEN), "service", "ON_ROUTE", "INCIDENT", "S1"),
    PastStep(Wall(WHEN - 60), "service", "ASSIGNED", "ON_ROUTE", "S1"),
    PastStep(Wall(WHEN - 120), "service", None, "ASSIGNED", "S1"),
)


def messages(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    """Render the card in every state and variant, and every other message about an order."""
    yield from _states(renderer, language)
    yield from _packages(renderer, language)
    yield from _leads(renderer, language)
    yield from _answers_to_delivered(renderer, language)
    yield from _others(renderer, language)


def _states(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    for status in (*TABLE, "PACKED_BY_ROBOT"):
        yield status, told(renderer, language, order(status), history=past("READY_FOR_HANDLING", "PICKING", status))
    yield "picked up", told(renderer, language, order(DELIVERED, for_pickup=True))
    yield "labelled", told(renderer, language, order(WAITING_FOR_PICKUP), follower=subscription(LABEL))
    yield "in a group", told(renderer, language, order("PACKING"), follower=subscription(LABEL), chat_kind="group")
    yield "by the store", told(renderer, language, order("PACKING", by_chain=True))
    yield "seen", told(renderer, language, order(DELIVERED, since=None, observed_at=WHEN))
    yield "may be old", told(renderer, language, order("PACKING"), is_stale=True, age=600.0)
    yield "not checked", told(renderer, language, order("PACKING"), is_stale=True)
    yield "checked", told(renderer, language, order("PACKING"), checked_at=WHEN + 600)
    yield "levels changed", told(renderer, language, order("PACKING"), says_levels=True)
    yield "more", told(renderer, language, order("PACKING"), page=Page.MORE)
    for level in Level:
        first = subscription(level=level)
        yield f"first {level}", told(renderer, language, order("PACKING"), follower=first, lead=Lead(first=True))


def _packages(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    for links in (0, 1, 2, 4):
        yield f"{links} links", told(renderer, language, order(ON_ROUTE, links=links), history=WAY)
    yield "1 of 2 links", told(renderer, language, order(ON_ROUTE, links=1, packages=2))
    yield "courier", told(renderer, language, order("READY_FOR_SHIPPING", packages=1))
    yield "courier confirmed", told(renderer, language, order("READY_FOR_SHIPPING", packages=1, trouble="ASSIGNED"))
    for count in (1, 2):
        for status in ("INCIDENT", "ON_HOLD", "DELIVERED", "RETURNED", "TRANSFER"):
            one = order(ON_ROUTE, links=count, trouble=status)
            yield f"{status} of {count}", told(renderer, language, one, history=(*OF_PACKAGES, *WAY))


def _leads(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    for before, status in TURNS:
        one = order(status, links=1)
        yield f"{before} to {status}", told(renderer, language, one, lead=Lead(reverted_from=before))
    for news, count in ((news, count) for news in News for count in (1, 2)):
        one = order(ON_ROUTE, links=count, trouble=STATUS_OF_NEWS.get(news))
        yield f"{news} of {count}", told(renderer, language, one, lead=Lead(news={"S1": news}))
    yield "link", told(renderer, language, order(ON_ROUTE, links=1), lead=Lead(links=("S1",)))
    yield "reminder", told(renderer, language, order(WAITING_FOR_PICKUP), lead=Lead(reminder=True))
    yield "late", told(renderer, language, order("PACKING"), lead=Lead(late=True))


STATUS_OF_NEWS = {
    News.INCIDENT: "INCIDENT",
    News.HOLD: "ON_HOLD",
    News.DELIVERED: "DELIVERED",
    News.RETURNED: "RETURNED",
}
TURNS = (
    *((a, b) for a in TABLE for b in ("PACKING", ON_ROUTE) if is_further(a, b) and look_up(a).key),
    *((DELIVERED, "RETURNED"), ("CANCELED", DELIVERED), ("RETURNED", WAITING_FOR_PICKUP)),
)


def _answers_to_delivered(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    one = order(DELIVERED, packages=1, trouble="DELIVERED")
    for receipt in Receipt:
        yield receipt, told(renderer, language, one, follower=subscription(receipt=receipt), history=WAY)
    missing = subscription(receipt=Receipt.MISSING)
    for who in StaffTold:
        yield f"missing, {who}", told(renderer, language, one, follower=missing, staff_told=who)
    yield "missing, in a group", told(renderer, language, one, follower=missing, chat_kind="group")


def _others(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    for why in FoldReason:
        yield f"folded, {why}", told(renderer, language, order(ON_ROUTE), kind=Kind.FOLD, history=WAY, fold=why)
    for kind in (Kind.NAME, Kind.ARCHIVED, Kind.NEVER_SEEN, Kind.NOTE):
        payload = {"text": "Hi <you>\nbye", "number": NUMBER}
        yield kind, told(renderer, language, order("PACKING"), kind=kind, payload=payload)
    args = {"number": NUMBER, "order": 1, "verified": True, "since": WHEN, "followers": 2, "good": 1, "missing": 1}
    yield (
        "not received",
        told(
            renderer,
            language,
            order(DELIVERED),
            kind=Kind.ALERT,
            payload={"alert": "not-received", "args": args},
        ),
    )


def answers(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    """Render every message of the other files."""
    for source in read_files(default_folder(), "en"):  # every language has the same keys
        if source.path.stem in {"start", "answers", "chat", "staff", "commands"}:
            for entry in entries(source):
                names = references(entry).variables
                given = {name: SAMPLES[name] for name in names - {"order", *STORE_VARIABLES}}
                given |= {"number": NUMBER} if "order" in names else {}
                yield entry.id.name, renderer.answer(language, entry.id.name, **given)
