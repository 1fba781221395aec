"""The seconds that Telegram has named: no call to a chat, or none at all, before they are over."""

LONG = 5.0  # a shorter pause is over before a restart is: it need not outlive one


class Waits:
    """Of each chat, and of the whole bot: until when, and how many seconds were named."""

    def __init__(self) -> None:
        self._of_chat: dict[int, tuple[float, float]] = {}
        self._of_bot: tuple[float, float, float] = (0.0, 0.0, 0.0)  # until, seconds, said at

    def named(self, chat_id: int, seconds: float, now: float, *, whole_bot: bool, forgotten: bool) -> None:
        if whole_bot and now + seconds > self._of_bot[0]:
            self._of_bot = (now + seconds, seconds, now)
        kept = 0.0 if forgotten else seconds  # of a chat that nothing is stored of
        self._of_chat[chat_id] = max((now + seconds, kept), self._of_chat.get(chat_id, (0.0, 0.0)))

    def faults(self, chat_id: int, now: float) -> list[str]:
        """Return what is wrong with a call that leaves now."""
        wrong = ["inside retry_after"] if now < self._of_chat.get(chat_id, (0.0, 0.0))[0] else []
        until, _, said_at = self._of_bot
        # in the same instant it may have left before the answer came
        return [*wrong, "inside the bot's retry_after"] if said_at < now < until else wrong

    def forgets(self, chat_id: int) -> None:
        """Nothing that is stored of the chat outlives this, a long pause neither."""
        if chat_id in self._of_chat:
            self._of_chat[chat_id] = (self._of_chat[chat_id][0], 0.0)

    def moves(self, chat_id: int) -> None:
        self._of_chat.pop(chat_id, None)

    def starts_anew(self) -> None:
        """Another process: only long pauses are known to it."""
        self._of_chat = {chat: pause for chat, pause in self._of_chat.items() if pause[1] > LONG}
        if self._of_bot[1] <= LONG:
            self._of_bot = (0.0, 0.0, 0.0)
