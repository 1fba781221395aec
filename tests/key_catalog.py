"""A catalog for tests in which every message is its key and its variables: `⟦state-packing¦order=A-1¦store=…⟧`.

The words of `locales/` are there to be edited, so only `tests/words` and one walk through the whole service read them.
Everything else reads keys: in a test's own process from `key_catalog()`, in the service's from LOCALES_OVERRIDE.
"""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fluent.syntax import ast

from bot.words.fluent.catalog import Catalog
from bot.words.fluent.files import default_folder, entries, list_languages, read_files
from bot.words.fluent.patterns import references

ENGLISH = "en"
OPENS, CLOSES, PARTS = "⟦", "⟧", "¦"


@cache
def key_catalog() -> Catalog:
    """The catalog, for a test's own process."""
    return Catalog(key_folder())


def key_folder() -> Path:
    """The same as Fluent files, for LOCALES_OVERRIDE. They are there until the process ends."""
    return Path(_folder().name)


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory(prefix="onroute-keys-")
    for language in list_languages(default_folder()):
        place = Path(folder.name, language)
        place.mkdir()
        (place / "keys.ftl").write_text("\n".join(_messages(language)), encoding="utf-8")
    return folder


def _messages(language: str) -> Iterator[str]:
    """A line of Fluent for each message of English, with the variables that English uses."""
    for source in read_files(default_folder(), ENGLISH):
        for entry in entries(source):
            if isinstance(entry, ast.Message):
                name = entry.id.name
                yield f"{name} = {_shown(entry, language)}"


def _shown(message: ast.Message, language: str) -> str:
    """English goes without its name, which keeps what most tests look at short."""
    key = message.id.name if language == ENGLISH else f"{language}:{message.id.name}"
    variables = (f"{name}={{ ${name} }}" for name in sorted(references(message).variables))
    return f"{OPENS}{PARTS.join([key, *variables])}{CLOSES}"
