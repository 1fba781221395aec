"""Store how long Telegram's 429s ask the bot to wait, so that a restart does not end the pause early."""

import sqlite3
from collections.abc import Iterable

from bot.store import chats, key_value

BOT_RATE_LIMIT_KEY = "bot-hold-until"
Pause = tuple[int | None, float]  # the chat (None: the whole bot), and until when on the service's clock


def keep(connection: sqlite3.Connection, pauses: Iterable[Pause]) -> None:
    """Store pauses; a later one of the same chat takes the place of an earlier one."""
    for chat_id, until in pauses:
        if chat_id is None:
            key_value.put(connection, BOT_RATE_LIMIT_KEY, str(until))
        else:
            chats.save_rate_limit(connection, chat_id, until)


def kept(connection: sqlite3.Connection, now: float) -> list[Pause]:
    """Return the pauses that were stored and are not over."""
    whole = key_value.get(connection, BOT_RATE_LIMIT_KEY)
    return [*chats.rate_limits(connection, now), *([(None, float(whole))] if whole is not None else [])]
