"""What a message about an order shows: links, times, items, buttons, and the wording that depends on the case."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.samples import LABEL, NUMBER, STORES, WHEN, order, subscription, told
from bot.simulators.telegram.text import parse_text
from bot.tracking.model import Chat, Item, Kind, Level, Notice, Order, OrderPk, Shipment, Ticks
from bot.tracking.statuses import TABLE, is_further
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.words.rendered import (
    CATALOG,
    LANGUAGES,
    NAMED_STORE,
    UNNAMED_STORE,
    assert_sendable,
    first_line,
    tracking_urls,
)


class TestLinks:
    @pytest.mark.parametrize("status", [one for one in TABLE if is_further("ON_ROUTE", one)])
    def test_are_not_shown_before_the_order_is_on_its_way(self, status: str) -> None:
        text = told(NAMED_STORE, "en", order(status, links=2))
        assert text.links == ()
        assert tracking_urls(text) == []
        assert "track.example" not in text.html

    def test_of_one_package_is_a_button_and_its_host_is_code(self) -> None:
        text = told(UNNAMED_STORE, "en", order("ON_ROUTE", links=1))
        assert tracking_urls(text) == ["https://track.example1.com/t/1"]
        assert text.buttons[0][0].label == "Track package"
        assert "<code>track.example1.com</code>" in text.html
        assert text.links == (("S1", "https://track.example1.com/t/1"),)

    def test_of_two_packages_are_named_by_package_and_courier(self) -> None:
        text = told(UNNAMED_STORE, "en", order("ON_ROUTE", links=2))
        assert [row[0].label for row in text.buttons[:2]] == ["Package 1: amazon", "Package 2: Óscar En…"]
        assert "Follow package 2 of 2 with Óscar Envíos" in text.html

    def test_are_announced_before_there_are_any(self) -> None:
        for one in (order("ON_ROUTE"), order("ON_ROUTE", packages=1)):
            assert "The tracking link will appear in this message." in told(UNNAMED_STORE, "en", one).html
        assert "The tracking links will appear" in told(UNNAMED_STORE, "en", order("ON_ROUTE", packages=2)).html

    def test_of_the_other_package_is_announced(self) -> None:
        text = told(UNNAMED_STORE, "en", order("ON_ROUTE", links=1, packages=2))
        assert "The link of package 2 of 2, with Óscar Envíos, will appear in this message." in text.html

    def test_require_a_public_address(self) -> None:
        shipment = Shipment("S1", 1, "ON_ROUTE", link="http://localhost:3000/track")
        text = told(UNNAMED_STORE, "en", Order("shop", NUMBER, id=OrderPk(1), status="ON_ROUTE", shipments=(shipment,)))
        assert text.links == ()
        assert "will appear" not in text.html

    def test_are_not_shown_of_a_delivered_package_that_still_counts(self) -> None:
        shipments = (
            Shipment("A", 1, "DELIVERED", courier="amazon", link="https://a.com/t/1"),
            Shipment("B", 2, "ON_ROUTE", link="https://b.com/t/2"),
        )
        text = told(UNNAMED_STORE, "en", Order("shop", NUMBER, id=OrderPk(1), status="ON_ROUTE", shipments=shipments))
        assert text.links == (("B", "https://b.com/t/2"),)
        assert "package 2 of 2" in text.html

    def test_are_updated_by_an_edit_that_equals_the_state_message(self) -> None:
        one = order("ON_ROUTE", links=1)
        assert told(UNNAMED_STORE, "en", one, kind=Kind.EDIT) == told(UNNAMED_STORE, "en", one)

    def test_of_many_packages_are_limited(self) -> None:
        text = told(UNNAMED_STORE, "en", order("ON_ROUTE", links=90))
        assert_sendable(text)
        assert len(text.links) == len(tracking_urls(text)) == 20


class TestTime:
    def test_is_since_when_if_a_webhook_said_so(self) -> None:
        assert 'Since: <tg-time unix="1790000000" format="wdt">' in told(UNNAMED_STORE, "en", order("PACKING")).html

    def test_is_when_it_was_seen_if_only_the_api_showed_it(self) -> None:
        assert "Seen: <tg-time" in told(UNNAMED_STORE, "en", order("PACKING", since=None, observed_at=WHEN)).html

    def test_is_missing_for_a_status_that_a_shipment_implies(self) -> None:
        assert "<tg-time" not in told(UNNAMED_STORE, "en", order("PACKING", links=1), status="ON_ROUTE").html

    def test_has_a_text_in_the_stores_zone_for_old_apps(self) -> None:
        renderer = Renderer(CATALOG, StoreInfo(timezone=ZoneInfo("America/Lima")))
        assert "9:13\u202fAM (Lima)</tg-time>" in told(renderer, "en", order("PACKING")).html.replace(" AM", "\u202fAM")

    def test_says_when_it_was_last_checked(self) -> None:
        text = told(UNNAMED_STORE, "en", order("PACKING"), is_reply=True, payload={"stale_age": 600})
        assert f'Last checked: <tg-time unix="{int(WHEN + 300)}"' in text.html

    @pytest.mark.parametrize("odd", [-5.0, 1e300, 0.0])
    def test_may_be_out_of_range(self, odd: float) -> None:
        assert_sendable(told(UNNAMED_STORE, "en", order("PACKING", since=odd)))


class TestItems:
    def items(self, *, items_for: str, verified: bool, kind: str = "private") -> str:
        renderer = Renderer(CATALOG, STORES[0], items_for=items_for)
        one = order("ON_ROUTE", items=tuple(Item(f"Milk {n}", 1.5) for n in range(8)))
        notice = Notice(1, Kind.STATE, Ticks(0.0), order=OrderPk(1), status="ON_ROUTE")
        chat = Chat(1, kind, language="en")
        return renderer.notice(notice, one, subscription(verified=verified), chat, now=WHEN).html

    @pytest.mark.parametrize(
        ("items_for", "verified", "kind", "seen"),
        [
            ("links", True, "private", True),
            ("links", False, "private", False),
            ("all", False, "private", True),
            ("none", True, "private", False),
            ("all", True, "group", False),
        ],
    )
    def test_are_shown_only_to_those_who_may_see_them(
        self, items_for: str, verified: bool, kind: str, seen: bool
    ) -> None:
        assert ("Milk" in self.items(items_for=items_for, verified=verified, kind=kind)) is seen

    def test_list_a_few_and_count_the_rest(self) -> None:
        text = self.items(items_for="all", verified=True)
        assert "Items: 1.5 × Milk 0, 1.5 × Milk 1" in text
        assert "and 3 more" in text


class TestButtons:
    def test_are_copy_contact_refresh_and_stop(self) -> None:
        rows = told(NAMED_STORE, "en", order("PACKING")).buttons
        assert [[button.label for button in row] for row in rows] == [
            ["Copy number", "Contact the store"],
            ["Refresh", "Stop following"],
        ]
        assert rows[0][0].value == NUMBER
        assert [button.value for button in rows[1]] == ["r:7", "s:7"]

    def test_have_contact_only_with_a_public_address(self) -> None:
        renderer = Renderer(CATALOG, StoreInfo(contact_url="https://shop.com/ask"))
        assert told(renderer, "en", order("PACKING")).buttons[0][1].value == "https://shop.com/ask"
        renderer = Renderer(CATALOG, StoreInfo(contact_url="http://localhost/ask"))
        assert len(told(renderer, "en", order("PACKING")).buttons[0]) == 1

    def test_have_nothing_to_stop_when_the_order_is_finished(self) -> None:
        values = [button.value for row in told(UNNAMED_STORE, "en", order("DELIVERED")).buttons for button in row]
        assert values == [NUMBER]


class TestWording:
    def test_says_picked_up_if_it_was_ready_for_pickup(self) -> None:
        assert "picked up" in told(UNNAMED_STORE, "en", order("DELIVERED", for_pickup=True)).html
        assert "picked up" in told(UNNAMED_STORE, "en", order("DELIVERED", previous="WAITING_FOR_PICKUP")).html
        assert "picked up" not in told(UNNAMED_STORE, "en", order("DELIVERED", previous="ON_ROUTE")).html

    def test_of_an_answer_says_what_will_follow(self) -> None:
        assert "every step" in told(UNNAMED_STORE, "en", order("PACKING"), is_reply=True).html
        assert "every step" not in told(UNNAMED_STORE, "en", order("PACKING")).html
        assert "every step" not in told(UNNAMED_STORE, "en", order("DELIVERED"), is_reply=True).html

    @pytest.mark.parametrize("level", list(Level))
    def test_of_an_answer_depends_on_the_level(self, level: Level) -> None:
        notice = Notice(1, Kind.STATE, Ticks(0.0), order=OrderPk(1), status="PACKING", is_reply=True)
        text = UNNAMED_STORE.notice(
            notice, order("PACKING"), subscription(level=level), Chat(1, language="en"), now=WHEN
        )
        assert "We’ll tell you here" in text.html

    def test_shows_the_number_that_is_needed_for_pickup(self) -> None:
        assert NUMBER in told(UNNAMED_STORE, "en", order("WAITING_FOR_PICKUP"), label=LABEL).html

    def test_escapes_hostile_names(self) -> None:
        shipment = Shipment("S1", 1, "ON_ROUTE", courier='<a href="x">evil.com</a>\u202e', link="https://a.com/t/1")
        one = Order("shop", NUMBER, id=OrderPk(1), status="ON_ROUTE", shipments=(shipment,))
        text = told(UNNAMED_STORE, "en", one, label="@admin <script>")
        assert_sendable(text)
        assert "<a" not in text.html
        assert "“<code>@admin &lt;script&gt;</code>”" in text.html

    def test_says_that_an_unknown_order_is_not_seen_yet(self) -> None:
        notice = Notice(1, Kind.STATE, Ticks(0.0), is_reply=True, payload={"number": NUMBER})
        text = UNNAMED_STORE.notice(notice, None, None, Chat(1, language="en"), now=WHEN)
        assert text == UNNAMED_STORE.notice(notice, Order("shop", NUMBER), None, Chat(1, language="en"), now=WHEN)
        assert "we don’t see this number yet" in text.html

    def test_of_a_solved_trouble_depends_on_what_it_was(self) -> None:
        one = order("ON_ROUTE", links=1)
        assert "problem solved" in told(UNNAMED_STORE, "en", one, kind=Kind.SOLVED, shipment="S1").html
        goes_on = told(UNNAMED_STORE, "en", one, kind=Kind.SOLVED, shipment="S1", payload={"was_hold": 1})
        assert "the delivery goes on" in goes_on.html
        assert goes_on.troubles == (("S1", "solved"),)


class TestOtherNotices:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", [Kind.NEVER_SEEN, Kind.ARCHIVED, Kind.REMINDER, Kind.LATE, Kind.NOTE])
    def test_can_be_sent(self, language: str, kind: Kind) -> None:
        payload: dict[str, Any] = {
            "text": "a <b>\n\n\n\nsee https://shop.com " + "&" * 9000,
            "days": 1,
            "number": NUMBER,
        }
        text = told(UNNAMED_STORE, language, order("WAITING_FOR_PICKUP"), kind=kind, payload=payload)
        parse_text(text.html, "HTML")
        assert NUMBER in first_line(text)

    def test_of_a_number_that_never_appeared(self) -> None:
        notice = Notice(1, Kind.NEVER_SEEN, Ticks(0.0), payload={"number": NUMBER})
        text = UNNAMED_STORE.notice(notice, None, None, Chat(1, language="en"), now=WHEN)
        assert text.html.startswith(f"ℹ️ Order <code>{NUMBER}</code>: we still don’t see this number")

    def test_an_alert_escapes_its_arguments(self) -> None:
        payload = {"alert": "unknown-status", "args": {"raw": "ROBOT<1>", "number": NUMBER}}
        text = UNNAMED_STORE.notice(Notice(1, Kind.ALERT, Ticks(0.0), payload=payload), None, None, Chat(1), now=WHEN)
        assert "<code>ROBOT&lt;1&gt;</code>" in text.html

    @pytest.mark.parametrize(
        "payload", [{"alert": "no-such"}, {"alert": "unknown-status"}, {}, {"alert": "x", "args": 3}]
    )
    def test_an_alert_without_a_message_of_its_own_is_still_shown(self, payload: dict[str, Any]) -> None:
        text = UNNAMED_STORE.notice(Notice(1, Kind.ALERT, Ticks(0.0), payload=payload), None, None, Chat(1), now=WHEN)
        assert "Something needs a look" in text.html


PROMISE = "will appear in this message"


def shipments_of(*statuses: str, links: int = 0, **fields: Any) -> Order:
    known = tuple(
        Shipment(f"S{n}", n, status, "Swift", link=f"https://a.com/t/{n}" if n <= links else None, **fields)
        for n, status in enumerate(statuses, 1)
    )
    return Order("shop", NUMBER, id=OrderPk(1), status="ON_ROUTE", shipments=known)


class TestPromises:
    @pytest.mark.parametrize(
        ("one", "promises"),
        [
            (shipments_of(), 1),
            (shipments_of("ON_ROUTE"), 1),
            (shipments_of("ON_ROUTE", "ASSIGNED"), 1),
            (shipments_of("ON_ROUTE", "ASSIGNED", links=1), 1),
            (shipments_of("ON_ROUTE", links=1), 0),
            (shipments_of("DELIVERED"), 0),
            (shipments_of("DELIVERED", "ON_ROUTE"), 1),
            (shipments_of("RETURNED"), 0),
            (shipments_of("CANCELED"), 0),
            (shipments_of("ON_ROUTE", closed=True), 0),
            (shipments_of("ON_ROUTE", raw_url="http://localhost/x"), 0),
            (shipments_of("ON_ROUTE", raw_url="N/A"), 0),
        ],
    )
    def test_are_made_only_while_a_link_can_come(self, one: Order, promises: int) -> None:
        assert told(UNNAMED_STORE, "en", one).html.count(PROMISE) == promises

    @pytest.mark.parametrize(
        "one", [shipments_of(), shipments_of("ON_ROUTE"), shipments_of("ON_ROUTE", "ON_ROUTE", links=1)]
    )
    def test_are_not_made_while_the_api_cannot_be_asked(self, one: Order) -> None:
        assert PROMISE not in told(UNNAMED_STORE, "en", one, payload={"api_unusable": True}).html


class TestTheLastDelivery:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("count", [1, 2])
    def test_is_the_couriers_word_and_keeps_the_links(self, language: str, count: int) -> None:
        one = shipments_of(*["DELIVERED"] * count, links=count)
        news = told(NAMED_STORE, language, one, kind=Kind.PARCEL_DELIVERED, shipment=f"S{count}")
        assert first_line(news).startswith("📦")
        assert len(tracking_urls(news)) == count
        card = told(NAMED_STORE, language, one)
        assert CATALOG.format(language, "courier-delivered") in card.html
        assert len(tracking_urls(card)) == count

    @pytest.mark.parametrize("kind", [Kind.PARCEL_DELIVERED, Kind.PARCEL_RETURNED])
    def test_of_several_that_did_not_all_arrive_says_that_none_is_under_way(self, kind: Kind) -> None:
        one = shipments_of("RETURNED", "DELIVERED")
        assert "No other package is under way" in told(UNNAMED_STORE, "en", one, kind=kind, shipment="S2").html


class TestACorrectionOfAPackage:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("status", "end", "lines"),
        [
            ("ON_ROUTE", "delivered", {"way": "yes"}),
            ("ASSIGNED", "returned", {"way": "no"}),
            ("INCIDENT", "delivered", {"way": "no"}),
        ],
    )
    def test_says_what_no_longer_holds_and_what_does(
        self, language: str, status: str, end: str, lines: dict[str, str]
    ) -> None:
        one = shipments_of(status, "ON_ROUTE", links=2)
        follower = subscription(notified_parcels={"S1": f"assigned {end}"})
        text = NAMED_STORE.notice(
            Notice(501, Kind.PARCEL_MISTAKEN, Ticks(0.0), order=OrderPk(1), status="ON_ROUTE", shipment="S1"),
            one,
            follower,
            Chat(501, language=language),
            now=WHEN,
        )
        values = {"n": 1, "total": 2, "end": end, **lines}
        news, holds = CATALOG.format(language, "parcel-mistaken", order="x", **values).splitlines()
        assert news.split("x", 1)[1] in first_line(text)
        assert holds in text.html
        trouble = CATALOG.format(language, "trouble-incident", n=1, total=2)
        assert (trouble in text.html, dict(text.troubles)) == (
            (True, {"S1": "incident"}) if status == "INCIDENT" else (False, {})
        )


class TestACard:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_the_packages_that_are_at_their_end_while_others_are_not(self, language: str) -> None:
        html = told(NAMED_STORE, language, shipments_of("DELIVERED", "RETURNED", "ON_ROUTE", links=3)).html
        for n, end in ((1, "delivered"), (2, "returned")):
            assert CATALOG.format(language, "package-ended", n=n, total=3, end=end) in html

    @pytest.mark.parametrize("statuses", [("ON_ROUTE",), ("RETURNED",), ("ON_ROUTE", "ON_ROUTE"), ("DELIVERED",) * 2])
    def test_names_no_end_else(self, statuses: tuple[str, ...]) -> None:
        html = told(UNNAMED_STORE, "en", shipments_of(*statuses)).html
        assert "is reported as delivered" not in html
        assert "went back to the store" not in html
