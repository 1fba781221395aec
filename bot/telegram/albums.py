"""Which albums were answered: Telegram brings a message for each picture, and people mean all of them as one."""

MOST_KNOWN = 1000  # of all chats; the oldest are forgotten, and would only be answered once more


class AnsweredAlbums:
    """The albums that have had an answer. In memory: after a restart the rest of one may get one more."""

    def __init__(self) -> None:
        self._answered: dict[tuple[int, str], None] = {}

    def add(self, chat_id: int, album: str | None) -> bool:
        """Take a message's album as answered; False if it was before."""
        if album is None:
            return True
        if (chat_id, album) in self._answered:
            return False
        self._answered[chat_id, album] = None
        if len(self._answered) > MOST_KNOWN:
            del self._answered[next(iter(self._answered))]
        return True
