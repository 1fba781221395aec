"""The card that staff see of an order can be sent, whatever it holds and however much."""

from dataclasses import replace

import pytest

from bot.demo.samples import WHEN
from bot.tracking.model import Item, Kind, NoticeState, Wall
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.limits import TEXT_UNITS
from bot.words.messages.order_check import CardsShown, OrderCheck
from bot.words.messages.told_lines import ToldRow
from tests.builders import order, shipment
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
