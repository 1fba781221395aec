"""The pauses that a 429 imposes on every call, to one chat or of the whole bot. Driven by the `now` handed in."""

from collections.abc import Iterable

PAUSE_MARGIN = 0.1  # added to retry_after: Telegram's clock isn't ours
TOGETHER = 1.0  # two chats refused within this are not two chats: it is the bot
LONG_PAUSE = 5.0  # shorter ones are over before a restart is

WHOLE_BOT: int | None = None
INSTANT = 1e-6  # less than this is no wait: added to Unix seconds it might not move a clock at all


def left(until: float, now: float) -> float:
    """Seconds from `now` to `until`; 0.0 where that is no time, or past."""
    return until - now if until - now > INSTANT else 0.0


class Pauses:
    """What a 429 forbids: every call to a chat, or every call of the bot, until a time on the service's clock."""

    def __init__(self) -> None:
        self._until: dict[int | None, float] = {}
        self._last: tuple[int, float, float] | None = None  # chat, when it was refused, until when

    def note(self, chat_id: int | None, seconds: float, now: float) -> None:
        """Telegram said `retry_after`; a pause is only ever made longer.

        Without a chat it holds for the whole bot, and so it does when another chat was refused within a second.
        """
        until = now + max(0.0, seconds) + PAUSE_MARGIN
        self._forget_over(now)
        self._set(chat_id, until)
        if chat_id is not None:
            self._note_together(chat_id, until, now)

    def __len__(self) -> int:
        return len(self._until)

    def hold(self, chat_id: int, seconds: float, now: float) -> None:
        """Leave one chat alone for a while, without Telegram having asked for it."""
        self._forget_over(now)  # here too: an outage holds each chat once, and may never meet a 429
        self._set(chat_id, now + seconds)

    def until(self, chat_id: int | None) -> float:
        """When calls to the chat may go again; None asks for calls without a chat. 0.0 where nothing was noted."""
        return max(self._until.get(WHOLE_BOT, 0.0), self._until.get(chat_id, 0.0))

    def chats(self, now: float) -> dict[int, float]:
        """The chats paused on their own account, with the seconds left."""
        return {chat: until - now for chat, until in self._until.items() if chat is not None and until > now}

    def lasting(self, now: float, *, longer_than: float = LONG_PAUSE) -> list[tuple[int | None, float]]:
        """The pauses worth keeping over a restart: (chat or None for the bot, until)."""
        return [(chat, until) for chat, until in self._until.items() if until - now > longer_than]

    def restore(self, pauses: Iterable[tuple[int | None, float]], now: float) -> None:
        """Takes back what `lasting` gave; what is over meanwhile is left out."""
        for chat_id, until in pauses:
            if until > now:
                self._set(chat_id, until)

    def _note_together(self, chat_id: int, until: float, now: float) -> None:
        last, self._last = self._last, (chat_id, now, until)
        if last is not None and last[0] != chat_id and now - last[1] <= TOGETHER:
            self._set(WHOLE_BOT, max(until, last[2]))

    def _set(self, chat_id: int | None, until: float) -> None:
        self._until[chat_id] = max(until, self._until.get(chat_id, 0.0))

    def _forget_over(self, now: float) -> None:
        for chat_id in [chat for chat, until in self._until.items() if until <= now]:
            del self._until[chat_id]
