"""The README's picture of the code is that of the contracts, and of the files that are there."""

import re
import tomllib
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
    return [{room.strip().removeprefix("bot.") for room in layer.split("|")} for layer in contract["layers"]]


def allowed(room: str) -> set[str]:
    """The rooms that the contracts let a room import, the demo's and the service's own files aside."""
    height = next(number for number, layer in enumerate(layers()) if room in layer)
    below = {other for layer in layers()[height + 1 :] for other in layer}
    bans = [one for one in CONTRACTS if one["type"] == "forbidden" and f"bot.{room}" in one["source_modules"]]
    banned = {module.removeprefix("bot.") for ban in bans for module in ban["forbidden_modules"]}
    return (below - banned) & ROWS.keys()


def test_every_room_has_a_row_and_every_folder_is_in_a_layer() -> None:
    folders = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert {room for layer in layers() for room in layer} >= folders
    assert ROWS.keys() == folders - {"demo", "doctor"}


@pytest.mark.parametrize("room", sorted(ROWS.keys() - {"simulators"}))
def test_the_table_says_what_the_contracts_allow(room: str) -> None:
    assert set(re.findall(r"`(\w+)`", ROWS[room])) == allowed(room)


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
