"""Finds what is wrong with languages before a shopper does: `python -m bot locales`, and the tests, print this."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.syntax import ast

from bot.words.fluent import emoji
from bot.words.fluent.patterns import found, opening_variable, texts
from bot.words.fluent.reading import Source, entries, languages, sources
from bot.words.html.markup import BadMarkup, shown, units

ENGLISH = "en"
ALWAYS = frozenset({"store", "named", "hours"})  # every message may use these
_ALLOWED_FUNCTIONS = frozenset({"NUMBER"})
_KEPT_BY_OVERRIDES = frozenset({"order"})  # a store may drop other facts from its sentences, but not which order
_PLAIN = ("button-", "cmd-", "bot-", "toast-", "language-name", "level-name-")
_LONGEST = {"button-": 20, "level-name-": 20, "cmd-": 256, "bot-short": 120, "bot-description": 512, "toast-": 200}
_LOOKS_LIKE_EMOJI = re.compile(
    "[\u2139\u21a9\u21aa\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u3030\ufe0f\U0001f000-\U0001faff]"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    node: Any
    source: Source

    @property
    def name(self) -> str:
        return ("-" if isinstance(self.node, ast.Term) else "") + str(self.node.id.name)

    def problem(self, what: str) -> str:
        return f"{self.source.path}:{self.source.line(self.node)}: {self.name}: {what}"


def check(folder: Path, override: Path | None) -> list[str]:
    """Every problem of the languages in `folder`, and of an override's, one line each; empty if all is well."""
    try:
        names = languages(folder)
    except OSError as error:
        return [f"{folder}: can't be read: {error.strerror}"]
    if ENGLISH not in names:
        return [f"{folder}: there is no folder '{ENGLISH}', which the others are held against"]
    problems: list[str] = []
    english = _collect(folder, ENGLISH, problems)
    for name in names:
        found_in = english if name == ENGLISH else _collect(folder, name, problems)
        problems += _against_english(folder / name, found_in, english)
    if override:
        problems += _check_override(override, folder, english)
    return problems


def markup_problem(entry: Any) -> str | None:
    """Why Telegram would refuse one of the texts that a message can become; None if it would take all."""
    if entry.value is None:
        return "it has no text"
    for text in texts(entry.value):
        try:
            shown(text)
        except BadMarkup as bad:
            return str(bad)
    return None


def _collect(folder: Path, language: str, problems: list[str]) -> dict[str, _Entry]:
    """The entries of a language by name; adds what is broken in its files to `problems`."""
    collected: dict[str, _Entry] = {}
    for source in sources(folder, language):
        problems += _broken(source)
        for entry in (_Entry(node, source) for node in entries(source)):
            if entry.name in collected:
                first = collected[entry.name]
                problems.append(entry.problem(f"is already in {first.source.path.name}, which is taken"))
            else:
                collected[entry.name] = entry
    return collected


def _broken(source: Source) -> Iterator[str]:
    if source.wrong:
        yield f"{source.path}: {source.wrong}"
    for node in source.body:
        if isinstance(node, ast.Junk):
            reason = node.annotations[0].message if node.annotations else "can't be understood"
            start = (node.content or "").strip().splitlines()[0][:60]
            yield f"{source.path}:{source.line(node)}: broken: {reason} (at: {start})"


def _against_english(place: Path, own: Mapping[str, _Entry], english: Mapping[str, _Entry]) -> Iterator[str]:
    messages = {name for name in english if not name.startswith("-")}
    for name in sorted(messages - own.keys()):
        yield f"{place}: {name}: is missing"
    for name, entry in own.items():
        yield from _check_entry(entry, own)
        if name in messages:
            yield from _variables(entry, english[name], required=None)
        elif not name.startswith("-"):
            yield entry.problem("is extra: English has no such message")


def _check_override(override: Path, folder: Path, english: Mapping[str, _Entry]) -> Iterator[str]:
    try:
        names = languages(override)
    except OSError as error:
        yield f"{override}: can't be read: {error.strerror}"
        return
    if not names:
        yield f"{override}: holds no folder of a language (it must look like {override.name}/en/words.ftl)"
    for name in names:
        problems: list[str] = []
        own = _collect(override, name, problems)
        beneath = _collect(folder, name, [])
        yield from problems
        if not own and not problems:
            yield f"{override / name}: holds no messages (files must end in .ftl)"
        for key, entry in own.items():
            yield from _check_entry(entry, {**beneath, **own})
            if key in english:
                yield from _variables(entry, english[key], required=_KEPT_BY_OVERRIDES)
            elif not key.startswith("-"):
                yield entry.problem("is unknown: no message of this name is ever shown")


def _variables(entry: _Entry, english: _Entry, *, required: frozenset[str] | None) -> Iterator[str]:
    """`required` None: all that English uses."""
    used, known = found(entry.node).variables, found(english.node).variables
    for name in sorted(used - known - ALWAYS):
        yield entry.problem(f"has the variable ${name}, which does not exist here")
    needed = known - ALWAYS if required is None else known & required
    for name in sorted(needed - used):
        yield entry.problem(f"lacks the variable ${name}")


def _check_entry(entry: _Entry, all_entries: Mapping[str, _Entry]) -> Iterator[str]:
    if entry.node.attributes:
        yield entry.problem("has attributes, which are never shown")
    if entry.node.value is None:
        yield entry.problem("has no text")
        return
    yield from _references(entry, all_entries)
    wrong_markup = markup_problem(entry.node)
    if wrong_markup:
        yield entry.problem(wrong_markup)
    elif isinstance(entry.node, ast.Message):
        yield from dict.fromkeys(_check_texts(entry))


def _references(entry: _Entry, all_entries: Mapping[str, _Entry]) -> Iterator[str]:
    names = found(entry.node)
    wanted = names.messages | {f"-{term}" for term in names.terms}
    for name in sorted(wanted - all_entries.keys()):
        yield entry.problem(f"refers to {name}, which does not exist")
    for name in sorted(names.functions - _ALLOWED_FUNCTIONS):
        yield entry.problem(f"uses the function {name}, which does not exist")
    if names.attributes:
        yield entry.problem("refers to an attribute; write the words themselves")


def _check_texts(entry: _Entry) -> Iterator[str]:
    for text in texts(entry.node.value):
        what = _emoji_problem(entry, text) or _plain_problem(entry.name, text)
        if what:
            yield entry.problem(what)


def _emoji_problem(entry: _Entry, text: str) -> str | None:
    demanded = emoji.of_key(entry.name)
    if demanded == emoji.VARIABLE:
        opens = opening_variable(entry.node.value) == "emoji" and text[1:2] == " "
        rest, wanted = text, "{ $emoji } and a space"
    else:
        opens = demanded is None or text.startswith(f"{demanded} ")
        rest, wanted = text.removeprefix(demanded or ""), f"{demanded} and a space"
    if not opens:
        return f"must open with {wanted}, in every variant"
    if odd := _LOOKS_LIKE_EMOJI.search(rest):
        return f"has the emoji {odd[0]!r}; " + ("one is enough" if demanded else "this message has none")
    return None


def _plain_problem(key: str, text: str) -> str | None:
    if not text.strip():
        return "is empty in one of its variants"
    if key.startswith(_PLAIN) and re.search(r"[<&]", text):
        return "is shown as plain text: no tags and no & here"
    longest = _longest(key)
    if longest and units(text) > longest:
        return f"is too long ({units(text)}, at most {longest}): {text}"
    return None


def _longest(key: str) -> int | None:
    limits: Iterable[int] = (limit for start, limit in _LONGEST.items() if key.startswith(start))
    return next(iter(limits), None)
