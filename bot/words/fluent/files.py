"""Find and parse Fluent files: `<folder>/<language>/*.ftl`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, ast

from bot.process.text_encoding import decode
from bot.words.fluent.places import own_start

ENGLISH = "en"  # the language that has every message; the others are checked against it
_INSTALLED = Path("share", "onroute", "locales")


@dataclass(frozen=True, slots=True)
class FluentFile:
    """A file: its path, its text and its syntax tree; `error` says why it can't be read, if it can't."""

    path: Path
    text: str = ""
    body: tuple[Any, ...] = ()
    error: str | None = None

    def line(self, entry: Any) -> int:
        """Return the line, from 1, on which an entry begins, behind the comment above it."""
        return self.line_at(own_start(entry)) if entry.span else 1

    def line_at(self, position: int) -> int:
        """Return the line, from 1, of a position in the text."""
        return self.text.count("\n", 0, position) + 1


def default_folder() -> Path:
    """Return the folder of the packaged languages: in a checkout next to the package, else under the prefix."""
    checkout = Path(__file__).resolve().parents[3] / "locales"
    candidates = (checkout, Path(sys.prefix) / _INSTALLED, Path(sys.base_prefix) / _INSTALLED)
    return next((folder for folder in candidates if (folder / ENGLISH).is_dir()), checkout)


def list_languages(folder: Path) -> list[str]:
    """Return the names of the languages in a folder, sorted. Raises OSError if it can't be read."""
    return sorted(place.name for place in folder.iterdir() if place.is_dir() and not place.name.startswith((".", "_")))


def parent_of(language: str, languages: Iterable[str]) -> str | None:
    """Return which of these languages a regional one (es-AR) differs from; None of one that is whole."""
    tag = language
    while "-" in tag:
        tag = tag.rpartition("-")[0]
        if found := next((one for one in languages if one.lower() == tag.lower()), None):
            return found
    return None


def family_of(language: str, packaged: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Return a language behind those that it differs from: ["es", "es-AR"].

    One of ours differs from none but ours: what a store has of `pt` leaves `pt-BR` whole.
    """
    parent = parent_of(language, packaged if language in packaged else languages)
    return [*family_of(parent, packaged, languages), language] if parent else [language]


def languages_with_words(folder: Path, override: Path | None) -> list[str]:
    """Return the languages that can be spoken: ours, and those that a store has files of. Raises OSError."""
    own = [one for one in list_languages(override) if any((override / one).glob("*.ftl"))] if override else []
    return sorted({*list_languages(folder), *own})


def find_language(wanted: str, languages: Iterable[str]) -> str | None:
    """Find this language, or its parent (es-419 → es), or a regional one of it (pt → pt-BR)."""
    by_lower_case = {name.lower(): name for name in languages}
    tag = wanted.strip().lower().replace("_", "-")
    while tag:
        if tag in by_lower_case:
            return by_lower_case[tag]
        regional = next((name for name in by_lower_case if name.startswith(f"{tag}-")), None)
        if regional and "-" not in tag:
            return by_lower_case[regional]
        tag = tag.rpartition("-")[0]
    return None


def why_without_words(wanted: str, override: Path | None) -> str | None:
    """Return why nothing can be said in a language; None if something can. A folder that can't be read has none."""
    try:
        languages = languages_with_words(default_folder(), override)
    except OSError:
        return None  # which is said elsewhere
    if find_language(wanted, languages):
        return None
    return f"is a language without words; there are {', '.join(languages)} (docs/words.md says how to add one)"


def read_files(folder: Path, language: str) -> Iterator[FluentFile]:
    """Read the files of one language, sorted by name; none if the language has no folder."""
    place = folder / language
    if not place.is_dir():
        return
    for path in sorted(place.glob("*.ftl")):
        yield _read(path)


def entries(file: FluentFile) -> Iterator[Any]:
    """Return the messages and terms of a file, in order."""
    return (entry for entry in file.body if isinstance(entry, ast.Message | ast.Term))


def _read(path: Path) -> FluentFile:
    try:
        content = path.read_bytes()
    except OSError as error:
        return FluentFile(path, error=f"can't be read: {error.strerror}")
    return _parse(path, content)


@lru_cache(maxsize=64)  # a check reads each file several times
def _parse(path: Path, content: bytes) -> FluentFile:
    try:
        text = decode(content)
    except ValueError as error:
        return FluentFile(path, error=f"can't be read: it {error}; save it as UTF-8")
    # a carriage return would become part of the message
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    resource = FluentParser(with_spans=True).parse(text)
    return FluentFile(path, text, tuple(resource.body))


def forget_files() -> None:
    """Give back the memory that the files take which were read."""
    _parse.cache_clear()
