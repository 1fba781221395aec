"""Find mistakes in the messages of every language before a shopper sees them: `python -m bot locales`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fluent.syntax import ast

from bot.words.fluent import emoji
from bot.words.fluent.entry import Entry, collect
from bot.words.fluent.files import ENGLISH, default_folder, family_of, list_languages, parent_of
from bot.words.fluent.override_folder import folder_problems, tag_of
from bot.words.fluent.patterns import ReferenceCycleError, first_variable, inlined, possible_texts, references
from bot.words.fluent.shapes import shape_problems
from bot.words.fluent.style import Style, StyleError, read_style, readable
from bot.words.fluent.voice import Voice
from bot.words.html.markup import MarkupError, visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.limits import (
    BOT_DESCRIPTION_UNITS,
    BOT_NAME_UNITS,
    BOT_SHORT_DESCRIPTION_UNITS,
    BUTTON_LABEL_UNITS,
    COMMAND_DESCRIPTION_UNITS,
    TOAST_UNITS,
)

STORE_VARIABLES = frozenset(  # every message may use these
    {"store", "named", "hours", "open", "contact", "example", "place", "placed"}
)
_ALLOWED_FUNCTIONS = frozenset({"NUMBER"})
_REQUIRED_OF_OVERRIDES = frozenset({"order"})  # a store may leave out other facts, but not which order it is about
_PLAIN_PREFIXES = ("button-", "cmd-", "bot-", "toast-", "language-name", "level-name-")
_LIMITS = {
    "button-": BUTTON_LABEL_UNITS,
    "level-name-": BUTTON_LABEL_UNITS,
    "cmd-": COMMAND_DESCRIPTION_UNITS,
    "bot-name": BOT_NAME_UNITS,
    "bot-short": BOT_SHORT_DESCRIPTION_UNITS,
    "bot-description": BOT_DESCRIPTION_UNITS,
    "toast-": TOAST_UNITS,
}


def check(folder: Path, override: Path | None) -> list[str]:
    """Return every problem of the languages in `folder`, and of an override's, one line each."""
    try:
        languages = list_languages(folder)
    except OSError as error:
        return [f"{folder}: can't be read: {error.strerror}"]
    if ENGLISH not in languages:
        return [f"{folder}: there is no folder '{ENGLISH}', which the others are held against"]
    problems: list[str] = []
    english = collect(folder, ENGLISH, problems)
    for language in languages:
        own = english if language == ENGLISH else collect(folder, language, problems)
        parent = parent_of(language, languages)
        voice = _voice(folder, family_of(language, languages, languages), problems)
        if parent is None:
            problems += _check_language(folder / language, own, english, voice)
        else:
            problems += _check_region(folder / language, own, collect(folder, parent, []), english, voice)
    if override:
        problems += check_override(override, folder)
    return problems


def markup_problem(entry: Any) -> str | None:
    """Return why Telegram would refuse a text that the message can become; None if it accepts all of them."""
    if entry.value is None:
        return "it has no text"
    for text in possible_texts(entry.value):
        try:
            visible_text(text)
        except MarkupError as error:
            return str(error)
    return None


def _voice(folder: Path, family: Sequence[str], problems: list[str], *, own: Path | None = None) -> Voice:
    """Return what a language is held against; a folder without its style has ours. A store may add to it in its own."""
    try:
        style = read_style((folder, default_folder()), family)
        return Voice(style.below(read_style((own,), family)) if own else style, is_ours=own is None)
    except StyleError as error:
        problems.append(str(error))
        return Voice(Style())


def _entries(folder: Path, language: str) -> Iterable[tuple[str, Entry]]:
    return collect(folder, language, []).items()


# ── languages ────────────────────────────────────────────────────────────────


def _check_language(place: Path, own: Mapping[str, Entry], english: Mapping[str, Entry], voice: Voice) -> Iterator[str]:
    messages = {name for name in english if not name.startswith("-")}
    for name in sorted(messages - own.keys()):
        yield f"{place}: {name}: is missing"
    for name, entry in own.items():
        if name in messages:
            yield from _check_variables(entry, english[name])
        elif not name.startswith("-"):
            yield entry.problem("is extra: English has no such message")
        yield from _check_entry(entry, own, english, voice)


def _check_region(
    place: Path, own: Mapping[str, Entry], parent: Mapping[str, Entry], english: Mapping[str, Entry], voice: Voice
) -> Iterator[str]:
    """Check a regional language, which holds only what differs from `parent`."""
    if "language-name" not in own:
        yield f"{place}: language-name: is missing: the menu would show two languages of one name"
    for name, entry in own.items():
        if name in english and not name.startswith("-"):
            yield from _check_variables(entry, english[name])
        elif not name.startswith("-"):
            yield entry.problem("is extra: English has no such message")
        yield from _check_entry(entry, {**parent, **own}, english, voice)
        if name in parent and entry.node.equals(parent[name].node, ignored_fields=["span", "comment"]):
            yield entry.problem(f"is the same in {parent[name].file.path.parent.name}: leave it out")


def check_override(override: Path, folder: Path) -> list[str]:
    """Return every problem of a store's own words, one line each, held against those in `folder`."""
    try:
        packaged = list_languages(folder)
        problems = [*folder_problems(override, packaged)]
        languages = [one for one in list_languages(override) if tag_of(one, packaged) == one]
    except OSError as error:
        return [f"{override}: can't be read: {error.strerror}"]
    english = collect(folder, ENGLISH, [])
    return [
        *problems,
        *(one for language in languages for one in _check_override_language(override, folder, language, english)),
    ]


def _check_override_language(
    override: Path, folder: Path, language: str, english: Mapping[str, Entry]
) -> Iterator[str]:
    problems: list[str] = []
    own = collect(override, language, problems)
    packaged = list_languages(folder)
    family = family_of(language, packaged, [*packaged, *list_languages(override)])
    below = {name: entry for place in (folder, override) for one in family for name, entry in _entries(place, one)}
    voice = _voice(folder, family, problems, own=override)
    yield from problems
    if own and language not in packaged and "language-name" in below.keys() - own.keys():
        yield f"{override / language}: language-name: is missing: the menu would show two languages of one name"
    for key, entry in own.items():
        if key in english:
            yield from _check_variables(entry, english[key], required=_REQUIRED_OF_OVERRIDES)
        elif not key.startswith("-"):
            yield entry.problem("is unknown: no message of this name is ever shown")
        yield from _check_entry(entry, {**below, **own}, english, voice)


# ── entries ──────────────────────────────────────────────────────────────────


def _check_variables(entry: Entry, english: Entry, *, required: frozenset[str] | None = None) -> Iterator[str]:
    """Compare the variables with those of English, which are all required unless `required` says which are."""
    used, known = references(entry.node).variables, references(english.node).variables
    for name in sorted(used - known - STORE_VARIABLES):
        yield entry.problem(f"has the variable ${name}, which does not exist here", f"${name}")
    needed = known - STORE_VARIABLES if required is None else known & required
    for name in sorted(needed - used):
        yield entry.problem(f"lacks the variable ${name}")


def _check_entry(
    entry: Entry, all_entries: Mapping[str, Entry], english: Mapping[str, Entry], voice: Voice
) -> Iterator[str]:
    if entry.node.attributes:
        yield entry.problem("has attributes, which are never shown")
    if entry.node.value is None:
        yield entry.problem("has no text")
        return
    yield from _check_references(entry, all_entries)
    wrong_markup = markup_problem(entry.node)
    if wrong_markup:
        yield entry.markup_problem(wrong_markup)
        return
    try:
        entry = _with_references(entry, all_entries)
    except ReferenceCycleError as error:
        yield entry.problem(f"refers to itself, by {error}")
        return
    if isinstance(entry.node, ast.Message):
        yield from dict.fromkeys(_check_texts(entry))
        shapes = shape_problems(entry, voice.style.lists.get("capitals"))
        yield from (entry.problem(one) for one in dict.fromkeys(shapes))
    yield from voice.problems(entry, english.get(entry.name, entry).source)


def _check_references(entry: Entry, all_entries: Mapping[str, Entry]) -> Iterator[str]:
    names = references(entry.node)
    wanted = names.messages | {f"-{term}" for term in names.terms}
    for name in sorted(wanted - all_entries.keys()):
        yield entry.problem(f"refers to {name}, which does not exist", name)
    for name in sorted(names.functions - _ALLOWED_FUNCTIONS):
        yield entry.problem(f"uses the function {name}, which does not exist", name)
    if names.attributes:
        yield entry.problem("refers to an attribute; write the words themselves")


def _with_references(entry: Entry, all_entries: Mapping[str, Entry]) -> Entry:
    """Return an entry with the words that it refers to in it: they are read together. Raises ReferenceCycleError."""
    patterns = {name: one.node.value for name, one in all_entries.items()}
    return replace(entry, node=inlined(entry.node, patterns, above=(entry.name,)))


def _check_texts(entry: Entry) -> Iterator[str]:
    for text in possible_texts(entry.node.value):
        problem = _emoji_problem(entry, text) or _plain_text_problem(entry.name, text)
        if problem:
            yield entry.problem(problem)


def _emoji_problem(entry: Entry, text: str) -> str | None:
    required = emoji.of_key(entry.name)
    if required == emoji.VARIABLE:
        begins_right = first_variable(entry.node.value) == "emoji" and text[1:2] == " "
        rest, expected = text, "{ $emoji } and a space"
    else:
        begins_right = required is None or text.startswith(f"{required} ")
        rest, expected = text.removeprefix(required or ""), f"{required} and a space"
    if not begins_right:
        return f"must open with {expected}, in every variant"
    if extra := emoji.ANY.search(rest):
        return f"has the emoji {extra[0]!r}; " + ("one is enough" if required else "this message has none")
    return None


def _plain_text_problem(key: str, text: str) -> str | None:
    if not readable(visible_text(text)):
        return "is empty in one of its variants"
    if key.startswith(_PLAIN_PREFIXES) and re.search(r"[<&]", text):
        return "is shown as plain text: no tags and no & here"
    limit = _limit(key)
    if limit and utf16_length(text) > limit:
        return f"is too long ({utf16_length(text)}, at most {limit}): {text}"
    return None


def _limit(key: str) -> int | None:
    limits: Iterable[int] = (limit for prefix, limit in _LIMITS.items() if key.startswith(prefix))
    return next(iter(limits), None)
