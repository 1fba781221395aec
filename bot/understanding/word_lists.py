"""What is known of a language's words: which mean the same, how they end, and how they are shortened in chats.

All are data, in `languages/<language>/`: `concepts.txt` has words under headings that name what they mean in every
language, `endings.txt` what may hang on to a word, `spellings.txt` has lines "short = written out".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.plain_words import plain

FOLDER = Path(__file__).with_name("languages")
SHORTEST_STEM = 4
LANGUAGES = ("en", "es", "pt-BR")  # those that are understood; the words of others are only staff's own examples


@dataclass(frozen=True, slots=True)
class WordLists:
    """The concepts of each word of a language, its endings, and what its abbreviations stand for."""

    concepts: Mapping[str, tuple[str, ...]]
    endings: Sequence[str]
    spellings: Mapping[str, str]

    def concepts_of(self, word: str) -> tuple[str, ...]:
        """Return what a word means, or what it means without its ending ("cancelarlo" is "cancelar")."""
        if word in self.concepts:
            return self.concepts[word]
        stems = (word.removesuffix(ending) for ending in self.endings if word.endswith(ending))
        return next((self.concepts[stem] for stem in stems if len(stem) >= SHORTEST_STEM and stem in self.concepts), ())


def read_word_lists(language: str, folder: Path = FOLDER) -> WordLists:
    """Read the lists of a language that is understood."""
    place = folder / language
    endings = sorted(
        {ending for line in data_lines(place / "endings.txt") for ending in line.split()}, key=_longest_first
    )
    return WordLists(_read_concepts(place / "concepts.txt"), endings, _read_spellings(place / "spellings.txt"))


def _longest_first(ending: str) -> tuple[int, str]:
    return -len(ending), ending


def _read_concepts(path: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    concept = ""
    for line in data_lines(path):
        if line.startswith("["):
            concept = line.strip("[]")
        else:
            for word in plain(line).split():
                found.setdefault(word, {})[concept] = None
    return {word: tuple(concepts) for word, concepts in found.items()}


def _read_spellings(path: Path) -> dict[str, str]:
    pairs = (plain(line).partition("=") for line in data_lines(path))
    return {short.strip(): written_out.strip() for short, _, written_out in pairs}


def data_lines(path: Path) -> Iterator[str]:
    """Return the lines of a list without comments and empty ones."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return (line for line in lines if line and not line.startswith("#"))
