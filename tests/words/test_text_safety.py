"""With any name, label, item, courier or address, the strict simulator accepts the message."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulators.telegram.keyboards import inline_rows, read_markup
from bot.simulators.telegram.text import parse_text
from bot.tracking import shipping
from bot.tracking.card_content import CardContent, FoldReason, PastStep
from bot.tracking.events import ShipmentSnapshot
from bot.tracking.lead import Lead, News
from bot.tracking.model import Chat, Item, Kind, Notice, Order, OrderPk, Subscription, SubscriptionId, Ticks, Wall
from bot.tracking.statuses import TABLE
from bot.words.fluent.catalog import Catalog
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import Button, ButtonKind, Text

CATALOG = Catalog()
STATES = [*TABLE, "ODD_ONE", "<b>"]
HOSTILE_TEXTS = [
    "<b>",
    "</code>",
    "&amp;",
    "&#0;",
    "\u202e",
    "\u2066x",
    "{ $order }",
    "\x00",
    "\n\n",
    "😀" * 300,
    "\ud800",
    "]]>",
    "a" * 5000,
]

texts = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE_TEXTS), st.text(min_size=200, max_size=400))
addresses = st.one_of(
    texts,
    st.sampled_from(
        [
            "https://t.example.com/1",
            "http://localhost/x",
            "javascript:alert(1)",
            "https://u:p@a.co/",
            "http://10.0.0.1/",
            "//a.co",
        ]
    ),
    st.text(max_size=40).map(lambda text: f"https://t.example.com/{text}"),
    st.text(max_size=20).map(lambda text: f"https://{text}.com/"),
)
services = st.lists(
    st.builds(
        ShipmentSnapshot,
        service_id=st.one_of(st.none(), texts),
        status=st.sampled_from(
            ["ASSIGNED", "PICKED", "ON_ROUTE", "INCIDENT", "ON_HOLD", "DELIVERED", "RETURNED", "ODD"]
        ),
        courier=st.one_of(st.none(), texts),
        vehicle=st.one_of(st.none(), texts),
        tracking_url=st.one_of(st.none(), addresses),
    ),
    max_size=8,
)

some_status = st.one_of(st.none(), texts, st.sampled_from([*STATES, "ASSIGNED", "PICKED", "INCIDENT", "ON_HOLD"]))
lines = st.tuples(
    st.sampled_from(["heard", "seen", "chain", "service", "link", "odd"]),
    some_status,
    some_status,
    st.one_of(st.none(), texts, st.sampled_from(["#1", "#2"])),
)


def api_button(button: Button) -> dict[str, Any]:
    """Return the button in the form of the Bot API."""
    if button.kind is ButtonKind.SHARE:
        return {"text": button.label, "url": f"https://t.me/share/url?url={button.value}"}
    field = {ButtonKind.URL: "url", ButtonKind.CALLBACK: "callback_data", ButtonKind.COPY: "copy_text"}[button.kind]
    return {"text": button.label, field: {"text": button.value} if button.kind is ButtonKind.COPY else button.value}


def assert_accepted(text: Text) -> None:
    parse_text(text.html, "HTML")
    rows = [[api_button(button) for button in row] for row in text.buttons]
    inline_rows(read_markup(json.dumps({"inline_keyboard": rows})))


@settings(max_examples=150, deadline=None)
@given(
    number=texts.filter(bool),
    label=st.one_of(st.none(), texts),
    store=texts,
    state=st.sampled_from(STATES),
    back=st.one_of(st.none(), st.sampled_from(STATES)),
    seen=services,
    items=st.lists(st.builds(Item, texts, st.one_of(st.none(), st.floats(allow_nan=False))), max_size=30),
    kind=st.sampled_from(list(Kind)),
    language=st.sampled_from(["en", "es", "pt-BR"]),
    age=st.one_of(st.none(), st.floats(0, 1e7)),
    told=st.lists(lines, max_size=20),
)
def test_whatever_others_have_typed_the_message_is_accepted(  # noqa: PLR0917 - hypothesis hands them in by name
    number: str,
    label: str | None,
    store: str,
    state: str,
    back: str | None,
    seen: list[ShipmentSnapshot],
    items: list[Item],
    kind: Kind,
    language: str,
    age: float | None,
    told: list[tuple[str, str | None, str | None, str | None]],
) -> None:
    shipments = shipping.merge((), seen, own_status=state, sent_at=Ticks(1.0))
    order = Order(
        "h",
        number,
        OrderPk(1),
        state,
        since=Wall(1.79e9),
        observed_at=Wall(1.79e9),
        shipments=shipments,
        items=tuple(items),
    )
    subscription = Subscription(SubscriptionId(1), 1, OrderPk(1), label=label, verified=True)
    payload: dict[str, Any] = {"text": label or "", "number": number, "alert": "unknown-status", "args": {"raw": store}}
    news = {one.key: list(News)[n % len(News)] for n, one in enumerate(shipments)}
    content = CardContent(
        lead=Lead(first=age is not None, reverted_from=back, news=news, links=tuple(news)),
        history=tuple(PastStep(Wall(1.79e9), *line) for line in told),
        is_stale=age is not None,
        age=age,
        fold=FoldReason.NEWER,
    )
    notice = Notice(1, kind, Ticks(0.0), order=OrderPk(1), status=state, payload=payload)
    info = StoreInfo(store.strip(), contact_url="https://shop.example.com/", pickup_place=store)
    renderer = Renderer(CATALOG, info, items_for="all", share_payload=lambda *_: "x")
    chat = Chat(1, language=language)
    assert_accepted(renderer.notice(notice, order, subscription, chat, now=1.79e9, content=content))
