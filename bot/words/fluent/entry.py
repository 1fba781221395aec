"""A message or term of a language's files, and all of a language by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.syntax import ast

from bot.words.fluent.files import FluentFile, entries, read_files
from bot.words.fluent.places import broken_at, find_fragment, find_markup, own_start


@dataclass(frozen=True, slots=True)
class Entry:
    """A message or term, and the file that it is in."""

    node: Any
    file: FluentFile

    @property
    def name(self) -> str:
        """The key; of a term, with its hyphen."""
        return ("-" if isinstance(self.node, ast.Term) else "") + str(self.node.id.name)

    @property
    def source(self) -> str:
        """The name of its file: card, staff …"""
        return self.file.path.stem

    def problem(self, description: str, fragment: str | None = None) -> str:
        """Return a line that says where and what is wrong; `fragment` is the part of the text that is."""
        at = own_start(self.node) if fragment is None else find_fragment(self.node, self.file.text, fragment)
        return self._problem_at(at, description)

    def markup_problem(self, reason: str) -> str:
        """Return a line that says where the markup is wrong, and why."""
        return self._problem_at(find_markup(self.node, self.file.text, reason), reason)

    def _problem_at(self, position: int, description: str) -> str:
        return f"{self.file.path}:{self.file.line_at(position)}: {self.name}: {description}"


def collect(folder: Path, language: str, problems: list[str]) -> dict[str, Entry]:
    """Return the entries of a language by name; add broken and repeated ones to `problems`."""
    collected: dict[str, Entry] = {}
    for file in read_files(folder, language):
        problems += _broken(file)
        for entry in (Entry(node, file) for node in entries(file)):
            if entry.name in collected:
                first = collected[entry.name]
                problems.append(entry.problem(f"is already in {first.file.path.name}, which is taken"))
            else:
                collected[entry.name] = entry
    return collected


def _broken(file: FluentFile) -> Iterator[str]:
    if file.error:
        yield f"{file.path}: {file.error}"
    for node in file.body:
        if isinstance(node, ast.Junk):
            reason = node.annotations[0].message if node.annotations else "can't be understood"
            start = (node.content or "").strip().splitlines()[0][:60]
            yield f"{file.path}:{file.line_at(broken_at(node))}: broken: {reason} (at: {start})"
