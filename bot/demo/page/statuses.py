"""The statuses that the page's orders go through, and what follows on which."""

WALK = (
    "READY_FOR_HANDLING", "READY_FOR_PICKING", "PICKING", "READY_FOR_PACKING", "PACKING", "READY_FOR_INVOICING",
    "INVOICING", "INVOICED", "PREPARING_SHIPPING", "READY_FOR_SHIPPING", "WAITING_FOR_DELIVERY_COMPANY", "ON_ROUTE",
    "DELIVERED",
)  # fmt: skip
ASIDE = ("WAITING_FOR_PICKUP", "RETURNED", "CANCELED", "IDLE", "BEING_GIFT_WRAPPED")  # the last: a status of tomorrow


def next_status(status: str) -> str | None:
    """What follows on the usual way; None at its end, and beside it."""
    here = WALK.index(status) if status in WALK else len(WALK)
    return WALK[here + 1] if here + 1 < len(WALK) else None
