"""Which buttons a card has in which state: at most three rows, one that stands out, the rest behind More."""

from itertools import chain
from typing import Any

import pytest

from bot.demo.samples import NUMBER, STORES, WHEN, order, subscription, told
from bot.tracking.card_content import Page
from bot.tracking.lead import Lead
from bot.tracking.model import Chat, Kind, Notice, Order, OrderPk, Receipt, Shipment, Ticks
from bot.tracking.statuses import TABLE, is_further, look_up
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import Button, ButtonKind, ButtonStyle, Text
from tests.key_catalog import key_catalog
from tests.message_keys import key_of
from tests.words.rendered import LANGUAGES, NAMED_STORE, UNNAMED_STORE, assert_sendable, labels, tracking_urls, values

CONTACT = "https://emercado.com/ask"
KEYS = Renderer(key_catalog(), STORES[1], share_payload=lambda order, _: f"p-{order.order_id}")


def keyboard(one: Order, renderer: Renderer = KEYS, **content: Any) -> list[list[str]]:
    """The keys of the buttons, a star before the one that stands out."""
    text = told(renderer, "en", one, **content)
    return [[_star(button) + key_of(button.label) for button in row] for row in text.buttons]


def _star(button: Button) -> str:
    return {ButtonStyle.PRIMARY: "*", ButtonStyle.DANGER: "-", ButtonStyle.SUCCESS: "+", None: ""}[button.style]


@pytest.mark.parametrize("status", [one for one in TABLE if is_further("ON_ROUTE", one)] + ["ODD"])
def test_before_it_leaves_there_is_only_more(status: str) -> None:
    assert keyboard(order(status, links=2)) == [["button-more"]]
    assert values(told(KEYS, "en", order(status))) == ["m:7"]


class TestOnItsWay:
    def test_the_couriers_page_stands_out(self) -> None:
        assert keyboard(order("ON_ROUTE", links=1)) == [["*button-track"], ["button-more"]]
        assert tracking_urls(told(KEYS, "en", order("ON_ROUTE", links=1))) == ["https://track.example1.com/t/1"]

    def test_each_open_package_has_a_button_up_to_four(self) -> None:
        text = told(UNNAMED_STORE, "en", order("ON_ROUTE", links=2))
        assert labels(text) == [["Track package 1", "Track package 2"], ["More"]]
        many = told(NAMED_STORE, "en", order("ON_ROUTE", links=90, trouble="INCIDENT"))
        assert_sendable(many)
        assert (len(tracking_urls(many)), len(many.buttons)) == (4, 3)

    def test_a_package_at_its_end_has_none(self) -> None:
        text = told(KEYS, "en", order("ON_ROUTE", links=2, trouble="DELIVERED"))
        assert tracking_urls(text) == ["https://track.example2.com/t/2"]

    def test_a_link_that_may_not_be_shown_is_none(self) -> None:
        shipment = Shipment("S1", 1, "ON_ROUTE", link="http://localhost:3000/track")
        one = Order("shop", NUMBER, id=OrderPk(1), status="ON_ROUTE", shipments=(shipment,))
        assert keyboard(one) == [["button-more"]]


@pytest.mark.parametrize("trouble", ["INCIDENT", "ON_HOLD"])
def test_in_trouble_the_store_is_at_hand(trouble: str) -> None:
    with_link, without = order("ON_ROUTE", links=1, trouble=trouble), order("ON_ROUTE", packages=1, trouble=trouble)
    assert keyboard(with_link) == [["*button-track"], ["button-contact", "button-more"]]
    assert keyboard(without) == [["*button-contact"], ["button-more"]]


def test_what_is_unusual_leads_to_the_store_too() -> None:
    assert keyboard(order("PACKING"), lead=Lead(late=True)) == [["*button-contact"], ["button-more"]]
    assert keyboard(order("ON_ROUTE", packages=2, trouble="RETURNED")) == [["*button-contact"], ["button-more"]]
    assert keyboard(order("ON_ROUTE", packages=1, trouble="DELIVERED")) == [["*button-contact"], ["button-more"]]


def test_ready_for_pickup_has_the_map_if_there_is_one() -> None:
    assert keyboard(order("WAITING_FOR_PICKUP")) == [["*button-map"], ["button-more"]]
    assert keyboard(order("WAITING_FOR_PICKUP"), Renderer(key_catalog(), StoreInfo())) == [["button-more"]]


def test_ready_in_part_leads_to_the_store_first() -> None:
    partly = order("WAITING_FOR_PICKUP", packages=2, trouble="DELIVERED")
    assert keyboard(partly) == [["*button-contact", "button-map"], ["button-more"]]
    with_a_courier = order("WAITING_FOR_PICKUP", packages=2)
    assert keyboard(with_a_courier) == [["*button-contact", "button-map"], ["button-more"]]


class TestMore:
    def test_has_everything_else(self) -> None:
        assert keyboard(order("PACKING"), page=Page.MORE) == [
            ["button-refresh", "button-copy"],
            ["button-name", "button-share"],
            ["button-contact", "button-settings"],
            ["-button-stop"],
            ["button-back"],
        ]
        shown = [f"p-{NUMBER}", CONTACT, "e:7", "s:7", "b:7"]
        assert values(told(KEYS, "en", order("PACKING"), page=Page.MORE)) == ["r:7", NUMBER, "y:7", *shown]

    def test_shares_by_a_payload_of_its_own_kind(self) -> None:
        text = told(KEYS, "en", order("PACKING"), page=Page.MORE)
        assert [one.value for row in text.buttons for one in row if one.kind is ButtonKind.SHARE] == [f"p-{NUMBER}"]
        nothing_to_share = Renderer(key_catalog(), STORES[1])
        assert "button-share" not in chain(*keyboard(order("PACKING"), nothing_to_share, page=Page.MORE))

    def test_names_nothing_in_a_group(self) -> None:
        assert "button-name" not in chain(*keyboard(order("PACKING"), page=Page.MORE, chat_kind="group"))

    def test_has_the_cards_own_text(self) -> None:
        assert told(KEYS, "en", order("PACKING"), page=Page.MORE).html == told(KEYS, "en", order("PACKING")).html

    @pytest.mark.parametrize("status", [one for one in TABLE if look_up(one).final])
    def test_is_not_there_at_the_end(self, status: str) -> None:
        assert keyboard(order(status), page=Page.MORE) == keyboard(order(status))


class TestTheEnd:
    def test_delivered_asks_whether_it_is_there(self) -> None:
        assert keyboard(order("DELIVERED")) == [["+button-all-good", "button-missing"]]
        assert values(told(KEYS, "en", order("DELIVERED"))) == ["g:7", "d:7"]

    def test_missing_leads_to_the_store_and_can_be_taken_back(self) -> None:
        follower = subscription(receipt=Receipt.MISSING)
        assert keyboard(order("DELIVERED"), follower=follower) == [["*button-contact"], ["button-found"]]
        assert values(told(KEYS, "en", order("DELIVERED"), follower=follower)) == [CONTACT, "h:7"]

    @pytest.mark.parametrize("receipt", [Receipt.GOOD, Receipt.FOUND, Receipt.CLOSED])
    def test_what_is_answered_is_not_asked_again(self, receipt: Receipt) -> None:
        assert keyboard(order("DELIVERED"), follower=subscription(receipt=receipt)) == [["button-contact"]]

    @pytest.mark.parametrize("status", ["RETURNED", "CANCELED", "IDLE"])
    def test_else_the_store_helps(self, status: str) -> None:
        assert keyboard(order(status)) == [["*button-contact"], ["button-copy"]]
        assert keyboard(order(status), Renderer(key_catalog(), StoreInfo())) == [["button-copy"]]


def test_without_a_subscription_nothing_calls_back() -> None:
    for status in TABLE:
        notice = Notice(1, Kind.CARD, Ticks(0.0), order=OrderPk(1), status=status)
        text = KEYS.notice(notice, order(status, links=1), None, Chat(1, language="en"), now=WHEN)
        assert all(button.kind is not ButtonKind.CALLBACK for row in text.buttons for button in row)


def test_the_store_needs_a_public_address() -> None:
    at_home = Renderer(key_catalog(), StoreInfo(contact_url="http://localhost/ask", pickup_map_url="http://localhost"))
    assert keyboard(order("CANCELED"), at_home) == [["button-copy"]]
    assert keyboard(order("WAITING_FOR_PICKUP"), at_home) == [["button-more"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_short_in_every_language(language: str) -> None:
    def sent(text: Text) -> None:
        assert_sendable(text)

    for status in TABLE:
        for page in Page:
            sent(told(NAMED_STORE, language, order(status, links=3), page=page))
    for receipt in Receipt:
        sent(told(NAMED_STORE, language, order("DELIVERED"), follower=subscription(receipt=receipt)))
