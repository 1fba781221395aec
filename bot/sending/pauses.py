"""The pauses after a 429: no calls to one chat, none of one method, or none at all, until a time.

Takes `now` as an argument. What a stranger can provoke pauses that stranger's chat: the whole bot is paused only where
Telegram says so to a call that no chat can be the reason for, or for a few seconds where several people are refused.
"""

from collections.abc import Iterable

from bot.tracking.timing import backoff

PAUSE_MARGIN = 0.1  # added to retry_after: Telegram's clock isn't ours
WHOLE_BOT_CHATS = 3  # so many private chats refused …
WHOLE_BOT_WINDOW = 1.0  # … within so many seconds mean the whole bot, …
WHOLE_BOT_SECONDS = 5.0  # … for so long at most. Groups never add up to it: anybody can have many of them refused
LONG_PAUSE = 5.0  # seconds; shorter pauses end before a restart does, so they are not stored

FIRST_UNSAID, MOST_UNSAID = 5.0, 300.0  # seconds after a 429 that says none, growing with each in a row
UNSAID_MEMORY = 60.0  # seconds after such a pause in which another one counts as in a row

Scope = int | str | None  # what a 429 is about: a chat, a method by its name, or the whole bot
WHOLE_BOT: None = None
INSTANT = 1e-6  # a shorter wait counts as none: added to Unix seconds it might be lost in rounding


def left(until: float, now: float) -> float:
    """Return the seconds from `now` to `until`; 0.0 where that is past."""
    return until - now if until - now > INSTANT else 0.0


class Pauses:
    """The pauses of chats, of methods and of the whole bot, each until a time on the service's clock."""

    def __init__(self) -> None:
        self._until: dict[Scope, float] = {}  # Telegram has asked for these
        self._resting: dict[int, float] = {}  # and for these it has not
        self._refused: dict[int, tuple[float, float]] = {}  # private chats of the last second: refused at, until
        self._unsaid: dict[Scope, tuple[int, float]] = {}  # how many in a row named no time, and the last one's end

    def note(self, scope: Scope, seconds: float | None, now: float) -> float:
        """Start the pause of a 429, and return its seconds; where there is one already, the longer one counts.

        None: the answer names no time. Then each such answer in a row makes the pause longer.
        """
        self._forget_over(now)
        seconds = self._unsaid_seconds(scope, now) if seconds is None else max(0.0, seconds)
        until = now + seconds + PAUSE_MARGIN
        self._set(scope, until)
        if isinstance(scope, int) and scope > 0:
            self._note_private(scope, until, now)
        return seconds

    def __len__(self) -> int:
        return len(self._until) + len(self._resting)

    def pause_chat(self, chat_id: int, seconds: float, now: float) -> None:
        """Let the sender leave a chat alone for a while, though Telegram has not asked for it."""
        self._forget_over(now)  # here too: an outage pauses each chat once, and may never meet a 429
        self._resting[chat_id] = max(now + seconds, self._resting.get(chat_id, 0.0))

    def until(self, scope: Scope) -> float:
        """Return when Telegram allows calls of this scope again; 0.0 where there was no pause."""
        return max(self._until.get(WHOLE_BOT, 0.0), self._until.get(scope, 0.0))

    def resting_until(self, chat_id: int) -> float:
        """Return until when the sender leaves the chat alone; a person who asks there is answered all the same."""
        return self._resting.get(chat_id, 0.0)

    def chats(self, now: float) -> set[int]:
        """Return the chats with a pause of their own."""
        refused = {scope for scope, until in self._until.items() if isinstance(scope, int) and until > now}
        return refused | {chat_id for chat_id, until in self._resting.items() if until > now}

    def in_force(self, now: float) -> tuple[int, float]:
        """Return how many pauses Telegram has asked for that are not over, and the seconds left of the longest."""
        waits = [until - now for until in self._until.values() if until > now]
        return len(waits), max(waits, default=0.0)

    def long(self, now: float, *, longer_than: float = LONG_PAUSE) -> list[tuple[int | None, float]]:
        """Return the pauses worth storing: (chat or None for the bot, until). A method's is not: it is soon known.

        Nor are those that Telegram has not asked for: the first call after a restart shows how things are.
        """
        return [
            (scope, until)
            for scope, until in self._until.items()
            if not isinstance(scope, str) and until - now > longer_than
        ]

    def restore(self, pauses: Iterable[tuple[int | None, float]], now: float) -> None:
        """Set pauses that were stored, except those that have ended meanwhile."""
        for chat_id, until in pauses:
            if until > now:
                self._set(chat_id, until)

    def _note_private(self, chat_id: int, until: float, now: float) -> None:
        recent = {other: when for other, when in self._refused.items() if now - when[0] <= WHOLE_BOT_WINDOW}
        self._refused = {**recent, chat_id: (now, until)}
        if len(self._refused) >= WHOLE_BOT_CHATS:
            longest = max(end for _, end in self._refused.values())
            self._set(WHOLE_BOT, min(longest, now + WHOLE_BOT_SECONDS))

    def _unsaid_seconds(self, scope: Scope, now: float) -> float:
        count = self._unsaid.get(scope, (0, 0.0))[0] + 1
        seconds = backoff(count, first=FIRST_UNSAID, most=MOST_UNSAID)
        self._unsaid[scope] = (count, now + seconds)
        return seconds

    def _set(self, scope: Scope, until: float) -> None:
        self._until[scope] = max(until, self._until.get(scope, 0.0))

    def _forget_over(self, now: float) -> None:
        self._until = {scope: until for scope, until in self._until.items() if until > now}
        self._resting = {chat_id: until for chat_id, until in self._resting.items() if until > now}
        self._unsaid = {scope: kept for scope, kept in self._unsaid.items() if kept[1] + UNSAID_MEMORY > now}
