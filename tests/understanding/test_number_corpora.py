"""The finder against the corpora, judged by their own scorer: what is found, only offered, and never looked up."""

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.understanding.found import links_of
from bot.understanding.numbers import find

CORPORA = Path(__file__).parent.parent / "corpora"


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CORPORA / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPORA / name).read_text(encoding="utf-8").splitlines()]


SCORER = _scorer()
ROWS = [*_rows("numbers-handed.jsonl"), *_rows("numbers-own.jsonl")]
WITHOUT = [row for row in _rows("intents-handed.jsonl") if not row["has_number"]]


def _answer(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found = find(row["text"], links_of(row["text"], row.get("entities", ())))
    return {"numbers": found.numbers, "guesses": found.guesses}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_what_is_found_is_what_a_clerk_would_type(row: dict[str, Any]) -> None:
    answer = _answer(row)
    assert SCORER.faults(row, answer) == []
    assert SCORER.violations(row, answer) == []


def test_where_no_number_is_meant_none_is_found() -> None:
    assert len(WITHOUT) > 1000
    assert [row["text"] for row in WITHOUT if any(_answer(row).values())] == []
