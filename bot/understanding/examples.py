"""Examples of what people say, a text file a language: `<folder>/<language>/intents.txt`.

A heading `[intent]`, then one example a line; lines that begin with `#` say something to people. Ours teach the model
when it is built; those of a store (in `LOCALES_OVERRIDE`) count from the next start.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bot.understanding.plain_words import LONGEST, plain
from bot.understanding.understood import Intent

FILE_NAME = "intents.txt"
MOST_BYTES = 1_000_000  # three times ours; each message is compared with all of a store's
_NO_PUNCTUATION = re.compile(r"\w+|[\u2190-\u2bff\U0001f000-\U0001faff]")
_HEADING = re.compile(r"\[(.*)\]")


@dataclass(frozen=True, slots=True)
class Example:
    """Something that people say, and what they want by it."""

    intent: Intent
    text: str
    line: int


def read_examples(folder: Path, language: str) -> list[Example]:
    """Read the examples of a language; a file that is missing or broken gives none, a wrong heading those below not."""
    try:
        return list(_examples(_lines(folder / language / FILE_NAME)))
    except (OSError, ValueError):
        return []


def languages_with_examples(folder: Path) -> list[str]:
    """Return the languages of a folder that have a file of examples."""
    return sorted(path.parent.name for path in folder.glob(f"*/{FILE_NAME}"))


def check_examples(*folders: Path | None) -> Iterator[str]:
    """Return what is wrong in the examples of some folders, a line each."""
    for folder in folders:
        if folder is not None:
            yield from _check_folder(folder)


def _check_folder(folder: Path) -> Iterator[str]:
    for language in languages_with_examples(folder):
        path = folder / language / FILE_NAME
        try:
            lines = _lines(path)
        except (OSError, ValueError) as error:
            yield f"{path}: can't be read: {error}"
            continue
        yield from (f"{path}:{number}: {problem}" for number, problem in _problems(lines))


def _problems(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    if not lines:
        yield 1, "holds no example"
    yield from _headings(lines)
    first: dict[str, Example] = {}
    for example in _examples(lines):
        known = first.setdefault(_said(example.text), example)
        if len(example.text) > LONGEST:
            yield example.line, f"is too long ({len(example.text)} characters, at most {LONGEST})"
        elif known.intent != example.intent:
            yield example.line, f"'{example.text}' is in [{known.intent}] already, line {known.line}"


def _said(text: str) -> str:
    """Return what two lines that say the same have in common, whatever their capitals, accents and full stops."""
    return " ".join(_NO_PUNCTUATION.findall(plain(text))) or text


def _headings(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    heading: str | None = None
    for (number, line), (_, following) in pairwise([*lines, (0, "[]")]):
        found = _HEADING.fullmatch(line)
        if found and found[1] not in list(Intent):
            yield number, f"[{found[1]}] is no intent; one of: {', '.join(Intent)}"
        elif found and _HEADING.fullmatch(following):
            yield number, f"{line} has no example"
        elif not found and heading is None:
            yield number, "stands before the first heading, such as [where_is_it]"
        heading = line if found else heading or ""


def _examples(lines: list[tuple[int, str]]) -> Iterator[Example]:
    intent: Intent | None = None
    for number, line in lines:
        if found := _HEADING.fullmatch(line):
            intent = Intent(found[1]) if found[1] in list(Intent) else None
        elif intent is not None:
            yield Example(intent, line, number)


def _lines(path: Path) -> list[tuple[int, str]]:
    """Return the lines that say something to the bot, with their numbers; a ValueError says why a file has none."""
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"is larger than {MOST_BYTES} bytes")
    lines = enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1)
    return [(number, line.strip()) for number, line in lines if line.strip() and not line.lstrip().startswith("#")]
