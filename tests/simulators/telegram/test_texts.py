"""Texts and keyboards: what the simulator refuses as Telegram does, and how it shows the rest."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
)
from aiogram.types import (
    CopyTextButton,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulators.telegram.html import HtmlParseError, parse_html, utf16_length
from bot.simulators.telegram.simulator import TelegramSimulator
from tests.simulators.telegram.bot import ANA, keyboard, send


@pytest.mark.parametrize(
    ("html", "shown", "types"),
    [
        ("<b>a</b> <strong>b</strong>", "a b", ["bold", "bold"]),
        ("<i>a</i><u>b</u><s>c</s> <del>d</del>", "abc d", ["italic", "underline", "strikethrough", "strikethrough"]),
        ('<span class="tg-spoiler">a</span> <tg-spoiler>b</tg-spoiler>', "a b", ["spoiler", "spoiler"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote"]),
        ('<pre><code class="language-python">x</code></pre>', "x", ["pre"]),
        ("<code>a <b>b</b></code>", "a b", ["code"]),
        ('<tg-time unix="1647531900" format="wDT">22:45</tg-time>', "22:45", ["date_time"]),
        ('<a href="https://example.com/?a=1&amp;b=2">x</a>', "x", ["text_link"]),
        ('<a href="nonsense">x</a>', "x", []),
        ("&lt;&#65;&#x42;&amp;&quot; &nbsp; R&D", '<AB&" &nbsp; R&D', []),
        ("  <b> hi </b>  ", "hi", ["bold"]),
        ("look at dhl.com/x now", "look at dhl.com/x now", ["url"]),
        ("<code>dhl.com</code>", "dhl.com", ["code"]),
    ],
)
async def test_html_is_parsed_as_telegram_parses_it(
    telegram: TelegramSimulator, bot: Bot, html: str, shown: str, types: list[str]
) -> None:
    await send(bot, html)
    [message] = telegram.bot_messages(ANA)
    assert (message.text, message.html) == (shown, html)
    assert [entity["type"] for entity in message.entities] == types


@pytest.mark.parametrize(
    ("html", "description"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<p>b</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-time unix="now">a</tg-time>', "Invalid Unix time"),
        ('<tg-time unix="1" format="xx">a</tg-time>', "Invalid date format used"),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
    ],
)
async def test_invalid_html_is_refused_in_telegrams_words(bot: Bot, html: str, description: str) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await send(bot, html)
    assert error.value.message.startswith("Bad Request: can't parse entities: ")
    assert description in error.value.message


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("<>/&;=\"' \nabi-#x0"), st.characters())))
def test_the_parser_never_crashes(source: str) -> None:
    try:
        shown, entities = parse_html(source)
    except HtmlParseError as error:
        assert str(error)
        return
    assert all(e["offset"] >= 0 and 0 < e["length"] <= utf16_length(shown) - e["offset"] for e in entities)


@settings(deadline=None)
@given(st.text(), st.sampled_from(["b", "i", "code", "blockquote", "tg-spoiler"]))
def test_escaped_text_is_shown_unchanged(text: str, tag: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(f"<{tag}>{escaped}</{tag}>")[0] == text


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "message text is empty"),
        ("  ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x</b>-" * 101, "ENTITIES_TOO_LONG"),
    ],
)
async def test_texts_beyond_the_limits_are_refused(bot: Bot, text: str, description: str) -> None:
    with pytest.raises(TelegramBadRequest, match=description):
        await send(bot, text)


async def test_length_is_measured_after_parsing(telegram: TelegramSimulator, bot: Bot) -> None:
    await send(bot, f"<b>{'&lt;' * 2048}{'😀' * 1024}</b>")
    assert len(telegram.bot_messages(ANA)) == 1


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"url": "http://localhost:8080/x"}, "is invalid: Wrong HTTP URL"),
        ({"url": "ftp://example.com"}, "is invalid: Unsupported URL protocol"),
        ({"url": "example.com"}, "is invalid: Wrong HTTP URL"),
        ({"url": "https://"}, "is invalid: URL host is empty"),
        ({"url": "https://exa mple.com/"}, "is invalid: Wrong HTTP URL"),
        ({"url": "http://192.168.0.1/"}, "BUTTON_URL_INVALID"),
        ({"url": "http://store.1/"}, "BUTTON_URL_INVALID"),
        ({"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"copy_text": CopyTextButton(text="x" * 257)}, "BUTTON_COPY_TEXT_INVALID"),
        ({"copy_text": CopyTextButton(text="")}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({}, "Text buttons are unallowed in the inline keyboard"),
        ({"url": "https://example.com", "callback_data": "x"}, "Text buttons are unallowed"),
    ],
)
async def test_a_message_with_an_invalid_button_is_refused(
    telegram: TelegramSimulator, bot: Bot, button: dict[str, Any], description: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=description):
        await send(bot, "Hi", reply_markup=keyboard(**button))
    assert telegram.bot_messages(ANA) == []


@pytest.mark.parametrize(
    "button",
    [
        {"url": "https://example.com/a?b=c#d"},
        {"url": "http://münchen.de/"},
        {"url": "tg://user?id=1"},
        {"callback_data": "é" * 32},
        {"copy_text": CopyTextButton(text="x" * 256)},
    ],
)
async def test_valid_buttons_are_accepted(bot: Bot, button: dict[str, Any]) -> None:
    assert await send(bot, "Hi", reply_markup=keyboard(**button))
