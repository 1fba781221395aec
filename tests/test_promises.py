"""The list of promises names tests that exist, and the documented link is the real one."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from bot.people.links import sign

ROOT = Path(__file__).parent.parent
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", (ROOT / "docs" / "promises.md").read_text())))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_promise_names_a_test_that_exists(file: str, name: str) -> None:
    assert name in names_in(file)


@cache
def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def test_every_row_names_one() -> None:
    rows = [line for line in (ROOT / "docs" / "promises.md").read_text().splitlines() if line.startswith("| ")]
    assert [row for row in rows if "::" not in row and not row.startswith("| fault")] == []


def test_the_documented_test_vector_is_what_is_signed() -> None:
    text = (ROOT / "docs" / "links.md").read_text()
    payload = sign("1509750516095-01", ["correct-horse-battery-staple"])
    assert f"| payload | `{payload}` |" in text


def test_the_documented_python_signs_as_we_do() -> None:
    text = (ROOT / "docs" / "links.md").read_text()
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found is not None
    names: dict[str, object] = {}
    exec(found.group(1), names)  # noqa: S102 - our own document, as its reader would run it
    payload = names["payload"]
    assert callable(payload)
    assert payload("A-1", "0123456789abcdef") == sign("A-1", ["0123456789abcdef"])
