"""Which status is worth a message at which level: the table of the design once more, written by hand."""

# status → rank, stage, key
_ROWS = (
    ("PENDING", 0, "received", False),
    ("READY_FOR_HANDLING", 1, "received", False),
    ("PICKING", 3, "being prepared", False),
    ("READY_FOR_PACKING", 4, "being prepared", False),
    ("PACKING", 5, "being prepared", False),
    ("INVOICED", 8, "packed", False),
    ("READY_FOR_SHIPPING", 10, "awaiting courier", False),
    ("ON_ROUTE", 12, "on its way", True),
    ("WAITING_FOR_PICKUP", 13, "ready for pickup", True),
    ("DELIVERED", 14, "delivered", True),
    ("CANCELED", 16, "canceled", True),
)
RANKS = {name: rank for name, rank, _, _ in _ROWS}
STAGES = {name: stage for name, _, stage, _ in _ROWS}
FINAL = {"DELIVERED", "CANCELED"}
KEY = {name for name, _, _, key in _ROWS if key}


def is_worth_a_card(level: str, told: str | None, status: str) -> bool:
    """Return whether a chat that was told one status is told the other by a new message: the table of the design."""
    if told is None:
        return True
    if status not in RANKS or status == told:
        return False
    if told not in RANKS or STAGES[status] != STAGES[told]:
        is_back = told in RANKS and RANKS[status] < RANKS[told]
        return is_back or status in KEY or level in {"every", "main"}
    return level == "every"
