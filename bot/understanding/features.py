"""What of a message speaks for one wish or another: its words and what they mean, alone, in pairs and in order. Pure.

Every feature is a string; a model has learnt how much each says for each intent. Those of concepts (`courier`, `not`,
`receive`) are the same in all languages, so that an example in one of them teaches the others too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.understanding.vocabulary import Vocabulary
from bot.understanding.word_lists import WordLists

MOST_WORDS = 60  # of a longer message: the first ones, and LAST_WORDS at the end
LAST_WORDS = 20
MOST_PAIRED_WORDS = 14  # in longer messages everything stands beside everything
FUNCTION_WORD = 3  # letters: a short word says something by where it stands, even if it has no concept
_LENGTHS = (1, 2, 3, 6, 11)
_PIECES = (3, 4, 5)
_START, _END = "^", "$"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message as words: as typed, as meant, and their concepts."""

    typed: Sequence[str]
    words: Sequence[str]
    concepts: Sequence[tuple[str, ...]]
    asks: bool
    exclaims: bool
    shouts: bool


def read_sentence(text: str, written: Sequence[str], lists: WordLists, vocabulary: Vocabulary) -> Sentence:
    """Read a message in a language; `written` are its words, abbreviations of that language written out."""
    typed = _first_and_last(written)
    words = [vocabulary.mended(word) for word in typed]
    concepts = [lists.concepts_of(word) or lists.concepts_of(said) for word, said in zip(words, typed, strict=True)]
    return Sentence(typed, words, concepts, "?" in text or "¿" in text, "!" in text, text.isupper() and len(text) > 3)


def _first_and_last(words: Sequence[str]) -> Sequence[str]:
    if len(words) <= MOST_WORDS:
        return words
    return [*words[: MOST_WORDS - LAST_WORDS], *words[-LAST_WORDS:]]


def features(sentence: Sentence) -> set[str]:
    """Return everything that may say what is wanted."""
    return {
        *_of_letters(sentence.typed),
        *_of_words(sentence.words),
        *_of_concepts(sentence),
        *_of_form(sentence),
    }


def _of_letters(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        padded = f"<{word}>"
        for length in _PIECES:
            yield from (f"g:{padded[at : at + length]}" for at in range(len(padded) - length + 1))


def _of_words(words: Sequence[str]) -> Iterator[str]:
    yield from (f"w:{word}" for word in words)
    row = [_START, *words, _END]
    yield from (f"2:{first} {second}" for first, second in pairwise(row))
    yield from (f"s:{first} {second}" for first, second in zip(row, row[2:], strict=False))
    yield from (f"3:{' '.join(three)}" for three in zip(row, row[1:], row[2:], strict=False))


def _of_concepts(sentence: Sentence) -> Iterator[str]:
    row = [(_START,), *_meanings(sentence), (_END,)]
    for distance in (1, 2, 3):
        kind = "near" if distance == 1 else "far"
        for left, right in zip(row, row[distance:], strict=False):
            yield from (f"{kind}:{first} {second}" for first in left for second in right)
    there = sorted({concept for concepts in sentence.concepts for concept in concepts})
    yield from (f"c:{concept}" for concept in there)
    if len(sentence.words) <= MOST_PAIRED_WORDS:
        yield from (f"both:{first} {second}" for first, second in combinations(there, 2))


def _meanings(sentence: Sentence) -> Iterator[tuple[str, ...]]:
    for word, concepts in zip(sentence.words, sentence.concepts, strict=True):
        if concepts:
            yield concepts
        elif len(word) <= FUNCTION_WORD:
            yield (f"_{word}",)


def _of_form(sentence: Sentence) -> Iterator[str]:
    count = len(sentence.words)
    yield f"length:{next((most for most in _LENGTHS if count <= most), 'long')}"
    if sentence.asks:
        yield "asks"
    if sentence.exclaims:
        yield "exclaims"
    if sentence.shouts:
        yield "shouts"
    if count <= 4:
        yield f"all:{' '.join(sentence.words)}"
