"""The README's picture of the code is that of the contracts, and of the files that are there."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
ROOM = re.compile(r"^\| `bot/(?P<room>\w+)` \| [^|]+ \| (?P<imports>[^|]+) \|$", re.MULTILINE)
ROWS = {found["room"]: found["imports"] for found in ROOM.finditer((ROOT / "README.md").read_text())}
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "tests/README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


def layers() -> list[set[str]]:
    """The rooms of each layer, the highest first."""
    [contract] = [one for one in CONTRACTS if one["type"] == "layers"]
    return [{room.strip() for room in layer.split("|")} for layer in contract["layers"]]


def parts_of_bot() -> set[str]:
    """The rooms, and the files above them."""
    files = {path.stem for path in (ROOT / "bot").glob("*.py")} - {"__init__"}
    return files | {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}


def imports_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Each import in a folder's files, those within functions too: the file, and the module."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from ((str(path.relative_to(ROOT)), one.name) for one in node.names)
            elif isinstance(node, ast.ImportFrom):
                modules = [f"bot.{one.name}" for one in node.names] if node.module == "bot" else [node.module or ""]
                yield from ((str(path.relative_to(ROOT)), one) for one in modules)


def allowed(room: str) -> set[str]:
    """The rooms that the contracts let a room import, the demo's and the service's own files aside."""
    height = next(number for number, layer in enumerate(layers()) if room in layer)
    below = {other for layer in layers()[height + 1 :] for other in layer}
    bans = [one for one in CONTRACTS if one["type"] == "forbidden" and f"bot.{room}" in one["source_modules"]]
    banned = {module.removeprefix("bot.") for ban in bans for module in ban["forbidden_modules"]}
    return (below - banned) & ROWS.keys()


def test_every_room_has_a_row_and_every_part_is_in_a_layer() -> None:
    folders = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert {room for layer in layers() for room in layer} == parts_of_bot()
    assert ROWS.keys() == folders - {"demo", "doctor", "init"}


def test_the_readme_names_every_part() -> None:
    named = set(re.findall(r"`bot/(\w+)(?:\.py)?`", (ROOT / "README.md").read_text()))
    assert parts_of_bot() - named == set()


@pytest.mark.parametrize("room", sorted(ROWS.keys()))
def test_the_table_says_what_the_contracts_allow(room: str) -> None:
    assert set(re.findall(r"`(\w+)`", ROWS[room])) == allowed(room) - {"simulators"}


def test_only_the_demo_imports_the_simulators() -> None:
    importing = [path for path, module in imports_of(ROOT / "bot") if f"{module}.".startswith("bot.simulators.")]
    assert [path for path in importing if not path.startswith(("bot/demo/", "bot/simulators/"))] == []


def test_tracking_imports_the_standard_library_only() -> None:
    ours = {"bot.tracking", *(f"bot.tracking.{path.stem}" for path in (ROOT / "bot/tracking").glob("*.py"))}
    found = list(imports_of(ROOT / "bot/tracking"))
    strange = [one for one in found if one[1] not in ours and one[1].split(".")[0] not in sys.stdlib_module_names]
    assert found
    assert strange == []


def test_aiogram_is_forbidden_everywhere_but_in_telegram() -> None:
    [ban] = [one for one in CONTRACTS if one.get("forbidden_modules") == ["aiogram"]]
    assert set(ban["source_modules"]) == {f"bot.{part}" for part in parts_of_bot() - {"telegram"}}


def test_there_are_few_contracts_and_none_has_exceptions() -> None:
    assert len(CONTRACTS) <= 5
    assert [one["name"] for one in CONTRACTS if "ignore_imports" in one] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_names_files_that_exist(document: Path) -> None:
    text = document.read_text()
    named = set(re.findall(r"`((?:bot|tests|locales|docs|scripts|benchmarks|deploy)/[\w./*-]*)`", text))
    links = set(re.findall(r"\]\((?!http)([^)#]+)", text))
    assert {one for one in named if not list(ROOT.glob(one.rstrip("/")))} == set()
    assert {one for one in links if not (document.parent / one).exists()} == set()
