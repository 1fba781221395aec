"""Which presses were answered with a message a moment ago: several quick ones on a button bring one message."""

JUST_NOW = 10.0  # seconds


class AnsweredPresses:
    """When each button of a chat was last answered, for as long as that matters."""

    def __init__(self) -> None:
        self._answered: dict[tuple[int, str], float] = {}  # in the order of their times

    def is_repeat(self, chat_id: int, data: str | None, *, now: float) -> bool:
        """Return whether this button was answered just now."""
        at = self._answered.get((chat_id, data or ""))
        return at is not None and 0.0 <= now - at < JUST_NOW

    def note(self, chat_id: int, data: str | None, *, now: float) -> None:
        """Note that a button was answered."""
        self._answered = {key: at for key, at in self._answered.items() if 0.0 <= now - at < JUST_NOW}
        self._answered[chat_id, data or ""] = now
