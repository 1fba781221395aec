"""Whose chats the demo's page shows, and the settings of the service behind it."""

from dataclasses import dataclass

STAFF = 9001


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whose chat the page shows."""

    id: int
    name: str
    language: str
    kind: str = "shopper"


CAST = (
    Actor(1001, "Ana", "en"),
    Actor(1002, "Bruno", "pt-br"),
    Actor(1003, "Carla", "es"),
    Actor(STAFF, "Sam", "en", kind="staff"),
)
SETTINGS: dict[str, object] = {
    "STAFF_IDS": STAFF,
    "STORE_NAME": "Corner Shop",
    "STORE_CONTACT_URL": "https://shop.example.com/contact",
    # whoever looks at night is shown reminders and alerts all the same
    "STORE_HOURS": "00:00-24:00",
    "SETTLE_SECONDS": 0,
    # services send no webhooks: asked for often enough that nobody who watches grows impatient
    "POLL_SILENCE": 4,
    "POLL_SILENCE_MAX": 8,
}
