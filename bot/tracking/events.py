"""What webhooks and answers of the API say, once they are read. Frozen, no behaviour, no I/O."""

from dataclasses import dataclass, field

from bot.tracking.model import Item


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """A webhook said old → new (both normalised); `old` is None where it does not say what was before."""

    hostname: str
    order_id: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class ShipmentSnapshot:
    """One service as a snapshot shows it; `status` normalised, absent, null and empty fields all None."""

    service_id: str | None
    status: str
    courier: str | None = None
    vehicle: str | None = None
    tracking_url: str | None = None
    created_at: str | None = None
    tracking_id: str | None = None
    tracking_status: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of an answer that could not be used: the field's documented name, why, and what of it may be logged."""

    field: str
    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class OrderSnapshot:
    """A GET answered. `order_id` is as Pick and Pack writes it; `refused` is what was left out of it."""

    hostname: str
    order_id: str
    status: str
    shipments: tuple[ShipmentSnapshot, ...] = ()
    items: tuple[Item, ...] = ()
    refused: tuple[Refusal, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class NotFound:
    """A GET answered that the order does not exist (or that it is another account's, which is the same to us)."""

    order_id: str
