"""Find and parse Fluent files: `<folder>/<language>/*.ftl`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, ast

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
        """Return the line, from 1, on which an entry begins."""
        return self.text.count("\n", 0, entry.span.start) + 1 if entry.span else 1


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
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return FluentFile(path, error=f"can't be read: {error}")
    # a carriage return would become part of the message
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    resource = FluentParser(with_spans=True).parse(text)
    return FluentFile(path, text, tuple(resource.body))
