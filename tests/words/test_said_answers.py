"""What is answered to words: in every language, with and without a name, hours and contact, for every state."""

from itertools import product

import pytest

from bot.demo.specimens.chapters.stores import WEEKDAYS
from bot.telegram.answers import ASKED_BY_BUTTON
from bot.words.example import EXAMPLE
from bot.words.fluent.catalog import LAST_RESORT
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.words.rendered import CATALOG, LANGUAGES, assert_sendable

STORES = {
    "nothing set": StoreInfo(),
    "all set": StoreInfo("eMercado", hours=WEEKDAYS, contact_url="https://emercado.com/ask"),
    "a name that needs escaping": StoreInfo("Écolo & Fils"),
    "contact alone": StoreInfo(contact_url="https://emercado.com/ask"),
}
RENDERERS = {name: Renderer(CATALOG, store) for name, store in STORES.items()}
FOLLOWS, WAYS = ("none", "one", "several"), ("number", "link", "group")
NUMBER, OTHER = "MKT-v527103anml-01", "1509750516096-01"
VALUES: dict[str, dict[str, tuple[object, ...]]] = {
    "say-greeting": {"follows": FOLLOWS},
    "how-to-begin": {"way": WAYS},
    "how-to-follow-again": {"way": WAYS},
    "not-text": {"kind": ("voice", "picture", "other"), "way": WAYS},
    "say-when": {"follows": FOLLOWS, "link": (True, False)},
    "say-courier": {
        "follows": FOLLOWS,
        "courier": ("link", "awaited", "several", "none"),
        "known": ("yes", "named", "several", "no"),
        "carrier": ("Óscar Envíos",),
    },
    "say-pickup": {"follows": FOLLOWS, "ready": ("yes", "part", "unreported", "way", "no")},
    "say-not-received": {"delivered": ("yes", "one", "several", "ended", "unknown"), "state": ("being packed",)},
    "say-cancel": {"left": ("no", "yes", "ended")},
    "say-change": {"left": ("no", "yes", "ended")},
    "say-languages": {"languages": ("English, español",)},
    "language-missing": {"languages": ("English, español",)},
    "list-row-unknown": {"number": (NUMBER,)},
    "guess-which": {"count": (1, 2, 3)},
    "not-looked-up": {"count": (1, 2, 21), "orders": (f"{NUMBER}, {OTHER}",)},
    "numbers-rest": {"count": (10,), "orders": (f"{NUMBER}, {OTHER}",)},
    **{
        key: {"orders": (f"{NUMBER}, {OTHER}",)}
        for key in (
            "not-there-several",
            "awaiting-already-several",
            "api-trouble-several",
            "stop-not-followed",
        )
    },
    **{
        key: {}
        for key in (
            "say-help",
            "thanked",
            "say-privacy",
            "say-unsure",
            "say-which",
            "way-to-store",
            "say-wrong",
            "say-refund",
            "say-payment",
            "say-complaint",
            "say-person",
            "say-store-hours",
            "say-note-reply",
            "looking-up-several",
        )
    },
}
LONGEST = 340  # what a phone shows without scrolling, buttons included


def variants(key: str) -> list[dict[str, object]]:
    names = list(VALUES[key])
    return [dict(zip(names, values, strict=True)) for values in product(*VALUES[key].values())]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", VALUES)
def test_each_answer_can_be_sent_whatever_is_known_of_the_store_and_the_orders(key: str, language: str) -> None:
    for (name, renderer), values in product(RENDERERS.items(), variants(key)):
        text = renderer.answer(language, key, **values)
        shown = visible_text(text.html)
        assert_sendable(text)
        assert text.html != LAST_RESORT, (name, values)
        assert 0 < utf16_length(shown) <= LONGEST, shown
        assert "!" not in shown
        assert "  " not in shown.replace("\n", " ").strip(), shown
        assert not STORES[name].name or "Fils" not in shown or "&" in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for key in VALUES if "way" in VALUES[key]])
def test_where_a_link_is_needed_no_number_is_asked_for(key: str, language: str) -> None:
    renderer = RENDERERS["all set"]
    for values in variants(key):
        shown = visible_text(renderer.answer(language, key, **values).html)
        if values["way"] == "link":
            assert EXAMPLE not in shown
            assert "/order" not in shown
        elif values["way"] == "group":
            assert f"/order {EXAMPLE}" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_to_the_store_is_a_button_only_where_there_is_one(language: str) -> None:
    with_button, without = (
        {visible_text(RENDERERS[name].answer(language, "way-to-store").html) for name in names}
        for names in (("all set", "contact alone"), ("nothing set", "a name that needs escaping"))
    )
    assert len(with_button | without) == 4
    assert all(("botón" in one or "button" in one or "botão" in one) for one in with_button)
    assert not any(("botón" in one or "button" in one or "botão" in one) for one in without)


HOURS = {
    "en": "Mon–Fri 9:00 AM–8:00 PM; Sat 9:00 AM–2:00 PM",
    "es": "lun–vie 9:00–20:00; sáb 9:00–14:00",
    "es-AR": "lun–vie 9:00–20:00; sáb 9:00–14:00",
    "pt-BR": "seg–sex 09:00–20:00; sáb 09:00–14:00",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_are_said_only_where_they_are_set(language: str) -> None:
    for key in ("say-person", "say-store-hours"):
        assert HOURS[language] in RENDERERS["all set"].answer(language, key).html
        assert ":" not in visible_text(RENDERERS["nothing set"].answer(language, key).html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_on_buttons_differ_and_fit(language: str) -> None:
    labels = [RENDERERS["all set"].plain(language, key) for key in ASKED_BY_BUTTON.values()]
    assert len({*labels}) == len(labels)
    assert all(utf16_length(label) <= 20 for label in labels)
