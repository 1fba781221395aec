"""The words of every language: loads them, chooses a language, and never leaves a message without a text."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import ast

from bot.words.fluent.checking import check, markup_problem
from bot.words.fluent.reading import Source, default_folder, entries, languages, sources
from bot.words.fluent.times import babel_locale

__all__ = ["BUILT_IN", "Catalog", "Miss", "check", "default_folder"]

BUILT_IN = "There is news, but its words are missing here. Please ask the store."
ENGLISH = "en"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Miss:
    """A text that could not be used: of which language, which key, and why."""

    locale: str
    key: str
    why: str


@dataclass(slots=True)
class _Language:
    """`own`: the packaged words (none where not `packaged`); `all`: with the override's on top, whose keys are
    `overridden`.
    """

    own: Any
    all: Any
    packaged: bool
    overridden: set[str] = field(default_factory=set)

    @property
    def has_words(self) -> bool:
        return self.packaged or bool(self.overridden)


class Catalog:
    """All languages of a folder, with an override's words on top.

    `on_miss` is called once for each key of a language that had to be taken from elsewhere. Raises OSError where the
    folder can't be read; a faulty file or message only counts as missing.
    """

    def __init__(
        self,
        folder: Path | None = None,
        override: Path | None = None,
        *,
        default: str = ENGLISH,
        on_miss: Callable[[Miss], None] | None = None,
    ) -> None:
        self._on_miss = on_miss
        self._missed: set[tuple[str, str]] = set()
        base = folder or default_folder()
        names = {*languages(base), *(languages(override) if override else ())}
        loaded = {name: _load(name, base, override) for name in sorted(names)}
        self._languages = {name: language for name, language in loaded.items() if language.has_words}
        self._by_folded: dict[str, str] = {name.lower(): name for name in self._languages}
        self.default = self._find(default) or ENGLISH

    def format(self, locale: str, key: str, **args: object) -> str:
        """The text of `key`. Arguments are ready HTML, or numbers; names with `-` don't exist.

        Looks in the language (override first), its parent, the default, English; at last there is a built-in sentence.
        """
        for language in self._chain(locale):
            text = self._in_language(language, key, args)
            if text is not None:
                return text
        return BUILT_IN

    def has(self, key: str) -> bool:
        """True if English has the key."""
        english = self._languages.get(ENGLISH)
        return bool(english and english.all.has_message(key))

    def choose(self, chosen: str | None, language_code: str | None) -> str:
        """The language of a chat: the chosen one, else Telegram's code as far as it is known, else the default."""
        for wanted in (chosen, language_code):
            if wanted and (found := self._find(wanted)):
                return found
        return self.default

    def available(self) -> list[tuple[str, str]]:
        """Every language with its name in itself, for a menu: [("en", "English"), …]."""
        return [(locale, self._own_name(locale)) for locale in self._languages]

    def _own_name(self, locale: str) -> str:
        language = self._languages[locale]
        if language.all.has_message("language-name"):
            text, errors = language.all.format_pattern(language.all.get_message("language-name").value, {})
            if not errors:
                return str(text)
        return str(babel_locale(locale).get_display_name() or locale)

    def _find(self, wanted: str) -> str | None:
        """Exactly this one, its parents, or a sister (pt → pt-BR)."""
        tag = wanted.strip().lower().replace("_", "-")
        while tag:
            if tag in self._by_folded:
                return self._by_folded[tag]
            sister = next((name for name in self._by_folded if name.startswith(f"{tag}-")), None)
            if sister and "-" not in tag:
                return self._by_folded[sister]
            tag = tag.rpartition("-")[0]
        return None

    def _chain(self, locale: str) -> Iterable[str]:
        steps: list[str] = []
        tag = locale
        while tag:
            steps.append(tag)
            tag = tag.rpartition("-")[0]
        known = (self._by_folded.get(step.lower()) for step in (*steps, self.default, ENGLISH))
        return dict.fromkeys(name for name in known if name)

    def _in_language(self, locale: str, key: str, args: Mapping[str, object]) -> str | None:
        language = self._languages[locale]
        if key in language.overridden:
            text = self._in_bundle(language.all, locale, key, args)
            if text is not None:
                return text
        if not language.packaged:
            return None  # an override may hold a few words of a language that is not packaged: that is no miss
        return self._in_bundle(language.own, locale, key, args)

    def _in_bundle(self, bundle: Any, locale: str, key: str, args: Mapping[str, object]) -> str | None:
        if not bundle.has_message(key):
            self._miss(locale, key, "there is no such message")
            return None
        pattern = bundle.get_message(key).value
        if pattern is None:
            self._miss(locale, key, "it has no text")
            return None
        text, errors = bundle.format_pattern(pattern, dict(args))
        if errors:
            self._miss(locale, key, "; ".join(str(error) for error in errors))
            return None
        return str(text)

    def _miss(self, locale: str, key: str, why: str) -> None:
        if (locale, key) in self._missed:
            return
        self._missed.add((locale, key))
        _log.warning("words: %s of %s can't be used: %s", key, locale, why)
        if self._on_miss:
            self._on_miss(Miss(locale, key, why))


def _load(name: str, base: Path, override: Path | None) -> _Language:
    ours = list(sources(base, name))
    language = _Language(_bundle(name), _bundle(name), packaged=bool(ours))
    for bundle in (language.own, language.all):
        for source in ours:
            bundle.add_resource(ast.Resource(list(entries(source))))
    for source in sources(override, name) if override else ():
        usable = [entry for entry in entries(source) if _is_usable(entry, source)]
        language.all.add_resource(ast.Resource(usable), allow_overrides=True)
        language.overridden.update(entry.id.name for entry in usable if isinstance(entry, ast.Message))
    return language


def _bundle(name: str) -> Any:
    locale = babel_locale(name)
    # isolates would become part of a copied order number
    return FluentBundle([str(locale).replace("_", "-"), ENGLISH], use_isolating=False)


def _is_usable(entry: Any, source: Source) -> bool:
    """Words that Telegram would refuse must not reach it: the packaged ones are used instead."""
    problem = markup_problem(entry)
    if problem:
        _log.warning("words: %s line %d: %s: %s", source.path, source.line(entry), entry.id.name, problem)
    return problem is None
