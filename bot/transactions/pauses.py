"""Pauses that Telegram has asked for (429), persisted so that they hold after a restart."""

import sqlite3
from collections.abc import Iterable

from bot.store import chats, key_value

BOT_HOLD_FACT = "bot-hold-until"
Pause = tuple[int | None, float]  # the chat (None: the whole bot), and until when on the service's clock


def keep(connection: sqlite3.Connection, pauses: Iterable[Pause]) -> None:
    """Store pauses; a later one of the same chat takes the place of an earlier one."""
    for chat_id, until in pauses:
        if chat_id is None:
            key_value.put(connection, BOT_HOLD_FACT, str(until))
        else:
            chats.hold(connection, chat_id, until)


def kept(connection: sqlite3.Connection, now: float) -> list[Pause]:
    """Return the pauses that were stored and are not over."""
    whole = key_value.get(connection, BOT_HOLD_FACT)
    return [*chats.held(connection, now), *([(None, float(whole))] if whole is not None else [])]
