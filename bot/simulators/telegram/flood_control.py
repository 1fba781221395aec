"""Telegram's flood control: how much is too much, and the pauses that it imposes. Times are the clock's `now`."""

import math
from collections import defaultdict, deque

from bot.simulators.telegram.errors import ApiError, too_many_requests

# what a chat gets to see
COUNTED = frozenset({"sendmessage", "editmessagetext", "editmessagereplymarkup", "senddocument", "sendphoto"})
BOT_SPAN, BOT_CALLS = 1.0, 30
PRIVATE_BURST, PRIVATE_RATE = 4.0, 1.0
GROUP_SPAN, GROUP_CALLS = 60.0, 20
OPEN_ENDED = 0.001  # a pause that ends in this moment is over


class Limits:
    """Counts messages where `enforced`, and holds running pauses in any case.

    `early_calls` counts calls inside a pause that was already told, `refusals` all 429s.
    """

    def __init__(self, *, enforced: bool) -> None:
        self.enforced = enforced
        self.early_calls = 0
        self.refusals = 0
        self._pauses: dict[int | None, float] = {}
        self._all: deque[float] = deque()
        self._groups: dict[int, deque[float]] = defaultdict(deque)
        self._private: dict[int, tuple[float, float]] = {}

    def pause(self, chat_id: int | None, seconds: float, now: float) -> ApiError:
        """Opens a pause (chat None: the whole bot) and returns the 429 that tells it."""
        seconds = max(1, math.ceil(seconds))
        self._pauses[chat_id] = max(now + seconds, self._pauses.get(chat_id, 0.0))
        self.refusals += 1
        return too_many_requests(seconds)

    def check_pause(self, chat_id: int | None, now: float) -> None:
        """Raises ApiError for a call inside a running pause."""
        until = max(self._pauses.get(None, 0.0), self._pauses.get(chat_id, 0.0))
        if until - now > OPEN_ENDED:
            self.early_calls += 1
            self.refusals += 1
            raise too_many_requests(math.ceil(until - now))

    def check_rate(self, method: str, chat_id: int | None, now: float) -> None:
        """Counts a message. Raises ApiError, and opens a pause, where it is one too many."""
        if not self.enforced or method not in COUNTED or chat_id is None:
            return
        if wait := _window_wait(self._all, BOT_SPAN, BOT_CALLS, now):
            raise self.pause(None, wait, now)
        if wait := self._chat_wait(chat_id, now):
            raise self.pause(chat_id, wait, now)
        self._all.append(now)

    def _chat_wait(self, chat_id: int, now: float) -> float:
        if chat_id < 0:
            window = self._groups[chat_id]
            if wait := _window_wait(window, GROUP_SPAN, GROUP_CALLS, now):
                return wait
            window.append(now)
            return 0.0
        tokens, filled_at = self._private.get(chat_id, (PRIVATE_BURST, now))
        tokens = min(PRIVATE_BURST, tokens + (now - filled_at) * PRIVATE_RATE)
        self._private[chat_id] = (max(0.0, tokens - 1.0) if tokens >= 1.0 else tokens, now)
        return 0.0 if tokens >= 1.0 else (1.0 - tokens) / PRIVATE_RATE


def _window_wait(window: deque[float], span: float, most: int, now: float) -> float:
    while window and window[0] <= now - span:
        window.popleft()
    return window[0] + span - now if len(window) >= most else 0.0
