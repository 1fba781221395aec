"""What answers must say, however they are worded: how to follow an order in this chat, the commands, an example."""

import re

import pytest

from bot.words.example import EXAMPLE
from bot.words.fluent.catalog import Catalog
from bot.words.html.markup import visible_text
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo

RENDERER = Renderer(Catalog(), StoreInfo())


def english(key: str, **values: object) -> str:
    return visible_text(RENDERER.answer("en", key, **values).html)


@pytest.mark.parametrize("key", ["group-hint", "help", "list-empty", "stopped"])
def test_answers_in_a_group_do_not_ask_for_a_number_alone(key: str) -> None:
    text = english(key, number="A-1", way="group")
    assert "/order" in text
    assert "end its number" not in text
    assert "Send an order" not in text


@pytest.mark.parametrize("key", ["start-by-link", "help", "list-empty"])
def test_answers_do_not_ask_for_a_number_if_a_link_is_required(key: str) -> None:
    text = english(key, way="link")
    assert re.search("[Oo]pen the link that the store sent you", text)
    assert "number as a message" not in text
    assert "send its number" not in text


@pytest.mark.parametrize("key", ["start", "not-a-number", "order-usage", "group-hint"])
def test_answers_about_what_to_send_show_an_example(key: str) -> None:
    assert EXAMPLE in english(key)


def test_the_help_lists_commands_and_those_of_staff_only_for_staff() -> None:
    for_shoppers, for_staff = english("help", way="number"), english("panel")
    for command in ("/orders", "/order", "/stop", "/settings", "/language", "/privacy", "/export", "/forget"):
        assert command in for_shoppers
    for command in ("/check", "/who", "/resend", "/tell", "/link"):
        assert command in for_staff
    for command in ("/check", "/stuck", "/stats", "/who", "/resend", "/tell", "/link"):
        assert command not in for_shoppers
    assert "/help" in english("unknown-command")
