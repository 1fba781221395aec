"""Render every message with sample values, for people who review the texts.

`python -m bot.demo.samples es [FOLDER]` prints those of a language, with the texts in FOLDER before ours.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bot.demo.languages import unknown_language
from bot.tracking.model import Chat, Kind, Notice, Order, OrderPk, Shipment, Subscription, SubscriptionId, Ticks
from bot.tracking.statuses import DELIVERED, TABLE, is_further, look_up
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.checking import STORE_VARIABLES
from bot.words.fluent.files import default_folder, entries, read_files
from bot.words.fluent.patterns import references
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import Text

WHEN = 1_790_000_000.0
NUMBER = "MKT-v527103anml-01"
LABEL = "mamá’s <gift>"
STORES = (StoreInfo(), StoreInfo("eMercado", contact_url="https://emercado.com/ask"), StoreInfo("Écolo & Fils"))
PARCEL_KINDS = (
    Kind.ASSIGNED,
    Kind.INCIDENT,
    Kind.HOLD,
    Kind.SOLVED,
    Kind.PARCEL_DELIVERED,
    Kind.PARCEL_RETURNED,
    Kind.PARCEL_MISTAKEN,
    Kind.LINK,
)
COURIERS = ("amazon", "Óscar Envíos")
SAMPLES: dict[str, Any] = {
    "delivered": "one", "left": "no",
    "tracking": "TRK-1",
    "number": NUMBER, "label": LABEL, "known": True, "courier": COURIERS[0], "n": 1, "total": 2, "days": 30, "count": 5,
    "minutes": 2, "state": "—", "raw": "RAW", "reason": "reason", "time": WHEN, "level": "—", "text": "text",
    "emoji": "📦", "before": "—", "items": "A, B", "more": 2, "quantity": "2", "name": "A", "host": "host.com",
    "labelled": False, "trouble": "incident", "followers": 3, "paused": 1, "awaiting": 0, "vehicle": "VAN", "link": "-",
    "shown": True, "closed": False, "command": "/check ID", "value": 7, "verified": True, "chat": "1", "limit": 2000,
    "length": 2100, "copies": "yes", "follows": "one", "kind": "voice", "ready": True, "orders": NUMBER,
    "languages": "English, español", "statuses": "A, B",
    "url": "https://t.me/bot?start=x", "by_link": False, "way": "number", "old": "A", "new": "B",
    "service": "DELIVERED", "rest": True, "end": "delivered",
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


def told(renderer: Renderer, language: str, one: Order, *, label: str | None = None, **notice: Any) -> Text:
    """Render the message that a chat would be shown."""
    kind = notice.pop("kind", Kind.STATE)
    status = notice.pop("status", one.status)
    chat = Chat(1, language=language)
    row = Notice(1, kind, Ticks(0.0), order=OrderPk(1), status=status, **notice)
    troubles = {"S1": "hold" if notice.get("payload", {}).get("was_hold") else "incident"}
    parcels = {"S1": "returned" if notice.get("payload", {}).get("was_returned") else "delivered"}
    follower = subscription(label, notified_troubles=troubles, notified_parcels=parcels)
    return renderer.notice(row, one, follower, chat, now=WHEN + 900)


def renderer_for(store: StoreInfo, override: Path | None = None) -> Renderer:
    """Make the renderer of a store; texts in the folder `override` go before ours, as with LOCALES_OVERRIDE."""
    return Renderer(Catalog(override=override), store)


def messages(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    """Render every message about an order: each status, its variants, each event."""
    for status in (*TABLE, "PACKED_BY_ROBOT"):
        yield status, told(renderer, language, order(status), label=None)
    yield "collected", told(renderer, language, order("DELIVERED", for_pickup=True))
    yield "labelled", told(renderer, language, order("WAITING_FOR_PICKUP"), label=LABEL)
    for links in (0, 1, 2):
        yield f"{links} links", told(renderer, language, order("ON_ROUTE", links=links))
    yield "1 of 2 links", told(renderer, language, order("ON_ROUTE", links=1, packages=2))
    yield "all delivered", told(renderer, language, order("ON_ROUTE", links=2, trouble="DELIVERED", packages=1))
    yield "1 of 2 delivered", told(renderer, language, order("ON_ROUTE", links=2, trouble="DELIVERED"))
    yield "trouble", told(renderer, language, order("ON_ROUTE", links=2, trouble="INCIDENT"))
    yield "answer", told(renderer, language, order("PACKING"), is_reply=True, payload={"stale_age": 600})
    yield "awaiting", told(renderer, language, order("READY_FOR_SHIPPING", packages=1))
    backs = [
        (a, b) for a in TABLE for b in TABLE if is_further(a, b) and look_up(a).key and b in {"PACKING", "ON_ROUTE"}
    ]
    for before, status in backs:
        yield f"back {before}", told(renderer, language, order(status, links=1), reverted_from=before)
    for before, status in ((DELIVERED, "RETURNED"), ("CANCELED", DELIVERED), ("RETURNED", "ON_ROUTE")):
        yield f"back {before} {status}", told(renderer, language, order(status), reverted_from=before)
    yield "by the store", told(renderer, language, order("PACKING", by_chain=True))
    for kind in PARCEL_KINDS:
        for links in (1, 2):
            yield f"{kind} {links}", told(renderer, language, order("ON_ROUTE", links=links), kind=kind, shipment="S1")
    yield (
        "goes on",
        told(renderer, language, order("ON_ROUTE", links=1), kind=Kind.SOLVED, shipment="S1", payload={"was_hold": 1}),
    )
    again, was = order("ON_ROUTE", links=2), {"was_returned": 1}
    yield "a new attempt", told(renderer, language, again, kind=Kind.PARCEL_MISTAKEN, shipment="S1", payload=was)
    for kind in (Kind.REMINDER, Kind.LATE, Kind.ARCHIVED, Kind.NOTE):
        yield kind, told(renderer, language, order("WAITING_FOR_PICKUP"), kind=kind, payload={"text": "Hi <you>\nbye"})


def answers(renderer: Renderer, language: str) -> Iterator[tuple[str, Text]]:
    """Render every message of the other files."""
    for source in read_files(default_folder(), "en"):  # every language has the same keys
        if source.path.stem in {"answers", "chat", "staff", "commands"}:
            for entry in entries(source):
                names = references(entry).variables
                given = {name: SAMPLES[name] for name in names - {"order", *STORE_VARIABLES}}
                given |= {"number": NUMBER} if "order" in names else {}
                yield entry.id.name, renderer.answer(language, entry.id.name, **given)


@click.command()
@click.argument("language", default="en")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(language: str, folder: Path | None) -> None:
    """Print all messages of a language, with the texts in FOLDER before ours."""
    if problem := unknown_language(language, folder):
        raise click.BadParameter(problem, param_hint="LANGUAGE")
    for store in STORES[:2]:
        renderer = renderer_for(store, folder)
        for name, text in (*messages(renderer, language), *answers(renderer, language)):
            buttons = " ".join(f"[{button.label}]" for row in text.buttons for button in row)
            sys.stdout.write(f"── {name} ({store.name or 'no name'})\n{text.html}\n{buttons}\n")


if __name__ == "__main__":
    main()
