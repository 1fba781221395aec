"""How well what people say is understood, by the judgement of the corpora (`tests/corpora/README.md`)."""

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.understanding import linear_model
from bot.understanding.reading import understand
from scripts import train_intents

CORPORA = Path(__file__).parents[1] / "corpora"
HANDED, OWN, UNSEEN = (CORPORA / f"intents-{name}.jsonl" for name in ("handed", "own", "unseen"))
LEFT_OUT = pytest.mark.parametrize("path", [OWN, UNSEEN], ids=lambda path: str(path.stem))


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CORPORA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("path", "floor", "most_harmful"),
    [
        pytest.param(HANDED, 0.99, 0, id="handed, which the model has seen"),
        pytest.param(OWN, 0.92, 1, id="left out: no model is ever trained on it"),
    ],
)
def test_what_people_want_is_understood(path: Path, floor: float, most_harmful: int) -> None:
    rows = read(path)
    answers = {}
    for row in rows:
        understood = understand(row["text"], row["language"])
        answers[row["id"]] = {"numbers": understood.numbers, "intent": understood.intent}
    share, harmful = scorer().score_intents(rows, answers, show=100)
    assert share >= floor
    assert harmful <= most_harmful


@pytest.mark.parametrize(
    ("origin", "count", "floor", "most_harmful"),
    [("blind", 530, 0.893, 1), ("blind2", 514, 0.836, 1), ("blind3", 280, 0.837, 0)],
)
def test_what_writers_said_who_knew_no_example_is_understood(
    origin: str, count: int, floor: float, most_harmful: int
) -> None:
    """The floors are what was reached when these texts were first seen, less two points."""
    rows = [row for row in read(UNSEEN) if row["origin"] == origin]
    assert len(rows) == count
    answers = {row["id"]: {"intent": understand(row["text"], row["language"]).intent} for row in rows}
    share, harmful = scorer().score_intents(rows, answers, show=100)
    assert share >= floor
    assert harmful <= most_harmful


def test_no_number_is_found_in_what_holds_none() -> None:
    rows = [*read(HANDED), *read(OWN), *read(UNSEEN)]
    found = {row["text"]: understand(row["text"], row["language"]).numbers for row in rows}
    assert {text: numbers for text, numbers in found.items() if numbers} == {}


@LEFT_OUT
def test_the_left_out_texts_are_in_no_example(path: Path) -> None:
    learnt = {train_intents.folded(row.text) for row in train_intents.all_rows()}
    assert [row["text"] for row in read(path) if train_intents.folded(row["text"]) in learnt] == []


def test_the_model_was_built_from_the_examples_that_are_there() -> None:
    """Otherwise: `make intents`."""
    assert linear_model.load().fingerprint == train_intents.fingerprint(train_intents.all_rows())
