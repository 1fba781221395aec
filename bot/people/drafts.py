"""What staff have written to followers and not yet sent. In memory: a restart forgets, and the button says so."""

import secrets
from dataclasses import dataclass, field

KEPT_FOR = 900.0
_MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """Words for the followers of an order, written in a chat."""

    chat_id: int
    number: str
    text: str
    made_at: float


@dataclass
class Drafts:
    """Drafts by a name that fits a button. Times on the service's clock, in seconds."""

    _kept: dict[str, Draft] = field(default_factory=dict)

    def put(self, chat_id: int, number: str, text: str, now: float) -> str:
        """Keep a draft for a quarter of an hour; its name."""
        self._kept = {name: one for name, one in self._kept.items() if now - one.made_at < KEPT_FOR}
        while len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        name = secrets.token_urlsafe(8)
        self._kept[name] = Draft(chat_id, number, text, now)
        return name

    def take(self, chat_id: int, name: str, now: float) -> Draft | None:
        """The draft, once: whoever takes it sends it or throws it away. None if it is old, or another chat's."""
        found = self._kept.get(name)
        if found is None or found.chat_id != chat_id or now - found.made_at >= KEPT_FOR:
            return None
        return self._kept.pop(name)
