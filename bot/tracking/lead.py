"""Why a card is sent, beside the state that it shows: what its first sentence says. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

NO_NEWS: "Mapping[str, News]" = MappingProxyType({})


class News(StrEnum):
    """What is told of one package."""

    INCIDENT = "incident"
    HOLD = "hold"
    INCIDENT_SOLVED = "incident-solved"
    HOLD_SOLVED = "hold-solved"
    DELIVERED = "delivered"
    RETURNED = "returned"
    NOT_DELIVERED = "not-delivered"  # it was told as delivered, and is under way all the same
    NOT_RETURNED = "not-returned"


@dataclass(frozen=True, slots=True)
class Lead:
    """What has made a card be sent.

    `first`: the first card of this order in this chat. `reverted_from`: the status that the chat was told before, where
    this takes it back (an earlier stage, or another end). `news`: by shipment key. `links`: the keys of the shipments
    whose first link came late. `reminder`: it still waits for pickup. `late`: it takes unusually long.
    """

    first: bool = False
    reverted_from: str | None = None
    news: Mapping[str, News] = field(default_factory=lambda: NO_NEWS)
    links: tuple[str, ...] = ()
    reminder: bool = False
    late: bool = False
