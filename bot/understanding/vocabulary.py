"""The words that are known of a language, and the known word that a misspelt one stands for."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_MENDED = 5  # in shorter words another letter is mostly another word
TWO_FAULTS_FROM = 10
_STRETCHED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1+")


class Vocabulary:
    """Knows words; a word with a typing error or stretched letters is taken for the known one."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(self.words):
            if len(word) >= SHORTEST_MENDED - 1:
                self._by_initial.setdefault(word[0], []).append(word)

    def mended(self, word: str) -> str:
        """Return the known word that is meant, or the word itself."""
        if word in self.words or not word.isalpha():
            return word
        shorter = (one for one in _shortened(word) if one in self.words)
        return next(shorter, None) or self._nearest(word) or word

    def _nearest(self, word: str) -> str | None:
        if len(word) < SHORTEST_MENDED:
            return None
        faults = 2 if len(word) >= TWO_FAULTS_FROM else 1
        some = self._by_initial.get(word[0], ())
        nearest = process.extractOne(word, some, scorer=OSA.distance, score_cutoff=faults)
        return nearest[0] if nearest else None


def _shortened(word: str) -> Iterator[str]:
    yield _STRETCHED.sub(r"\1\1", word)
    yield _STRETCHED.sub(r"\1", word)
    yield _DOUBLED.sub(r"\1", word)
