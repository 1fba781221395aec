"""The simulated store's orders, and how the tracking endpoint shows them: field by field as in the API document."""

from dataclasses import dataclass, field
from typing import Any

# Personal data and prices are part of every answer, so that a test can look whether one of them leaks anywhere.
AGENT = "Dana Private, +1 555 0100, dana.private@example.com"
EVIDENCE = "https://evidence.example.com/doorstep-photo-private.jpg"
PRICE = 98765.43


@dataclass(slots=True)
class SimulatedItem:
    """A line of the order; the rest of what the API shows of it is made up from these."""

    name: str
    quantity: float = 1


@dataclass(slots=True)
class SimulatedService:
    """One shipping service. Statuses: CREATED, PENDING, ASSIGNED, PICKED, ON_ROUTE, INCIDENT, ON_HOLD, DELIVERED …"""

    service_id: str
    status: str = "PENDING"
    courier: str = "Swift Couriers"
    tracking_url: str | None = None
    vehicle: str = "VAN"
    created_at: str = "2026-09-21T14:13:20.000Z"


@dataclass(slots=True)
class SimulatedOrder:
    """One order as the store has it now; `hostname` is the account it belongs to."""

    order_id: str
    hostname: str
    status: str
    items: list[SimulatedItem] = field(default_factory=list)
    services: list[SimulatedService] = field(default_factory=list)


def show_order(order: SimulatedOrder) -> dict[str, Any]:
    """The `data` of a tracking answer. `shipping` is absent until a service exists."""
    shown: dict[str, Any] = {
        "hostname": order.hostname,
        "orderId": order.order_id,
        "fulfillmentStatus": order.status,
        "pickedItems": [_show_item(position, item) for position, item in enumerate(order.items, start=1)],
    }
    if order.services:
        shown["shipping"] = {
            "trackingId": f"TRK-{order.order_id}",
            "trackingStatus": order.services[0].status,
            "services": [_show_service(service) for service in order.services],
        }
    return shown


def _show_item(position: int, item: SimulatedItem) -> dict[str, Any]:
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


def _show_service(service: SimulatedService) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "serviceId": service.service_id,
        "agent": AGENT,
        "vehicle": service.vehicle,
        "courier": service.courier,
        "serviceStatus": service.status,
        "evidences": EVIDENCE,
        "createdAt": service.created_at,
    }
    if service.tracking_url is not None:
        shown["trackingUrl"] = service.tracking_url
    return shown
