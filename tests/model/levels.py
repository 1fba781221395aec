"""The design's table of statuses once more, written by hand: what a level wants to hear, and what rings."""

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


def is_back(told: str, true: str) -> bool:
    """Return whether this is an earlier stage than the one that was told."""
    known = told in RANKS and true in RANKS
    return known and RANKS[told] > RANKS[true] and STAGES[told] != STAGES[true]


def wants_message(level: str, told: str, true: str) -> bool:
    """Return whether who was told one status wants a message of the other."""
    if true == told or true not in RANKS:
        return False
    if true in KEY or is_back(told, true) or level == "every":
        return True
    return level == "main" and STAGES[true] != STAGES.get(told, told)


def rings(told: str | None, true: str) -> bool:
    """Return whether a message of this status rings for who was told the other one."""
    if told == true:
        return False
    return true in KEY or (told is not None and is_back(told, true) and told in KEY)


def is_night(wall: float) -> bool:
    """Return whether it is between 22:00 and 8:00 (the tests' store is where UTC is)."""
    return not 8 * 3600 <= wall % 86400 < 22 * 3600
