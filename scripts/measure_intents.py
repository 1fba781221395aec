"""Measure how well people are understood whose words the model has not seen: `python -m scripts.measure_intents`.

Twice: a model of the examples alone answers the handed corpus, which other people wrote; and five models of the
examples and four fifths of the corpus each answer the last fifth, where texts alike, and those of the same number in
the three languages, are left out together. Takes six times as long as `make intents`.
"""

import importlib.util
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.understanding.classifying import IntentClassifier
from bot.understanding.linear_model import LinearModel
from bot.understanding.word_lists import LANGUAGES, read_word_lists
from scripts.train_intents import HANDED, Row, folded, rows_of_corpus, rows_of_examples, train

FOLDS = 5
ALIKE = 0.6  # of all words of two texts, those that they share


def main() -> int:
    """Print the table of each measurement."""
    examples, corpus = rows_of_examples(), rows_of_corpus()
    described = [json.loads(line) for line in HANDED.read_text(encoding="utf-8").splitlines()]
    score = _scorer()
    print("examples → handed corpus")  # noqa: T201 - a script talks
    score.score_intents(described, _answers(train(examples), described), 0)
    print("\nexamples and four fifths of the corpus → the last fifth")  # noqa: T201 - a script talks
    answers: dict[str, dict[str, str]] = {}
    for left_out in _folds(corpus, described):
        model = train([*examples, *(row for number, row in enumerate(corpus) if number not in left_out)])
        answers |= _answers(model, [described[number] for number in sorted(left_out)])
    score.score_intents(described, answers, 0)
    return 0


def _answers(model: LinearModel, described: Iterable[dict[str, Any]]) -> dict[str, dict[str, str]]:
    classifier = IntentClassifier(model, {language: read_word_lists(language) for language in LANGUAGES})
    return {row["id"]: {"intent": classifier.classify(row["text"], row["language"]).intent} for row in described}


def _folds(corpus: Sequence[Row], described: Sequence[dict[str, Any]]) -> list[set[int]]:
    """Part the rows' places into folds, with all that is alike in the same one."""
    groups: dict[str, set[int]] = {}
    for number, row in enumerate(described):
        groups.setdefault(row["id"].rpartition("-")[2], set()).add(number)
    joined: list[set[int]] = []
    words = [set(folded(row.text).split()) for row in corpus]
    for group in groups.values():
        alike = [other for other in joined if any(_alike(words[one], words[two]) for one in group for two in other)]
        joined = [other for other in joined if other not in alike] + [group.union(*alike)]
    folds: list[set[int]] = [set() for _ in range(FOLDS)]
    for group in sorted(joined, key=lambda one: (-len(one), min(one))):
        min(folds, key=len).update(group)
    return folds


def _alike(some: set[str], others: set[str]) -> bool:
    return len(some & others) >= ALIKE * len(some | others) > 0


def _scorer() -> Any:
    path = Path(HANDED).with_name("score.py")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None  # noqa: S101 - for the type checker: the file is there
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
