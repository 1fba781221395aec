"""Tell Telegram the command menus, for each scope and language, when they have changed."""

import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)

from bot.people.menu_state import MenuState
from bot.telegram.reasons import reason_of
from bot.telegram.watching import is_answer, is_token_refused
from bot.words.html.utf16 import utf16_prefix
from bot.words.limits import COMMAND_DESCRIPTION_UNITS
from bot.words.messages.rendering import Renderer

log = logging.getLogger(__name__)

SHOPPER = ("orders", "order", "stop", "settings", "language", "privacy", "export", "forget", "help")
GROUP = ("order", "orders", "stop", "language", "help")
STAFF = ("check", "stuck", "stats", "who", "resend", "tell", "link")
OTHER_LANGUAGES = "other"
ATTEMPTS = 5  # of a call that Telegram holds up; its pause is waited for in between, like everybody's
_STAFF_PLACE = re.compile(r"staff (?P<chat>-?[0-9]+):(?P<code>[a-z]+)")

Scope = BotCommandScopeDefault | BotCommandScopeAllPrivateChats | BotCommandScopeAllGroupChats | BotCommandScopeChat


@dataclass(frozen=True, slots=True)
class Shown:
    """A menu that Telegram shows: where, what, and the call that sets it."""

    place: str
    content: object
    set: Callable[[], Awaitable[object]]

    @property
    def fingerprint(self) -> str:
        """The content, short enough to be kept."""
        return fingerprint(self.content)


def fingerprint(content: object) -> str:
    """Return what stands for something that is shown, short enough to be kept."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:16]


class Menus:
    """Sets them; what Telegram refuses is logged and tried again at the next start."""

    def __init__(self, bot: Bot, renderer: Renderer, state: MenuState, staff: Iterable[int]) -> None:
        self._bot = bot
        self._renderer = renderer
        self._state = state
        self._staff = sorted(staff)

    async def set(self) -> None:
        """Set what differs from what was set last. Raises StoreError."""
        shown = self._state.load(self._bot.id)
        known = shown.menus
        fingerprints = await self._set_changed(known)
        fingerprints |= await self._remove_from_former_staff(known.keys() - fingerprints.keys(), known)
        if fingerprints != known or shown.bot != self._bot.id:
            await self._state.save(replace(shown, bot=self._bot.id, menus=fingerprints))

    async def _set_changed(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the fingerprints of what Telegram shows now."""
        return {
            one.place: one.fingerprint
            for one in self._all_shown()
            if known.get(one.place) == one.fingerprint or await self._is_set(one)
        }

    async def _is_set(self, one: Shown) -> bool:
        try:
            await _obeying_pauses(one.set)
        except (AiogramError, OSError) as error:  # a staff member who never wrote to the bot, or Telegram is down
            log.log(level_of(error), "The menu of %s could not be set: %s", one.place, reason_of(error))
            return False
        return True

    async def _remove_from_former_staff(self, places: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
        """Show to whoever has left the staff what everybody sees; return what could not be removed."""
        kept: dict[str, str] = {}
        for place in places:
            found = _STAFF_PLACE.fullmatch(place)
            if found is None or int(found["chat"]) in self._staff:
                continue
            if not await self._is_removed(int(found["chat"]), found["code"]):
                kept[place] = known[place]
        return kept

    async def _is_removed(self, chat_id: int, code: str) -> bool:
        scope = BotCommandScopeChat(chat_id=chat_id)
        try:
            language_code = None if code == OTHER_LANGUAGES else code
            await _obeying_pauses(partial(self._bot.delete_my_commands, scope=scope, language_code=language_code))
        except TelegramBadRequest as error:  # the chat is gone, and its menu with it
            log.info("The menu of %s needs no removal: %s", chat_id, error.message)
        except (AiogramError, OSError) as error:
            log.log(level_of(error), "The menu of %s could not be taken away: %s", chat_id, reason_of(error))
            return False
        return True

    def _all_shown(self) -> Iterable[Shown]:
        for code, locale in language_codes(self._renderer).items():
            for place, names, scope in self._scopes():
                yield self._menu(f"{place}:{code or OTHER_LANGUAGES}", names, scope, locale, code)

    def _scopes(self) -> Iterable[tuple[str, tuple[str, ...], Scope]]:
        yield "default", SHOPPER, BotCommandScopeDefault()
        yield "private", SHOPPER, BotCommandScopeAllPrivateChats()
        yield "groups", GROUP, BotCommandScopeAllGroupChats()
        for chat_id in self._staff:
            own = SHOPPER if chat_id > 0 else GROUP
            yield f"staff {chat_id}", (*STAFF, *own), BotCommandScopeChat(chat_id=chat_id)

    def _menu(self, place: str, names: tuple[str, ...], scope: Scope, locale: str, code: str | None) -> Shown:
        texts = {
            name: utf16_prefix(self._renderer.plain(locale, f"cmd-{name}"), COMMAND_DESCRIPTION_UNITS) for name in names
        }
        commands = [BotCommand(command=name, description=text) for name, text in texts.items()]
        return Shown(place, texts, lambda: self._bot.set_my_commands(commands, scope=scope, language_code=code))


def language_codes(renderer: Renderer) -> Mapping[str | None, str]:
    """Return our language for each of Telegram's two-letter codes, and for None: all other languages.

    A language goes before its regions (`es` before `es-AR`) unless the default is one, as it does where people write.
    """
    default = renderer.default_locale
    codes: dict[str | None, str] = {None: default, default.split("-")[0]: default}
    for locale, _name in sorted(renderer.languages(), key=lambda one: len(one[0])):
        codes.setdefault(locale.split("-")[0], locale)
    return codes


def level_of(error: Exception) -> int:
    """Return INFO for what is about this call; that Telegram doesn't answer at all is said by its watch."""
    return logging.INFO if is_answer(error) and not is_token_refused(error) else logging.DEBUG


async def _obeying_pauses(call: Callable[[], Awaitable[object]]) -> None:
    """Make a call, and again after a 429: the gate of all calls lets it through once the pause is over."""
    for _ in range(ATTEMPTS - 1):
        try:
            await call()
        except TelegramRetryAfter as error:
            log.debug("Telegram takes a menu in %d s", error.retry_after)
        else:
            return
    await call()
