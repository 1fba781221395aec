"""Tell Telegram the bot's name and descriptions, by language, where nobody else has written them.

What the owner has changed in BotFather stays: before anything is set, Telegram is asked what it shows, and that is
replaced only if it is what we set last, or nothing. Each is set at most once a day, as Telegram may refuse a bot's
name for hours. The name that people of the store's own language see is the owner's from the beginning.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter

from bot.people.menu_state import MenuState, SetText
from bot.process.clock import Clock
from bot.telegram.menus import fingerprint, language_codes, level_of
from bot.telegram.reasons import reason_of
from bot.tracking.timing import DAY
from bot.words.html.utf16 import utf16_prefix
from bot.words.limits import BOT_DESCRIPTION_UNITS, BOT_NAME_UNITS, BOT_SHORT_DESCRIPTION_UNITS
from bot.words.messages.rendering import Renderer

log = logging.getLogger(__name__)

Code = str | None  # Telegram's, of two letters; None: for all who have no text of their own language


@dataclass(frozen=True, slots=True)
class ProfileText:
    """One of the texts of the bot's page: what it should be, by language.

    `nobodys`: fingerprints of what Telegram shows where a language has no text of its own.
    """

    kind: str
    wanted: Mapping[Code, str]
    nobodys: Callable[[], Awaitable[Iterable[str | None]]]
    get: Callable[[Code], Awaitable[str]]
    set: Callable[[str, Code], Awaitable[object]]

    def place(self, code: Code) -> str:
        """Return the name of one language's text in what is kept."""
        return f"{self.kind}:{code}"


class Profile:
    """Sets them; what Telegram refuses is logged and tried again the next day."""

    def __init__(self, bot: Bot, renderer: Renderer, state: MenuState, clock: Clock, *, by_link: bool) -> None:
        self._bot = bot
        self._renderer = renderer
        self._state = state
        self._clock = clock
        self._by_link = by_link

    async def set(self) -> None:
        """Set what differs from what was set last. Raises StoreError."""
        for text in (self._description(), self._short_description(), self._name()):
            try:
                await self._set_languages(text)
            except TelegramRetryAfter as error:  # it goes for the other languages too
                log.info("Telegram takes no %s for %d s: tomorrow again", text.kind, error.retry_after)

    async def _set_languages(self, text: ProfileText) -> None:
        for code in text.wanted:
            try:
                await self._set_one(text, code)
            except TelegramRetryAfter:
                raise
            except (AiogramError, OSError) as error:
                log.log(level_of(error), "The %s could not be set: %s", text.place(code), reason_of(error))

    async def _set_one(self, text: ProfileText, code: Code) -> None:
        kept, wanted = self._kept(text.place(code)), text.wanted[code]
        if kept.fingerprint == fingerprint(wanted) or self._was_tried_today(kept):
            return
        kept = replace(kept, tried_at=self._clock.now())
        shown = fingerprint(await text.get(code))
        # what is wanted is ours too: it was set, and the answer never came
        if shown not in (kept.fingerprint, fingerprint(wanted), *await text.nobodys()):
            await self._leave_to_owner(text.place(code), kept)
            return
        await self._keep(text.place(code), kept)
        await text.set(wanted, code)
        await self._keep(text.place(code), replace(kept, fingerprint=fingerprint(wanted), owners=False))

    async def _leave_to_owner(self, place: str, kept: SetText) -> None:
        if not kept.owners:
            log.info("The %s was changed in BotFather: it stays as it is", place)
        await self._keep(place, replace(kept, owners=True))

    def _was_tried_today(self, kept: SetText) -> bool:
        # abs: a clock that was far ahead once must not hold it up until then
        return kept.tried_at is not None and abs(self._clock.now() - kept.tried_at) < DAY

    def _kept(self, place: str) -> SetText:
        return self._state.load(self._bot.id).texts.get(place, SetText())

    async def _keep(self, place: str, kept: SetText) -> None:
        shown = self._state.load(self._bot.id)
        await self._state.save(replace(shown, texts={**shown.texts, place: kept}))

    # ── the texts ────────────────────────────────────────────────────────────

    def _description(self) -> ProfileText:
        async def get(code: Code) -> str:
            return (await self._bot.get_my_description(language_code=code)).description

        async def set_(text: str, code: Code) -> object:
            return await self._bot.set_my_description(text, language_code=code)

        texts = self._texts("bot-description", BOT_DESCRIPTION_UNITS, by_link=self._by_link)
        return ProfileText("description", texts, self._nothing_but_ours("description", texts), get, set_)

    def _short_description(self) -> ProfileText:
        async def get(code: Code) -> str:
            return (await self._bot.get_my_short_description(language_code=code)).short_description

        async def set_(text: str, code: Code) -> object:
            return await self._bot.set_my_short_description(text, language_code=code)

        texts = self._texts("bot-short-description", BOT_SHORT_DESCRIPTION_UNITS)
        return ProfileText("short", texts, self._nothing_but_ours("short", texts), get, set_)

    def _name(self) -> ProfileText:
        async def get(code: Code) -> str:
            return (await self._bot.get_my_name(language_code=code)).name

        async def set_(text: str, code: Code) -> object:
            return await self._bot.set_my_name(text, language_code=code)

        async def the_owners() -> Iterable[str]:
            return [fingerprint(await get(None))]

        names = self._texts("bot-name", BOT_NAME_UNITS) if self._renderer.has_store_name else {}
        own = self._renderer.default_locale
        others: dict[Code, str] = {code: name for code, name in names.items() if code not in (None, own.split("-")[0])}
        return ProfileText("name", others, the_owners, get, set_)

    def _texts(self, key: str, units: int, **values: object) -> Mapping[Code, str]:
        codes = language_codes(self._renderer)
        texts = {code: utf16_prefix(self._renderer.plain(one, key, **values), units) for code, one in codes.items()}
        # Telegram takes blanks at the ends away, as of a text that is cut there: then it would look like another's
        return {code: text.strip() for code, text in texts.items()}

    def _nothing_but_ours(self, kind: str, texts: Mapping[Code, str]) -> Callable[[], Awaitable[Iterable[str | None]]]:
        async def nobodys() -> Iterable[str | None]:
            return [fingerprint(""), self._kept(f"{kind}:{None}").fingerprint, fingerprint(texts[None])]

        return nobodys
