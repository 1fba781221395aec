"""Which groups were greeted just now: who adds the bot by a link presses START by that too, and hears it once."""

RECENT_SECONDS = 60.0


class Greetings:
    """The groups that the bot was added to lately. In memory: after a restart one may be greeted twice."""

    def __init__(self) -> None:
        self._greeted_at: dict[int, float] = {}

    def add(self, chat_id: int, now: float) -> None:
        """Take a group as greeted."""
        self._greeted_at = {one: at for one, at in self._greeted_at.items() if _is_recent(at, now)} | {chat_id: now}

    def take(self, chat_id: int, now: float) -> bool:
        """Tell, once, whether a group was greeted a moment ago."""
        at = self._greeted_at.pop(chat_id, None)
        return at is not None and _is_recent(at, now)


def _is_recent(at: float, now: float) -> bool:
    return now - at < RECENT_SECONDS
