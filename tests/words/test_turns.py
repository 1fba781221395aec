"""Which words tell a change that goes back, by what the chat was told and what is now; whose news it is."""

import pytest

from bot.demo.samples import STORES, order, told
from bot.tracking.lead import Lead
from bot.tracking.model import Kind
from bot.words.messages.rendering import Renderer
from bot.words.texts import Text
from tests.key_catalog import key_catalog
from tests.message_keys import keys_in, says

KEYS = Renderer(key_catalog(), STORES[0])
TURNS = {"back", "corrected", "mistaken", "went-back"}


def message(status: str, before: str | None, **order_fields: object) -> Text:
    one = order(status, **order_fields)  # type: ignore[arg-type]
    return told(KEYS, "en", one, lead=Lead(reverted_from=before))


@pytest.mark.parametrize(
    ("before", "now", "key"),
    [
        pytest.param("PACKING", "PICKING", "back", id="a routine step back"),
        pytest.param("ON_ROUTE", "PACKING", "back", id="from a key state"),
        pytest.param("WAITING_FOR_PICKUP", "ON_ROUTE", "back", id="from one key state to another"),
        pytest.param("DELIVERED", "PACKING", "mistaken", id="delivered was wrong"),
        pytest.param("DELIVERED", "ON_ROUTE", "mistaken", id="delivered was wrong, and it is on its way"),
        pytest.param("DELIVERED", "WAITING_FOR_PICKUP", "mistaken", id="picked up was wrong"),
        pytest.param("CANCELED", "PICKING", "mistaken", id="canceled was wrong"),
        pytest.param("CANCELED", "ON_ROUTE", "mistaken", id="canceled was wrong, and it is on its way"),
        pytest.param("IDLE", "INVOICED", "mistaken", id="handed off was wrong"),
        pytest.param("RETURNED", "READY_FOR_SHIPPING", "mistaken", id="returned was wrong"),
        pytest.param("RETURNED", "ON_ROUTE", "state-on-route", id="a new attempt"),
        pytest.param("RETURNED", "WAITING_FOR_PICKUP", "state-waiting-for-pickup", id="a new attempt by pickup"),
        pytest.param("DELIVERED", "RETURNED", "went-back", id="what was delivered went back"),
        pytest.param("RETURNED", "DELIVERED", "corrected", id="delivered after all"),
        pytest.param("CANCELED", "DELIVERED", "corrected", id="not canceled but delivered"),
        pytest.param("DELIVERED", "CANCELED", "corrected", id="not delivered but canceled"),
        pytest.param("RETURNED", "CANCELED", "state-canceled", id="what came back is canceled"),
        pytest.param("DELIVERED", "IDLE", "state-idle", id="what was delivered is put away"),
        pytest.param(None, "RETURNED", "state-returned", id="returned on its way"),
        pytest.param("PICKING", "PICKING", "state-picking", id="the same"),
    ],
)
def test_a_change_that_takes_back_what_was_told(before: str | None, now: str, key: str) -> None:
    text = message(now, before)
    assert says(text, key)
    assert TURNS & {*keys_in(text)} == TURNS & {key}


def test_a_card_of_a_returned_order_that_had_been_delivered_says_so_too() -> None:
    assert says(message("RETURNED", None, previous="DELIVERED"), "went-back")
    assert says(message("RETURNED", None, previous="ON_ROUTE"), "state-returned")
    assert says(message("RETURNED", None, previous="WAITING_FOR_PICKUP"), "not-collected")


@pytest.mark.parametrize("kind", [Kind.CARD, Kind.EDIT])
def test_what_only_the_stores_notices_say_is_told_as_theirs(kind: Kind) -> None:
    text = told(KEYS, "en", order("READY_FOR_INVOICING", by_chain=True), kind=kind)
    assert says(text, "state-ready-for-invoicing")
    assert says(text, "by-store")
    assert not says(told(KEYS, "en", order("READY_FOR_INVOICING"), kind=kind), "by-store")


@pytest.mark.parametrize("status", ["PICKING", "PACKING", "IDLE"])
def test_nobody_reports_what_the_sentence_says_the_store_does(status: str) -> None:
    assert not says(told(KEYS, "en", order(status, by_chain=True)), "by-store")


@pytest.mark.parametrize(
    ("status", "lines"),
    [
        ("ON_ROUTE", ["state-on-route", "by-store"]),
        ("CANCELED", ["by-store", "state-canceled"]),
        ("WAITING_FOR_PICKUP", ["by-store", "pickup-at-checkout"]),
    ],
)
def test_who_reports_it_stands_behind_the_fact(status: str, lines: list[str]) -> None:
    assert keys_in(told(KEYS, "en", order(status, by_chain=True)))[1:3] == lines
