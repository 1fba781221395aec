"""When a card is out of date: exactly where what it shows of the order has changed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.tracking.model import Item, Order, Ticks
from bot.tracking.order_facts import order_facts
from tests.builders import LINK, NOW, OTHER_LINK, order, shipment


def on_its_way(status: str, **fields: Any) -> Order:
    return order("ON_ROUTE", shipment(status, **fields), confirmed_at=NOW)


PROMISED, WITH_LINK = on_its_way("ON_ROUTE"), on_its_way("ON_ROUTE", link=LINK)
TWO = order("ON_ROUTE", *WITH_LINK.shipments, shipment("ON_ROUTE", "s2", 2, link=OTHER_LINK), confirmed_at=NOW)
NO_PACKAGE = order("ON_ROUTE", confirmed_at=NOW, changed_at=NOW)
DELIVERED = order("DELIVERED", shipment("DELIVERED", link=LINK), confirmed_at=NOW, previous="ON_ROUTE")


@pytest.mark.parametrize(
    ("shown", "known", "is_outdated"),
    [
        pytest.param(PROMISED, on_its_way("PICKED"), False, id="still to come"),
        pytest.param(PROMISED, on_its_way("DELIVERED"), True, id="it arrived without a link"),
        pytest.param(PROMISED, on_its_way("CANCELED"), True, id="given up without one"),
        pytest.param(PROMISED, on_its_way("ON_ROUTE", closed=True), True, id="gone from the API without one"),
        pytest.param(PROMISED, on_its_way("ON_ROUTE", raw_url="javascript:1"), True, id="unreadable"),
        pytest.param(PROMISED, on_its_way("ON_ROUTE", raw_url="N/A"), True, id="a placeholder"),
        pytest.param(PROMISED, on_its_way("ON_ROUTE", linkless_since=NOW - 86_400), True, id="none for a day"),
        pytest.param(PROMISED, WITH_LINK, True, id="its link came"),
        pytest.param(NO_PACKAGE, replace(NO_PACKAGE, confirmed_at=Ticks(NOW + 60)), False, id="no package yet"),
        pytest.param(NO_PACKAGE, replace(NO_PACKAGE, confirmed_at=Ticks(NOW + 86_400)), True, id="no package in a day"),
        pytest.param(WITH_LINK, on_its_way("ON_ROUTE", link=OTHER_LINK), True, id="its link changed"),
        pytest.param(WITH_LINK, PROMISED, True, id="its link was withdrawn"),
        pytest.param(WITH_LINK, on_its_way("ON_ROUTE", link=LINK, courier="Swift"), True, id="its courier has a name"),
        pytest.param(WITH_LINK, TWO, True, id="one became two"),
        pytest.param(TWO, WITH_LINK, True, id="two became one"),
        pytest.param(WITH_LINK, on_its_way("INCIDENT", link=LINK), True, id="in trouble"),
        pytest.param(WITH_LINK, on_its_way("DELIVERED", link=LINK), True, id="it arrived"),
        pytest.param(on_its_way("DELIVERED", link=LINK), WITH_LINK, True, id="it had arrived and has not"),
        pytest.param(WITH_LINK, replace(WITH_LINK, status="INVOICED"), True, id="another status"),
        pytest.param(WITH_LINK, replace(WITH_LINK, items=(Item("Milk", 1),)), True, id="an item"),
        pytest.param(
            WITH_LINK, replace(WITH_LINK, polled_at=Ticks(NOW + 9), confirmed_at=Ticks(NOW + 9)), False, id="a poll"
        ),
        pytest.param(WITH_LINK, replace(WITH_LINK, previous="PACKING"), False, id="where it was, while it goes on"),
        pytest.param(DELIVERED, replace(DELIVERED, previous="WAITING_FOR_PICKUP"), True, id="picked up, not delivered"),
        pytest.param(DELIVERED, replace(DELIVERED, shipments=()), False, id="packages of an order at its end"),
    ],
)
def test_what_a_card_shows(shown: Order, known: Order, is_outdated: bool) -> None:
    assert (order_facts(shown) != order_facts(known)) is is_outdated


def test_the_other_service_of_a_package_shows_the_same() -> None:
    assert order_facts(on_its_way("ON_ROUTE", key="a")) == order_facts(on_its_way("ON_ROUTE", key="b"))


def test_any_text_has_a_fingerprint() -> None:
    assert order_facts(order("PICKING", items=(Item("\ud800"),))) != order_facts(order("PICKING"))
