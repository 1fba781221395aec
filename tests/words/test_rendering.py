"""Every message about an order, in every language: complete, within limits, and never with a raw status."""

import itertools
import re
from datetime import UTC

import pytest

from bot.demo.samples import LABEL, NUMBER, PARCEL_KINDS, STORES, WHEN, answers, messages, order, told
from bot.simulators.telegram.text import parse_text
from bot.tracking.model import Chat, Item, Kind
from bot.tracking.statuses import TABLE, is_further, look_up
from bot.words.fluent import emoji
from bot.words.fluent.catalog import Catalog
from bot.words.html.escaping import code
from bot.words.html.markup import visible_text
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.words.rendered import (
    CATALOG,
    LANGUAGES,
    NAMED_STORE,
    RENDERERS,
    UNNAMED_STORE,
    assert_sendable,
    first_line,
    lines_without_names,
)

STATUSES = [*TABLE, "PACKED_BY_ROBOT"]
RAW_STATUS = re.compile(r"\b[A-Z]+_[A-Z_]+\b|PACKED_BY_ROBOT")
MAX_LENGTH = {"en": 240}
NEW_ATTEMPTS = {("RETURNED", "ON_ROUTE"), ("RETURNED", "WAITING_FOR_PICKUP")}  # told in that state's own words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_every_status_in_every_case(language: str, status: str) -> None:
    cases = itertools.product(RENDERERS, (None, LABEL), (0, 1, 2), (None, "INCIDENT", "ON_HOLD"), (False, True))
    for renderer, label, links, trouble, answer in cases:
        one = order(status, links=links, trouble=trouble, observed_at=WHEN, items=(Item("Leche <b>", 2),))
        text = told(
            renderer, language, one, label=label, is_reply=answer, payload={"stale_age": 90.0} if answer else {}
        )
        assert_sendable(text)
        assert not RAW_STATUS.search(visible_text(text.html))
        assert text.html.startswith(f"{emoji.of_status(status)} ")
        assert len(text.troubles) == (1 if trouble and links else 0)
        assert ("<code>" + NUMBER in text.html.split("\n")[0]) is (label is None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("before", STATUSES)
def test_every_step_back(language: str, before: str) -> None:
    for status in STATUSES:
        if is_further(before, status):
            text = told(NAMED_STORE, language, order(status, links=1), reverted_from=before)
            assert_sendable(text)
            assert not RAW_STATUS.search(visible_text(text.html))
            assert text.html.startswith(f"{emoji.of_status(status)} ")
            says_before = visible_text(UNNAMED_STORE.status_phrase(language, before)) in visible_text(text.html)
            assert says_before is ((before, status) not in NEW_ATTEMPTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event(language: str) -> None:
    for renderer, kind, links, label in itertools.product(RENDERERS, PARCEL_KINDS, (0, 1, 2), (None, LABEL)):
        text = told(renderer, language, order("ON_ROUTE", links=links), kind=kind, shipment="S1", label=label)
        assert_sendable(text)
        assert not RAW_STATUS.search(visible_text(text.html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_statuses_begin_alike(language: str) -> None:
    lines = [first_line(told(UNNAMED_STORE, language, order(status))) for status in STATUSES]
    lines.append(first_line(told(UNNAMED_STORE, language, order("DELIVERED", for_pickup=True))))
    lines.append(
        first_line(
            told(UNNAMED_STORE, language, order("READY_FOR_SHIPPING", packages=1), kind=Kind.ASSIGNED, shipment="S1")
        )
    )
    without_emoji = [line.split(" ", 1)[1] for line in lines]
    assert len(set(without_emoji)) == len(lines)
    shorts = [UNNAMED_STORE.status_phrase(language, status) for status in STATUSES]
    assert len(set(shorts)) == len(shorts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("renderer", RENDERERS[:2])
def test_messages_are_not_too_long(language: str, renderer: Renderer) -> None:
    too_long = []
    for name, text in messages(renderer, language):
        lines = [line for line in lines_without_names(text) if "track.example" not in line]
        if len(lines[0]) > (90 if name.startswith("back") else 60):
            too_long.append((name, len(lines[0]), lines[0]))
        if sum(map(len, lines)) > MAX_LENGTH.get(language, 320):
            too_long.append((name, sum(map(len, lines)), "\n".join(lines)))
    assert not too_long


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    for name, text in messages(NAMED_STORE, language):
        for sentence in re.split(r"[.;]\s|\n", visible_text(text.html.replace(code(NUMBER), "X"))):
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
    for key, name in [("awaiting-limit", "count"), ("privacy", "days"), ("wait", "minutes"), ("stopped-all", "count")]:
        assert str(count) in UNNAMED_STORE.answer(language, key, **{"copies": "no", name: count}).html


@pytest.mark.parametrize("language", LANGUAGES)
def test_forbidden_words_and_signs_are_not_used(language: str) -> None:
    forbidden = ("!", "…", "unfortunately", "oops", "lamentablemente", "infelizmente", "puedes", "tienes")
    for _, text in (*messages(UNNAMED_STORE, language), *answers(UNNAMED_STORE, language)):
        low = visible_text(text.html).lower()
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
    assert renderer.plain("en", "bot-short-description") == "Follow your orders at Écolo & Fils."


def test_every_stage_has_an_emoji() -> None:
    assert {emoji.of_status(status) for status in STATUSES} <= {*emoji.OF_STAGE.values()}
    assert look_up("x").stage in emoji.OF_STAGE
    assert STORES[0].timezone is UTC


def test_the_contact_button_requires_a_contact_address() -> None:
    with_contact = Renderer(Catalog(), StoreInfo(contact_url="https://shop.example.com/contact"))
    assert [button.label for row in with_contact.contact_buttons("es") for button in row] == ["Contactar la tienda"]
    assert Renderer(Catalog(), StoreInfo()).contact_buttons("es") == ()
