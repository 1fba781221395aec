"""Read pasted tables: which words stand at the head of the column that a number stands in. Pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

MOST_LINES = 40
LONGEST_LINE = 400
_CELLS = re.compile(r"\s*[|;\t]\s*|\s{2,}")
_COMMAS = re.compile(r"\s*,\s*")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"[0-9\0]")


@dataclass(frozen=True, slots=True)
class _Heads:
    """A line that may be the head of a table: its cells, and which line it is."""

    line: int
    cells: Sequence[str]


class Tables:
    """The lines of a text, each read once."""

    def __init__(self, said: str) -> None:
        self._lines = said.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._heads = self._heads_of_lines()

    def heads(self, start: int) -> tuple[Sequence[str], int] | None:
        """Return all heads of the table that a place stands in, and which of them is above the place."""
        at = bisect_right(self._starts, start) - 1
        heads = self._heads[at]
        if heads is None:
            return None
        before = self._lines[at][: start - self._starts[at]].lstrip(" |")
        return heads, len(_parting(self._lines[at]).split(before)) - 1

    def _heads_of_lines(self) -> list[Sequence[str] | None]:
        """Give for each line with numbers the last line above with as many cells, and without numbers."""
        known: dict[tuple[re.Pattern[str], int], _Heads] = {}
        found: list[Sequence[str] | None] = []
        for place, line in enumerate(self._lines):
            is_read = len(line) <= LONGEST_LINE
            found.append(_heads_above(known, place, line) if is_read and _NUMBER.search(line) else None)
            if is_read and not _NUMBER.search(line) and _LETTER.search(line):
                for parting in (_CELLS, _COMMAS):
                    cells = parting.split(line.strip(" |"))
                    known[parting, len(cells)] = _Heads(place, cells)
        return found


def _heads_above(known: dict[tuple[re.Pattern[str], int], _Heads], place: int, line: str) -> Sequence[str] | None:
    parting = _parting(line)
    cells = len(parting.split(line.strip(" |")))
    heads = known.get((parting, cells))
    if heads is None or cells < (2 if parting is _CELLS else 3) or place - heads.line > MOST_LINES:
        return None
    return heads.cells


def _parting(line: str) -> re.Pattern[str]:
    return _CELLS if _CELLS.search(line.strip(" |")) else _COMMAS
