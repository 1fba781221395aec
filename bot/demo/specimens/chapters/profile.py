"""What Telegram itself shows of the bot: its page and its menu of commands."""

from collections.abc import Iterator

from bot.demo.specimens.chapters.stores import E_MERCADO, ECOLO, UNNAMED
from bot.demo.specimens.conversation import Conversation, Edition
from bot.demo.specimens.turns import Scene, Turn
from bot.telegram.menus import GROUP, SHOPPER, STAFF


def scenes(edition: Edition) -> Iterator[Scene]:
    """Look at the bot's page and menus."""
    for store in (E_MERCADO, ECOLO, UNNAMED):
        chat = Conversation(edition, store, "The bot’s page")
        if store.name:
            chat.turns.append(Turn("(the bot’s name)", aside=chat.plain("bot-name")))
        chat.turns += [
            Turn("(before the first message)", aside=chat.plain("bot-description", by_link=False)),
            Turn("(the same, where orders are followed by the store’s link only)",
                 aside=chat.plain("bot-description", by_link=True)),
            Turn("(on the bot’s profile, and where somebody shares it)", aside=chat.plain("bot-short-description")),
        ]  # fmt: skip
        yield chat.scene
    chat = Conversation(edition, E_MERCADO, "The menu of commands")
    chat.turns += [Turn(f"({where})", aside=_menu(chat, names)) for where, names in _MENUS.items()]
    yield chat.scene


_MENUS = {"in private": SHOPPER, "in a group": GROUP, "for staff, above the others": STAFF}


def _menu(chat: Conversation, names: tuple[str, ...]) -> str:
    return "\n".join(f"/{name}  {chat.plain(f'cmd-{name}')}" for name in names)
