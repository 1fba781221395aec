"""A store's own examples: who says the same, but for typing errors and politeness, wants what the example says."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from bot.understanding.examples import Example
from bot.understanding.plain_words import words_of
from bot.understanding.word_lists import WordLists

SHORTEST_MENDED = 5
_POLITE = frozenset({"greet", "please", "wave_emoji"})


class OwnExamples:
    """Finds the example that a message of one language repeats."""

    def __init__(self, examples: Iterable[Example], lists: WordLists) -> None:
        self._lists = lists
        self._by_length: dict[int, dict[tuple[str, ...], Example]] = {}
        for example in examples:
            words = self._words(example.text)
            if words:
                self._by_length.setdefault(len(words), {}).setdefault(words, example)

    def find(self, text: str) -> Example | None:
        """Return the example that says the same, an exact one first."""
        words = self._words(text)
        some = self._by_length.get(len(words), {})
        exact = some.get(words)
        return exact or next((one for other, one in some.items() if _alike(words, other)), None)

    def _words(self, text: str) -> tuple[str, ...]:
        words = " ".join(words_of(text, self._lists.spellings)).replace("por favor", "favor").split()
        wanted = [word for word in words if not _POLITE.intersection(self._lists.concepts_of(word))]
        return tuple(wanted or words)


def _alike(words: Sequence[str], others: Sequence[str]) -> bool:
    return all(_same(word, other) for word, other in zip(words, others, strict=True))


def _same(word: str, other: str) -> bool:
    """Tell whether two words differ by a typing error at most; in short ones another letter is another word."""
    return word == other or (
        min(len(word), len(other)) >= SHORTEST_MENDED and OSA.distance(word, other, score_cutoff=1) <= 1
    )


def own_examples(
    by_language: Mapping[str, Sequence[Example]], lists: Mapping[str, WordLists]
) -> dict[str, OwnExamples]:
    """Return the examples of each language, ready to be searched."""
    nothing = WordLists({}, (), {})
    return {language: OwnExamples(some, lists.get(language, nothing)) for language, some in by_language.items()}
