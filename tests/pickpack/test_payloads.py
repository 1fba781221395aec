"""How bytes from Pick and Pack are parsed, and what is malformed."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pickpack.errors import MalformedResponseError, MalformedWebhookError
from bot.pickpack.payloads import IgnoredWebhook, parse_snapshot, parse_token, parse_webhook
from bot.simulators.pickpack.orders import (
    AGENT,
    EVIDENCE,
    PRICE,
    CourierService,
    SimulatedItem,
    SimulatedOrder,
    order_json,
)
from bot.tracking.events import OrderSnapshot, StatusChanged
from bot.tracking.model import Item

EVENT = {
    "orderId": "XDE-1253881550433-01",
    "oldStatus": "PENDING",
    "newStatus": "READY_FOR_PICKING",
    "hostname": "picknpackstore",
}
ORDER = {"hostname": "store", "orderId": "A-1", "fulfillmentStatus": "ON_ROUTE"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


SAYS_NOTHING = [None, "", "  ", "\u2800", "\u200b\u3164", "null", "undefined", "N/A", "-", "{{status}}"]
MISMAPPED: list[object] = [
    {"orderid": "A-1", "oldstatus": "PENDING", "newstatus": "PICKING", "hostname": "store"},
    {"order_id": "A-1", "old_status": "PENDING", "new_status": "PICKING", "hostname": "store"},
    {"OrderId": "A-1", "OldStatus": "PENDING", "NewStatus": "PICKING", "HostName": "store"},
    {"orderId": "A-1", "status": "PICKING", "hostname": "store"},
    {"orderId": "A-1", "status": "on-route"},
    {"id": 7, "order": {"id": "A-1"}, "fulfillmentStatus": "PICKING"},
    {"orderNumber": 1001, "newStatus": "PICKING", "hostname": "store"},
    {"orderId": "A-1", "newStatus": "PICKING", "oldStatus": "PENDING", "hostName": "store"},
    {"orderId": "A-1", "newStatus": "PICKING", "account": "store"},
    {"event": {"order": {"id": "A-1"}, "status": {"name": "PICKING"}}},
    {"data": EVENT},
    {"payload": EVENT | {"orderId": "A-1"}, "event": "order.status"},
    {"order": {"orderId": "A-1", "newStatus": "PICKING"}, "hostname": "store"},
    {"body": json.dumps(EVENT)},
    {"a": {"b": {"orderId": "A-1", "state": "PICKING"}}},
    [EVENT],
    [EVENT, EVENT],
    json.dumps(EVENT),
    {
        "Domain": "Fulfillment",
        "OrderId": "A-1",
        "State": "payment-pending",
        "LastState": "order-completed",
        "LastChange": "2026-11-27T20:00:00Z",
        "CurrentChange": "2026-11-27T20:00:01Z",
        "Origin": {"Account": "store", "Sender": "Gatekeeper"},
    },
    {"Domain": "Marketplace", "OrderId": "A-1", "State": "order-created", "LastState": None},
    EVENT | {"orderId": 123, "newStatus": "PICKING"},
    EVENT | {"orderId": {"value": "A-1"}, "newStatus": "PICKING"},
    EVENT | {"newStatus": {"name": "PICKING"}},
    EVENT | {"newStatus": ["PICKING"]},
    EVENT | {"oldStatus": ["PENDING"], "newStatus": "PICKING"},
    EVENT | {"oldStatus": {"name": "PENDING"}, "newStatus": "PICKING"},
    EVENT | {"hostname": {"name": "store"}},
    EVENT | {"hostname": 7},
    {"orderId": "A-1", "newStatus": "PICKING"},
    {"orderId": "A-1", "oldStatus": "PENDING", "newStatus": "PICKING"},
    b"orderId=A-1&oldStatus=PENDING&newStatus=PICKING&hostname=store",
    b"payload=%7B%22orderId%22%3A%22A-1%22%2C%22newStatus%22%3A%22PICKING%22%7D",
]
OTHER_KINDS: list[object] = [
    {"hookConfig": "ping"},
    {"data": {"type": "RETURN_STATUS", "orderId": "A-1", "newStatus": "PICKING"}},
    {"event": "worksheetStatus", "data": {"worksheetId": "W", "orderId": "A-1", "status": "PICKING"}},
    {"orderId": "A-1", "invoiceNumber": "7", "hostname": "store"},
    {"orderId": "A-1", "status": "success"},
    {"worksheet-id": 7, "orderid": "A-1", "newstatus": "PICKING"},
    {"status": "PICKING"},
    {"id": "A-1", "status": "PICKING"},
    {"data": []},
]

SERVICE = {
    "serviceId": "S-1", "serviceStatus": "ON_ROUTE", "courier": "Swift", "trackingUrl": "https://swift.example.com/1",
}  # fmt: skip
SAME_SERVICE = [
    SERVICE,
    {"service_id": "S-1", "service_status": "on route", "Courier": "Swift", "tracking_url": SERVICE["trackingUrl"]},
    {"id": "S-1", "status": "on-route", "carrierName": "Swift", "trackingURL": SERVICE["trackingUrl"]},
    {"id": "S-1", "status": "OnRoute", "carrier": {"id": 4, "name": "Swift"}, "trackingLink": SERVICE["trackingUrl"]},
    {"ID": "S-1", "state": "ONROUTE", "carrier": "Swift", "url": SERVICE["trackingUrl"]},
    {"id": "S-1", "status": {"name": "ON_ROUTE"}, "courierName": "Swift", "url": {"href": SERVICE["trackingUrl"]}},
    {"id": "S-1", "status": "ON_ROUTE", "courier": None, "carrier_name": "Swift", "link": [SERVICE["trackingUrl"]]},
    {**SERVICE, "serviceStatus": "", "status": "ON_ROUTE", "courier": "\u2800", "carrierName": "Swift"},
]  # fmt: skip
SAME_SHIPPING = [
    {"services": [SERVICE]},
    {"services": SERVICE},
    {"services": {"S-1": SERVICE}},
    {"services": {"S-1": {name: value for name, value in SERVICE.items() if name != "serviceId"}}},
    {"services": json.dumps([SERVICE])},
    {"services": json.dumps(SERVICE)},
    {"services": [json.dumps(SERVICE)]},
    {"services": [[SERVICE]]},
    {"services": [[], [json.dumps([SERVICE])]]},
    [[{"services": [SERVICE]}]],
    {"Services": [SERVICE]},
    json.dumps({"services": [SERVICE]}),
    [{"services": [SERVICE]}],
    [SERVICE],
    SERVICE,
    {"S-1": SERVICE},
]


def as_bytes(value: object) -> bytes:
    return json.dumps(value).encode()


def webhook_body(**changes: object) -> bytes:
    return as_bytes(EVENT | changes)


def webhook_without(name: str) -> bytes:
    return as_bytes({key: value for key, value in EVENT.items() if key != name})


def parsed_snapshot(**changes: object) -> OrderSnapshot:
    return parse_snapshot(as_bytes({"message": "OK", "data": ORDER | changes}), "A-1")


def services(*entries: object) -> dict[str, object]:
    return {"trackingId": "T", "services": list(entries)}


class TestWebhook:
    def test_the_documented_example_is_parsed(self) -> None:
        assert parse_webhook(as_bytes(EVENT)) == StatusChanged(
            hostname="picknpackstore", order_id="XDE-1253881550433-01", old="PENDING", new="READY_FOR_PICKING"
        )

    def test_statuses_are_normalised(self) -> None:
        event = parse_webhook(webhook_body(oldStatus=" on route ", newStatus="Cancelled", orderId=" A-1 "))
        assert event == StatusChanged(hostname="picknpackstore", order_id="A-1", old="ON_ROUTE", new="CANCELED")

    def test_an_unknown_status_is_accepted(self) -> None:
        event = parse_webhook(webhook_body(newStatus="BEAMED_UP"))
        assert isinstance(event, StatusChanged)
        assert event.new == "BEAMED_UP"

    def test_the_type_order_status_is_accepted(self) -> None:
        assert isinstance(parse_webhook(webhook_body(type="order_status")), StatusChanged)
        assert isinstance(parse_webhook(webhook_body(type=None, returnId=None)), StatusChanged)

    @pytest.mark.parametrize(
        "body",
        [
            webhook_body(type="INVOICING"),
            webhook_body(type="RETURN_STATUS"),
            webhook_body(type=7),
            webhook_body(worksheetId="W-1"),
            webhook_body(returnId=5),
            as_bytes({"orderId": "A-1", "hostname": "store"}),
            as_bytes({"type": "WORKSHEET_STATUS"}),
        ],
    )
    def test_another_kind_of_webhook_is_ignored(self, body: bytes) -> None:
        assert isinstance(parse_webhook(body), IgnoredWebhook)

    @pytest.mark.parametrize("name", list(EVENT))
    @pytest.mark.parametrize("value", [5, True, [], {}, "a\x00b", "a\nb", "\ud800", ["ON_ROUTE"]])
    def test_an_error_names_the_invalid_field(self, name: str, value: object) -> None:
        with pytest.raises(MalformedWebhookError, match=name):
            parse_webhook(webhook_body(**{name: value}))

    @pytest.mark.parametrize("name", ["orderId", "newStatus", "hostname"])
    @pytest.mark.parametrize("value", SAYS_NOTHING)
    def test_an_error_names_the_field_that_says_nothing(self, name: str, value: object) -> None:
        with pytest.raises(MalformedWebhookError, match=name) as caught:
            parse_webhook(webhook_body(**{name: value}))
        assert caught.value.fields is None

    @pytest.mark.parametrize("value", SAYS_NOTHING)
    def test_an_old_status_that_says_nothing_is_not_said(self, value: object) -> None:
        for body in (webhook_body(oldStatus=value), webhook_without("oldStatus")):
            event = parse_webhook(body)
            assert isinstance(event, StatusChanged)
            assert (event.old, event.new) == (None, "READY_FOR_PICKING")

    @pytest.mark.parametrize("name", ["orderId", "hostname"])
    def test_an_id_that_is_too_long_for_one_is_malformed(self, name: str) -> None:
        with pytest.raises(MalformedWebhookError, match=name):
            parse_webhook(webhook_body(**{name: "x" * 300}))

    def test_a_status_that_is_too_long_is_cut(self) -> None:
        event = parse_webhook(webhook_body(oldStatus="o" * 30_000, newStatus="n" * 30_000, note="x" * 1000))
        assert isinstance(event, StatusChanged)
        assert (event.old, event.new) == ("O" * 64, "N" * 64)

    def test_signs_that_nobody_sees_around_an_id_are_no_part_of_it(self) -> None:
        event = parse_webhook(webhook_body(orderId="\u200bA-1\ufeff\u2800"))
        assert isinstance(event, StatusChanged)
        assert event.order_id == "A-1"

    @pytest.mark.parametrize("body", MISMAPPED)
    def test_an_event_that_can_be_guessed_but_not_read_says_what_is_expected_and_seen(self, body: object) -> None:
        with pytest.raises(MalformedWebhookError, match="hostname") as caught:
            parse_webhook(body if isinstance(body, bytes) else as_bytes(body))
        assert caught.value.fields
        assert caught.value.fields in caught.value.reason
        assert "PICKING" not in caught.value.reason
        assert "A-1" not in caught.value.reason

    @pytest.mark.parametrize("body", OTHER_KINDS)
    def test_another_kind_of_webhook_in_another_shape_is_ignored(self, body: object) -> None:
        assert isinstance(parse_webhook(as_bytes(body)), IgnoredWebhook)

    @pytest.mark.parametrize("name", ["orderId", "newStatus", "hostname"])
    def test_an_error_names_the_missing_field(self, name: str) -> None:
        with pytest.raises(MalformedWebhookError, match=f"{name} is missing"):
            parse_webhook(webhook_without(name))

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"nonsense",
            b"null",
            b"[]",
            b'"text"',
            b"7",
            b"{}",
            b"\xff\xfe\x00",
            b"[" * 60_000,
            b'{"a":' * 10_000,
        ],
    )
    def test_anything_but_an_object_is_malformed(self, body: bytes) -> None:
        with pytest.raises(MalformedWebhookError):
            parse_webhook(body)

    def test_an_error_repeats_nothing_of_the_body(self) -> None:
        with pytest.raises(MalformedWebhookError) as caught:
            parse_webhook(b'{"orderId": "private-')
        assert "private" not in caught.value.reason
        assert caught.value.__context__ is None or "private" not in repr(vars(caught.value.__context__))

    @given(JSON)
    def test_any_json_is_an_event_ignored_or_malformed(self, value: Any) -> None:
        try:
            assert isinstance(parse_webhook(as_bytes(value)), StatusChanged | IgnoredWebhook)
        except MalformedWebhookError as error:
            assert error.reason

    @given(st.fixed_dictionaries(dict.fromkeys(EVENT, JSON), optional={"type": JSON, "returnId": JSON}))
    def test_any_field_values_are_an_event_ignored_or_malformed(self, value: Any) -> None:
        try:
            event = parse_webhook(as_bytes(value))
        except MalformedWebhookError:
            return
        if isinstance(event, StatusChanged):
            for text in (event.order_id, event.old, event.new, event.hostname):
                assert text is None or text.encode().strip()

    @given(st.binary(max_size=200))
    def test_any_bytes_are_an_event_ignored_or_malformed(self, body: bytes) -> None:
        try:
            parse_webhook(body)
        except MalformedWebhookError as error:
            assert error.reason


class TestSnapshot:
    def test_a_complete_response_is_parsed(self) -> None:
        order = SimulatedOrder(
            "A-1",
            "store",
            "ON_ROUTE",
            items=[SimulatedItem("Bread", 2), SimulatedItem("Milk", 1.5)],
            services=[CourierService("S-1", "ON_ROUTE", "Swift", "https://swift.example.com/1")],
        )
        snapshot = parse_snapshot(as_bytes({"message": "OK", "data": order_json(order)}), "A-1")
        assert (snapshot.hostname, snapshot.order_id, snapshot.status) == ("store", "A-1", "ON_ROUTE")
        assert snapshot.items == (Item("Bread", 2.0), Item("Milk", 1.5))
        (shipment,) = snapshot.shipments
        assert (shipment.service_id, shipment.status, shipment.courier) == ("S-1", "ON_ROUTE", "Swift")
        assert shipment.tracking_url == "https://swift.example.com/1"
        assert shipment.vehicle == "VAN"

    @pytest.mark.parametrize("said", ["x" * 65, "on the way to the third depot " * 30, {"name": "x" * 500}])
    def test_an_unknown_value_that_is_too_long_is_cut_and_the_answer_is_read(self, said: object) -> None:
        one = {"serviceId": "S-1", "serviceStatus": said, "trackingStatus": said, "vehicle": said, "createdAt": said}
        snapshot = parsed_snapshot(fulfillmentStatus=said, **services(one))
        [shown] = snapshot.shipments
        for status in (snapshot.status, shown.status, shown.tracking_status, shown.vehicle or "x" * 64):
            assert status is not None
            assert len(status) == 64
        assert snapshot.refused == () or isinstance(said, dict)

    def test_personal_data_and_prices_are_not_kept(self) -> None:
        order = SimulatedOrder("A-1", "store", "DELIVERED", [SimulatedItem("Bread")], [CourierService("S-1")])
        kept = repr(parse_snapshot(as_bytes({"data": order_json(order)}), "A-1"))
        assert not any(str(private) in kept for private in (AGENT, EVIDENCE, PRICE))

    @pytest.mark.parametrize("nothing", [None, "", [], {}, 0, "text", [None], [[]]])
    def test_optional_fields_may_be_empty_or_of_a_wrong_type(self, nothing: object) -> None:
        assert parsed_snapshot(pickedItems=nothing, shipping=nothing) == parsed_snapshot()
        assert parsed_snapshot(shipping={"services": nothing}) == parsed_snapshot()

    def test_a_service_keeps_its_readable_fields(self) -> None:
        snapshot = parsed_snapshot(
            shipping=services({"serviceStatus": "on_route", "courier": 7, "trackingUrl": {}}, {}, "nonsense")
        )
        assert [(s.service_id, s.status, s.courier, s.tracking_url) for s in snapshot.shipments] == [
            (None, "ON_ROUTE", None, None),
            (None, "UNKNOWN", None, None),
        ]

    @pytest.mark.parametrize(
        ("raw", "service_id"),
        [
            ("S-1", "S-1"),
            ("  S \n 1 ", "S 1"),
            (17, "17"),
            (0, "0"),
            (10**30 + 1, "1" + "0" * 29 + "1"),
            (17.0, "17"),
            (1.5, "1.5"),
            ("", None),
            (None, None),
            (True, None),
            ({"id": 1}, None),
            (["S-1"], None),
        ],
    )
    def test_a_service_id_is_a_text_or_a_number_of_any_size(self, raw: object, service_id: str | None) -> None:
        assert parsed_snapshot(shipping=services({"serviceId": raw})).shipments[0].service_id == service_id

    def test_long_service_ids_that_differ_at_their_end_stay_two(self) -> None:
        snapshot = parsed_snapshot(shipping=services({"serviceId": "S" * 900 + "1"}, {"serviceId": "S" * 900 + "2"}))
        ids = [s.service_id or "" for s in snapshot.shipments]
        assert ids[0] != ids[1]
        assert [len(one) for one in ids] == [200, 200]

    def test_two_services_with_the_same_id_stay_two(self) -> None:
        snapshot = parsed_snapshot(shipping=services({"serviceId": "S"}, {"serviceId": "S"}))
        assert [s.service_id for s in snapshot.shipments] == ["S", "S"]

    def test_hostile_texts_are_made_storable(self) -> None:
        snapshot = parsed_snapshot(pickedItems=[{"name": "<b>Bread\x00\ud800\n</b>" + "x" * 5000, "quantity": 10**400}])
        (item,) = snapshot.items
        assert item.name.startswith("<b>Bread </b>xxx")
        assert len(item.name) == 300
        assert item.quantity is None

    def test_the_id_is_kept_as_pick_and_pack_writes_it(self) -> None:
        assert parsed_snapshot(orderId="a-1").order_id == "a-1"
        assert parsed_snapshot(orderId=None).order_id == "A-1"

    @pytest.mark.parametrize(
        ("requested", "returned", "is_same"),
        [
            ("516095-01", "516095-01", True),
            ("516095-01", "SLR-516095-01", True),
            ("slr-516095-01", "SLR-516095-01", True),
            ("v527103anml-01", "MKT-V527103ANML-01", True),
            ("1509750516095", "1509750516095-01", True),
            ("1509750516095", "SLR-1509750516095-02", True),
            ("516095-01", "1509750516095-01", False),
            ("516095", "1509750516095-01", False),
            ("1509750516095-01", "516095-01", False),
            ("SLR-516095-01", "516095-01", False),
            ("516095-01", "516095-02", False),
            ("516095-01", "516095-010", False),
            ("1509750516095", "1509750516095-123", False),
            ("1509750516095", "1509750516095-x1", False),
            ("1509750516095", "15097505160951", False),
            ("A-1", "SLR-A-1", False),
            ("1234", "X-1234", False),
            ("12345", "X-12345", True),
            ("12345", "X12345", False),
        ],
    )
    def test_an_answer_is_about_the_order_asked_for_or_it_is_none(
        self, requested: str, returned: str, is_same: bool
    ) -> None:
        body = as_bytes({"data": ORDER | {"orderId": returned}})
        if is_same:
            assert parse_snapshot(body, requested).order_id == returned
        else:
            with pytest.raises(MalformedResponseError, match="another order"):
                parse_snapshot(body, requested)

    def test_the_tokens_account_replaces_a_missing_one(self) -> None:
        body = as_bytes({"data": ORDER | {"hostname": None}})
        assert parse_snapshot(body, "A-1", hostname="store").hostname == "store"
        with pytest.raises(MalformedResponseError, match="hostname"):
            parse_snapshot(body, "A-1")

    @pytest.mark.parametrize("service", SAME_SERVICE)
    def test_a_service_is_read_in_any_spelling_of_its_fields(self, service: dict[str, object]) -> None:
        (shipment,) = parsed_snapshot(shipping=services(service)).shipments
        assert (shipment.service_id, shipment.status, shipment.courier) == ("S-1", "ON_ROUTE", "Swift")
        assert shipment.tracking_url == "https://swift.example.com/1"

    @pytest.mark.parametrize("shipping", SAME_SHIPPING)
    def test_services_are_read_in_any_shape(self, shipping: object) -> None:
        (shipment,) = parsed_snapshot(shipping=shipping).shipments
        assert (shipment.service_id, shipment.status, shipment.courier) == ("S-1", "ON_ROUTE", "Swift")

    def test_the_keys_of_a_map_by_id_are_ids_and_those_of_a_map_by_place_are_not(self) -> None:
        by_id = parsed_snapshot(shipping={"services": {"S-1": {"status": "PICKED"}, "S-2": {"status": "PICKED"}}})
        assert [one.service_id for one in by_id.shipments] == ["S-1", "S-2"]
        by_place = parsed_snapshot(shipping={"services": {"0": {"status": "PICKED"}, "1": {"status": "PICKED"}}})
        assert [one.service_id for one in by_place.shipments] == [None, None]

    @pytest.mark.parametrize(
        "picked",
        [
            {"name": "Bread", "quantity": 2},
            {"id-1": {"name": "Bread", "quantity": "2"}},
            [json.dumps({"name": "Bread", "quantity": 2})],
            json.dumps([{"name": "Bread", "quantity": 2}]),
            [{"Name": "Bread", "QUANTITY": 2}],
            [[{"name": "Bread", "quantity": 2}]],
            [{"productName": "Bread", "qty": 2}, {"name": "\u2800\u3164"}, {"name": "\u200b\u0301"}],
        ],
    )
    def test_items_are_read_in_any_shape(self, picked: object) -> None:
        assert parsed_snapshot(pickedItems=picked).items == (Item("Bread", 2.0),)

    @pytest.mark.parametrize(
        "response",
        [
            ORDER,
            [ORDER],
            {"data": [ORDER]},
            {"data": {"data": ORDER}},
            {"data": json.dumps(ORDER)},
            {"data": {"order": ORDER}},
            {"Data": {"HostName": "store", "order_id": "A-1", "FulfillmentStatus": "on-route"}},
            json.dumps({"data": ORDER}),
        ],
    )
    def test_the_order_is_found_in_any_wrapping(self, response: object) -> None:
        assert parse_snapshot(as_bytes(response), "A-1") == OrderSnapshot("store", "A-1", "ON_ROUTE")

    def test_the_couriers_own_number_and_status_are_read_for_staff(self) -> None:
        own = parsed_snapshot(shipping={"services": [{"trackingId": 10**29, "trackingStatus": "OnHold"}]})
        assert [(s.tracking_id, s.tracking_status) for s in own.shipments] == [(str(10**29), "ON_HOLD")]
        around = parsed_snapshot(shipping={"trackingId": "T", "trackingStatus": "ASSIGNED", "services": [{}]})
        assert [(s.tracking_id, s.tracking_status) for s in around.shipments] == [("T", "ASSIGNED")]

    @pytest.mark.parametrize("service_id", [10**29, str(10**29), float(10**22), " S ", "\u200bS"])
    def test_an_id_may_be_any_text_or_number(self, service_id: object) -> None:
        (shipment,) = parsed_snapshot(shipping=services({"serviceId": service_id})).shipments
        assert shipment.service_id in {str(10**29), str(10**22), "S"}

    @pytest.mark.parametrize(
        "courier", ["\u2800", "\u200b", "\u3164", "\u0301\u00a0", "null", "N/A", "{courier}", "-", {}]
    )
    def test_what_shows_or_says_nothing_is_no_name(self, courier: object) -> None:
        (shipment,) = parsed_snapshot(shipping=services({"courier": courier, "vehicle": courier})).shipments
        assert (shipment.courier, shipment.vehicle) == (None, None)

    def test_the_courier_and_link_of_the_shipping_are_those_of_its_one_service(self) -> None:
        shipping = {"trackingUrl": "https://swift.example.com/1", "courier": "Swift"}
        (one,) = parsed_snapshot(shipping=shipping | {"services": [{"serviceStatus": "PICKED"}]}).shipments
        assert (one.courier, one.tracking_url) == ("Swift", "https://swift.example.com/1")
        own = {"serviceStatus": "PICKED", "courier": "Blue Van", "trackingUrl": "https://van.example.com/1"}
        (one,) = parsed_snapshot(shipping=shipping | {"services": [own]}).shipments
        assert (one.courier, one.tracking_url) == ("Blue Van", "https://van.example.com/1")

    def test_a_link_of_the_shipping_is_nobodys_where_there_are_several_services(self) -> None:
        shipping = {
            "trackingUrl": "https://swift.example.com/1",
            "services": [{"serviceId": "S-1"}, {"serviceId": "S-2"}],
        }
        assert [one.tracking_url for one in parsed_snapshot(shipping=shipping).shipments] == [None, None]

    def test_of_several_links_the_one_that_can_be_shown_is_taken(self) -> None:
        service = {"trackingUrl": "N/A", "url": "http://localhost/1", "trackingLink": "https://swift.example.com/1"}
        (shipment,) = parsed_snapshot(shipping=services(service)).shipments
        assert shipment.tracking_url == "https://swift.example.com/1"

    @pytest.mark.parametrize(
        ("changes", "refused"),
        [
            ({"shipping": services({"trackingUrl": "N/A", "serviceStatus": "PICKED"})}, {"trackingUrl"}),
            ({"shipping": services({"trackingUrl": 7, "serviceStatus": "PICKED"})}, {"trackingUrl"}),
            ({"shipping": services({"trackingUrl": "http://localhost/1", "serviceStatus": "PICKED"})}, {"trackingUrl"}),
            ({"shipping": services({"serviceStatus": ["PICKED"], "courier": 5})}, {"serviceStatus", "courier"}),
            ({"shipping": services({"courier": "Swift"})}, {"serviceStatus"}),
            ({"shipping": "soon", "pickedItems": 3}, {"shipping", "pickedItems"}),
            ({"pickedItems": [{"name": 3}, {"name": 4}]}, {"item's name"}),
            ({"pickedItems": [{"name": "\u2800"}, {"name": "Bread"}]}, {"item's name"}),
            ({"pickedItems": [{"quantity": 2}]}, {"item's name"}),
            ({"shipping": services("nonsense")}, {"services"}),
            ({"shipping": None, "pickedItems": []}, set()),
            ({"shipping": services({"serviceStatus": "PICKED", "trackingUrl": "", "courier": None})}, set()),
        ],
    )
    def test_what_is_left_out_is_noted(self, changes: dict[str, object], refused: set[str]) -> None:
        noted = parsed_snapshot(**changes).refused
        assert {one.field for one in noted} == refused
        assert len(noted) == len(refused)

    def test_what_is_noted_of_a_link_is_short_and_holds_no_password_or_query(self) -> None:
        link = f"https://ana:5ecret@localhost/{'x' * 100}?email=ana@example.com#5ecret"
        (refusal,) = parsed_snapshot(shipping=services({"trackingUrl": link, "serviceStatus": "PICKED"})).refused
        assert refusal.value.startswith("https://localhost/xxx")
        assert len(refusal.value) <= 60
        assert "ana" not in refusal.value

    @pytest.mark.parametrize(
        "link",
        ["ftp:\\\\joe:5ecret@courier.com/x", "joe:5ecret@courier.com/x", "http:joe:5ecret@localhost", "token=5ecret"],
    )
    def test_nothing_secret_is_noted_of_a_link(self, link: str) -> None:
        (refusal,) = parsed_snapshot(shipping=services({"trackingUrl": link, "serviceStatus": "PICKED"})).refused
        assert refusal.value
        assert "5ecret" not in refusal.value
        assert "joe" not in refusal.value

    @pytest.mark.parametrize(
        "changes",
        [
            {"fulfillmentStatus": None},
            {"fulfillmentStatus": 7},
            {"fulfillmentStatus": " "},
            {"fulfillmentStatus": "a\x00"},
            {"orderId": "B-2"},
            {"orderId": ["A-1"]},
            {"orderId": " "},
        ],
    )
    def test_an_unreliable_status_or_id_is_malformed(self, changes: dict[str, object]) -> None:
        with pytest.raises(MalformedResponseError):
            parsed_snapshot(**changes)

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"data": null}', b'{"data": []}', b"{" * 99_999])
    def test_a_response_without_an_order_is_malformed(self, body: bytes) -> None:
        with pytest.raises(MalformedResponseError):
            parse_snapshot(body, "A-1", hostname="store")

    @given(
        st.fixed_dictionaries(
            {"fulfillmentStatus": JSON | st.just("ON_ROUTE")},
            optional={
                "orderId": JSON,
                "pickedItems": JSON | st.lists(st.fixed_dictionaries({"name": JSON, "quantity": JSON})),
                "shipping": JSON
                | st.fixed_dictionaries(
                    {
                        "services": st.lists(
                            st.dictionaries(st.sampled_from(["serviceId", "trackingUrl", "courier"]), JSON)
                        )
                    }
                ),
            },
        )
    )
    def test_any_json_is_a_snapshot_or_malformed(self, data: Any) -> None:
        try:
            snapshot = parse_snapshot(as_bytes({"data": data}), "A-1", hostname="store")
        except MalformedResponseError:
            return
        repr(snapshot).encode()
        for shipment in snapshot.shipments:
            (shipment.tracking_url or "").encode()


class TestToken:
    def jwt(self, claims: object) -> str:
        return f"e30.{base64.urlsafe_b64encode(as_bytes(claims)).rstrip(b'=').decode()}.c2ln"

    def read(self, claims: object) -> tuple[str | None, float]:
        token = parse_token(as_bytes({"message": "success", "data": self.jwt(claims)}))
        return token.hostname, token.lifetime

    def test_account_and_lifetime_are_parsed(self) -> None:
        assert self.read({"hostname": "store", "iat": 1_000, "exp": 1_600}) == ("store", 600.0)

    @pytest.mark.parametrize(
        "claims", [{}, [], {"iat": 5}, {"iat": 9, "exp": 9}, {"iat": "x", "exp": []}, {"iat": 0, "exp": float("inf")}]
    )
    def test_an_unknown_lifetime_is_fifteen_minutes(self, claims: object) -> None:
        assert self.read(claims) == (None, 900.0)

    def test_a_token_that_is_no_jwt_is_used_nevertheless(self) -> None:
        token = parse_token(as_bytes({"data": "opaque"}))
        assert (token.jwt, token.hostname, token.lifetime) == ("opaque", None, 900.0)

    @pytest.mark.parametrize("data", [None, 7, "", "a b", "a\r\nX: y", "ключ", "x" * 9000, {"token": "x"}])
    def test_what_no_header_can_hold_is_malformed(self, data: object) -> None:
        with pytest.raises(MalformedResponseError):
            parse_token(as_bytes({"data": data}))

    def test_the_repr_of_a_token_hides_it(self) -> None:
        assert "opaque" not in repr(parse_token(as_bytes({"data": "opaque"})))
