"""How an order is followed differs from place to place: nobody is told of a way that is not theirs."""

import re

import pytest

from bot.words.catalog import Catalog
from bot.words.markup import shown
from bot.words.rendering import Renderer, StoreWords

RENDERER = Renderer(Catalog(), StoreWords())


def english(key: str, **values: object) -> str:
    return shown(RENDERER.answer("en", key, **values).html)


@pytest.mark.parametrize("key", ["group-hint", "help", "list-empty", "stopped"])
def test_in_a_group_nobody_is_told_to_send_a_number_alone(key: str) -> None:
    text = english(key, number="A-1", way="group")
    assert "/order" in text
    assert "end its number" not in text
    assert "Send an order" not in text


@pytest.mark.parametrize("key", ["start-by-link", "help", "list-empty"])
def test_where_a_link_is_needed_nobody_is_told_to_send_a_number(key: str) -> None:
    text = english(key, way="link")
    assert re.search("[Oo]pen the link that the store sent you", text)
    assert "number as a message" not in text
    assert "send its number" not in text
