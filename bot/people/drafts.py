"""Messages that staff have written to followers and not yet confirmed. In memory: after a restart the button is old."""

import secrets
from dataclasses import dataclass, field

DRAFT_SECONDS = 900.0
_MAX_DRAFTS = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """A text for the followers of an order, written in the chat `chat_id`."""

    chat_id: int
    number: str
    text: str
    made_at: float


@dataclass
class Drafts:
    """Drafts by names that fit a button's data. Times are on the service's clock, in seconds."""

    _kept: dict[str, Draft] = field(default_factory=dict)

    def put(self, chat_id: int, number: str, text: str, now: float) -> str:
        """Keep a draft for a quarter of an hour, and return its name."""
        self._kept = {name: one for name, one in self._kept.items() if now - one.made_at < DRAFT_SECONDS}
        while len(self._kept) >= _MAX_DRAFTS:
            del self._kept[next(iter(self._kept))]
        name = secrets.token_urlsafe(8)
        self._kept[name] = Draft(chat_id, number, text, now)
        return name

    def take(self, chat_id: int, name: str, now: float) -> Draft | None:
        """Remove a draft and return it; None if it is too old, or another chat's."""
        found = self._kept.get(name)
        if found is None or found.chat_id != chat_id or now - found.made_at >= DRAFT_SECONDS:
            return None
        return self._kept.pop(name)
