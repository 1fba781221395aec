"""What messages say about the store."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """The store's name (may be empty), time zone, opening hours as text, and where a person answers questions."""

    name: str = ""
    timezone: tzinfo = field(default=UTC)
    hours: str = ""
    contact_url: str | None = None
