"""Keys in place of words: what the key catalog writes, the reader of keys takes apart again."""

import pytest

from bot.words.fluent.catalog import LAST_RESORT, Catalog
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.key_catalog import key_catalog, key_folder
from tests.message_keys import KeyedMessage, button_of, key_of, keys_in, said_in, says, values_of

RENDERER = Renderer(key_catalog(), StoreInfo("Corner Shop"))


def test_a_message_is_its_key_and_its_variables_as_people_see_them() -> None:
    text = RENDERER.answer("en", "stopped-awaiting", number="A-1")
    assert "<code>A-1</code>" in text.html
    assert said_in(text) == [KeyedMessage("stopped-awaiting", "en", {"order": "A-1"})]
    assert says(text, "stopped-awaiting", order="A-1")
    assert not says(text, "stopped-awaiting", order="A-2")
    assert not says(text, "stopped-awaiting", number="A-1")
    assert not says(text, "stopped")


def test_a_message_of_another_language_says_which() -> None:
    text = RENDERER.answer("pt-BR", "awaiting-limit", count=3)
    assert says(text, "awaiting-limit", language="pt-BR", count=3)
    assert not says(text, "awaiting-limit", count=3)


def test_the_variables_of_a_message_within_join_in() -> None:
    text = RENDERER.answer("en", "not-there", number="A-1", label="Mom's <gift> = 1")
    assert values_of(text, "not-there") == {"order": "order-label", "label": "Mom's <gift> = 1"}


def test_lines_are_read_in_their_order_and_what_is_no_message_is_left_out() -> None:
    rows = [("list-row", {"number": "A-1", "status": "PACKING"}), ("list-row-awaited", {"number": "B-2"})]
    text = RENDERER.listing("en", "list-heading", rows)
    assert keys_in(text) == ["list-heading", "list-row", "list-row-awaited"]
    assert values_of(text, "list-row") == {"number": "A-1", "state": "short-being-prepared"}
    assert (key_of(text), key_of("nothing"), key_of("⟦button-track-packa…")) == ("list-heading", "", "")
    with pytest.raises(LookupError):
        values_of(text, "list-empty")


def test_a_button_is_found_by_its_key_its_label_or_its_data() -> None:
    class Shown:
        text = ""
        buttons = (({"text": "⟦button-stop-all⟧", "callback_data": "a:"}, {"text": "A-1", "callback_data": "c:1"}),)

    assert button_of(Shown, "button-stop-all") == button_of(Shown, "a:") == Shown.buttons[0][0]
    assert button_of(Shown, "A-1") == Shown.buttons[0][1]
    with pytest.raises(LookupError):
        button_of(Shown, "button-stop")


@pytest.mark.parametrize("catalog", [key_catalog(), Catalog(override=key_folder())], ids=["own", "override"])
def test_every_message_of_every_language_is_its_key(catalog: Catalog) -> None:
    languages = [locale for locale, _ in catalog.available()]
    assert set(languages) == {locale for locale, _ in Catalog().available()}
    assert LAST_RESORT not in [catalog.format(locale, "thanked") for locale in languages]
    for locale in languages:
        assert says(catalog.format(locale, "thanked"), "thanked", language=locale)
