"""Define the people whose chats the demo's page shows, and the settings of its service."""

from dataclasses import dataclass

STAFF_ID = 9001


@dataclass(frozen=True, slots=True)
class Persona:
    """A person whose chat the page shows."""

    id: int
    name: str
    language: str
    kind: str = "shopper"


PERSONAS = (
    Persona(1001, "Ana", "en"),
    Persona(1002, "Bruno", "pt-br"),
    Persona(1003, "Carla", "es"),
    Persona(STAFF_ID, "Sam", "en", kind="staff"),
)
SETTINGS: dict[str, object] = {
    "STAFF_IDS": STAFF_ID,
    "STORE_NAME": "Corner Shop",
    "STORE_CONTACT_URL": "https://shop.example.com/contact",
    # reminders and alerts are shown at any time of day
    "STORE_HOURS": "00:00-24:00",
    "SETTLE_SECONDS": 0,
    "EDIT_SECONDS": 0,
    # couriers' services send no webhooks: they are polled often enough for people who watch
    "POLL_SILENCE": 4,
    "POLL_SILENCE_MAX": 8,
}
