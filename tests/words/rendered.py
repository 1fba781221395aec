"""Renderers for the tests of messages, and what is checked of every message."""

import re

from bot.demo.samples import NUMBER, STORES
from bot.simulators.telegram.text import parse_text
from bot.words.fluent.catalog import Catalog
from bot.words.html.escaping import code
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.messages.rendering import Renderer
from bot.words.texts import ButtonKind, Text

CATALOG = Catalog()
LANGUAGES = [locale for locale, _ in CATALOG.available()]
RENDERERS = [Renderer(CATALOG, store) for store in STORES]
UNNAMED_STORE, NAMED_STORE, _ = RENDERERS


def first_line(text: Text) -> str:
    return visible_text(text.html.split("\n")[0])


def lines_without_names(text: Text) -> list[str]:
    """The lines of a message without the order's name and the time."""
    lines = visible_text(re.sub("<tg-time.*", "", text.html.replace(code(NUMBER), ""))).split("\n")
    return [line for line in lines if not re.fullmatch(r"\w+: ?", line)]


def assert_sendable(text: Text) -> None:
    parsed = parse_text(text.html, "HTML")
    assert "url" not in {entity["type"] for entity in parsed.entities}
    assert "{" not in text.html
    for row in text.buttons:
        for button in row:
            assert 0 < utf16_length(button.label) <= 20
            assert button.kind is not ButtonKind.CALLBACK or len(button.value.encode()) <= 64


def tracking_urls(text: Text) -> list[str]:
    return [
        button.value
        for row in text.buttons
        for button in row
        if button.kind is ButtonKind.URL and "/t/" in button.value
    ]
