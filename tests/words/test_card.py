"""What a card says: its headline, sentences, packages, steps, times, items; what is left of it when it is folded."""

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.samples import LABEL, NUMBER, OF_PACKAGES, STORES, WAY, WHEN, order, past, subscription, told
from bot.simulators.telegram.text import parse_text
from bot.tracking.card_content import FoldReason, Page, PastStep, StaffTold
from bot.tracking.lead import Lead, News
from bot.tracking.model import Chat, Item, Kind, Level, Notice, Order, OrderPk, Receipt, Shipment, Ticks, Wall
from bot.tracking.statuses import TABLE, look_up
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import Text
from tests.key_catalog import key_catalog
from tests.message_keys import key_of, keys_in, says, values_of
from tests.words.rendered import CATALOG, LANGUAGES, NAMED_STORE, UNNAMED_STORE, assert_sendable, first_line

KEYS = Renderer(key_catalog(), STORES[1])
STATUSES = [*TABLE, "PACKED_BY_ROBOT"]


def card(one: Order, **content: Any) -> Text:
    return told(KEYS, "en", one, **content)


def shipments_of(*statuses: str, links: int = 0, status: str = "ON_ROUTE", **fields: Any) -> Order:
    known = tuple(
        Shipment(f"S{n}", n, one, "Swift", link=f"https://a.com/t/{n}" if n <= links else None, **fields)
        for n, one in enumerate(statuses, 1)
    )
    return Order("shop", NUMBER, id=OrderPk(1), status=status, shipments=known)


class TestTheHeadline:
    @pytest.mark.parametrize("status", STATUSES)
    def test_is_the_stage(self, status: str) -> None:
        stage = "arranging" if status == "PREPARING_SHIPPING" else look_up(status).stage
        assert key_of(card(order(status))) == f"headline-{stage}"

    @pytest.mark.parametrize("ends", [("DELIVERED",), ("RETURNED",), ("RETURNED",) * 3, ("DELIVERED", "RETURNED")])
    def test_says_how_all_packages_ended(self, ends: tuple[str, ...]) -> None:
        end = ends[0].lower() if len({*ends}) == 1 else "partly"
        text = card(shipments_of(*ends))
        assert key_of(text) == f"headline-{end}"
        assert says(text, f"all-{end}")
        assert not [key for key in keys_in(text) if key.startswith("step-")]
        assert f"short-{end}" in KEYS.order_phrase("en", shipments_of(*ends))

    @pytest.mark.parametrize("ends", [("DELIVERED", "ON_ROUTE"), ("RETURNED", "ASSIGNED"), ("RETURNED", "CREATED")])
    def test_is_the_stage_while_a_package_is_under_way(self, ends: tuple[str, ...]) -> None:
        assert key_of(card(shipments_of(*ends))) == "headline-on-its-way"

    def test_is_the_end_of_one_package_that_the_card_came_for(self) -> None:
        both = {"S1": News.DELIVERED, "S2": News.RETURNED}
        delivered = card(shipments_of("DELIVERED", "ON_ROUTE"), lead=Lead(news={"S1": News.DELIVERED}))
        assert says(delivered, "headline-package-delivered", n=1)
        assert says(
            card(shipments_of("DELIVERED", "RETURNED", "ON_ROUTE"), lead=Lead(news=both)),
            "headline-package-returned",
            n=2,
        )
        assert key_of(card(shipments_of("DELIVERED", "INCIDENT"), lead=Lead(news=both))) == "headline-incident"
        assert key_of(card(shipments_of("DELIVERED", "DELIVERED"), lead=Lead(news=both))) == "headline-delivered"

    def test_sends_nobody_to_fetch_what_went_back(self) -> None:
        text = card(shipments_of("RETURNED", "RETURNED", status="WAITING_FOR_PICKUP"))
        assert keys_in(text)[:2] == ["headline-returned", "all-returned"]
        assert not says(text, "state-waiting-for-pickup")

    @pytest.mark.parametrize(
        ("ends", "headline"),
        [
            (("ON_ROUTE", "ON_ROUTE"), "headline-unreported"),
            (("DELIVERED", "DELIVERED"), "headline-ready-for-pickup"),
            (("DELIVERED", "ON_ROUTE"), "headline-partly-there"),
            (("DELIVERED", "RETURNED"), "headline-partly-there"),
        ],
    )
    def test_of_pickup_says_whether_only_a_part_is_there(self, ends: tuple[str, ...], headline: str) -> None:
        one = shipments_of(*ends, status="WAITING_FOR_PICKUP")
        assert key_of(card(one)) == headline
        assert KEYS.order_phrase("en", one) == f"⟦{headline.replace('headline', 'short')}⟧"
        assert not says(card(one), "package")

    def test_of_a_reminder_says_first_that_only_a_part_is_there(self) -> None:
        part = shipments_of("DELIVERED", "ON_ROUTE", status="WAITING_FOR_PICKUP")
        assert key_of(card(part, lead=Lead(reminder=True))) == "headline-partly-there"

    @pytest.mark.parametrize("status", ["PACKING", "CANCELED"])
    def test_is_the_stage_where_the_order_is_not_on_its_way(self, status: str) -> None:
        assert key_of(card(shipments_of("RETURNED", status=status))) == f"headline-{look_up(status).stage}"

    def test_is_the_worst_open_trouble(self) -> None:
        assert key_of(card(shipments_of("ON_HOLD", "INCIDENT"))) == "headline-incident"
        assert key_of(card(shipments_of("ON_HOLD", "ON_ROUTE"))) == "headline-hold"
        assert key_of(card(shipments_of("INCIDENT", status="DELIVERED"))) == "headline-delivered"
        assert key_of(card(shipments_of("INCIDENT", closed=True))) == "headline-on-its-way"

    def test_says_picked_up_if_it_was_ready_for_pickup(self) -> None:
        assert key_of(card(order("DELIVERED", for_pickup=True))) == "headline-collected"
        assert key_of(card(order("DELIVERED", previous="WAITING_FOR_PICKUP"))) == "headline-collected"
        assert key_of(card(order("DELIVERED", previous="ON_ROUTE"))) == "headline-delivered"

    def test_only_reports_what_somebody_does_not_have(self) -> None:
        missing = subscription(receipt=Receipt.MISSING)
        assert key_of(card(order("DELIVERED"), follower=missing)) == "headline-missing"
        picked_up = card(order("DELIVERED", for_pickup=True), follower=missing)
        assert key_of(picked_up) == "headline-uncollected"
        assert says(picked_up, "uncollected-advice")
        assert not says(picked_up, "missing-advice")
        assert key_of(card(order("PACKING"), follower=missing)) == "headline-being-prepared"

    def test_has_the_label_instead_of_the_number_but_never_in_a_group(self) -> None:
        text = told(NAMED_STORE, "en", order("PACKING"), follower=subscription(LABEL))
        assert first_line(text) == "🛒 Being prepared · Order “mamá’s <gift>”"
        group = told(NAMED_STORE, "en", order("PACKING"), follower=subscription(LABEL), chat_kind="supergroup")
        assert "gift" not in group.html
        assert first_line(group) == f"🛒 Being prepared · Order {NUMBER}"


class TestSentences:
    @pytest.mark.parametrize("status", STATUSES)
    def test_are_the_statuss_own(self, status: str) -> None:
        key = f"state-{status.lower().replace('_', '-')}" if status in TABLE else "state-unknown"
        assert says(card(order(status)), key)

    def test_of_a_trouble_replace_it(self) -> None:
        text = card(shipments_of("INCIDENT", "ON_ROUTE"))
        assert says(text, "trouble-incident", n=1, total=2)
        assert not says(text, "state-on-route")
        assert says(text, "step-trouble", step=4)

    def test_promise_nothing_of_what_went_back(self) -> None:
        assert says(card(shipments_of("RETURNED", "ON_ROUTE")), "step-trouble", step=4)
        assert says(card(shipments_of("DELIVERED", "ON_ROUTE")), "step-on-its-way")

    @pytest.mark.parametrize(("ends", "there"), [(("DELIVERED", "ON_ROUTE"), 1), (("DELIVERED", "RETURNED"), 1)])
    def test_send_nobody_to_fetch_a_part(self, ends: tuple[str, ...], there: int) -> None:
        text = card(shipments_of(*ends, status="WAITING_FOR_PICKUP"), lead=Lead(news={"S1": News.DELIVERED}))
        assert keys_in(text)[1:4] == ["pickup-partly", "pickup-doubted-at", "state-waiting-for-pickup"]
        assert says(text, "pickup-partly", there=there, total=len(ends))
        assert not says(text, "news-delivered")

    @pytest.mark.parametrize("ends", [("ON_ROUTE",), ("ON_ROUTE", "PICKED"), ("ASSIGNED", "ON_ROUTE")])
    def test_send_nobody_to_fetch_what_a_courier_still_has(self, ends: tuple[str, ...]) -> None:
        text = card(shipments_of(*ends, status="WAITING_FOR_PICKUP"))
        assert keys_in(text)[:4] == [
            "headline-unreported",
            "pickup-unreported",
            "pickup-doubted-at",
            "state-waiting-for-pickup",
        ]

    @pytest.mark.parametrize("ends", [(), ("ASSIGNED", "ASSIGNED"), ("DELIVERED", "DELIVERED")])
    def test_doubt_nothing_where_the_couriers_do_not(self, ends: tuple[str, ...]) -> None:
        text = card(shipments_of(*ends, status="WAITING_FOR_PICKUP"))
        assert says(text, "pickup-at")
        assert not says(text, "pickup-partly")
        assert not says(text, "pickup-unreported")

    @pytest.mark.parametrize("count", [1, 2, 3])
    def test_say_once_that_the_last_package_is_there(self, count: int) -> None:
        news = {f"S{n}": News.DELIVERED for n in range(1, count + 1)}
        text = card(shipments_of(*["DELIVERED"] * count, status="WAITING_FOR_PICKUP"), lead=Lead(news=news))
        assert keys_in(text).count("pickup-complete") == 1
        assert not says(text, "news-delivered")

    def test_name_several_couriers_only_where_their_names_differ(self) -> None:
        two = tuple(Shipment(f"S{n}", n, "ON_ROUTE", name) for n, name in enumerate(("Swift", "Blue Van"), 1))
        differ = Order("shop", NUMBER, id=OrderPk(1), status="ON_ROUTE", shipments=two)
        assert says(card(differ), "link-later", couriers="several")
        assert says(card(shipments_of("ON_ROUTE", "ON_ROUTE")), "link-later", couriers="one")

    def test_tell_no_step_again_after_other_news(self) -> None:
        text = card(shipments_of("ON_ROUTE"), lead=Lead(news={"S1": News.INCIDENT_SOLVED}))
        assert says(text, "courier", courier="Swift")
        assert not says(text, "state-on-route")

    def test_name_courier_and_store(self) -> None:
        text = card(shipments_of("ON_ROUTE"))
        assert values_of(text, "state-on-route").items() >= {"courier": "Swift", "store": "eMercado"}.items()

    @pytest.mark.parametrize(("news", "key"), [(news, f"news-{news}") for news in News if "-" in news])
    def test_tell_the_news_of_each_package_first(self, news: News, key: str) -> None:
        text = card(shipments_of("ON_ROUTE", "ON_ROUTE"), lead=Lead(news={"S2": news}))
        assert keys_in(text)[1] == key
        assert not says(text, "state-on-route")  # it says how many packages there are, and so do the news
        assert says(text, key, n=2, total=2)

    @pytest.mark.parametrize("end", ["DELIVERED", "RETURNED"])
    def test_tell_the_end_of_one_of_several(self, end: str) -> None:
        lead = Lead(news={"S1": News(end.lower())})
        assert says(card(shipments_of(end, "ON_ROUTE"), lead=lead), f"news-{end.lower()}", n=1, total=2)

    @pytest.mark.parametrize("count", [1, 2])
    def test_say_that_all_is_delivered_once(self, count: int) -> None:
        text = card(shipments_of(*["DELIVERED"] * count), lead=Lead(news={"S1": News.DELIVERED}))
        assert says(text, "all-delivered", total=count)
        assert not says(text, "news-delivered")

    @pytest.mark.parametrize("count", [1, 2])
    def test_say_that_all_went_back_once(self, count: int) -> None:
        text = card(shipments_of(*["RETURNED"] * count), lead=Lead(news={"S1": News.RETURNED}))
        assert says(text, "all-returned", total=count)
        assert not says(text, "news-returned")

    @pytest.mark.parametrize("level", Level)
    def test_promise_something_once(self, level: Level) -> None:
        first = {"follower": subscription(level=level), "lead": Lead(first=True)}
        for one in (order("ON_ROUTE"), order("PACKED_BY_ROBOT"), shipments_of("INCIDENT"), shipments_of("ON_HOLD")):
            promises = ("following-", "link-later", "trouble-", "state-unknown")
            assert len([key for key in keys_in(card(one, **first)) if key.startswith(promises)]) == 1

    def test_say_why_else_the_card_came(self) -> None:
        assert says(card(shipments_of("ON_ROUTE", links=1), lead=Lead(links=("S1",))), "link-came")
        assert key_of(card(order("WAITING_FOR_PICKUP"), lead=Lead(reminder=True))) == "headline-reminder"
        assert says(card(order("PACKING"), lead=Lead(late=True)), "late")

    def test_of_pickup_name_the_place_or_what_was_chosen(self) -> None:
        text = card(order("WAITING_FOR_PICKUP"))
        assert values_of(text, "pickup-at")["place"] == "eMercado Centro, Calle 5 & 6"
        nowhere = Renderer(key_catalog(), StoreInfo("Shop", pickup_map_url="https://maps.example.com"))
        assert says(told(nowhere, "en", order("WAITING_FOR_PICKUP")), "pickup-at-checkout")

    def test_of_pickup_show_the_number_that_a_label_hides(self) -> None:
        text = card(order("WAITING_FOR_PICKUP"), follower=subscription(LABEL))
        assert says(text, "state-waiting-for-pickup", labelled="yes", number=NUMBER)

    def test_of_an_unknown_order_say_that_it_is_not_seen_yet(self) -> None:
        notice = Notice(1, Kind.CARD, Ticks(0.0), payload={"number": NUMBER})
        text = KEYS.notice(notice, None, None, Chat(1, language="en"), now=WHEN)
        assert text == KEYS.notice(notice, Order("shop", NUMBER), None, Chat(1, language="en"), now=WHEN)
        assert says(text, "not-there", number=NUMBER) or key_of(text) == "not-there"

    @pytest.mark.parametrize(("kind", "label"), [("private", LABEL), ("group", None)])
    def test_of_an_unknown_order_show_no_label_in_a_group(self, kind: str, label: str | None) -> None:
        text = told(
            NAMED_STORE, "en", Order("shop", NUMBER, id=OrderPk(1)), follower=subscription(LABEL), chat_kind=kind
        )
        assert ("gift" in text.html) is (label is not None)

    @pytest.mark.parametrize(
        ("one", "later"),
        [
            (shipments_of(), True),
            (shipments_of("ON_ROUTE"), True),
            (shipments_of("ON_ROUTE", "ASSIGNED", links=1), True),
            (shipments_of("ON_ROUTE", links=1), False),
            (shipments_of("ON_ROUTE", closed=True), False),
            (shipments_of("ON_ROUTE", raw_url="http://localhost/x"), False),
            (shipments_of("ON_ROUTE", raw_url="N/A"), False),
            (shipments_of("ON_ROUTE", status="PACKING"), False),
        ],
    )
    def test_promise_a_link_only_while_one_can_come(self, one: Order, *, later: bool) -> None:
        assert says(card(one), "link-later") is later
        assert not says(card(one, promises=False), "link-later")

    @pytest.mark.parametrize(
        ("ends", "links", "missing"),
        [
            ("ON_ROUTE", 0, "only"),
            ("ON_ROUTE ON_ROUTE ON_ROUTE", 0, "all"),
            ("ON_ROUTE ON_ROUTE ON_ROUTE", 1, "missing"),
            ("RETURNED ON_ROUTE ON_ROUTE", 0, "others"),
            ("RETURNED DELIVERED ON_ROUTE ON_ROUTE", 0, "others"),
        ],
    )
    def test_promise_those_links_that_are_missing(self, ends: str, links: int, missing: str) -> None:
        one = shipments_of(*ends.split(), links=links)
        assert says(card(one), "link-later", links=missing, couriers="one")

    @pytest.mark.parametrize(
        ("ends", "links", "n"),
        [("ON_ROUTE ON_ROUTE ON_ROUTE", 2, 3), ("RETURNED ON_ROUTE", 0, 2), ("ON_ROUTE DELIVERED", 0, 1)],
    )
    def test_name_the_package_whose_link_alone_is_missing(self, ends: str, links: int, n: int) -> None:
        assert says(card(shipments_of(*ends.split(), links=links)), "link-later", links="one", n=n)

    def test_name_the_courier_before_the_order_leaves(self) -> None:
        assert says(card(shipments_of("CREATED", status="READY_FOR_SHIPPING")), "courier", courier="Swift")
        assert says(card(shipments_of("ASSIGNED", status="READY_FOR_SHIPPING")), "assigned", courier="Swift")
        assert not says(card(shipments_of("CREATED", status="PACKING")), "courier")

    def test_escape_hostile_names(self) -> None:
        shipment = Shipment("S1", 1, "ON_ROUTE", courier='<a href="x">evil.com</a>\u202e', link="https://a.com/t/1")
        one = Order("shop", NUMBER, id=OrderPk(1), status="ON_ROUTE", shipments=(shipment,))
        text = told(UNNAMED_STORE, "en", one, follower=subscription("@admin <script>"))
        assert_sendable(text)
        assert "<a" not in text.html
        assert "“<code>@admin &lt;script&gt;</code>”" in text.html


class TestDelivered:
    def test_says_who_reports_it_and_when(self) -> None:
        by_courier = card(shipments_of("DELIVERED", status="DELIVERED"))
        assert says(by_courier, "state-delivered", known="yes", courier="Swift", timed="no")
        by_store = card(order("DELIVERED"))
        assert values_of(by_store, "state-delivered").items() >= {"known": "no", "timed": "at"}.items()
        assert values_of(card(order("DELIVERED", since=None, observed_at=WHEN)), "state-delivered")["timed"] == "seen"

    def test_says_once_that_only_the_stores_notices_report_it(self) -> None:
        text = card(order("DELIVERED", by_chain=True))
        assert says(text, "state-delivered", known="no")
        assert not says(text, "by-store")

    def test_says_of_what_was_picked_up_who_reports_that(self) -> None:
        text = card(order("DELIVERED", for_pickup=True))
        assert says(text, "state-collected", timed="at")
        assert not says(text, "state-delivered")

    @pytest.mark.parametrize(("told_to", "words"), [*((who, who.value) for who in StaffTold), (None, "nobody")])
    def test_what_is_missing_is_answered_with_help(self, told_to: StaffTold | None, words: str) -> None:
        text = card(order("DELIVERED"), follower=subscription(receipt=Receipt.MISSING), staff_told=told_to)
        assert says(text, "receipt-missing", told=words)
        assert says(text, "missing-advice")
        assert not says(text, "state-delivered")

    @pytest.mark.parametrize("receipt", [Receipt.GOOD, Receipt.FOUND])
    def test_what_is_there_is_answered_warmly(self, receipt: Receipt) -> None:
        assert says(card(order("DELIVERED"), follower=subscription(receipt=receipt)), f"receipt-{receipt}")

    @pytest.mark.parametrize("receipt", list(Receipt))
    def test_a_group_is_told_nothing_personal(self, receipt: Receipt) -> None:
        text = card(order("DELIVERED"), follower=subscription(receipt=receipt), chat_kind="group")
        assert not any(key.startswith("receipt-") for key in keys_in(text))


class TestPackages:
    def test_are_listed_only_if_there_are_several(self) -> None:
        assert "package" not in keys_in(card(shipments_of("ON_ROUTE")))
        listed = [key for key in keys_in(card(shipments_of("ON_ROUTE", "DELIVERED"))) if key == "package"]
        assert len(listed) == 2

    @pytest.mark.parametrize(
        ("status", "how"),
        [
            ("PICKED", "on-its-way"),
            ("ON_ROUTE", "on-its-way"),
            ("ASSIGNED", "waiting"),
            ("CREATED", "other"),
            ("TRANSFER", "other"),
            ("INCIDENT", "incident"),
            ("ON_HOLD", "hold"),
            ("DELIVERED", "delivered"),
            ("RETURNED", "returned"),
        ],
    )
    def test_say_how_each_stands(self, status: str, how: str) -> None:
        values: dict[str, Any] = {"is": how, "n": 2, "courier": "Swift"}
        assert says(card(shipments_of("ON_ROUTE", status)), "package", **values)

    def test_are_limited(self) -> None:
        text = told(UNNAMED_STORE, "en", shipments_of(*["ON_ROUTE"] * 90, links=90))
        assert_sendable(text)
        assert text.html.count("<b>Package ") == 20

    def test_of_an_order_that_is_over_are_listed_only_if_they_differ(self) -> None:
        assert "package" in keys_in(card(shipments_of("DELIVERED", "RETURNED", status="DELIVERED")))
        assert "package" not in keys_in(card(shipments_of("DELIVERED", "DELIVERED", status="DELIVERED")))

    @pytest.mark.parametrize("late", ["ON_ROUTE", "ASSIGNED", "INCIDENT", "PENDING"])
    def test_of_an_order_that_is_over_are_not_listed_with_one_that_its_end_makes_wrong(self, late: str) -> None:
        assert "package" not in keys_in(card(shipments_of("DELIVERED", late, status="DELIVERED")))


@pytest.mark.parametrize(
    ("status", "key"),
    [
        ("PENDING", "step-received"),
        ("READY_FOR_PACKING", "step-being-prepared"),
        ("INVOICED", "step-packed"),
        ("PREPARING_SHIPPING", "step-packed"),
        ("READY_FOR_SHIPPING", "step-awaiting-courier"),
        ("ON_ROUTE", "step-on-its-way"),
        ("WAITING_FOR_PICKUP", "step-ready-for-pickup"),
        *((status, None) for status in ("DELIVERED", "RETURNED", "CANCELED", "IDLE", "ODD")),
    ],
)
def test_the_step_says_how_far_it_is(status: str, key: str | None) -> None:
    assert [one for one in keys_in(card(order(status))) if one.startswith("step-")] == ([key] if key else [])


class TestTimes:
    def test_updated_is_the_newest_thing_on_the_card(self) -> None:
        assert f'unix="{int(WHEN)}" format="r"' in card(order("PACKING"), history=WAY).html
        later = (PastStep(Wall(WHEN + 100), "service", "ON_ROUTE", "INCIDENT", "S1"), *WAY)
        assert f'unix="{int(WHEN) + 100}" format="r"' in card(shipments_of("INCIDENT"), history=later).html

    def test_an_end_has_its_time_in_the_timeline(self) -> None:
        assert not says(card(order("CANCELED"), history=past("CANCELED")), "updated")
        assert says(card(order("CANCELED")), "updated")

    def test_checked_and_old_are_said(self) -> None:
        assert "2:23" in values_of(card(order("PACKING"), checked_at=WHEN + 600), "updated-checked")["clock"]
        old = values_of(card(order("PACKING"), is_stale=True, age=600.0, history=WAY), "updated-last-checked")
        assert "2:18" in old["clock"]
        assert "2:13" in old["updated"]
        over = card(order("CANCELED"), is_stale=True, age=600.0, history=past("CANCELED"))
        assert "2:18" in values_of(over, "last-checked")["clock"]
        assert says(card(order("PACKING"), is_stale=True), "last-checked-unknown")

    @pytest.mark.parametrize("odd", [-5.0, 1e300, 0.0])
    def test_may_be_out_of_range(self, odd: float) -> None:
        assert_sendable(told(UNNAMED_STORE, "en", order("PACKING", since=odd), history=past("PACKING", end=odd)))


class TestTheTimeline:
    def test_is_a_quotation_with_a_clock_in_the_stores_zone(self) -> None:
        renderer = Renderer(CATALOG, StoreInfo(timezone=ZoneInfo("America/Lima")))
        html = told(renderer, "en", order("PICKING"), history=past("PENDING", "PICKING")).html.replace("\u202f", " ")
        assert "<blockquote expandable>9:13 AM  Items being gathered\n9:03 AM  Order received</blockquote>" in html

    def test_shows_the_day_where_it_is_not_today(self) -> None:
        html = told(UNNAMED_STORE, "en", order("PICKING"), history=past("PENDING", end=WHEN - 86_400)).html
        assert "Sep 20, 2:13" in html

    def test_says_what_was_only_seen(self) -> None:
        seen = (PastStep(Wall(WHEN), "seen", None, "PACKING"),)
        assert values_of(card(order("PACKING"), history=seen), "past")["seen"] == "yes"
        assert values_of(card(order("PACKING"), history=past("PACKING")), "past")["seen"] == "no"

    def test_names_packages_and_couriers(self) -> None:
        text = card(shipments_of("INCIDENT", "ON_ROUTE"), history=OF_PACKAGES)
        lines = [key for key in keys_in(text.html.split("<blockquote")[1]) if key == "past"]
        assert len(lines) == 3
        assert "past-package-incident" in text.html
        assert "courier=Swift" in text.html

    @pytest.mark.parametrize(
        ("status", "key"), [("WAITING_FOR_PICKUP", "past-package-there"), ("ON_ROUTE", "past-package-delivered")]
    )
    def test_tells_the_pickup_place_from_the_shoppers_door(self, status: str, key: str) -> None:
        came = (PastStep(Wall(WHEN), "service", "ON_ROUTE", "DELIVERED", "S1"),)
        assert f"⟦{key}" in card(shipments_of("DELIVERED", "ON_ROUTE", status=status), history=came).html

    def test_is_not_there_without_a_history(self) -> None:
        assert "blockquote" not in card(order("PACKING")).html


class TestWhatWillCome:
    @pytest.mark.parametrize("level", list(Level))
    def test_is_said_on_the_first_card_by_level(self, level: Level) -> None:
        follower = subscription(level=level)
        assert says(card(order("PACKING"), follower=follower, lead=Lead(first=True)), f"following-{level}")
        assert not says(card(order("PACKING"), follower=follower), f"following-{level}")
        assert not says(card(order("DELIVERED"), follower=follower, lead=Lead(first=True)), f"following-{level}")

    def test_is_promised_only_once_in_a_card(self) -> None:
        assert not says(card(shipments_of("INCIDENT"), lead=Lead(first=True)), "following-main")

    def test_is_said_once_after_the_levels_have_changed(self) -> None:
        assert says(card(order("PACKING"), says_levels=True), "levels-changed")


class TestItems:
    def items(self, *, items_for: str, verified: bool, kind: str = "private") -> str:
        renderer = Renderer(CATALOG, STORES[0], items_for=items_for)
        one = order("ON_ROUTE", items=tuple(Item(f"Milk {n}", 1.5) for n in range(8)))
        return told(renderer, "en", one, follower=subscription(verified=verified), chat_kind=kind).html

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
        assert "and 3 other products" in text

    @pytest.mark.parametrize(("status", "first", "fits"), [("PACKING", False, False), ("PACKING", True, True)])
    def test_fit_where_they_are_needed(self, status: str, *, first: bool, fits: bool) -> None:
        renderer = Renderer(CATALOG, STORES[0], items_for="all")
        one = order(status, items=(Item("Milk"),))
        assert ("Milk" in told(renderer, "en", one, lead=Lead(first=first)).html) is fits


class TestTheFingerprint:
    def test_ignores_only_what_ticks(self) -> None:
        one = card(order("PACKING", since=WHEN))
        assert one.fingerprint == card(order("PACKING", since=WHEN - 60)).fingerprint
        assert one.fingerprint == card(order("PACKING"), kind=Kind.EDIT).fingerprint

    @pytest.mark.parametrize(
        "changed",
        [
            {"checked_at": WHEN},
            {"is_stale": True},
            {"page": Page.MORE},
            {"history": WAY},
            {"lead": Lead(late=True)},
            {"follower": subscription(LABEL)},
        ],
    )
    def test_changes_with_what_is_shown(self, changed: dict[str, Any]) -> None:
        assert card(order("PACKING")).fingerprint != card(order("PACKING"), **changed).fingerprint
        assert card(order("PACKING")).fingerprint != card(order("PICKING")).fingerprint

    def test_is_that_of_a_card_alone(self) -> None:
        assert card(order("PACKING"), kind=Kind.FOLD).fingerprint is None
        assert card(order("PACKING"), kind=Kind.NOTE).fingerprint is None


class TestAFoldedCard:
    @pytest.mark.parametrize("why", list(FoldReason))
    def test_is_one_line_of_the_first_and_the_last_step(self, why: FoldReason) -> None:
        text = card(order("ON_ROUTE"), kind=Kind.FOLD, history=WAY, fold=why)
        assert text.buttons == ()
        assert "\n" not in text.html
        assert says(text, "fold", why=why.value)
        assert [key for key in keys_in(text.html.split("steps=")[1]) if key == "fold-step"] == ["fold-step"] * 2

    def test_in_words(self) -> None:
        renderer = Renderer(CATALOG, StoreInfo(timezone=UTC))
        text = told(renderer, "en", order("INVOICED"), kind=Kind.FOLD, history=past("PENDING", "PACKING", "INVOICED"))
        words = f"📦 Order <code>{NUMBER}</code>: received by the store 1:53 PM, packed 2:13 PM. Newer message below."
        assert text.html.replace("\u202f", " ") == words

    @pytest.mark.parametrize(
        ("left", "ends", "last"),
        [
            ("", "", "ready for pickup 2:13 PM"),
            ("S1", "", "ready, but ask before you go 2:13 PM"),
            ("S1 S2", "", "ready, but ask before you go 2:13 PM"),
            ("S1 S2", "S1", "part is at the pickup place 2:14 PM"),
            ("", "S1", "part is at the pickup place 2:14 PM"),
            ("S1 S2", "S1 S2", "ready for pickup 2:13 PM"),
        ],
    )
    def test_says_what_was_there_when_it_was_right(self, left: str, ends: str, last: str) -> None:
        renderer = Renderer(CATALOG, StoreInfo(timezone=UTC))
        one = shipments_of("DELIVERED", "DELIVERED", status="WAITING_FOR_PICKUP")
        own = past("PENDING", "WAITING_FOR_PICKUP")
        arrived = [
            PastStep(Wall(WHEN + 60 * n), "service", "ON_ROUTE", "DELIVERED", key)
            for n, key in enumerate(ends.split(), 1)
        ]
        away = [PastStep(Wall(WHEN - 60), "service", "ASSIGNED", "ON_ROUTE", key) for key in left.split()]
        history = (*reversed(arrived), own[0], *away, *own[1:])
        text = told(renderer, "en", one, kind=Kind.FOLD, history=history).html.replace("\u202f", " ")
        assert text.endswith(f", {last}. Newer message below.")
        assert text.startswith("🛍️ ")

    def test_without_a_history_names_the_state(self) -> None:
        text = told(UNNAMED_STORE, "en", order("PACKING"), kind=Kind.FOLD)
        assert text.html == f"🛒 Order <code>{NUMBER}</code>: being prepared. Newer message below."

    def test_with_one_step_names_it_once(self) -> None:
        text = told(UNNAMED_STORE, "en", order("PACKING"), kind=Kind.FOLD, history=past("PICKING", "PACKING"))
        assert text.html.count("being prepared") == 1


class TestOtherMessages:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", [Kind.NEVER_SEEN, Kind.ARCHIVED, Kind.NOTE])
    def test_can_be_sent_and_have_only_the_way_to_the_store(self, language: str, kind: Kind) -> None:
        words = "a <b>\n\n\n\nsee https://shop.com " + "&" * 9000
        payload = {"text": words, "days": 1, "number": NUMBER}
        text = told(NAMED_STORE, language, order("PACKING"), kind=kind, payload=payload)
        parse_text(text.html, "HTML")
        assert NUMBER in first_line(text)
        assert [button.value for row in text.buttons for button in row] == ["https://emercado.com/ask"]

    def test_a_name_is_asked_for(self) -> None:
        text = card(order("PACKING"), kind=Kind.NAME)
        assert (key_of(text), text.asks, text.buttons) == ("name-ask", True, ())

    @pytest.mark.parametrize(
        "payload", [{"alert": "no-such"}, {"alert": "unknown-status"}, {}, {"alert": "x", "args": 3}]
    )
    def test_an_alert_without_a_message_of_its_own_is_still_shown(self, payload: dict[str, Any]) -> None:
        text = UNNAMED_STORE.notice(Notice(1, Kind.ALERT, Ticks(0.0), payload=payload), None, None, Chat(1), now=WHEN)
        assert "Something needs a look" in text.html

    def test_an_alert_escapes_its_arguments(self) -> None:
        payload = {"alert": "unknown-status", "args": {"raw": "ROBOT<1>", "number": NUMBER}}
        text = UNNAMED_STORE.notice(Notice(1, Kind.ALERT, Ticks(0.0), payload=payload), None, None, Chat(1), now=WHEN)
        assert "<code>ROBOT&lt;1&gt;</code>" in text.html
