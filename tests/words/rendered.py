"""Renderers for the tests of messages, and what is checked of every message."""

import re

from bot.demo.samples import NUMBER, STORES
from bot.simulators.telegram.text import parse_text
from bot.words.fluent.catalog import Catalog
from bot.words.html.escaping import code
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.messages.rendering import Renderer
from bot.words.texts import ButtonKind, ButtonStyle, Text

CATALOG = Catalog()
LANGUAGES = [locale for locale, _ in CATALOG.available()]
RENDERERS = [Renderer(CATALOG, store) for store in STORES]
UNNAMED_STORE, NAMED_STORE, _ = RENDERERS


def first_line(text: Text) -> str:
    return visible_text(text.html.split("\n")[0])


def without_names(text: Text) -> str:
    """What people see of a card besides names, items, the link's address and the timeline."""
    html = re.sub("(?s)<blockquote expandable>.*</blockquote>", "", text.html).replace(code(NUMBER), "")
    return visible_text(html)


def assert_sendable(text: Text) -> None:
    parsed = parse_text(text.html, "HTML")
    assert "url" not in {entity["type"] for entity in parsed.entities}
    assert "{" not in text.html
    for row in text.buttons:
        for button in row:
            assert 0 < utf16_length(button.label) <= 20
            assert button.kind is not ButtonKind.CALLBACK or len(button.value.encode()) <= 64
    assert sum(button.style is ButtonStyle.PRIMARY for row in text.buttons for button in row) <= 1


def tracking_urls(text: Text) -> list[str]:
    return [
        button.value
        for row in text.buttons
        for button in row
        if button.kind is ButtonKind.URL and "/t/" in button.value
    ]


def labels(text: Text) -> list[list[str]]:
    return [[button.label for button in row] for row in text.buttons]


def values(text: Text) -> list[str]:
    return [button.value for row in text.buttons for button in row]
