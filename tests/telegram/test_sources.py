"""Wherever in a message an order number stands, it is found; whatever else stands there is kept nowhere."""

import json
from typing import Any

import pytest

from bot.understanding.understood import Intent
from tests.message_keys import key_of, says
from tests.telegram.bot_harness import ANA, BEN, BotHarness, Talk
from tests.telegram.test_answers import tagged
from tests.telegram.test_kept_updates import until
from tests.telegram.test_other_numbers import file_of

ONE, TWO = "1509750516095-01", "1253881550433-01"
LINK = f"https://shop.example.com/account#/orders/{ONE}"
BEN_SAYS = {
    "message_id": 7,
    "date": 1_790_000_000,
    "chat": {"id": ANA, "type": "private", "first_name": "Ana"},
    "from": {"id": BEN, "is_bot": False, "first_name": "Ben"},
}


def text_link(text: str, words: str, url: str = LINK) -> dict[str, Any]:
    before = text[: text.index(words)].encode("utf-16-le")
    entity = {
        "type": "text_link",
        "offset": len(before) // 2,
        "length": len(words.encode("utf-16-le")) // 2,
        "url": url,
    }
    return {"entities": [entity]}


def rich(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"rich_message": {"blocks": list(blocks)}}


def cell(text: object) -> dict[str, Any]:
    return {"align": "left", "valign": "top", "text": text}


PICTURE = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "The shop", "date": 1_790_000_000}}
SOURCES: dict[str, dict[str, Any]] = {
    "text": {"text": f"it is {ONE}"},
    "caption": {"photo": PICTURE, "caption": f"it is {ONE}"},
    "link in the text": {"text": f"see {LINK}", "entities": [{"type": "url", "offset": 4, "length": len(LINK)}]},
    "link behind words": {"text": "see my order", **text_link("see my order", "my order")},
    "link behind an emoji": {"text": "👩‍👩‍👧 see 📦 here", **text_link("👩‍👩‍👧 see 📦 here", "📦")},
    "link in a caption": {
        "photo": PICTURE,
        "caption": "see",
        "caption_entities": [{"type": "text_link", "offset": 0, "length": 3, "url": LINK}],
    },
    "broken entity": {
        "text": "see",
        "entities": [
            {"type": "text_link", "offset": 90, "length": 9, "url": LINK},
            {"type": "url", "offset": -1, "length": 0},
        ],
    },
    "paragraph": rich({"type": "paragraph", "text": ["Order ", {"type": "bold", "text": ONE}, " is ready"]}),
    "table": rich(
        {
            "type": "table",
            "cells": [[cell("Order"), cell("Total")], [cell({"type": "code", "text": ONE}), cell("$ 12")]],
        }
    ),
    "list": rich(
        {"type": "list", "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": f"Order {ONE}"}]}]}
    ),
    "details": rich(
        {
            "type": "details",
            "summary": "More",
            "blocks": [{"type": "blockquote", "blocks": [{"type": "paragraph", "text": f"Order {ONE}"}]}],
        }
    ),
    "rich link": rich({"type": "paragraph", "text": {"type": "url", "url": LINK, "text": "your order"}}),
    "rich button": rich({"type": "buttons", "buttons": [{"text": "Track", "url": LINK}]}),
    "checklist": {"checklist": {"title": "Today", "tasks": [{"id": 1, "text": f"fetch order {ONE}"}]}},
    "checklist's title": {"checklist": {"title": f"Order {ONE}", "tasks": [{"id": 1, "text": "fetch"}]}},
    "button of a forwarded message": {
        "text": "Your order was received",
        "reply_markup": {"inline_keyboard": [[{"text": "See it", "url": LINK}]]},
        **FORWARDED,
    },
    "quotation": {
        "text": "where is this?",
        "quote": {"text": f"Order {ONE}", "position": 0},
        "reply_to_message": BEN_SAYS | {"text": f"Order {ONE} and {TWO}"},
    },
    "answered message": {"text": "where is this?", "reply_to_message": BEN_SAYS | {"text": f"Order {ONE}"}},
    "caption of the answered message": {
        "text": "where is this?",
        "reply_to_message": BEN_SAYS | {"photo": PICTURE, "caption": f"Order {ONE}"},
    },
    "button of the answered message": {
        "text": "where is this?",
        "reply_to_message": BEN_SAYS
        | {"text": "Received", "reply_markup": {"inline_keyboard": [[{"text": "See it", "url": LINK}]]}},
    },
    "quotation from elsewhere": {
        "text": "where is this?",
        "quote": {"text": f"Order {ONE}", "position": 0},
        "external_reply": {"origin": FORWARDED["forward_origin"]},
    },
}


@pytest.mark.parametrize("source", SOURCES)
async def test_an_order_is_found_wherever_it_stands(harness: BotHarness, ana: Talk, source: str) -> None:
    harness.put(ONE)
    ana.brings(**SOURCES[source])
    assert says(await ana.hears(), "headline-being-prepared", order=ONE)
    assert harness.order_lookup.asked == [ONE]


@pytest.mark.parametrize(
    "content",
    [
        {"contact": {"phone_number": ONE, "first_name": ONE, "vcard": f"Order {ONE}"}},
        {"venue": {"location": {"latitude": 1.5, "longitude": 2.5}, "title": f"Order {ONE}", "address": ONE}},
        {"document": {"file_id": "f", "file_unique_id": "f", "file_name": f"order {ONE}.pdf"}},
        {"dice": {"emoji": "🎲", "value": 6}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_contacts_places_and_names_of_files_hold_no_order(
    harness: BotHarness, ana: Talk, content: dict[str, Any]
) -> None:
    ana.brings(**content)
    assert key_of(await ana.hears()) == "not-text"
    assert harness.order_lookup.asked == []


async def test_what_is_said_itself_counts_more_than_what_is_answered_to(harness: BotHarness, ana: Talk) -> None:
    harness.put(ONE)
    ana.brings(text=f"and {ONE}?", reply_to_message=BEN_SAYS | {"text": f"Order {TWO}"})
    assert says(await ana.hears(), "headline-being-prepared", order=ONE)
    await ana.hears_nothing()
    assert harness.order_lookup.asked == [ONE]


async def test_thanks_for_a_message_that_names_an_order_look_up_nothing(harness: BotHarness, ana: Talk) -> None:
    ana.brings(text=tagged(Intent.THANKS), reply_to_message=BEN_SAYS | {"text": f"Order {ONE}"})
    assert key_of(await ana.hears()) == "thanked"
    assert harness.order_lookup.asked == []


@pytest.mark.parametrize("intent", [Intent.STOP_MESSAGES, Intent.CANCEL, Intent.COMPLAINT_OR_INSULT])
async def test_what_a_pasted_or_forwarded_mail_says_is_not_the_persons_wish(
    harness: BotHarness, ana: Talk, intent: Intent
) -> None:
    harness.put(ONE)
    harness.put(TWO)
    ana.brings(text=tagged(intent, f"Order {ONE}"), **FORWARDED)
    assert says(await ana.hears(), "headline-being-prepared", order=ONE)
    ana.says(f"Order {TWO} was received. {'Bla bla bla. ' * 50}" + tagged(intent, "To stop these mails click here."))
    assert says(await ana.hears(), "headline-being-prepared", order=TWO)


@pytest.mark.parametrize("captions", [[""] * 10, [f"my order {ONE}"] + [""] * 9])
async def test_an_album_has_one_answer(harness: BotHarness, ana: Talk, captions: list[str]) -> None:
    harness.put(ONE)
    for caption in captions:
        ana.brings(photo=PICTURE, media_group_id="77", **({"caption": caption} if caption else {}))
    assert key_of(await ana.hears()) == ("headline-being-prepared" if captions[0] else "not-text")
    await ana.hears_nothing()
    ana.brings(photo=PICTURE, media_group_id="78")
    assert key_of(await ana.hears()) == "not-text"


# ── what is kept ─────────────────────────────────────────────────────────────

SECRETS = ("4111 1111 1111 1111", "529.982.247-25", "+57 310 555 0142", "my mother is ill", "Calle 100 #15-20")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("where", ["text", "caption", "reply", "quote", "checklist", "link"])
async def test_of_what_was_said_only_what_was_understood_is_ever_written(
    harness: BotHarness, ana: Talk, secret: str, where: str
) -> None:
    said = f"Order {ONE}, {secret}"
    contents: dict[str, dict[str, Any]] = {
        "text": {"text": said},
        "caption": {"photo": PICTURE, "caption": said},
        "reply": {"text": "this one", "reply_to_message": BEN_SAYS | {"text": said}},
        "quote": {"text": "this one", "quote": {"text": said, "position": 0}},
        "checklist": {"checklist": {"title": said, "tasks": [{"id": 1, "text": secret}]}},
        "link": {"text": f"Order {ONE}", **text_link(f"Order {ONE}", "Order", f"https://x.example.com/?a={secret}")},
    }
    harness.put(ONE)
    harness.order_lookup.open.clear()
    try:
        ana.brings(**contents[where])
        await until(lambda: harness.order_lookup.asked)
        [(body,)] = harness.rows("SELECT body FROM inbox")
        assert json.loads(str(body))["said"]["understood"]["numbers"] == [ONE]
        assert secret not in str(body)
    finally:
        harness.order_lookup.open.set()
    assert says(await ana.hears(), "headline-being-prepared", order=ONE)
    assert secret not in file_of(harness)
