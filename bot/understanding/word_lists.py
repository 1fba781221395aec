"""What is known of a language's words: which mean the same, and how they are shortened in chats.

Both are data, in `languages/<language>/`: `concepts.txt` has words under headings that name what they mean in every
language, `spellings.txt` has lines "short = written out".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.plain_words import plain

FOLDER = Path(__file__).with_name("languages")
LANGUAGES = ("en", "es", "pt-BR")  # those that are understood; the words of others are only staff's own examples


@dataclass(frozen=True, slots=True)
class WordLists:
    """The concepts of each word of a language, and what its abbreviations stand for."""

    concepts: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, str]


def read_word_lists(language: str, folder: Path = FOLDER) -> WordLists:
    """Read the lists of a language that is understood."""
    place = folder / language
    return WordLists(_read_concepts(place / "concepts.txt"), _read_spellings(place / "spellings.txt"))


def _read_concepts(path: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    concept = ""
    for line in _lines(path):
        if line.startswith("["):
            concept = line.strip("[]")
        else:
            for word in plain(line).split():
                found.setdefault(word, {})[concept] = None
    return {word: tuple(concepts) for word, concepts in found.items()}


def _read_spellings(path: Path) -> dict[str, str]:
    pairs = (plain(line).partition("=") for line in _lines(path))
    return {short.strip(): written_out.strip() for short, _, written_out in pairs}


def _lines(path: Path) -> Iterator[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return (line for line in lines if line and not line.startswith("#"))
