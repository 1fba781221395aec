"""Build the model of what people want: `make intents`, after a change of examples, word lists or features.

It learns from `locales/*/intents.txt` and the handed corpus how much each feature says for each intent, by logistic
regression. The same input gives the same model. Two or three minutes, with the project's own packages.
"""

import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.understanding import features as features_module
from bot.understanding import plain_words, vocabulary, word_lists
from bot.understanding.examples import read_examples
from bot.understanding.features import features, read_sentence
from bot.understanding.linear_model import (
    FOLDER,
    NOUGHT,
    REACH,
    LinearModel,
    bucket_of,
    length_of_each,
    save,
    softmax,
)
from bot.understanding.plain_words import words_of
from bot.understanding.understood import Intent
from bot.understanding.vocabulary import Vocabulary
from bot.understanding.word_lists import FOLDER as LISTS
from bot.understanding.word_lists import LANGUAGES, read_word_lists

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "locales"
HANDED = ROOT / "tests" / "corpora" / "intents-handed.jsonl"
BUCKETS = 1 << 15
ROUNDS = 6
RATE = 0.5
DOUBT = 0.1  # how much of its certainty each example gives to the other intents: what is sure of all is wrong of more
TOO_SMALL = 0.01  # a wrong probability below this teaches nothing worth its time
KNOWN_FROM = 2  # times that a word must stand in the examples to be known


@dataclass(frozen=True, slots=True)
class Row:
    """An example to learn from."""

    language: str
    text: str
    intent: Intent


def rows_of_examples() -> list[Row]:
    """Return the examples of all languages."""
    return [Row(language, one.text, one.intent) for language in LANGUAGES for one in read_examples(LOCALES, language)]


def rows_of_corpus(path: Path = HANDED) -> list[Row]:
    """Return the rows of a corpus."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Row(row["language"], row["text"], Intent(row["intent"])) for row in rows]


def all_rows() -> list[Row]:
    """Return all that the shipped model learns from."""
    return [*rows_of_examples(), *rows_of_corpus()]


def folded(text: str) -> str:
    """Return what two texts that say the same in other letters have in common."""
    return " ".join(words_of(text, {})) or text.strip()


def fingerprint(rows: Iterable[Row]) -> str:
    """Return what tells whether a model was made from these rows, lists, features and this script."""
    digest = hashlib.sha256()
    for row in sorted(f"{row.language} {row.intent} {row.text}\n" for row in rows):
        digest.update(row.encode())
    sources = [Path(str(one.__file__)) for one in (features_module, plain_words, vocabulary, word_lists)]
    learnt_from = (path for path in sorted(LISTS.glob("*/*.txt")) if path.name != "vetoes.txt")  # those come afterwards
    for path in (*sources, Path(__file__), *learnt_from):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def train(rows: Sequence[Row], *, rounds: int = ROUNDS) -> LinearModel:
    """Learn from rows."""
    vocabularies = dict(_vocabularies(rows))
    lists = {language: read_word_lists(language) for language in LANGUAGES}
    intents = sorted(Intent)
    places = {intent: at for at, intent in enumerate(intents)}
    cases = []
    for row in rows:
        known = lists[row.language]
        words = words_of(row.text, known.spellings)
        found = features(read_sentence(row.text, words, known, vocabularies[row.language]))
        cases.append(
            (sorted({bucket_of(one, BUCKETS) for one in found}), length_of_each(len(found)), places[row.intent])
        )
    weights, bias = _learn(cases, len(intents), rounds)
    step = max(abs(weight) for row in weights if row for weight in row) / 127
    columns = [bytes(NOUGHT + (round(row[at] / step) if row else 0) for row in weights) for at in places.values()]
    return LinearModel(intents, [round(one, 4) for one in bias], step, columns, vocabularies, fingerprint(rows))


def _vocabularies(rows: Sequence[Row]) -> Iterator[tuple[str, Vocabulary]]:
    for language in LANGUAGES:
        lists = read_word_lists(language)
        texts = (row.text for row in rows if row.language == language)
        counted = Counter(word for text in texts for word in words_of(text, lists.spellings) if word.isalpha())
        often = {word for word, count in counted.items() if count >= KNOWN_FROM}
        yield language, Vocabulary(often | set(lists.concepts))


def _learn(
    cases: Sequence[tuple[Sequence[int], float, int]], count: int, rounds: int
) -> tuple[list[list[float] | None], list[float]]:
    """Descend by each case in turn, in an order that is the same every time, with ever smaller steps."""
    weights: list[list[float] | None] = [None] * BUCKETS
    bias = [0.0] * count
    order = list(range(len(cases)))
    shuffled = random.Random(7)  # noqa: S311 - the same order each time is what is wanted
    steps, done = rounds * len(cases), 0
    for at in range(rounds):
        shuffled.shuffle(order)
        for number in order:
            rate = RATE * (1 - done / steps)
            done += 1
            _step(cases[number], weights, bias, rate)
        print(f"round {at + 1} of {rounds}", file=sys.stderr)  # noqa: T201 - a script talks
    return weights, bias


def _step(
    case: tuple[Sequence[int], float, int], weights: list[list[float] | None], bias: list[float], rate: float
) -> None:
    buckets, length, right = case
    rows = []
    for bucket in buckets:
        row = weights[bucket]
        if row is None:
            row = weights[bucket] = [0.0] * len(bias)
        rows.append(row)
    sums = map(sum, zip(*rows, strict=True))
    wrong = softmax([one + length * found for one, found in zip(bias, sums, strict=True)])
    wrong = [one - DOUBT / len(bias) for one in wrong]
    wrong[right] -= 1 - DOUBT
    for place, by in enumerate(wrong):
        if abs(by) > TOO_SMALL:
            change = rate * by * length / REACH
            bias[place] -= rate * by * 0.05
            for row in rows:
                row[place] -= change


def main() -> None:
    """Train on everything and write the model."""
    save(train(all_rows()), FOLDER)


if __name__ == "__main__":
    main()
