"""What a chat's card says of an order, where that is not how the order stands now. Pure.

A card falls behind where its chat can't be written to, or while its edit waits. What it shows of the packages is what
the chat was told of them: each trouble and each end comes as a card.
"""

from dataclasses import replace

from bot.tracking.model import Order, Shipment, Subscription
from bot.tracking.order_facts import order_facts
from bot.tracking.parcel_news import end_told, last_told
from bot.tracking.statuses import ON_ROUTE, SHIPMENT_ENDS, TROUBLES, WAITING_FOR_PICKUP

_TROUBLE_OF_WORD = {"incident": "INCIDENT", "hold": "ON_HOLD"}
_NOT_COLLECTED = "CREATED"


def is_current(order: Order, shown: Subscription) -> bool:
    """Return whether a chat's card shows the order as it stands now."""
    return shown.card_facts == order_facts(order)


def order_shown(order: Order, shown: Subscription) -> Order:
    """Return the order with its packages as a chat's card shows them."""
    if is_current(order, shown):
        return order
    return replace(order, shipments=tuple(_shipment_shown(one, shown) for one in order.shipments))


def order_told(order: Order, told: Subscription) -> Order:
    """Return the order with its packages as the last card told them that has reached a chat."""
    return order_shown(order, replace(told, card_status=told.notified_status, card_facts=None))


def _shipment_shown(shipment: Shipment, shown: Subscription) -> Shipment:
    trouble = _TROUBLE_OF_WORD.get(last_told(shown.notified_troubles, shipment.key) or "")
    end = end_told(shown.notified_parcels, shipment.key)
    link = shown.notified_links.get(shipment.key)
    if trouble and not end:
        return replace(shipment, status=trouble, link=link, closed=False)
    if shown.card_status == WAITING_FOR_PICKUP and shipment.status not in TROUBLES:
        return replace(shipment, link=link)  # its card counts the packages that are there, and tells none of their ends
    if end:
        return replace(shipment, status=end.upper(), link=link)
    is_untold = shipment.status in TROUBLES or shipment.status in SHIPMENT_ENDS
    under_way = ON_ROUTE if shown.card_status == ON_ROUTE else _NOT_COLLECTED
    return replace(shipment, status=under_way if is_untold else shipment.status, link=link)
