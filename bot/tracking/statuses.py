"""The table of order statuses: what each means to a shopper, and how far along it is.

Statuses come from outside, so they are strings looked up here, not a closed enum: a value that is not in the table is
a known case (stage UNKNOWN, no rank). Source: the API document's table, PENDING from its webhook example.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.tracking.visible import trim


class Stage(StrEnum):
    """What a shopper would call the state of the order; the levels `main` and `key` work on stages."""

    RECEIVED = "received"
    BEING_PREPARED = "being-prepared"
    PACKED = "packed"
    AWAITING_COURIER = "awaiting-courier"
    ON_ITS_WAY = "on-its-way"
    READY_FOR_PICKUP = "ready-for-pickup"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELED = "canceled"
    HANDED_OFF = "handed-off"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Status:
    """One row of the table. `rank` orders the way from received to the end; None means it cannot be compared."""

    name: str
    stage: Stage
    rank: int | None
    key: bool = False
    final: bool = False


ON_ROUTE = "ON_ROUTE"
WAITING_FOR_PICKUP = "WAITING_FOR_PICKUP"
DELIVERED = "DELIVERED"

TABLE: dict[str, Status] = {
    status.name: status
    for status in (
        Status("PENDING", Stage.RECEIVED, 0),
        Status("READY_FOR_HANDLING", Stage.RECEIVED, 1),
        Status("READY_FOR_PICKING", Stage.RECEIVED, 2),
        Status("PICKING", Stage.BEING_PREPARED, 3),
        Status("READY_FOR_PACKING", Stage.BEING_PREPARED, 4),
        Status("PACKING", Stage.BEING_PREPARED, 5),
        Status("READY_FOR_INVOICING", Stage.PACKED, 6),
        Status("INVOICING", Stage.PACKED, 7),
        Status("INVOICED", Stage.PACKED, 8),
        Status("PREPARING_SHIPPING", Stage.AWAITING_COURIER, 9),
        Status("READY_FOR_SHIPPING", Stage.AWAITING_COURIER, 10),
        Status("WAITING_FOR_DELIVERY_COMPANY", Stage.AWAITING_COURIER, 11),
        Status(ON_ROUTE, Stage.ON_ITS_WAY, 12, key=True),
        Status(WAITING_FOR_PICKUP, Stage.READY_FOR_PICKUP, 13, key=True),
        Status(DELIVERED, Stage.DELIVERED, 14, key=True, final=True),
        Status("RETURNED", Stage.RETURNED, 15, key=True, final=True),
        Status("CANCELED", Stage.CANCELED, 16, key=True, final=True),
        Status("IDLE", Stage.HANDED_OFF, 17, key=True, final=True),
    )
}

FINAL_STATUSES = tuple(status.name for status in TABLE.values() if status.final)

# What a shipping service may report. Anything else is kept and shown to staff only.
IMPLYING_ON_ROUTE = frozenset({"PICKED", "ON_ROUTE"})  # these lift the order to ON_ROUTE, whatever its own status says
TROUBLES = frozenset({"INCIDENT", "ON_HOLD"})
SHIPMENT_ENDS = frozenset({"DELIVERED", "RETURNED", "CANCELED"})


_SERVICE_STATUSES = IMPLYING_ON_ROUTE | TROUBLES | SHIPMENT_ENDS | {"CREATED", "ASSIGNED", "TRANSFER"}
# by what is left of a name without its signs: other programs write "on-route", "OnRoute", "on route"
_KNOWN = {name.replace("_", ""): name for name in (*TABLE, *_SERVICE_STATUSES)} | {
    "CANCELLED": "CANCELED",
    "INACTIVE": "IDLE",  # the API document calls it "IDLE (Inactive)"
    "IDLEINACTIVE": "IDLE",
    "INACTIVEIDLE": "IDLE",
}
_NEW_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN_WORDS = re.compile(r"[\s_\-]+")


def normalise(raw: str) -> str:
    """Return the name that the table has for a status, whatever its case and the signs in it.

    An unknown one is in capitals too, with a line for each blank and dash, so that one status has one name.
    """
    if raw in TABLE:  # as nearly all come
        return raw
    text = unicodedata.normalize("NFKC", trim(raw))
    letters = "".join(filter(str.isalnum, text)).upper()
    return _KNOWN.get(letters) or _BETWEEN_WORDS.sub("_", _NEW_WORD.sub("_", text)).upper().strip("_") or text


def look_up(name: str) -> Status:
    """Return the table's row for a normalised name; for an unknown one a row without rank, routine and not final."""
    return TABLE.get(name) or Status(name, Stage.UNKNOWN, None)


def is_further(one: str, other: str) -> bool:
    """Return whether `one` is further on than `other`; False where either is unknown."""
    a, b = look_up(one).rank, look_up(other).rank
    return a is not None and b is not None and a > b


def is_comparable(one: str, other: str) -> bool:
    """Return whether both have a rank."""
    return look_up(one).rank is not None and look_up(other).rank is not None


def is_reverted(state: str, told: str | None) -> bool:
    """Return whether this is a move back from what the chat was notified of."""
    return told is not None and is_further(told, state)


def takes_back(state: str, told: str | None) -> bool:
    """Return whether this changes what the chat was told: a move back, or another end than the one it was told."""
    both_final = told is not None and told != state and look_up(told).final and look_up(state).final
    return both_final or is_reverted(state, told)
