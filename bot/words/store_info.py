"""What messages say about the store."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from bot.tracking.addresses import public_link
from bot.tracking.hours import Week


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """The store's name and opening hours (empty if not known), time zone, and where a person answers questions.

    `pickup_place`, `pickup_address` and `pickup_map_url`: where orders are picked up, if it is one place for all.
    """

    name: str = ""
    timezone: tzinfo = field(default=UTC)
    hours: Week = ()
    contact_url: str | None = None
    pickup_place: str = ""
    pickup_address: str = ""
    pickup_map_url: str | None = None

    @property
    def contact_page(self) -> str | None:
        """Where a person answers questions, if that may be a button."""
        return public_link(self.contact_url or "")

    @property
    def map_page(self) -> str | None:
        """The map of where orders are picked up, if that may be a button."""
        return public_link(self.pickup_map_url or "")
