"""List the statuses that the page's orders go through, and tell which one follows which."""

USUAL_PATH = (
    "READY_FOR_HANDLING", "READY_FOR_PICKING", "PICKING", "READY_FOR_PACKING", "PACKING", "READY_FOR_INVOICING",
    "INVOICING", "INVOICED", "PREPARING_SHIPPING", "READY_FOR_SHIPPING", "WAITING_FOR_DELIVERY_COMPANY", "ON_ROUTE",
    "DELIVERED",
)  # fmt: skip
UNKNOWN_STATUS = "BEING_GIFT_WRAPPED"  # the bot does not know it, as it will not know those of the future
OTHER_STATUSES = ("WAITING_FOR_PICKUP", "RETURNED", "CANCELED", "IDLE", UNKNOWN_STATUS)


def next_status(status: str) -> str | None:
    """Return the next status on the usual path; None at its end, and for other statuses."""
    index = USUAL_PATH.index(status) if status in USUAL_PATH else len(USUAL_PATH)
    return USUAL_PATH[index + 1] if index + 1 < len(USUAL_PATH) else None
