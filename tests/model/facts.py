"""What a card is to show of an order, by hand: the product's own fingerprint of it may miss something."""

import json

from bot.tracking.model import Order, Shipment
from tests.model.levels import FINAL

_SHOWN = {"ASSIGNED", "INCIDENT", "ON_HOLD", "DELIVERED", "RETURNED"}  # any other package waits, to a shopper


def facts_of(order: Order) -> str:
    """Return its status, and until it has ended where each of its packages is; on its way with their links.

    A card calls its packages 1, 2, and so on: which of the store's keys has which of them nobody can see.
    """
    packages = [one for one in order.shipments if not one.closed and one.status != "CANCELED"]
    return json.dumps([order.status, [] if order.status in FINAL else [_package(order, one) for one in packages]])


def _package(order: Order, one: Shipment) -> list[str]:
    link = one.link or "" if order.status == "ON_ROUTE" else ""
    return [one.status if one.status in _SHOWN else "", link]
