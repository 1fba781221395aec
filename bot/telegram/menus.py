"""The command menus and the bot's own page, for each scope and language, set only when they have changed."""

import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)

from bot.people.remembering import Remembering
from bot.words.limits import BOT_DESCRIPTION_UNITS, BOT_SHORT_DESCRIPTION_UNITS, COMMAND_DESCRIPTION_UNITS
from bot.words.messages.rendering import Renderer

log = logging.getLogger(__name__)

SHOPPER = ("orders", "order", "stop", "settings", "language", "privacy", "export", "forget", "help")
GROUP = ("order", "orders", "stop", "language", "help")
STAFF = ("check", "stuck", "stats", "who", "resend", "tell", "link")
OTHER_LANGUAGES = "other"
_STAFF_PLACE = re.compile(r"staff (?P<chat>-?[0-9]+):(?P<code>[a-z]+)")

Scope = BotCommandScopeDefault | BotCommandScopeAllPrivateChats | BotCommandScopeAllGroupChats | BotCommandScopeChat
Task = tuple[str, object, Callable[[], Awaitable[object]]]


class Menus:
    """Sets them; what Telegram refuses is logged and tried again at the next start."""

    def __init__(
        self, bot: Bot, renderer: Renderer, remembering: Remembering, staff: Iterable[int], *, by_link: bool
    ) -> None:
        self._bot = bot
        self._renderer = renderer
        self._remembering = remembering
        self._staff = sorted(staff)
        self._by_link = by_link

    async def set(self) -> None:
        """Set what differs from what was set last. Raises StoreTrouble."""
        known = self._remembering.menus()
        prints: dict[str, str] = {}
        for place, content, act in self._tasks():
            print_ = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:16]
            if known.get(place) == print_ or await self._done(place, act):
                prints[place] = print_
        for place in known.keys() - prints.keys():
            left = _STAFF_PLACE.fullmatch(place)
            if left is not None and int(left["chat"]) not in self._staff and not await self._taken_away(left):
                prints[place] = known[place]
        if prints != known:
            await self._remembering.keep_menus(prints)

    async def _taken_away(self, left: re.Match[str]) -> bool:
        """Whoever has left the staff sees what everybody sees; True once that is so."""
        scope, code = BotCommandScopeChat(chat_id=int(left["chat"])), left["code"]
        try:
            await self._bot.delete_my_commands(scope=scope, language_code=None if code == OTHER_LANGUAGES else code)
        except TelegramBadRequest as error:  # the chat is gone, and its menu with it
            log.info("The menu of %s needs no removal: %s", left["chat"], error.message)
        except (AiogramError, OSError) as error:
            log.info("The menu of %s could not be taken away: %s", left["chat"], type(error).__name__)
            return False
        return True

    async def _done(self, place: str, act: Callable[[], Awaitable[object]]) -> bool:
        try:
            await act()
        except (AiogramError, OSError) as error:  # a staff member who never wrote to the bot, or Telegram is down
            log.info("The menu of %s could not be set: %s", place, type(error).__name__)
            return False
        return True

    def _tasks(self) -> Iterable[Task]:
        for code, locale in self._codes().items():
            for place, names, scope in self._scopes():
                yield self._menu(f"{place}:{code or OTHER_LANGUAGES}", names, scope, locale, code)
            description = self._renderer.plain(locale, "bot-description", by_link=self._by_link)[:BOT_DESCRIPTION_UNITS]
            yield self._description(f"description:{code}", description, code)
            short = self._renderer.plain(locale, "bot-short-description")[:BOT_SHORT_DESCRIPTION_UNITS]
            yield self._short_description(f"short:{code}", short, code)

    def _codes(self) -> Mapping[str | None, str]:
        """Telegram's two-letter codes, and None for all other languages."""
        codes: dict[str | None, str] = {None: self._renderer.default_locale}
        for locale, _name in self._renderer.languages():
            codes.setdefault(locale.split("-")[0], locale)
        return codes

    def _scopes(self) -> Iterable[tuple[str, tuple[str, ...], Scope]]:
        yield "default", SHOPPER, BotCommandScopeDefault()
        yield "private", SHOPPER, BotCommandScopeAllPrivateChats()
        yield "groups", GROUP, BotCommandScopeAllGroupChats()
        for chat_id in self._staff:
            own = SHOPPER if chat_id > 0 else GROUP
            yield f"staff {chat_id}", (*STAFF, *own), BotCommandScopeChat(chat_id=chat_id)

    def _menu(self, place: str, names: tuple[str, ...], scope: Scope, locale: str, code: str | None) -> Task:
        texts = {name: self._renderer.plain(locale, f"cmd-{name}")[:COMMAND_DESCRIPTION_UNITS] for name in names}
        commands = [BotCommand(command=name, description=text) for name, text in texts.items()]
        return place, texts, lambda: self._bot.set_my_commands(commands, scope=scope, language_code=code)

    def _description(self, place: str, text: str, code: str | None) -> Task:
        return place, text, lambda: self._bot.set_my_description(text, language_code=code)

    def _short_description(self, place: str, text: str, code: str | None) -> Task:
        return place, text, lambda: self._bot.set_my_short_description(text, language_code=code)
