"""Apply Telegram's flood control: limits of messages and names, and pauses (429). Times are `clock.now()`."""

import math
from collections import defaultdict, deque

from bot.simulators.telegram.errors import ApiError, too_many_requests

# only methods that show something in a chat are counted
COUNTED_METHODS = frozenset({"sendmessage", "editmessagetext", "editmessagereplymarkup", "senddocument", "sendphoto"})
BOT_SECONDS, BOT_MESSAGES = 1.0, 30
PRIVATE_BURST, PRIVATE_RATE = 4.0, 1.0
GROUP_SECONDS, GROUP_MESSAGES = 60.0, 20
DAY = 24 * 3600.0
MOST_NAMES_A_DAY = 3  # nobody has said how many there may be; a bot that was named too often waits for hours
ROUNDING_TOLERANCE = 0.001  # a pause that ends at this moment is over


class FloodControl:
    """Counts messages if `enforced`, and keeps running pauses in any case.

    `early_calls` counts calls during a pause that was announced before, `refusals` all 429s.
    """

    def __init__(self, *, enforced: bool) -> None:
        self.enforced = enforced
        self.early_calls = 0
        self.refusals = 0
        self._pauses: dict[int | str | None, float] = {}
        self._all: deque[float] = deque()
        self._names: deque[float] = deque()
        self._groups: dict[int, deque[float]] = defaultdict(deque)
        self._private: dict[int, tuple[float, float]] = {}

    def pause(self, scope: int | str | None, seconds: float, now: float) -> ApiError:
        """Start a pause of a chat, a method (in lower case) or the whole bot; return the 429 that announces it."""
        seconds = max(1, math.ceil(seconds))
        self._pauses[scope] = max(now + seconds, self._pauses.get(scope, 0.0))
        self.refusals += 1
        return too_many_requests(seconds)

    def check_pause(self, method: str, chat_id: int | None, now: float) -> None:
        """Raise ApiError for a call during a pause."""
        until = max(self._pauses.get(scope, 0.0) for scope in (None, method, chat_id))
        if until - now > ROUNDING_TOLERANCE:
            self.early_calls += 1
            self.refusals += 1
            raise too_many_requests(math.ceil(until - now))

    def check_rate(self, method: str, chat_id: int | None, now: float) -> None:
        """Count a message. Raises ApiError and starts a pause if it is one too many."""
        if self.enforced and method == "setmyname":
            if wait := _window_wait(self._names, DAY, MOST_NAMES_A_DAY, now):
                raise self.pause(method, wait, now)
            self._names.append(now)
        if not self.enforced or method not in COUNTED_METHODS or chat_id is None:
            return
        if wait := _window_wait(self._all, BOT_SECONDS, BOT_MESSAGES, now):
            raise self.pause(None, wait, now)
        if wait := self._chat_wait(chat_id, now):
            raise self.pause(chat_id, wait, now)
        self._all.append(now)

    def _chat_wait(self, chat_id: int, now: float) -> float:
        if chat_id < 0:
            window = self._groups[chat_id]
            if wait := _window_wait(window, GROUP_SECONDS, GROUP_MESSAGES, now):
                return wait
            window.append(now)
            return 0.0
        tokens, filled_at = self._private.get(chat_id, (PRIVATE_BURST, now))
        tokens = min(PRIVATE_BURST, tokens + (now - filled_at) * PRIVATE_RATE)
        self._private[chat_id] = (max(0.0, tokens - 1.0) if tokens >= 1.0 else tokens, now)
        return 0.0 if tokens >= 1.0 else (1.0 - tokens) / PRIVATE_RATE


def _window_wait(window: deque[float], seconds: float, limit: int, now: float) -> float:
    while window and window[0] <= now - seconds:
        window.popleft()
    return window[0] + seconds - now if len(window) >= limit else 0.0
