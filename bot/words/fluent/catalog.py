"""The messages of every language: load them, choose a chat's language, and format a message, which never fails."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import ast

from bot.words.fluent.checking import markup_problem
from bot.words.fluent.files import (
    ENGLISH,
    default_folder,
    entries,
    family_of,
    find_language,
    list_languages,
    parent_of,
    read_files,
)
from bot.words.fluent.times import babel_locale

LAST_RESORT = "There is news, but its words are missing here. Please ask the store."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MissingMessage:
    """A message that could not be used: its language, its key, and why."""

    locale: str
    key: str
    reason: str


@dataclass(slots=True)
class _Language:
    """The messages of one language; of a regional one with those of the language that it differs from below them.

    `packaged` holds ours, `combined` those with the override's on top, and `overridden` the keys of the latter.
    """

    packaged: Any
    combined: Any
    is_packaged: bool
    overridden: set[str] = field(default_factory=set)


class Catalog:
    """All languages of a folder, with the messages of an override on top.

    `on_missing` is called once for each message of a language that had to be taken from elsewhere. Raises OSError if
    the folder can't be read; a broken file or message only counts as missing.
    """

    def __init__(
        self,
        folder: Path | None = None,
        override: Path | None = None,
        *,
        default: str = ENGLISH,
        on_missing: Callable[[MissingMessage], None] | None = None,
    ) -> None:
        self._on_missing = on_missing
        self._reported: set[tuple[str, str]] = set()
        base = folder or default_folder()
        packaged = list_languages(base)
        names = [one for one in sorted({*packaged, *_languages(override)}) if _has_messages(one, base, override)]
        self._languages = {name: _load(family_of(name, packaged, names), base, override) for name in names}
        self._by_lower_case: dict[str, str] = {name.lower(): name for name in self._languages}
        self.default = self._find(default) or ENGLISH

    def format(self, locale: str, key: str, **args: object) -> str:
        """Return the text of `key`. Arguments are ready HTML, or numbers.

        The message is looked for in the language (override first), its parent language, the default, and English.
        """
        for language in self._fallbacks(locale):
            text = self._format_in(language, key, args)
            if text is not None:
                return text
        return LAST_RESORT

    def has(self, key: str) -> bool:
        """Return whether English has the key."""
        english = self._languages.get(ENGLISH)
        return bool(english and english.combined.has_message(key))

    def choose(self, chosen: str | None, language_code: str | None) -> str:
        """Return the language for a chat: the chosen one, else Telegram's code if we have it, else the default.

        Telegram knows few regions: where the default is one of the language (`es-AR` of `es`), it is meant.
        """
        if chosen and (found := self._find(chosen)):
            return found
        if language_code is None or parent_of(self.default, [language_code.strip()]):
            return self.default
        return self._find(language_code) or self.default

    def available(self) -> list[tuple[str, str]]:
        """Return every language with its name in that language, for a menu: [("en", "English"), …]."""
        return [(locale, self._own_name(locale)) for locale in self._languages]

    def _own_name(self, locale: str) -> str:
        language = self._languages[locale]
        if language.combined.has_message("language-name"):
            text, errors = language.combined.format_pattern(language.combined.get_message("language-name").value, {})
            if not errors:
                return str(text)
        return str(babel_locale(locale).get_display_name() or locale)

    def _find(self, wanted: str) -> str | None:
        return find_language(wanted, self._languages)

    def _fallbacks(self, locale: str) -> Iterable[str]:
        """Return the language, its parents, the default and English, as far as there are messages in them."""
        tags: list[str] = []
        tag = locale
        while tag:
            tags.append(tag)
            tag = tag.rpartition("-")[0]
        known = (self._by_lower_case.get(name.lower()) for name in (*tags, self.default, ENGLISH))
        return dict.fromkeys(name for name in known if name)

    def _format_in(self, locale: str, key: str, args: Mapping[str, object]) -> str | None:
        language = self._languages[locale]
        if key in language.overridden:
            text = self._format_with(language.combined, locale, key, args)
            if text is not None:
                return text
        if not language.is_packaged:
            return None  # an override may have a few messages of a language that is not ours: the rest is not missing
        return self._format_with(language.packaged, locale, key, args)

    def _format_with(self, bundle: Any, locale: str, key: str, args: Mapping[str, object]) -> str | None:
        if not bundle.has_message(key):
            self._report(locale, key, "there is no such message")
            return None
        pattern = bundle.get_message(key).value
        if pattern is None:
            self._report(locale, key, "it has no text")
            return None
        text, errors = bundle.format_pattern(pattern, dict(args))
        if errors:
            self._report(locale, key, "; ".join(str(error) for error in errors))
            return None
        return str(text)

    def _report(self, locale: str, key: str, reason: str) -> None:
        if (locale, key) in self._reported:
            return
        self._reported.add((locale, key))
        _log.warning("words: %s of %s can't be used: %s", key, locale, reason)
        if self._on_missing:
            self._on_missing(MissingMessage(locale, key, reason))


def _languages(folder: Path | None) -> list[str]:
    return list_languages(folder) if folder else []


def _has_messages(language: str, base: Path, override: Path | None) -> bool:
    """Return whether a language has messages of its own, not only examples of what people say."""
    stores = read_files(override, language) if override else ()
    return any(True for _ in read_files(base, language)) or any(True for file in stores for _ in entries(file))


def _load(family: Sequence[str], base: Path, override: Path | None) -> _Language:
    """Load the last language of a family. A store's own words go before ours, also those of the region's language."""
    name = family[-1]
    files = [(file, one != family[0]) for one in family for file in read_files(base, one)]
    language = _Language(_bundle(name), _bundle(name), is_packaged=bool(files))
    for bundle in (language.packaged, language.combined):
        for file, differs in files:
            bundle.add_resource(ast.Resource(list(entries(file))), allow_overrides=differs)
    for file in [file for one in family for file in read_files(override, one)] if override else ():
        # ours is used instead of one that Telegram would refuse; checking.check_override says which these are
        usable = [entry for entry in entries(file) if markup_problem(entry) is None]
        language.combined.add_resource(ast.Resource(usable), allow_overrides=True)
        language.overridden.update(entry.id.name for entry in usable if isinstance(entry, ast.Message))
    return language


def _bundle(name: str) -> Any:
    locale = babel_locale(name)
    # Fluent's invisible isolation characters would become part of an order number that is copied
    return FluentBundle([str(locale).replace("_", "-"), ENGLISH], use_isolating=False)
