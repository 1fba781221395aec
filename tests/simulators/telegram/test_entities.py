"""Entities: what Telegram makes of quotes, times and tags inside each other, in UTF-16 units."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import MessageEntity
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulators.telegram.html import HtmlParseError, parse_html
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.text import parse_text
from tests.simulators.telegram.bot import ANA, send

CARD = (
    "🛒 <b>Being prepared</b> · Order <code>1001-01</code>\n"
    "<blockquote expandable>9:58 AM  Items\n9:44 AM  Registered</blockquote>\n"
    'Updated <tg-time unix="1790000000" format="r">10:31 AM</tg-time>'
)


def spans(html: str) -> list[tuple[str, int, int]]:
    """Return the entities of a text as types, offsets and lengths."""
    entities = parse_text(html, "HTML").entities
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


async def test_a_card_has_its_entities_where_people_see_them(telegram: TelegramSimulator, bot: Bot) -> None:
    shown = await bot.send_message(ANA, CARD, parse_mode="HTML")
    assert shown.text == ("🛒 Being prepared · Order 1001-01\n9:58 AM  Items\n9:44 AM  Registered\nUpdated 10:31 AM")
    assert [(one.type, one.extract_from(shown.text)) for one in shown.entities or ()] == [
        ("bold", "Being prepared"),
        ("code", "1001-01"),
        ("expandable_blockquote", "9:58 AM  Items\n9:44 AM  Registered"),
        ("date_time", "10:31 AM"),
    ]
    assert shown.entities is not None
    assert (shown.entities[3].unix_time, shown.entities[3].date_time_format) == (1_790_000_000, "r")
    assert shown.entities[0].offset == 3  # the emoji before it is two units long, and a space


@pytest.mark.parametrize("form", ["", "r", "t", "T", "d", "D", "w", "wd", "wDT", "dt", "wT"])
def test_a_time_may_be_put_in_these_ways(form: str) -> None:
    [entity] = parse_text(f'<tg-time unix="1" format="{form}">then</tg-time>', "HTML").entities
    assert (entity["type"], entity["date_time_format"]) == ("date_time", form)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<tg-time unix="1" format="x">a</tg-time>', "Invalid date format used"),
        ('<tg-time unix="1" format="rt">a</tg-time>', "Invalid date format used"),
        ('<tg-time unix="1" format="td">a</tg-time>', "Invalid date format used"),
        ('<tg-time unix="1" format="dD">a</tg-time>', "Invalid date format used"),
        ("<tg-time>a</tg-time>", "Invalid Unix time"),
        ('<tg-time unix="-5">a</tg-time>', "Invalid Unix time"),
        ('<tg-time unix="1.5">a</tg-time>', "Invalid Unix time"),
        (
            '<tg-time unix="1" unit="s">a</tg-time>',
            'Unsupported attribute "unit" in the tag "tg-time" at byte offset 0',
        ),
        ('é<b class="x">a</b>', 'Unsupported attribute "class" in the tag "b" at byte offset 2'),
        ("<blockquote collapsed>a</blockquote>", 'Unsupported attribute "collapsed" in the tag "blockquote"'),
        ('<blockquote cite="x">a</blockquote>', 'Unsupported attribute "cite" in the tag "blockquote"'),
        ('<a href="https://example.com" target="_blank">a</a>', 'Unsupported attribute "target" in the tag "a"'),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", 'Nested tag "blockquote" at byte offset 13'),
        (
            "<blockquote>a<b><blockquote expandable>b</blockquote></b></blockquote>",
            'Nested tag "blockquote" at byte offset 16',
        ),
        ("<blockquote expandable/>a</blockquote>", 'Empty attribute name in the tag "blockquote" at byte offset 0'),
        ('<b"x">a</b>', 'Unsupported start tag "b"x"" at byte offset 0'),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">😀</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
async def test_what_is_wrong_in_a_tag_is_refused(telegram: TelegramSimulator, bot: Bot, html: str, words: str) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await send(bot, html)
    assert f"Bad Request: can't parse entities: {words}" in error.value.message
    assert telegram.bot_messages(ANA) == []


@pytest.mark.parametrize("html", ["<blockquote>a</blockquote>\n<blockquote expandable>b</blockquote>"])
def test_quotes_one_after_the_other_are_two(html: str) -> None:
    assert spans(html) == [("blockquote", 0, 1), ("expandable_blockquote", 2, 1)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # the same look side by side is one
        ("<b>a</b><strong>b</strong>", [("bold", 0, 2)]),
        ("<b>a</b> <b>b</b>", [("bold", 0, 1), ("bold", 2, 1)]),
        ("<b>a<b>b</b></b>", [("bold", 0, 2)]),
        # a look is cut where another begins, and where a quote does
        ("<b>a<i>b</i>c</b>", [("bold", 0, 1), ("bold", 1, 2), ("italic", 1, 1)]),
        ("<b>a<blockquote>b</blockquote></b>", [("bold", 0, 1), ("blockquote", 1, 1), ("bold", 1, 1)]),
        ("<blockquote>a<b>b</b></blockquote>", [("blockquote", 0, 2), ("bold", 1, 1)]),
        # nothing else is inside code, a block or a time
        ("<b>a <code>b</code> c</b>", [("bold", 0, 2), ("code", 2, 1), ("bold", 3, 2)]),
        ('<b>😀<tg-time unix="1">b</tg-time></b>', [("bold", 0, 2), ("date_time", 2, 1)]),
        ('<tg-time unix="1"><b>b</b></tg-time>', [("date_time", 0, 1)]),
        ('<blockquote>a <tg-time unix="1">b</tg-time></blockquote>', [("blockquote", 0, 3), ("date_time", 2, 1)]),
        ('<pre><code class="language-sql">x</code></pre>', [("pre", 0, 1)]),
        ('<code class="language-sql"><pre>x</pre></code>', [("pre", 0, 1)]),
        ("<pre>a<code>b</code></pre>", [("pre", 0, 2)]),
        # what can't be inside each other: the outer one stays
        ('<a href="https://example.com"><tg-time unix="1">a</tg-time> b</a>', [("text_link", 0, 3)]),
        ('<tg-time unix="1"><a href="https://example.com">a</a></tg-time>', [("date_time", 0, 1)]),
        ("<code>a<blockquote>b</blockquote></code>", [("blockquote", 1, 1)]),
        # times before 1970 and after 2038 are shown as they are written
        ('<tg-time unix="0">a</tg-time>', []),
        ('<tg-time unix="4000000000">a</tg-time>', []),
        # links that Telegram finds by itself
        ("<b>see dhl.com</b>", [("bold", 0, 4), ("url", 4, 7), ("bold", 4, 7)]),
        ('<tg-time unix="1">dhl.com</tg-time>', [("date_time", 0, 7)]),
    ],
)
def test_tags_inside_each_other_become_what_telegram_allows(html: str, expected: list[tuple[str, int, int]]) -> None:
    assert spans(html) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<b>a</b><b>b</b>", "<b>ab</b>"),
        ("<strong>a</strong>", "<b>a</b>"),
        ("<i><b>a</b></i>", "<b><i>a</i></b>"),
        ('<tg-time unix="1"><b>a</b></tg-time>', "<tg-time format='' unix='1'>a</tg-time>"),
        ("<blockquote expandable>a</blockquote>", '<blockquote expandable="">a</blockquote >'),
    ],
)
async def test_another_way_to_write_the_same_is_no_edit(bot: Bot, first: str, second: str) -> None:
    number = await send(bot, first)
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content"):
        await bot.edit_message_text(second, chat_id=ANA, message_id=number, parse_mode="HTML")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<b>a</b>", "<i>a</i>"),
        ("<blockquote>a</blockquote>", "<blockquote expandable>a</blockquote>"),
        ('<tg-time unix="1">a</tg-time>', '<tg-time unix="2">a</tg-time>'),
        ('<tg-time unix="1" format="r">a</tg-time>', '<tg-time unix="1" format="t">a</tg-time>'),
        ('<a href="https://example.com/1">a</a>', '<a href="https://example.com/2">a</a>'),
    ],
)
async def test_another_entity_with_the_same_text_is_an_edit(
    telegram: TelegramSimulator, bot: Bot, first: str, second: str
) -> None:
    number = await send(bot, first)
    await bot.edit_message_text(second, chat_id=ANA, message_id=number, parse_mode="HTML")
    [message] = telegram.bot_messages(ANA)
    assert (message.text, message.html, len(message.edits)) == ("a", second, 1)


async def test_entities_may_be_given_beside_the_text(telegram: TelegramSimulator, bot: Bot) -> None:
    given: list[Any] = [
        MessageEntity(type="bold", offset=0, length=1),
        MessageEntity(type="bold", offset=1, length=1),
        MessageEntity(type="date_time", offset=3, length=1, unix_time=5, date_time_format="r"),
    ]
    await bot.send_message(ANA, "ab c", entities=given, parse_mode=None)
    [message] = telegram.bot_messages(ANA)
    assert [(one["type"], one["offset"], one["length"]) for one in message.entities] == [
        ("bold", 0, 2),
        ("date_time", 3, 1),
    ]


TAGS = ["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"]
TREES = st.recursive(
    st.text(alphabet="aé😀 \n", max_size=3),
    lambda inner: st.lists(
        st.one_of(inner, st.builds(lambda tag, body: f"<{tag}>{body}</{tag}>", st.sampled_from(TAGS), inner)),
        max_size=4,
    ).map("".join),
    max_leaves=12,
)


@settings(deadline=None)
@given(TREES)
def test_entities_are_never_crossed_and_code_holds_nothing(html: str) -> None:
    try:
        _, entities = parse_html(html)
    except HtmlParseError as error:
        assert "Nested" in str(error)
        return
    for index, outer in enumerate(entities):
        end = outer["offset"] + outer["length"]
        for inner in entities[index + 1 :]:
            assert inner["offset"] >= end or inner["offset"] + inner["length"] <= end, "they cross"
            assert inner["offset"] >= end or outer["type"] not in ("code", "pre"), "there is something inside code"
