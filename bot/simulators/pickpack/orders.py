"""Model the simulated store's orders, and build the tracking endpoint's JSON, field by field as in the API document."""

from dataclasses import dataclass, field
from typing import Any

# Every response contains personal data and prices, so that tests can check that they leak nowhere.
AGENT = "Dana Private, +1 555 0100, dana.private@example.com"
EVIDENCE = "https://evidence.example.com/doorstep-photo-private.jpg"
PRICE = 98765.43


@dataclass(slots=True)
class SimulatedItem:
    """A line of the order; the other fields of its JSON are made up."""

    name: str
    quantity: float = 1


@dataclass(slots=True)
class CourierService:
    """A courier's shipping service. Statuses: CREATED, PENDING, ASSIGNED, PICKED, ON_ROUTE, INCIDENT, ON_HOLD, …"""

    service_id: str
    status: str = "PENDING"
    courier: str = "Swift Couriers"
    tracking_url: str | None = None
    vehicle: str = "VAN"
    created_at: str = "2026-09-21T14:13:20.000Z"


@dataclass(slots=True)
class SimulatedOrder:
    """An order as the store has it now; `hostname` is the account it belongs to."""

    order_id: str
    hostname: str
    status: str
    items: list[SimulatedItem] = field(default_factory=list)
    services: list[CourierService] = field(default_factory=list)


def order_json(order: SimulatedOrder) -> dict[str, Any]:
    """Build the `data` of a tracking response. `shipping` is absent until a service exists."""
    data: dict[str, Any] = {
        "hostname": order.hostname,
        "orderId": order.order_id,
        "fulfillmentStatus": order.status,
        "pickedItems": [_item_json(position, item) for position, item in enumerate(order.items, start=1)],
    }
    if order.services:
        data["shipping"] = {
            "trackingId": f"TRK-{order.order_id}",
            "trackingStatus": order.services[0].status,
            "services": [_service_json(service) for service in order.services],
        }
    return data


def _item_json(position: int, item: SimulatedItem) -> dict[str, Any]:
    return {
        "image": f"https://images.example.com/{position}.jpg",
        "sellingPrice": PRICE,
        "ean": f"{position:013d}",
        "quantity": item.quantity,
        "name": item.name,
        "id": str(position),
        "refId": f"REF-{position}",
        "categories": [{"name": "Groceries", "id": "1"}],
    }


def _service_json(service: CourierService) -> dict[str, Any]:
    data: dict[str, Any] = {
        "serviceId": service.service_id,
        "agent": AGENT,
        "vehicle": service.vehicle,
        "courier": service.courier,
        "serviceStatus": service.status,
        "evidences": EVIDENCE,
        "createdAt": service.created_at,
    }
    if service.tracking_url is not None:
        data["trackingUrl"] = service.tracking_url
    return data
