"""The pauses after a 429: no calls to one chat, or none by the whole bot, until a time. Takes `now` as an argument."""

from collections.abc import Iterable

PAUSE_MARGIN = 0.1  # added to retry_after: Telegram's clock isn't ours
WHOLE_BOT_WINDOW = 1.0  # seconds; a 429 for two chats within this means the whole bot
LONG_PAUSE = 5.0  # seconds; shorter pauses end before a restart does, so they are not stored

WHOLE_BOT: int | None = None
INSTANT = 1e-6  # a shorter wait counts as none: added to Unix seconds it might be lost in rounding


def left(until: float, now: float) -> float:
    """Return the seconds from `now` to `until`; 0.0 where that is past."""
    return until - now if until - now > INSTANT else 0.0


class Pauses:
    """The pauses of chats and of the whole bot, each until a time on the service's clock."""

    def __init__(self) -> None:
        self._until: dict[int | None, float] = {}
        self._last: tuple[int, float, float] | None = None  # chat, when it was refused, until when

    def note(self, chat_id: int | None, seconds: float, now: float) -> None:
        """Start the pause of a 429; where there is one already, the longer one counts.

        It holds for the whole bot without a chat, and where another chat got a 429 within WHOLE_BOT_WINDOW.
        """
        until = now + max(0.0, seconds) + PAUSE_MARGIN
        self._forget_over(now)
        self._set(chat_id, until)
        if chat_id is not None:
            self._note_whole_bot(chat_id, until, now)

    def __len__(self) -> int:
        return len(self._until)

    def pause_chat(self, chat_id: int, seconds: float, now: float) -> None:
        """Send nothing to a chat for a while, though Telegram has not asked for it."""
        self._forget_over(now)  # here too: an outage pauses each chat once, and may never meet a 429
        self._set(chat_id, now + seconds)

    def until(self, chat_id: int | None) -> float:
        """Return when calls to the chat (None: without a chat) are allowed again; 0.0 where there was no pause."""
        return max(self._until.get(WHOLE_BOT, 0.0), self._until.get(chat_id, 0.0))

    def chats(self, now: float) -> dict[int, float]:
        """Return the chats with a pause of their own, and the seconds left."""
        return {chat: until - now for chat, until in self._until.items() if chat is not None and until > now}

    def long(self, now: float, *, longer_than: float = LONG_PAUSE) -> list[tuple[int | None, float]]:
        """Return the pauses worth storing: (chat or None for the bot, until)."""
        return [(chat, until) for chat, until in self._until.items() if until - now > longer_than]

    def restore(self, pauses: Iterable[tuple[int | None, float]], now: float) -> None:
        """Set pauses that were stored, except those that have ended meanwhile."""
        for chat_id, until in pauses:
            if until > now:
                self._set(chat_id, until)

    def _note_whole_bot(self, chat_id: int, until: float, now: float) -> None:
        last, self._last = self._last, (chat_id, now, until)
        if last is not None and last[0] != chat_id and now - last[1] <= WHOLE_BOT_WINDOW:
            self._set(WHOLE_BOT, max(until, last[2]))

    def _set(self, chat_id: int | None, until: float) -> None:
        self._until[chat_id] = max(until, self._until.get(chat_id, 0.0))

    def _forget_over(self, now: float) -> None:
        for chat_id in [chat for chat, until in self._until.items() if until <= now]:
            del self._until[chat_id]
