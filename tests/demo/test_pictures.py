"""Pictures of the cards as the words make them, in light and dark on a phone's screen, to be looked at.

Taken only with ONROUTE_SCREENSHOTS_TO=FOLDER.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from bot.telegram.reply_markup import keyboard
from bot.tracking.card_content import CardContent, FoldReason, Page, PastStep, StaffTold
from bot.tracking.hours import every_day
from bot.tracking.lead import Lead, News
from bot.tracking.model import (
    Chat,
    Kind,
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
from bot.words.fluent.catalog import Catalog
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.demo.browser import CHROMIUM, PHONE, chromium
from tests.demo.stage import Stage, staged

PICTURES = os.environ.get("ONROUTE_SCREENSHOTS_TO")
MINUTE = 60
NUMBER = "1509750516095-01"
SHOP = StoreInfo(
    "Corner Shop",
    hours=every_day(9 * 60, 21 * 60),
    contact_url="https://shop.example.com/contact",
    pickup_place="Corner Shop Miraflores",
    pickup_address="Av. Larco 123",
    pickup_map_url="https://maps.example.com/corner-shop",
)
WAY = ("READY_FOR_HANDLING", "PICKING", "READY_FOR_PACKING", "PACKING", "INVOICED", "READY_FOR_SHIPPING", "ON_ROUTE")
TRACK = "https://track.example.com/swift/7f3a91"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here (Debian: apt-get install chromium)"),
    pytest.mark.skipif(PICTURES is None, reason="asked for by ONROUTE_SCREENSHOTS_TO=FOLDER"),
]


@dataclass
class Shown:
    """One message of a picture. `minutes`: how long ago its newest step was."""

    status: str
    minutes: int = 12
    shipments: tuple[Shipment, ...] = ()
    kind: Kind = Kind.CARD
    language: str = "en"
    chat_kind: str = "private"
    follower: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)

    def text(self, renderer: Renderer) -> Any:
        """Render it as the bot would now."""
        now = Wall(time.time())
        at = Wall(now - self.minutes * MINUTE)
        order = Order("shop", NUMBER, id=OrderPk(1), status=self.status, shipments=self.shipments, since=at)
        row = Notice(1, self.kind, Ticks(0.0), order=OrderPk(1), status=self.status)
        chat = Chat(1, self.chat_kind, language=self.language)
        subscription = Subscription(SubscriptionId(7), 1, OrderPk(1), **self.follower)
        content = CardContent(**({"history": _history(self.status, at)} | self.content))
        return renderer.notice(row, order, subscription, chat, now=now, content=content)


def _history(status: str, at: Wall) -> tuple[PastStep, ...]:
    way = [*WAY[: WAY.index(status)], status] if status in WAY else [*WAY, status]
    steps = zip([None, *way], way, strict=False)
    return tuple(
        PastStep(Wall(at - 9 * MINUTE * n), "heard", old, new) for n, (old, new) in enumerate(reversed(list(steps)))
    )


def _package(n: int, status: str = "ON_ROUTE", link: str | None = None) -> Shipment:
    return Shipment(f"S{n}", n, status, courier=("Swift Couriers", "Blue Van")[n - 1], link=link)


ONE = (_package(1, link=TRACK),)
TWO = (_package(1, link=TRACK), _package(2, "PENDING"))
DELIVERED = (_package(1, "DELIVERED", TRACK),)


def fold(status: str, minutes: int, **more: Any) -> Shown:
    """Make the folded line of a card that showed this status."""
    at = Wall(time.time() - minutes * MINUTE)
    content = {"fold": FoldReason.NEWER, "history": _history(status, at)}
    return Shown(status, minutes, kind=Kind.FOLD, content=content, **more)


SCENES: dict[str, Callable[[], list[Shown]]] = {
    "first": lambda: [Shown("READY_FOR_HANDLING", 2, content={"lead": Lead(first=True)})],
    "packed": lambda: [fold("READY_FOR_HANDLING", 70), fold("PACKING", 30), Shown("INVOICED")],
    "on-its-way": lambda: [fold("INVOICED", 50), fold("READY_FOR_SHIPPING", 30), Shown("ON_ROUTE", 3, ONE)],
    "more": lambda: [Shown("ON_ROUTE", 3, ONE, content={"page": Page.MORE})],
    "two-packages": lambda: [fold("READY_FOR_SHIPPING", 30), Shown("ON_ROUTE", 3, TWO)],
    "incident": lambda: [fold("ON_ROUTE", 30, shipments=ONE), Shown("ON_ROUTE", 5, (_package(1, "INCIDENT", TRACK),))],
    "solved": lambda: [
        fold("ON_ROUTE", 30, shipments=ONE),
        Shown("ON_ROUTE", 5, ONE, content={"lead": Lead(news={"S1": News.INCIDENT_SOLVED})}),
    ],
    "pickup": lambda: [fold("INVOICED", 30), Shown("WAITING_FOR_PICKUP", 1)],
    "delivered": lambda: [fold("READY_FOR_SHIPPING", 90), fold("ON_ROUTE", 60), Shown("DELIVERED", 1, DELIVERED)],
    "didnt-get-it": lambda: [
        fold("ON_ROUTE", 60),
        Shown(
            "DELIVERED",
            20,
            DELIVERED,
            follower={"receipt": Receipt.MISSING},
            content={"staff_told": StaffTold.TOLD, "history": _history("DELIVERED", Wall(time.time() - 1200))},
        ),
    ],
    "group": lambda: [Shown("ON_ROUTE", 3, ONE, chat_kind="group", content={"lead": Lead(first=True)})],
    "es": lambda: [fold("INVOICED", 40, language="es"), Shown("ON_ROUTE", 3, TWO, language="es")],
    "pt": lambda: [fold("INVOICED", 40, language="pt-BR"), Shown("WAITING_FOR_PICKUP", 3, language="pt-BR")],
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path) as stage:
        yield stage


@pytest.mark.parametrize("scene", SCENES)
def test_cards_are_pictured(stage: Stage, browser: Browser, scene: str) -> None:
    assert PICTURES is not None
    renderer = Renderer(Catalog(), SHOP)
    for shown in SCENES[scene]():
        text = shown.text(renderer)
        markup = keyboard(text)
        rows = [] if markup is None else markup.model_dump(exclude_none=True)["inline_keyboard"]
        is_fold = shown.kind is Kind.FOLD
        number = stage.send("the card" if is_fold else text.html, *rows, silent=True)
        if is_fold:
            stage.edit(number, text.html)
    Path(PICTURES).mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport=PHONE, locale="en-US", timezone_id="UTC", color_scheme=scheme)
        page = context.new_page()
        page.goto(stage.server.url)
        expect(page.locator(f'#messages article[data-id="{number}"]')).to_be_visible()
        page.screenshot(path=Path(PICTURES) / f"{scene}-{scheme}.png")
        context.close()
