"""Reads folders of Fluent files: `<folder>/<language>/*.ftl`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, ast

_INSTALLED = Path("share", "onroute", "locales")


@dataclass(frozen=True, slots=True)
class Source:
    """One file: where it is, its text, and what the parser made of it (None: it can't be read, `wrong` says why)."""

    path: Path
    text: str = ""
    body: tuple[Any, ...] = ()
    wrong: str | None = None

    def line(self, entry: Any) -> int:
        """The line of the file, from 1, on which an entry begins."""
        return self.text.count("\n", 0, entry.span.start) + 1 if entry.span else 1


def default_folder() -> Path:
    """The folder of the packaged languages: beside the package in a checkout, under the prefix once installed."""
    beside = Path(__file__).resolve().parents[3] / "locales"
    places = (beside, Path(sys.prefix) / _INSTALLED, Path(sys.base_prefix) / _INSTALLED)
    return next((place for place in places if (place / "en").is_dir()), beside)


def languages(folder: Path) -> list[str]:
    """Names of the languages in a folder, in alphabetical order. Raises OSError where it can't be read."""
    return sorted(one.name for one in folder.iterdir() if one.is_dir() and not one.name.startswith((".", "_")))


def sources(folder: Path, language: str) -> Iterator[Source]:
    """The files of one language in order of their names; none where it has no folder."""
    place = folder / language
    if not place.is_dir():
        return
    for path in sorted(place.glob("*.ftl")):
        yield _read(path)


def entries(source: Source) -> Iterator[Any]:
    """Messages and terms of a file, in its order."""
    return (one for one in source.body if isinstance(one, ast.Message | ast.Term))


def _read(path: Path) -> Source:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return Source(path, wrong=f"can't be read: {error}")
    # line ends of another system would become part of the words
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    resource = FluentParser(with_spans=True).parse(text)
    return Source(path, text, tuple(resource.body))
