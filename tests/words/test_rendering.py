"""Every message about an order, in every language: complete, within limits, and never with a raw status."""

import itertools
import re
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest

from bot.demo.samples import (
    LABEL,
    NUMBER,
    STATUS_OF_NEWS,
    STORES,
    WAY,
    WHEN,
    answers,
    messages,
    order,
    subscription,
    told,
)
from bot.simulators.telegram.text import parse_text
from bot.tracking.lead import Lead, News
from bot.tracking.model import Chat, Item, Order, Receipt, Shipment
from bot.tracking.statuses import TABLE, is_further, look_up
from bot.words.fluent import emoji
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.files import default_folder
from bot.words.html.escaping import code
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.words.rendered import (
    CATALOG,
    LANGUAGES,
    NAMED_STORE,
    RENDERERS,
    UNNAMED_STORE,
    assert_sendable,
    without_names,
)

STATUSES = [*TABLE, "PACKED_BY_ROBOT"]
RAW_STATUS = re.compile(r"\b[A-Z]+_[A-Z_]+\b|PACKED_BY_ROBOT")
OWN_MESSAGES = ("note", "archived", "never-seen", "not received")
FRIENDLY = ("Enjoy!", "¡Que lo disfrutes!", "Aproveite!")  # of good news: the only place for an exclamation mark


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_every_status_in_every_case(language: str, status: str) -> None:
    cases = itertools.product(RENDERERS, (None, LABEL), (0, 1, 2), (None, "INCIDENT", "ON_HOLD"), (False, True))
    for renderer, label, links, trouble, first in cases:
        one = order(status, links=links, trouble=trouble, observed_at=WHEN, items=(Item("Leche <b>", 2),))
        follower = subscription(label, verified=True)
        text = told(renderer, language, one, follower=follower, lead=Lead(first=first), history=WAY)
        assert_sendable(text)
        assert not RAW_STATUS.search(visible_text(text.html))
        leads = trouble if links and not look_up(status).final else None
        sign = {"INCIDENT": emoji.PROBLEM, "ON_HOLD": emoji.HOLD, None: emoji.of_status(status)}[leads]
        assert text.html.startswith(f"{sign} <b>")
        assert ("<code>" + NUMBER in text.html.split("\n")[0]) is (label is None)
        assert len(text.buttons) <= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("before", STATUSES)
def test_every_step_back(language: str, before: str) -> None:
    for status in STATUSES:
        if is_further(before, status):
            text = told(NAMED_STORE, language, order(status, links=1), lead=Lead(reverted_from=before))
            assert_sendable(text)
            assert not RAW_STATUS.search(visible_text(text.html))
            assert text.html.startswith(f"{emoji.of_status(status)} ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_news_of_a_package(language: str) -> None:
    for renderer, news, count in itertools.product(RENDERERS, News, (1, 2, 3)):
        one = order("ON_ROUTE", links=count, trouble=STATUS_OF_NEWS.get(news))
        text = told(renderer, language, one, lead=Lead(news={"S1": news}))
        assert_sendable(text)
        assert not RAW_STATUS.search(visible_text(text.html))
        assert text.html != told(renderer, language, order("ON_ROUTE", links=count)).html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("renderer", RENDERERS[:2])
def test_every_status_has_words_of_its_own(language: str, renderer: Renderer) -> None:
    sentences = ["\n".join(told(renderer, language, order(status)).html.split("\n")[1:-1]) for status in STATUSES]
    assert len({*sentences}) == len(STATUSES)
    lines = [CATALOG.format(language, emoji.past_key(status)) for status in STATUSES]
    assert len({*lines}) == len(STATUSES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_say_the_headlines_words(language: str) -> None:
    for status in STATUSES:
        line = told(UNNAMED_STORE, language, order(status)).html.split("\n")[0]
        [words] = re.findall("<b>(.*)</b>", line)
        assert UNNAMED_STORE.order_phrase(language, order(status)) == words[0].lower() + words[1:]
    picked_up = told(UNNAMED_STORE, language, order("DELIVERED", for_pickup=True)).html.lower()
    assert f"<b>{UNNAMED_STORE.order_phrase(language, order('DELIVERED', for_pickup=True))}</b>" in picked_up


def _shipments(*statuses: str) -> tuple[Shipment, ...]:
    return tuple(Shipment(f"S{n}", n, status) for n, status in enumerate(statuses, 1))


_ROAD, _READY = "ON_ROUTE", "WAITING_FOR_PICKUP"
HEADLINES: dict[
    str, tuple[Order, dict[str, Any]]
] = {  # all but those of a status: how the order stands, and what its card came for
    "incident": (replace(order(_ROAD), shipments=_shipments(_ROAD, "INCIDENT")), {}),
    "hold": (replace(order(_ROAD), shipments=_shipments("ON_HOLD")), {}),
    "package-delivered": (
        replace(order(_ROAD), shipments=_shipments(_ROAD, "DELIVERED")),
        {"card_lead": Lead(news={"S2": News.DELIVERED})},
    ),
    "package-returned": (
        replace(order(_ROAD), shipments=_shipments("RETURNED", _ROAD)),
        {"card_lead": Lead(news={"S1": News.RETURNED})},
    ),
    "delivered": (replace(order(_ROAD), shipments=_shipments("DELIVERED")), {}),
    "returned": (replace(order(_READY), shipments=_shipments("RETURNED")), {}),
    "partly": (replace(order(_ROAD), shipments=_shipments("DELIVERED", "RETURNED")), {}),
    "partly-there": (replace(order(_READY), shipments=_shipments("DELIVERED", _ROAD)), {}),
    "unreported": (replace(order(_READY), shipments=_shipments(_ROAD)), {}),
    "reminder": (order(_READY), {"card_lead": Lead(reminder=True)}),
    "collected": (order("DELIVERED", previous=_READY), {}),
    "missing": (order("DELIVERED"), {"receipt": Receipt.MISSING}),
    "uncollected": (order("DELIVERED", for_pickup=True), {"receipt": Receipt.MISSING}),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_say_every_headline(language: str) -> None:
    said = dict[str, str]()
    for name, (one, fields) in HEADLINES.items():
        follower = subscription(**fields)
        line = told(UNNAMED_STORE, language, one, follower=follower, lead=follower.card_lead).html.split("\n")[0]
        [said[name]] = re.findall("<b>(.*)</b>", line)
        assert UNNAMED_STORE.order_phrase(language, one, follower) == said[name][0].lower() + said[name][1:]
    assert len({*said.values()}) == len(said)
    named = {*re.findall("(?m)^headline-(\\S+) =", (default_folder() / "en" / "card.ftl").read_text("utf-8"))}
    assert named == {*HEADLINES, *(emoji.headline_key(one).removeprefix("headline-") for one in STATUSES)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("renderer", RENDERERS[:2])
def test_cards_are_short(language: str, renderer: Renderer) -> None:
    too_long = []
    for name, text in messages(renderer, language):
        if name in OWN_MESSAGES or name.startswith("folded"):
            continue
        for words in re.findall("<b>(.*)</b> ·", text.html):
            if utf16_length(words) > 30:
                too_long.append((name, words))
        line = text.html.split("\n")[0].replace(NUMBER, "1509750516095-01")
        if "·" in line and "gift" not in line and utf16_length(visible_text(line)) > 60:
            too_long.append((name, line))
        if utf16_length(without_names(text)) > 340:
            too_long.append((name, text.html))
    assert not too_long


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "label",
    [
        pytest.param("For the neighbour on the second floor ok", id="words"),
        pytest.param("\U0001d54f" * 20, id="two units each"),
        pytest.param("<b>&amp;" * 5, id="tags"),
        pytest.param("booking.com " * 3, id="a link"),
    ],
)
def test_a_long_label_leaves_the_headline_short(language: str, label: str) -> None:
    in_trouble = replace(order("ON_ROUTE"), shipments=(Shipment("S1", 1, "INCIDENT"),))
    for known in (in_trouble, *map(order, STATUSES)):
        line = told(NAMED_STORE, language, known, follower=subscription(label)).html.split("\n")[0]
        assert utf16_length(visible_text(line)) <= 60, line


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_stay_short_whatever_comes_together(language: str) -> None:
    leads = [
        Lead(first=True),
        Lead(late=True, links=("S1",)),
        *(Lead(reverted_from=before, late=True, reminder=True) for before in ("DELIVERED", "WAITING_FOR_PICKUP")),
        *(Lead(news={"S1": news, "S2": News.RETURNED}, late=True) for news in News),
    ]
    cases = itertools.product(TABLE, leads, (1, 2), (None, "INCIDENT", "ON_HOLD"), (False, True))
    for status, lead, count, trouble, chain in cases:
        one = order(status, packages=count, trouble=trouble, by_chain=chain)
        text = told(NAMED_STORE, language, one, lead=lead)
        words = re.sub("(?m)^<b>.*\n", "", text.html.replace(code(NUMBER), ""))  # without the packages' own lines
        assert utf16_length(visible_text(words)) <= 340, text.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_the_timeline_fit_a_phone(language: str) -> None:
    for name, text in messages(NAMED_STORE, language):
        for block in re.findall("(?s)<blockquote expandable>(.*)</blockquote>", text.html):
            lines = visible_text(block).split("\n")
            assert len(lines) <= 8
            for line in lines:
                assert utf16_length(line.split("  ")[1]) <= 30, (name, line)
    for status in STATUSES:
        assert utf16_length(CATALOG.format(language, emoji.past_key(status))) <= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    for name, text in messages(NAMED_STORE, language):
        for sentence in re.split(r"[.;!]\s|\n", visible_text(text.html.replace(code(NUMBER), "X"))):
            assert len(sentence.split()) <= 22, (name, sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_can_be_sent(language: str) -> None:
    for renderer in RENDERERS:
        for name, text in answers(renderer, language):
            parse_text(text.html, "HTML")
            assert "{" not in text.html, name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 5, 20, 101])
def test_counts_are_shown(language: str, count: int) -> None:
    for key, name in [("awaiting-limit", "count"), ("privacy", "days"), ("wait", "minutes")]:
        assert str(count) in UNNAMED_STORE.answer(language, key, **{"copies": "no", name: count}).html


@pytest.mark.parametrize("language", LANGUAGES)
def test_forbidden_words_and_signs_are_not_used(language: str) -> None:
    forbidden = ("!", "…", "unfortunately", "oops", "lamentablemente", "infelizmente")
    for _, text in (*messages(UNNAMED_STORE, language), *answers(UNNAMED_STORE, language)):
        low = visible_text(text.html).lower()
        for words in FRIENDLY:
            low = low.replace(words.lower(), "")
        assert not [word for word in forbidden if word in low]


def test_a_group_does_not_use_its_members_language() -> None:
    assert UNNAMED_STORE.locale(Chat(-1, "supergroup", language_code="es")) == "en"
    assert UNNAMED_STORE.locale(Chat(-1, "supergroup", language="es")) == "es"
    assert UNNAMED_STORE.locale(Chat(1, "private", language_code="es-419")) == "es"


def test_a_list_shows_label_number_and_status() -> None:
    rows = [("list-row-labelled", {"number": NUMBER, "label": LABEL, "status": "ON_ROUTE"})]
    text = UNNAMED_STORE.listing("en", "list-heading", rows)
    assert text.html.endswith(f"“mamá’s &lt;gift&gt;” <code>{NUMBER}</code> – on its way")


def test_plain_text_has_no_tags_and_no_escapes() -> None:
    renderer = Renderer(CATALOG, STORES[2])
    assert renderer.plain("en", "bot-short-description").endswith(" at Écolo & Fils.")


def test_every_stage_has_an_emoji() -> None:
    assert {emoji.of_status(status) for status in STATUSES} <= {*emoji.OF_STAGE.values()}
    assert look_up("x").stage in emoji.OF_STAGE
    assert STORES[0].timezone is UTC


def test_the_contact_button_requires_a_contact_address() -> None:
    with_contact = Renderer(Catalog(), StoreInfo(contact_url="https://shop.example.com/contact"))
    assert [button.label for row in with_contact.contact_buttons("es") for button in row] == ["Hablar con la tienda"]
    assert Renderer(Catalog(), StoreInfo()).contact_buttons("es") == ()
