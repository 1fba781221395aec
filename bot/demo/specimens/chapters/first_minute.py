"""The first minute: what the bot says to somebody who has just opened it."""

from collections.abc import Iterator

from bot.demo.specimens.chapters.stores import E_MERCADO, UNNAMED
from bot.demo.specimens.conversation import MESSAGE, PRESS, Conversation, Edition
from bot.demo.specimens.turns import Scene
from bot.telegram import beginning, shopper
from bot.telegram.commands import Command
from bot.telegram.said import Said, SaidKind
from bot.understanding.understood import Intent
from bot.words.example import EXAMPLE


def scenes(edition: Edition) -> Iterator[Scene]:
    """Begin in each kind of chat."""
    known: set[tuple[str, str]] = set()
    for store in (E_MERCADO, UNNAMED):
        yield _first(Conversation(edition, store, "Somebody new, private", known=known))
        yield _first(Conversation(edition, store, "Somebody new; by the store’s link only", by_link=True, known=known))
    for store in (E_MERCADO, UNNAMED):
        chat = Conversation(
            edition, store, "In a group; by the store’s link only", by_link=True, group=True, known=known
        )
        chat.does("you add the bot to the group", beginning.greet(chat.request, chat.context))
        yield chat.scene
    yield _first(Conversation(edition, E_MERCADO, "Somebody new, in a group", group=True, known=known))


def _first(chat: Conversation) -> Scene:
    request, context = chat.request, chat.context
    chat.types("/start", beginning.start(MESSAGE, request, context, Command("start")))
    where = "button-where-link" if context.config.by_link_only else "button-where-number"
    chat.presses(chat.plain(where), beginning.where_number(PRESS, request, context))
    chat.says(f"you: {EXAMPLE} (the example, copied)", Said(example=True))
    chat.types("/help", shopper.help_(MESSAGE, request, context))
    for intent in (Intent.GREETING, Intent.HELP_OR_WHAT_IS_THIS, Intent.THANKS, Intent.SMALLTALK_OR_UNKNOWN):
        chat.asks(intent)
    chat.asks(Intent.WHERE_IS_IT)
    chat.asks(Intent.LANGUAGE_CHANGE, languages=("de",))
    chat.asks(Intent.SMALLTALK_OR_UNKNOWN, "12345678", tried_number=True)
    chat.says("you send a voice message", Said(kind=SaidKind.VOICE))
    chat.says("you send a picture", Said(kind=SaidKind.PICTURE))
    chat.says("you send a place on the map", Said(kind=SaidKind.OTHER))
    chat.types("/orders", shopper.orders(MESSAGE, request, context))
    chat.types("/order", shopper.order(MESSAGE, request, context, Command("order")))
    chat.types("/stop", shopper.stop(MESSAGE, request, context, Command("stop")))
    chat.answered("you: /track", "unknown-command")
    return chat.scene
