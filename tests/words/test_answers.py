"""What the answers must say, however they are worded: the way that fits the place, the commands, an example."""

import re

import pytest

from bot.words.fluent.catalog import Catalog
from bot.words.html.markup import visible_text
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo

RENDERER = Renderer(Catalog(), StoreInfo())
EXAMPLE = "1509750516095-01"


def english(key: str, **values: object) -> str:
    return visible_text(RENDERER.answer("en", key, **values).html)


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


@pytest.mark.parametrize("key", ["start", "not-a-number", "order-usage", "group-hint"])
def test_who_does_not_know_what_to_send_is_shown_an_example(key: str) -> None:
    assert EXAMPLE in english(key)


def test_the_help_names_the_commands_and_those_of_staff_only_to_staff() -> None:
    shoppers, staffs = english("help", way="number"), english("help-staff")
    for command in ("/orders", "/order", "/stop", "/settings", "/language", "/privacy", "/export", "/forget"):
        assert command in shoppers
    for command in ("/check", "/stuck", "/stats", "/who", "/resend", "/tell", "/link"):
        assert command in staffs
        assert command not in shoppers
    assert "/help" in english("unknown-command")


def test_what_no_longer_holds_and_what_is_not_finished_is_said_so() -> None:
    assert "no longer holds" in english("back", number="A-1", emoji="🛒", status="PICKING", before="packed")
    assert "not finished" in english("parcel-delivered", number="A-1", n=2, total=2)
