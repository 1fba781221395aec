"""The card that staff see of an order can be sent, whatever it holds and however much."""

from dataclasses import replace
from typing import Any

import pytest

from bot.demo.samples import WHEN
from bot.tracking.model import Item, Keep, Kind, NoticeState, Wall
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.limits import TEXT_UNITS
from bot.words.messages.check_context import CardsShown, OrderCheck
from bot.words.messages.rendering import Renderer
from bot.words.messages.told_lines import ToldRow
from bot.words.store_info import StoreInfo
from tests.builders import order, shipment
from tests.key_catalog import key_catalog
from tests.words.rendered import LANGUAGES, NAMED_STORE, assert_sendable

HOSTILE = "<b>@all https://x.example \u202e&amp;" * 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_a_card_can_be_sent_with_any_number_of_packages_chats_and_messages(language: str, count: int) -> None:
    parcels = [
        replace(shipment("ON_ROUTE"), key=f"S{n}", position=n, courier=HOSTILE, tracking_id=HOSTILE, raw_url=HOSTILE)
        for n in range(count)
    ]
    one = replace(order("ON_ROUTE", *parcels), order_id=HOSTILE, items=tuple(Item(HOSTILE, 2.0) for _ in range(count)))
    statuses = ("PICKING", "ON_ROUTE", HOSTILE, None)
    cards = tuple(CardsShown(1, is_private=bool(n % 2), status=statuses[n % 4], paused=HOSTILE) for n in range(count))
    told = tuple(
        ToldRow(Wall(WHEN - 900 * n), Kind.CARD, state, frozenset({n}), HOSTILE, reason=HOSTILE, event=n, text=HOSTILE)
        for n in range(count)
        for state in NoticeState
    )
    text = NAMED_STORE.order_check(OrderCheck(HOSTILE, one, cards, told), language, WHEN)
    assert_sendable(text)
    assert utf16_length(visible_text(text.html)) < TEXT_UNITS  # nothing is cut


def test_what_went_out_within_a_second_stands_in_the_order_of_its_events() -> None:
    told = tuple(
        ToldRow(Wall(WHEN + 0.9 - n / 10), Kind.CARD, NoticeState.SENT, frozenset({1}), status, event=n, place=n)
        for n, status in enumerate(("PICKING", "INVOICED", "ON_ROUTE", "DELIVERED"), 1)
    )
    for rows in (told, told[::-1]):
        html = Renderer(key_catalog(), StoreInfo()).order_check(OrderCheck("A", order(), told=rows), "en", WHEN).html
        events = [line for line in html.splitlines() if "check-event" in line]
        short = ["short-delivered", "short-on-its-way", "short-packed", "short-being-prepared"]
        assert [key in line for key, line in zip(short, events, strict=True)] == [True] * 4, html


def test_a_chat_counts_once_however_often_it_got_a_message_and_silence_is_said() -> None:
    def row(*chats: int, **more: Any) -> ToldRow:
        return ToldRow(Wall(WHEN), Kind.CARD, NoticeState.SENT, frozenset(chats), "PICKING", event=1, **more)

    told = (row(1, 2), row(2, 3, repeats=3, is_silent=True), row(1, is_silent=True))
    renderer = Renderer(key_catalog(), StoreInfo())
    html = renderer.order_check(OrderCheck("A", order(), told=told), "en", WHEN).html
    for clause in ("check-messages¦count=3¦messages=8", "check-silent¦all=no¦count=3"):
        assert clause in html
    html = renderer.order_check(OrderCheck("A", order(), told=told[1:]), "en", WHEN).html
    assert "check-silent¦all=yes" in html


@pytest.mark.parametrize("event", [1, None])
def test_messages_of_one_event_that_lie_minutes_apart_are_lines_of_their_own(event: int | None) -> None:
    def row(after: float, last: float, *chats: int) -> ToldRow:
        at, last_at = Wall(WHEN + after), Wall(WHEN + last)
        return ToldRow(at, Kind.CARD, NoticeState.SENT, frozenset(chats), "ON_ROUTE", event=event, last_at=last_at)

    told = (row(0, 0, 1), row(30, 100, 2, 3), row(420, 420, 1))
    renderer = Renderer(key_catalog(), StoreInfo())
    html = renderer.order_check(OrderCheck("A", order(), told=told), "en", WHEN).html
    later, first = (line for line in html.splitlines() if "check-event" in line)
    assert "check-to¦count=1" in later and "check-span" not in later
    assert "check-to¦count=3" in first and "check-span" in first


def test_a_card_that_went_out_again_shows_the_trouble_of_a_package_that_is_not_over_yet() -> None:
    news = (("A", "INCIDENT", "ON_ROUTE"), ("B", "ON_HOLD", "ON_ROUTE"), ("A", "ON_ROUTE", "INCIDENT"))
    told = [
        ToldRow(Wall(WHEN + 300 * n), Kind.CARD, NoticeState.SENT, frozenset({1}), "ON_ROUTE", event=n,
                package=package, service=service, service_before=before)
        for n, (package, service, before) in enumerate(news, 1)
    ]  # fmt: skip
    again = replace(
        told[-1], at=Wall(WHEN + 2000), event=None, service=None, service_before=None, keep=frozenset({Keep.ANSWER})
    )
    html = (
        Renderer(key_catalog(), StoreInfo()).order_check(OrderCheck("A", order(), told=(*told, again)), "en", WHEN).html
    )
    lines = [line for line in html.splitlines() if "check-event" in line]
    said = ["check-what-again", "check-what-solved", "short-hold", "short-incident"]
    assert [key in line for key, line in zip(said, lines, strict=True)] == [True] * 4, html
    assert "short-hold" in lines[0]
