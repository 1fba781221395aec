"""When something goes wrong, and the words that a press shows for a moment."""

from collections.abc import Iterator

from bot.demo.specimens.chapters.stores import E_MERCADO
from bot.demo.specimens.conversation import Conversation, Edition
from bot.demo.specimens.turns import Scene


def scenes(edition: Edition) -> Iterator[Scene]:
    """Write and press at a bad moment."""
    chat = Conversation(edition, E_MERCADO, "Messages at a bad moment")
    chat.answered("you write, and something breaks on the bot’s side", "apology")
    chat.answered("you send dozens of messages at once", "flood")
    yield chat.scene
    chat = Conversation(edition, E_MERCADO, "Presses, and the words shown for a moment")
    for key, did in _TOASTS.items():
        chat.toasts(key, did)
    yield chat.scene


_TOASTS = {
    "toast-refreshed": "you press Refresh",
    "toast-too-soon": "you press Refresh twice within a minute",
    "toast-trouble": "you press Refresh, and the store’s system does not answer",
    "toast-stopped": "you stop following an order by a button",
    "toast-saved": "you change a setting",
    "toast-noted": "you press one of the two buttons under a delivered order",
    "toast-old": "you press a button of a card that is not the newest",
    "toast-moment": "you press such a button while a newer card is just being sent",
    "toast-not-yours": "in a group, you press a button that is somebody else’s to press",
    "toast-flood": "you press dozens of buttons at once",
    "toast-apology": "you press a button, and something breaks on the bot’s side",
}
